/* SPDX-License-Identifier: MIT
 * completion.c - decant completion SHELL: completions for a shell, made from the option table. */
#include "commands.h"

#include "message.h"
#include "output.h"
#include <stdio.h>
#include <string.h>

/* The next option of a command that is shown; NULL at the end. */
static const Option *next_option(Command command, size_t *index) {
    const Option *option;
    while ((option = option_at((*index)++)))
        if (!option->hidden && option_of(option, command)) return option;
    return NULL;
}

static bool shown(int command) {
    return !command_info((Command)command)->hidden;
}

/* The names of the commands, with `between` between them. */
static void write_commands(Output *output, const char *between) {
    const char *lead = "";
    for (int i = 0; i < COMMANDS; i++) {
        if (!shown(i) || i == COMMAND_FILTER) continue;
        output_format(output, "%s%s", lead, command_info((Command)i)->name);
        lead = between;
    }
}

/* ---- bash ---- */

static void write_bash_arguments(Output *output, Command command) {
    const Option *option;
    for (size_t i = 0; (option = next_option(command, &i));) {
        if (!option->label) continue;
        const char *name = command_info(command)->name;
        output_format(output, "    %s:--%s", name, option->name);
        if (option->letter) output_format(output, " | %s:-%c", name, option->letter);
        if (option->file) output_text(output, ") return ;;\n");
        else
            output_format(output, ") _decant_words '%s'; return ;;\n",
                          option->words ? option->words : "");
    }
}

static void write_bash_options(Output *output, Command command) {
    const CommandInfo *info = command_info(command);
    const Option *option;
    output_format(output, "    %s:-*) _decant_words '", *info->name ? info->name : "");
    for (size_t i = 0; (option = next_option(command, &i));) {
        if (option->letter) output_format(output, "-%c ", option->letter);
        output_format(output, "--%s ", option->name);
    }
    output_text(output, "' ;;\n");
    if (info->words)
        output_format(output, "    %s:*) _decant_words '%s' ;;\n", info->name, info->words);
}

static void write_bash(Output *output) {
    output_text(output,
                "# bash completion for decant\n\n"
                "_decant_words() {\n"
                "    COMPREPLY+=($(compgen -W \"$1\" -- \"$word\"))\n"
                "}\n\n"
                "_decant() {\n"
                "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local command=${COMP_WORDS[1]} first=\n"
                "    COMPREPLY=()\n"
                "    [ \"$COMP_CWORD\" -eq 1 ] && command= && first=1\n"
                "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
                "    [ \"$word\" = = ] && word=\n"
                "    case $command in\n    ");
    write_commands(output, " | ");
    output_text(output, ") ;;\n    *) command= ;;\n    esac\n    case $command:$before in\n");
    for (int i = 0; i < COMMANDS; i++)
        if (shown(i)) write_bash_arguments(output, (Command)i);
    output_text(output, "    esac\n    case $command:$word in\n");
    for (int i = 0; i < COMMANDS; i++)
        if (shown(i)) write_bash_options(output, (Command)i);
    output_text(output, "    *)\n        [ -n \"$first\" ] || return\n        _decant_words '");
    write_commands(output, " ");
    output_text(output, "'\n        local IFS=$'\\n'\n"
                        "        compopt -o filenames 2>/dev/null\n"
                        "        COMPREPLY+=($(compgen -f -- \"$word\")) ;;\n"
                        "    esac\n}\n\ncomplete -o default -F _decant decant\n");
}

/* ---- zsh ---- */

/* Text within single quotes in which `special` signs are escaped. */
static void write_escaped(Output *output, const char *text, const char *special) {
    for (; *text; text++) {
        if (strchr(special, *text)) output_text(output, "\\");
        output_write(output, text, 1);
    }
}

/* One form of an option as _arguments wants it: (others)FORM[help]:LABEL:what. */
static void write_zsh_option(Output *output, const Option *option, bool letter) {
    output_text(output, "            '");
    if (option->type == OPTION_LIST) output_text(output, "*");
    else if (option->letter) output_format(output, "(-%c --%s)", option->letter, option->name);
    if (letter) output_format(output, "-%c%s", option->letter, option->label ? "+" : "");
    else output_format(output, "--%s%s", option->name, option->label ? "=" : "");
    output_text(output, "[");
    write_escaped(output, option->help, "[]:\\");
    output_text(output, "]");
    if (option->label) output_format(output, ":%s:", option->label);
    if (option->words) output_format(output, "(%s)", option->words);
    else if (option->file) output_text(output, "_files");
    output_text(output, "' \\\n");
}

static void write_zsh_command(Output *output, Command command) {
    const CommandInfo *info = command_info(command);
    const Option *option;
    output_format(output, "    %s)\n        _arguments -s -S \\\n",
                  command == COMMAND_FILTER ? "*" : info->name);
    for (size_t i = 0; (option = next_option(command, &i));) {
        if (option->letter) write_zsh_option(output, option, true);
        write_zsh_option(output, option, false);
    }
    if (info->words) output_format(output, "            '1:%s:(%s)' ;;\n", info->name, info->words);
    else
        output_format(output, "            '*:%s:%s' ;;\n", info->operands,
                      command == COMMAND_FILTER ? "_decant_first" : "_files");
}

static void write_zsh(Output *output) {
    output_text(output, "#compdef decant\n# zsh completion for decant\n\n"
                        "_decant_first() {\n    if (( CURRENT == 2 )); then\n"
                        "        local -a commands=(\n");
    for (int i = 0; i < COMMANDS; i++) {
        if (!shown(i) || i == COMMAND_FILTER) continue;
        output_format(output, "            \"%s:", command_info((Command)i)->name);
        write_escaped(output, command_info((Command)i)->summary, ":\"\\$`");
        output_text(output, "\"\n");
    }
    output_text(output, "        )\n        _describe command commands\n    fi\n    _files\n}\n\n"
                        "_decant() {\n    local command=\n"
                        "    if (( CURRENT > 2 )); then\n        case $words[2] in\n        ");
    write_commands(output, "|");
    output_text(output,
                ")\n            command=$words[2]\n            shift words\n"
                "            (( CURRENT-- )) ;;\n        esac\n    fi\n    case $command in\n");
    for (int i = COMMANDS - 1; i >= 0; i--) /* the filter last: it is the pattern for the rest */
        if (shown(i)) write_zsh_command(output, (Command)i);
    output_text(output, "    esac\n}\n\n_decant \"$@\"\n");
}

/* ---- fish ---- */

static void write_fish_option(Output *output, Command command, const Option *option) {
    const char *name = command == COMMAND_FILTER ? "filter" : command_info(command)->name;
    output_format(output, "complete -c decant -n '__decant_is %s' -l %s", name, option->name);
    if (option->letter) output_format(output, " -s %c", option->letter);
    if (option->words) output_format(output, " -x -a '%s'", option->words);
    else if (option->label) output_text(output, option->file ? " -r -F" : " -x");
    output_text(output, " -d '");
    write_escaped(output, option->help, "'\\");
    output_text(output, "'\n");
}

static void write_fish(Output *output) {
    output_text(output, "# fish completion for decant\n\n"
                        "function __decant_is\n    set -l words (commandline -opc)\n"
                        "    set -l typed filter\n"
                        "    if set -q words[2]; and contains -- $words[2] ");
    write_commands(output, " ");
    output_text(output,
                "\n        set typed $words[2]\n    end\n    test $typed = $argv[1]\nend\n\n");
    for (int i = 0; i < COMMANDS; i++) {
        const CommandInfo *info = command_info((Command)i);
        const Option *option;
        if (!shown(i)) continue;
        if (*info->name) {
            output_format(output,
                          "complete -c decant -n 'test (count (commandline -opc)) -eq 1' -a %s",
                          info->name);
            output_text(output, " -d '");
            write_escaped(output, info->summary, "'\\");
            output_text(output, "'\n");
        }
        if (info->words)
            output_format(output, "complete -c decant -n '__decant_is %s' -f -a '%s'\n", info->name,
                          info->words);
        for (size_t j = 0; (option = next_option((Command)i, &j));)
            write_fish_option(output, (Command)i, option);
    }
}

int completion_run(const Settings *settings) {
    const struct {
        const char *name;
        void (*write)(Output *output);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    const char *wanted = settings->operands.items[0];
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        Output output = {0};
        if (strcmp(wanted, shells[i].name)) continue;
        if (!output_open(&output, NULL)) return EXIT_TROUBLE;
        shells[i].write(&output);
        return output_close(&output, true) ? EXIT_FINE : EXIT_TROUBLE;
    }
    complain("completion: '%s' is not one of: %s", wanted, command_info(COMMAND_COMPLETION)->words);
    return EXIT_TROUBLE;
}
