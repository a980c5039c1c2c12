/* SPDX-License-Identifier: MIT
 * features.c - decant features: the evidence of every block, as the trainer reads it. */
#include "commands.h"

#include "message.h"
#include "output.h"
#include "paths.h"
#include "pipeline.h"
#include <string.h>

static const char *name_of(const Settings *settings, size_t index) {
    if (settings->runs) return decant_run_measure_name(index);
    if (settings->gate) return decant_gate_measure_name(index);
    return decant_evidence_name((decant_from)settings->from, index);
}

static int write_names(Output *output, const Settings *settings) {
    output_text(output, "{\"features\":[");
    for (size_t i = 0; name_of(settings, i); i++)
        output_format(output, "%s\"%s\"", i ? "," : "", name_of(settings, i));
    return output_text(output, "]}\n");
}

/* A JSON string; bytes that are not UTF-8 stay as they are. */
static int write_string(Output *output, const char *text, size_t size) {
    output_text(output, "\"");
    for (size_t i = 0; i < size; i++) {
        const char sign = text[i];
        if ((unsigned char)sign < 0x20) output_format(output, "\\u%04x", (unsigned char)sign);
        else if (sign == '"' || sign == '\\') output_format(output, "\\%c", sign);
        else output_write(output, &sign, 1);
    }
    return output_text(output, "\"");
}

static int write_document(Output *output, const char *name) {
    output_text(output, "{\"doc\":");
    write_string(output, name, strlen(name));
    return output_text(output, "}\n");
}

/* Writes a number with a space before it; the fast way, as there are millions. */
static char *put_number(char *at, long long value) {
    char digits[24];
    size_t count = 0;
    unsigned long long rest =
        value < 0 ? 0ull - (unsigned long long)value : (unsigned long long)value;
    do digits[count++] = (char)('0' + rest % 10);
    while (rest /= 10);
    *at++ = ' ';
    if (value < 0) *at++ = '-';
    while (count) *at++ = digits[--count];
    return at;
}

typedef struct Job {
    const Settings *settings;
    decant *pipeline;
    Output *output;
    uint32_t documents; /* begun so far */
    int status;
} Job;

/* Numbers as text: start, end, values. */
static int write_values(Output *output, const decant_block *block) {
    enum { GROUP = 64, WIDEST = 24 };
    const size_t count = block->value_count;
    char text[(GROUP + 3) * WIDEST];
    char *at = put_number(text, (long long)block->start);
    at = put_number(at, (long long)block->end);
    int failed = output_write(output, text + 1, (size_t)(at - text) - 1);
    for (size_t i = 0; i < count && !failed;) {
        at = text;
        for (size_t last = i + GROUP; i < count && i < last; i++)
            at = put_number(at, block->values[i]);
        failed = output_write(output, text, (size_t)(at - text));
    }
    return failed || output_write(output, "\n", 1);
}

/* The same as bytes of this machine: number of the document, start, end (32 bits each), values (16
 * bits each). */
static int write_bytes(const Job *job, const decant_block *block) {
    const uint32_t place[] = {job->documents - 1, (uint32_t)block->start, (uint32_t)block->end};
    return output_write(job->output, place, sizeof place) ||
           output_write(job->output, block->values, block->value_count * sizeof *block->values);
}

static int on_block(void *user, const decant_block *block) {
    const Job *job = user;
    if (job->settings->binary) return write_bytes(job, block);
    if (!job->settings->texts) return write_values(job->output, block);
    return write_string(job->output, block->text, block->size) || output_text(job->output, "\n");
}

/* False when there is no use in going on. */
static bool print_file(Job *job, const char *path) {
    job->documents++;
    if (!job->settings->binary && write_document(job->output, path)) return false;
    Fed fed = pipeline_feed(job->pipeline, path);
    if (fed != FED) job->status = EXIT_TROUBLE;
    return fed != FED_STOPPED;
}

/* False when nothing was read, or not to the end. */
static bool print_files(Job *job) {
    Paths *paths = paths_open(job->settings);
    Found file;
    PathsResult result = PATHS_END;
    bool going = paths != NULL;
    while (going && (result = paths_next(paths, &file)) != PATHS_END) {
        if (result == PATHS_TROUBLE) job->status = EXIT_TROUBLE;
        else going = print_file(job, file.path);
    }
    paths_close(paths);
    return going;
}

int features_run(const Settings *settings) {
    Output output = {0};
    if (!output_open(&output, NULL)) return EXIT_TROUBLE;
    Job job = {.settings = settings, .output = &output, .status = EXIT_FINE};
    decant_sink sink = {.user = &job};
    if (settings->runs) sink.run = on_block;
    else if (settings->gate) sink.gate = on_block;
    else sink.block = on_block;
    job.pipeline = pipeline_open(settings, &sink);
    bool going = job.pipeline && write_names(&output, settings) == 0;
    if (going) going = print_files(&job);
    decant_close(job.pipeline);
    bool written = output_close(&output, going);
    return going && written ? job.status : EXIT_TROUBLE;
}
