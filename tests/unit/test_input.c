/* SPDX-License-Identifier: MIT
 * test_input.c - the buffer: its cap, its growth, and what is left after a part. */
#include "base/arena.h"
#include "input/input.h"

#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { CAP = 100000 };

static Str str_of(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

static void expect_held(const Input *input, const char *text) {
    assert_int_equal(input_held(input).len, strlen(text));
    assert_memory_equal(input_held(input).at, text, strlen(text));
}

static void bytes_are_gathered_in_order(void **state) {
    (void)state;
    Input input;
    Str first = str_of("one "), second = str_of("two");
    input_init(&input, allocator_default(), CAP);
    assert_int_equal(input_gather(&input, &first), DECANT_OK);
    assert_int_equal(input_gather(&input, &second), DECANT_OK);
    assert_int_equal(first.len + second.len, 0);
    expect_held(&input, "one two");
    input_done(&input);
}

static void no_more_than_the_cap_is_taken(void **state) {
    (void)state;
    Input input;
    Str data = str_of("0123456789");
    input_init(&input, allocator_default(), 6);
    assert_int_equal(input_gather(&input, &data), DECANT_OK);
    assert_true(input_is_full(&input));
    expect_held(&input, "012345");
    assert_memory_equal(data.at, "6789", 4);
    assert_int_equal(data.len, 4);
    input_done(&input);
}

static void what_a_part_left_over_stays_in_front(void **state) {
    (void)state;
    Input input;
    Str data = str_of("0123456789");
    input_init(&input, allocator_default(), 6);
    input_gather(&input, &data);
    input_let_go(&input, 4);
    assert_false(input_is_full(&input));
    input_gather(&input, &data);
    expect_held(&input, "456789");
    input_clear(&input);
    assert_int_equal(input_held(&input).len, 0);
    input_done(&input);
}

/* An allocator that remembers the largest size asked for. */
static void *resize_watched(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *most = user;
    (void)old_size;
    if (new_size > *most) *most = new_size;
    return realloc(block, new_size);
}

static void release_watched(void *user, void *block, size_t size) {
    (void)user;
    (void)size;
    free(block);
}

static void memory_grows_to_exactly_the_cap(void **state) {
    (void)state;
    size_t most = 0;
    const decant_allocator watched = {&most, resize_watched, release_watched};
    Input input;
    input_init(&input, &watched, CAP);
    for (int i = 0; i < CAP / 10; i++) {
        Str data = str_of("0123456789");
        assert_int_equal(input_gather(&input, &data), DECANT_OK);
    }
    assert_true(input_is_full(&input));
    assert_int_equal(most, CAP);
    input_done(&input);
}

static void refused_memory_is_an_error_that_takes_nothing(void **state) {
    (void)state;
    Input input;
    Str data = str_of("0123456789");
    input_init(&input, &refusing, CAP);
    assert_int_equal(input_gather(&input, &data), DECANT_NO_MEMORY);
    assert_int_equal(data.len, 10);
    assert_int_equal(input_held(&input).len, 0);
    input_done(&input);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_gathered_in_order),
        cmocka_unit_test(no_more_than_the_cap_is_taken),
        cmocka_unit_test(what_a_part_left_over_stays_in_front),
        cmocka_unit_test(memory_grows_to_exactly_the_cap),
        cmocka_unit_test(refused_memory_is_an_error_that_takes_nothing),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
