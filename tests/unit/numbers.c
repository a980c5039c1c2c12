/* SPDX-License-Identifier: MIT
 * numbers.c - a tree a block, which adds what its score is over that of the block before. */
#include "numbers.h"

#include "forge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void write_numbers(const void *user, const size_t blocks[FOREST_BATCH], Column *columns) {
    bool *asked = (bool *)(uintptr_t)user;
    for (size_t row = 0; row < FOREST_BATCH; row++) {
        columns[0].values[row] = (int16_t)blocks[row];
        asked[blocks[row]] = true;
    }
}

Batch numbers_batch(Column *column, bool *asked) {
    return (Batch){.features = asked, .write = write_numbers, .columns = column};
}

Forest numbers_forest(const int32_t *scores, size_t count, Arena *arena) {
    Forest forest;
    Forge forge = {.count = 0};
    forge_put(&forge, 1);
    forge_put(&forge, (int32_t)count);
    forge_put(&forge, 1);
    forge_put(&forge, scores[0]);
    for (size_t i = 0; i < count; i++) /* the first adds nothing */
        forge_tree(&forge, 0, (int)i - 1, 0, i ? scores[i] - scores[i - 1] : 0);
    assert_int_equal(forest_read(&forest, arena, forge.words, forge.count, 1), DECANT_OK);
    return forest;
}
