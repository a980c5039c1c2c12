/* SPDX-License-Identifier: MIT
 * profile.h - a profile's bytes, read where they stand. The header and where its parts lie are
 * checked at once; all else is checked when it is met, so that no bytes do any harm. */
#ifndef PROFILE_PROFILE_H
#define PROFILE_PROFILE_H

#include "decant.h"
#include "profile/imprint.h"
#include "profile/sketch.h"

/* Part of the file: `count` things from `at` on. */
typedef struct ProfilePart {
    const uint8_t *at;
    uint64_t count;
} ProfilePart;

typedef struct Profile {
    Str bytes;
    Sketch sites, lines;
    ProfilePart parts[PARTS];
    int level, bucket_bits;
} Profile;

/* Reads the header; DECANT_BAD_PROFILE where it is none, or its parts do not lie in the bytes. */
decant_status profile_read(Profile *ret, const void *data, size_t size);

/* The sum of all bytes behind the checksum. */
uint64_t profile_checksum(Str bytes);
bool profile_is_whole(const Profile *profile);

/* How many documents of a site were learned; how many of them hold a line, and where. */
uint32_t profile_site(const Profile *profile, uint64_t site);
void profile_line(const Profile *profile, uint64_t line, uint32_t ret_places[PLACES]);

/* A document whose text is known. */
typedef struct ProfileText {
    uint64_t id, content;
    uint32_t words;
    uint32_t head, opening; /* how many hashes of its head, and of head and opening, are known */
    uint32_t noise;         /* and of lines that went */
    Str name;
} ProfileText;

/* False for a number that no document has. */
bool profile_text(const Profile *profile, uint32_t number, ProfileText *ret);

/* Which documents say these words in a row: postings first to end. */
typedef struct PostingRange {
    uint64_t first, end;
} PostingRange;

PostingRange profile_find(const Profile *profile, uint32_t hash);

/* Ask memory for what profile_find will read of a hash, first its bucket, then its postings. */
void profile_fetch_bucket(const Profile *profile, uint32_t hash);
void profile_fetch_postings(const Profile *profile, uint32_t hash);

typedef struct Posting {
    uint32_t hash, text;
    TextPart part;
} Posting;

Posting profile_posting(const Profile *profile, uint64_t number);

#endif
