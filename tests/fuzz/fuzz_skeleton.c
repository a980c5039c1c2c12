/* SPDX-License-Identifier: MIT
 * fuzz_skeleton.c - writes the skeleton of any bytes and stops hard where its rows do not lead back
 * to the page in order, or where its signs and its rows do not agree. */
#include "segment/skeleton.h"

#include "language/letters.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_right) {
    if (!is_right) abort();
}

static void check_tags(const Skeleton *skeleton, size_t size) {
    for (size_t i = 0; i < skeleton->tag_count; i++) {
        const SkeletonTag *tag = &skeleton->tags[i];
        check(tag->at < skeleton->bytes.len && skeleton->bytes.at[tag->at] == '<');
        check(tag->start < tag->inside && tag->inside < tag->end && tag->end <= size);
        check(i == 0 || (tag->at > tag[-1].at && tag->start >= tag[-1].end));
    }
}

static void check_texts(const Skeleton *skeleton, size_t size) {
    for (size_t i = 0; i < skeleton->text_count; i++) {
        const SkeletonText *text = &skeleton->texts[i];
        check(text->start < text->end && text->end <= size);
        check(text->link <= skeleton->link_count);
        check(i == 0 || (text->start >= text[-1].end && text->at > text[-1].at));
    }
}

/* Texts stand in the skeleton once each, in their order. Names of unknown tags may hold any sign,
 * so what stands between < and > does not count. */
static void check_codes(const Skeleton *skeleton) {
    const uint8_t *at = skeleton->bytes.at, *end = at + skeleton->bytes.len;
    size_t next = 0;
    for (bool in_tag = false; at < end;) {
        const Letter letter = letter_read(at, end);
        if (letter.code == '<') in_tag = true;
        if (!in_tag && skeleton_text(letter.code) != SIZE_MAX)
            check(skeleton_text(letter.code) == next++);
        if (letter.code == '>') in_tag = false;
        at += letter.size;
    }
    check(next == skeleton->text_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena arena;
    Skeleton skeleton;
    arena_init(&arena, allocator_default());
    check(skeleton_write(&skeleton, &arena, (Str){data, size}, TAG_UNKNOWN, false) == DECANT_OK);
    check_tags(&skeleton, size);
    check_texts(&skeleton, size);
    check_codes(&skeleton);
    arena_done(&arena);
    return 0;
}
