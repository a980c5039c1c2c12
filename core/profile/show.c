/* SPDX-License-Identifier: MIT
 * show.c - what a profile knows, for a reader. */
#include "profile/keys.h"
#include "profile/profile.h"
#include "profile/writer.h"

#include <string.h>

enum { MOST_TURNS = 16 }; /* documents of a site whose lines are shown */

/* e * lines / width, the error of a count-min sketch: e is 2.71829, rounded up. */
static uint64_t error_of(uint64_t lines, uint64_t width) {
    const uint64_t whole = lines / width, rest = lines % width;
    return whole * 271829 / 100000 + rest * 271829 / 100000 / width + 1;
}

decant_status decant_profile_info(const void *data, size_t size, decant_profile_facts *ret) {
    Profile profile;
    if (!data || !ret) return DECANT_BAD_ARGUMENT;
    if (profile_read(&profile, data, size) || !profile_is_whole(&profile))
        return DECANT_BAD_PROFILE;
    const uint8_t *header = data;
    *ret = (decant_profile_facts){.size = load64(header + AT_SIZE),
                                  .documents = load64(header + AT_DOCUMENTS),
                                  .lines = load64(header + AT_LINES),
                                  .known = profile.parts[PART_RECORDS].count,
                                  .words = profile.parts[PART_POSTINGS].count,
                                  .line_error =
                                      error_of(load64(header + AT_LINES), profile.lines.width),
                                  .thinned = profile.level};
    return DECANT_OK;
}

/* A site's samples, one after the other. */
typedef struct SiteSamples {
    SavedSample items[MOST_TURNS];
    size_t count;
} SiteSamples;

static bool next_line(Str *rest, uint64_t *ret_line, Str *ret_text) {
    if (rest->len < 9 || rest->len - 9 < rest->at[8]) return false;
    *ret_line = load64(rest->at) & ~(uint64_t)3;
    *ret_text = (Str){rest->at + 9, rest->at[8]};
    *rest = (Str){ret_text->at + ret_text->len, rest->len - 9 - ret_text->len};
    return true;
}

/* Whether a line came before, in an earlier sample or earlier in its own. */
static bool is_told(const SiteSamples *site, size_t sample, const uint8_t *before, uint64_t line) {
    uint64_t other;
    Str text;
    for (size_t i = 0; i <= sample; i++) {
        Str rest = site->items[i].lines;
        while (next_line(&rest, &other, &text) && (i < sample || text.at < before))
            if (other == line) return true;
    }
    return false;
}

/* What is asked for, and who is told. */
typedef struct Telling {
    const Profile *profile;
    int share;
    int (*each)(void *user, const decant_profile_line *);
    void *user;
} Telling;

static bool tell_line(const Telling *telling, const SavedSample *sample, uint64_t line, Str text) {
    uint32_t places[PLACES] = {0};
    const uint32_t documents = profile_site(telling->profile, sample->site);
    profile_line(telling->profile, line, places);
    const uint64_t holders = (uint64_t)places[0] + places[1] + places[2];
    if (holders < 2 || permille(holders, documents) < telling->share) return true;
    const decant_profile_line told = {.site = (const char *)sample->site_name.at,
                                      .site_size = sample->site_name.len,
                                      .text = (const char *)text.at,
                                      .text_size = text.len,
                                      .documents = documents,
                                      .head = places[PLACE_HEAD],
                                      .middle = places[PLACE_MIDDLE],
                                      .tail = places[PLACE_TAIL]};
    return !telling->each(telling->user, &told);
}

static bool tell_site(const Telling *telling, const SiteSamples *site) {
    uint64_t line;
    Str text;
    for (size_t i = 0; i < site->count; i++) {
        Str rest = site->items[i].lines;
        while (next_line(&rest, &line, &text))
            if (!is_told(site, i, text.at, line) &&
                !tell_line(telling, &site->items[i], line, text))
                return false;
    }
    return true;
}

decant_status decant_profile_lines(const void *data, size_t size, const char *site, int share,
                                   int (*each)(void *user, const decant_profile_line *),
                                   void *user) {
    Profile profile;
    if (!data || !each) return DECANT_BAD_ARGUMENT;
    if (profile_read(&profile, data, size)) return DECANT_BAD_PROFILE;
    const Telling telling = {&profile, share, each, user};
    const uint64_t wanted = site ? key_of_name((Str){(const uint8_t *)site, strlen(site)}) : 0;
    SiteSamples group = {.count = 0};
    Str rest = {profile.parts[PART_SAMPLES].at, (size_t)profile.parts[PART_SAMPLES].count};
    SavedSample sample;
    while (sample_next(&rest, &sample)) {
        if (site && sample.site != wanted) continue;
        if (group.count && group.items[0].site != sample.site) {
            if (!tell_site(&telling, &group)) return DECANT_STOPPED;
            group.count = 0;
        }
        if (group.count < MOST_TURNS) group.items[group.count++] = sample;
    }
    return tell_site(&telling, &group) ? DECANT_OK : DECANT_STOPPED;
}
