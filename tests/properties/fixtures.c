/* SPDX-License-Identifier: MIT
 * fixtures.c - finds the fixtures and reads them. */
#include "fixtures.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *path) {
    printf("Bail out! cannot read %s\n", path);
    exit(1);
}

static Fixture read_fixture(const char *path) {
    Fixture fixture = {.path = strdup(path)};
    FILE *file = fopen(path, "rb");
    if (!file || !fixture.path || fseek(file, 0, SEEK_END)) give_up(path);
    long size = ftell(file);
    rewind(file);
    fixture.is_page = strstr(path, ".html") != NULL;
    fixture.size = size > 0 ? (size_t)size : 0;
    fixture.text = malloc(fixture.size ? fixture.size : 1);
    if (!fixture.text || fread(fixture.text, 1, fixture.size, file) != fixture.size) give_up(path);
    fclose(file);
    return fixture;
}

Fixtures fixtures_read(const char *root) {
    char pattern[512];
    snprintf(pattern, sizeof pattern, "%s/*/*/input.*", root);
    glob_t found;
    if (glob(pattern, 0, NULL, &found)) give_up(pattern);
    Fixtures fixtures = {calloc(found.gl_pathc, sizeof(Fixture)), found.gl_pathc};
    if (!fixtures.at) give_up(pattern);
    for (size_t i = 0; i < fixtures.count; i++) fixtures.at[i] = read_fixture(found.gl_pathv[i]);
    globfree(&found);
    return fixtures;
}

void fixtures_free(Fixtures *fixtures) {
    for (size_t i = 0; i < fixtures->count; i++) {
        free(fixtures->at[i].path);
        free(fixtures->at[i].text);
    }
    free(fixtures->at);
    *fixtures = (Fixtures){0};
}

uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}
