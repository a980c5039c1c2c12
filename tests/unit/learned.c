/* SPDX-License-Identifier: MIT
 * learned.c - one pipeline reads all documents of a set of imprints. */
#include "learned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bytes_free(Bytes *bytes) {
    free(bytes->at);
    *bytes = (Bytes){NULL, 0};
}

static int append(void *user, const void *data, size_t size) {
    Bytes *bytes = user;
    uint8_t *grown = realloc(bytes->at, bytes->size + size + 1);
    assert_non_null(grown);
    if (size) memcpy(grown + bytes->size, data, size);
    *bytes = (Bytes){grown, bytes->size + size};
    return 0;
}

static int on_imprint(void *user, const decant_imprint *imprint) {
    Imprints *imprints = user;
    if (imprints->count == imprints->capacity) {
        imprints->capacity = imprints->capacity ? imprints->capacity * 2 : 16;
        imprints->items = realloc(imprints->items, imprints->capacity * sizeof *imprints->items);
        assert_non_null(imprints->items);
    }
    Bytes *copy = &imprints->items[imprints->count++];
    *copy = (Bytes){malloc(imprint->size), imprint->size};
    assert_non_null(copy->at);
    memcpy(copy->at, imprint->data, imprint->size);
    return 0;
}

void imprints_add(Imprints *imprints, const char *id, const char *site, const char *text) {
    const decant_sink sink = {.user = imprints, .imprint = on_imprint};
    const decant_about about = {.size = sizeof about, .id = id, .site = site};
    const size_t count = imprints->count;
    if (!imprints->pipeline) assert_int_equal(decant_open(&imprints->pipeline, NULL, &sink), 0);
    assert_int_equal(decant_start_about(imprints->pipeline, id, &about), DECANT_OK);
    assert_int_equal(decant_feed(imprints->pipeline, text, strlen(text)), DECANT_OK);
    assert_int_equal(decant_finish(imprints->pipeline), DECANT_OK);
    assert_int_equal(imprints->count, count + 1);
}

void imprints_free(Imprints *imprints) {
    for (size_t i = 0; i < imprints->count; i++) bytes_free(&imprints->items[i]);
    free(imprints->items);
    decant_close(imprints->pipeline);
}

decant_profile *open_profile(void) {
    decant_profile *profile = NULL;
    assert_int_equal(decant_profile_open(&profile, PROFILE_SIZE, NULL), DECANT_OK);
    return profile;
}

void add_imprint(decant_profile *profile, Bytes imprint) {
    assert_int_equal(decant_profile_add(profile, imprint.at, imprint.size), DECANT_OK);
}

Bytes write_profile(decant_profile *profile) {
    Bytes bytes = {NULL, 0};
    assert_int_equal(decant_profile_write(profile, append, &bytes), DECANT_OK);
    uint8_t *exact = realloc(bytes.at, bytes.size);
    assert_non_null(exact);
    return (Bytes){exact, bytes.size};
}

Bytes learn(const Imprints *imprints) {
    decant_profile *profile = open_profile();
    for (size_t i = 0; i < imprints->count; i++) add_imprint(profile, imprints->items[i]);
    const Bytes bytes = write_profile(profile);
    decant_profile_close(profile);
    return bytes;
}

uint32_t random_below(uint64_t *seed, uint32_t end) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*seed >> 32) * end >> 32);
}

void write_words(char *text, size_t words, uint64_t seed) {
    static const char *const syllables[] = {"ka", "lo", "mir", "ten", "sul", "ve", "bra", "no"};
    for (size_t i = 0; i < words; i++) {
        for (int j = 0; j < 4; j++) text += sprintf(text, "%s", syllables[random_below(&seed, 8)]);
        text += sprintf(text, i % 12 == 11 ? ". " : " ");
    }
    sprintf(text, ".\n");
}
