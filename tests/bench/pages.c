/* SPDX-License-Identifier: MIT
 * pages.c - how long the steps from a page to its text take, beside gumbo on the whole page:
 *
 *     pages steps ROUNDS FILE...      a step a line: its name, seconds of its fastest round
 *     pages files ROUNDS FILE...      a file a line: seconds of the whole library
 *     pages warm ROUNDS FILE...       nothing: for callgrind, which is to count what go_over calls
 *     pages peaks DECANT FILE...      a file a line: KiB of DECANT's largest resident set
 *
 * Seconds are processor time. In a round every step goes over all pages, so that a busy machine
 * slows all of them alike. All pages are held in memory. */
#include "base/arena.h"
#include "input/charset.h"
#include "rules/rules.h"
#include "segment/metadata.h"
#include "segment/segment.h"
#include "segment/skeleton.h"
#include "segment/tree.h"

#include <fcntl.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Not in POSIX; what the C library calls the pid, the status and what was used. */
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);

typedef struct Sample {
    const char *path;
    Str raw;         /* the file */
    Decoded decoded; /* in the bench's own arena */
} Sample;

typedef struct Bench {
    Sample *samples;
    size_t count;
    Arena kept, arena; /* of all samples; of a step at one sample */
    RuleSet *rules;
    decant *pipeline;
    size_t seen; /* what steps found: keeps them from being optimised away */
} Bench;

static void demand(bool is_fine, const char *what) {
    if (is_fine) return;
    fprintf(stderr, "pages: %s\n", what);
    exit(1);
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void step_scan(Bench *bench, const Sample *sample) {
    Scanner scanner = {.page = sample->decoded.text};
    ScanToken token;
    while (scan_next(&scanner, &token)) bench->seen++;
}

static void step_skeleton(Bench *bench, const Sample *sample) {
    Skeleton skeleton;
    demand(!skeleton_write(&skeleton, &bench->arena, sample->decoded.text, TAG_UNKNOWN, false),
           "no memory for a skeleton");
    bench->seen += skeleton.bytes.len;
}

static void step_tree(Bench *bench, const Sample *sample) {
    const Str page = sample->decoded.text;
    Skeleton skeleton;
    Tree tree;
    demand(!skeleton_write(&skeleton, &bench->arena, page, TAG_UNKNOWN, false) &&
               !tree_build(&tree, &bench->arena, page, &skeleton, NULL),
           "no memory for a tree");
    bench->seen += tree.element_count;
}

static void step_charset(Bench *bench, const Sample *sample) {
    Decoded decoded;
    demand(!charset_decode(&decoded, &bench->arena, sample->raw, NULL, false),
           "no memory for a charset");
    bench->seen += decoded.text.len;
}

static void step_metadata(Bench *bench, const Sample *sample) {
    Metadata metadata = {0};
    demand(!metadata_read(&metadata, &bench->arena, sample->decoded.text),
           "no memory for metadata");
    bench->seen += metadata.author_count;
}

/* Metadata, skeleton, tree and blocks with their shape. */
static void step_blocks(Bench *bench, const Sample *sample) {
    static const Lexicon no_lexicon = {0};
    const SegmentSource source = {
        .bytes = sample->raw, .page = sample->decoded.text, .map = &sample->decoded.map};
    SegmentPage *page = NULL;
    demand(!segment_page_open(&page, &bench->arena, &source), "no memory for a page");
    const ArenaMark mark = arena_mark(&bench->arena);
    for (bool is_last = false; !is_last;) {
        Document document = {.arena = &bench->arena, .name = sample->path};
        demand(!segment_page_next(page, &document, bench->rules, &no_lexicon),
               "no memory for blocks");
        is_last = document.last_part;
        bench->seen += document.block_count;
        arena_rewind(&bench->arena, mark);
    }
}

static int count_kept(void *user, const decant_kept *kept) {
    *(size_t *)user += kept->size;
    return 0;
}

static void step_library(Bench *bench, const Sample *sample) {
    demand(!decant_start(bench->pipeline, sample->path) &&
               !decant_feed(bench->pipeline, sample->raw.at, sample->raw.len) &&
               !decant_finish(bench->pipeline),
           decant_error(bench->pipeline));
}

static void *take(void *arena, size_t size) {
    void *memory = arena_take(arena, 1, size);
    demand(memory, "no memory for gumbo");
    return memory;
}

static void give(void *arena, void *memory) {
    (void)arena;
    (void)memory;
}

static void parse(Bench *bench, const Sample *sample, GumboOptions options) {
    const Str page = sample->decoded.text;
    options.max_errors = 0;
    GumboOutput *tree = gumbo_parse_with_options(&options, (const char *)page.at, page.len);
    bench->seen += tree->root->v.element.children.length;
    gumbo_destroy_output(&options, tree);
}

static void step_gumbo(Bench *bench, const Sample *sample) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give;
    options.userdata = &bench->arena;
    parse(bench, sample, options);
}

static void step_gumbo_malloc(Bench *bench, const Sample *sample) {
    parse(bench, sample, kGumboDefaultOptions);
}

typedef struct Step {
    const char *name;
    void (*run)(Bench *, const Sample *);
} Step;

static const Step steps[] = {
    {"scan", step_scan},
    {"scan, skeleton", step_skeleton},
    {"scan, skeleton, tree", step_tree},
    {"charset", step_charset},
    {"metadata", step_metadata},
    {"segment_page: all to blocks", step_blocks},
    {"the whole library", step_library},
    {"gumbo, whole page, arena", step_gumbo},
    {"gumbo, whole page, malloc", step_gumbo_malloc},
};

enum { STEPS = sizeof steps / sizeof *steps };

/* ---- measuring ------------------------------------------------------------------------------- */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Seconds of a step over samples from first to end (exclusive). Memory of a page is given back
 * after it as the pipeline does. */
static double run(Bench *bench, const Step *step, size_t first, size_t end) {
    const double begun = now();
    for (size_t i = first; i < end; i++) {
        step->run(bench, &bench->samples[i]);
        arena_reset(&bench->arena);
    }
    return now() - begun;
}

static Str read_file(Arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    demand(file && !fseek(file, 0, SEEK_END), path);
    const long size = ftell(file);
    demand(size >= 0 && !fseek(file, 0, SEEK_SET), path);
    uint8_t *bytes = arena_take(arena, (size_t)size, 1);
    demand(bytes && fread(bytes, 1, (size_t)size, file) == (size_t)size, path);
    fclose(file);
    return (Str){bytes, (size_t)size};
}

static void open_bench(Bench *bench, char **paths, size_t count) {
    const decant_sink sink = {.user = &bench->seen, .kept = count_kept};
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_HTML;
    arena_init(&bench->kept, allocator_default());
    arena_init(&bench->arena, allocator_default());
    bench->rules = rules_open(allocator_default());
    bench->samples = arena_array(&bench->kept, count, sizeof *bench->samples);
    bench->count = count;
    demand(bench->rules && bench->samples && !decant_open(&bench->pipeline, &options, &sink),
           "no memory to begin with");
    for (size_t i = 0; i < count; i++) {
        Sample *sample = &bench->samples[i];
        sample->path = paths[i];
        sample->raw = read_file(&bench->kept, paths[i]);
        demand(!charset_decode(&sample->decoded, &bench->kept, sample->raw, NULL, false),
               "no memory for a page");
    }
}

static void close_bench(Bench *bench) {
    decant_close(bench->pipeline);
    rules_close(bench->rules);
    arena_done(&bench->arena);
    arena_done(&bench->kept);
}

static double least(double a, double b) {
    return a < b ? a : b;
}

static void measure_steps(Bench *bench, int rounds) {
    double best[STEPS];
    for (size_t i = 0; i < STEPS; i++) best[i] = 1e9;
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < STEPS; i++)
            best[i] = least(best[i], run(bench, &steps[i], 0, bench->count));
    for (size_t i = 0; i < STEPS; i++) printf("%s\t%.6f\n", steps[i].name, best[i]);
}

static void measure_files(Bench *bench, int rounds) {
    const Step whole = {"", step_library};
    for (size_t i = 0; i < bench->count; i++) {
        double best = 1e9;
        for (int round = 0; round < rounds; round++)
            best = least(best, run(bench, &whole, i, i + 1));
        printf("%s\t%.6f\n", bench->samples[i].path, best);
    }
}

/* A function of its own, by whose name callgrind.py tells what to count. */
__attribute__((noinline)) static void go_over(Bench *bench) {
    run(bench, &(Step){"", step_library}, 0, bench->count);
}

/* Rules are compiled when they are first tried, and to machine code when they are tried often:
 * that is no page's own cost. */
static void go_over_warm(Bench *bench, int rounds) {
    for (int i = 0; i < rounds; i++) run(bench, &(Step){"", step_library}, 0, bench->count);
    go_over(bench);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* KiB at most of the program on a file. What it uses is counted from that of its parent on, which
 * therefore has to be small: this one. */
static long peak(const char *decant_program, const char *path) {
    struct rusage usage;
    int status = 0;
    const pid_t child = fork();
    demand(child >= 0, "cannot fork");
    if (child == 0) {
        const int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0)
            execl(decant_program, decant_program, "-q", "--from=html", path, (char *)NULL);
        _exit(127);
    }
    demand(wait4(child, &status, 0, &usage) == child && WIFEXITED(status) && !WEXITSTATUS(status),
           path);
    return usage.ru_maxrss;
}

int main(int count, char **words) {
    demand(count > 3, "usage: pages steps|files|warm|peaks ROUNDS|DECANT FILE...");
    if (strcmp(words[1], "peaks") == 0) {
        for (int i = 3; i < count; i++) printf("%s\t%ld\n", words[i], peak(words[2], words[i]));
        return 0;
    }
    Bench bench = {0};
    open_bench(&bench, words + 3, (size_t)count - 3);
    const int rounds = atoi(words[2]);
    if (strcmp(words[1], "steps") == 0) measure_steps(&bench, rounds);
    else if (strcmp(words[1], "files") == 0) measure_files(&bench, rounds);
    else go_over_warm(&bench, rounds);
    close_bench(&bench);
    return 0;
}
