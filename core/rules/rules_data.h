/* SPDX-License-Identifier: MIT
 * rules_data.h - the built-in rules, as embed.sh writes them. */
#ifndef RULES_RULES_DATA_H
#define RULES_RULES_DATA_H

/* One file of data/, without comments and examples. */
typedef struct RulesFile {
    const char *name;         /* without folder and ending; NULL after the last */
    const char *const *lines; /* NULL after the last; "" ends a rule */
} RulesFile;

extern const RulesFile rules_files[];

#endif
