/* SPDX-License-Identifier: MIT
 * learner.c - a profile while it is learned: decant_profile of the public header. */
#include "profile/keys.h"
#include "profile/profile.h"
#include "profile/samples.h"
#include "profile/texts.h"
#include "profile/writer.h"

#include <stdio.h>
#include <string.h>

enum { SENTENCE_SIZE = 160 };
static const uint64_t LEAST_SIZE = (uint64_t)1 << 20, MOST_SIZE = (uint64_t)64 << 30;

struct decant_profile {
    decant_allocator allocator;
    Learned learned;
    char sentence[SENTENCE_SIZE];
};

static decant_status tell(decant_profile *profile, decant_status status, const char *sentence) {
    snprintf(profile->sentence, sizeof profile->sentence, "%s", sentence);
    return status;
}

static uint8_t *take_cells(const decant_allocator *allocator, Sketch sketch) {
    const size_t size = (size_t)sketch_bytes(sketch);
    uint8_t *cells = allocator->resize(allocator->user, NULL, 0, size);
    return cells ? memset(cells, 0, size) : NULL;
}

static decant_status open_parts(decant_profile *profile, uint64_t size) {
    Learned *learned = &profile->learned;
    *learned = (Learned){.size = size,
                         .sites = {layout_site_width(size), 1},
                         .lines = {layout_line_width(size), PLACES},
                         .texts = {.allocator = &profile->allocator,
                                   .room = layout_text_bytes(size),
                                   .end = UINT64_MAX},
                         .samples = {.allocator = &profile->allocator,
                                     .most = (size_t)(layout_sample_bytes(size) / SAMPLE_BYTES)}};
    learned->site_cells = take_cells(&profile->allocator, learned->sites);
    learned->line_cells = take_cells(&profile->allocator, learned->lines);
    if (learned->site_cells && learned->line_cells) return DECANT_OK;
    return tell(profile, DECANT_NO_MEMORY, "out of memory for a profile of this size");
}

decant_status decant_profile_open(decant_profile **ret, size_t size,
                                  const decant_allocator *allocator) {
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    if (!allocator) allocator = allocator_default();
    decant_profile *profile = allocator->resize(allocator->user, NULL, 0, sizeof *profile);
    if (!profile) return DECANT_NO_MEMORY;
    memset(profile, 0, sizeof *profile);
    profile->allocator = *allocator;
    *ret = profile;
    if (size < LEAST_SIZE || size > MOST_SIZE)
        return tell(profile, DECANT_BAD_ARGUMENT, "a profile must be from 1 MiB to 64 GiB");
    return open_parts(profile, size);
}

void decant_profile_close(decant_profile *profile) {
    if (!profile) return;
    decant_allocator allocator = profile->allocator;
    Learned *learned = &profile->learned;
    if (learned->site_cells)
        allocator.release(allocator.user, learned->site_cells, sketch_bytes(learned->sites));
    if (learned->line_cells)
        allocator.release(allocator.user, learned->line_cells, sketch_bytes(learned->lines));
    texts_done(&learned->texts);
    samples_done(&learned->samples);
    allocator.release(allocator.user, profile, sizeof *profile);
}

const char *decant_profile_error(const decant_profile *profile) {
    return profile ? profile->sentence : "out of memory: there is no profile";
}

/* Whether it was opened well. */
static decant_status demand_open(decant_profile *profile) {
    if (!profile) return DECANT_BAD_ARGUMENT;
    if (profile->learned.line_cells && profile->learned.site_cells) return DECANT_OK;
    return tell(profile, DECANT_BAD_ARGUMENT, "the profile was not opened");
}

static decant_status settle(decant_profile *profile, decant_status status) {
    return status ? tell(profile, status, "out of memory") : DECANT_OK;
}

decant_status decant_profile_add(decant_profile *profile, const void *imprint, size_t size) {
    Imprint read;
    decant_status status = demand_open(profile);
    if (status) return status;
    if (!imprint || !imprint_read((Str){imprint, size}, &read))
        return tell(profile, DECANT_BAD_ARGUMENT, "the bytes are no imprint of this version");
    Learned *learned = &profile->learned;
    if (read.site_name.len) sketch_add(learned->sites, learned->site_cells, read.site, 0);
    for (uint32_t i = 0; i < read.line_count; i++) {
        const uint64_t line = load64(read.lines + (size_t)i * 8);
        const uint64_t place = line & 3;
        sketch_add(learned->lines, learned->line_cells, line & ~(uint64_t)3,
                   place < PLACES ? (int)place : PLACE_MIDDLE);
    }
    learned->documents++;
    learned->line_count += read.line_count;
    status = texts_add(&learned->texts, &read);
    if (!status && read.site_name.len) status = samples_add(&learned->samples, &read);
    return settle(profile, status);
}

/* ---- merging --------------------------------------------------------------------------------- */

static decant_status merge_samples(Samples *samples, const Profile *other) {
    Str rest = {other->parts[PART_SAMPLES].at, (size_t)other->parts[PART_SAMPLES].count};
    SavedSample saved;
    decant_status status = DECANT_OK;
    while (!status && sample_next(&rest, &saved)) {
        const Imprint imprint = {.site = saved.site,
                                 .id = saved.id,
                                 .site_name = saved.site_name,
                                 .samples = saved.lines};
        status = samples_add(samples, &imprint);
    }
    return status;
}

/* Deals the postings of another profile out to its documents: where each one's entries begin. */
static decant_status merge_texts(Learned *learned, const Profile *other, Arena *arena) {
    const uint64_t documents = other->parts[PART_RECORDS].count,
                   postings = other->parts[PART_POSTINGS].count;
    uint64_t *begins = arena_array(arena, (size_t)documents + 1, sizeof *begins);
    uint8_t *entries = arena_take(arena, (size_t)postings, ENTRY_SIZE);
    if (!begins || !entries) return DECANT_NO_MEMORY;
    for (uint64_t i = 0; i < postings; i++) {
        const uint32_t text = profile_posting(other, i).text;
        if (text < documents) begins[text + 1]++;
    }
    for (uint64_t i = 0; i < documents; i++) begins[i + 1] += begins[i];
    uint64_t *next = arena_take(arena, (size_t)documents, sizeof *next);
    if (!next) return DECANT_NO_MEMORY;
    if (documents) memcpy(next, begins, (size_t)documents * sizeof *next);
    for (uint64_t i = 0; i < postings; i++) {
        const Posting posting = profile_posting(other, i);
        if (posting.text >= documents) continue;
        uint8_t *entry = entries + next[posting.text]++ * ENTRY_SIZE;
        entry_store(entry, posting.hash, posting.part);
    }
    decant_status status = DECANT_OK;
    for (uint32_t i = 0; i < documents && !status; i++) {
        ProfileText text;
        if (!profile_text(other, i, &text)) continue;
        const Imprint imprint = {.id = text.id,
                                 .content = text.content,
                                 .words = text.words,
                                 .id_name = text.name,
                                 .entries = entries + begins[i] * ENTRY_SIZE,
                                 .entry_count = (uint32_t)(begins[i + 1] - begins[i])};
        status = texts_add_known(&learned->texts, &imprint);
    }
    return status;
}

static decant_status merge(Learned *learned, const Profile *other,
                           const decant_allocator *allocator) {
    const uint8_t *header = other->bytes.at;
    uint64_t counts[LEVELS];
    for (int i = 0; i < LEVELS; i++) counts[i] = load64(header + AT_COUNTS + 8 * i);
    sketch_merge(learned->sites, learned->site_cells, other->parts[PART_SITES].at);
    sketch_merge(learned->lines, learned->line_cells, other->parts[PART_LINES].at);
    learned->documents += load64(header + AT_DOCUMENTS);
    learned->line_count += load64(header + AT_LINES);
    texts_merge_counts(&learned->texts, counts, other->level, load64(header + AT_FORGOTTEN));
    Arena arena;
    arena_init(&arena, allocator);
    decant_status status = merge_texts(learned, other, &arena);
    arena_done(&arena);
    return status ? status : merge_samples(&learned->samples, other);
}

decant_status decant_profile_merge(decant_profile *profile, const void *data, size_t size) {
    Profile other;
    decant_status status = demand_open(profile);
    if (status) return status;
    if (!data || profile_read(&other, data, size))
        return tell(profile, DECANT_BAD_PROFILE, "no profile that this version reads");
    if (!profile_is_whole(&other))
        return tell(profile, DECANT_BAD_PROFILE, "the profile is damaged: its checksum is another");
    if (load64(other.bytes.at + AT_SIZE) != profile->learned.size)
        return tell(profile, DECANT_BAD_PROFILE, "the profile is of another size");
    return settle(profile, merge(&profile->learned, &other, &profile->allocator));
}

decant_status decant_profile_write(decant_profile *profile, decant_write write, void *user) {
    decant_status status = demand_open(profile);
    if (status) return status;
    if (!write) return tell(profile, DECANT_BAD_ARGUMENT, "write: there is nowhere to write to");
    status = profile_save(&profile->learned, &profile->allocator, write, user);
    return status == DECANT_STOPPED ? tell(profile, status, "writing the profile was stopped")
                                    : settle(profile, status);
}
