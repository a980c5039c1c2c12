/* SPDX-License-Identifier: MIT
 * restless.c - writes the words of the model; core/models/forest.h tells their layout. */
#include "restless.h"

#include <string.h>

enum {
    MAGIC = 0x544E4344,
    VERSION = 3,
    SECOND = 2,
    THIRD,
    RUNS = 5,
    DUMP,
    DUMP_DECISION = 8,
    KINDS = 16,
    PAGE_SECOND = 33,
    PAGE_DECISION = 35,
    UNIT = 1024
};

typedef struct Model {
    unsigned char bytes[4 * RESTLESS_WORDS];
    size_t size;
} Model;

static void put(Model *model, int32_t word) {
    for (int i = 0; i < 4; i++)
        model->bytes[model->size++] = (unsigned char)((uint32_t)word >> (8 * i));
}

static int32_t feature_named(decant_from from, const char *name) {
    for (size_t i = 0; decant_evidence_name(from, i); i++)
        if (strcmp(decant_evidence_name(from, i), name) == 0) return (int32_t)i;
    return 0;
}

/* A forest of one tree that asks for one feature alone: a row's leaf has a 1 for each threshold
 * that it is over, and their count decides the sign. */
static void put_tree(Model *model, int32_t tag, const char *feature, int32_t depth,
                     const int32_t *thresholds, int32_t first_leaf) {
    const int32_t nodes = (1 << depth) - 1;
    const int32_t number = feature_named(tag < PAGE_SECOND ? DECANT_TEXT : DECANT_HTML, feature);
    put(model, tag);
    put(model, 4 + depth + nodes + nodes + 1);
    put(model, number + 1);
    put(model, 1);
    put(model, depth);
    put(model, 0);
    for (int32_t i = 0; i < depth; i++) put(model, number << 16 | thresholds[i]);
    for (int32_t i = 0; i < nodes; i++) put(model, 0);
    for (int32_t i = 0; i <= nodes; i++) {
        int32_t over = (i & 1) + (i >> 1 & 1) + (i >> 2 & 1) + (i >> 3 & 1) + (i >> 4 & 1);
        put(model, over % 2 ? -first_leaf : first_leaf);
    }
}

static void put_decision(Model *model, int32_t tag, const int32_t *words, size_t count) {
    put(model, tag);
    put(model, (int32_t)count);
    for (size_t i = 0; i < count; i++) put(model, words[i]);
}

decant_status restless_use(decant *pipeline) {
    static const int32_t lengths[] = {8, 20, 60, 130, 200}, words[] = {9}, never[] = {INT16_MAX};
    /* the threshold's bounds; confidences */
    static const int32_t decision[] = {0, 0, -UNIT, 10, UNIT, 990};
    Model model = {.size = 0};
    put(&model, MAGIC);
    put(&model, VERSION);
    put(&model, 9);
    put_tree(&model, SECOND, "points", 5, lengths, UNIT);
    put_tree(&model, THIRD, "points", 5, lengths, UNIT);
    put_tree(&model, DUMP, "points", 1, never, UNIT); /* every text is one: no gate keeps it */
    put_tree(&model, RUNS, "points", 1, never, UNIT);
    put_tree(&model, KINDS + DECANT_FOOTER, "words", 1, words, UNIT);
    put_tree(&model, KINDS + DECANT_TEASER, "words", 1, words, -UNIT);
    put_tree(&model, PAGE_SECOND, "points", 5, lengths, UNIT);
    put_decision(&model, DUMP_DECISION, decision, sizeof decision / sizeof *decision);
    put_decision(&model, PAGE_DECISION, decision, sizeof decision / sizeof *decision);
    return decant_use_model(pipeline, model.bytes, model.size);
}
