/* SPDX-License-Identifier: MIT
 * features.c - computes the rows. Everything a row needs of its surroundings comes from sums over
 * the document made once, so a row costs the same wherever it stands. */
#include "verdict/features.h"

#include "language/letters.h"
#include "verdict/agreement.h"
#include "verdict/hand.h"
#include "verdict/lean.h"
#include "verdict/odds.h"

#include <string.h>

enum {
    PROSE_WORDS = 20,
    SHORT_WORDS = 5,
    NOISY = 300,    /* permille of a stretch that rules matched */
    GAP_WORDS = 60, /* words that must stand on both sides of a gap to judge it */
    SURE = -2560,   /* a first-pass score below is sure text: log-odds -2.5 */
    REACH_NEAR = 5,
    REACH_FAR = 10,
    FAR_AWAY = 999
};

static const int strand_levels[] = {
#define X(level, name) level * 1024,
    STRAND_LEVELS(X)
#undef X
};

/* ---- what is looked up once ----------------------------------------------------------------- */

/* Neighbours stand as far as REACH_LINES before and after in NEIGHBOUR_OFFSETS, and as far as
 * REACH_BLOCKS and REACH_SCORES in PASS_MEASURES: tables have so many rows of nothing at both ends.
 */
enum { REACH_LINES = 3, REACH_BLOCKS = 3, REACH_SCORES = 2 };
enum {
    STRETCH_SURROUNDINGS = SURROUND_COUNT - SURROUND_NEAR5_WORDS,
    BLOCK_SCORES = 2 * REACH_BLOCKS + 1,
    STRETCH_SCORES = 2 * REACH_SCORES + 1,
    BLOCK_MEASURES = PASS_DOC_MEAN - PASS_NEAR5,
    LAID = 8 /* columns are laid by so many: those too many are written over by what follows */
};
_Static_assert((int)BLOCK_SCORES <= LAID && (int)STRETCH_SCORES <= LAID &&
                   (int)BLOCK_MEASURES >= LAID,
               "scores are a group, and what follows is no smaller");
_Static_assert((int)OFFSET_COUNT == 2 * REACH_LINES, "neighbours on both sides");
_Static_assert((int)LEAN_STRETCH == REACH_LINES && (int)LEAN_NEAR5 == 2 * REACH_LINES + 1,
               "the stretch's own lean in the middle");
_Static_assert((int)PASS_SCORE == REACH_BLOCKS, "the block's own score in the middle");
_Static_assert((int)PASS_STRETCH == BLOCK_SCORES + REACH_SCORES, "the stretch's own in the middle");

typedef struct Summary {
    Stretch stretch;
    bool prose, noisy;
} Summary;

/* Sums over all stretches before an index. */
typedef struct Sums {
    uint32_t words, prose, noisy;
} Sums;

typedef struct Strand {
    uint32_t first, end;
    int16_t measures[STRAND_COUNT];
} Strand;

struct Features {
    const Document *document;
    Summary *stretches;
    size_t stretch_count;
    uint32_t *stretch_of; /* of each block */
    Sums *sums;           /* stretch_count + 1 */
    /* of each stretch; the first REACH_LINES rows and the last hold nothing */
    int16_t (*neighbours)[NEIGHBOUR_COUNT];
    int16_t (*surroundings)[STRETCH_SURROUNDINGS]; /* of each stretch */
    int16_t whole[WHOLE_COUNT];
    int16_t (*leans)[LEAN_COUNT]; /* of each block */
    int16_t (*hands)[HAND_COUNT]; /* the same */
    Topics *topics;
    /* what the last pass said; NULL before there was one */
    const int32_t *scores;
    int64_t *score_sums, *weight_sums;         /* block_count + 1: score x words, words */
    int16_t *block_scores, *stretch_scores;    /* with nothing at both ends */
    int16_t (*block_measures)[BLOCK_MEASURES]; /* of each block, from NEAR5 on */
    Strand *strands[LEVEL_COUNT];
    uint32_t *strand_of[LEVEL_COUNT];         /* of each block: strand + 1, 0 for none */
    int16_t said[PASS_COUNT - PASS_DOC_MEAN]; /* of the whole document */
    VoteRow *votes;                           /* of each block; NULL before there were any */
    AgreementRow *agreements;                 /* the same */
    Column *columns;                          /* of the batch at hand */
};

static void fill(int16_t *values, size_t count, int16_t value) {
    for (size_t i = 0; i < count; i++) values[i] = value;
}

/* The strongest phrase of noise a block holds. */
int16_t noise_of(const int16_t *evidence) {
    static const uint16_t noise[] = {EVIDENCE_RIGHTS,    EVIDENCE_POLICY,     EVIDENCE_CONTACT,
                                     EVIDENCE_POWERED,   EVIDENCE_RELATED,    EVIDENCE_READ_MORE,
                                     EVIDENCE_SHARE,     EVIDENCE_NAVIGATION, EVIDENCE_NEWSLETTER,
                                     EVIDENCE_SUBSCRIBE, EVIDENCE_APP,        EVIDENCE_DONATE,
                                     EVIDENCE_ADVERT,    EVIDENCE_COMMENT,    EVIDENCE_TAGS};
    int16_t most = 0;
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        if (evidence[noise[i]] > most) most = evidence[noise[i]];
    return most;
}

int16_t meta_of(const int16_t *evidence) {
    int most = max_int(evidence[EVIDENCE_BYLINE], evidence[EVIDENCE_DATELINE]);
    most = max_int(most, evidence[EVIDENCE_STAMP]);
    return (int16_t)max_int(most, max_int(evidence[EVIDENCE_CREDIT], evidence[EVIDENCE_BIO]));
}

/* What stretches say of themselves to their neighbours. */
static Summary summarise(const Document *document, Stretch stretch, int16_t *ret_measures) {
    const Block *first = &document->blocks[stretch.first],
                *last = &document->blocks[stretch.end - 1];
    int noise = 0, meta = 0;
    uint32_t words = 0, stops = 0, capitalised = 0;
    for (const Block *block = first; block <= last; block++) {
        words += block->shape.words;
        stops += block->shape.stop_words;
        capitalised += block->shape.capitalised;
        noise = max_int(noise, noise_of(block->evidence));
        meta = max_int(meta, meta_of(block->evidence));
    }
    ret_measures[NEIGHBOUR_WORDS] = clamp16(words);
    ret_measures[NEIGHBOUR_ENDING] = last->evidence[EVIDENCE_ENDING];
    ret_measures[NEIGHBOUR_OPENING] = first->evidence[EVIDENCE_OPENING];
    ret_measures[NEIGHBOUR_JOINT] = first->joint;
    ret_measures[NEIGHBOUR_HEADLINE] = last->evidence[EVIDENCE_HEADLINE];
    ret_measures[NEIGHBOUR_CARRY] = first->evidence[EVIDENCE_CARRY_STRETCH];
    ret_measures[NEIGHBOUR_CUT] = first->evidence[EVIDENCE_CUT_BYTES];
    ret_measures[NEIGHBOUR_NOISE] = (int16_t)noise;
    ret_measures[NEIGHBOUR_META] = (int16_t)meta;
    ret_measures[NEIGHBOUR_STOP_SHARE] = clamp16(permille(stops, words));
    ret_measures[NEIGHBOUR_CAPITALISED] = clamp16(permille(capitalised, words));
    ret_measures[NEIGHBOUR_COPIES] = first->evidence[EVIDENCE_COPIES];
    return (Summary){.stretch = stretch,
                     .prose =
                         words >= PROSE_WORDS && last->evidence[EVIDENCE_ENDING] >= ENDING_CLOSING,
                     .noisy = noise >= NOISY};
}

/* The measures of a stretch. */
static const int16_t *measures_of(const Features *features, size_t stretch) {
    return features->neighbours[REACH_LINES + stretch];
}

static void fill_sums(Features *features) {
    features->sums[0] = (Sums){0};
    for (size_t i = 0; i < features->stretch_count; i++) {
        const Summary *summary = &features->stretches[i];
        Sums sums = features->sums[i];
        sums.words += (uint16_t)measures_of(features, i)[NEIGHBOUR_WORDS];
        sums.prose += summary->prose;
        sums.noisy += summary->noisy;
        features->sums[i + 1] = sums;
    }
}

/* Sums over the stretches within `reach` of one. */
static Sums sums_near(const Features *features, size_t stretch, size_t reach, uint32_t *ret_count) {
    const Stretch near = stretch_around(stretch, reach, features->stretch_count);
    const Sums *a = &features->sums[near.first], *b = &features->sums[near.end];
    *ret_count = (uint32_t)(near.end - near.first);
    return (Sums){b->words - a->words, b->prose - a->prose, b->noisy - a->noisy};
}

/* One further away, or next to it. */
static int16_t step_away(int16_t away, bool there) {
    return there ? 1 : (int16_t)min_int(away + 1, FAR_AWAY);
}

static void surround_stretch(Features *features, size_t stretch, int16_t since_prose) {
    enum { FIRST = SURROUND_NEAR5_WORDS };
    const Summary *own = &features->stretches[stretch];
    const Sums *here = &features->sums[stretch], *all = &features->sums[features->stretch_count];
    int16_t *row = features->surroundings[stretch];
    uint32_t near_count = 1, far_count = 1;
    Sums near = sums_near(features, stretch, REACH_NEAR, &near_count);
    Sums far = sums_near(features, stretch, REACH_FAR, &far_count);
    row[SURROUND_NEAR5_WORDS - FIRST] = clamp16(near.words / near_count);
    row[SURROUND_NEAR10_WORDS - FIRST] = clamp16(far.words / far_count);
    row[SURROUND_NEAR5_NOISY - FIRST] = clamp16(near.noisy);
    row[SURROUND_NEAR10_NOISY - FIRST] = clamp16(far.noisy);
    row[SURROUND_NEAR5_PROSE - FIRST] = clamp16(near.prose);
    row[SURROUND_PROSE_BEFORE - FIRST] = clamp16(here->prose);
    row[SURROUND_PROSE_AFTER - FIRST] = clamp16((int64_t)all->prose - here->prose - own->prose);
    row[SURROUND_SINCE_PROSE - FIRST] = since_prose;
    row[SURROUND_NOISY_BEFORE - FIRST] = clamp16(here->noisy);
    row[SURROUND_NOISY_AFTER - FIRST] = clamp16((int64_t)all->noisy - here->noisy - own->noisy);
}

static void fill_surroundings(Features *features) {
    int16_t away = FAR_AWAY;
    for (size_t i = 0; i < features->stretch_count; i++) {
        surround_stretch(features, i, away);
        away = step_away(away, features->stretches[i].prose);
    }
    away = FAR_AWAY;
    for (size_t i = features->stretch_count; i-- > 0;) {
        features->surroundings[i][SURROUND_UNTIL_PROSE - SURROUND_NEAR5_WORDS] = away;
        away = step_away(away, features->stretches[i].prose);
    }
}

/* The smallest share of words that cross a gap with text enough on both sides. */
static int16_t weakest_gap(const Document *document) {
    int weakest = 1000;
    for (size_t i = 1; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        if (block->words_before < GAP_WORDS) continue;
        if (document->word_count - block->words_before < GAP_WORDS) break;
        int tail = block->evidence[EVIDENCE_CARRY_TAIL];
        int head = document->blocks[i - 1].evidence[EVIDENCE_CARRY_HEAD];
        weakest = min_int(weakest, max_int(tail, head));
    }
    return (int16_t)weakest;
}

static void fill_whole(Features *features) {
    const Document *document = features->document;
    uint64_t closed = 0, brief = 0, cuts = 0, blank = 0, prose_words = 0, headlines = 0;
    uint64_t stops = 0, capitalised = 0, carry = 0, carried = 0, count = features->stretch_count;
    for (size_t i = 0; i < count; i++) {
        const Summary *summary = &features->stretches[i];
        const int16_t *measures = measures_of(features, i);
        closed += measures[NEIGHBOUR_ENDING] >= ENDING_CLOSING;
        brief += measures[NEIGHBOUR_WORDS] <= SHORT_WORDS;
        cuts += measures[NEIGHBOUR_CUT] > 0;
        blank += measures[NEIGHBOUR_JOINT] == JOINT_PARAGRAPH;
        headlines += measures[NEIGHBOUR_HEADLINE] > 0;
        if (summary->prose) prose_words += (uint64_t)measures[NEIGHBOUR_WORDS];
        if (!summary->prose || measures[NEIGHBOUR_CARRY] < 0) continue;
        carry += (uint64_t)measures[NEIGHBOUR_CARRY];
        carried++;
    }
    for (size_t i = 0; i < document->block_count; i++) {
        stops += document->blocks[i].shape.stop_words;
        capitalised += document->blocks[i].shape.capitalised;
    }
    int16_t *whole = features->whole;
    const Sums *all = &features->sums[count];
    whole[WHOLE_BLOCKS] = clamp16((int64_t)document->block_count);
    whole[WHOLE_STRETCHES] = clamp16((int64_t)count);
    whole[WHOLE_WORDS] = clamp16(document->word_count);
    whole[WHOLE_STRETCH_WORDS] = clamp16(count ? (int64_t)(document->word_count / count) : 0);
    whole[WHOLE_PROSE_SHARE] = clamp16(permille(prose_words, all->words));
    whole[WHOLE_CLOSED_SHARE] = clamp16(permille(closed, count));
    whole[WHOLE_SHORT_SHARE] = clamp16(permille(brief, count));
    whole[WHOLE_NOISY_SHARE] = clamp16(permille(all->noisy, count));
    whole[WHOLE_CUTS] = clamp16((int64_t)cuts);
    whole[WHOLE_BLANK_SHARE] = clamp16(permille(blank, count));
    whole[WHOLE_STOP_SHARE] = clamp16(permille(stops, document->word_count));
    whole[WHOLE_CAPITALISED] = clamp16(permille(capitalised, document->word_count));
    whole[WHOLE_CARRY] = clamp16(carried ? (int64_t)(carry / carried) : -1);
    whole[WHOLE_WEAKEST_GAP] = weakest_gap(document);
    whole[WHOLE_HEADLINES] = clamp16((int64_t)headlines);
    whole[WHOLE_SCRIPT] = document->script;
}

/* Leans as columns: sums over blocks, each weighed by its words. */
typedef struct Lean {
    int64_t sum;
    uint32_t weight;
} Lean;

static int16_t lean_between(const Lean *sums, size_t first, size_t end) {
    const uint32_t weight = sums[end].weight - sums[first].weight;
    return weight ? odds_feature((sums[end].sum - sums[first].sum) / weight) : 0;
}

/* The lean of each stretch, with REACH_LINES of nothing at both ends; NULL where memory is refused.
 */
static const int16_t *lean_stretches(const Features *features, const Lean *sums) {
    Arena *arena = features->document->arena;
    int16_t *leans = arena_array(arena, features->stretch_count + 2 * REACH_LINES, sizeof *leans);
    for (size_t i = 0; leans && i < features->stretch_count; i++) {
        const Stretch stretch = features->stretches[i].stretch;
        leans[REACH_LINES + i] = lean_between(sums, stretch.first, stretch.end);
    }
    return leans;
}

/* Adds up what the blocks' words lean. */
static Lean *sum_leans(const Document *document, const int32_t *leans) {
    Lean *sums = arena_take(document->arena, document->block_count + 1, sizeof *sums);
    if (!sums) return NULL;
    *sums = (Lean){0};
    for (size_t i = 0; i < document->block_count; i++) {
        const uint32_t weight = document->blocks[i].shape.words + 1u;
        sums[i + 1] = (Lean){sums[i].sum + (int64_t)leans[i] * weight, sums[i].weight + weight};
    }
    return sums;
}

static bool fill_leans(Features *features, const Lexicon *lexicon) {
    const Document *document = features->document;
    const size_t count = document->block_count;
    int32_t *leans = arena_take(document->arena, count, sizeof *leans);
    features->leans = arena_take(document->arena, count, sizeof *features->leans);
    if (!leans || !features->leans) return false;
    lean_blocks(document, lexicon, leans);
    const Lean *sums = sum_leans(document, leans);
    const int16_t *stretches = sums ? lean_stretches(features, sums) : NULL;
    if (!stretches) return false;
    const int16_t whole = lean_between(sums, 0, count);
    for (size_t i = 0; i < count; i++) {
        const Stretch near = stretch_around(i, REACH_NEAR, count),
                      far = stretch_around(i, REACH_FAR, count);
        int16_t *row = features->leans[i];
        memcpy(row, stretches + features->stretch_of[i], LEAN_NEAR5 * sizeof *row);
        row[LEAN_NEAR5] = lean_between(sums, near.first, near.end);
        row[LEAN_NEAR10] = lean_between(sums, far.first, far.end);
        row[LEAN_DOCUMENT] = whole;
        row[LEAN_BLOCK] = odds_feature(leans[i]);
    }
    return true;
}

static bool fill_hands(Features *features) {
    const Document *document = features->document;
    int16_t most = -1;
    if (hand_measure(document, &features->hands)) return false;
    for (size_t i = 0; i < document->block_count; i++)
        most = (int16_t)max_int(most, features->hands[i][HAND_MARKS_BREAK]);
    features->whole[WHOLE_MARKS_BREAK] = most;
    return true;
}

static bool open_tables(Features *features) {
    Arena *arena = features->document->arena;
    size_t blocks = features->document->block_count;
    features->stretches = arena_take(arena, blocks, sizeof *features->stretches);
    features->stretch_of = arena_take(arena, blocks, sizeof *features->stretch_of);
    features->sums = arena_take(arena, blocks + 1, sizeof *features->sums);
    features->neighbours =
        arena_take(arena, blocks + 2 * REACH_LINES, sizeof *features->neighbours);
    features->surroundings = arena_take(arena, blocks, sizeof *features->surroundings);
    features->columns = arena_array(arena, WIDTH, sizeof *features->columns);
    return features->stretches && features->stretch_of && features->sums && features->neighbours &&
           features->surroundings && features->columns;
}

Features *features_open(const Document *document, const Lexicon *lexicon) {
    Features *features = arena_alloc(document->arena, sizeof *features);
    if (!features) return NULL;
    features->document = document;
    if (!open_tables(features)) return NULL;
    int16_t *measures = features->neighbours[0];
    fill(measures, REACH_LINES * NEIGHBOUR_COUNT, COLUMNS_MISSING);
    measures += REACH_LINES * NEIGHBOUR_COUNT;
    for (size_t i = 0; i < document->block_count; measures += NEIGHBOUR_COUNT) {
        Stretch stretch = stretch_at(document, i);
        for (; i < stretch.end; i++) features->stretch_of[i] = (uint32_t)features->stretch_count;
        features->stretches[features->stretch_count++] = summarise(document, stretch, measures);
    }
    fill(measures, REACH_LINES * NEIGHBOUR_COUNT, COLUMNS_MISSING);
    fill_sums(features);
    fill_surroundings(features);
    fill_whole(features);
    features->topics = topics_open(document);
    return features->topics && fill_leans(features, lexicon) && fill_hands(features) ? features
                                                                                     : NULL;
}

/* ---- what a pass says ------------------------------------------------------------------------ */

static void fill_score_sums(Features *features) {
    const Document *document = features->document;
    int32_t most = INT16_MIN * 4;
    uint64_t foreign = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        int64_t weight = document->blocks[i].shape.words + 1;
        int32_t score = features->scores[i];
        features->score_sums[i + 1] = features->score_sums[i] + score * weight;
        features->weight_sums[i + 1] = features->weight_sums[i] + weight;
        if (score > most) most = score;
        if (score > 0) foreign += document->blocks[i].shape.words;
    }
    size_t count = document->block_count;
    features->said[PASS_DOC_MAX - PASS_DOC_MEAN] = odds_feature(most);
    features->said[PASS_DOC_SHARE - PASS_DOC_MEAN] =
        clamp16(permille(foreign, document->word_count));
    features->said[0] =
        count ? odds_feature(features->score_sums[count] / features->weight_sums[count]) : 0;
}

/* Mean score of blocks first to end, weighted by words; 0 for none. */
static int64_t mean_score(const Features *features, size_t first, size_t end) {
    if (first >= end) return 0;
    int64_t weight = features->weight_sums[end] - features->weight_sums[first];
    return (features->score_sums[end] - features->score_sums[first]) / weight;
}

static void fill_scores(Features *features) {
    const size_t blocks = features->document->block_count, stretches = features->stretch_count;
    int16_t *scores = features->block_scores;
    fill(scores, REACH_BLOCKS, COLUMNS_MISSING);
    for (size_t i = 0; i < blocks; i++)
        scores[REACH_BLOCKS + i] = odds_feature(features->scores[i]);
    fill(scores + REACH_BLOCKS + blocks, LAID - REACH_BLOCKS, COLUMNS_MISSING);
    scores = features->stretch_scores;
    fill(scores, REACH_SCORES, COLUMNS_MISSING);
    for (size_t i = 0; i < stretches; i++) {
        Stretch stretch = features->stretches[i].stretch;
        scores[REACH_SCORES + i] = odds_feature(mean_score(features, stretch.first, stretch.end));
    }
    fill(scores + REACH_SCORES + stretches, LAID - REACH_SCORES, COLUMNS_MISSING);
}

static void measure_means(const Features *features, size_t number, int16_t *row) {
    const size_t count = features->document->block_count;
    const Stretch near = stretch_around(number, REACH_NEAR, count),
                  far = stretch_around(number, REACH_FAR, count);
    row[PASS_NEAR5 - PASS_NEAR5] = odds_feature(mean_score(features, near.first, near.end));
    row[PASS_NEAR10 - PASS_NEAR5] = odds_feature(mean_score(features, far.first, far.end));
    row[PASS_ALL_BEFORE - PASS_NEAR5] = odds_feature(mean_score(features, 0, number));
    row[PASS_ALL_AFTER - PASS_NEAR5] = odds_feature(mean_score(features, number + 1, count));
}

/* What surrounds each block: means; the best sum of scores of a run that ends (or begins) there, in
 * log-odds, at most 64 units; how far the nearest sure text is. */
static void fill_block_measures(Features *features) {
    enum { MOST = 64 * 1024 };
    size_t count = features->document->block_count;
    int32_t gain = 0;
    int16_t away = FAR_AWAY;
    for (size_t i = 0; i < count; i++) {
        int16_t *row = features->block_measures[i];
        measure_means(features, i, row);
        gain = min_int(max_int(gain, 0) + features->scores[i], MOST);
        row[PASS_GAIN_BEFORE - PASS_NEAR5] = odds_feature(gain);
        row[PASS_KEPT_BEFORE - PASS_NEAR5] = away;
        away = step_away(away, features->scores[i] < SURE);
    }
    gain = 0;
    away = FAR_AWAY;
    for (size_t i = count; i-- > 0;) {
        int16_t *row = features->block_measures[i];
        gain = min_int(max_int(gain, 0) + features->scores[i], MOST);
        row[PASS_GAIN_AFTER - PASS_NEAR5] = odds_feature(gain);
        row[PASS_KEPT_AFTER - PASS_NEAR5] = away;
        away = step_away(away, features->scores[i] < SURE);
    }
}

static void measure_strand(const Features *features, const int32_t *scores, Strand *strand) {
    const Document *document = features->document;
    const Block *first = &document->blocks[strand->first],
                *last = &document->blocks[strand->end - 1];
    uint32_t outside = 0, named = 0, named_outside = 0;
    size_t tokens = (size_t)last->first_token + last->token_count - first->first_token;
    for (size_t i = 0; i < tokens; i++) {
        uint32_t token = document->tokens[first->first_token + i];
        const WordType *type = &document->word_types[TOKEN_TYPE(token)];
        bool out = type->first < strand->first || type->last >= strand->end;
        outside += out;
        named += (token & TOKEN_NAMED) != 0;
        named_outside += (token & TOKEN_NAMED) && out;
    }
    int32_t most = INT16_MIN * 4;
    int64_t sum = 0;
    for (size_t i = strand->first; i < strand->end; i++) {
        most = max_int(most, scores[i]);
        sum += (int64_t)scores[i] * (document->blocks[i].shape.words + 1);
    }
    int64_t words = (int64_t)last->words_before + last->shape.words - first->words_before;
    strand->measures[STRAND_BLOCKS] = clamp16((int64_t)strand->end - strand->first);
    strand->measures[STRAND_WORDS] = clamp16(words);
    strand->measures[STRAND_MEAN] = odds_feature(sum / (words + strand->end - strand->first));
    strand->measures[STRAND_MAX] = odds_feature(most);
    strand->measures[STRAND_CARRY] = tokens ? clamp16(permille(outside, tokens)) : -1;
    strand->measures[STRAND_NAMES] = named ? clamp16(permille(named_outside, named)) : -1;
    strand->measures[STRAND_TO_START] = clamp16(strand->first);
    strand->measures[STRAND_TO_END] = clamp16((int64_t)document->block_count - strand->end);
    strand->measures[STRAND_JOINT] = first->joint;
}

/* How many strands of scores over the level there are. */
static size_t count_strands(const int32_t *scores, size_t count, int32_t level) {
    size_t strands = 0;
    for (size_t i = 0; i < count; i++)
        strands += scores[i] > level && (i == 0 || scores[i - 1] <= level);
    return strands;
}

/* Finds the strands: runs of blocks whose score is over the level. */
static decant_status find_strands(Features *features, int level) {
    size_t count = features->document->block_count, strands = 0;
    size_t most = count_strands(features->scores, count, strand_levels[level]);
    features->strands[level] = arena_array(features->document->arena, most, sizeof(Strand));
    if (!features->strands[level]) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count;) {
        if (features->scores[i] <= strand_levels[level]) {
            features->strand_of[level][i++] = 0;
            continue;
        }
        Strand *strand = &features->strands[level][strands++];
        strand->first = (uint32_t)i;
        for (; i < count && features->scores[i] > strand_levels[level]; i++)
            features->strand_of[level][i] = (uint32_t)strands;
        strand->end = (uint32_t)i;
        measure_strand(features, features->scores, strand);
    }
    return DECANT_OK;
}

static bool open_pass(Features *features) {
    Arena *arena = features->document->arena;
    size_t count = features->document->block_count, stretches = features->stretch_count;
    features->score_sums = arena_array(arena, count + 1, sizeof *features->score_sums);
    features->weight_sums = arena_array(arena, count + 1, sizeof *features->weight_sums);
    features->block_scores = arena_take(arena, count + LAID, sizeof *features->block_scores);
    features->stretch_scores =
        arena_take(arena, stretches + LAID, sizeof *features->stretch_scores);
    features->block_measures = arena_take(arena, count, sizeof *features->block_measures);
    bool all = features->score_sums && features->weight_sums && features->block_scores &&
               features->stretch_scores && features->block_measures;
    for (int i = 0; i < LEVEL_COUNT; i++) {
        features->strand_of[i] = arena_take(arena, count, sizeof *features->strand_of[i]);
        all = all && features->strand_of[i];
    }
    return all;
}

decant_status features_add_pass(Features *features, const int32_t *scores) {
    if (!features->scores && !open_pass(features)) return DECANT_NO_MEMORY;
    features->scores = scores;
    fill_score_sums(features);
    fill_scores(features);
    fill_block_measures(features);
    decant_status status = DECANT_OK;
    for (int i = 0; i < LEVEL_COUNT && !status; i++) status = find_strands(features, i);
    return status;
}

void features_add_votes(Features *features, VoteRow *votes) {
    features->votes = votes;
}

decant_status features_add_agreements(Features *features) {
    features->agreements = agreement_measure(features->document, features->topics);
    return features->agreements ? DECANT_OK : DECANT_NO_MEMORY;
}

const int16_t *features_votes(const Features *features, size_t block) {
    return features->votes[block];
}

/* ---- columns --------------------------------------------------------------------------------- */

/* Lays rows of a table, of which each block of a batch has one, side by side. */
typedef const int16_t *(*RowOf)(const Features *features, size_t block);

static void write_rows(const Features *features, const size_t blocks[FOREST_BATCH], RowOf row_of,
                       size_t width, Column *columns) {
    const int16_t *rows[FOREST_BATCH];
    for (size_t row = 0; row < FOREST_BATCH; row++) rows[row] = row_of(features, blocks[row]);
    forest_columns(rows, width, columns);
}

static const int16_t *evidence_row(const Features *features, size_t block) {
    return features->document->blocks[block].evidence;
}
static const int16_t *before_row(const Features *features, size_t block) {
    return features->neighbours[features->stretch_of[block]];
}
static const int16_t *after_row(const Features *features, size_t block) {
    return features->neighbours[features->stretch_of[block] + REACH_LINES + 1];
}
static const int16_t *surroundings_row(const Features *features, size_t block) {
    return features->surroundings[features->stretch_of[block]];
}
static const int16_t *leans_row(const Features *features, size_t block) {
    return features->leans[block];
}
static const int16_t *hands_row(const Features *features, size_t block) {
    return features->hands[block];
}
static const int16_t *scores_row(const Features *features, size_t block) {
    return features->block_scores + block;
}
static const int16_t *stretch_scores_row(const Features *features, size_t block) {
    return features->stretch_scores + features->stretch_of[block];
}
static const int16_t *block_measures_row(const Features *features, size_t block) {
    return features->block_measures[block];
}
static const int16_t *votes_row(const Features *features, size_t block) {
    return features->votes[block];
}

static const int16_t *agreements_row(const Features *features, size_t block) {
    return features->agreements[block];
}

/* The sentences beside each block. */
static void write_beside(const Features *features, const size_t blocks[FOREST_BATCH],
                         Column *columns) {
    const Document *document = features->document;
    for (size_t row = 0; row < FOREST_BATCH; row++) {
        size_t number = blocks[row];
        const int16_t *before = number ? document->blocks[number - 1].evidence : NULL;
        const int16_t *after =
            number + 1 < document->block_count ? document->blocks[number + 1].evidence : NULL;
        columns[SURROUND_BLOCK_BEFORE_WORDS].values[row] = before ? before[EVIDENCE_WORDS] : -1;
        columns[SURROUND_BLOCK_BEFORE_ENDING].values[row] = before ? before[EVIDENCE_ENDING] : -1;
        columns[SURROUND_BLOCK_AFTER_WORDS].values[row] = after ? after[EVIDENCE_WORDS] : -1;
        columns[SURROUND_BLOCK_AFTER_OPENING].values[row] = after ? after[EVIDENCE_OPENING] : -1;
    }
}

static void write_strands(const Features *features, const size_t blocks[FOREST_BATCH],
                          Column *columns) {
    static const Strand none = {0};
    for (int level = 0; level < LEVEL_COUNT; level++, columns += STRAND_COUNT) {
        const int16_t *rows[FOREST_BATCH];
        int16_t places[FOREST_BATCH];
        for (size_t row = 0; row < FOREST_BATCH; row++) {
            uint32_t index = features->strand_of[level][blocks[row]];
            const Strand *strand = index ? &features->strands[level][index - 1] : &none;
            rows[row] = strand->measures;
            places[row] = index ? clamp16((int64_t)blocks[row] - strand->first + 1) : 0;
        }
        forest_columns(rows, STRAND_COUNT, columns);
        memcpy(columns[STRAND_PLACE].values, places, sizeof places);
    }
}

Column *features_open_batch(const Features *features) {
    Column *columns = features->columns;
    for (int i = 0; i < WHOLE_COUNT; i++)
        fill(columns[COLUMN_WHOLE + i].values, FOREST_BATCH, features->whole[i]);
    fill(columns[COLUMN_PASS + PASS_DOC_MEAN].values, FOREST_BATCH, features->said[0]);
    fill(columns[COLUMN_PASS + PASS_DOC_MAX].values, FOREST_BATCH,
         features->said[PASS_DOC_MAX - PASS_DOC_MEAN]);
    fill(columns[COLUMN_PASS + PASS_DOC_SHARE].values, FOREST_BATCH,
         features->said[PASS_DOC_SHARE - PASS_DOC_MEAN]);
    return columns;
}

void features_write(const Features *features, const size_t blocks[FOREST_BATCH], Column *columns) {
    Column *neighbours = columns + COLUMN_NEIGHBOURS, *pass = columns + COLUMN_PASS;
    const size_t lines = REACH_LINES * NEIGHBOUR_COUNT;
    write_rows(features, blocks, evidence_row, EVIDENCE_TEXT_COUNT, columns);
    write_rows(features, blocks, before_row, lines, neighbours);
    write_rows(features, blocks, after_row, lines, neighbours + lines);
    write_beside(features, blocks, columns + COLUMN_SURROUNDINGS);
    write_rows(features, blocks, surroundings_row, STRETCH_SURROUNDINGS,
               columns + COLUMN_SURROUNDINGS + SURROUND_NEAR5_WORDS);
    write_rows(features, blocks, leans_row, LEAN_COUNT, columns + COLUMN_LEANS);
    write_rows(features, blocks, hands_row, HAND_COUNT, columns + COLUMN_HANDS);
    if (!features->scores) return;
    write_rows(features, blocks, scores_row, LAID, pass);
    write_rows(features, blocks, stretch_scores_row, LAID, pass + BLOCK_SCORES);
    write_rows(features, blocks, block_measures_row, BLOCK_MEASURES, pass + PASS_NEAR5);
    write_strands(features, blocks, columns + COLUMN_STRANDS);
    if (features->votes)
        write_rows(features, blocks, votes_row, VOTE_WIDTH, columns + COLUMN_VOTES);
    if (features->agreements)
        write_rows(features, blocks, agreements_row, AGREEMENT_WIDTH, columns + COLUMN_AGREEMENTS);
}

const Topics *features_topics(const Features *features) {
    return features->topics;
}

const int16_t *features_whole(const Features *features) {
    return features->whole;
}

const int16_t *features_said(const Features *features) {
    return features->said;
}
