/* SPDX-License-Identifier: MIT
 * profile.c - checks a profile's header and looks things up in its parts. */
#include "profile/profile.h"

#include <string.h>

/* How many bytes a thing of each part takes. */
static const uint8_t sizes[PARTS] = {
    [PART_SITES] = SITE_CELL,      [PART_LINES] = LINE_CELL, [PART_SAMPLES] = 1,
    [PART_RECORDS] = RECORD_SIZE,  [PART_NAMES] = 1,         [PART_BUCKETS] = 4,
    [PART_POSTINGS] = POSTING_SIZE};

static bool read_part(Str bytes, int part, ProfilePart *ret) {
    const uint64_t start = load64(bytes.at + AT_PARTS + 16 * part),
                   count = load64(bytes.at + AT_PARTS + 16 * part + 8);
    if (start < LAYOUT_HEADER_SIZE || start > bytes.len) return false;
    if (count > (bytes.len - start) / sizes[part]) return false;
    *ret = (ProfilePart){bytes.at + start, count};
    return true;
}

decant_status profile_read(Profile *ret, const void *data, size_t size) {
    const Str bytes = {data, size};
    *ret = (Profile){.bytes = bytes};
    if (size < LAYOUT_HEADER_SIZE || memcmp(data, LAYOUT_MAGIC, LAYOUT_MAGIC_SIZE) != 0)
        return DECANT_BAD_PROFILE;
    if (load64(bytes.at + AT_FILE_SIZE) != size) return DECANT_BAD_PROFILE;
    for (int part = 0; part < PARTS; part++)
        if (!read_part(bytes, part, &ret->parts[part])) return DECANT_BAD_PROFILE;
    const uint64_t most = load64(bytes.at + AT_SIZE), level = load64(bytes.at + AT_LEVEL);
    ret->sites = (Sketch){layout_site_width(most), 1};
    ret->lines = (Sketch){layout_line_width(most), PLACES};
    ret->level = (int)level;
    ret->bucket_bits = layout_bucket_bits(most);
    const bool is_sound = level < LEVELS && ret->sites.width && ret->lines.width &&
                          ret->sites.width <= size && ret->lines.width <= size &&
                          ret->parts[PART_SITES].count == ret->sites.width * SKETCH_DEPTH &&
                          ret->parts[PART_LINES].count == ret->lines.width * SKETCH_DEPTH &&
                          ret->parts[PART_BUCKETS].count == layout_buckets(most);
    return is_sound ? DECANT_OK : DECANT_BAD_PROFILE;
}

uint64_t profile_checksum(Str bytes) {
    uint64_t sum = 0xCBF29CE484222325u;
    size_t at = AT_CHECKSUM + 8;
    for (; at + 8 <= bytes.len; at += 8) {
        sum = (sum ^ load64(bytes.at + at)) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> 29;
    }
    for (; at < bytes.len; at++) sum = (sum ^ bytes.at[at]) * 0x100000001B3u;
    return sum;
}

bool profile_is_whole(const Profile *profile) {
    return load64(profile->bytes.at + AT_CHECKSUM) == profile_checksum(profile->bytes);
}

uint32_t profile_site(const Profile *profile, uint64_t site) {
    uint32_t documents = 0;
    sketch_read(profile->sites, profile->parts[PART_SITES].at, site, &documents);
    return documents;
}

void profile_line(const Profile *profile, uint64_t line, uint32_t ret_places[PLACES]) {
    sketch_read(profile->lines, profile->parts[PART_LINES].at, line, ret_places);
}

bool profile_text(const Profile *profile, uint32_t number, ProfileText *ret) {
    const ProfilePart *names = &profile->parts[PART_NAMES];
    if (number >= profile->parts[PART_RECORDS].count) return false;
    const uint8_t *at = profile->parts[PART_RECORDS].at + (size_t)number * RECORD_SIZE;
    const uint32_t name = load32(at + RECORD_NAME), name_size = load32(at + RECORD_NAME_SIZE);
    if (name > names->count || name_size > names->count - name || name_size > MOST_NAME)
        return false;
    *ret = (ProfileText){.id = load64(at + RECORD_ID),
                         .content = load64(at + RECORD_CONTENT),
                         .words = load32(at + RECORD_WORDS),
                         .head = load32(at + RECORD_HEAD),
                         .opening = load32(at + RECORD_OPENING),
                         .noise = load32(at + RECORD_NOISE),
                         .name = {names->at + name, name_size}};
    return true;
}

Posting profile_posting(const Profile *profile, uint64_t number) {
    const uint8_t *at = profile->parts[PART_POSTINGS].at + number * POSTING_SIZE;
    const uint32_t text = load32(at + 4);
    return (Posting){.hash = load32(at),
                     .text = text & ((1u << POSTING_BITS) - 1),
                     .part = (TextPart)(text >> POSTING_BITS)};
}

/* The first posting from `first` on, before `end`, of this hash or a greater one. */
static uint64_t find_first(const Profile *profile, uint64_t first, uint64_t end, uint32_t hash) {
    while (first < end) {
        const uint64_t middle = first + (end - first) / 2;
        if (profile_posting(profile, middle).hash < hash) first = middle + 1;
        else end = middle;
    }
    return first;
}

/* Where the postings of a hash's bucket begin and end. */
static const uint8_t *bucket_of(const Profile *profile, uint32_t hash) {
    return profile->parts[PART_BUCKETS].at +
           4 * (size_t)((uint64_t)hash >> (32 - profile->bucket_bits));
}

void profile_fetch_bucket(const Profile *profile, uint32_t hash) {
    __builtin_prefetch(bucket_of(profile, hash));
}

void profile_fetch_postings(const Profile *profile, uint32_t hash) {
    const ProfilePart *postings = &profile->parts[PART_POSTINGS];
    const uint64_t first = load32(bucket_of(profile, hash));
    if (first < postings->count) __builtin_prefetch(postings->at + first * POSTING_SIZE);
}

PostingRange profile_find(const Profile *profile, uint32_t hash) {
    const uint64_t count = profile->parts[PART_POSTINGS].count;
    const uint8_t *bucket = bucket_of(profile, hash);
    const uint64_t first = load32(bucket), end = load32(bucket + 4);
    PostingRange none = {0, 0};
    if (first >= end || end > count) return none;
    const uint64_t found = find_first(profile, first, end, hash);
    return (PostingRange){found,
                          hash < UINT32_MAX ? find_first(profile, found, end, hash + 1) : end};
}
