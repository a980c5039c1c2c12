/* SPDX-License-Identifier: MIT
 * fuzz_json_line.c - reads any bytes as a JSON line, and stops hard where the line written again
 * with all that it said is another, or where offsets into values do not lead back in order. */
#include "decant.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_right) {
    if (!is_right) abort();
}

typedef struct Written {
    char *at;
    size_t size, capacity;
} Written;

static int write_down(void *user, const void *data, size_t size) {
    Written *written = user;
    if (size > written->capacity - written->size) {
        written->capacity = (written->size + size) * 2;
        written->at = realloc(written->at, written->capacity);
        check(written->at);
    }
    memcpy(written->at + written->size, data, size);
    written->size += size;
    return 0;
}

static decant_line *open_line(void) {
    static const char *const paths[DECANT_LINE_FIELDS] = {"text", "page.html", "id", "meta.url",
                                                          "a.b.c"};
    decant_line *line = NULL;
    check(decant_line_open(&line, paths, NULL) == DECANT_OK);
    return line;
}

/* Offsets go up and stay in the line. Returns one in the middle at which a range may end. */
static size_t check_offsets(const decant_line *line, decant_line_field field, size_t value_size,
                            size_t line_size) {
    uint64_t before = 0;
    size_t middle = 0;
    for (size_t i = 0; i <= value_size; i++) {
        const uint64_t at = decant_line_offset(line, field, i);
        check(at >= before && at < line_size);
        if (at > before && i <= value_size / 2) middle = i;
        before = at;
    }
    return middle;
}

static void check_kept(decant_line *line, decant_line_field field, size_t value_size,
                       const uint8_t *data, size_t size) {
    Written written = {NULL, 0, 0};
    const size_t middle = check_offsets(line, field, value_size, size);
    check(decant_line_begin(line, field, write_down, &written) == DECANT_OK);
    check(decant_line_keep(line, 0, middle) == DECANT_OK);
    check(decant_line_keep(line, middle, value_size) == DECANT_OK);
    check(decant_line_end(line) == DECANT_OK);
    check(written.size == size && memcmp(written.at, data, size) == 0);
    free(written.at);
}

/* What is put in place of a value reads the same. */
static void check_put(decant_line *line, decant_line_field field, const char *value, size_t size) {
    Written written = {NULL, 0, 0};
    const char *again;
    size_t again_size;
    check(decant_line_begin(line, field, write_down, &written) == DECANT_OK);
    check(decant_line_put(line, value, size) == DECANT_OK);
    check(decant_line_end(line) == DECANT_OK);
    decant_line *second = open_line();
    check(decant_line_read(second, written.at, written.size) == DECANT_OK);
    check(decant_line_value(second, field, &again, &again_size));
    check(again_size == size && memcmp(again, value, size) == 0);
    decant_line_close(second);
    free(written.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    decant_line *line = open_line();
    const decant_status status = decant_line_read(line, data, size);
    check(status == DECANT_OK || status == DECANT_BAD_INPUT);
    check((status == DECANT_BAD_INPUT) == (*decant_line_error(line) != 0));
    for (int i = 0; i < DECANT_LINE_FIELDS; i++) {
        const decant_line_field field = (decant_line_field)i;
        const char *value;
        size_t value_size;
        if (!decant_line_value(line, field, &value, &value_size)) continue;
        check(!status && value_size < size);
        if (field == DECANT_LINE_ID) continue; /* may be a number */
        check_kept(line, field, value_size, data, size);
        check_put(line, field, value, value_size);
    }
    decant_line_close(line);
    return 0;
}
