/* SPDX-License-Identifier: MIT
 * lexicon.c - reads a lexicon and looks words up. */
#include "models/lexicon.h"

/* Signed bytes with 128 added: a flipped top bit. */
#define NONE 0x80808080u

static LexiconEntry *find(const Lexicon *lexicon, uint32_t hash) {
    size_t slot = (hash * 0x9E3779B1u >> 8) & lexicon->mask;
    while (lexicon->entries[slot].hash && lexicon->entries[slot].hash != hash)
        slot = (slot + 1) & lexicon->mask;
    return &lexicon->entries[slot];
}

decant_status lexicon_read(Lexicon *lexicon, Arena *arena, const int32_t *words, size_t count) {
    enum { MOST = 1 << 20 };
    if (count % 2 != 1 || count > MOST) return DECANT_BAD_MODEL;
    size_t size = 16;
    while (size < count) size *= 2;
    *lexicon = (Lexicon){.entries = arena_array(arena, size, sizeof *lexicon->entries),
                         .mask = size - 1,
                         .lean = words[0]};
    if (!lexicon->entries) return DECANT_NO_MEMORY;
    for (size_t i = 1; i < count; i += 2) {
        const uint32_t hash = (uint32_t)words[i], leans = (uint32_t)words[i + 1];
        if (!hash) return DECANT_BAD_MODEL;
        LexiconEntry *entry = find(lexicon, hash);
        entry->hash = hash;
        entry->leans = leans ^ NONE;
    }
    return DECANT_OK;
}

uint32_t lexicon_entry(const Lexicon *lexicon, uint32_t hash) {
    const LexiconEntry *entry = lexicon->entries ? find(lexicon, hash) : NULL;
    return entry && entry->hash ? (uint32_t)(entry - lexicon->entries) : LEXICON_NO_ENTRY;
}

uint32_t lexicon_leans(const Lexicon *lexicon, uint32_t hash) {
    const uint32_t entry = lexicon_entry(lexicon, hash);
    return entry == LEXICON_NO_ENTRY ? NONE : lexicon->entries[entry].leans;
}
