/* SPDX-License-Identifier: MIT
 * options.c - the tables of commands and options, and the parser that reads them. */
#include "options.h"

#include "decant.h"
#include "message.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const CommandInfo commands[COMMANDS] = {
    [COMMAND_FILTER] = {.name = "",
                        .operands = "[FILE...]",
                        .summary = "print clean text; log to stderr",
                        .help = "Takes boilerplate and foreign text out of scraped documents.",
                        .most = SIZE_MAX},
    [COMMAND_CHECK] =
        {.name = "check",
         .operands = "PATH...",
         .summary = "list what would go, a line a finding",
         .help = "Lists what decant would take out of files and folders, as\n"
                 "PATH:LINE:COLUMN: KIND: REASON. Exit status: 0 clean, 1 noise, 2 trouble.",
         .least = 1,
         .most = SIZE_MAX},
    [COMMAND_RESTORE] = {.name = "restore",
                         .operands = "CLEAN LOG",
                         .summary = "the input again, byte for byte",
                         .help = "Rebuilds the input from the clean text and the log of --log.",
                         .least = 2,
                         .most = 2},
    [COMMAND_COMPLETION] = {.name = "completion",
                            .operands = "bash|zsh|fish",
                            .summary = "a shell's completion script",
                            .help = "Prints a script that completes decant's options in a shell.",
                            .least = 1,
                            .most = 1,
                            .words = "bash zsh fish"},
    [COMMAND_FEATURES] = {.name = "features",
                          .operands = "[FILE...]",
                          .summary = "every block's evidence, for training",
                          .help =
                              "Prints a line of names, then a line a document and a line a block:\n"
                              "start, end, values.",
                          .most = SIZE_MAX,
                          .hidden = true},
};

enum {
    FILTER = 1u << COMMAND_FILTER,
    CHECK = 1u << COMMAND_CHECK,
    RESTORE = 1u << COMMAND_RESTORE,
    COMPLETION = 1u << COMMAND_COMPLETION,
    FEATURES = 1u << COMMAND_FEATURES,
    JUDGING = FILTER | CHECK | FEATURES,
    ALL = JUDGING | RESTORE | COMPLETION,
};

static const Option options[] = {
    {.name = "output",
     .letter = 'o',
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .commands = FILTER | RESTORE,
     .field = offsetof(Settings, output),
     .help = "write to FILE, once all went well",
     .man =
         "Write to\n.Ar FILE\ninstead of standard output.\n"
         "It is written aside and takes its name only at the end of the run,\nwhen what is in it "
         "is whole:\na failed run leaves the old file as it was,\nand the input itself may be "
         "named."},
    {.name = "log",
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .commands = FILTER,
     .field = offsetof(Settings, log),
     .help = "write the log to FILE as JSON Lines",
     .man =
         "Write the log to\n.Ar FILE\nas JSON Lines, see\n.Sx THE LOG ,\n"
         "instead of readable lines to standard error.\nIt is written aside like the file of\n"
         ".Fl -output .\nWith\n.Sq -\nit goes to standard output: then the text must go elsewhere "
         "with\n.Fl -output ."},
    {.name = "log-text",
     .type = OPTION_CHOICE,
     .label = "HOW",
     .words = "full preview none",
     .commands = FILTER,
     .field = offsetof(Settings, log_text),
     .help = "dropped text in the log: full, preview, none",
     .man = "How much of the dropped text the log of\n.Fl -log\nholds:\n.Cm full\n(the default),\n"
            ".Cm preview\n(the first words) or\n.Cm none .\nRestoring needs\n.Cm full ."},
    {.name = "quiet",
     .letter = 'q',
     .type = OPTION_FLAG,
     .commands = FILTER,
     .field = offsetof(Settings, quiet),
     .help = "no log on standard error",
     .man = "Print no log on standard error, only messages about trouble."},
    {.name = "quiet",
     .letter = 'q',
     .type = OPTION_FLAG,
     .commands = CHECK,
     .field = offsetof(Settings, quiet),
     .help = "no summary line",
     .man = "Print findings alone, without the summary on standard error."},
    {.name = "color",
     .type = OPTION_CHOICE,
     .label = "WHEN",
     .words = "auto always never",
     .commands = FILTER | CHECK,
     .field = offsetof(Settings, color),
     .help = "colours: auto (on a terminal), always, never",
     .man =
         "Colour readable lines:\n.Cm auto\n(the default: on a terminal, see\n.Sx ENVIRONMENT ) ,\n"
         ".Cm always\nor\n.Cm never ."},
    {.name = "max-noise",
     .type = OPTION_PERCENT,
     .label = "PCT",
     .commands = CHECK,
     .field = offsetof(Settings, max_noise),
     .help = "call it clean up to PCT % of noise",
     .man = "Exit with 0 although there are findings, as long as they hold at most\n.Ar PCT\n"
            "percent of all bytes read."},
    {.name = "min-confidence",
     .type = OPTION_PROBABILITY,
     .label = "P",
     .commands = JUDGING,
     .field = offsetof(Settings, min_confidence),
     .help = "drop only what is noise with P or more (0 to 1)",
     .man = "Drop only what is noise with a probability of\n.Ar P\nor more, such as 0.9.\n"
            "0, the default, is the model's own choice."},
    {.name = "max-loss",
     .type = OPTION_PERCENT,
     .label = "PCT",
     .commands = FILTER | CHECK,
     .field = offsetof(Settings, max_loss),
     .help = "note documents that lose over PCT % (80)",
     .man = "Note in the log a document that would lose more than\n.Ar PCT\npercent of its text; "
            "80 is the default.\nNothing is put back."},
    {.name = "max-document",
     .type = OPTION_SIZE,
     .label = "SIZE",
     .commands = JUDGING,
     .field = offsetof(Settings, max_document),
     .help = "judge longer documents in parts (8M)",
     .man = "Judge a document of more than\n.Ar SIZE\nbytes in parts; it is what bounds memory.\n"
            "From 4K to 1G, with a suffix\n.Cm K , M\nor\n.Cm G\n(powers of 1024); 8M is the "
            "default."},
    {.name = "rules",
     .type = OPTION_LIST,
     .label = "FILE",
     .file = true,
     .commands = JUDGING,
     .field = offsetof(Settings, rules),
     .help = "add the rules in FILE (repeatable)",
     .man = "Add the rules in\n.Ar FILE\nto the built-in ones, see\n.Sx RULES .\nMay be repeated."},
    {.name = "without",
     .type = OPTION_LIST,
     .label = "ID",
     .commands = JUDGING,
     .field = offsetof(Settings, without),
     .help = "turn the rule ID off (repeatable)",
     .man = "Turn the rule\n.Ar ID\noff.\nMay be repeated."},
    {.name = "list-rules",
     .type = OPTION_FLAG,
     .commands = FILTER,
     .field = offsetof(Settings, list_rules),
     .help = "list the rules in use and exit",
     .man =
         "List the rules in use, one a line: id, kind and language,\nseparated by tabs; and exit."},
    {.name = "from",
     .type = OPTION_CHOICE,
     .label = "FORMAT",
     .words = "text",
     .commands = FILTER | CHECK,
     .field = offsetof(Settings, from),
     .help = "what the input is: text",
     .man = "What the input is.\nThis version reads\n.Cm text\nalone, which is the default."},
    {.name = "document",
     .type = OPTION_TEXT,
     .label = "NAME",
     .commands = RESTORE,
     .field = offsetof(Settings, document),
     .help = "restore the document NAME alone",
     .man = "Restore the document\n.Ar NAME\nalone, where the log tells of several."},
    {.name = "files-from",
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .commands = FEATURES,
     .field = offsetof(Settings, files_from),
     .help = "read names of files from FILE, one a line",
     .man = "Read the names of files from\n.Ar FILE ,\none a line."},
    {.name = "model",
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .hidden = true,
     .commands = JUDGING,
     .field = offsetof(Settings, model),
     .help = "use the model data in FILE",
     .man = "Use the model data in\n.Ar FILE ."},
    {.name = "man-options",
     .type = OPTION_FLAG,
     .hidden = true,
     .commands = ALL,
     .field = offsetof(Settings, man_options),
     .help = "print the man page's list of options",
     .man = "Print the list of options for the man page."},
    {.name = "help",
     .letter = 'h',
     .type = OPTION_FLAG,
     .commands = ALL,
     .field = offsetof(Settings, help),
     .help = "print this help and exit",
     .man = "Print a summary of the options and exit."},
    {.name = "version",
     .letter = 'V',
     .type = OPTION_FLAG,
     .commands = ALL,
     .field = offsetof(Settings, version),
     .help = "print the version and exit",
     .man = "Print the version and exit."},
};
enum { OPTIONS = sizeof options / sizeof *options };

const CommandInfo *command_info(Command command) {
    return &commands[command];
}

const Option *option_at(size_t index) {
    return index < OPTIONS ? &options[index] : NULL;
}

bool option_of(const Option *option, Command command) {
    return option->commands & (1u << command);
}

/* ---- finding an option ---- */

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* How many letters must be put in, taken out or changed to make one word of the other. */
static size_t distance(const char *one, size_t size, const char *other) {
    enum { LONGEST = 32 };
    size_t row[LONGEST + 1], width = strlen(other);
    if (size > LONGEST || width > LONGEST) return SIZE_MAX;
    for (size_t j = 0; j <= width; j++) row[j] = j;
    for (size_t i = 1; i <= size; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t above = row[j];
            row[j] = smallest(corner + (one[i - 1] != other[j - 1]), above + 1, row[j - 1] + 1);
            corner = above;
        }
    }
    return row[width];
}

/* The option whose name is most like what was typed; NULL if none is. */
static const Option *option_like(Command command, const char *typed, size_t size) {
    const Option *best = NULL;
    size_t least = size / 3 + 1;
    for (size_t i = 0; i < OPTIONS; i++) {
        if (!option_of(&options[i], command) || options[i].hidden) continue;
        size_t steps = distance(typed, size, options[i].name);
        if (size >= 3 && !strncmp(options[i].name, typed, size)) steps = 0;
        if (steps > least || (best && steps == least)) continue;
        best = &options[i];
        least = steps;
    }
    return best;
}

static const Option *option_named(Command command, const char *name, size_t size) {
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_of(&options[i], command) && !strncmp(options[i].name, name, size) &&
            !options[i].name[size])
            return &options[i];
    const Option *like = option_like(command, name, size);
    if (like)
        complain("unknown option '--%.*s' (did you mean '--%s'?)", (int)size, name, like->name);
    else complain("unknown option '--%.*s' (see --help)", (int)size, name);
    return NULL;
}

static const Option *option_lettered(Command command, char letter) {
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_of(&options[i], command) && options[i].letter == letter) return &options[i];
    complain("unknown option '-%c' (see --help)", letter);
    return NULL;
}

/* ---- reading an argument ---- */

/* A decimal such as 12.5 times 10^`digits`; further digits are cut. False if it is none. */
static bool read_decimal(const char *text, int digits, long *ret) {
    long value = 0;
    bool point = false, any = false;
    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
        } else if (*text >= '0' && *text <= '9' && value < 1000000) {
            any = true;
            if (!point || digits > 0) value = value * 10 + (*text - '0');
            if (point && digits > 0) digits--;
        } else {
            return false;
        }
    }
    while (digits-- > 0) value *= 10;
    *ret = value;
    return any;
}

static bool read_size(const char *text, size_t *ret) {
    const char *units = "KMG";
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || errno) return false;
    const char *unit = *end ? strchr(units, *end >= 'a' ? *end - 'a' + 'A' : *end) : NULL;
    if (*end && (!unit || end[1])) return false;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if (value > (SIZE_MAX >> shift)) return false;
    *ret = (size_t)value << shift;
    return true;
}

static bool read_choice(const char *words, const char *text, int *ret) {
    size_t size = strlen(text);
    for (int index = 0; *words; index++) {
        size_t length = strcspn(words, " ");
        if (length == size && !strncmp(words, text, size)) {
            *ret = index;
            return true;
        }
        words += length;
        words += strspn(words, " ");
    }
    return false;
}

static bool list_add(TextList *list, const char *text) {
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (!items) {
        complain("%s", strerror(ENOMEM));
        return false;
    }
    items[list->count++] = text;
    list->items = items;
    return true;
}

static bool refuse(const Option *option, const char *text, const char *wanted) {
    complain("--%s: '%s' is not %s%s", option->name, text, wanted,
             option->words ? option->words : "");
    return false;
}

static bool option_set(Settings *settings, const Option *option, const char *text) {
    void *field = (char *)settings + option->field;
    long value = 0;
    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        *(const char **)field = text;
        return true;
    case OPTION_LIST:
        return list_add(field, text);
    case OPTION_CHOICE:
        return read_choice(option->words, text, field) || refuse(option, text, "one of: ");
    case OPTION_SIZE:
        if (read_size(text, field) && *(size_t *)field >= 4096 && *(size_t *)field <= 1u << 30)
            return true;
        return refuse(option, text, "a size from 4K to 1G");
    case OPTION_PERCENT:
        if (!read_decimal(text, 1, &value) || value > 1000)
            return refuse(option, text, "a percentage from 0 to 100");
        break;
    case OPTION_PROBABILITY:
        if (!read_decimal(text, 3, &value) || value > 1000)
            return refuse(option, text, "a probability from 0 to 1");
        break;
    }
    *(int *)field = (int)value;
    return true;
}

/* ---- reading the command line ---- */

typedef struct Words {
    char **at;
    char **end;
} Words;

/* --NAME, --NAME=VALUE or --NAME VALUE. */
static bool read_long(Settings *settings, const char *word, Words *rest) {
    size_t size = strcspn(word, "=");
    const Option *option = option_named(settings->command, word, size);
    if (!option) return false;
    const char *value = word[size] ? word + size + 1 : NULL;
    if (option->type == OPTION_FLAG && value) {
        complain("option '--%s' takes no argument", option->name);
        return false;
    }
    if (option->type != OPTION_FLAG && !value && rest->at < rest->end) value = *rest->at++;
    if (option->type != OPTION_FLAG && !value) {
        complain("option '--%s' needs an argument: %s", option->name, option->label);
        return false;
    }
    return option_set(settings, option, value);
}

/* -q, -qo FILE, -oFILE: letters may be bundled, and the first that takes an argument ends them. */
static bool read_short(Settings *settings, const char *letters, Words *rest) {
    while (*letters) {
        const Option *option = option_lettered(settings->command, *letters++);
        if (!option) return false;
        const char *value = NULL;
        if (option->type != OPTION_FLAG) {
            if (*letters) value = letters;
            else if (rest->at < rest->end) value = *rest->at++;
            if (!value) {
                complain("option '-%c' needs an argument: %s", option->letter, option->label);
                return false;
            }
            letters = "";
        }
        if (!option_set(settings, option, value)) return false;
    }
    return true;
}

static Command pick_command(Words *words) {
    for (size_t i = 0; i < COMMANDS && words->at < words->end; i++) {
        if (!commands[i].name[0] || strcmp(*words->at, commands[i].name)) continue;
        words->at++;
        return (Command)i;
    }
    return COMMAND_FILTER;
}

static bool operands_fit(const Settings *settings) {
    const CommandInfo *info = &commands[settings->command];
    if (settings->help || settings->version || settings->man_options) return true;
    if (settings->operands.count >= info->least && settings->operands.count <= info->most)
        return true;
    complain("%s: %s arguments (usage: decant %s [OPTION]... %s)", info->name,
             settings->operands.count < info->least ? "missing" : "too many", info->name,
             info->operands);
    return false;
}

bool settings_read(Settings *settings, int argc, char **argv) {
    const decant_options defaults = DECANT_OPTIONS_INIT;
    Words rest = {argv + (argc > 0), argv + argc};
    *settings = (Settings){.max_document = defaults.max_document,
                           .max_loss = defaults.max_loss,
                           .min_confidence = defaults.min_confidence};
    settings->command = pick_command(&rest);
    bool good = true, options_end = false;
    while (good && rest.at < rest.end) {
        const char *word = *rest.at++;
        if (options_end || word[0] != '-' || !word[1]) good = list_add(&settings->operands, word);
        else if (!strcmp(word, "--")) options_end = true;
        else if (word[1] == '-') good = read_long(settings, word + 2, &rest);
        else good = read_short(settings, word + 1, &rest);
    }
    return good && operands_fit(settings);
}

void settings_done(Settings *settings) {
    free(settings->operands.items);
    free(settings->rules.items);
    free(settings->without.items);
}
