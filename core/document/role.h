/* SPDX-License-Identifier: MIT
 * role.h - what an element is for, as the words of its class, id and role tell. */
#ifndef DOCUMENT_ROLE_H
#define DOCUMENT_ROLE_H

#include "language/words.h"

/* The roles and their words stand in role.list. */
typedef enum Role {
#define ROLE(id, name, words) ROLE_##id,
#include "document/role.list"
#undef ROLE
    ROLE_COUNT
} Role;

/* A set of roles: bit i for role i. */
typedef uint64_t Roles;
_Static_assert(ROLE_COUNT <= 64, "a role is a bit");

#define ROLE_BIT(role) ((Roles)1 << (role))

/* One word of role.list. A free slot has a hash of 0. */
typedef struct RoleEntry {
    uint32_t hash; /* word_hash of it */
    uint8_t role;
} RoleEntry;

enum { ROLE_TABLE_BITS = 11 };
extern const RoleEntry role_table[1 << ROLE_TABLE_BITS];

/* What the word of this hash says: one role; none for a word that is not in role.list. */
static inline Roles role_of_word(uint32_t hash) {
    uint32_t at = (hash * 0x9E3779B1u) >> (32 - ROLE_TABLE_BITS);
    while (role_table[at].hash && role_table[at].hash != hash)
        at = (at + 1) & ((1u << ROLE_TABLE_BITS) - 1);
    return role_table[at].hash ? ROLE_BIT(role_table[at].role) : 0;
}

#endif
