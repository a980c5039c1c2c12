/* SPDX-License-Identifier: MIT
 * keys.h - what sites, documents, lines and texts are known by: hashes of what they are called and
 * of their words. Case, white space and punctuation do not count. */
#ifndef PROFILE_KEYS_H
#define PROFILE_KEYS_H

#include "base/bytes.h"

/* Of a name, byte for byte. */
uint64_t key_of_name(Str name);

/* Of a line of a site; a word that ends in a digit counts as any other such: dates and counters
 * change. 0 for a line of no other words. */
uint64_t key_of_line(uint64_t site, Str text);

/* Of a line by all its words, such as a title; 0 for one of no words. Numbers are what they are. */
uint32_t key_of_words(Str text, size_t *ret_count);

/* The host of an address in small letters, without "www." and a port, copied to `host`; empty for
 * what is no address. */
enum { HOST_SIZE = 256 };
Str host_of(Str address, uint8_t host[HOST_SIZE]);

/* So many words in a row are what texts are told by. */
enum { SHINGLE = 5 };

/* The words that came last. Zeroed, none did. */
typedef struct Shingler {
    uint32_t words[SHINGLE];
    uint64_t count; /* all that came */
} Shingler;

/* Adds a word (word_next): the hash of the last SHINGLE words, never 0; 0 while there are fewer. */
uint32_t shingle_add(Shingler *shingler, uint32_t word);

#endif
