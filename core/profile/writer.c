/* SPDX-License-Identifier: MIT
 * writer.c - lays a profile out: the header last, when it is known where everything stands. */
#include "profile/writer.h"

#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

/* A profile being laid out in the arena. */
typedef struct Layout {
    uint8_t *bytes;
    uint64_t used;
} Layout;

static uint64_t rounded(uint64_t size) {
    return (size + 7) & ~(uint64_t)7;
}

/* Begins a part of `count` things that take `size` bytes together. */
static uint8_t *begin_part(Layout *layout, LayoutPart part, uint64_t count, uint64_t size) {
    uint8_t *at = layout->bytes + layout->used;
    store64(layout->bytes + AT_PARTS + 16 * part, layout->used);
    store64(layout->bytes + AT_PARTS + 16 * part + 8, count);
    layout->used += rounded(size);
    return at;
}

static uint64_t bytes_of_samples(const Samples *samples) {
    uint64_t size = 0;
    for (size_t i = 0; i < samples->count; i++)
        size += SAMPLE_HEADER + samples->items[i].name_size + samples->items[i].line_size;
    return size;
}

static void write_samples(uint8_t *at, const Samples *samples) {
    for (size_t i = 0; i < samples->count; i++) {
        const Sample *sample = &samples->items[i];
        const size_t size = (size_t)sample->name_size + sample->line_size;
        store64(at, sample->site);
        store64(at + 8, sample->id);
        store32(at + 16, sample->name_size);
        store32(at + 20, sample->line_size);
        if (size) memcpy(at + SAMPLE_HEADER, sample->bytes, size);
        at += SAMPLE_HEADER + size;
    }
}

bool sample_next(Str *rest, SavedSample *ret) {
    if (rest->len < SAMPLE_HEADER) return false;
    const uint64_t name = load32(rest->at + 16), lines = load32(rest->at + 20);
    if (name > MOST_NAME || name + lines > rest->len - SAMPLE_HEADER) return false;
    const uint8_t *at = rest->at + SAMPLE_HEADER;
    *ret = (SavedSample){.site = load64(rest->at),
                         .id = load64(rest->at + 8),
                         .site_name = {at, (size_t)name},
                         .lines = {at + name, (size_t)lines}};
    *rest = (Str){at + name + lines, rest->len - SAMPLE_HEADER - (size_t)(name + lines)};
    return sampled_lines_are_whole(ret->lines);
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* How many things there are, before they are laid out. */
typedef struct TextSizes {
    uint64_t names, postings;
} TextSizes;

static TextSizes measure(const Texts *texts) {
    TextSizes sizes = {0, 0};
    for (size_t i = 0; i < texts->count; i++) {
        sizes.names += texts->items[i].name_size;
        sizes.postings += texts->items[i].entry_count;
    }
    return sizes;
}

/* A document's record, and its name at `name` of the names. */
static void write_record(uint8_t *at, const Text *text, uint8_t *names, uint64_t name) {
    const uint8_t *entries = text->bytes;
    uint32_t head = 0, opening = 0, noise = 0;
    for (uint32_t i = 0; i < text->entry_count; i++) {
        const TextPart part = entry_part(entries + (size_t)i * ENTRY_SIZE);
        head += part == TEXT_HEAD;
        opening += part <= TEXT_OPENING;
        noise += part == TEXT_NOISE;
    }
    store64(at + RECORD_ID, text->id);
    store64(at + RECORD_CONTENT, text->content);
    store32(at + RECORD_WORDS, text->words);
    store32(at + RECORD_HEAD, head);
    store32(at + RECORD_OPENING, opening);
    store32(at + RECORD_NAME, (uint32_t)name);
    store32(at + RECORD_NAME_SIZE, text->name_size);
    store32(at + RECORD_NOISE, noise);
    if (text->name_size)
        memcpy(names + name, text->bytes + (size_t)text->entry_count * ENTRY_SIZE, text->name_size);
}

/* All postings in the order of their hashes, hash above, part and document below. */
static uint64_t *sort_postings(const Texts *texts, uint64_t count, Arena *arena) {
    uint64_t *postings = arena_take(arena, (size_t)count, sizeof *postings), next = 0;
    if (!postings) return NULL;
    for (size_t i = 0; i < texts->count; i++) {
        const Text *text = &texts->items[i];
        for (uint32_t j = 0; j < text->entry_count; j++) {
            const uint8_t *entry = text->bytes + (size_t)j * ENTRY_SIZE;
            postings[next++] = (uint64_t)entry_hash(entry) << 32 |
                               (uint64_t)(entry_part(entry) & 7) << POSTING_BITS | i;
        }
    }
    if (count) qsort(postings, (size_t)count, sizeof *postings, compare_u64);
    return postings;
}

static void write_postings(const uint64_t *postings, uint64_t count, int bits, uint8_t *buckets,
                           uint8_t *at) {
    uint64_t next = 0;
    for (uint64_t bucket = 0; bucket <= (uint64_t)1 << bits; bucket++) {
        while (next < count && postings[next] >> (64 - bits) < bucket) next++;
        store32(buckets + 4 * bucket, (uint32_t)next);
    }
    for (uint64_t i = 0; i < count; i++, at += POSTING_SIZE) {
        store32(at, (uint32_t)(postings[i] >> 32));
        store32(at + 4, (uint32_t)postings[i]);
    }
}

static decant_status write_texts(Layout *layout, const Learned *learned, TextSizes sizes,
                                 Arena *arena) {
    const Texts *texts = &learned->texts;
    const uint64_t bucket_count = layout_buckets(learned->size);
    uint64_t *postings = sort_postings(texts, sizes.postings, arena);
    if (!postings) return DECANT_NO_MEMORY;
    uint8_t *records = begin_part(layout, PART_RECORDS, texts->count, texts->count * RECORD_SIZE);
    uint8_t *names = begin_part(layout, PART_NAMES, sizes.names, sizes.names);
    uint64_t name = 0;
    for (size_t i = 0; i < texts->count; i++, records += RECORD_SIZE) {
        write_record(records, &texts->items[i], names, name);
        name += texts->items[i].name_size;
    }
    uint8_t *buckets = begin_part(layout, PART_BUCKETS, bucket_count, bucket_count * 4);
    uint8_t *at = begin_part(layout, PART_POSTINGS, sizes.postings, sizes.postings * POSTING_SIZE);
    write_postings(postings, sizes.postings, layout_bucket_bits(learned->size), buckets, at);
    return DECANT_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void write_header(const Learned *learned, Layout layout) {
    uint8_t *header = layout.bytes;
    memcpy(header, LAYOUT_MAGIC, LAYOUT_MAGIC_SIZE);
    store64(header + AT_FILE_SIZE, layout.used);
    store64(header + AT_SIZE, learned->size);
    store64(header + AT_DOCUMENTS, learned->documents);
    store64(header + AT_LINES, learned->line_count);
    for (int i = 0; i < LEVELS; i++) store64(header + AT_COUNTS + 8 * i, learned->texts.counts[i]);
    store64(header + AT_LEVEL, (uint64_t)learned->texts.level);
    store64(header + AT_FORGOTTEN, learned->texts.end);
    store64(header + AT_CHECKSUM, profile_checksum((Str){header, (size_t)layout.used}));
}

static decant_status lay_out(Learned *learned, Arena *arena, Layout *ret) {
    const uint64_t sites = sketch_bytes(learned->sites), lines = sketch_bytes(learned->lines),
                   samples = bytes_of_samples(&learned->samples);
    const TextSizes sizes = measure(&learned->texts);
    const uint64_t most =
        LAYOUT_HEADER_SIZE + sites + lines + samples + learned->texts.count * RECORD_SIZE +
        sizes.names + layout_buckets(learned->size) * 4 + sizes.postings * POSTING_SIZE + 8 * PARTS;
    *ret = (Layout){.bytes = arena_alloc(arena, (size_t)most), .used = LAYOUT_HEADER_SIZE};
    if (!ret->bytes) return DECANT_NO_MEMORY;
    memcpy(begin_part(ret, PART_SITES, learned->sites.width * SKETCH_DEPTH, sites),
           learned->site_cells, (size_t)sites);
    memcpy(begin_part(ret, PART_LINES, learned->lines.width * SKETCH_DEPTH, lines),
           learned->line_cells, (size_t)lines);
    write_samples(begin_part(ret, PART_SAMPLES, samples, samples), &learned->samples);
    decant_status status = write_texts(ret, learned, sizes, arena);
    if (!status) write_header(learned, *ret);
    return status;
}

decant_status profile_save(Learned *learned, const decant_allocator *allocator, decant_write write,
                           void *user) {
    Arena arena;
    Layout layout;
    texts_settle(&learned->texts);
    samples_settle(&learned->samples);
    arena_init(&arena, allocator);
    decant_status status = lay_out(learned, &arena, &layout);
    if (!status && write(user, layout.bytes, (size_t)layout.used)) status = DECANT_STOPPED;
    arena_done(&arena);
    return status;
}
