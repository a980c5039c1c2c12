/* SPDX-License-Identifier: MIT
 * options.c - the tables of commands and options. */
#include "options.h"

#include <stdint.h>

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
    [COMMAND_EXPLAIN] =
        {.name = "explain",
         .operands = "[FILE...]",
         .summary = "show each piece, its verdict and why",
         .help = "Shows documents piece by piece: line, verdict, probability that the piece is\n"
                 "noise, its text, and below it what speaks for the verdict.",
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
    EXPLAIN = 1u << COMMAND_EXPLAIN,
    RESTORE = 1u << COMMAND_RESTORE,
    COMPLETION = 1u << COMMAND_COMPLETION,
    FEATURES = 1u << COMMAND_FEATURES,
    JUDGING = FILTER | CHECK | EXPLAIN | FEATURES,
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
         "named.\nThis and every other file that is written is packed where its name ends in\n"
         ".Pa .gz , .zst , .xz\nor\n.Pa .bz2 ."},
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
     .commands = FILTER | CHECK | EXPLAIN,
     .field = offsetof(Settings, color),
     .help = "colours: auto (on a terminal), always, never",
     .man =
         "Colour readable lines:\n.Cm auto\n(the default: on a terminal, see\n.Sx ENVIRONMENT ) ,\n"
         ".Cm always\nor\n.Cm never ."},
    {.name = "include",
     .type = OPTION_LIST,
     .label = "GLOB",
     .commands = JUDGING,
     .field = offsetof(Settings, include),
     .help = "read files like GLOB of folders (repeatable)",
     .man =
         "Of the files in folders, read those alone whose name, or whose path below the folder,\n"
         "is like\n.Ar GLOB\n(see\n.Xr glob 7 ;\nan asterisk stands for slashes too).\n"
         "May be repeated."},
    {.name = "exclude",
     .type = OPTION_LIST,
     .label = "GLOB",
     .commands = JUDGING,
     .field = offsetof(Settings, exclude),
     .help = "pass over what is like GLOB in them (repeatable)",
     .man = "Pass over files in folders, and whole folders in them, whose name or path is like\n"
            ".Ar GLOB ,\nwhatever\n.Fl -include\nsays.\nMay be repeated."},
    {.name = "files0-from",
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .commands = JUDGING,
     .field = offsetof(Settings, files0_from),
     .help = "read names from FILE, a NUL after each",
     .man = "Read the files and folders that are named in\n.Ar FILE ,\nor, with\n.Sq - ,\n"
            "on standard input, each name ended by a NUL byte, as\n.Ql find -print0\n"
            "writes them; none may be named as operands then."},
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
    {.name = "favor",
     .type = OPTION_CHOICE,
     .label = "WHAT",
     .words = "neither precision recall",
     .commands = JUDGING,
     .field = offsetof(Settings, favor),
     .help = "drop less: precision; drop more: recall",
     .man = "In doubt, drop less or more.\n"
            "Both words are said of what goes, not of the text that stays.\n"
            ".Cm precision :\nwhat goes ought to be noise; less goes, and less text is at risk.\n"
            ".Cm recall :\nnoise ought to go; more goes, and more text with it.\n"
            "They move the verdict's thresholds up and down by 1 (log-odds), see\n"
            ".Sx FAVOURS .\n.Cm neither\nis the default."},
    {.name = "max-loss",
     .type = OPTION_PERCENT,
     .label = "PCT",
     .commands = FILTER | CHECK | EXPLAIN,
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
     .label = "WHAT",
     .words = "auto text html jsonl warc wet",
     .commands = JUDGING,
     .field = offsetof(Settings, from),
     .help = "auto, text, html, jsonl, warc or wet",
     .man = "What the input is:\n.Cm text ,\n.Cm html ,\n.Cm jsonl\n(records of JSON Lines, see\n"
            ".Sx JSON LINES ) ,\n.Cm warc\nor\n.Cm wet\n(web archives, see\n.Sx WARC ) ,\nor\n"
            ".Cm auto\n(the default): each file tells by its first bytes, unpacked, whatever its\n"
            "name; JSON Lines alone by the name's ending,\n.Pa .jsonl\nor\n.Pa .ndjson ,\n"
            "before that of a packing.\nSee\n.Sx HTML PAGES ."},
    {.name = "text-key",
     .type = OPTION_TEXT,
     .label = "KEY",
     .commands = JUDGING,
     .field = offsetof(Settings, text_key),
     .help = "JSON Lines: where the text is (text)",
     .man = "Of JSON Lines, the key of the text;\n.Li text\nis the default.\n"
            "Keys of objects in objects are parted by dots, as in\n.Li metadata.url ;\n"
            "a backslash before a dot makes it part of a key."},
    {.name = "html-key",
     .type = OPTION_TEXT,
     .label = "KEY",
     .commands = JUDGING,
     .field = offsetof(Settings, html_key),
     .help = "JSON Lines: where a page is, if there is one",
     .man = "The key of an HTML page, which is then cleaned in place of the text, see\n"
            ".Sx JSON LINES ."},
    {.name = "id-key",
     .type = OPTION_TEXT,
     .label = "KEY",
     .commands = JUDGING,
     .field = offsetof(Settings, id_key),
     .help = "JSON Lines: what names a record (id)",
     .man = "The key of what names a record in the log;\n.Li id\nis the default."},
    {.name = "url-key",
     .type = OPTION_TEXT,
     .label = "KEY",
     .commands = JUDGING,
     .field = offsetof(Settings, url_key),
     .help = "JSON Lines: the address of a record",
     .man = "The key of the address that a record is from."},
    {.name = "attributes",
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .commands = FILTER,
     .field = offsetof(Settings, attributes),
     .help = "JSON Lines: write what would go to FILE alone",
     .man = "Leave the records of JSON Lines as they are, and write to\n.Ar FILE\n"
            "what would go, as Dolma has it, see\n.Sx JSON LINES ."},
    {.name = "rejects",
     .type = OPTION_TEXT,
     .label = "FILE",
     .file = true,
     .commands = FILTER,
     .field = offsetof(Settings, rejects),
     .help = "write what could not be judged to FILE",
     .man = "Write to\n.Ar FILE\na line of JSON for each document that could not be judged: the\n"
            ".Li reject\nrecord of the log, and in\n.Va text\n(or\n.Va base64 )\n"
            "the record itself, a line of JSON Lines that is not too long or the first\n"
            "megabyte of a record of WARC."},
    {.name = "timeout",
     .type = OPTION_SECONDS,
     .label = "SECONDS",
     .commands = JUDGING,
     .field = offsetof(Settings, timeout),
     .help = "give up on a document after SECONDS (10)",
     .man =
         "Give up on a document that took\n.Ar SECONDS\nof processor time, and go on with the "
         "next; 10 is the default, 0 is no limit.\nOne of more than 8 MiB has as much again "
         "for each further 8 MiB.\nIt is rejected: with a record in the log, and exit status 2."},
    {.name = "jobs",
     .letter = 'j',
     .type = OPTION_COUNT,
     .label = "N",
     .commands = FILTER | CHECK | EXPLAIN,
     .field = offsetof(Settings, jobs),
     .help = "judge N documents at once (one a core)",
     .man = "Judge\n.Ar N\ndocuments at once, by default as many as there are cores, see\n"
            ".Sx IN PARALLEL .\nThe output does not depend on it."},
    {.name = "format",
     .type = OPTION_CHOICE,
     .label = "FORMAT",
     .words = "text markdown json jsonl",
     .commands = FILTER,
     .field = offsetof(Settings, format),
     .help = "print pages as text, markdown or json",
     .man =
         "How the text of HTML pages is printed:\n.Cm text\n(the default),\n.Cm markdown ,\nor\n"
         ".Cm json :\na line a document, with what the page says of itself.\nPlain text stays as "
         "it is; as\n.Cm json\nit is a line of its own too.\n.Cm jsonl\nis the same."},
    {.name = "links",
     .type = OPTION_FLAG,
     .commands = FILTER,
     .field = offsetof(Settings, links),
     .help = "with --format=markdown: keep links",
     .man = "With\n.Fl -format Ns = Ns Cm markdown ,\ntell where links lead."},
    {.name = "charset",
     .type = OPTION_TEXT,
     .label = "NAME",
     .commands = JUDGING,
     .field = offsetof(Settings, charset),
     .help = "the charset of HTML pages, such as gbk",
     .man = "The charset of HTML pages, whatever they say themselves,\nby a name of the Encoding "
            "Standard such as\n.Cm windows-1251 .\nWithout it byte order mark, declaration and "
            "content tell."},
    {.name = "url",
     .type = OPTION_TEXT,
     .label = "URL",
     .commands = FILTER,
     .field = offsetof(Settings, url),
     .help = "where the page is from, if it does not tell",
     .man =
         "The address that\n.Fl -format Ns = Ns Cm json\ngives for a page that does not tell its "
         "own."},
    {.name = "texts",
     .type = OPTION_FLAG,
     .commands = FEATURES,
     .field = offsetof(Settings, texts),
     .help = "print what blocks read, as JSON strings",
     .man = "Print what blocks read, as JSON strings, in place of their values."},
    {.name = "binary",
     .type = OPTION_FLAG,
     .commands = FEATURES,
     .field = offsetof(Settings, binary),
     .help = "print records of bytes",
     .man = "Print, after the names, a record of bytes a block."},
    {.name = "runs",
     .type = OPTION_FLAG,
     .commands = FEATURES,
     .field = offsetof(Settings, runs),
     .help = "print the runs of blocks of plain text, in place of blocks",
     .man = "Print the runs of blocks that plain text is judged by, in place of blocks."},
    {.name = "gate",
     .type = OPTION_FLAG,
     .commands = FEATURES,
     .field = offsetof(Settings, gate),
     .help = "print what plain texts as a whole are judged by, in place of blocks",
     .man = "Print what plain texts as a whole are judged by, in place of blocks."},
    {.name = "document",
     .type = OPTION_TEXT,
     .label = "NAME",
     .commands = RESTORE,
     .field = offsetof(Settings, document),
     .help = "restore the document NAME alone",
     .man = "Restore the document\n.Ar NAME\nalone, where the log tells of several."},
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
