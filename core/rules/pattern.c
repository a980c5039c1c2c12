/* SPDX-License-Identifier: MIT
 * pattern.c - PCRE2 on the library's allocator; matching stops at fixed limits. */
#include "rules/pattern.h"

#include "base/piece.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>

/* Interpreting a pattern costs many times as much as running its machine code, and making that
 * costs as much as interpreting it some sixty times: hence only patterns in use get it, early as
 * what was tried forty times mostly is tried a hundred times. The limits count steps from one
 * starting point. The interpreter's are tighter and what it gives up on is tried again as machine
 * code, so that the outcome does not depend on how often a pattern was used. */
enum {
    TRIES_BEFORE_MACHINE_CODE = 40,
    BRIEF_STEPS = 5000,
    BRIEF_DEPTH = 1000,
    FULL_STEPS = 20000,
    FULL_DEPTH = 4000,
    HEAP_LIMIT = 1024, /* KiB */
    FIRST_STACK = 32 << 10,
    LARGEST_STACK = 256 << 10
};

struct PatternEngine {
    const decant_allocator *allocator;
    pcre2_general_context *memory;
    pcre2_compile_context *compile;
    pcre2_match_context *brief, *full;
    pcre2_match_data *match;
    pcre2_jit_stack *stack;
};

struct Pattern {
    pcre2_code *code;
    unsigned tries;
    bool settled;      /* machine code was made, or cannot be */
    bool machine_code; /* was made */
};

static void *take(size_t size, void *user) {
    return piece_take(user, size);
}

static void give_back(void *memory, void *user) {
    piece_give_back(user, memory);
}

static pcre2_match_context *open_limits(PatternEngine *engine, uint32_t steps, uint32_t depth) {
    pcre2_match_context *limits = pcre2_match_context_create(engine->memory);
    if (!limits) return NULL;
    pcre2_set_match_limit(limits, steps);
    pcre2_set_depth_limit(limits, depth);
    pcre2_set_heap_limit(limits, HEAP_LIMIT);
    if (engine->stack) pcre2_jit_stack_assign(limits, NULL, engine->stack);
    return limits;
}

static bool open_contexts(PatternEngine *engine) {
    engine->memory =
        pcre2_general_context_create(take, give_back, (void *)(uintptr_t)engine->allocator);
    if (!engine->memory) return false;
    engine->stack = pcre2_jit_stack_create(FIRST_STACK, LARGEST_STACK, engine->memory);
    engine->compile = pcre2_compile_context_create(engine->memory);
    engine->brief = open_limits(engine, BRIEF_STEPS, BRIEF_DEPTH);
    engine->full = open_limits(engine, FULL_STEPS, FULL_DEPTH);
    engine->match = pcre2_match_data_create(1, engine->memory);
    if (!engine->compile || !engine->brief || !engine->full || !engine->match) return false;
    pcre2_set_max_pattern_length(engine->compile, PATTERN_LONGEST);
    return true;
}

PatternEngine *pattern_engine_open(const decant_allocator *allocator) {
    PatternEngine *engine = allocator->resize(allocator->user, NULL, 0, sizeof *engine);
    if (!engine) return NULL;
    *engine = (PatternEngine){.allocator = allocator};
    if (open_contexts(engine)) return engine;
    pattern_engine_close(engine);
    return NULL;
}

void pattern_engine_close(PatternEngine *engine) {
    if (!engine) return;
    pcre2_match_data_free(engine->match);
    pcre2_match_context_free(engine->full);
    pcre2_match_context_free(engine->brief);
    pcre2_compile_context_free(engine->compile);
    pcre2_jit_stack_free(engine->stack);
    pcre2_general_context_free(engine->memory);
    engine->allocator->release(engine->allocator->user, engine, sizeof *engine);
}

static void tell_problem(int code, size_t offset, char *problem, size_t problem_size) {
    PCRE2_UCHAR message[160];
    if (pcre2_get_error_message(code, message, sizeof message) < 0) message[0] = 0;
    snprintf(problem, problem_size, "the pattern does not compile: %s at byte %zu",
             (const char *)message, offset);
}

decant_status pattern_compile(PatternEngine *engine, const char *text, Pattern **ret, char *problem,
                              size_t problem_size) {
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    int code;
    size_t offset;
    *ret = NULL;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options, &code,
                                         &offset, engine->compile);
    if (!compiled && code != PCRE2_ERROR_HEAP_FAILED) {
        tell_problem(code, offset, problem, problem_size);
        return DECANT_BAD_RULE;
    }
    if (!compiled) return DECANT_NO_MEMORY;
    Pattern *pattern = piece_take(engine->allocator, sizeof *pattern);
    if (!pattern) {
        pcre2_code_free(compiled);
        return DECANT_NO_MEMORY;
    }
    *pattern = (Pattern){.code = compiled};
    *ret = pattern;
    return DECANT_OK;
}

void pattern_free(PatternEngine *engine, Pattern *pattern) {
    if (!pattern) return;
    pcre2_code_free(pattern->code);
    piece_give_back(engine->allocator, pattern);
}

static void make_machine_code(Pattern *pattern) {
    pattern->machine_code = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    pattern->settled = true;
}

static int search(PatternEngine *engine, const Pattern *pattern, Subject subject) {
    const uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY |
                             (subject.begins ? 0 : PCRE2_NOTBOL) |
                             (subject.ends ? 0 : PCRE2_NOTEOL);
    if (pattern->machine_code)
        return pcre2_jit_match(pattern->code, subject.text.at, subject.text.len, 0, options,
                               engine->match, engine->full);
    return pcre2_match(pattern->code, subject.text.at, subject.text.len, 0, options, engine->match,
                       pattern->settled ? engine->full : engine->brief);
}

PatternResult pattern_find(PatternEngine *engine, Pattern *pattern, Subject subject,
                           uint32_t *start, uint32_t *end) {
    if (!pattern->settled && ++pattern->tries > TRIES_BEFORE_MACHINE_CODE)
        make_machine_code(pattern);
    int code = search(engine, pattern, subject);
    if (code < PCRE2_ERROR_NOMATCH && code != PCRE2_ERROR_NOMEMORY && !pattern->settled) {
        make_machine_code(pattern);
        code = search(engine, pattern, subject);
    }
    if (code == PCRE2_ERROR_NOMATCH) return PATTERN_NONE;
    if (code == PCRE2_ERROR_NOMEMORY) return PATTERN_NO_MEMORY;
    if (code < 0) return PATTERN_LIMIT;
    const size_t *range = pcre2_get_ovector_pointer(engine->match);
    *start = (uint32_t)range[0];
    *end = (uint32_t)range[1];
    return PATTERN_FOUND;
}
