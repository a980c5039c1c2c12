/* SPDX-License-Identifier: MIT
 * test_profiles.c - a profile is learned, merged, written, used and closed, with the nth allocation
 * refused, for every n: the status says so, nothing leaks, and what was whole stays whole. */
#include "allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 1 << 20, DOCUMENTS = 40, ROOM = 1 << 20 };

typedef struct Bytes {
    uint8_t *at;
    size_t size;
} Bytes;

static int copy(void *user, const void *data, size_t size) {
    Bytes *bytes = user;
    assert_true(size <= ROOM);
    memcpy(bytes->at, data, size);
    bytes->size = size;
    return 0;
}

/* Imprints of small documents, made with malloc. */
typedef struct Lesson {
    Bytes imprints[DOCUMENTS];
    size_t count;
    Bytes profile; /* of the last */
} Lesson;

static int on_imprint(void *user, const decant_imprint *imprint) {
    Lesson *lesson = user;
    Bytes *bytes = &lesson->imprints[lesson->count++];
    bytes->at = malloc(imprint->size);
    assert_non_null(bytes->at);
    memcpy(bytes->at, imprint->data, imprint->size);
    bytes->size = imprint->size;
    return 0;
}

static int prepare(void **state) {
    Lesson *lesson = calloc(1, sizeof *lesson);
    decant *pipeline = NULL;
    decant_profile *profile = NULL;
    assert_non_null(lesson);
    const decant_sink sink = {.user = lesson, .imprint = on_imprint};
    assert_int_equal(decant_open(&pipeline, NULL, &sink), DECANT_OK);
    for (int i = 0; i < DOCUMENTS; i++) {
        char text[200], id[32];
        sprintf(id, "document %d", i);
        sprintf(text, "The %dth stone of the harbour wall was moved by the storm.\nThe Courier\n",
                i);
        const decant_about about = {.size = sizeof about, .id = id, .site = "courier.example"};
        assert_int_equal(decant_start_about(pipeline, id, &about), DECANT_OK);
        assert_int_equal(decant_feed(pipeline, text, strlen(text)), DECANT_OK);
        assert_int_equal(decant_finish(pipeline), DECANT_OK);
    }
    decant_close(pipeline);
    assert_int_equal(lesson->count, DOCUMENTS);
    lesson->profile.at = malloc(ROOM);
    assert_int_equal(decant_profile_open(&profile, SIZE, NULL), DECANT_OK);
    for (size_t i = DOCUMENTS / 2; i < DOCUMENTS; i++)
        assert_int_equal(
            decant_profile_add(profile, lesson->imprints[i].at, lesson->imprints[i].size),
            DECANT_OK);
    assert_int_equal(decant_profile_write(profile, copy, &lesson->profile), DECANT_OK);
    decant_profile_close(profile);
    *state = lesson;
    return 0;
}

static int tidy(void **state) {
    Lesson *lesson = *state;
    for (size_t i = 0; i < lesson->count; i++) free(lesson->imprints[i].at);
    free(lesson->profile.at);
    free(lesson);
    return 0;
}

/* Half of the documents are added, the others merged. */
static decant_status learn(const Lesson *lesson, const decant_allocator *allocator, Bytes *ret) {
    decant_profile *profile = NULL;
    decant_status status = decant_profile_open(&profile, SIZE, allocator);
    for (size_t i = 0; i < DOCUMENTS / 2 && !status; i++)
        status = decant_profile_add(profile, lesson->imprints[i].at, lesson->imprints[i].size);
    if (!status) status = decant_profile_merge(profile, lesson->profile.at, lesson->profile.size);
    if (!status) status = decant_profile_write(profile, copy, ret);
    if (status) assert_string_not_equal(decant_profile_error(profile), "");
    decant_profile_close(profile);
    return status;
}

static void learning_survives_any_refused_allocation(void **state) {
    decant_status status = DECANT_NO_MEMORY;
    Bytes learned = {malloc(ROOM), 0}, first = {malloc(ROOM), 0};
    assert_non_null(learned.at);
    assert_non_null(first.at);
    assert_int_equal(learn(*state, NULL, &first), DECANT_OK);
    for (size_t refused = 0; status; refused++) {
        Books books = {.until_refusal = refused};
        const decant_allocator allocator = torture_allocator(&books);
        assert_true(refused < 1000);
        status = learn(*state, &allocator, &learned);
        assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
        assert_int_equal(books.outstanding, 0);
        assert_int_equal(books.wrong_sizes, 0);
    }
    assert_int_equal(learned.size, first.size);
    assert_memory_equal(learned.at, first.at, first.size);
    free(learned.at);
    free(first.at);
}

/* A document of which the profile knows lines and text, and another's opening. */
static const char text[] =
    "The 21th stone of the harbour wall was moved by the storm.\n"
    "The 22th stone of the harbour wall was moved by the storm.\nThe Courier\n";

static decant_status clean(const Lesson *lesson, const decant_allocator *allocator) {
    decant *pipeline = NULL;
    Lesson left = {.count = 0};
    decant_options options = DECANT_OPTIONS_INIT;
    const decant_sink sink = {.user = &left, .imprint = on_imprint};
    const decant_about about = {
        .size = sizeof about, .id = "document 21", .site = "courier.example"};
    options.allocator = allocator;
    decant_status status = decant_open(&pipeline, &options, &sink);
    if (!status) status = decant_use_profile(pipeline, lesson->profile.at, lesson->profile.size);
    if (!status) status = decant_start_about(pipeline, "document 21", &about);
    if (!status) status = decant_feed(pipeline, text, sizeof text - 1);
    if (!status) status = decant_finish(pipeline);
    if (!status) assert_int_equal(left.count, 1);
    for (size_t i = 0; i < left.count; i++) free(left.imprints[i].at);
    decant_close(pipeline);
    return status;
}

static void cleaning_with_a_profile_survives_any_refused_allocation(void **state) {
    decant_status status = DECANT_NO_MEMORY;
    Books free_books = {.until_refusal = SIZE_MAX};
    const decant_allocator free_allocator = torture_allocator(&free_books);
    assert_int_equal(clean(*state, &free_allocator), DECANT_OK);
    /* Opening a pipeline is tried elsewhere, again and again. */
    for (size_t refused = free_books.calls > 60 ? free_books.calls - 60 : 0; status; refused++) {
        Books books = {.until_refusal = refused};
        const decant_allocator allocator = torture_allocator(&books);
        assert_true(refused <= free_books.calls);
        status = clean(*state, &allocator);
        assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
        assert_int_equal(books.outstanding, 0);
        assert_int_equal(books.wrong_sizes, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learning_survives_any_refused_allocation),
        cmocka_unit_test(cleaning_with_a_profile_survives_any_refused_allocation),
    };
    return cmocka_run_group_tests_name("profiles", tests, prepare, tidy);
}
