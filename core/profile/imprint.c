/* SPDX-License-Identifier: MIT
 * imprint.c - writes and reads imprints. Only what stays of a document counts as what it says; of
 * its lines all do: what a site repeats is told by how often, not by a verdict. */
#include "profile/imprint.h"

#include "document/stretch.h"
#include "language/words.h"
#include "profile/keys.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC "decantI1"

/* An imprint's bytes: these numbers, then lines, entries, names and samples. */
enum {
    AT_ID = 8,
    AT_CONTENT = 16,
    AT_SITE = 24,
    AT_WORDS = 32,
    AT_LINE_COUNT = 36,
    AT_ENTRY_COUNT = 40,
    AT_ID_SIZE = 44,
    AT_SITE_SIZE = 48,
    AT_SAMPLE_SIZE = 52,
    AT_END = 56
};

enum { LINE_SIZE = 8, DESCRIPTION_WORDS = 200 };

/* What an imprint is made of while it is gathered. */
typedef struct Gathered {
    uint64_t *lines; /* key and place, as they came; sorted in the end */
    size_t line_count;
    uint64_t *entries; /* hash above, TextPart below */
    size_t entry_count, entry_capacity;
    uint8_t *samples;
    size_t sample_size;
    uint32_t words;
} Gathered;

/* Sorts, and leaves of those that agree in the bits above `below` the first alone. How many are
 * left. */
static size_t sort_once(uint64_t *values, size_t count, int below) {
    size_t kept = 0;
    if (count) qsort(values, count, sizeof *values, compare_u64);
    for (size_t i = 0; i < count; i++)
        if (!kept || values[kept - 1] >> below != values[i] >> below) values[kept++] = values[i];
    return kept;
}

/* ---- what it says ---------------------------------------------------------------------------- */

static void add_entry(Gathered *gathered, uint32_t hash, TextPart part) {
    if (!text_is_known(hash, part, 0) || gathered->entry_count == gathered->entry_capacity) return;
    gathered->entries[gathered->entry_count++] = (uint64_t)hash << 32 | part;
}

static TextPart part_at(uint64_t word) {
    return word <= HEAD_WORDS ? TEXT_HEAD : word <= OPENING_WORDS ? TEXT_OPENING : TEXT_REST;
}

/* Adds the words of blocks that stay, as one text. */
static void add_text(Gathered *gathered, const Document *document) {
    Shingler shingler = {.count = 0};
    for (size_t i = 0; i < document->block_count; i++) {
        const Str text = document->blocks[i].text;
        const uint8_t *at = text.at, *end = text.at + text.len;
        if (document->blocks[i].verdict.drop) continue;
        for (uint32_t word; (word = word_next(&at, end)); gathered->words++) {
            if (shingler.count == MOST_WORDS) continue;
            const uint32_t hash = shingle_add(&shingler, word);
            if (hash) add_entry(gathered, hash, part_at(shingler.count - SHINGLE + 1));
        }
    }
}

static void add_description(Gathered *gathered, Str text) {
    if (!text.len) return;
    Shingler shingler = {.count = 0};
    const uint8_t *at = text.at, *end = text.at + text.len;
    for (uint32_t word; shingler.count < DESCRIPTION_WORDS && (word = word_next(&at, end));) {
        const uint32_t hash = shingle_add(&shingler, word);
        if (hash) add_entry(gathered, hash, TEXT_HEAD);
    }
}

/* Adds a line that is told by all its words. */
static void add_line(Gathered *gathered, Str text, TextPart part, size_t least) {
    size_t words;
    const uint32_t hash = key_of_words(text, &words);
    if (words >= least) add_entry(gathered, hash, part);
}

/* The document's lines, by all their words; what stays is told from what goes by the lowest bit,
 * and comes first. How many there are. */
static size_t list_lines(const Document *document, uint64_t *ret_lines) {
    size_t count = 0;
    for (size_t i = 0; i < document->block_count;) {
        const Stretch stretch = stretch_at(document, i);
        size_t words;
        const uint64_t hash = key_of_words(
            (Str){document->blocks[i].text.at, stretch_bytes(document, i, stretch)}, &words);
        const bool goes =
            document->blocks[i].verdict.drop && document->blocks[stretch.end - 1].verdict.drop;
        if (words >= NOISE_WORDS) ret_lines[count++] = hash << 1 | goes;
        i = stretch.end;
    }
    if (count) qsort(ret_lines, count, sizeof *ret_lines, compare_u64);
    return count;
}

/* Adds the lines that go wherever they stand. */
static decant_status add_noise(Gathered *gathered, const Document *document) {
    uint64_t *lines = arena_take(document->arena, document->block_count, sizeof *lines);
    if (!lines) return DECANT_NO_MEMORY;
    const size_t count = list_lines(document, lines);
    for (size_t i = 0; i < count; i++) {
        const bool is_first = i == 0 || lines[i - 1] >> 1 != lines[i] >> 1;
        if (is_first && lines[i] & 1) add_entry(gathered, (uint32_t)(lines[i] >> 1), TEXT_NOISE);
    }
    return DECANT_OK;
}

static decant_status gather_text(Gathered *gathered, const Document *document) {
    const Metadata *metadata = document->page ? document->page->metadata : NULL;
    const size_t most = (document->raw.len < MOST_WORDS ? document->raw.len : MOST_WORDS) +
                        DESCRIPTION_WORDS + document->block_count + 1;
    gathered->entry_capacity = most;
    gathered->entries = arena_take(document->arena, most, sizeof *gathered->entries);
    if (!gathered->entries) return DECANT_NO_MEMORY;
    if (metadata) {
        add_line(gathered, metadata->fields[META_TITLE].value, TEXT_TITLE, TITLE_WORDS);
        add_description(gathered, metadata->fields[META_DESCRIPTION].value);
    }
    add_text(gathered, document);
    decant_status status = add_noise(gathered, document);
    gathered->entry_count = sort_once(gathered->entries, gathered->entry_count, 32);
    return status;
}

/* ---- its lines ------------------------------------------------------------------------------- */

Place place_of(const Document *document, const Block *block) {
    const uint64_t before = block->words_before,
                   after = (uint64_t)document->word_count - before - block->shape.words;
    if (before * 5 < document->word_count) return PLACE_HEAD;
    return after * 5 < document->word_count ? PLACE_TAIL : PLACE_MIDDLE;
}

/* Cuts a line to a preview, at a code point. */
static size_t preview_size(Str text) {
    size_t size = text.len < PREVIEW_BYTES ? text.len : PREVIEW_BYTES;
    while (size < text.len && size && (text.at[size] & 0xC0) == 0x80) size--;
    return size;
}

static void add_sample(Gathered *gathered, uint64_t line, Str text) {
    const size_t size = preview_size(text);
    uint8_t *at = gathered->samples + gathered->sample_size;
    store64(at, line);
    at[8] = (uint8_t)size;
    memcpy(at + 9, text.at, size);
    gathered->sample_size += 9 + size;
}

static decant_status gather_lines(Gathered *gathered, const Document *document, uint64_t site) {
    const size_t count = document->block_count;
    gathered->lines = arena_take(document->arena, count, sizeof *gathered->lines);
    gathered->samples = arena_take(document->arena, SAMPLE_LINES, 9 + PREVIEW_BYTES);
    if (!gathered->lines || !gathered->samples) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const Block *block = &document->blocks[i];
        const uint64_t key = key_of_line(site, block->text);
        if (!key) continue;
        const uint64_t line = (key & ~(uint64_t)3) | place_of(document, block);
        gathered->lines[gathered->line_count++] = line;
        if (i < SAMPLE_LINES / 2 || i + SAMPLE_LINES / 2 >= count)
            add_sample(gathered, line, block->text);
    }
    gathered->line_count = sort_once(gathered->lines, gathered->line_count, 2);
    return DECANT_OK;
}

/* ---- writing and reading --------------------------------------------------------------------- */

static Str shorten(Str name) {
    return (Str){name.at, name.len < MOST_NAME ? name.len : MOST_NAME};
}

static uint8_t *append(uint8_t *at, const void *bytes, size_t size) {
    if (size) memcpy(at, bytes, size);
    return at + size;
}

static uint8_t *append_entries(uint8_t *at, const Gathered *gathered) {
    for (size_t i = 0; i < gathered->entry_count; i++, at += ENTRY_SIZE)
        entry_store(at, (uint32_t)(gathered->entries[i] >> 32),
                    (TextPart)(uint32_t)gathered->entries[i]);
    return at;
}

static decant_status write(const Gathered *gathered, Arena *arena, uint64_t site, Str id, Str name,
                           Str *ret) {
    const size_t size = AT_END + gathered->line_count * LINE_SIZE +
                        gathered->entry_count * ENTRY_SIZE + id.len + name.len +
                        gathered->sample_size;
    uint8_t *bytes = arena_alloc(arena, size);
    if (!bytes) return DECANT_NO_MEMORY;
    memcpy(bytes, MAGIC, 8);
    store64(bytes + AT_ID, key_of_name(id));
    store64(bytes + AT_SITE, site);
    store32(bytes + AT_WORDS, gathered->words);
    store32(bytes + AT_LINE_COUNT, (uint32_t)gathered->line_count);
    store32(bytes + AT_ENTRY_COUNT, (uint32_t)gathered->entry_count);
    store32(bytes + AT_ID_SIZE, (uint32_t)id.len);
    store32(bytes + AT_SITE_SIZE, (uint32_t)name.len);
    store32(bytes + AT_SAMPLE_SIZE, (uint32_t)gathered->sample_size);
    uint8_t *at = bytes + AT_END;
    for (size_t i = 0; i < gathered->line_count; i++, at += LINE_SIZE)
        store64(at, gathered->lines[i]);
    const uint8_t *entries = at;
    at = append_entries(at, gathered);
    store64(bytes + AT_CONTENT, key_of_name((Str){entries, (size_t)(at - entries)}));
    at = append(at, id.at, id.len);
    at = append(at, name.at, name.len);
    append(at, gathered->samples, gathered->sample_size);
    *ret = (Str){bytes, size};
    return DECANT_OK;
}

decant_status imprint_make(const Document *document, Str id, Str site, Str *ret) {
    Gathered gathered = {.words = 0};
    const Str name = shorten(site);
    const uint64_t key = key_of_name(name);
    decant_status status = gather_text(&gathered, document);
    if (!status && name.len) status = gather_lines(&gathered, document, key);
    return status ? status : write(&gathered, document->arena, key, shorten(id), name, ret);
}

/* The next `count` things of `size` bytes; false where there are fewer. */
static bool take(Str *rest, uint64_t count, size_t size, const uint8_t **ret) {
    *ret = rest->at;
    if (count > rest->len / size) return false;
    *rest = (Str){rest->at + count * size, rest->len - (size_t)count * size};
    return true;
}

bool sampled_lines_are_whole(Str lines) {
    for (int i = 0; i < SAMPLE_LINES && lines.len; i++) {
        const size_t size = lines.len < 9 ? lines.len + 1 : 9u + lines.at[8];
        if (size > lines.len || size > 9 + PREVIEW_BYTES) return false;
        lines = (Str){lines.at + size, lines.len - size};
    }
    return lines.len == 0;
}

bool imprint_read(Str bytes, Imprint *ret) {
    if (bytes.len < AT_END || memcmp(bytes.at, MAGIC, 8) != 0) return false;
    const uint8_t *at = bytes.at;
    Str rest = {at + AT_END, bytes.len - AT_END};
    *ret = (Imprint){.id = load64(at + AT_ID),
                     .content = load64(at + AT_CONTENT),
                     .site = load64(at + AT_SITE),
                     .words = load32(at + AT_WORDS),
                     .line_count = load32(at + AT_LINE_COUNT),
                     .entry_count = load32(at + AT_ENTRY_COUNT),
                     .id_name = {NULL, load32(at + AT_ID_SIZE)},
                     .site_name = {NULL, load32(at + AT_SITE_SIZE)},
                     .samples = {NULL, load32(at + AT_SAMPLE_SIZE)}};
    return take(&rest, ret->line_count, LINE_SIZE, &ret->lines) &&
           take(&rest, ret->entry_count, ENTRY_SIZE, &ret->entries) &&
           take(&rest, ret->id_name.len, 1, &ret->id_name.at) && ret->id_name.len <= MOST_NAME &&
           take(&rest, ret->site_name.len, 1, &ret->site_name.at) &&
           ret->site_name.len <= MOST_NAME && take(&rest, ret->samples.len, 1, &ret->samples.at) &&
           rest.len == 0 && sampled_lines_are_whole(ret->samples);
}
