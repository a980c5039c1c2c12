/* SPDX-License-Identifier: MIT
 * features.c - decant features: the evidence of every block, as the trainer reads it. */
#include "commands.h"

#include "documents.h"
#include "message.h"
#include "output.h"
#include <string.h>

static const char *name_of(const Settings *settings, size_t index) {
    if (settings->runs) return decant_run_measure_name(index);
    if (settings->gate) return decant_gate_measure_name(index);
    return decant_evidence_name(settings_from(settings), index);
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
    Output *output;
    uint32_t documents; /* begun so far */
    bool trouble;
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

/* A document and its number, an element and its parent's, or a block and its element's; what they
 * are called is behind them: 32 bits each. */
typedef enum Record { RECORD_DOCUMENT, RECORD_ELEMENT, RECORD_BLOCK } Record;

static int write_record(const Job *job, Record record, uint32_t number, const uint32_t *names,
                        size_t count) {
    const uint32_t head[] = {record, number, (uint32_t)count};
    return output_write(job->output, head, sizeof head) ||
           output_write(job->output, names, count * sizeof *names);
}

static int on_element(void *user, const decant_element *element) {
    return write_record(user, RECORD_ELEMENT, element->parent, element->names, element->name_count);
}

static int on_block(void *user, const decant_block *block) {
    const Job *job = user;
    if (job->settings->names)
        return write_record(job, RECORD_BLOCK, block->element, block->names, block->name_count);
    if (job->settings->binary) return write_bytes(job, block);
    if (!job->settings->texts) return write_values(job->output, block);
    return write_string(job->output, block->text, block->size) || output_text(job->output, "\n");
}

static int on_document(void *user, const char *name) {
    Job *job = user;
    job->documents++;
    if (job->settings->names)
        return write_record(job, RECORD_DOCUMENT, job->documents - 1, NULL, 0);
    return job->settings->binary ? 0 : write_document(job->output, name);
}

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    return documents_watch(&((Job *)user)->trouble, channel, data, size);
}

int features_run(const Settings *settings) {
    Output output = {0};
    if (!output_open(&output, NULL)) return EXIT_TROUBLE;
    Job job = {.settings = settings, .output = &output};
    const Plan plan = {.settings = settings,
                       .jobs = 1,
                       .user = &job,
                       .write = on_message,
                       .begin = on_document,
                       .block = on_block,
                       .element = settings->names ? on_element : NULL};
    const bool going = write_names(&output, settings) == 0 && documents_run(&plan) == RAN;
    bool written = output_close(&output, going);
    return going && written && !job.trouble ? EXIT_FINE : EXIT_TROUBLE;
}
