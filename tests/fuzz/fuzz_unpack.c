/* SPDX-License-Identifier: MIT
 * fuzz_unpack.c - unpacks any bytes twice, whole and in chunks of the first byte's size, and stops
 * hard where that makes a difference. Much of little is not followed to its end. */
#include "decant.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_right) {
    if (!is_right) abort();
}

enum { MOST = 1 << 20 };

typedef struct Unpacked {
    uint64_t sum;
    size_t size;
    decant_status status;
    char error[200];
} Unpacked;

static int take_bytes(void *user, const void *data, size_t size) {
    Unpacked *unpacked = user;
    const uint8_t *bytes = data;
    for (size_t i = 0; i < size && unpacked->size < MOST; i++, unpacked->size++)
        unpacked->sum = (unpacked->sum ^ bytes[i]) * 0x100000001B3u;
    return unpacked->size == MOST;
}

static Unpacked unpack(const uint8_t *data, size_t size, size_t chunk) {
    Unpacked unpacked = {0};
    decant_unpacker *unpacker = NULL;
    check(decant_unpacker_open(&unpacker, NULL, take_bytes, &unpacked) == DECANT_OK);
    for (size_t at = 0; at < size && !unpacked.status; at += chunk)
        unpacked.status =
            decant_unpacker_feed(unpacker, data + at, size - at < chunk ? size - at : chunk);
    if (!unpacked.status) unpacked.status = decant_unpacker_finish(unpacker);
    check(unpacked.status == DECANT_OK || unpacked.status == DECANT_BAD_INPUT ||
          (unpacked.status == DECANT_STOPPED && unpacked.size == MOST));
    strcpy(unpacked.error, decant_unpacker_error(unpacker));
    check((unpacked.status == DECANT_BAD_INPUT) == (*unpacked.error != 0));
    decant_unpacker_close(unpacker);
    return unpacked;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    const Unpacked whole = unpack(data + 1, size - 1, size);
    const Unpacked parts = unpack(data + 1, size - 1, data[0] ? data[0] : 1);
    check(whole.status == parts.status && whole.size == parts.size && whole.sum == parts.sum);
    check(strcmp(whole.error, parts.error) == 0);
    return 0;
}
