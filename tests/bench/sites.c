/* SPDX-License-Identifier: MIT
 * sites.c - learns a profile of the documents on standard input, or cleans them with one:
 *
 *     sites learn PROFILE [KNOWN]  writes a profile of 64 MiB at most; KNOWN is used meanwhile
 *     sites clean ROUNDS [PROFILE] prints of each document its id, the ranges that stay, in its
 *                                  bytes, and a hash of its clean text
 *
 * A document is a line "id site bytes" and so many bytes; a site of "-" is what the page says.
 * Standard error gets "seconds" (processor time, of the fastest round), "writing" and "bytes" of
 * the profile, and "lookups" of words in a row and lines, a name and a number a line. */
#include "decant.h"
#include "language/words.h"
#include "profile/keys.h"
#include "profile/profile.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

typedef struct Sample {
    char id[64], site[64];
    char *text;
    size_t size;
} Sample;

typedef struct Bench {
    Sample *samples;
    size_t count;
    decant_profile *learned;
    Profile profile; /* to clean with */
    bool prints;
    uint64_t hash; /* of a document's clean text */
    uint64_t lookups;
} Bench;

static void demand(bool is_fine, const char *what) {
    if (is_fine) return;
    fprintf(stderr, "sites: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    demand(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "there is no clock");
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void read_samples(Bench *bench) {
    Sample sample;
    while (scanf("%63s %63s %zu", sample.id, sample.site, &sample.size) == 3) {
        demand(getchar() == '\n', "a document's line has no end");
        sample.text = malloc(sample.size + 1);
        demand(sample.text && fread(sample.text, 1, sample.size, stdin) == sample.size,
               "a document is cut short");
        if (!(bench->count & (bench->count - 1))) {
            const size_t capacity = bench->count ? bench->count * 2 : 1;
            bench->samples = realloc(bench->samples, capacity * sizeof *bench->samples);
            demand(bench->samples, "out of memory");
        }
        bench->samples[bench->count++] = sample;
    }
}

static void feed(decant *pipeline, const Sample *sample) {
    const decant_about about = {.size = sizeof about,
                                .id = sample->id,
                                .site = strcmp(sample->site, "-") != 0 ? sample->site : NULL};
    demand(!decant_start_about(pipeline, sample->id, &about) &&
               !decant_feed(pipeline, sample->text, sample->size) && !decant_finish(pipeline),
           decant_error(pipeline));
}

static void use_profile(Bench *bench, decant *pipeline, const char *path) {
    const int fd = open(path, O_RDONLY);
    struct stat about;
    demand(fd >= 0 && fstat(fd, &about) == 0, "the profile cannot be read");
    const void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, fd, 0);
    demand(bytes != MAP_FAILED && !profile_read(&bench->profile, bytes, (size_t)about.st_size) &&
               !decant_use_profile(pipeline, bytes, (size_t)about.st_size),
           "the profile is none");
}

/* ---- learning -------------------------------------------------------------------------------- */

static int on_imprint(void *user, const decant_imprint *imprint) {
    const Bench *bench = user;
    return decant_profile_add(bench->learned, imprint->data, imprint->size) != DECANT_OK;
}

static int on_bytes(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) != size;
}

static void learn(Bench *bench, const char *path, const char *known) {
    const decant_sink sink = {.user = bench, .imprint = on_imprint};
    decant *pipeline = NULL;
    FILE *file = fopen(path, "wb");
    demand(file, "the profile cannot be written");
    const double begun = now();
    demand(!decant_profile_open(&bench->learned, (size_t)64 << 20, NULL) &&
               !decant_open(&pipeline, NULL, &sink),
           "cannot begin");
    if (known) use_profile(bench, pipeline, known);
    for (size_t i = 0; i < bench->count; i++) feed(pipeline, &bench->samples[i]);
    const double learned = now();
    demand(!decant_profile_write(bench->learned, on_bytes, file), "cannot write the profile");
    fprintf(stderr, "seconds\t%.6f\nwriting\t%.6f\nbytes\t%ld\n", learned - begun, now() - learned,
            ftell(file));
    demand(fclose(file) == 0, "cannot write the profile");
    decant_profile_close(bench->learned);
    decant_close(pipeline);
}

/* ---- cleaning -------------------------------------------------------------------------------- */

static int on_kept(void *user, const decant_kept *kept) {
    Bench *bench = user;
    if (!bench->prints) return 0;
    for (size_t i = 0; i < kept->size; i++)
        bench->hash = (bench->hash ^ (uint8_t)kept->text[i]) * 0x100000001B3u;
    if (kept->end > kept->start) printf(" %" PRIu64 "-%" PRIu64, kept->start, kept->end);
    return 0;
}

/* Counts a line, and its words in a row that are looked up. */
static int on_judged(void *user, const decant_judged *judged) {
    Bench *bench = user;
    Shingler shingler = {.count = 0};
    const uint8_t *at = (const uint8_t *)judged->text, *end = at + judged->size;
    if (!bench->prints) return 0;
    bench->lookups++;
    for (uint32_t word; (word = word_next(&at, end));) {
        const uint32_t hash = shingle_add(&shingler, word);
        bench->lookups += hash && text_is_known(hash, TEXT_OPENING, bench->profile.level);
    }
    return 0;
}

static void clean(Bench *bench, int rounds, const char *path) {
    const decant_sink sink = {.user = bench, .kept = on_kept},
                      counting = {.user = bench, .kept = on_kept, .judged = on_judged};
    decant *pipeline = NULL, *counter = NULL;
    double best = 1e9;
    demand(!decant_open(&pipeline, NULL, &sink) && !decant_open(&counter, NULL, &counting),
           "cannot begin");
    if (path) use_profile(bench, pipeline, path);
    if (path) use_profile(bench, counter, path);
    for (int round = 0; round < rounds; round++) {
        const double begun = now();
        for (size_t i = 0; i < bench->count; i++) feed(pipeline, &bench->samples[i]);
        const double taken = now() - begun;
        if (taken < best) best = taken;
    }
    bench->prints = true;
    for (size_t i = 0; i < bench->count; i++) {
        bench->hash = 0xCBF29CE484222325u;
        printf("%s", bench->samples[i].id);
        feed(counter, &bench->samples[i]);
        printf(" %016" PRIx64 "\n", bench->hash);
    }
    fprintf(stderr, "seconds\t%.6f\nlookups\t%" PRIu64 "\n", best, path ? bench->lookups : 0);
    decant_close(pipeline);
    decant_close(counter);
}

int main(int count, char **words) {
    Bench bench = {.count = 0};
    demand(count > 2, "sites learn PROFILE | clean ROUNDS [PROFILE]");
    read_samples(&bench);
    if (strcmp(words[1], "learn") == 0) learn(&bench, words[2], count > 3 ? words[3] : NULL);
    else clean(&bench, atoi(words[2]), count > 3 ? words[3] : NULL);
    for (size_t i = 0; i < bench.count; i++) free(bench.samples[i].text);
    free(bench.samples);
    return 0;
}
