/* SPDX-License-Identifier: MIT
 * record.c - gathers a record and prints it by jansson, keys in the order they came. */
#include "record.h"

#include "message.h"
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct Record {
    json_t *object, *sources, *authors;
    char *text;
    size_t size, capacity;
};

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

Record *record_open(const char *name) {
    Record *record = calloc(1, sizeof *record);
    if (record) {
        record->object = json_object();
        record->sources = json_object();
        record->authors = json_array();
    }
    if (record && json_object_set_new(record->object, "doc", string_of(name, strlen(name))) == 0)
        return record;
    record_close(record);
    out_of_memory();
    return NULL;
}

bool record_fact(Record *record, const decant_fact *fact) {
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
    if (kept->size > record->capacity - record->size) {
        size_t capacity = record->capacity ? record->capacity : 4096;
        while (capacity - record->size < kept->size && capacity <= SIZE_MAX / 2) capacity *= 2;
        char *grown = realloc(record->text, capacity);
        if (!grown) return out_of_memory();
        record->text = grown;
        record->capacity = capacity;
    }
    if (kept->size) memcpy(record->text + record->size, kept->text, kept->size);
    record->size += kept->size;
    return true;
}

static int dump(const char *bytes, size_t size, void *output) {
    return output_write(output, bytes, size);
}

int record_write(Record *record, Output *output) {
    bool good = true;
    if (json_object_size(record->sources))
        good = json_object_set(record->object, "sources", record->sources) == 0;
    if (good)
        good = json_object_set_new(record->object, "text",
                                   string_of(record->text ? record->text : "", record->size)) == 0;
    if (!good) {
        out_of_memory();
        return -1;
    }
    if (json_dump_callback(record->object, dump, output, JSON_COMPACT)) return -1;
    return output_text(output, "\n");
}

void record_close(Record *record) {
    if (!record) return;
    json_decref(record->object);
    json_decref(record->sources);
    json_decref(record->authors);
    free(record->text);
    free(record);
}
