/* SPDX-License-Identifier: MIT
 * lean.c - a text leans as its words do together, over the square root of how many they are:
 * many words that agree say more than one, but not as much more. */
#include "verdict/lean.h"

int32_t lean_of(int32_t sum, int words) {
    enum { FINER = 16, UNIT = 1024 / 16 };
    return words ? sum * UNIT * FINER / (int32_t)root((uint64_t)(words * FINER * FINER)) : 0;
}

int32_t lean_first_words(const Shape *shape) {
    return lean_of(shape->heading_lean, min_int(shape->lean_words, LEXICON_HEADING_WORDS));
}

void lean_blocks(const Document *document, const Lexicon *lexicon, int32_t *ret_leans) {
    int32_t heading = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        const Shape *shape = &block->shape;
        ret_leans[i] = lexicon->lean + lean_of(shape->lean, shape->lean_words) + heading;
        if (document->page && block->evidence[EVIDENCE_LEVEL]) heading = lean_first_words(shape);
    }
}
