/* SPDX-License-Identifier: MIT
 * reference_table.h - the named character references, as reference_table.py writes them down. */
#ifndef SEGMENT_REFERENCE_TABLE_H
#define SEGMENT_REFERENCE_TABLE_H

#include <stdint.h>

enum {
    REFERENCE_LONGEST = 31, /* of names, without & and ; */
    REFERENCE_BARE_SHORTEST = 2,
    REFERENCE_BARE_LONGEST = 6 /* of names that may stand without a semicolon */
};

/* A name stands in reference_signs from `at` on; the UTF-8 that it means follows it there. */
typedef struct ReferenceName {
    uint16_t at;
    uint8_t size;
    uint8_t value_size : 7;
    uint8_t is_bare : 1; /* may stand without a semicolon */
} ReferenceName;

/* Names in the order of their bytes; those of the letter A + i from [i] on, up to [i + 1]. */
extern const uint16_t reference_first['z' - 'A' + 2];
extern const ReferenceName reference_names[];
extern const uint8_t reference_signs[];

#endif
