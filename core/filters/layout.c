/* SPDX-License-Identifier: MIT
 * layout.c - what a block looks like and where it stands: counts and shares, no words. */
#include "document/stretch.h"
#include "filters/filter.h"
#include "language/letters.h"
#include "language/words.h"

static Opening opening(const Shape *shape) {
    switch ((LetterClass)shape->first_class) {
    case LETTER_LOWER:
        return OPENING_LOWER;
    case LETTER_UPPER:
        return OPENING_UPPER;
    case LETTER_CASELESS:
    case LETTER_UNSPACED:
    case LETTER_MARK:
        return OPENING_LETTER;
    case LETTER_DIGIT:
        return OPENING_DIGIT;
    case LETTER_PUNCTUATION:
        switch (shape->first_code) {
        case '"':
        case '\'':
        case 0x2018:
        case 0x201C:
        case 0x201E:
        case 0xAB:
        case 0x300C:
            return OPENING_QUOTE;
        default:
            return OPENING_MARK;
        }
    default:
        return OPENING_SYMBOL;
    }
}

static bool ends_in_dots(Str text) {
    return text.len >= 2 && text.at[text.len - 1] == '.' && text.at[text.len - 2] == '.';
}

static Ending ending(const Block *block) {
    uint32_t code = block->shape.last_code;
    switch (code) {
    case '.':
        return ends_in_dots(block->text) ? ENDING_ELLIPSIS : ENDING_STOP;
    case 0x2026:
        return ENDING_ELLIPSIS;
    case 0x3002:
    case 0x6D4:
    case 0x964:
        return ENDING_STOP;
    case '!':
    case '?':
    case 0xFF01:
    case 0xFF1F:
    case 0x61F:
        return ENDING_MARK;
    case ':':
    case 0xFF1A:
        return ENDING_COLON;
    case ',':
    case ';':
    case '-':
    case 0x2013:
    case 0x2014:
    case 0x3001:
    case 0xFF0C:
    case 0x60C:
        return ENDING_COMMA;
    default:
        break;
    }
    switch ((LetterClass)block->shape.last_class) {
    case LETTER_DIGIT:
        return ENDING_DIGIT;
    case LETTER_PUNCTUATION:
        return ENDING_CLOSING;
    case LETTER_SYMBOL:
    case LETTER_OTHER_SIGN:
        return ENDING_SYMBOL;
    default:
        return ENDING_LETTER;
    }
}

static void judge_shape(const Document *document, Block *block) {
    const Shape *shape = &block->shape;
    int16_t *evidence = block->evidence;
    uint32_t lettered =
        shape->words > shape->numbers ? (uint32_t)(shape->words - shape->numbers) : 0;
    evidence[EVIDENCE_WORDS] = clamp16(shape->words);
    evidence[EVIDENCE_POINTS] = clamp16(shape->points);
    evidence[EVIDENCE_WORD_LENGTH] = clamp16(lettered ? shape->letters * 10 / lettered : 0);
    evidence[EVIDENCE_STOP_SHARE] = clamp16(permille(shape->stop_words, shape->words));
    evidence[EVIDENCE_READER_WORDS] = clamp16(shape->reader_words);
    evidence[EVIDENCE_CAPITALISED_SHARE] = clamp16(permille(shape->capitalised, shape->words));
    evidence[EVIDENCE_CAPITALS_SHARE] = clamp16(permille(shape->capitals, shape->words));
    evidence[EVIDENCE_DIGIT_SHARE] = clamp16(permille(shape->digits, shape->points));
    evidence[EVIDENCE_MARK_SHARE] = clamp16(permille(shape->marks, shape->points));
    evidence[EVIDENCE_SYMBOLS] = clamp16(shape->symbols);
    evidence[EVIDENCE_NUMBERS] = clamp16(shape->numbers);
    evidence[EVIDENCE_STOPS] = clamp16(shape->stops);
    evidence[EVIDENCE_COMMAS] = clamp16(shape->commas);
    evidence[EVIDENCE_QUOTES] = clamp16(shape->quotes);
    evidence[EVIDENCE_SEPARATORS] = clamp16(shape->separators);
    evidence[EVIDENCE_LONGEST_WORD] = clamp16(shape->longest_word);
    evidence[EVIDENCE_OPENING] = (int16_t)opening(shape);
    evidence[EVIDENCE_ENDING] = (int16_t)ending(block);
    bool enough = shape->stop_words >= 2 && document->language != LANGUAGE_NONE;
    evidence[EVIDENCE_FOREIGN_LANGUAGE] = enough && shape->language != document->language;
    evidence[EVIDENCE_FOREIGN_SCRIPT] =
        shape->script != SCRIPT_NONE && shape->script != document->script;
}

static void judge_place(const Document *document, size_t number) {
    Block *block = &document->blocks[number];
    int16_t *evidence = block->evidence;
    size_t last = document->block_count - 1;
    evidence[EVIDENCE_JOINT_BEFORE] = block->joint;
    evidence[EVIDENCE_JOINT_AFTER] =
        number < last ? document->blocks[number + 1].joint : JOINT_START;
    evidence[EVIDENCE_POSITION] =
        clamp16(permille((uint64_t)(block->text.at - document->raw.at), document->raw.len));
    evidence[EVIDENCE_BLOCKS_BEFORE] = clamp16((int64_t)number);
    evidence[EVIDENCE_BLOCKS_AFTER] = clamp16((int64_t)(last - number));
    evidence[EVIDENCE_WORDS_BEFORE] = clamp16(block->words_before);
    evidence[EVIDENCE_WORDS_AFTER] =
        clamp16((int64_t)document->word_count - block->words_before - block->shape.words);
}

static void judge_stretch(const Document *document, Stretch stretch) {
    int64_t words = 0;
    for (size_t i = stretch.first; i < stretch.end; i++) words += document->blocks[i].shape.words;
    for (size_t i = stretch.first; i < stretch.end; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_STRETCH_WORDS] = clamp16(words);
        evidence[EVIDENCE_STRETCH_BLOCKS] = clamp16((int64_t)(stretch.end - stretch.first));
        evidence[EVIDENCE_STRETCH_PLACE] = clamp16((int64_t)(i - stretch.first + 1));
    }
}

static decant_status judge(Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        judge_shape(document, &document->blocks[i]);
        judge_place(document, i);
    }
    for (size_t i = 0; i < document->block_count;) {
        Stretch stretch = stretch_at(document, i);
        judge_stretch(document, stretch);
        i = stretch.end;
    }
    return DECANT_OK;
}

const Filter filter_layout = {
    .name = "layout", .summary = "length, make-up and place of a block", .judge = judge};
