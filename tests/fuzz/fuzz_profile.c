/* SPDX-License-Identifier: MIT
 * fuzz_profile.c - learns two texts, spoils the profile, and uses it all the same: cleans the first
 * text with it, shows it, merges it. The first byte tells how many patches of 9 bytes follow: a
 * part of the profile, or the header; where in it; and what is put there. The rest is the texts,
 * half and half. The checksum is made right again: a hostile profile's is. */
#include "decant.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_right) {
    if (!is_right) abort();
}

enum { SIZE = 1 << 20, PATCH = 9 };

static int add_imprint(void *user, const decant_imprint *imprint) {
    return decant_profile_add(user, imprint->data, imprint->size) != DECANT_OK;
}

static int copy(void *user, const void *data, size_t size) {
    Str *copied = user;
    uint8_t *bytes = malloc(size); /* of its own size: sanitizers see what is read behind it */
    check(bytes && !copied->at);
    *copied = (Str){memcpy(bytes, data, size), size};
    return 0;
}

static void feed(decant *pipeline, const char *name, Str text) {
    check(!decant_start(pipeline, name) && !decant_feed(pipeline, text.at, text.len) &&
          !decant_finish(pipeline));
}

/* A profile of two texts of one site. */
static Str learn(Str one, Str other) {
    decant_profile *profile = NULL;
    decant *pipeline = NULL;
    Str bytes = {NULL, 0};
    decant_options options = DECANT_OPTIONS_INIT;
    options.url = "http://site.example/";
    check(!decant_profile_open(&profile, SIZE, NULL));
    const decant_sink sink = {.user = profile, .imprint = add_imprint};
    check(!decant_open(&pipeline, &options, &sink));
    feed(pipeline, "one", one);
    feed(pipeline, "other", other);
    check(!decant_profile_write(profile, copy, &bytes));
    decant_close(pipeline);
    decant_profile_close(profile);
    return bytes;
}

/* Puts four bytes into a part, or a number of the header. */
static void patch(uint8_t *bytes, const Profile *profile, const uint8_t *how) {
    const uint32_t where = load32(how + 1), value = load32(how + 5);
    const uint8_t *const ends = profile->bytes.at + profile->bytes.len;
    if (*how % (PARTS + 1) == PARTS) {
        const size_t at = 8 + where % (LAYOUT_HEADER_SIZE - 8) / 8 * 8;
        store64(bytes + at, value >> 31 ? UINT64_MAX - value : value);
        return;
    }
    const uint8_t *part = profile->parts[*how % (PARTS + 1)].at;
    const size_t room = (size_t)(ends - part);
    if (room >= 4) store32(bytes + (part - profile->bytes.at) + where % (room - 3), value);
}

static int count_line(void *user, const decant_profile_line *line) {
    *(size_t *)user += line->text_size + line->site_size;
    return 0;
}

static int check_dropped(void *user, const decant_dropped *dropped) {
    (void)user;
    uint64_t sum = 0;
    for (size_t i = 0; i < dropped->known_size; i++) sum += (uint8_t)dropped->known_as[i];
    check(sum <= 256 * 255 && dropped->confidence >= 0 && dropped->confidence <= 1000);
    return 0;
}

static void use(Str bytes, Str text) {
    size_t told = 0;
    decant *pipeline = NULL;
    decant_profile *sum = NULL;
    decant_options options = DECANT_OPTIONS_INIT;
    const decant_sink sink = {.dropped = check_dropped};
    options.url = "http://site.example/";
    check(!decant_open(&pipeline, &options, &sink) && !decant_profile_open(&sum, SIZE, NULL));
    const decant_status status = decant_use_profile(pipeline, bytes.at, bytes.len);
    check(status == DECANT_OK || status == DECANT_BAD_PROFILE);
    check(decant_profile_lines(bytes.at, bytes.len, NULL, 0, count_line, &told) == status);
    feed(pipeline, "one", text);
    Str merged = {NULL, 0};
    const decant_status merging = decant_profile_merge(sum, bytes.at, bytes.len);
    check(merging == DECANT_OK || merging == DECANT_BAD_PROFILE);
    check(!decant_profile_write(sum, copy, &merged) && merged.len <= SIZE);
    decant_profile_facts facts;
    check(!decant_profile_info(merged.at, merged.len, &facts));
    free((void *)(uintptr_t)merged.at);
    decant_close(pipeline);
    decant_profile_close(sum);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { MOST_PATCHES = 16 };
    if (!size) return 0;
    size_t patches = data[0] % MOST_PATCHES;
    if (patches * PATCH >= size) patches = (size - 1) / PATCH;
    const uint8_t *text = data + 1 + patches * PATCH;
    const size_t left = size - 1 - patches * PATCH;
    const Str one = {text, left / 2}, other = {text + left / 2, left - left / 2};
    const Str bytes = learn(one, other);
    uint8_t *spoiled = malloc(bytes.len);
    Profile profile;
    check(spoiled && !profile_read(&profile, bytes.at, bytes.len));
    memcpy(spoiled, bytes.at, bytes.len);
    for (size_t i = 0; i < patches; i++) patch(spoiled, &profile, data + 1 + i * PATCH);
    store64(spoiled + AT_CHECKSUM, profile_checksum((Str){spoiled, bytes.len}));
    use((Str){spoiled, bytes.len}, one);
    free(spoiled);
    free((void *)(uintptr_t)bytes.at);
    return 0;
}
