/* SPDX-License-Identifier: MIT
 * pattern.h - the only door to PCRE2: compiling and searching under limits, on the allocator. */
#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "base/bytes.h"
#include "decant.h"

enum { PATTERN_LONGEST = 4096 }; /* bytes */

typedef struct PatternEngine PatternEngine;
typedef struct Pattern Pattern;

typedef enum PatternResult {
    PATTERN_NONE,
    PATTERN_FOUND,
    PATTERN_LIMIT, /* given up at a limit */
    PATTERN_NO_MEMORY
} PatternResult;

/* A text to be searched: valid UTF-8. */
typedef struct Subject {
    Str text;
    bool begins, ends; /* whether ^ and $ may match at its start and end */
} Subject;

/* NULL when memory is refused. `allocator` must outlive the engine. */
PatternEngine *pattern_engine_open(const decant_allocator *allocator);
void pattern_engine_close(PatternEngine *engine);

/* Compiles a NUL-terminated UTF-8 pattern. DECANT_NO_MEMORY, or DECANT_BAD_RULE with a sentence in
 * `problem`. */
decant_status pattern_compile(PatternEngine *engine, const char *text, Pattern **ret, char *problem,
                              size_t problem_size);
void pattern_free(PatternEngine *engine, Pattern *pattern);

/* The first match that is not empty. A pattern that is searched for often gets machine code. */
PatternResult pattern_find(PatternEngine *engine, Pattern *pattern, Subject subject,
                           uint32_t *start, uint32_t *end);

#endif
