/* SPDX-License-Identifier: MIT
 * keys.c - FNV-1a over bytes or words, and a finishing that spreads every bit over all: texts are
 * thinned by how small their hashes are. */
#include "profile/keys.h"

#include "language/words.h"

#include <string.h>

/* Of 64 bits: the finishing step of MurmurHash3. */
static uint64_t spread(uint64_t hash) {
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
    return hash ^ hash >> 33;
}

static uint64_t step(uint64_t hash, uint64_t value) {
    return (hash ^ value) * 0x100000001B3u;
}

#define START 0xCBF29CE484222325u

uint64_t key_of_name(Str name) {
    uint64_t hash = START;
    for (size_t i = 0; i < name.len; i++) hash = step(hash, name.at[i]);
    return spread(hash);
}

static bool is_digit(uint8_t byte) {
    return byte >= '0' && byte <= '9';
}

uint64_t key_of_line(uint64_t site, Str text) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint64_t hash = step(START, site);
    bool any = false;
    for (uint32_t word; (word = word_next(&at, end));) {
        const bool is_number = is_digit(at[-1]);
        hash = step(hash, is_number ? 0 : word);
        any = any || !is_number;
    }
    return any ? spread(hash) | 1 : 0;
}

uint32_t key_of_words(Str text, size_t *ret_count) {
    *ret_count = 0;
    if (!text.len) return 0;
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint64_t hash = START;
    size_t count = 0;
    for (uint32_t word; (word = word_next(&at, end)); count++) hash = step(hash, word);
    *ret_count = count;
    return count ? (uint32_t)(spread(hash) >> 32) | 1 : 0;
}

/* A host and its port: what stands behind "://" and a user's name, up to a path. */
static Str host_in(Str address) {
    const uint8_t *at = address.at, *end = address.at + address.len;
    while (end - at >= 3 && memcmp(at, "://", 3) != 0) at++;
    if (end - at < 3) return (Str){address.at, 0};
    at += 3;
    size_t size = 0, user = 0;
    for (; at + size < end && !strchr("/\\?#", at[size]); size++)
        if (at[size] == '@') user = size + 1;
    return (Str){at + user, size - user};
}

Str host_of(Str address, uint8_t host[HOST_SIZE]) {
    const Str name = host_in(address);
    size_t size = 0;
    bool is_bracketed = false; /* [::1] */
    for (; size < name.len && size < HOST_SIZE && (is_bracketed || name.at[size] != ':'); size++) {
        const uint8_t byte = name.at[size];
        is_bracketed = byte == '[' || (is_bracketed && byte != ']');
        host[size] = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
    }
    const bool has_www = size > 4 && memcmp(host, "www.", 4) == 0;
    return has_www ? (Str){host + 4, size - 4} : (Str){host, size};
}

uint32_t shingle_add(Shingler *shingler, uint32_t word) {
    shingler->words[shingler->count++ % SHINGLE] = word;
    if (shingler->count < SHINGLE) return 0;
    uint64_t hash = START;
    for (uint64_t i = 0; i < SHINGLE; i++)
        hash = step(hash, shingler->words[(shingler->count + i) % SHINGLE]);
    const uint32_t ret = (uint32_t)(spread(hash) >> 32);
    return ret ? ret : 1;
}
