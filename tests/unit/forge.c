/* SPDX-License-Identifier: MIT
 * forge.c - forests and models by hand. */
#include "forge.h"

#include "models/net.h"
#include "verdict/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

void forge_put(Forge *forge, int32_t word) {
    assert_true(forge->count < FORGE_WORDS);
    forge->words[forge->count++] = word;
}

int32_t forge_node(size_t feature, int threshold) {
    return (int32_t)((uint32_t)feature << 16 | (uint16_t)threshold);
}

int32_t forge_halves(int32_t low, int32_t high) {
    assert_in_range(low + 32768, 0, 65535);
    assert_in_range(high + 32768, 0, 65535);
    return (int32_t)((uint32_t)high << 16 | (uint16_t)low);
}

void forge_model(Forge *forge) {
    forge->count = 0;
    forge_put(forge, FORGE_MAGIC);
    forge_put(forge, FORGE_VERSION);
    forge_put(forge, 0);
}

void forge_section(Forge *forge, int32_t tag) {
    forge->words[2]++;
    forge_put(forge, tag);
    forge->length_at = forge->count;
    forge_put(forge, 0);
}

void forge_end_section(Forge *forge) {
    forge->words[forge->length_at] = (int32_t)(forge->count - forge->length_at - 1);
}

void forge_forest(Forge *forge, int32_t tag, size_t features, int32_t trees, int32_t depth,
                  int32_t bias) {
    forge_section(forge, tag);
    forge_put(forge, (int32_t)features);
    forge_put(forge, trees);
    forge_put(forge, depth);
    forge_put(forge, bias);
}

void forge_tree(Forge *forge, size_t feature, int threshold, int32_t low, int32_t high) {
    forge_put(forge, forge_node(feature, threshold));
    forge_put(forge, forge_halves((low + high) / 2, low));
    forge_put(forge, forge_halves(high, 0));
}

void forge_constant(Forge *forge, int32_t tag, int32_t bias) {
    forge_forest(forge, tag, 1, 1, 0, bias);
    forge_put(forge, 0); /* the leaf */
    forge_end_section(forge);
}

static void put_stump(Forge *forge, int32_t tag, size_t index, int threshold, int32_t low,
                      int32_t high) {
    forge_forest(forge, tag, index + 1, 1, 1, 0);
    forge_tree(forge, index, threshold, low, high);
    forge_end_section(forge);
}

void forge_stump(Forge *forge, int32_t tag, const char *feature, int threshold, int32_t low,
                 int32_t high) {
    put_stump(forge, tag, feature_named(feature), threshold, low, high);
}

/* The weights of a net from `width` values to `count`: all 0 but one. */
static void put_weights(Forge *forge, size_t count, size_t width, size_t from, size_t to,
                        int32_t weight) {
    const size_t other = to * width + from;
    for (size_t i = 0; i < count * width; i += 2)
        forge_put(forge, forge_halves(i == other ? weight : 0, i + 1 == other ? weight : 0));
}

static void put_zeros(Forge *forge, size_t count) {
    for (size_t i = 0; i < count; i++) forge_put(forge, 0);
}

void forge_net(Forge *forge, int32_t tag, size_t column, int threshold, int32_t low, int32_t high) {
    enum { ACROSS = NET_LANES, WHOLE = 2048 };
    const int32_t head[] = {1, ACROSS, 1, (int32_t)column, 1, threshold, 0, 256, 1};
    forge_section(forge, tag);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) forge_put(forge, head[i]);
    put_zeros(forge, ACROSS);
    put_weights(forge, ACROSS, 1, 0, 0, WHOLE); /* the first value is 512 if the column is over */
    put_zeros(forge, ACROSS);
    put_weights(forge, ACROSS, 3 * ACROSS, 0, 1, WHOLE); /* the second what the first is before */
    put_zeros(forge, ACROSS * ACROSS);
    forge_put(forge, low * 1024);
    put_weights(forge, 1, 2 * ACROSS, 1, 0, 2 * (high - low));
    forge_end_section(forge);
}

void forge_run_stump(Forge *forge, int32_t tag, const char *column, int threshold, int32_t low,
                     int32_t high) {
    put_stump(forge, tag, run_column_named(column), threshold, low, high);
}

void forge_decision(Forge *forge, int32_t tag, int32_t first, int32_t second, const int32_t *pairs,
                    size_t knots) {
    forge_section(forge, tag);
    forge_put(forge, first);
    forge_put(forge, second);
    for (size_t i = 0; i < 2 * knots; i++) forge_put(forge, pairs[i]);
    forge_end_section(forge);
}

size_t feature_named(const char *name) {
    for (size_t i = 0; i < feature_count(); i++)
        if (strcmp(feature_name(i), name) == 0) return i;
    fail_msg("there is no feature %s", name);
    return 0;
}

size_t run_column_named(const char *name) {
    for (size_t i = 0; gate_column_name(i); i++)
        if (strcmp(gate_column_name(i), name) == 0) return i;
    fail_msg("there is no column %s of runs and gates", name);
    return 0;
}

uint8_t *forge_bytes(const Forge *forge, size_t *ret_size) {
    uint8_t *bytes = malloc(forge->count * 4);
    assert_non_null(bytes);
    for (size_t i = 0; i < forge->count * 4; i++)
        bytes[i] = (uint8_t)((uint32_t)forge->words[i / 4] >> (8 * (i % 4)));
    *ret_size = forge->count * 4;
    return bytes;
}
