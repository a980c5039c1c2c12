/* SPDX-License-Identifier: MIT
 * totals.c - sums over documents, and a tree of sites by name. */
#include "totals.h"

#include "message.h"
#include <ctype.h>
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1, SITES_MOST = 10000, HOST_LONGEST = 253 };

typedef struct Site {
    char name[HOST_LONGEST + 1]; /* first: a site is found by it */
    Sums sums;
    struct Site *next; /* the one that came after it */
} Site;

struct Totals {
    Sums all, others; /* others: of sites that came when there were too many */
    uint64_t kinds[DECANT_KINDS];
    void *tree; /* of sites, by name */
    Site *first, *last;
    size_t site_count;
};

static bool out_of_memory(void) {
    complain("%s", strerror(ENOMEM));
    return false;
}

Totals *totals_open(void) {
    Totals *totals = calloc(1, sizeof *totals);
    if (!totals) out_of_memory();
    return totals;
}

const Sums *totals_all(const Totals *totals) {
    return &totals->all;
}

/* ---- sites ---- */

static int by_name(const void *one, const void *other) {
    return strcmp(one, other);
}

static bool in_host(char sign) {
    return isalnum((unsigned char)sign) || (sign && strchr("-._:[]", sign));
}

/* What stands behind the scheme of a URL; nothing where it has none. */
static const char *behind_scheme(const char *url, size_t size, size_t *ret_size) {
    for (size_t i = 0; i + 3 <= size; i++) {
        if (memcmp(url + i, "://", 3)) continue;
        *ret_size = size - i - 3;
        return url + i + 3;
    }
    *ret_size = 0;
    return url;
}

/* The host of a URL, in small letters; "" where it has none, or none that could be true. */
static void host_of(const char *url, size_t url_size, char host[HOST_LONGEST + 1]) {
    size_t left, size = 0;
    const char *at = behind_scheme(url, url_size, &left);
    while (size < left && (!at[size] || !strchr("/?#\\", at[size]))) size++;
    for (size_t i = size; i > 0; i--) { /* behind the name of a user */
        if (at[i - 1] != '@') continue;
        at += i;
        size -= i;
        break;
    }
    /* Before the port; colons within brackets are an address's own. */
    for (size_t i = size; i > 0 && at[i - 1] != ']'; i--)
        if (at[i - 1] == ':') size = i - 1;
    if (size > HOST_LONGEST) size = 0;
    for (size_t i = 0; i < size; i++) {
        host[i] = (char)tolower((unsigned char)at[i]);
        if (!in_host(host[i])) size = 0;
    }
    host[size] = '\0';
}

/* The sums of a site by its name; NULL after complaining. */
static Sums *sums_of(Totals *totals, const char *name) {
    Site **found = tfind(name, &totals->tree, by_name);
    if (found) return &(*found)->sums;
    if (totals->site_count == SITES_MOST) return &totals->others;
    Site *site = calloc(1, sizeof *site);
    if (!site || !memcpy(site->name, name, strlen(name)) ||
        !tsearch(site, &totals->tree, by_name)) {
        free(site);
        out_of_memory();
        return NULL;
    }
    if (totals->last) totals->last->next = site;
    else totals->first = site;
    totals->last = site;
    totals->site_count++;
    return &site->sums;
}

/* ---- documents ---- */

static void count(Sums *sums, const Sums *more) {
    sums->documents += more->documents;
    sums->passed += more->passed;
    sums->rejected += more->rejected;
    sums->bytes += more->bytes;
    sums->kept += more->kept;
    sums->dropped += more->dropped;
}

static bool count_document(Totals *totals, const Sums *document, const char *url, size_t size) {
    char host[HOST_LONGEST + 1];
    count(&totals->all, document);
    if (!size) return true;
    host_of(url, size, host);
    Sums *site = *host ? sums_of(totals, host) : &totals->others;
    if (site) count(site, document);
    return site != NULL;
}

bool totals_add(Totals *totals, const decant_summary *summary, const char *url, size_t size) {
    const Sums document = {.documents = 1,
                           .bytes = summary->bytes,
                           .kept = summary->kept,
                           .dropped = summary->dropped};
    for (size_t i = 0; i < DECANT_KINDS; i++) totals->kinds[i] += summary->kind_bytes[i];
    return count_document(totals, &document, url, size);
}

bool totals_pass(Totals *totals, const char *url, size_t size) {
    return count_document(totals, &(Sums){.passed = 1}, url, size);
}

bool totals_reject(Totals *totals, const char *url, size_t size) {
    return count_document(totals, &(Sums){.rejected = 1}, url, size);
}

/* ---- as JSON ---- */

static const struct {
    const char *name;
    size_t offset;
} fields[] = {
    {"documents", offsetof(Sums, documents)}, {"passed", offsetof(Sums, passed)},
    {"rejected", offsetof(Sums, rejected)},   {"bytes", offsetof(Sums, bytes)},
    {"kept", offsetof(Sums, kept)},           {"dropped", offsetof(Sums, dropped)},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* Puts sums into an object; false where memory runs out, also before. */
static bool put_sums(json_t *object, const Sums *sums) {
    for (size_t i = 0; i < FIELDS; i++) {
        const uint64_t *field =
            (const uint64_t *)(const void *)((const char *)sums + fields[i].offset);
        if (json_object_set_new(object, fields[i].name, json_integer((json_int_t)*field)))
            return false;
    }
    return true;
}

static bool take_sums(const json_t *object, Sums *sums) {
    for (size_t i = 0; i < FIELDS; i++) {
        const json_t *value = json_object_get(object, fields[i].name);
        if (!json_is_integer(value) || json_integer_value(value) < 0) return false;
        *(uint64_t *)(void *)((char *)sums + fields[i].offset) =
            (uint64_t)json_integer_value(value);
    }
    return true;
}

static bool put_kinds(json_t *object, const Totals *totals) {
    for (size_t i = 0; i < DECANT_KINDS; i++)
        if (json_object_set_new(object, decant_kind_name((decant_kind)i),
                                json_integer((json_int_t)totals->kinds[i])))
            return false;
    return true;
}

static bool put_sites(json_t *object, const Totals *totals) {
    for (const Site *site = totals->first; site; site = site->next) {
        json_t *sums = json_object();
        if (!put_sums(sums, &site->sums) || json_object_set(object, site->name, sums)) {
            json_decref(sums);
            return false;
        }
        json_decref(sums);
    }
    return true;
}

static bool take_sites(Totals *totals, json_t *object) {
    const char *name;
    json_t *value;
    if (!json_is_object(object)) return false;
    json_object_foreach(object, name, value) {
        Sums *sums = strlen(name) <= HOST_LONGEST ? sums_of(totals, name) : NULL;
        if (!sums || !take_sums(value, sums)) return false;
    }
    return true;
}

json_t *totals_save(const Totals *totals) {
    json_t *saved = json_object(), *kinds = json_object(), *sites = json_object(),
           *others = json_object();
    bool good = json_object_set_new(saved, "schema", json_integer(SCHEMA)) == 0 &&
                put_sums(saved, &totals->all) && put_kinds(kinds, totals) &&
                put_sites(sites, totals) && put_sums(others, &totals->others) &&
                json_object_set(saved, "kinds", kinds) == 0 &&
                json_object_set(saved, "sites", sites) == 0 &&
                json_object_set(saved, "other_sites", others) == 0;
    json_decref(kinds);
    json_decref(sites);
    json_decref(others);
    if (good) return saved;
    json_decref(saved);
    out_of_memory();
    return NULL;
}

bool totals_load(Totals *totals, const json_t *saved) {
    const json_t *kinds = json_object_get(saved, "kinds");
    for (size_t i = 0; i < DECANT_KINDS; i++) {
        const json_t *bytes = json_object_get(kinds, decant_kind_name((decant_kind)i));
        if (!json_is_integer(bytes) || json_integer_value(bytes) < 0) return false;
        totals->kinds[i] = (uint64_t)json_integer_value(bytes);
    }
    return json_integer_value(json_object_get(saved, "schema")) == SCHEMA &&
           take_sums(saved, &totals->all) &&
           take_sums(json_object_get(saved, "other_sites"), &totals->others) &&
           take_sites(totals, json_object_get(saved, "sites"));
}

static int dump(const char *bytes, size_t size, void *output) {
    return output_write(output, bytes, size);
}

int totals_write(const Totals *totals, Output *output) {
    json_t *saved = totals_save(totals);
    int failed = !saved || json_dump_callback(saved, dump, output, JSON_INDENT(2));
    json_decref(saved);
    return failed ? -1 : output_text(output, "\n");
}

void totals_close(Totals *totals) {
    if (!totals) return;
    for (Site *site = totals->first, *next; site; site = next) {
        next = site->next;
        tdelete(site, &totals->tree, by_name);
        free(site);
    }
    free(totals);
}
