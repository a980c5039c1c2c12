/* SPDX-License-Identifier: MIT
 * net.c - reads nets and runs documents through them. */
#include "models/net.h"

#include "models/forest_avx2.h"
#include "models/net_avx2.h"

#include <stdlib.h>
#include <string.h>

/* As in forest.c. */
typedef int16_t Vector __attribute__((vector_size(16)));
enum { BATCH_VECTORS = sizeof(Column) / sizeof(Vector) };

enum { LEVEL_MOST = 4 * 256, HIDDEN_MOST = 16 * 512, HIDDEN_BITS = 9, WEIGHT_BITS = 11 };

/* Blocks whose sums of hidden values times weights, of up to WORDS_MOST, need 31 bits at most. */
enum { MEAN_BLOCKS = 16, WORDS_MOST = 1 << 13 };

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct Reader {
    const int32_t *words;
    size_t left;
    Arena *arena;
    decant_status status;
} Reader;

/* The next word; 0 behind the last. */
static int32_t next_word(Reader *reader) {
    if (!reader->left) {
        reader->status = DECANT_BAD_MODEL;
        return 0;
    }
    reader->left--;
    return *reader->words++;
}

/* The next word, of `least` to `most`; else the least. */
static int32_t next_of(Reader *reader, int32_t least, int32_t most) {
    const int32_t word = next_word(reader);
    if (word >= least && word <= most) return word;
    reader->status = DECANT_BAD_MODEL;
    return least;
}

/* Room for `count` items; NULL in an error. */
static void *take(Reader *reader, size_t count, size_t size) {
    if (reader->status) return NULL;
    void *array = arena_array(reader->arena, count, size);
    if (!array) reader->status = DECANT_NO_MEMORY;
    return array;
}

/* Values are taken four at a time. */
static size_t filled(size_t count) {
    return (count + 3) / 4 * 4;
}

static int32_t *read_biases(Reader *reader, size_t count) {
    int32_t *biases = take(reader, count, sizeof *biases);
    for (size_t i = 0; biases && i < count; i++) biases[i] = next_word(reader);
    return biases;
}

/* Weights that lead from `width` values to `count`, even in all, written a row of the former for
 * each of the latter. They are laid by pairs of the former, filled up with 0: of each pair those
 * that lead to the first, to the second and so on. */
static int16_t *read_weights(Reader *reader, size_t count, size_t width) {
    const size_t used = count * width / 2;
    int16_t *weights = take(reader, count * filled(width), sizeof *weights);
    if (!weights) return NULL;
    if (used > reader->left) {
        reader->status = DECANT_BAD_MODEL;
        return NULL;
    }
    for (size_t to = 0; to < count; to++)
        for (size_t from = 0; from < width; from++)
            weights[(from / 2 * count + to) * 2 + from % 2] =
                half_at(reader->words, to * width + from);
    reader->words += used;
    reader->left -= used;
    return weights;
}

static void read_input(Reader *reader, NetInput *input, size_t column_count) {
    int32_t level = 0;
    input->column = (uint16_t)next_of(reader, 0, (int32_t)column_count - 1);
    input->cut_count = (uint16_t)next_of(reader, 0, NET_CUTS);
    for (size_t i = 0; i < input->cut_count; i++) {
        input->cuts[i] = (int16_t)next_of(reader, INT16_MIN, INT16_MAX);
        if (i && input->cuts[i] <= input->cuts[i - 1]) reader->status = DECANT_BAD_MODEL;
    }
    for (size_t i = 0; i <= input->cut_count; i++) {
        const int32_t next = next_of(reader, -LEVEL_MOST, LEVEL_MOST);
        if (i) input->steps[i - 1] = (int16_t)(next - level);
        else input->level = (int16_t)next;
        level = next;
    }
}

/* The level of one value. */
static int16_t level_of(const NetInput *input, int16_t value) {
    int level = input->level;
    for (size_t cut = 0; cut < input->cut_count && value > input->cuts[cut]; cut++)
        level += input->steps[cut];
    return (int16_t)level;
}

/* Adds up what the weights that lead to each of `count` sums are without their signs. */
static void add_sizes(const int16_t *weights, size_t width, size_t count, int32_t *sizes) {
    for (size_t from = 0; from < width; from += 2, weights += 2 * count)
        for (size_t to = 0; to < count; to++)
            sizes[to] += abs(weights[2 * to]) + abs(weights[2 * to + 1]);
}

/* Whether no sum overflows that begins with a bias, of values up to `most`. `more` may be NULL. */
static bool sums_fit(const int32_t *biases, size_t count, const int16_t *weights, size_t width,
                     const int16_t *more, size_t more_width, int32_t most) {
    int32_t sizes[NET_MAX_WIDTH] = {0};
    add_sizes(weights, width, count, sizes);
    if (more) add_sizes(more, more_width, count, sizes);
    for (size_t i = 0; i < count; i++)
        if (llabs((long long)biases[i]) + (long long)sizes[i] * most > INT32_MAX) return false;
    return true;
}

static bool all_sums_fit(const Net *net) {
    const size_t width = net->width;
    bool fit = sums_fit(net->biases, width, net->weights, net->input_count, NULL, 0, LEVEL_MOST) &&
               sums_fit(&net->bias, 1, net->last, 2 * width, NULL, 0, HIDDEN_MOST);
    for (size_t i = 0; i < net->layer_count && fit; i++) {
        const NetLayer *layer = &net->layers[i];
        fit = sums_fit(layer->biases, width, layer->window, 3 * width, layer->means, 2 * width,
                       HIDDEN_MOST);
    }
    return fit && (!net->whole ||
                   sums_fit(&net->whole_bias, 1, net->whole, 3 * width, NULL, 0, HIDDEN_MOST));
}

decant_status net_read(Net *net, Arena *arena, const int32_t *words, size_t count,
                       size_t column_count) {
    Reader reader = {words, count, arena, DECANT_OK};
    *net = (Net){0};
    const uint32_t inputs = (uint32_t)next_of(&reader, 1, NET_MAX_INPUTS);
    const uint32_t width = (uint32_t)next_of(&reader, NET_LANES, NET_MAX_WIDTH);
    const uint32_t layers = (uint32_t)next_of(&reader, 1, NET_MAX_LAYERS);
    if (width % NET_LANES) return DECANT_BAD_MODEL;
    Net read = {.input_count = inputs,
                .width = width,
                .layer_count = layers,
                .inputs = take(&reader, inputs, sizeof *read.inputs),
                .zero_levels = take(&reader, filled(inputs), sizeof *read.zero_levels)};
    for (size_t i = 0; read.zero_levels && i < inputs; i++) {
        read_input(&reader, &read.inputs[i], column_count);
        read.zero_levels[i] = level_of(&read.inputs[i], 0);
    }
    for (size_t i = 0; i < layers; i++)
        read.layers[i].dilation = (uint32_t)next_of(&reader, 1, NET_MAX_DILATION);
    read.biases = read_biases(&reader, width);
    read.weights = read_weights(&reader, width, inputs);
    for (size_t i = 0; i < layers; i++) {
        read.layers[i].biases = read_biases(&reader, width);
        read.layers[i].window = read_weights(&reader, width, 3 * width);
        read.layers[i].means = read_weights(&reader, width, 2 * width);
    }
    read.bias = next_word(&reader);
    read.last = read_weights(&reader, 1, 2 * width);
    if (reader.left) {
        read.whole_bias = next_word(&reader);
        read.whole = read_weights(&reader, 1, 3 * width);
    }
    if (reader.status) return reader.status;
    if (reader.left || !all_sums_fit(&read)) return DECANT_BAD_MODEL;
    *net = read;
    return DECANT_OK;
}

/* ---- sums ----------------------------------------------------------------------------------- */

/* Adds to each of `count` sums its products with `width` values, a multiple of 4. */
static void add_products(const int16_t *weights, const int16_t *values, size_t width, size_t count,
                         int32_t *sums) {
    if (avx2_is_there()) {
        avx2_add_products(weights, values, width, count, sums);
        return;
    }
    for (size_t from = 0; from < width; from += 2, weights += 2 * count)
        for (size_t to = 0; to < count; to++)
            sums[to] += weights[2 * to] * values[from] + weights[2 * to + 1] * values[from + 1];
}

/* ---- passes --------------------------------------------------------------------------------- */

/* Invariant: the hidden values of `margin` blocks before the first and after the last are 0. */
struct NetPass {
    const Net *net;
    size_t count, entered, margin;
    int16_t *weights;                        /* of each block in the mean by words */
    int16_t *levels;                         /* of one batch: rows of inputs, filled up */
    int16_t *begun, *hidden, *next, *window; /* rows of net->width; of one block: three */
};

NetPass *net_open(const Net *net, Arena *arena, size_t count) {
    size_t margin = 0;
    for (size_t i = 0; i < net->layer_count; i++)
        margin = net->layers[i].dilation > margin ? net->layers[i].dilation : margin;
    const size_t values = (count + 2 * margin) * net->width;
    NetPass *pass = arena_array(arena, 1, sizeof *pass);
    if (!pass) return NULL;
    *pass = (NetPass){
        .net = net,
        .count = count,
        .margin = margin,
        .weights = arena_take(arena, count, sizeof *pass->weights),
        .levels = arena_array(arena, FOREST_BATCH * filled(net->input_count), sizeof(int16_t)),
        .begun = arena_take(arena, count * net->width, sizeof(int16_t)),
        .hidden = arena_array(arena, values, sizeof(int16_t)),
        .next = arena_array(arena, values, sizeof(int16_t)),
        .window = arena_take(arena, 3 * (size_t)net->width, sizeof(int16_t))};
    return pass->weights && pass->levels && pass->begun && pass->hidden && pass->next &&
                   pass->window
               ? pass
               : NULL;
}

/* The levels of an input's column, one in each row of `levels`. */
static void write_levels(const NetInput *input, const Column *column, int16_t *levels, size_t row) {
    Vector values[BATCH_VECTORS], found[BATCH_VECTORS];
    int16_t dealt[FOREST_BATCH];
    memcpy(values, column->values, sizeof values);
    for (int i = 0; i < BATCH_VECTORS; i++) found[i] = (Vector){0} + input->level;
    for (size_t cut = 0; cut < input->cut_count; cut++)
        for (int i = 0; i < BATCH_VECTORS; i++)
            found[i] += (values[i] > input->cuts[cut]) & input->steps[cut]; /* true is -1 */
    memcpy(dealt, found, sizeof dealt);
    for (size_t i = 0; i < FOREST_BATCH; i++) levels[i * row] = dealt[i];
}

static bool is_all_zero(const Column *column) {
    uint64_t values[sizeof *column / sizeof(uint64_t)], any = 0;
    memcpy(values, column, sizeof values);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) any |= values[i];
    return !any;
}

/* The levels of a batch. Most columns are 0 in most batches. */
static void write_rows(const Net *net, const Column *columns, int16_t *levels) {
    const size_t row = filled(net->input_count);
    for (size_t i = 0; i < FOREST_BATCH; i++)
        memcpy(levels + i * row, net->zero_levels, row * sizeof *levels);
    for (size_t i = 0; i < net->input_count; i++) {
        const Column *column = &columns[net->inputs[i].column];
        if (!is_all_zero(column)) write_levels(&net->inputs[i], column, levels + i, row);
    }
}

static int16_t *hidden_of(const NetPass *pass, int16_t *hidden, size_t block) {
    return hidden + (block + pass->margin) * pass->net->width;
}

void net_enter(NetPass *pass, const Column *columns, size_t count, const uint32_t *words) {
    enum { SHIFT = 8 + WEIGHT_BITS - HIDDEN_BITS };
    const Net *net = pass->net;
    const size_t row = filled(net->input_count);
    int32_t sums[NET_MAX_WIDTH];
    write_rows(net, columns, pass->levels);
    for (size_t i = 0; i < count; i++, pass->entered++) {
        int16_t *hidden = hidden_of(pass, pass->hidden, pass->entered);
        memcpy(sums, net->biases, net->width * sizeof *sums);
        add_products(net->weights, pass->levels + i * row, row, net->width, sums);
        for (size_t k = 0; k < net->width; k++)
            hidden[k] = (int16_t)min_int(max_int(sums[k], 0) >> SHIFT, HIDDEN_MOST);
        const uint32_t weight = root((uint64_t)(words[i] ? words[i] : 1) << 8);
        pass->weights[pass->entered] = (int16_t)(weight < WORDS_MOST ? weight : WORDS_MOST);
    }
}

/* Adds the hidden values of `count` blocks, no more than MEAN_BLOCKS, to the sums of both means. */
static void add_blocks(const int16_t *hidden, const int16_t *weights, size_t count, size_t width,
                       uint64_t *by_words, uint64_t *by_blocks) {
    int32_t words[NET_MAX_WIDTH] = {0}, blocks[NET_MAX_WIDTH] = {0};
    for (size_t i = 0; i < count; i++, hidden += width)
        for (size_t k = 0; k < width; k++) {
            words[k] += hidden[k] * weights[i];
            blocks[k] += hidden[k];
        }
    for (size_t k = 0; k < width; k++) {
        by_words[k] += (uint32_t)words[k];
        by_blocks[k] += (uint32_t)blocks[k];
    }
}

/* The hidden values' means, by words and by blocks. */
static void measure_means(const NetPass *pass, int16_t *ret_means) {
    const size_t width = pass->net->width;
    uint64_t by_words[NET_MAX_WIDTH] = {0}, by_blocks[NET_MAX_WIDTH] = {0}, weight = 0;
    for (size_t first = 0; first < pass->count; first += MEAN_BLOCKS) {
        const size_t left = pass->count - first;
        add_blocks(hidden_of(pass, pass->hidden, first), pass->weights + first,
                   left < MEAN_BLOCKS ? left : MEAN_BLOCKS, width, by_words, by_blocks);
    }
    for (size_t i = 0; i < pass->count; i++) weight += (uint64_t)pass->weights[i];
    for (size_t k = 0; k < width; k++) {
        ret_means[k] = (int16_t)(by_words[k] / weight);
        ret_means[width + k] = (int16_t)(by_blocks[k] / pass->count);
    }
}

static void run_layer(NetPass *pass, const NetLayer *layer) {
    const size_t width = pass->net->width;
    int16_t means[2 * NET_MAX_WIDTH];
    int32_t begin[NET_MAX_WIDTH], sums[NET_MAX_WIDTH];
    measure_means(pass, means);
    memcpy(begin, layer->biases, width * sizeof *begin);
    add_products(layer->means, means, 2 * width, width, begin);
    for (size_t i = 0; i < pass->count; i++) {
        const int16_t *hidden = hidden_of(pass, pass->hidden, i);
        int16_t *next = hidden_of(pass, pass->next, i);
        for (size_t part = 0; part < 3; part++)
            memcpy(pass->window + part * width,
                   hidden_of(pass, pass->hidden, i + part * layer->dilation) -
                       layer->dilation * width,
                   width * sizeof *hidden);
        memcpy(sums, begin, width * sizeof *sums);
        add_products(layer->window, pass->window, 3 * width, width, sums);
        for (size_t k = 0; k < width; k++)
            next[k] =
                (int16_t)min_int(hidden[k] + (max_int(sums[k], 0) >> WEIGHT_BITS), HIDDEN_MOST);
    }
    int16_t *hidden = pass->hidden;
    pass->hidden = pass->next;
    pass->next = hidden;
}

/* A sum of hidden values times weights is a score so many times. */
enum { DIVISOR = 1 << (HIDDEN_BITS + WEIGHT_BITS - 10) };

/* What the last hidden values tell of the document. */
static int32_t score_whole(const NetPass *pass) {
    const Net *net = pass->net;
    const size_t width = net->width;
    int16_t values[3 * NET_MAX_WIDTH], *most = values + 2 * width;
    measure_means(pass, values);
    memset(most, 0, width * sizeof *most);
    for (size_t i = 0; i < pass->count; i++) {
        const int16_t *hidden = hidden_of(pass, pass->hidden, i);
        for (size_t k = 0; k < width; k++) most[k] = hidden[k] > most[k] ? hidden[k] : most[k];
    }
    int32_t sum = net->whole_bias;
    for (size_t k = 0; k < 3 * width; k++) sum += values[k] * net->whole[k];
    return sum / DIVISOR;
}

int32_t net_score(NetPass *pass, int32_t *ret_scores) {
    const Net *net = pass->net;
    if (!pass->count) return 0;
    memcpy(pass->begun, hidden_of(pass, pass->hidden, 0),
           pass->count * net->width * sizeof *pass->begun);
    for (size_t i = 0; i < net->layer_count; i++) run_layer(pass, &net->layers[i]);
    for (size_t i = 0; i < pass->count; i++) {
        const int16_t *hidden = hidden_of(pass, pass->hidden, i);
        const int16_t *begun = pass->begun + i * net->width;
        int32_t sum = net->bias;
        for (size_t k = 0; k < net->width; k++)
            sum += hidden[k] * net->last[k] + begun[k] * net->last[net->width + k];
        ret_scores[i] = sum / DIVISOR;
    }
    return net->whole ? score_whole(pass) : 0;
}
