/* SPDX-License-Identifier: MIT
 * json_line.c - finds the fields of a line by their paths in one pass over it, and writes it again
 * around another string. */
#include "base/arena.h"
#include "input/json_scan.h"
#include "input/json_string.h"

#include <stdio.h>
#include <string.h>

enum { KEPT_SIZE = 1 << 20 };

/* The keys that lead to a field, and how far the reading has come on them. */
typedef struct Path {
    Str *keys;
    size_t count;    /* 0: the field is not asked for */
    size_t reached;  /* so many keys lead to the objects around */
    bool is_reached; /* the value that comes next is that of the next key, too */
} Path;

typedef struct Field {
    bool is_there, is_string;
    size_t start; /* of the string's first byte in the line, or the number's */
    JsonString string;
} Field;

struct decant_line {
    decant_allocator allocator;
    Arena keys, values; /* of the paths; of one line */
    Path paths[DECANT_LINE_FIELDS];
    Field fields[DECANT_LINE_FIELDS];
    Str bytes;
    char problem[128];
    const Field *writing; /* NULL: nothing is being written */
    decant_write write;
    void *user;
};

/* ---- paths ---------------------------------------------------------------------------------- */

/* The next key of a path, without the backslashes; moves *path behind the dot that follows, or to
 * NULL at the end. */
static Str read_key(const char **path, uint8_t *room) {
    const char *at = *path;
    size_t size = 0;
    for (; *at && *at != '.'; at++) {
        if (*at == '\\' && (at[1] == '.' || at[1] == '\\')) at++;
        room[size++] = (uint8_t)*at;
    }
    *path = *at ? at + 1 : NULL;
    return (Str){room, size};
}

static decant_status read_path(decant_line *line, Path *ret, const char *path) {
    const size_t most = strlen(path) + 1;
    uint8_t *room = arena_take(&line->keys, most, 1);
    ret->keys = arena_take(&line->keys, most, sizeof *ret->keys);
    if (!room || !ret->keys) return DECANT_NO_MEMORY;
    while (path) {
        const Str key = read_key(&path, room);
        if (!key.len) return DECANT_BAD_ARGUMENT;
        ret->keys[ret->count++] = key;
        room += key.len;
    }
    return DECANT_OK;
}

decant_status decant_line_open(decant_line **ret, const char *const *paths,
                               const decant_allocator *allocator) {
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    if (!paths) return DECANT_BAD_ARGUMENT;
    if (!allocator) allocator = allocator_default();
    decant_line *line = allocator->resize(allocator->user, NULL, 0, sizeof *line);
    if (!line) return DECANT_NO_MEMORY;
    *line = (decant_line){.allocator = *allocator};
    arena_init(&line->keys, &line->allocator);
    arena_init(&line->values, &line->allocator);
    decant_status status = DECANT_OK;
    for (int i = 0; i < DECANT_LINE_FIELDS && !status; i++)
        if (paths[i]) status = read_path(line, &line->paths[i], paths[i]);
    if (status) decant_line_close(line);
    else *ret = line;
    return status;
}

void decant_line_close(decant_line *line) {
    if (!line) return;
    arena_done(&line->keys);
    arena_done(&line->values);
    const decant_allocator allocator = line->allocator;
    allocator.release(allocator.user, line, sizeof *line);
}

const char *decant_line_error(const decant_line *line) {
    return line ? line->problem : "";
}

/* ---- reading -------------------------------------------------------------------------------- */

static decant_status tell(decant_line *line, size_t at, const char *problem) {
    memset(line->fields, 0, sizeof line->fields);
    snprintf(line->problem, sizeof line->problem, "%s at byte %zu", problem, at);
    return DECANT_BAD_INPUT;
}

static bool is_equal(Str a, Str b) {
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

/* A string token's bytes between the quotes. */
static Str within_quotes(const decant_line *line, const JsonToken *token) {
    return (Str){line->bytes.at + token->start + 1, token->end - token->start - 2};
}

/* A key: what it leads to replaces what an equal one before it led to. */
static decant_status take_key(decant_line *line, const JsonToken *token, bool has_escapes) {
    JsonString key = {.value = within_quotes(line, token)};
    const ArenaMark mark = arena_mark(&line->values);
    if (has_escapes && !json_string_decode(&key, &line->values, key.value, true))
        return DECANT_NO_MEMORY;
    for (int i = 0; i < DECANT_LINE_FIELDS; i++) {
        Path *path = &line->paths[i];
        if (path->reached == path->count || path->reached != token->depth - 1) continue;
        path->is_reached = is_equal(path->keys[path->reached], key.value);
        if (path->is_reached) line->fields[i] = (Field){false};
    }
    arena_rewind(&line->values, mark);
    return DECANT_OK;
}

/* The value at the end of a field's path. */
static decant_status take_field(decant_line *line, decant_line_field number, const JsonToken *token,
                                bool has_escapes) {
    Field *field = &line->fields[number];
    const bool is_string = token->kind == JSON_STRING;
    if (!is_string && (token->kind != JSON_NUMBER || number != DECANT_LINE_ID)) return DECANT_OK;
    const Str raw = is_string ? within_quotes(line, token)
                              : (Str){line->bytes.at + token->start, token->end - token->start};
    *field = (Field){true, is_string, (size_t)(raw.at - line->bytes.at), {raw, raw, NULL}};
    return json_string_decode(&field->string, &line->values, raw, is_string && has_escapes)
               ? DECANT_OK
               : DECANT_NO_MEMORY;
}

static decant_status take_value(decant_line *line, const JsonToken *token, bool has_escapes) {
    decant_status status = DECANT_OK;
    for (int i = 0; i < DECANT_LINE_FIELDS && !status; i++) {
        Path *path = &line->paths[i];
        if (!path->is_reached) continue;
        path->is_reached = false;
        if (path->reached + 1 == path->count)
            status = take_field(line, (decant_line_field)i, token, has_escapes);
        else if (token->kind == JSON_OBJECT) path->reached++;
    }
    return status;
}

static void leave_object(decant_line *line, const JsonToken *token) {
    for (int i = 0; i < DECANT_LINE_FIELDS; i++)
        if (line->paths[i].reached == token->depth && token->depth) line->paths[i].reached--;
}

static decant_status take_token(decant_line *line, const JsonToken *token, bool has_escapes) {
    if (token->kind == JSON_KEY) return take_key(line, token, has_escapes);
    if (token->kind == JSON_OBJECT_END) leave_object(line, token);
    else if (token->kind != JSON_ARRAY_END) return take_value(line, token, has_escapes);
    return DECANT_OK;
}

/* Memory that only a giant needed is given back. */
static void forget_line(decant_line *line) {
    memset(line->fields, 0, sizeof line->fields);
    for (int i = 0; i < DECANT_LINE_FIELDS; i++) {
        line->paths[i].reached = 0;
        line->paths[i].is_reached = false;
    }
    if (line->bytes.len > KEPT_SIZE) arena_done(&line->values);
    else arena_reset(&line->values);
    line->problem[0] = 0;
    line->writing = NULL;
}

decant_status decant_line_read(decant_line *line, const void *data, size_t size) {
    if (!line || (size && !data)) return DECANT_BAD_ARGUMENT;
    forget_line(line);
    line->bytes = (Str){data, size};
    JsonScan scan = {.bytes = line->bytes};
    JsonToken token;
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) scan.at = 3;
    while (json_scan_next(&scan, &token)) {
        if (!token.depth && token.kind != JSON_OBJECT && token.kind != JSON_OBJECT_END)
            return tell(line, token.start, "the line is no object");
        const decant_status status = take_token(line, &token, scan.has_escapes);
        if (status) memset(line->fields, 0, sizeof line->fields);
        if (status) return status;
    }
    return scan.problem ? tell(line, scan.at, scan.problem) : DECANT_OK;
}

/* ---- values --------------------------------------------------------------------------------- */

static const Field *find_field(const decant_line *line, decant_line_field field) {
    if (!line || (size_t)field >= DECANT_LINE_FIELDS) return NULL;
    return line->fields[field].is_there ? &line->fields[field] : NULL;
}

int decant_line_value(const decant_line *line, decant_line_field field, const char **text,
                      size_t *size) {
    const Field *found = find_field(line, field);
    if (!found || !text || !size) return 0;
    *text = (const char *)found->string.value.at;
    *size = found->string.value.len;
    return 1;
}

uint64_t decant_line_offset(const decant_line *line, decant_line_field field, uint64_t offset) {
    const Field *found = find_field(line, field);
    bool is_within;
    return found ? found->start + json_string_offset(&found->string, offset, &is_within) : 0;
}

/* ---- writing -------------------------------------------------------------------------------- */

static decant_status write_bytes(const decant_line *line, const void *bytes, size_t size) {
    return size && line->write(line->user, bytes, size) ? DECANT_STOPPED : DECANT_OK;
}

decant_status decant_line_begin(decant_line *line, decant_line_field field, decant_write write,
                                void *user) {
    const Field *found = find_field(line, field);
    if (!found || !found->is_string || !write) return DECANT_BAD_ARGUMENT;
    line->writing = found;
    line->write = write;
    line->user = user;
    return write_bytes(line, line->bytes.at, found->start);
}

decant_status decant_line_keep(decant_line *line, uint64_t start, uint64_t end) {
    if (!line || !line->writing) return DECANT_BAD_ARGUMENT;
    const JsonString *string = &line->writing->string;
    bool starts_within, ends_within;
    if (start > end || end > string->value.len) return DECANT_BAD_ARGUMENT;
    const size_t from = json_string_offset(string, start, &starts_within);
    const size_t to = json_string_offset(string, end, &ends_within);
    if (starts_within || ends_within) return DECANT_BAD_ARGUMENT;
    return write_bytes(line, string->raw.at + from, to - from);
}

decant_status decant_line_put(decant_line *line, const char *text, size_t size) {
    if (!line || !line->writing || (size && !text)) return DECANT_BAD_ARGUMENT;
    const uint8_t *bytes = (const uint8_t *)text;
    decant_status status = DECANT_OK;
    for (size_t at = 0; at < size && !status;) {
        const size_t plain = json_string_plain(bytes + at, size - at);
        status = write_bytes(line, bytes + at, plain);
        at += plain;
        if (status || at == size) break;
        char escape[JSON_ESCAPE_MOST];
        status = write_bytes(line, escape, json_string_escape(bytes[at++], escape));
    }
    return status;
}

decant_status decant_line_end(decant_line *line) {
    if (!line || !line->writing) return DECANT_BAD_ARGUMENT;
    const size_t from = line->writing->start + line->writing->string.raw.len;
    line->writing = NULL;
    return write_bytes(line, line->bytes.at + from, line->bytes.len - from);
}
