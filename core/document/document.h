/* SPDX-License-Identifier: MIT
 * document.h - where the wings meet: one document (or one part of a long one), its blocks, what was
 * found out about them, and what was decided. All of it lives in one arena. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/interrupt.h"
#include "document/evidence.h"
#include "document/page.h"
#include "rules/rules.h"

/* How a block is joined to the one before it. */
typedef enum Joint {
    JOINT_START,     /* the document's first block */
    JOINT_PARAGRAPH, /* a blank line, form feed or paragraph separator between */
    JOINT_LINE,      /* a line break between */
    JOINT_SENTENCE,  /* the next sentence of the same paragraph */
    JOINT_FUSED      /* nothing where white space should be: two texts run into each other */
} Joint;

/* What a block's text is made of, counted in one pass by segment. */
typedef struct Shape {
    uint32_t letters;                /* code points from here on */
    uint32_t points;                 /* all code points but white space */
    uint32_t digits, marks, symbols; /* `marks`: punctuation */
    uint32_t upper;
    uint16_t words;       /* runs of letters and digits; an unspaced code point is a word */
    uint16_t capitalised; /* words that begin with an upper-case letter */
    uint16_t capitals;    /* words of two letters or more, all upper case */
    uint16_t stop_words;  /* in the block's own language: the one that has most */
    uint16_t reader_words, self_words;
    uint16_t numbers;                /* words of digits alone */
    uint16_t commas, stops, quotes;  /* stops: . ! ? and the like, runs counted once */
    uint16_t straight, curly;        /* quotation marks and apostrophes: ' and ", or set in type */
    uint16_t hyphens, dashes;        /* between words: as - and --, or set in type */
    uint16_t separators;             /* | / > » · • - between spaces */
    uint16_t longest_word;           /* in code points */
    uint8_t first_class, last_class; /* LetterClass of the first and last code point */
    uint32_t first_code, last_code;  /* the code points themselves */
    uint8_t script;                  /* Script of most letters */
    uint8_t language;                /* Language of most stop words, or LANGUAGE_NONE */
    bool leads_back;      /* its first word leads back to what stands before, in its language */
    uint8_t invalid;      /* bytes that are not UTF-8, saturating */
    uint8_t lean_words;   /* words whose leans are summed up here, 16 a unit of log-odds: */
    int16_t lean;         /* its first ones, LEXICON_WORDS of them at most */
    int16_t heading_lean; /* LEXICON_HEADING_WORDS at most, as LEXICON_HEADING */
} Shape;

/* What was decided about a block. */
typedef struct Verdict {
    bool drop;
    uint8_t kind;       /* decant_kind */
    int16_t confidence; /* permille: probability that dropping is right */
    int32_t score;      /* fixed point: 1024 is one unit of log-odds */
    int16_t site_share; /* of a block that stays: permille of the site's documents that hold it,
                           too, where that is worth a note */
    Str known_as;       /* the document of the corpus that it is of; empty: unknown */
    struct {
        uint16_t evidence; /* index into the verdict's feature names */
        int16_t value;
        int32_t weight; /* same unit as score */
    } reasons[DECANT_REASONS];
} Verdict;

/* A stretch of text that is judged as a whole and never cut later: a sentence of a paragraph, a
 * line, or a fused piece. */
typedef struct Block {
    Str text;           /* without white space at its ends; in the document's raw text */
    Span span;          /* where it stands in the document's bytes, inner markup included */
    uint32_t paragraph; /* number of the paragraph (or line) it belongs to, from 0 */
    uint8_t joint;      /* Joint to the block before */
    Shape shape;
    uint32_t first_token, token_count; /* in document->tokens */
    uint32_t first_hit, hit_count;     /* in document->hits */
    uint32_t words_before;             /* words of the document before this block */
    int16_t *evidence; /* EVIDENCE_TEXT_COUNT values, of a page's block EVIDENCE_COUNT */
    Verdict verdict;
} Block;

/* A kind of content word met in the document: four letters and more and no stop word, or a pair of
 * neighbouring unspaced code points. */
typedef struct WordType {
    uint32_t hash;
    uint32_t count;
    uint32_t first, last; /* blocks */
    uint32_t named;       /* times it stood capitalised in mid-sentence */
} WordType;

/* Raw bytes, blocks and words of one document or part. Filters read it and write evidence only. */
typedef struct Document {
    Arena *arena;
    const Interrupt *interrupt; /* asked within long work on it; NULL: nobody */
    const char *name;
    Str raw;          /* of an HTML page: the text that its blocks read */
    const Page *page; /* of an HTML page; NULL for plain text */
    uint64_t offset;  /* of raw.at[0] in the whole document: 0 but for later parts */
    Block *blocks;
    size_t block_count;
    uint32_t paragraph_count;
    uint32_t word_count;
    uint32_t *tokens; /* indices into word_types, in the order of the text; top bit: named */
    size_t token_count;
    WordType *word_types;
    size_t word_type_count;
    RuleHit *hits;
    size_t hit_count;
    uint8_t language;     /* Language of most stop words, or LANGUAGE_NONE */
    uint8_t script;       /* Script of most letters */
    bool last_part;       /* false: another part follows */
    size_t limited_rules; /* rules given up at a match limit */
    uint64_t invalid_bytes;
    uint64_t first_invalid; /* offset in raw of the first one */
} Document;

#define TOKEN_NAMED       0x80000000u
#define TOKEN_TYPE(token) ((token) & ~TOKEN_NAMED)

#endif
