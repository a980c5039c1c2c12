/* SPDX-License-Identifier: MIT
 * settings.c - reads the command line by the table of options. */
#include "options.h"

#include "decant.h"
#include "message.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
    const Option *option;
    for (size_t i = 0; (option = option_at(i)); i++) {
        if (!option_of(option, command) || option->hidden) continue;
        size_t steps = distance(typed, size, option->name);
        if (size >= 3 && !strncmp(option->name, typed, size)) steps = 0;
        if (steps > least || (best && steps == least)) continue;
        best = option;
        least = steps;
    }
    return best;
}

static const Option *option_named(Command command, const char *name, size_t size) {
    const Option *option;
    for (size_t i = 0; (option = option_at(i)); i++)
        if (option_of(option, command) && !strncmp(option->name, name, size) && !option->name[size])
            return option;
    const Option *like = option_like(command, name, size);
    if (like)
        complain("unknown option '--%.*s' (did you mean '--%s'?)", (int)size, name, like->name);
    else complain("unknown option '--%.*s' (see --help)", (int)size, name);
    return NULL;
}

static const Option *option_lettered(Command command, char letter) {
    const Option *option;
    for (size_t i = 0; (option = option_at(i)); i++)
        if (option_of(option, command) && option->letter == letter) return option;
    complain("unknown option '-%c' (see --help)", letter);
    return NULL;
}

/* ---- reading an argument ---- */

/* A decimal such as 12.5 times 10^`digits`; further digits are cut. False if it is none. */
static bool read_decimal(const char *text, int digits, int64_t *ret) {
    int64_t value = 0;
    bool point = false, any = false;
    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
        } else if (*text >= '0' && *text <= '9' && value < 1000000000000) {
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

/* The same within bounds. */
static bool read_size_in(const char *text, uint64_t least, uint64_t most, size_t *ret) {
    return read_size(text, ret) && *ret >= least && *ret <= most;
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
    int64_t value = 0;
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
        return read_size_in(text, 4096, (uint64_t)1 << 30, field) ||
               refuse(option, text, "a size from 4K to 1G");
    case OPTION_PROFILE_SIZE:
        return read_size_in(text, (uint64_t)1 << 20, (uint64_t)64 << 30, field) ||
               refuse(option, text, "a size from 1M to 64G");
    case OPTION_PERCENT:
        if (!read_decimal(text, 1, &value) || value > 1000)
            return refuse(option, text, "a percentage from 0 to 100");
        break;
    case OPTION_SECONDS:
        if (!read_decimal(text, 6, &value) || value > (int64_t)86400 * 1000000)
            return refuse(option, text, "a number of seconds from 0 to 86400");
        *(int64_t *)field = value;
        return true;
    case OPTION_COUNT:
        if (!read_decimal(text, 0, &value) || strchr(text, '.') || value < 1 || value > 1024)
            return refuse(option, text, "a number from 1 to 1024");
        *(size_t *)field = (size_t)value;
        return true;
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
        const char *name = command_info((Command)i)->name;
        if (!*name || strcmp(*words->at, name)) continue;
        words->at++;
        return (Command)i;
    }
    return COMMAND_FILTER;
}

static bool operands_fit(const Settings *settings) {
    const CommandInfo *info = command_info(settings->command);
    if (settings->help || settings->version || settings->man_options) return true;
    if (settings->files0_from && settings->operands.count) {
        complain("files are named by --files0-from: '%s' cannot be named too",
                 settings->operands.items[0]);
        return false;
    }
    if (settings->files0_from ||
        (settings->operands.count >= info->least && settings->operands.count <= info->most))
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
                           .size = (size_t)64 << 20,
                           .share = 300,
                           .min_confidence = defaults.min_confidence,
                           .text_key = "text",
                           .id_key = "id",
                           .timeout = 10 * 1000000};
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

decant_from settings_from(const Settings *settings) {
    if (settings->from == FROM_TEXT) return DECANT_TEXT;
    return settings->from == FROM_HTML ? DECANT_HTML : DECANT_AUTO;
}

void settings_done(Settings *settings) {
    free(settings->operands.items);
    free(settings->rules.items);
    free(settings->without.items);
    free(settings->include.items);
    free(settings->exclude.items);
}
