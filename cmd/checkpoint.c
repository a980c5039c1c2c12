/* SPDX-License-Identifier: MIT
 * checkpoint.c - a checkpoint as JSON, with the options that decide what a run writes. */
#include "checkpoint.h"

#include "decant.h"
#include "input.h"
#include "message.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { SCHEMA = 1, LIMIT = 64 << 20 };

/* ---- options ---- */

/* A file that decides what is written, by its size and time too. */
static json_t *file_value(const char *path) {
    struct stat status = {0};
    if (!path) return json_null();
    if (stat(path, &status)) status = (struct stat){0};
    return json_pack("[s, I, I]", path, (json_int_t)status.st_size,
                     (json_int_t)status.st_mtim.tv_sec);
}

static json_t *list_value(const Option *option, const TextList *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, option->reads ? file_value(list->items[i])
                                                   : json_string(list->items[i]));
    return array;
}

static json_t *value_of(const Settings *settings, const Option *option) {
    const void *field = (const char *)settings + option->field;
    const char *text;
    switch (option->type) {
    case OPTION_FLAG:
        return json_boolean(*(const bool *)field);
    case OPTION_TEXT:
        text = *(const char *const *)field;
        return option->reads ? file_value(text) : text ? json_string(text) : json_null();
    case OPTION_LIST:
        return list_value(option, field);
    case OPTION_SIZE:
    case OPTION_PROFILE_SIZE:
    case OPTION_COUNT:
        return json_integer((json_int_t) * (const size_t *)field);
    default:
        return json_integer(*(const int *)field);
    }
}

/* The options that decide what is written. */
static json_t *options_of(const Settings *settings) {
    json_t *object = json_object();
    const Option *option;
    for (size_t i = 0; (option = option_at(i)); i++)
        if (option_of(option, settings->command) && !option->neutral)
            json_object_set_new(object, option->name, value_of(settings, option));
    return object;
}

/* The first option in which two differ; NULL if they do not. */
static const char *difference(json_t *wanted, const json_t *saved) {
    const char *name;
    json_t *value;
    json_object_foreach(wanted, name, value) {
        if (!json_equal(value, json_object_get(saved, name))) return name;
    }
    return NULL;
}

/* ---- saving ---- */

static json_t *outputs_of(const Checkpoint *checkpoint) {
    json_t *object = json_object();
    for (size_t i = 0; i < checkpoint->output_count; i++)
        json_object_set_new(object, checkpoint->outputs[i].path,
                            json_integer((json_int_t)checkpoint->outputs[i].offset));
    return object;
}

static int dump(const char *bytes, size_t size, void *output) {
    return output_write(output, bytes, size);
}

bool checkpoint_save(const Checkpoint *checkpoint, const char *path, const Settings *settings,
                     const Totals *totals) {
    json_t *sums = totals_save(totals);
    if (!sums) return false;
    json_t *object = json_pack(
        "{s:i, s:s, s:o, s:I, s:I, s:b, s:o, s:o}", "schema", SCHEMA, "version", decant_version(),
        "options", options_of(settings), "files", (json_int_t)checkpoint->files, "manifest",
        (json_int_t)checkpoint->manifest, "trouble", (int)checkpoint->trouble, "outputs",
        outputs_of(checkpoint), "totals", sums);
    Output output = {0};
    bool good = object && output_go_on(&output, path, 0);
    if (!object) complain("%s: %s", path, strerror(ENOMEM));
    if (good) good = json_dump_callback(object, dump, &output, JSON_COMPACT) == 0;
    json_decref(object);
    return output_close(&output, good) && good;
}

/* ---- loading ---- */

static bool load_count(const json_t *object, const char *name, uint64_t *ret) {
    const json_t *value = json_object_get(object, name);
    if (!json_is_integer(value) || json_integer_value(value) < 0) return false;
    *ret = (uint64_t)json_integer_value(value);
    return true;
}

static bool load_outputs(Checkpoint *checkpoint, json_t *object) {
    for (size_t i = 0; i < checkpoint->output_count; i++)
        if (!load_count(object, checkpoint->outputs[i].path, &checkpoint->outputs[i].offset))
            return false;
    return true;
}

static bool load(Checkpoint *checkpoint, const char *path, const json_t *object,
                 const Settings *settings, Totals *totals) {
    const char *version = json_string_value(json_object_get(object, "version"));
    if (json_integer_value(json_object_get(object, "schema")) != SCHEMA || !version ||
        strcmp(version, decant_version())) {
        complain("%s: of another version of decant", path);
        return false;
    }
    json_t *options = options_of(settings);
    const char *other = difference(options, json_object_get(object, "options"));
    if (other) complain("%s: the run to go on with had another --%s", path, other);
    json_decref(options);
    if (other) return false;
    checkpoint->trouble = json_is_true(json_object_get(object, "trouble"));
    if (load_count(object, "files", &checkpoint->files) &&
        load_count(object, "manifest", &checkpoint->manifest) &&
        load_outputs(checkpoint, json_object_get(object, "outputs")) &&
        totals_load(totals, json_object_get(object, "totals")))
        return true;
    complain("%s: not a checkpoint of decant", path);
    return false;
}

bool checkpoint_load(Checkpoint *checkpoint, const char *path, const Settings *settings,
                     Totals *totals) {
    size_t size = 0;
    json_error_t error;
    char *text = input_slurp(path, LIMIT, &size);
    if (!text) return false;
    json_t *object = json_loadb(text, size, 0, &error);
    free(text);
    if (!object) complain("%s:%d: %s", path, error.line, error.text);
    bool good = object && load(checkpoint, path, object, settings, totals);
    json_decref(object);
    return good;
}
