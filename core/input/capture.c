/* SPDX-License-Identifier: MIT
 * capture.c - what a WARC record holds: a page with HTTP's header in front, or a text that was made
 * of one. */
#include "base/arena.h"
#include "input/coding.h"
#include "input/header.h"

#include <stdio.h>
#include <string.h>

/* More codings in a row than anybody means. */
enum { CODINGS_MOST = 8 };

struct decant_capture_reader {
    decant_allocator allocator;
    Arena texts;
    Body body;
};

decant_status decant_capture_reader_open(decant_capture_reader **ret, size_t limit,
                                         const decant_allocator *allocator) {
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    if (!limit) return DECANT_BAD_ARGUMENT;
    if (!allocator) allocator = allocator_default();
    decant_capture_reader *reader = allocator->resize(allocator->user, NULL, 0, sizeof *reader);
    if (!reader) return DECANT_NO_MEMORY;
    reader->allocator = *allocator;
    arena_init(&reader->texts, &reader->allocator);
    body_init(&reader->body, &reader->allocator, limit);
    *ret = reader;
    return DECANT_OK;
}

void decant_capture_reader_close(decant_capture_reader *reader) {
    if (!reader) return;
    arena_done(&reader->texts);
    body_done(&reader->body);
    const decant_allocator allocator = reader->allocator;
    allocator.release(allocator.user, reader, sizeof *reader);
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static bool begins_with(Str bytes, const char *text) {
    const size_t size = strlen(text);
    return bytes.len >= size && memcmp(bytes.at, text, size) == 0;
}

static Str after(Str bytes, size_t size) {
    return (Str){bytes.at + size, bytes.len - size};
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* A copy that ends with NUL in *ret, or NULL for no text; false where memory is refused. */
static bool copy(decant_capture_reader *reader, Str text, const char **ret) {
    *ret = NULL;
    if (!text.len) return true;
    char *memory = arena_take(&reader->texts, text.len + 1, 1);
    if (!memory) return false;
    memcpy(memory, text.at, text.len);
    memory[text.len] = 0;
    *ret = memory;
    return true;
}

/* Without what stands around it on both sides. */
static Str unwrap(Str text, char first, char last) {
    const bool is_wrapped =
        text.len > 1 && text.at[0] == (uint8_t)first && text.at[text.len - 1] == (uint8_t)last;
    return is_wrapped ? (Str){text.at + 1, text.len - 2} : text;
}

static bool copy_names(decant_capture_reader *reader, Str header, decant_capture *ret) {
    const Str digest = header_field(header, "WARC-Payload-Digest");
    return copy(reader, unwrap(header_field(header, "WARC-Target-URI"), '<', '>'), &ret->url) &&
           copy(reader, header_field(header, "WARC-Date"), &ret->date) &&
           copy(reader, unwrap(header_field(header, "WARC-Record-ID"), '<', '>'), &ret->id) &&
           copy(reader, digest.len ? digest : header_field(header, "WARC-Block-Digest"),
                &ret->digest);
}

/* A parameter's value, such as of charset in "text/html; charset=utf-8"; empty where it is none. */
static Str find_parameter(Str list, const char *name) {
    Str item;
    while (header_item(&list, ';', &item)) {
        const uint8_t *equals = memchr(item.at, '=', item.len);
        if (!equals) continue;
        const size_t size = (size_t)(equals - item.at);
        if (!header_is(header_trim((Str){item.at, size}), name)) continue;
        const Str value = header_trim((Str){equals + 1, item.len - size - 1});
        return unwrap(unwrap(value, '"', '"'), '\'', '\'');
    }
    return (Str){NULL, 0};
}

/* Media type and charset of a Content-Type. */
static bool copy_type(decant_capture_reader *reader, Str field, decant_capture *ret) {
    Str list = field, type = {NULL, 0};
    header_item(&list, ';', &type);
    if (!copy(reader, find_parameter(list, "charset"), &ret->charset)) return false;
    if (!type.len) return true;
    char *small = arena_take(&reader->texts, type.len + 1, 1);
    if (!small) return false;
    for (size_t i = 0; i < type.len; i++) {
        const char sign = (char)type.at[i];
        small[i] = sign >= 'A' && sign <= 'Z' ? (char)(sign | 32) : sign;
    }
    small[type.len] = 0;
    ret->type = small;
    return true;
}

static decant_from from_of(const char *type) {
    if (!type) return DECANT_AUTO;
    if (!strcmp(type, "text/html") || !strcmp(type, "application/xhtml+xml")) return DECANT_HTML;
    return strcmp(type, "text/plain") ? DECANT_AUTO : DECANT_TEXT;
}

/* ---- HTTP ----------------------------------------------------------------------------------- */

/* The three digits behind "HTTP/1.1 "; 0 where they are none. */
static int read_status(Str head) {
    const uint8_t *space = memchr(head.at, ' ', head.len < 16 ? head.len : 16);
    uint64_t status;
    if (!space || head.at + head.len - space < 4) return 0;
    return header_number((Str){space + 1, 3}, &status) ? (int)status : 0;
}

/* Adds the items of all fields of that name. */
static size_t add_codings(Str head, const char *name, Str codings[CODINGS_MOST], size_t count) {
    Str list, coding;
    while (header_next(&head, name, &list))
        while (count < CODINGS_MOST && header_item(&list, ',', &coding)) codings[count++] = coding;
    return count;
}

/* The last coding was done last. */
static decant_status undo_codings(Body *body, const Str *codings, size_t count) {
    decant_status status = DECANT_OK;
    while (count > 0 && !status) status = body_undo(body, codings[--count]);
    return status;
}

/* Where nothing else changed its size, a body has the length its header says. */
static void check_length(Body *body, Str head) {
    uint64_t length;
    if (header_number(header_field(head, "Content-Length"), &length) && length > body->bytes.len)
        body_fault(body, "the body is shorter than its Content-Length");
}

/* A response's header. Those that only told to wait are passed over. */
static Str find_head(Body *body, Str block) {
    size_t size = header_size(block, 0);
    while (size && read_status(block) / 100 == 1 && begins_with(after(block, size), "HTTP/")) {
        block = after(block, size);
        size = header_size(block, 0);
    }
    if (!size) body_fault(body, "the HTTP header is cut short");
    const Str head = {block.at, size ? size : block.len};
    body->bytes = after(block, head.len);
    return head;
}

static decant_status read_http(decant_capture_reader *reader, Str block, decant_capture *ret) {
    Body *body = &reader->body;
    const Str head = find_head(body, block);
    Str codings[CODINGS_MOST];
    ret->status = read_status(head);
    if (!copy_type(reader, header_field(head, "Content-Type"), ret)) return DECANT_NO_MEMORY;
    const size_t packed = add_codings(head, "Content-Encoding", codings, 0);
    const size_t count = add_codings(head, "Transfer-Encoding", codings, packed);
    if (!count && ret->status != 304) check_length(body, head);
    return undo_codings(body, codings, count);
}

/* ---- records -------------------------------------------------------------------------------- */

/* The block behind a record's header, of the length that this says, and what is wrong with it. */
static Str find_block(Body *body, Str record, size_t header_end, Str header) {
    Str block = after(record, header.len);
    uint64_t length;
    if (!begins_with(record, "WARC/1.")) body_fault(body, "this is no WARC record");
    else if (!header_end) body_fault(body, "the WARC header is cut short");
    else if (!header_number(header_field(header, "Content-Length"), &length))
        body_fault(body, "the WARC header lacks a proper Content-Length");
    else if (length > block.len) body_fault(body, "the record is cut short");
    else block.len = (size_t)length;
    if (header_field(header, "WARC-Truncated").len)
        body_fault(body, "the record was cut short when it was captured");
    return block;
}

static decant_status read_block(decant_capture_reader *reader, Str header, Str block,
                                decant_capture *ret) {
    const Str type = header_field(header, "Content-Type");
    const bool is_conversion = header_is(header_field(header, "WARC-Type"), "conversion");
    const bool is_http = begins_with(type, "application/http") || begins_with(block, "HTTP/");
    decant_status status = DECANT_OK;
    reader->body.bytes = block;
    if (is_http && !is_conversion) status = read_http(reader, block, ret);
    else if (!copy_type(reader, type, ret)) status = DECANT_NO_MEMORY;
    ret->from = is_conversion ? DECANT_TEXT : from_of(ret->type);
    return status;
}

decant_status decant_capture_read(decant_capture_reader *reader, const void *data, size_t size,
                                  decant_capture *capture) {
    if (!reader || !capture || (size && !data)) return DECANT_BAD_ARGUMENT;
    Body *body = &reader->body;
    const Str record = {data, size};
    const size_t header_end = header_size(record, 0);
    const Str header = {record.at, header_end ? header_end : size};
    *capture = (decant_capture){0};
    arena_reset(&reader->texts);
    body_start(body, (Str){NULL, 0});
    const Str block = find_block(body, record, header_end, header);
    if (!copy_names(reader, header, capture)) return DECANT_NO_MEMORY;
    const decant_status status = read_block(reader, header, block, capture);
    body_cut(body);
    capture->body = (const char *)body->bytes.at;
    capture->size = body->bytes.len;
    capture->fault = body->fault[0] ? body->fault : NULL;
    return status;
}
