/* SPDX-License-Identifier: MIT
 * page.c - passes over the blocks of a page, and a threshold that the page finds for itself.
 *
 * The first pass scores each block by its evidence and surroundings; the second knows those scores
 * of its neighbours, its containers and what looks like it. What was said before counts a quarter.
 * A net that reads the blocks in their order has a say. What scores over the threshold goes, once
 * the edges of what is foreign are settled. */
#include "verdict/page.h"

#include "verdict/copies.h"
#include "verdict/model.h"
#include "verdict/page_features.h"
#include "verdict/threshold.h"

typedef struct Judged {
    PageFeatures *features;
    Batch batch;     /* of them; empty */
    int32_t *scores; /* of each block, by passes and net */
    Settled settled;
} Judged;

static decant_status score_all(const Document *document, Batch *batch, const Forest *forest,
                               int32_t *scores) {
    for (size_t i = 0; i < document->block_count; i++)
        if (batch_add(batch, i)) batch_score(batch, forest, scores);
    batch_score(batch, forest, scores);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}

/* Whether a block is a sign or two that lead somewhere, such as the permalink of a heading: it is
 * there to be clicked, and without a word no model is trained on it. */
static bool is_sign_to_click(const Block *block) {
    return !block->shape.words && block->shape.points <= 2 &&
           block->evidence[EVIDENCE_LINK_SHARE] == 1000;
}

static void settle_signs(const Document *document, int32_t *scores) {
    enum { SURELY_NOISE = 5 * 1024 };
    for (size_t i = 0; i < document->block_count; i++)
        if (is_sign_to_click(&document->blocks[i])) scores[i] = max_int(scores[i], SURELY_NOISE);
}

/* What the second pass says, held back by what was said before: passes err apart from each other.
 */
static decant_status score_again(const Document *document, Batch *batch, const Forest *forest,
                                 int32_t *scores) {
    const ArenaMark mark = arena_mark(document->arena);
    int32_t *found = arena_take(document->arena, document->block_count, sizeof *found);
    if (!found) return DECANT_NO_MEMORY;
    const decant_status status = score_all(document, batch, forest, found);
    for (size_t i = 0; i < document->block_count && !status; i++)
        scores[i] = (int32_t)((scores[i] + 3 * (int64_t)found[i]) / 4);
    arena_rewind(document->arena, mark);
    return status;
}

static decant_status judge_blocks(const Document *document, const Model *model, Judged *ret) {
    enum { NET_SHARE = 3 }; /* of NET_SHARES */
    const size_t count = document->block_count;
    *ret =
        (Judged){.features = page_features_open(document, &model->page_words, &model->page_names),
                 .scores = arena_array(document->arena, count, sizeof *ret->scores),
                 .settled.over = arena_array(document->arena, count, sizeof *ret->settled.over)};
    if (!ret->features || !ret->scores || !ret->settled.over) return DECANT_NO_MEMORY;
    ret->settled.scores = ret->scores;
    ret->batch = page_features_batch(ret->features);
    if (!ret->batch.columns) return DECANT_NO_MEMORY;
    decant_status status = score_all(document, &ret->batch, &model->page_first, ret->scores);
    if (!status) status = page_features_add_pass(ret->features, ret->scores);
    if (!status && model->page_second.tree_count)
        status = score_again(document, &ret->batch, &model->page_second, ret->scores);
    if (status || !model->page_net.width) return status;
    return batch_add_net(&ret->batch, &model->page_net, NET_SHARE, document, ret->scores, NULL);
}

/* What passes and net say, signs and copies settled, and rows that know it. */
static decant_status judge(const Document *document, const Model *model, Judged *ret) {
    decant_status status = judge_blocks(document, model, ret);
    if (!status) settle_signs(document, ret->scores);
    if (!status) status = copies_settle(document, ret->scores);
    if (status || !model->page_net.width) return status; /* a model in training */
    return page_features_add_pass(ret->features, ret->scores);
}

/* The page's threshold, between the model's bounds; a page that promises next to nothing holds
 * nothing. */
static int32_t find_threshold(const Document *document, const Model *model, const int32_t *scores,
                              uint64_t *ret_promise) {
    enum { LEAST_PROMISE = 175000 };
    const int32_t threshold =
        threshold_find(document, &model->page_confidence, scores, ret_promise);
    if (*ret_promise < LEAST_PROMISE) return INT32_MIN;
    return max_int(model->page_least, min_int(threshold, model->page_most));
}

static decant_status settle(const Document *document, const Model *model, Judged *judged) {
    uint64_t promise;
    judged->settled.threshold = find_threshold(document, model, judged->scores, &promise);
    return edges_settle(document, &judged->batch, model->page_edges, edges_share(promise),
                        &judged->settled);
}

/* What markup around a block says of the kind of noise that it is: the nearest counts. */
static decant_kind kind_of(const Block *block) {
    static const struct {
        uint16_t evidence;
        uint8_t kind;
    } signs[] = {{EVIDENCE_REGION_NAV, DECANT_NAV},       {EVIDENCE_ROLE_NAV, DECANT_NAV},
                 {EVIDENCE_ROLE_BREADCRUMB, DECANT_NAV},  {EVIDENCE_ROLE_PAGER, DECANT_NAV},
                 {EVIDENCE_ROLE_SKIP, DECANT_NAV},        {EVIDENCE_ROLE_TOC, DECANT_NAV},
                 {EVIDENCE_REGION_FOOTER, DECANT_FOOTER}, {EVIDENCE_ROLE_FOOTER, DECANT_FOOTER},
                 {EVIDENCE_ROLE_LEGAL, DECANT_FOOTER},    {EVIDENCE_ROLE_RELATED, DECANT_RELATED},
                 {EVIDENCE_ROLE_SHARE, DECANT_SHARE},     {EVIDENCE_ROLE_PROMO, DECANT_PROMO},
                 {EVIDENCE_ROLE_ADVERT, DECANT_PROMO},    {EVIDENCE_ROLE_NEWSLETTER, DECANT_PROMO},
                 {EVIDENCE_ROLE_COOKIE, DECANT_PROMO},    {EVIDENCE_ROLE_PAYWALL, DECANT_PROMO},
                 {EVIDENCE_ROLE_COMMENT, DECANT_COMMENT}, {EVIDENCE_ROLE_META, DECANT_META},
                 {EVIDENCE_ROLE_BIO, DECANT_META},        {EVIDENCE_ROLE_TAGS, DECANT_META}};
    decant_kind kind = DECANT_OTHER;
    int16_t nearest = INT16_MAX;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const int16_t up = block->evidence[signs[i].evidence];
        if (!up || up >= nearest) continue;
        nearest = up;
        kind = (decant_kind)signs[i].kind;
    }
    return kind;
}

/* What its own words say, where they say it plainly. */
static decant_kind kind_by_words(const Block *block) {
    enum { PLAIN = 500 };
    static const struct {
        uint16_t evidence;
        uint8_t kind;
    } signs[] = {{EVIDENCE_RIGHTS, DECANT_FOOTER},   {EVIDENCE_POLICY, DECANT_FOOTER},
                 {EVIDENCE_POWERED, DECANT_FOOTER},  {EVIDENCE_RELATED, DECANT_RELATED},
                 {EVIDENCE_SHARE, DECANT_SHARE},     {EVIDENCE_NEWSLETTER, DECANT_PROMO},
                 {EVIDENCE_SUBSCRIBE, DECANT_PROMO}, {EVIDENCE_APP, DECANT_PROMO},
                 {EVIDENCE_DONATE, DECANT_PROMO},    {EVIDENCE_ADVERT, DECANT_PROMO},
                 {EVIDENCE_COMMENT, DECANT_COMMENT}, {EVIDENCE_STAMP, DECANT_META},
                 {EVIDENCE_BYLINE, DECANT_META},     {EVIDENCE_NAVIGATION, DECANT_NAV}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (block->evidence[signs[i].evidence] >= PLAIN) return (decant_kind)signs[i].kind;
    return DECANT_OTHER;
}

static void tell_kind(Block *block) {
    enum { MOSTLY = 700 };
    decant_kind kind = kind_by_words(block);
    if (kind == DECANT_OTHER) kind = kind_of(block);
    if (kind == DECANT_OTHER && block->evidence[EVIDENCE_LINK_SHARE] >= MOSTLY) kind = DECANT_NAV;
    if (kind == DECANT_OTHER && block->evidence[EVIDENCE_COPY_OF_EARLIER]) kind = DECANT_REPEAT;
    block->verdict.kind = (uint8_t)kind;
}

decant_status page_decide(Document *document, const Model *model, int min_confidence,
                          int32_t margin, VerdictDetail detail) {
    enum { SCORE = PAGE_COLUMN_SCORES + PAGE_SCORES_REACH };
    Judged judged;
    decant_status status = judge(document, model, &judged);
    if (!status) status = settle(document, model, &judged);
    for (size_t i = 0; i < document->block_count && !status; i++) {
        Block *block = &document->blocks[i];
        Verdict *verdict = &block->verdict;
        verdict->score = judged.scores[i];
        verdict->confidence =
            clamp16(model_confidence(&model->page_confidence, judged.scores[i], block->text.len));
        verdict->drop = judged.settled.over[i] > margin && verdict->confidence >= min_confidence;
        if (verdict->drop) tell_kind(block);
    }
    if (status || detail < DETAIL_REASONS) return status;
    status = batch_explain_findings(&judged.batch, &model->page_first, PAGE_FIRST_WIDTH, document);
    edges_explain(document, &judged.settled, SCORE - 1, SCORE + 1);
    return status;
}

decant_status page_explain(Document *document, const Model *model) {
    const PageFeatures *features =
        page_features_open(document, &model->page_words, &model->page_names);
    if (!features) return DECANT_NO_MEMORY;
    Batch batch = page_features_batch(features);
    return batch_explain_all(&batch, &model->page_first, PAGE_FIRST_WIDTH, document);
}

decant_status page_rows(Document *document, const Model *model, int16_t **ret_rows) {
    Judged judged;
    const size_t count = document->block_count;
    *ret_rows = arena_array(document->arena, count * PAGE_WIDTH, sizeof **ret_rows);
    if (!*ret_rows) return DECANT_NO_MEMORY;
    decant_status status = count ? judge(document, model, &judged) : DECANT_OK;
    if (status || !count) return status;
    batch_rows(&judged.batch, count, PAGE_WIDTH, *ret_rows);
    return DECANT_OK;
}
