/* SPDX-License-Identifier: MIT
 * record.c - gathers a record and prints it by jansson, keys in the order they came. */
#include "record.h"

#include "buffer.h"
#include "message.h"
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct Record {
    json_t *object, *sources, *authors;
    bool is_capture;
    Buffer text;
};

/* Where the bytes of a record go. */
typedef struct Target {
    decant_write write;
    void *user;
} Target;

static bool out_of_memory(void) {
    complain("%s", strerror(ENOMEM));
    return false;
}

/* A JSON string; bytes that are not UTF-8 become U+FFFD. */
static json_t *string_of(const char *text, size_t size) {
    json_t *string = json_stringn(text, size);
    if (string) return string;
    char *fixed = malloc(size * 3 + 1);
    size_t used = 0;
    for (size_t i = 0; fixed && i < size;) {
        size_t length = 1;
        while (length < 4 && i + length < size && ((unsigned char)text[i + length] & 0xC0) == 0x80)
            length++;
        json_t *one = json_stringn(text + i, length);
        if (!one) length = 1;
        memcpy(fixed + used, one ? text + i : "\xEF\xBF\xBD", one ? length : 3);
        used += one ? length : 3;
        i += length;
        json_decref(one);
    }
    if (fixed) string = json_stringn(fixed, used);
    free(fixed);
    return string;
}

static Record *make(void) {
    Record *record = calloc(1, sizeof *record);
    if (!record) return NULL;
    record->object = json_object();
    record->sources = json_object();
    record->authors = json_array();
    return record;
}

static bool set(Record *record, const char *key, const char *value) {
    return !value || json_object_set_new(record->object, key, string_of(value, strlen(value))) == 0;
}

static Record *begun(Record *record, bool good) {
    if (good) return record;
    record_close(record);
    out_of_memory();
    return NULL;
}

Record *record_open(const char *name) {
    Record *record = make();
    return begun(record, record && set(record, "doc", name));
}

Record *record_open_capture(const decant_capture *capture) {
    Record *record = make();
    if (record) record->is_capture = true;
    return begun(record,
                 record && set(record, "url", capture->url) && set(record, "date", capture->date) &&
                     set(record, "digest", capture->digest) && set(record, "type", capture->type));
}

bool record_fact(Record *record, const decant_fact *fact) {
    if (record->is_capture && json_object_get(record->object, fact->name)) return true;
    json_t *value = string_of(fact->value, fact->size);
    const bool is_author = strcmp(fact->name, "author") == 0;
    bool good = is_author ? json_array_append_new(record->authors, value) == 0
                          : json_object_set_new(record->object, fact->name, value) == 0;
    if (good && is_author && json_array_size(record->authors) == 1)
        good = json_object_set(record->object, "authors", record->authors) == 0;
    if (good)
        good = json_object_set_new(record->sources, is_author ? "authors" : fact->name,
                                   json_string(fact->source)) == 0;
    return good || out_of_memory();
}

bool record_text(Record *record, const decant_kept *kept) {
    return buffer_add(&record->text, kept->text, kept->size) || out_of_memory();
}

static int dump(const char *bytes, size_t size, void *user) {
    const Target *target = user;
    return target->write(target->user, bytes, size);
}

int record_write(Record *record, decant_write write, void *user) {
    Target target = {write, user};
    bool good = true;
    if (json_object_size(record->sources))
        good = json_object_set(record->object, "sources", record->sources) == 0;
    if (good)
        good = json_object_set_new(
                   record->object, "text",
                   string_of(record->text.bytes ? record->text.bytes : "", record->text.size)) == 0;
    if (!good) {
        out_of_memory();
        return -1;
    }
    if (json_dump_callback(record->object, dump, &target, JSON_COMPACT)) return -1;
    return write(user, "\n", 1);
}

void record_close(Record *record) {
    if (!record) return;
    json_decref(record->object);
    json_decref(record->sources);
    json_decref(record->authors);
    buffer_done(&record->text);
    free(record);
}
