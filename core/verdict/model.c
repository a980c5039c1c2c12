/* SPDX-License-Identifier: MIT
 * model.c - reads a model's sections (models/forest.h tells the layout). */
#include "verdict/model.h"

#include "models/html.h"
#include "models/text.h"
#include "verdict/gate.h"
#include "verdict/page_columns.h"

enum { MAGIC = 0x544E4344, VERSION = 5, MAX_WORDS = 8 << 20 };

/* Section tags. KINDS + k is the forest of kind k, ..._EDGES + k that of edge k. */
enum {
    SECTION_FIRST = 1,
    SECTION_SECOND,
    SECTION_THIRD,
    SECTION_DECISION,
    SECTION_RUNS,
    SECTION_DUMP,
    SECTION_GATE,
    SECTION_DUMP_DECISION,
    SECTION_GLANCE,
    SECTION_LEXICON,
    SECTION_BRIEF,
    SECTION_DUMP_BRIEF,
    SECTION_NET,
    SECTION_DUMP_NET,
    SECTION_KINDS = 16,
    SECTION_EDGES = 28,
    SECTION_PAGE_FIRST = 32,
    SECTION_PAGE_SECOND,
    SECTION_PAGE_NET,
    SECTION_PAGE_DECISION,
    SECTION_PAGE_WORDS,
    SECTION_PAGE_NAMES,
    SECTION_DUMP_EDGES = 40,
    SECTION_PAGE_EDGES = 44
};

/* pairs of score and confidence, rising; one at least */
static decant_status read_curve(Curve *ret, const int32_t *words, size_t count) {
    if (!count || count % 2 || count / 2 > MODEL_KNOTS) return DECANT_BAD_MODEL;
    ret->count = (int32_t)(count / 2);
    for (int32_t i = 0; i < ret->count; i++) {
        ret->score[i] = words[2 * i];
        ret->permille[i] = words[2 * i + 1];
        bool rises = i == 0 || ret->score[i] > ret->score[i - 1];
        if (!rises || ret->permille[i] < 0 || ret->permille[i] > 1000) return DECANT_BAD_MODEL;
    }
    return DECANT_OK;
}

/* two thresholds, the confidence */
static decant_status read_decision(const int32_t *words, size_t count, int32_t *first,
                                   int32_t *second, Confidence *confidence) {
    if (count < 2) return DECANT_BAD_MODEL;
    *first = words[0];
    *second = words[1];
    return read_curve(&confidence->usual, words + 2, count - 2);
}

/* the bytes that brief blocks have fewer of, their confidence */
static decant_status read_brief(const int32_t *words, size_t count, Confidence *confidence) {
    if (count < 1 || words[0] < 0) return DECANT_BAD_MODEL;
    confidence->brief_bytes = words[0];
    return read_curve(&confidence->brief, words + 1, count - 1);
}

/* the least threshold and the most, the confidence */
static decant_status read_bounds(const int32_t *words, size_t count, int32_t *least, int32_t *most,
                                 Confidence *confidence) {
    decant_status status = read_decision(words, count, least, most, confidence);
    return status || *least <= *most ? status : DECANT_BAD_MODEL;
}

/* A section of several that are numbered on from the tag of the first. */
static decant_status read_one_of_many(Model *model, int32_t tag, const int32_t *words,
                                      size_t count) {
    const struct {
        int32_t first, count;
        Forest *forests;
        size_t columns; /* that they may read */
    } groups[] = {{SECTION_KINDS, DECANT_KINDS, model->kinds, COLUMNS_FIRST},
                  {SECTION_EDGES, EDGE_COUNT, model->edges, COLUMNS_SECOND},
                  {SECTION_DUMP_EDGES, EDGE_COUNT, model->dump_edges, COLUMNS_SECOND},
                  {SECTION_PAGE_EDGES, EDGE_COUNT, model->page_edges, PAGE_WIDTH}};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const int64_t at = (int64_t)tag - groups[i].first;
        if (at >= 0 && at < groups[i].count)
            return forest_read(&groups[i].forests[at], &model->arena, words, count,
                               groups[i].columns);
    }
    return DECANT_BAD_MODEL;
}

static decant_status read_section(Model *model, int32_t tag, const int32_t *words, size_t count) {
    switch (tag) {
    case SECTION_LEXICON:
        return lexicon_read(&model->lexicon, &model->arena, words, count);
    case SECTION_FIRST:
        return forest_read(&model->first, &model->arena, words, count, COLUMNS_FIRST);
    case SECTION_SECOND:
        return forest_read(&model->second, &model->arena, words, count, COLUMNS_SECOND);
    case SECTION_THIRD:
        return forest_read(&model->third, &model->arena, words, count, COLUMNS_THIRD);
    case SECTION_DUMP:
        return forest_read(&model->dump, &model->arena, words, count, COLUMNS_SECOND);
    case SECTION_GLANCE:
        return forest_read(&model->glance, &model->arena, words, count, GLANCE_WIDTH);
    case SECTION_RUNS:
        return forest_read(&model->runs, &model->arena, words, count, RUN_WIDTH);
    case SECTION_GATE:
        return forest_read(&model->gate, &model->arena, words, count, GATE_WIDTH);
    case SECTION_DECISION:
        return read_decision(words, count, &model->block_threshold, &model->gate_threshold,
                             &model->confidence);
    case SECTION_DUMP_DECISION:
        return read_bounds(words, count, &model->dump_least, &model->dump_most,
                           &model->dump_confidence);
    case SECTION_BRIEF:
        return read_brief(words, count, &model->confidence);
    case SECTION_DUMP_BRIEF:
        return read_brief(words, count, &model->dump_confidence);
    case SECTION_NET:
        return net_read(&model->net, &model->arena, words, count, WIDTH);
    case SECTION_DUMP_NET:
        return net_read(&model->dump_net, &model->arena, words, count, WIDTH);
    case SECTION_PAGE_FIRST:
        return forest_read(&model->page_first, &model->arena, words, count, PAGE_FIRST_WIDTH);
    case SECTION_PAGE_SECOND:
        return forest_read(&model->page_second, &model->arena, words, count, PAGE_WIDTH);
    case SECTION_PAGE_NET:
        return net_read(&model->page_net, &model->arena, words, count, PAGE_FIRST_WIDTH);
    case SECTION_PAGE_DECISION:
        return read_bounds(words, count, &model->page_least, &model->page_most,
                           &model->page_confidence);
    case SECTION_PAGE_WORDS:
        return lexicon_read(&model->page_words, &model->arena, words, count);
    case SECTION_PAGE_NAMES:
        return lexicon_read(&model->page_names, &model->arena, words, count);
    default:
        break;
    }
    return read_one_of_many(model, tag, words, count);
}

static decant_status read_model(Model *model, const int32_t *words, size_t count) {
    if (count < 3 || words[0] != MAGIC || words[1] != VERSION || words[2] < 0)
        return DECANT_BAD_MODEL;
    size_t at = 3;
    for (int32_t section = 0; section < words[2]; section++) {
        if (count - at < 2 || words[at + 1] < 0 || (size_t)words[at + 1] > count - at - 2)
            return DECANT_BAD_MODEL;
        size_t size = (size_t)words[at + 1];
        decant_status status = read_section(model, words[at], words + at + 2, size);
        if (status) return status;
        at += 2 + size;
    }
    return at == count ? DECANT_OK : DECANT_BAD_MODEL;
}

/* Little-endian bytes into words. */
static decant_status read_bytes(Model *model, const uint8_t *bytes, size_t size) {
    if (size % 4 || size / 4 > MAX_WORDS) return DECANT_BAD_MODEL;
    size_t count = size / 4;
    int32_t *words = arena_array(&model->arena, count, sizeof *words);
    if (!words) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        words[i] = (int32_t)((uint32_t)bytes[4 * i] | (uint32_t)bytes[4 * i + 1] << 8 |
                             (uint32_t)bytes[4 * i + 2] << 16 | (uint32_t)bytes[4 * i + 3] << 24);
    return read_model(model, words, count);
}

Model *model_open(const decant_allocator *allocator, const void *data, size_t size,
                  decant_status *status) {
    Model *model = allocator->resize(allocator->user, NULL, 0, sizeof *model);
    *status = DECANT_NO_MEMORY;
    if (!model) return NULL;
    *model = (Model){.allocator = allocator};
    arena_init(&model->arena, allocator);
    model->awaits_texts = model->awaits_pages = !data;
    *status = data ? read_bytes(model, data, size) : DECANT_OK;
    if (!*status) return model;
    model_close(model);
    return NULL;
}

/* Reads compiled-in words that are still awaited. */
static decant_status demand(Model *model, bool *awaits, const int32_t *words, size_t count) {
    if (!*awaits) return DECANT_OK;
    const decant_status status = read_model(model, words, count);
    *awaits = status != DECANT_OK;
    return status;
}

decant_status model_demand_texts(Model *model) {
    return demand(model, &model->awaits_texts, model_text, model_text_count);
}

decant_status model_demand_pages(Model *model) {
    return demand(model, &model->awaits_pages, model_html, model_html_count);
}

void model_close(Model *model) {
    if (!model) return;
    const decant_allocator *allocator = model->allocator;
    arena_done(&model->arena);
    allocator->release(allocator->user, model, sizeof *model);
}

int model_confidence(const Confidence *confidence, int32_t score, size_t bytes) {
    const bool is_brief = bytes < (size_t)confidence->brief_bytes;
    const Curve *curve = is_brief ? &confidence->brief : &confidence->usual;
    const int32_t *scores = curve->score, *permille = curve->permille;
    const int32_t last = curve->count - 1;
    if (last < 0) return 0;
    if (score <= scores[0]) return permille[0];
    if (score > scores[last]) return permille[last];
    int32_t below = 0, above = last; /* knots that the score is over, and not over */
    while (below + 1 < above) {
        const int32_t middle = (below + above) / 2;
        if (score > scores[middle]) below = middle;
        else above = middle;
    }
    const int64_t rise = permille[above] - permille[below];
    const int64_t width = (int64_t)scores[above] - scores[below];
    return (int)(permille[below] + rise * ((int64_t)score - scores[below]) / width);
}
