/* SPDX-License-Identifier: MIT
 * page_columns.h - every column of the rows that the models of HTML pages read, group by group:
 * evidence, neighbours, what stands near, the page, and what the pass before said. */
#ifndef VERDICT_PAGE_COLUMNS_H
#define VERDICT_PAGE_COLUMNS_H

#include "verdict/columns.h"

/* Words as in columns.h. */

/* What is told of each of the blocks before and after. */
#define PAGE_NEIGHBOUR_MEASURES(X)                                                                 \
    X(WORDS, "words", "has {n} words")                                                             \
    X(ENDING, "ending", "ends in {e}")                                                             \
    X(LINK_SHARE, "link_share", "{p} of it are links")                                             \
    X(LEVEL, "level", "is a heading of level {n}~is no heading")                                   \
    X(STOP_SHARE, "stop_share", "{p} of its words are function words")                             \
    X(NOISE, "noise", "{p} of it is a phrase of noise")                                            \
    X(META, "meta", "{p} of it is a byline, a stamp or a credit")                                  \
    X(CANDIDATE, "candidate", "its surroundings score {p} of the best of the page")                \
    X(KIN, "kin", "looks like it ({n})~looks unlike it")

#define PAGE_OFFSETS(X)                                                                            \
    X(-4, "before4", "the fourth block before it")                                                 \
    X(-3, "before3", "the third block before it")                                                  \
    X(-2, "before2", "the second block before it")                                                 \
    X(-1, "before1", "the block before it")                                                        \
    X(1, "after1", "the block after it")                                                           \
    X(2, "after2", "the second block after it")                                                    \
    X(3, "after3", "the third block after it")                                                     \
    X(4, "after4", "the fourth block after it")

/* What stands near: within 3, 8 and 20 blocks. */
#define PAGE_NEAR_MEASURES(X)                                                                      \
    X(WORDS, "words", "blocks near it have {n} words on average")                                  \
    X(LINK_SHARE, "link_share", "{p} of what stands near it are links")                            \
    X(PROSE_SHARE, "prose_share", "{p} of what stands near it is prose")                           \
    X(NOISY, "noisy", "{n} blocks near it are noise by their words")

#define PAGE_REACHES(X) X(3, "near3") X(8, "near8") X(20, "near20")

#define PAGE_FLOW(X)                                                                               \
    X(SINCE_PROSE, "since_prose", "the last block of prose is {n} blocks away")                    \
    X(UNTIL_PROSE, "until_prose", "the next block of prose is {n} blocks away")                    \
    X(PROSE_BEFORE, "prose_before", "{p} of the page's prose stands before it")                    \
    X(LINKS_BEFORE, "links_before", "{p} of the page's links stand before it")

/* Where words say that it belongs, 256 a unit of log-odds: its own and the heading's, and those of
 * what stands in its element and in the next three around that hold more. */
#define PAGE_LEANS(X)                                                                              \
    X(BLOCK, "lean", "its words and its heading's lean to noise, {l}")                             \
    X(OWN, "lean.own", "the words in its element lean to noise, {l}")                              \
    X(WIDER1, "lean.wider1", "the words around it lean to noise, {l}")                             \
    X(WIDER2, "lean.wider2", "the words around it lean to noise, {l}")                             \
    X(WIDER3, "lean.wider3", "the words around it lean to noise, {l}")

/* Where names of elements say that it belongs, 256 a unit of log-odds (names.h): of its own and the
 * inline ones around it, of the two around that, of all further out, of the page's outermost; all.
 */
#define PAGE_NAMES(X)                                                                              \
    X(OWN, "called.own", "its element's class and id lean to noise, {l}")                          \
    X(NEAR, "called.near", "class and id of the elements around it lean to noise, {l}")            \
    X(FAR, "called.far", "class and id further out lean to noise, {l}")                            \
    X(ROOT, "called.root", "class and id of the page itself lean to noise, {l}")                   \
    X(ALL, "called", "class and id of all it stands in lean to noise, {l}")

/* What is told of the page as a whole. Shares: of its words. */
#define PAGE_WHOLE_MEASURES(X)                                                                     \
    X(BLOCKS, "page.blocks", "the page has {n} blocks")                                            \
    X(WORDS, "page.words", "the page has {n} words")                                               \
    X(LINK_SHARE, "page.link_share", "{p} of the page are links")                                  \
    X(PROSE_SHARE, "page.prose_share", "{p} of the page is prose")                                 \
    X(PROSE_BLOCKS, "page.prose_blocks", "{n} blocks of the page are prose")                       \
    X(SHORT_SHARE, "page.short_share", "{p} of the page's blocks are short")                       \
    X(STOP_SHARE, "page.stop_share", "{p} of the page's words are function words")                 \
    X(NOISY_SHARE, "page.noisy_share", "{p} of the page's blocks are noise by their words")        \
    X(HEADINGS, "page.headings", "the page has {n} headings")                                      \
    X(LARGEST, "page.largest", "the longest block of the page has {n} words")                      \
    X(SCRIPT, "page.script", "is written in its script")                                           \
    X(TYPES, "page.types", "says what sort of page it is ({n})")                                   \
    X(IS_ARTICLE, "page.is_article", "the page says that it is an article ({n})")                  \
    X(IS_PRODUCT, "page.is_product", "the page says that it is a product ({n})")                   \
    X(IS_FORUM, "page.is_forum", "the page says that it is a discussion ({n})")                    \
    X(IS_LISTING, "page.is_listing", "the page says that it is a listing ({n})")                   \
    X(IN_ARTICLE, "page.in_article", "{p} of the page stand in article elements")                  \
    X(IN_MAIN, "page.in_main", "{p} of the page stand in its main element")                        \
    X(IN_NAV, "page.in_nav", "{p} of the page stand in navigation")                                \
    X(IN_FOOTER, "page.in_footer", "{p} of the page stand in footers")                             \
    X(IN_TABLE, "page.in_table", "{p} of the page stand in tables")                                \
    X(IN_ITEM, "page.in_item", "{p} of the page stand in list items")                              \
    X(IN_PARAGRAPH, "page.in_paragraph", "{p} of the page stand in paragraphs")                    \
    X(IN_VERBATIM, "page.in_verbatim", "{p} of the page are verbatim")                             \
    X(AS_COMMENT, "page.as_comment", "{p} of the page stand in what is called comments")           \
    X(AS_THREAD, "page.as_thread", "{p} of the page stand in what is called a thread")             \
    X(AS_PRODUCT, "page.as_product", "{p} of the page stand in what is called a product")          \
    X(AS_POST, "page.as_post", "{p} of the page stand in what is called a post")                   \
    X(AS_CARD, "page.as_card", "{p} of the page stand in what is called a card")                   \
    X(AS_ARTICLE, "page.as_article", "{p} of the page stand in what is called an article")         \
    X(AS_RELATED, "page.as_related", "{p} of the page stand in what is called related")            \
    X(AS_SECTION, "page.as_section", "{p} of the page stand in what is called a section")          \
    X(AS_ACCOUNT, "page.as_account", "{p} of the page stand in what is called a user's")           \
    X(AS_SHOP, "page.as_shop", "{p} of the page stand in what is called a shop's")                 \
    X(HIDDEN, "page.hidden", "{p} of the page are hidden")                                         \
    X(CANDIDATE, "page.candidate", "{p} of the page stand in its best part")

/* What the pass before says, 256 a unit of log-odds: of the blocks around, in order; of what stands
 * near and of the containers; of the page. */
enum { PAGE_SCORES_REACH = 8 };
#define PAGE_PASS_MEASURES(X)                                                                      \
    X(NEAR3, "pass.near3", "what stands around it looks foreign ({l})")                            \
    X(NEAR10, "pass.near10", "what stands around it looks foreign ({l})")                          \
    X(NEAR30, "pass.near30", "what stands around it looks foreign ({l})")                          \
    X(OWN, "pass.own", "its element looks foreign ({l})")                                          \
    X(AROUND1, "pass.around1", "what stands around it looks foreign ({l})")                        \
    X(AROUND2, "pass.around2", "what stands around it looks foreign ({l})")                        \
    X(AROUND3, "pass.around3", "what stands around it looks foreign ({l})")                        \
    X(AROUND5, "pass.around5", "what stands around it looks foreign ({l})")                        \
    X(AROUND5_SHARE, "pass.around5_share", "{p} of what stands around it looks foreign")           \
    X(ALIKE, "pass.alike", "blocks that look like it look foreign ({l})")                          \
    X(ALL_BEFORE, "pass.all_before", "all before it looks foreign ({l})")                          \
    X(ALL_AFTER, "pass.all_after", "all after it looks foreign ({l})")                             \
    X(KEPT_BEFORE, "pass.kept_before", "the last sure text is {n} blocks away")                    \
    X(KEPT_AFTER, "pass.kept_after", "the next sure text is {n} blocks away")                      \
    X(KEPT_SHARE_BEFORE, "pass.kept_share_before", "{p} of the sure text stand before it")         \
    X(HEADING, "pass.heading", "the heading above looks foreign ({l})")                            \
    X(BELOW, "pass.below", "what stands below this heading looks foreign ({l})")                   \
    X(PAGE_MEAN, "pass.mean", "the page looks foreign ({l})")                                      \
    X(PAGE_LEAST, "pass.least", "the surest text of the page ({l})")                               \
    X(PAGE_SHARE, "pass.share", "{p} of the page's words look foreign")                            \
    X(PAGE_KEPT, "pass.kept", "{n} words of the page look like its own")

enum {
#define X(id, name, words) PAGE_NEIGHBOUR_##id,
    PAGE_NEIGHBOUR_MEASURES(X) PAGE_NEIGHBOUR_COUNT
#undef X
};
enum {
#define X(id, name, words) PAGE_NEAR_##id,
    PAGE_NEAR_MEASURES(X) PAGE_NEAR_COUNT
#undef X
};
enum {
#define X(id, name, words) PAGE_FLOW_##id,
    PAGE_FLOW(X) PAGE_FLOW_COUNT
#undef X
};
enum {
#define X(id, name, words) PAGE_LEAN_##id,
    PAGE_LEANS(X) PAGE_LEAN_COUNT
#undef X
};
enum {
#define X(id, name, words) PAGE_NAMES_##id,
    PAGE_NAMES(X) PAGE_NAMES_COUNT,
#undef X
    PAGE_NAMES_RINGS = PAGE_NAMES_ALL
};
enum {
#define X(id, name, words) PAGE_WHOLE_##id,
    PAGE_WHOLE_MEASURES(X) PAGE_WHOLE_COUNT
#undef X
};
enum {
#define X(id, name, words) PAGE_PASS_##id,
    PAGE_PASS_MEASURES(X) PAGE_PASS_COUNT
#undef X
};
#define X(at, name, words) +1
enum { PAGE_OFFSET_COUNT = 0 PAGE_OFFSETS(X) };
#undef X
#define X(reach, name) +1
enum { PAGE_REACH_COUNT = 0 PAGE_REACHES(X), PAGE_SCORES = 2 * PAGE_SCORES_REACH + 1 };
#undef X

/* Where each group of columns begins. */
enum {
    PAGE_COLUMN_NEIGHBOURS = EVIDENCE_COUNT,
    PAGE_COLUMN_NEAR = PAGE_COLUMN_NEIGHBOURS + PAGE_OFFSET_COUNT * PAGE_NEIGHBOUR_COUNT,
    PAGE_COLUMN_FLOW = PAGE_COLUMN_NEAR + PAGE_REACH_COUNT * PAGE_NEAR_COUNT,
    PAGE_COLUMN_LEANS = PAGE_COLUMN_FLOW + PAGE_FLOW_COUNT,
    PAGE_COLUMN_NAMES = PAGE_COLUMN_LEANS + PAGE_LEAN_COUNT,
    PAGE_COLUMN_WHOLE = PAGE_COLUMN_NAMES + PAGE_NAMES_COUNT,
    PAGE_FIRST_WIDTH = PAGE_COLUMN_WHOLE + PAGE_WHOLE_COUNT,
    PAGE_COLUMN_SCORES = PAGE_FIRST_WIDTH,
    PAGE_COLUMN_PASS = PAGE_COLUMN_SCORES + PAGE_SCORES,
    PAGE_WIDTH = PAGE_COLUMN_PASS + PAGE_PASS_COUNT
};

/* Their count, names and words are told by verdict.h. */

#endif
