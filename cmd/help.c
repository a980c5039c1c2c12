/* SPDX-License-Identifier: MIT
 * help.c - --help, --version and the man page's lists of options, made from the option table. */
#include "commands.h"

#include "decant.h"
#include "message.h"
#include "output.h"
#include <stdio.h>
#include <string.h>

/* The filter's help tells of every command, in a line each; another's of itself. */
static void write_usage(Output *output, Command command) {
    const CommandInfo *own = command_info(command);
    if (command != COMMAND_FILTER) {
        output_format(output, "Usage: decant %s [OPTION]... %s\n", own->name, own->operands);
        return;
    }
    for (int i = 0; i < COMMANDS; i++) {
        const CommandInfo *info = command_info((Command)i);
        char line[40];
        snprintf(line, sizeof line, "decant %s %s", i ? info->name : "[OPTION]...", info->operands);
        if (!info->hidden)
            output_format(output, "%s %-32s %s\n", i ? "      " : "Usage:", line, info->summary);
    }
}

static void write_options(Output *output, Command command) {
    const Option *option;
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (option->hidden || !option_of(option, command)) continue;
        char names[40], letter[] = {'-', option->letter, ',', '\0'};
        snprintf(names, sizeof names, "%3s --%s%s%s", option->letter ? letter : "", option->name,
                 option->label ? "=" : "", option->label ? option->label : "");
        output_format(output, "  %-26s %s\n", names, option->help);
    }
}

static void write_help(Output *output, Command command) {
    write_usage(output, command);
    output_format(output, "\n%s\n\n", command_info(command)->help);
    write_options(output, command);
    output_text(output, "\nMore in the manual: man decant\n");
}

/* mdoc wants a sentence's end at a line's end; the table's texts are written that way. */
static void write_man(Output *output, Command command) {
    const Option *option;
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (option->hidden || !option_of(option, command)) continue;
        output_text(output, ".It");
        if (option->letter) output_format(output, " Fl %c", option->letter);
        if (option->letter && option->label) output_format(output, " Ar %s", option->label);
        if (option->letter) output_text(output, " ,");
        output_format(output, " Fl -%s", option->name);
        if (option->label) output_format(output, " Ns = Ns Ar %s", option->label);
        output_format(output, "\n%s\n", option->man);
    }
}

int help_run(const Settings *settings) {
    Output output = {0};
    if (!output_open(&output, NULL)) return EXIT_TROUBLE;
    if (settings->man_options) write_man(&output, settings->command);
    else if (settings->help) write_help(&output, settings->command);
    else output_format(&output, "decant %s\n", decant_version());
    return output_close(&output, true) ? EXIT_FINE : EXIT_TROUBLE;
}
