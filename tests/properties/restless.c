/* SPDX-License-Identifier: MIT
 * restless.c - writes the words of the model; core/models/forest.h tells their layout. */
#include "restless.h"

#include <string.h>

enum {
    MAGIC = 0x544E4344,
    VERSION = 5,
    SECOND = 2,
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
    const int32_t leaves = 1 << depth;
    const int32_t number = feature_named(tag < PAGE_SECOND ? DECANT_TEXT : DECANT_HTML, feature);
    uint32_t word = 0;
    put(model, tag);
    put(model, 4 + depth + leaves);
    put(model, number + 1);
    put(model, 1);
    put(model, depth);
    put(model, 0);
    for (int32_t i = 0; i < depth; i++) put(model, number << 16 | thresholds[i]);
    for (int32_t i = 1; i <= 2 * leaves; i++) { /* means of 0, leaves, and a half to spare */
        const int32_t leaf = i - leaves;
        const int32_t over =
            (leaf & 1) + (leaf >> 1 & 1) + (leaf >> 2 & 1) + (leaf >> 3 & 1) + (leaf >> 4 & 1);
        int32_t value = over % 2 ? -first_leaf : first_leaf;
        if (leaf < 0 || leaf == leaves) value = 0;
        if (i % 2) word = (uint16_t)value;
        else put(model, (int32_t)(word | (uint32_t)value << 16));
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
    put(&model, 8);
    put_tree(&model, SECOND, "points", 5, lengths, UNIT);
    put_tree(&model, DUMP, "points", 1, never, UNIT); /* every text is one: no gate keeps it */
    put_tree(&model, RUNS, "points", 1, never, UNIT);
    put_tree(&model, KINDS + DECANT_FOOTER, "words", 1, words, UNIT);
    put_tree(&model, KINDS + DECANT_TEASER, "words", 1, words, -UNIT);
    put_tree(&model, PAGE_SECOND, "points", 5, lengths, UNIT);
    put_decision(&model, DUMP_DECISION, decision, sizeof decision / sizeof *decision);
    put_decision(&model, PAGE_DECISION, decision, sizeof decision / sizeof *decision);
    return decant_use_model(pipeline, model.bytes, model.size);
}
