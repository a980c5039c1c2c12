/* SPDX-License-Identifier: MIT
 * runs.c - goes through the runs of a document and measures each.
 *
 * All sums over a run are differences of sums over the document. What a run's words share with the
 * rest is counted on as the run grows block by block from one start, but only once one of its runs
 * passes the glance; and where no block is suspect, nothing is counted at all. */
#include "verdict/runs.h"

#include "verdict/lean.h"
#include "verdict/marks.h"
#include "verdict/odds.h"

#include <string.h>

enum {
    LONGEST = PEAK_LINES, /* of a run; as many blocks of one that ends within a line */
    PREFIX = 30,          /* lines of a run at the document's start */
    WIDEST = 256,  /* blocks of a run that begins within a line: lines have any number of them */
    BESIDE = 60,   /* content words looked at on each side of a run */
    LEAST = -2560, /* the clearest block of a run scores more */
    LEAST_EDGE = -4096, /* so do its first and its last */
    SURE = -2048,
    NOISY = 300,  /* permille */
    SIZES = 40,   /* classes of token counts: four a doubling */
    CHANGE = 200, /* of the score, where a run begins or ends within a line */
    REPEATS = 16  /* times a word stands in the document: as often or more */
};

static const char *const own_names[] = {
#define X(id, name) "run." name,
    RUN_GLANCE(X) RUN_BODY(X) RUN_CARRY(X) RUN_EDGES(X) RUN_HAND(X)
#undef X
};
static const char *const topic_names[] = {
#define X(id, name) "run.topic." name,
    RUN_TOPIC(X)
#undef X
};
static const char *const style_names[] = {
#define X(id, name) "run.style." name,
    RUN_STYLE(X)
#undef X
};
static const char *const difference_names[] = {
#define X(id, name) "run.differs." name,
    RUN_STYLE(X)
#undef X
};

const char *run_column_name(size_t column) {
    if (column < RUN_TOPICS) return own_names[column];
    if (column < RUN_STYLES) return topic_names[column - RUN_TOPICS];
    if (column < RUN_DIFFERENCES) return style_names[column - RUN_STYLES];
    if (column < RUN_WHOLE) return difference_names[column - RUN_DIFFERENCES];
    return column < RUN_WIDTH ? feature_name(COLUMN_WHOLE + column - RUN_WHOLE) : NULL;
}

/* Sums over the blocks before one. */
typedef struct Tally {
    int64_t score; /* times words + 1 */
    uint32_t weight, over, sure, noise, meta, copies, headlines, cuts, back, lines;
    uint32_t words, letters, stops, capitalised, digits, commas, quotes, reader, self;
    uint32_t capitals, tokens, named;
    Marks marks;
} Tally;

/* How much runs of one size carry: sums over the document's runs. */
typedef struct Usual {
    uint32_t count;
    uint64_t sum, squares;
} Usual;

/* Types of words, and how many of them look like names. */
typedef struct Types {
    int32_t all, names;
} Types;

/* What some blocks' words share with the rest: tokens, and those named, of types that stand nowhere
 * else; types that stand there, and of them those that stand nowhere else. */
typedef struct Shared {
    uint32_t inside, inside_named;
    Types met, closed;
} Shared;

/* How a gap between blocks compares with what chance would share across it: hundredths of a
 * standard deviation. */
typedef struct Gap {
    int16_t all, names, rank;
} Gap;

struct RunSearch {
    const Document *document;
    const int16_t *whole;
    const int32_t *scores;
    const Forest *glance;
    Tally *tallies; /* block_count + 1 */
    Gap *gaps;      /* before each block */
    const Topics *topics;
    Peaks *peaks;
    int32_t *highest, *lowest; /* scores of the blocks from each on */
    int16_t *lowest_gap;       /* between the blocks from each on */
    uint32_t *ending;          /* types in the order of the block they end in */
    uint32_t *end_at;          /* of each block + 1: where those that end in it begin in `ending` */
    Types *begun, *ended;      /* types that begin, that end before each block; block_count + 1 */
    uint32_t *tail_inside,
        *tail_named; /* of each block: tokens of types that begin there or later */
    Usual carried[SIZES], names[SIZES];
    Types repeats[REPEATS + 1]; /* types by how often they stand in the document */
    /* the start at hand */
    size_t start, end; /* blocks */
    size_t grown;      /* what was taken in block by block ends before this one */
    size_t counted;    /* and of that the following is counted before this one */
    uint32_t *stamps;  /* of each type: the start + 1 whose words before hold it */
    uint32_t *seen;    /* of each type: the start + 1 whose run holds it */
    uint32_t from_before;
    Shared shared;
    int32_t most, least;
    int16_t weakest; /* gap inside */
};

static bool is_name(const WordType *type) {
    return 2 * type->named >= type->count;
}

static void add_type(Types *types, const WordType *type) {
    types->all++;
    types->names += is_name(type);
}

/* ---- what is looked up once ----------------------------------------------------------------- */

static void add_block(const RunSearch *search, size_t number) {
    const Block *block = &search->document->blocks[number];
    const Shape *shape = &block->shape;
    const int32_t score = search->scores[number];
    const uint32_t words = shape->words;
    const bool begins = stretch_begins(search->document, number);
    Tally *next = &search->tallies[number + 1];
    *next = search->tallies[number];
    next->score += (int64_t)score * (words + 1);
    next->weight += words + 1;
    next->over += score > 0 ? words + 1 : 0;
    next->sure += score < SURE ? words + 1 : 0;
    next->noise += noise_of(block->evidence) >= NOISY ? words + 1 : 0;
    next->meta += meta_of(block->evidence) >= NOISY ? words + 1 : 0;
    next->copies += block->evidence[EVIDENCE_COPIES] > 1 ? words + 1 : 0; /* itself is one */
    next->headlines += block->evidence[EVIDENCE_HEADLINE] > 0;
    next->cuts += block->evidence[EVIDENCE_CUT_BYTES] > 0 && begins;
    next->back += shape->leads_back;
    next->lines += begins;
    next->words += words;
    next->letters += shape->letters;
    next->stops += shape->stop_words;
    next->capitalised += shape->capitalised;
    next->digits += shape->digits;
    next->commas += shape->commas;
    next->quotes += shape->quotes;
    next->reader += shape->reader_words;
    next->self += shape->self_words;
    next->capitals += shape->capitals;
    marks_add(&next->marks, shape);
    next->tokens += block->token_count;
    for (uint32_t i = 0; i < block->token_count; i++)
        next->named += search->document->tokens[block->first_token + i] / TOKEN_NAMED;
}

/* Sorts types by the block they end in; counts those that begin and end before each block. */
static void list_types(RunSearch *search) {
    const Document *document = search->document;
    const size_t blocks = document->block_count;
    for (size_t i = 0; i < document->word_type_count; i++) {
        const WordType *type = &document->word_types[i];
        search->end_at[type->last + 1]++;
        search->tail_inside[type->first] += type->count;
        search->tail_named[type->first] += type->named;
        add_type(&search->begun[type->first + 1], type);
        add_type(&search->ended[type->last + 1], type);
        add_type(&search->repeats[type->count < REPEATS ? type->count : REPEATS], type);
    }
    for (size_t i = 1; i <= blocks; i++) {
        search->end_at[i] += search->end_at[i - 1];
        search->begun[i].all += search->begun[i - 1].all;
        search->begun[i].names += search->begun[i - 1].names;
        search->ended[i].all += search->ended[i - 1].all;
        search->ended[i].names += search->ended[i - 1].names;
    }
    for (size_t i = blocks; i-- > 0;) {
        search->tail_inside[i] += search->tail_inside[i + 1];
        search->tail_named[i] += search->tail_named[i + 1];
    }
    for (size_t i = document->word_type_count; i-- > 0;) {
        uint32_t last = document->word_types[i].last;
        search->ending[--search->end_at[last + 1]] = (uint32_t)i;
    }
    search->end_at[blocks + 1] = (uint32_t)document->word_type_count;
}

/* What tells where runs begin. */
static bool open_starts(RunSearch *search) {
    Arena *arena = search->document->arena;
    const size_t blocks = search->document->block_count;
    search->highest = arena_take(arena, blocks, sizeof *search->highest);
    search->lowest = arena_take(arena, blocks, sizeof *search->lowest);
    search->peaks = peaks_open(search->document, search->topics);
    return search->highest && search->lowest && search->peaks;
}

static bool open_tables(RunSearch *search) {
    const Document *document = search->document;
    Arena *arena = document->arena;
    const size_t blocks = document->block_count, types = document->word_type_count;
    search->tallies = arena_array(arena, blocks + 1, sizeof *search->tallies);
    search->gaps = arena_array(arena, blocks + 1, sizeof *search->gaps);
    search->lowest_gap = arena_take(arena, blocks + 1, sizeof *search->lowest_gap);
    search->ending = arena_take(arena, types, sizeof *search->ending);
    search->end_at = arena_array(arena, blocks + 2, sizeof *search->end_at);
    search->begun = arena_array(arena, blocks + 1, sizeof *search->begun);
    search->ended = arena_array(arena, blocks + 1, sizeof *search->ended);
    search->tail_inside = arena_array(arena, blocks + 1, sizeof *search->tail_inside);
    search->tail_named = arena_array(arena, blocks + 1, sizeof *search->tail_named);
    search->stamps = arena_array(arena, types, sizeof *search->stamps);
    search->seen = arena_array(arena, types, sizeof *search->seen);
    return search->tallies && search->gaps && search->lowest_gap && search->ending &&
           search->end_at && search->begun && search->ended && search->tail_inside &&
           search->tail_named && search->stamps && search->seen;
}

/* What chance would share between a part of the document's tokens and the rest: a type that stands
 * c times is shared unless all of them fall on one side. */
typedef struct Chance {
    uint64_t all, all_spread, names, names_spread; /* expected types and variance, times 65536 */
} Chance;

static Chance chance_of(const RunSearch *search, uint64_t part, uint64_t whole) {
    const uint64_t share = whole ? part * ODDS_ONE / whole : 0;
    uint64_t here = share, there = ODDS_ONE - share;
    Chance chance = {0};
    for (int c = 2; c <= REPEATS; c++) {
        here = here * share / ODDS_ONE;
        there = there * (ODDS_ONE - share) / ODDS_ONE;
        const uint64_t odds = ODDS_ONE - here - there;
        const Types *types = &search->repeats[c];
        chance.all += (uint64_t)types->all * odds;
        chance.names += (uint64_t)types->names * odds;
        chance.all_spread += (uint64_t)types->all * (odds * (ODDS_ONE - odds) / ODDS_ONE);
        chance.names_spread += (uint64_t)types->names * (odds * (ODDS_ONE - odds) / ODDS_ONE);
    }
    return chance;
}

/* Hundredths of a standard deviation by which what is shared is over what chance expects. */
static int16_t over_chance(int64_t shared, uint64_t expected, uint64_t spread) {
    const int64_t deviation = root((spread + ODDS_ONE) / 16) + 1; /* times 64 */
    return clamp16((shared * ODDS_ONE - (int64_t)expected) / 1024 * 100 / deviation);
}

static void rank_gaps(RunSearch *search) {
    enum { STEP = 8, REACH = 2048, BINS = 2 * REACH / STEP + 1 };
    uint32_t lower[BINS + 1] = {0}, count = 0;
    for (size_t i = 1; i < search->document->block_count; i++) {
        const int z = max_int(-REACH, min_int(search->gaps[i].all, REACH));
        lower[(z + REACH) / STEP + 1]++;
        count++;
    }
    for (int i = 1; i <= BINS; i++) lower[i] += lower[i - 1];
    for (size_t i = 1; i < search->document->block_count; i++) {
        const int z = max_int(-REACH, min_int(search->gaps[i].all, REACH));
        search->gaps[i].rank = clamp16(permille(lower[(z + REACH) / STEP], count));
    }
}

static void measure_gaps(RunSearch *search) {
    const size_t count = search->document->block_count;
    for (size_t i = 1; i < count; i++) {
        const Chance chance =
            chance_of(search, search->tallies[i].tokens, search->tallies[count].tokens);
        const Types *begun = &search->begun[i], *ended = &search->ended[i];
        search->gaps[i].all = over_chance(begun->all - ended->all, chance.all, chance.all_spread);
        search->gaps[i].names =
            over_chance(begun->names - ended->names, chance.names, chance.names_spread);
    }
    rank_gaps(search);
    int16_t lowest = INT16_MAX;
    search->lowest_gap[count] = lowest;
    for (size_t i = count; i-- > 0;) {
        search->lowest_gap[i] = lowest;
        if (stretch_begins(search->document, i))
            lowest = (int16_t)min_int(lowest, search->gaps[i].all);
    }
}

static void find_extremes(RunSearch *search) {
    int32_t most = INT32_MIN, least = INT32_MAX;
    for (size_t i = search->document->block_count; i-- > 0;) {
        search->highest[i] = most = max_int(most, search->scores[i]);
        search->lowest[i] = least = min_int(least, search->scores[i]);
    }
}

static void start_from(RunSearch *search, size_t block);

static int size_class(uint32_t tokens) {
    int class = 0;
    uint32_t at = 1;
    for (; at * 2 <= tokens; at *= 2) class += 4;
    class += (int)((tokens - (tokens ? at : 0)) * 4 / at);
    return min_int(class, SIZES - 1);
}

static void add_usual(Usual *usual, uint32_t tokens, uint32_t inside) {
    if (!tokens) return;
    uint64_t share = (uint64_t)(tokens - inside) * 1000 / tokens;
    Usual *at = &usual[size_class(tokens)];
    at->count++;
    at->sum += share;
    at->squares += share * share;
}

static Tally difference(const Tally *a, const Tally *b) {
    return (Tally){.words = a->words - b->words,
                   .letters = a->letters - b->letters,
                   .stops = a->stops - b->stops,
                   .capitalised = a->capitalised - b->capitalised,
                   .named = a->named - b->named,
                   .tokens = a->tokens - b->tokens,
                   .digits = a->digits - b->digits,
                   .commas = a->commas - b->commas,
                   .quotes = a->quotes - b->quotes,
                   .reader = a->reader - b->reader,
                   .self = a->self - b->self,
                   .capitals = a->capitals - b->capitals};
}

/* Adds the types that end in a block and begin in `start` or later. */
static void add_closed(const RunSearch *search, size_t start, size_t block, Shared *shared) {
    for (uint32_t i = search->end_at[block + 1]; i < search->end_at[block + 2]; i++) {
        const WordType *type = &search->document->word_types[search->ending[i]];
        if (type->first < start) continue;
        shared->inside += type->count;
        shared->inside_named += type->named;
        add_type(&shared->closed, type);
    }
}

/* What runs of lines carry in this document, by their size. */
static void learn_usual(RunSearch *search) {
    const size_t count = search->document->block_count;
    for (size_t i = 0; i < count; i++) {
        if (!stretch_begins(search->document, i)) continue;
        const Tally *a = &search->tallies[i];
        Shared shared = {0};
        for (size_t end = i; end < count && search->tallies[end].lines - a->lines < LONGEST;) {
            add_closed(search, i, end++, &shared);
            if (!stretch_begins(search->document, end)) continue;
            const Tally *b = &search->tallies[end];
            add_usual(search->carried, b->tokens - a->tokens, shared.inside);
            add_usual(search->names, b->named - a->named, shared.inside_named);
        }
    }
}

/* By how many hundredths of a standard deviation a share is over what is usual for its size. */
static int16_t sigmas(const Usual *usual, uint32_t tokens, uint32_t inside) {
    enum { ENOUGH = 5, FLOOR = 40 };
    const Usual *at = &usual[size_class(tokens)];
    if (!tokens || at->count < ENOUGH) return 0;
    int64_t mean = (int64_t)(at->sum / at->count);
    int64_t variance = (int64_t)(at->squares / at->count) - mean * mean;
    int64_t deviation = root((uint64_t)(variance > 0 ? variance : 0)) + FLOOR;
    int64_t share = (int64_t)(tokens - inside) * 1000 / tokens;
    return clamp16((share - mean) * 100 / deviation);
}

RunSearch *runs_open(const Document *document, const Features *features, const int32_t *scores,
                     const Forest *glance) {
    RunSearch *search = arena_alloc(document->arena, sizeof *search);
    if (!search) return NULL;
    search->document = document;
    search->whole = features_whole(features);
    search->topics = features_topics(features);
    search->scores = scores;
    search->glance = glance;
    if (!open_starts(search)) return NULL;
    find_extremes(search);
    start_from(search, 0);
    if (search->start == document->block_count) return search;
    if (!open_tables(search)) return NULL;
    for (size_t i = 0; i < document->block_count; i++) add_block(search, i);
    list_types(search);
    measure_gaps(search);
    learn_usual(search);
    return search;
}

/* ---- one run after the other ----------------------------------------------------------------- */

static void start_at(RunSearch *search, size_t block) {
    search->start = search->end = search->grown = search->counted = block;
    search->from_before = 0;
    search->shared = (Shared){0};
    search->most = INT32_MIN;
    search->least = INT32_MAX;
    search->weakest = INT16_MAX;
}

/* Takes the next block in. */
static void grow(RunSearch *search) {
    const size_t number = search->end++;
    search->grown = search->end;
    search->most = max_int(search->most, search->scores[number]);
    search->least = min_int(search->least, search->scores[number]);
    if (number > search->start && stretch_begins(search->document, number))
        search->weakest = (int16_t)min_int(search->weakest, search->gaps[number].all);
}

/* Takes all the rest in. */
static void grow_to_end(RunSearch *search) {
    const size_t first = search->start;
    search->end = search->document->block_count;
    search->most = search->highest[first];
    search->least = search->lowest[first];
    search->weakest = search->lowest_gap[first];
}

/* Stamps the types of the words before the start. */
static void stamp_before(RunSearch *search) {
    const Document *document = search->document;
    const uint32_t token = document->blocks[search->start].first_token;
    for (uint32_t i = token > BESIDE ? token - BESIDE : 0; i < token; i++)
        search->stamps[TOKEN_TYPE(document->tokens[i])] = (uint32_t)search->start + 1;
}

/* Counts the words of what was taken in block by block. */
static void count_words(RunSearch *search) {
    const Document *document = search->document;
    const uint32_t stamp = (uint32_t)search->start + 1;
    if (search->counted == search->start) stamp_before(search);
    for (; search->counted < search->grown; search->counted++) {
        const Block *block = &document->blocks[search->counted];
        for (uint32_t i = 0; i < block->token_count; i++) {
            const uint32_t type = TOKEN_TYPE(document->tokens[block->first_token + i]);
            search->from_before += search->stamps[type] == stamp;
            if (search->seen[type] == stamp) continue;
            search->seen[type] = stamp;
            add_type(&search->shared.met, &document->word_types[type]);
        }
        add_closed(search, search->start, search->counted, &search->shared);
    }
}

static Types types_between(const Types *from, const Types *to) {
    return (Types){to->all - from->all, to->names - from->names};
}

/* What the words of the run at hand share, once they are counted. */
static Shared shared_of(const RunSearch *search) {
    const size_t first = search->start, count = search->document->block_count;
    if (search->end == search->counted) return search->shared;
    return (Shared){.inside = search->tail_inside[first], /* it is all the rest */
                    .inside_named = search->tail_named[first],
                    .met = types_between(&search->ended[first], &search->begun[count]),
                    .closed = types_between(&search->begun[first], &search->begun[count])};
}

static int16_t share_of(uint64_t part, uint64_t whole) {
    return whole ? clamp16((int64_t)(part * 1000 / whole)) : -1;
}

static int16_t score_of(const RunSearch *search, size_t block) {
    return block < search->document->block_count ? odds_feature(search->scores[block])
                                                 : COLUMNS_MISSING;
}

static void measure_glance(const RunSearch *search, int16_t *row) {
    const Document *document = search->document;
    const Tally *a = &search->tallies[search->start], *b = &search->tallies[search->end];
    const Tally *all = &search->tallies[document->block_count];
    const uint32_t weight = b->weight - a->weight, rest = all->weight - weight;
    const bool is_last = search->end == document->block_count;
    row[RUN_BLOCKS] = clamp16((int64_t)(search->end - search->start));
    row[RUN_WORDS] = clamp16((int64_t)b->words - a->words);
    row[RUN_LINES_BEFORE] = clamp16((int64_t)a->lines);
    row[RUN_LINES_AFTER] = clamp16((int64_t)all->lines - b->lines);
    row[RUN_MEAN] = odds_feature((b->score - a->score) / weight);
    row[RUN_MAX] = odds_feature(search->most);
    row[RUN_MIN] = odds_feature(search->least);
    row[RUN_REST] =
        rest ? odds_feature((all->score - b->score + a->score) / rest) : COLUMNS_MISSING;
    row[RUN_FIRST] = score_of(search, search->start);
    row[RUN_LAST] = score_of(search, search->end - 1);
    row[RUN_BEFORE1] = score_of(search, search->start - 1); /* wraps to none */
    row[RUN_AFTER1] = score_of(search, search->end);
    row[RUN_JOINT] = document->blocks[search->start].joint;
    row[RUN_JOINT_AFTER] = is_last ? -1 : (int16_t)document->blocks[search->end].joint;
    row[RUN_PEAK] = peaks_share(search->peaks, search->start, search->end);
}

static void measure_body(const RunSearch *search, int16_t *row) {
    const Tally *a = &search->tallies[search->start], *b = &search->tallies[search->end];
    const Tally *all = &search->tallies[search->document->block_count];
    const uint32_t weight = b->weight - a->weight, rest = all->weight - weight;
    const uint32_t blocks = (uint32_t)(search->end - search->start);
    row[RUN_LINES] = clamp16((int64_t)b->lines - a->lines);
    row[RUN_SHARE] = share_of(weight, all->weight);
    row[RUN_WORDS_BEFORE] = clamp16(a->words);
    row[RUN_WORDS_AFTER] = clamp16((int64_t)all->words - b->words);
    row[RUN_GAIN] = clamp16((b->score - a->score + 512 * (int64_t)weight) / 1024);
    row[RUN_OVER] = share_of(b->over - a->over, weight);
    row[RUN_SURE] = share_of(b->sure - a->sure, weight);
    row[RUN_REST_OVER] = share_of(all->over - b->over + a->over, rest);
    row[RUN_BEFORE2] = score_of(search, search->start - 2); /* wraps to none */
    row[RUN_AFTER2] = score_of(search, search->end + 1);
    row[RUN_NOISE] = share_of(b->noise - a->noise, weight);
    row[RUN_META] = share_of(b->meta - a->meta, weight);
    row[RUN_COPIES] = share_of(b->copies - a->copies, weight);
    row[RUN_HEADLINES] = clamp16((int64_t)b->headlines - a->headlines);
    row[RUN_CUTS] = clamp16((int64_t)b->cuts - a->cuts);
    row[RUN_BACK] = share_of(b->back - a->back, blocks);
    row[RUN_REST_BACK] =
        share_of(all->back - b->back + a->back, search->document->block_count - blocks);
}

/* What the run's words share with those right before and after it, and those with each other. */
static void measure_beside(const RunSearch *search, int16_t *row) {
    const Document *document = search->document;
    const uint32_t first = search->tallies[search->start].tokens;
    const uint32_t end = search->tallies[search->end].tokens;
    const uint32_t stop =
        document->token_count - end < BESIDE ? (uint32_t)document->token_count : end + BESIDE;
    uint32_t bridge = 0, after = 0;
    for (uint32_t i = end; i < stop; i++) {
        const uint32_t type = TOKEN_TYPE(document->tokens[i]);
        bridge += search->stamps[type] == (uint32_t)search->start + 1;
        after += search->seen[type] == (uint32_t)search->start + 1;
    }
    const uint32_t counted = search->tallies[search->counted].tokens - first;
    row[RUN_FROM_BEFORE] = first ? share_of(search->from_before, counted) : -1;
    row[RUN_TO_AFTER] = share_of(after, stop - end);
    row[RUN_BRIDGE] = first ? share_of(bridge, stop - end) : -1;
}

/* What its types share with the rest, and the gaps at its edges with what chance expects. */
static void measure_shared(const RunSearch *search, const Shared *words, uint32_t tokens,
                           int16_t *row) {
    const Types shared = types_between(&words->closed, &words->met);
    const Chance chance = chance_of(search, tokens, search->document->token_count);
    const bool is_last = search->end == search->document->block_count;
    static const Gap none = {0, 0, 1000};
    const Gap *before = search->start ? &search->gaps[search->start] : &none;
    const Gap *after = is_last ? &none : &search->gaps[search->end];
    row[RUN_SHARED] = over_chance(shared.all, chance.all, chance.all_spread);
    row[RUN_SHARED_NAMES] = over_chance(shared.names, chance.names, chance.names_spread);
    row[RUN_SHARED_RATIO] = share_of((uint64_t)shared.all << 16, chance.all);
    row[RUN_GAP_BEFORE] = before->all;
    row[RUN_GAP_BEFORE_NAMES] = before->names;
    row[RUN_GAP_BEFORE_RANK] = before->rank;
    row[RUN_GAP_AFTER] = after->all;
    row[RUN_GAP_AFTER_NAMES] = after->names;
    row[RUN_GAP_AFTER_RANK] = after->rank;
    row[RUN_GAP_INSIDE] = search->weakest;
}

static void measure_carry(const RunSearch *search, int16_t *row) {
    const Tally *a = &search->tallies[search->start], *b = &search->tallies[search->end];
    const uint32_t tokens = b->tokens - a->tokens, named = b->named - a->named;
    const Block *blocks = search->document->blocks;
    const Shared shared = shared_of(search);
    row[RUN_TOKENS] = clamp16(tokens);
    row[RUN_CARRIED] = share_of(tokens - shared.inside, tokens);
    row[RUN_CARRIED_SIGMAS] = sigmas(search->carried, tokens, shared.inside);
    row[RUN_NAMES] = clamp16(named);
    row[RUN_NAMES_CARRIED] = share_of(named - shared.inside_named, named);
    row[RUN_NAMES_SIGMAS] = sigmas(search->names, named, shared.inside_named);
    row[RUN_BREAK_BEFORE] = blocks[search->start].evidence[EVIDENCE_BREAK_BEFORE];
    row[RUN_BREAK_AFTER] = blocks[search->end - 1].evidence[EVIDENCE_BREAK_AFTER];
    row[RUN_TAIL] = blocks[search->start].evidence[EVIDENCE_CARRY_TAIL];
    row[RUN_HEAD] = blocks[search->end - 1].evidence[EVIDENCE_CARRY_HEAD];
    measure_beside(search, row);
    measure_shared(search, &shared, tokens, row);
}

static void measure_edges(const RunSearch *search, int16_t *row) {
    const Document *document = search->document;
    int16_t none[EVIDENCE_TEXT_COUNT] = {0};
    const Block nothing = {.evidence = none};
    const bool is_first = search->start == 0, is_last = search->end == document->block_count;
    const Block *opening = &document->blocks[search->start];
    const Block *closing = &document->blocks[search->end - 1];
    const Block *preceding = is_first ? &nothing : opening - 1;
    const Block *following = is_last ? &nothing : closing + 1;
    const int16_t *first = opening->evidence, *last = closing->evidence;
    const int16_t *before = preceding->evidence, *after = following->evidence;
    row[RUN_OPENING] = first[EVIDENCE_OPENING];
    row[RUN_FIRST_WORDS] = first[EVIDENCE_STRETCH_WORDS];
    row[RUN_FIRST_HEADLINE] = first[EVIDENCE_HEADLINE];
    row[RUN_FIRST_META] = meta_of(first);
    row[RUN_FIRST_NOISE] = noise_of(first);
    row[RUN_FIRST_BACK] = opening->shape.leads_back;
    row[RUN_FIRST_CUT] = first[EVIDENCE_CUT_BYTES];
    row[RUN_AFTER_LABEL] = first[EVIDENCE_AFTER_LABEL];
    row[RUN_AFTER_MARK] = first[EVIDENCE_AFTER_END_MARK];
    row[RUN_LAST_ENDING] = last[EVIDENCE_ENDING];
    row[RUN_LAST_WORDS] = last[EVIDENCE_STRETCH_WORDS];
    row[RUN_LAST_CUT] = last[EVIDENCE_CUT_BYTES];
    row[RUN_LAST_ELLIPSIS] = last[EVIDENCE_ELLIPSIS];
    row[RUN_LAST_NOISE] = noise_of(last);
    row[RUN_ENDING_BEFORE] = is_first ? -1 : before[EVIDENCE_ENDING];
    row[RUN_WORDS_OF_BEFORE] = before[EVIDENCE_STRETCH_WORDS];
    row[RUN_HEADLINE_BEFORE] = before[EVIDENCE_HEADLINE];
    row[RUN_NOISE_BEFORE] = noise_of(before);
    row[RUN_META_BEFORE] = meta_of(before);
    row[RUN_OPENING_AFTER] = is_last ? -1 : after[EVIDENCE_OPENING];
    row[RUN_WORDS_OF_AFTER] = after[EVIDENCE_STRETCH_WORDS];
    row[RUN_HEADLINE_AFTER] = after[EVIDENCE_HEADLINE];
    row[RUN_NOISE_AFTER] = noise_of(after);
    row[RUN_META_AFTER] = meta_of(after);
    row[RUN_BACK_AFTER] = following->shape.leads_back;
}

/* By how many hundredths of a standard deviation more often something stands in a part of the words
 * than their share of all lets expect, counted as rare events are, and one more. */
static int16_t over_share(uint64_t count, uint64_t all, uint64_t part, uint64_t whole) {
    if (!whole) return 0;
    const uint64_t expected = all * part * 1024 / whole; /* 1024ths, as the variance */
    const uint64_t variance = expected * (whole - part) / whole + 1024;
    return clamp16(((int64_t)count * 1024 - (int64_t)expected) * 100 /
                   (int64_t)(root(variance) * 32));
}

static void measure_hand(const RunSearch *search, int16_t *row) {
    const Document *document = search->document;
    const Tally *a = &search->tallies[search->start], *b = &search->tallies[search->end];
    const Tally *all = &search->tallies[document->block_count];
    const uint32_t words = b->words - a->words;
    const bool is_last = search->end == document->block_count;
    const Marks inside = marks_between(&a->marks, &b->marks);
    const Marks outside = marks_between(&inside, &all->marks);
    row[RUN_MARKS] = marks_apart(inside.quotes, outside.quotes);
    row[RUN_DASHES] = marks_apart(inside.dashes, outside.dashes);
    row[RUN_READERS] = over_share(b->reader - a->reader, all->reader, words, all->words);
    row[RUN_SELVES] = over_share(b->self - a->self, all->self, words, all->words);
    row[RUN_SHOUTS] = over_share(b->capitals - a->capitals, all->capitals, words, all->words);
    row[RUN_OPENS] = odds_feature(lean_first_words(&document->blocks[search->start].shape));
    row[RUN_OPENS_AFTER] =
        is_last ? COLUMNS_MISSING
                : odds_feature(lean_first_words(&document->blocks[search->end].shape));
}

/* Counts of what style is told by, and what each is a share of. */
static void put_style(const Tally *tally, uint64_t blocks, int16_t *style) {
    const uint32_t words = tally->words;
    style[STYLE_SENTENCE] = words ? clamp16((int64_t)(words * 10 / blocks)) : -1;
    style[STYLE_LETTERS] = words ? clamp16((int64_t)tally->letters * 100 / words) : -1;
    style[STYLE_STOPS] = share_of(tally->stops, words);
    style[STYLE_CAPITALISED] = share_of(tally->capitalised, words);
    style[STYLE_NAMED] = share_of(tally->named, tally->tokens);
    style[STYLE_DIGITS] = share_of(tally->digits, tally->letters + tally->digits);
    style[STYLE_COMMAS] = share_of(tally->commas, words);
    style[STYLE_QUOTES] = share_of(tally->quotes, words);
    style[STYLE_READER] = share_of(tally->reader, words);
    style[STYLE_SELF] = share_of(tally->self, words);
    style[STYLE_CAPITALS] = share_of(tally->capitals, words);
}

static void measure_style(const RunSearch *search, int16_t *row) {
    const size_t count = search->document->block_count, blocks = search->end - search->start;
    const Tally own = difference(&search->tallies[search->end], &search->tallies[search->start]);
    const Tally rest = difference(&search->tallies[count], &own);
    int16_t others[STYLE_COUNT];
    put_style(&own, blocks, row + RUN_STYLES);
    put_style(&rest, count - blocks, others);
    for (int i = 0; i < STYLE_COUNT; i++) {
        const int16_t style = row[RUN_STYLES + i];
        row[RUN_DIFFERENCES + i] =
            style < 0 || others[i] < 0 ? COLUMNS_MISSING : clamp16((int64_t)style - others[i]);
    }
}

static void measure(RunSearch *search, int16_t *row) {
    count_words(search);
    measure_body(search, row);
    measure_carry(search, row);
    measure_edges(search, row);
    measure_hand(search, row);
    topics_measure(search->topics, search->start, search->end, row + RUN_TOPICS);
    measure_style(search, row);
    memcpy(row + RUN_WHOLE, search->whole, WHOLE_COUNT * sizeof *row);
}

/* Whether the run at hand might be foreign at all: not the whole document, and something of it and
 * both its edges are suspect, or it stands out by what it is about. */
static bool is_suspect(const RunSearch *search) {
    if (search->start == 0 && search->end == search->document->block_count) return false;
    if (search->most > LEAST && search->scores[search->start] > LEAST_EDGE &&
        search->scores[search->end - 1] > LEAST_EDGE)
        return true;
    return peaks_share(search->peaks, search->start, search->end) > 0;
}

/* Whether a run may begin or end before this block: between lines, or where the scores change. */
static bool is_edge(const RunSearch *search, size_t block) {
    if (stretch_begins(search->document, block)) return true;
    const int32_t change = search->scores[block] - search->scores[block - 1];
    return change > CHANGE || change < -CHANGE;
}

/* Whether no run from this block can be suspect. */
static bool is_hopeless(const RunSearch *search, size_t block) {
    if (!is_edge(search, block)) return true;
    return (search->scores[block] <= LEAST_EDGE || search->highest[block] <= LEAST) &&
           !peaks_begin(search->peaks, block);
}

/* Starts at the next block, from this one on, from which a run can be suspect. */
static void start_from(RunSearch *search, size_t block) {
    while (block < search->document->block_count && is_hopeless(search, block)) block++;
    start_at(search, block);
}

/* Whether the run at hand is as long as runs from its start get, but for the one that is all the
 * rest. Blocks within a line are starts too, so that what each goes through must be bounded. */
static bool is_longest(const RunSearch *search) {
    const Document *document = search->document;
    const uint32_t longest = search->start ? LONGEST : PREFIX;
    const Tally *a = &search->tallies[search->start], *b = &search->tallies[search->end];
    if (!stretch_begins(document, search->start) && search->end - search->start >= WIDEST)
        return true;
    return stretch_begins(document, search->end) && b->lines - a->lines >= longest;
}

/* The next run from this start: of a few blocks, of some lines, then the one that is all the rest.
 * False when there is no more. */
static bool next_end(RunSearch *search) {
    const Document *document = search->document;
    if (search->end == document->block_count) return false;
    do {
        if (is_longest(search)) grow_to_end(search);
        else grow(search);
    } while (!stretch_begins(document, search->end) &&
             (search->end - search->start > LONGEST || !is_edge(search, search->end)));
    return true;
}

bool runs_next(RunSearch *search, Run *ret_run, int16_t *ret_row) {
    while (search->start < search->document->block_count) {
        if (!next_end(search)) {
            start_from(search, search->start + 1);
            continue;
        }
        if (!is_suspect(search)) continue;
        measure_glance(search, ret_row);
        if (!forest_reaches(search->glance, ret_row, 0)) continue;
        *ret_run = (Run){.first = (uint32_t)search->start, .end = (uint32_t)search->end};
        measure(search, ret_row);
        return true;
    }
    return false;
}
