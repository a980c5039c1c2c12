/* SPDX-License-Identifier: MIT
 * shape.c - counts letters and words, collects content words, tells the rules of words. */
#include "segment/shape.h"

#include "language/letters.h"

#include <string.h>

enum { FIRST_SLOTS = 1024, MAX_TYPES = 1 << 18, CONTENT_LETTERS = 4 };

/* What one pass over a block keeps in hand. */
typedef struct Reader {
    WordIndex *index;
    Document *document;
    Block *block;
    uint32_t number;
    RuleSet *rules;
    uint16_t language_words[LANGUAGE_COUNT];
    uint32_t script_letters[SCRIPTS];
    /* the word being read */
    uint32_t hash, part_hash, letters, uppers, digits, part_letters;
    bool capitalised, unspaced, after_stop;
    uint32_t previous_unspaced; /* hash of the code point before, 0: none */
    decant_status status;
} Reader;

decant_status word_index_open(WordIndex *index, Document *document) {
    *index = (WordIndex){
        .slot_count = FIRST_SLOTS, .type_capacity = FIRST_SLOTS / 2, .token_capacity = 1024};
    index->slots = arena_array(document->arena, index->slot_count, sizeof *index->slots);
    document->word_types = arena_array(document->arena, index->type_capacity, sizeof(WordType));
    document->tokens = arena_array(document->arena, index->token_capacity, sizeof(uint32_t));
    bool all = index->slots && document->word_types && document->tokens;
    return all ? DECANT_OK : DECANT_NO_MEMORY;
}

static size_t slot_of(const WordIndex *index, const Document *document, uint32_t hash) {
    size_t slot = hash * 2654435769u & (index->slot_count - 1);
    while (index->slots[slot] && document->word_types[index->slots[slot] - 1].hash != hash)
        slot = (slot + 1) & (index->slot_count - 1);
    return slot;
}

/* Doubles the index; types keep their numbers. */
static decant_status grow_index(WordIndex *index, Document *document) {
    size_t types = document->word_type_count;
    WordType *grown = arena_grow(document->arena, document->word_types, types,
                                 index->type_capacity * 2, sizeof *grown);
    uint32_t *slots = arena_array(document->arena, index->slot_count * 2, sizeof *slots);
    if (!grown || !slots) return DECANT_NO_MEMORY;
    document->word_types = grown;
    index->slots = slots;
    index->type_capacity *= 2;
    index->slot_count *= 2;
    for (size_t i = 0; i < types; i++)
        index->slots[slot_of(index, document, grown[i].hash)] = (uint32_t)i + 1;
    return DECANT_OK;
}

/* Adds a token of this hash to the block. Types over the cap are not counted. */
static decant_status add_token(Reader *reader, uint32_t hash, bool named) {
    WordIndex *index = reader->index;
    Document *document = reader->document;
    if (document->word_type_count == index->type_capacity) {
        if (index->type_capacity >= MAX_TYPES) return DECANT_OK;
        if (grow_index(index, document)) return DECANT_NO_MEMORY;
    }
    size_t slot = slot_of(index, document, hash);
    if (!index->slots[slot]) {
        document->word_types[document->word_type_count++] =
            (WordType){.hash = hash, .first = reader->number};
        index->slots[slot] = (uint32_t)document->word_type_count;
    }
    uint32_t type = index->slots[slot] - 1;
    WordType *entry = &document->word_types[type];
    entry->count++;
    entry->last = reader->number;
    entry->named += named;
    if (document->token_count == index->token_capacity) {
        uint32_t *grown = arena_grow(document->arena, document->tokens, document->token_count,
                                     index->token_capacity * 2, sizeof *grown);
        if (!grown) return DECANT_NO_MEMORY;
        document->tokens = grown;
        index->token_capacity *= 2;
    }
    document->tokens[document->token_count++] = type | (named ? TOKEN_NAMED : 0);
    reader->block->token_count++;
    return DECANT_OK;
}

static void count16(uint16_t *counter) {
    if (*counter < UINT16_MAX) (*counter)++;
}

/* Counts a finished word in the languages whose function word it is. */
static void count_stop_word(Reader *reader, uint32_t languages) {
    for (unsigned i = 0; languages; i++, languages >>= 1)
        if (languages & 1) reader->language_words[i]++;
}

static void end_word(Reader *reader) {
    if (!reader->letters && !reader->digits) return;
    Shape *shape = &reader->block->shape;
    uint32_t letters = reader->letters;
    count16(&shape->words);
    if (letters == 0) {
        count16(&shape->numbers);
        reader->hash = reader->part_hash = word_hash_add(WORD_HASH_START, '0');
        rules_meet(reader->rules, reader->hash);
    } else {
        const WordEntry *entry = word_entry(reader->hash);
        uint32_t languages = entry->stop;
        count_stop_word(reader, languages);
        if (entry->reader) count16(&shape->reader_words);
        if (reader->capitalised) count16(&shape->capitalised);
        if (reader->uppers == letters && letters > 1) count16(&shape->capitals);
        if (letters > shape->longest_word)
            shape->longest_word = (uint16_t)min_int((int)letters, UINT16_MAX);
        rules_meet(reader->rules, reader->hash);
        if (reader->part_letters < letters + reader->digits)
            rules_meet(reader->rules, reader->part_hash);
        if (reader->digits) rules_meet(reader->rules, word_hash_add(WORD_HASH_START, '0'));
        bool named = reader->capitalised && !reader->after_stop;
        if (letters >= CONTENT_LETTERS && !languages && !reader->status)
            reader->status = add_token(reader, reader->hash, named);
    }
    reader->after_stop = false;
    reader->letters = reader->uppers = reader->digits = reader->part_letters = 0;
}

/* Begins a part of a word: at its start, and at a joint of lower case and upper case or of digits
 * and letters, where fused texts meet. */
static void begin_part(Reader *reader) {
    if (reader->part_letters) rules_meet(reader->rules, reader->part_hash);
    reader->part_hash = WORD_HASH_START;
    reader->part_letters = 0;
}

static void add_letter(Reader *reader, Letter letter, uint8_t before) {
    bool begins = !reader->letters && !reader->digits;
    if (begins) {
        reader->hash = WORD_HASH_START;
        reader->capitalised = letter.letter == LETTER_UPPER;
        reader->part_letters = 0;
    }
    bool joint = (letter.letter == LETTER_UPPER && before == LETTER_LOWER) ||
                 (letter.letter != LETTER_MARK && before == LETTER_DIGIT);
    if (begins || joint) begin_part(reader);
    uint32_t lower = letter.letter == LETTER_UPPER ? letter_lower(letter.code) : letter.code;
    reader->hash = word_hash_add(reader->hash, lower);
    reader->part_hash = word_hash_add(reader->part_hash, lower);
    reader->part_letters++;
    if (letter.letter != LETTER_MARK) {
        reader->letters++;
        reader->uppers += letter.letter == LETTER_UPPER;
        reader->script_letters[letter.script]++;
    }
}

static void add_digit(Reader *reader, Letter letter, Letter before) {
    if (before.letter == LETTER_PUNCTUATION)
        rules_meet(reader->rules, word_hash_add(word_hash_add(WORD_HASH_START, before.code), '0'));
    if (!reader->letters && !reader->digits) {
        reader->hash = reader->part_hash = WORD_HASH_START;
        reader->capitalised = false;
        reader->part_letters = 0;
    }
    reader->hash = word_hash_add(reader->hash, letter.code);
    reader->digits++;
    reader->block->shape.digits++;
}

/* A code point of a script without spaces is a word of its own; two neighbours make a token. */
static void add_unspaced(Reader *reader, Letter letter) {
    end_word(reader);
    uint32_t hash = word_hash_add(WORD_HASH_START, letter.code);
    uint32_t languages = stop_word_languages(hash);
    reader->hash = reader->part_hash = hash;
    count16(&reader->block->shape.words);
    count_stop_word(reader, languages);
    if (reader_word_languages(hash)) count16(&reader->block->shape.reader_words);
    rules_meet(reader->rules, hash);
    reader->script_letters[letter.script]++;
    reader->block->shape.letters_in_words++;
    if (!languages && reader->previous_unspaced && !reader->status)
        reader->status =
            add_token(reader, word_hash_add(reader->previous_unspaced, letter.code), false);
    reader->previous_unspaced = languages ? 0 : hash;
}

static bool is_separator(uint32_t code) {
    return code == '|' || code == '/' || code == '>' || code == 0xBB || code == 0x203A ||
           code == 0xB7 || code == 0x2022 || code == 0x2013 || code == '-' || code == 0x2192;
}

static bool is_quote(uint32_t code) {
    return code == '"' || (code >= 0x201C && code <= 0x201E) || code == 0xAB || code == 0xBB ||
           (code >= 0x300C && code <= 0x300F);
}

static void add_sign(Reader *reader, Letter letter, uint8_t before, uint32_t before_code) {
    Shape *shape = &reader->block->shape;
    if (letter.letter == LETTER_PUNCTUATION) shape->marks++;
    else if (letter.letter == LETTER_SYMBOL) shape->symbols++;
    if (letter.code == ',' || letter.code == 0x3001 || letter.code == 0xFF0C ||
        letter.code == 0x60C)
        count16(&shape->commas);
    if (letter_is_stop(letter.code)) {
        if (!letter_is_stop(before_code)) count16(&shape->stops);
        reader->after_stop = true;
    }
    if (is_quote(letter.code)) {
        count16(&shape->quotes);
        reader->after_stop = true;
    }
    if (is_separator(letter.code) && before == LETTER_SPACE) count16(&shape->separators);
    if (before == LETTER_DIGIT)
        rules_meet(reader->rules, word_hash_add(word_hash_add(WORD_HASH_START, '0'), letter.code));
    rules_meet(reader->rules, word_hash_add(WORD_HASH_START, letter.code));
}

/* Whether an apostrophe at `at` stands between letters, so that the word goes on. */
static bool joins_word(const Reader *reader, const uint8_t *at, const uint8_t *end, Letter letter) {
    if (letter.code != '\'' && letter.code != 0x2019) return false;
    if (!reader->letters || at + letter.size >= end) return false;
    Letter next = letter_read(at + letter.size, end);
    return next.letter == LETTER_LOWER || next.letter == LETTER_UPPER;
}

/* Reads a word's beginning: an ASCII letter and the small ones after it. What add_letter would do
 * for each of them, at once. Returns where they end. */
static const uint8_t *begin_word(Reader *reader, const uint8_t *at, const uint8_t *end) {
    Shape *shape = &reader->block->shape;
    const uint8_t *start = at;
    uint32_t hash = word_hash_add(WORD_HASH_START, *at | 0x20u);
    reader->capitalised = *at < 'a';
    for (at++; at < end && *at >= 'a' && *at <= 'z'; at++) hash = word_hash_add(hash, *at);
    uint32_t letters = (uint32_t)(at - start);
    reader->hash = reader->part_hash = hash;
    reader->letters = reader->part_letters = letters;
    reader->uppers = reader->capitalised;
    reader->script_letters[SCRIPT_LATIN] += letters;
    reader->previous_unspaced = 0;
    shape->letters += letters;
    shape->points += letters;
    shape->upper += reader->capitalised;
    return at;
}

static bool is_ascii_letter(uint8_t byte) {
    return (uint8_t)((byte | 0x20) - 'a') < 26;
}

static void read_letters(Reader *reader) {
    Shape *shape = &reader->block->shape;
    const uint8_t *at = reader->block->text.at, *end = at + reader->block->text.len;
    Letter before = {0, 0, LETTER_SPACE, SCRIPT_NONE};
    if (at < end) {
        const Letter first = letter_read(at, end);
        shape->first_class = first.letter;
        shape->first_code = first.code;
    }
    while (at < end) {
        if (is_ascii_letter(*at) && !reader->letters && !reader->digits) {
            at = begin_word(reader, at, end);
            before = letter_ascii[at[-1]];
            continue;
        }
        if (*at == ' ') {
            end_word(reader);
            before = letter_ascii[*at++];
            continue;
        }
        Letter letter = letter_read(at, end);
        switch ((LetterClass)letter.letter) {
        case LETTER_LOWER:
        case LETTER_UPPER:
        case LETTER_CASELESS:
            add_letter(reader, letter, before.letter);
            shape->letters++;
            shape->upper += letter.letter == LETTER_UPPER;
            reader->previous_unspaced = 0;
            break;
        case LETTER_MARK:
            if (reader->letters) add_letter(reader, letter, before.letter);
            break;
        case LETTER_DIGIT:
            add_digit(reader, letter, before);
            break;
        case LETTER_UNSPACED:
            add_unspaced(reader, letter);
            shape->letters++;
            break;
        case LETTER_SPACE:
            end_word(reader);
            break;
        default:
            if (joins_word(reader, at, end, letter)) {
                reader->hash = word_hash_add(reader->hash, '\'');
                begin_part(reader); /* l'app holds app */
                break;
            }
            end_word(reader);
            reader->previous_unspaced = 0;
            add_sign(reader, letter, before.letter, before.code);
            if (letter.code == 0xFFFD && letter.size == 1 && shape->invalid < UINT8_MAX) {
                if (!reader->document->invalid_bytes++)
                    reader->document->first_invalid = (uint64_t)(at - reader->document->raw.at);
                shape->invalid++;
            }
        }
        shape->points += letter.letter != LETTER_SPACE;
        before = letter;
        at += letter.size;
    }
    end_word(reader);
    rules_meet_last(reader->rules, reader->hash);
    if (reader->part_hash != reader->hash) rules_meet_last(reader->rules, reader->part_hash);
    shape->last_class = before.letter;
    shape->last_code = before.code;
    uint32_t spaced = shape->letters - shape->letters_in_words;
    shape->letters_in_words = (uint16_t)min_int((int)spaced, UINT16_MAX);
}

/* The most frequent entry; `none` where all are 0. */
static uint8_t most(const uint32_t *counts, int size, int none) {
    int best = none;
    uint32_t top = 0;
    for (int i = 0; i < size; i++)
        if (counts[i] > top) top = counts[i], best = i;
    return (uint8_t)best;
}

static void settle(Reader *reader) {
    Shape *shape = &reader->block->shape;
    WordIndex *index = reader->index;
    uint32_t counts[LANGUAGE_COUNT];
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        counts[i] = reader->language_words[i];
        index->language_words[i] += counts[i];
    }
    shape->language = most(counts, LANGUAGE_COUNT, LANGUAGE_NONE);
    if (shape->language != LANGUAGE_NONE)
        shape->stop_words = (uint16_t)min_int((int)counts[shape->language], UINT16_MAX);
    for (int i = 0; i < SCRIPTS; i++) index->script_letters[i] += reader->script_letters[i];
    shape->script = most(reader->script_letters, SCRIPTS, SCRIPT_NONE);
    reader->document->language = most(index->language_words, LANGUAGE_COUNT, LANGUAGE_NONE);
    reader->document->script = most(index->script_letters, SCRIPTS, SCRIPT_NONE);
}

decant_status shape_read(WordIndex *index, Document *document, uint32_t number, RuleSet *rules) {
    Block *block = &document->blocks[number];
    Reader reader = {.index = index,
                     .document = document,
                     .block = block,
                     .number = number,
                     .rules = rules,
                     .after_stop = true};
    block->first_token = (uint32_t)document->token_count;
    block->words_before = document->word_count;
    rules_begin(rules);
    read_letters(&reader);
    settle(&reader);
    document->word_count += block->shape.words;
    return reader.status;
}
