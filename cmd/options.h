/* SPDX-License-Identifier: MIT
 * options.h - the commands, the one table of their options (options.c), and the settings that are
 * read by it (settings.c). Parser, --help, completions and the man page's lists all use the table.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "decant.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum Command {
    COMMAND_FILTER,
    COMMAND_CHECK,
    COMMAND_EXPLAIN,
    COMMAND_RESTORE,
    COMMAND_LEARN,
    COMMAND_PROFILE,
    COMMAND_COMPLETION,
    COMMAND_FEATURES,
    COMMANDS
} Command;

typedef struct CommandInfo {
    const char *name;     /* "" for the filter, which needs no name */
    const char *operands; /* as usage shows them */
    const char *summary;  /* what it does, in a line */
    const char *help;     /* more of it, for the command's own --help */
    size_t least, most;   /* how many operands it takes */
    const char *words;    /* the operands it takes, where they are words; else files */
    bool hidden;          /* for developers: in no help and no completion */
} CommandInfo;

typedef enum OptionType {
    OPTION_FLAG,         /* bool */
    OPTION_TEXT,         /* const char * */
    OPTION_LIST,         /* TextList */
    OPTION_CHOICE,       /* int: which of the words */
    OPTION_SIZE,         /* size_t of a document: digits and K, M or G */
    OPTION_PROFILE_SIZE, /* the same of a profile */
    OPTION_PERCENT,      /* int, in permille */
    OPTION_PROBABILITY,  /* int, in permille */
    OPTION_SECONDS,      /* int64_t, in microseconds */
    OPTION_COUNT,        /* size_t, from 1 to 1024 */
} OptionType;

typedef struct Option {
    const char *name;
    char letter; /* 0 for none */
    OptionType type;
    const char *label; /* the argument's name; NULL for a flag */
    const char *words; /* the choices, separated by spaces */
    bool file;         /* the argument is a file's name */
    bool reads;        /* that of a file which decides what is written */
    bool neutral;      /* it changes nothing of what is written */
    unsigned commands; /* a bit for each command that takes it */
    bool hidden;
    size_t field;     /* where in Settings it goes */
    const char *help; /* a few words, for --help and completions */
    const char *man;  /* sentences in mdoc */
} Option;

typedef struct TextList {
    const char **items;
    size_t count;
} TextList;

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON, FORMAT_JSONL /* the same */ };
enum { FROM_AUTO, FROM_TEXT, FROM_HTML, FROM_JSONL, FROM_WARC, FROM_WET };

/* What was asked for. Texts are borrowed from argv. */
typedef struct Settings {
    Command command;
    TextList operands;
    bool help, version, man_options;
    const char *output, *log;
    const char *output_dir, *summary;
    bool resume;
    bool hadoop_counters;
    int log_text; /* decant_log_text */
    int color;
    bool quiet, list_rules;
    TextList rules, without;
    TextList include, exclude; /* globs */
    const char *files0_from;
    const char *model, *document;
    size_t max_document;
    int max_loss, min_confidence, max_noise;                       /* permille */
    int favor;                                                     /* decant_favor */
    int from;                                                      /* FROM_ */
    const char *text_key, *html_key, *id_key, *url_key, *site_key; /* of JSON lines */
    const char *rejects, *attributes;
    size_t jobs;     /* 0: as many as there are cores */
    int64_t timeout; /* microseconds of processor time a document; 0: none */
    int format;      /* FORMAT_ */
    bool links;
    const char *charset, *url;
    const char *profile;
    bool merge;
    size_t size;      /* of a profile to be learned */
    const char *site; /* of all documents; of profile show: whose lines are shown */
    int share;        /* permille */
    bool texts, binary, runs, gate, names; /* of features */
} Settings;

const CommandInfo *command_info(Command command);

/* The option at `index` of the table; NULL past the end. */
const Option *option_at(size_t index);
bool option_of(const Option *option, Command command);

/* Reads the command and its options. False after complaining about a mistake. Fit for settings_done
 * either way. */
bool settings_read(Settings *settings, int argc, char **argv);

/* What documents are read as that are no records. */
decant_from settings_from(const Settings *settings);

void settings_done(Settings *settings);

#endif
