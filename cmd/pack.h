/* SPDX-License-Identifier: MIT
 * pack.h - bytes packed as a file's name asks: .gz, .zst, .xz and .bz2, each by its library. The
 * same bytes come out whenever the same go in: no time and no name is written. */
#ifndef CMD_PACK_H
#define CMD_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Packer Packer;

/* The length of the ending of `name` that asks for packing, such as 3 for ".gz"; 0 where none. */
size_t pack_ending(const char *name);

/* A packer for a file called `name`, whose ending must ask for one, and which holds `written` bytes
 * already, whole members. Packed bytes go to `write`, which returns non-zero to stop. NULL where
 * memory runs out. */
Packer *packer_open(const char *name, uint64_t written,
                    int (*write)(void *user, const void *data, size_t size), void *user);

/* Packs bytes. False after a failure, of memory or of `write`. */
bool packer_feed(Packer *packer, const void *data, size_t size);

/* Ends the member at hand: all that was fed can be read back now; what is fed next begins another
 * one. A file to which nothing was fed becomes a member without bytes. False after a failure. */
bool packer_end(Packer *packer);

void packer_close(Packer *packer);

#endif
