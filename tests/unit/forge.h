/* SPDX-License-Identifier: MIT
 * forge.h - writes the words of forests and models by hand; core/models/forest.h tells the layout.
 */
#ifndef UNIT_FORGE_H
#define UNIT_FORGE_H

#include "decant.h"

enum {
    FORGE_WORDS = 4096,
    FORGE_NET_MOST = (1 << 21) - 1, /* what a net can score a block */
    FORGE_MAGIC = 0x544E4344,
    FORGE_VERSION = 5,
    FORGE_FIRST = 1, /* sections */
    FORGE_SECOND,
    FORGE_THIRD,
    FORGE_DECISION,
    FORGE_RUNS,
    FORGE_DUMP,
    FORGE_GATE,
    FORGE_DUMP_DECISION,
    FORGE_GLANCE,
    FORGE_LEXICON,
    FORGE_BRIEF,
    FORGE_DUMP_BRIEF,
    FORGE_NET,
    FORGE_DUMP_NET,
    FORGE_KINDS = 16,
    FORGE_EDGES = 28,
    FORGE_DUMP_EDGES = 40,
    FORGE_PAGE_EDGES = 44
};

/* Words being written, and where the length of the section at hand stands. */
typedef struct Forge {
    int32_t words[FORGE_WORDS];
    size_t count, length_at;
} Forge;

void forge_put(Forge *forge, int32_t word);

/* A node: over the threshold goes right. */
int32_t forge_node(size_t feature, int threshold);

/* Two values of 16 bits in a word. */
int32_t forge_halves(int32_t low, int32_t high);

/* A model's head; sections are added to its count. */
void forge_model(Forge *forge);
void forge_section(Forge *forge, int32_t tag);
void forge_end_section(Forge *forge);

/* The head of a section with a forest; nodes, means and leaves follow. */
void forge_forest(Forge *forge, int32_t tag, size_t features, int32_t trees, int32_t depth,
                  int32_t bias);

/* One tree of one node: `low` up to the threshold, `high` over it. */
void forge_tree(Forge *forge, size_t feature, int threshold, int32_t low, int32_t high);

/* A section with a forest of one tree without nodes: every score is the bias. */
void forge_constant(Forge *forge, int32_t tag, int32_t bias);

/* A section with a forest of one tree of one node. */
void forge_stump(Forge *forge, int32_t tag, const char *feature, int threshold, int32_t low,
                 int32_t high);

/* A section with a net of one layer: a block is scored `high` if the column of the block before it
 * is over the threshold, else `low`; these differ by up to 16 units. */
void forge_net(Forge *forge, int32_t tag, size_t column, int threshold, int32_t low, int32_t high);

/* The same over a column of a run's row, or of the gate's, which begins with that of a run. */
void forge_run_stump(Forge *forge, int32_t tag, const char *column, int threshold, int32_t low,
                     int32_t high);

/* Two thresholds and the curve that leads from a score to a confidence: `knots` pairs. */
void forge_decision(Forge *forge, int32_t tag, int32_t first, int32_t second, const int32_t *pairs,
                    size_t knots);

/* The index of a feature by its name, and of a run's column. */
size_t feature_named(const char *name);
size_t run_column_named(const char *name);

/* The bytes of the words, little-endian, in memory of their own size; to be freed. */
uint8_t *forge_bytes(const Forge *forge, size_t *ret_size);

#endif
