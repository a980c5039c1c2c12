/* SPDX-License-Identifier: MIT
 * shape.c - counts letters and words, collects content words, tells the rules of words. */
#include "segment/shape.h"

enum { CONTENT_LETTERS = 4 };

/* A word being read. All zero: none. Its parts end at joints and apostrophes, its pieces, which
 * lean, at the latter alone. */
typedef struct Word {
    uint32_t hash, part_hash, piece_hash, letters, uppers, digits, part_letters;
    bool capitalised;
} Word;

/* What one pass over a block keeps in hand. */
typedef struct Pass {
    Vocabulary *vocabulary;
    Shape *shape;
    const uint8_t *start, *end; /* of the block's text */
    uint32_t number;            /* of the block */
    RuleSet *rules;
    uint32_t words, capitalised, longest, ascii_letters;
    uint32_t script_letters[SCRIPTS]; /* but ASCII */
    uint16_t language_words[LANGUAGE_COUNT];
    uint32_t languages; /* that have any */
    uint32_t back;      /* languages in which the first word leads back */
    Word word;
    Letter letter; /* the last that was read by itself */
    bool after_stop;
    uint32_t previous_unspaced;    /* hash of the code point before, 0: none */
    uint32_t last_hash, last_part; /* of the last word, and of its last part */
    uint32_t marked_digits; /* hash of the last run of digits and the mark before it, 0: none */
    Leans leans, heading;   /* of the first words */
    uint32_t lean_words;
    bool met_first; /* the rules know what the text begins with */
} Pass;

static void add_trigger(Pass *pass, const KnownWord *known) {
    if (known->rules_word) rules_meet(pass->rules, known->rules_word);
}

static inline void add_leans(Pass *pass, const KnownWord *known) {
    if (pass->lean_words == LEXICON_WORDS) return;
    leans_add(&pass->leans, known->leans);
    if (++pass->lean_words == LEXICON_HEADING_WORDS) pass->heading = pass->leans;
}

/* Ends a piece of a word that may go on. */
static void end_piece(Pass *pass) {
    add_leans(pass, vocabulary_find(pass->vocabulary, pass->word.piece_hash));
    pass->word.piece_hash = WORD_HASH_START;
}

static void try_trigger(Pass *pass, uint32_t hash) {
    add_trigger(pass, vocabulary_find(pass->vocabulary, hash));
}

static void count16(uint16_t *counter) {
    if (*counter < UINT16_MAX) (*counter)++;
}

static uint16_t saturate16(uint32_t value) {
    return (uint16_t)(value < UINT16_MAX ? value : UINT16_MAX);
}

/* Counts a word in the languages whose function word it is, and notes whether it speaks to the
 * reader, and in which it leads back where it stands first. */
static void count_known(Pass *pass, const KnownWord *known) {
    uint32_t languages = known->facts & WORD_STOP;
    pass->languages |= languages;
    for (; languages; languages &= languages - 1) pass->language_words[__builtin_ctz(languages)]++;
    if (known->facts & WORD_READER) count16(&pass->shape->reader_words);
    if (known->facts & WORD_SELF) count16(&pass->shape->self_words);
    if (pass->words == 1) pass->back = known->facts / WORD_BACK_FIRST;
}

/* Counts a quotation mark or an apostrophe by how it is typed. */
static void count_typed(Shape *shape, uint32_t code) {
    if (code == '\'' || code == '"') count16(&shape->straight);
    else if (code >= 0x2018 && code <= 0x201E) count16(&shape->curly);
}

/* Counts a dash between words by how it is typed. */
static void count_dash(Shape *shape, uint32_t code, Letter before) {
    if (code == 0x2013 || code == 0x2014) count16(&shape->dashes);
    else if (code == '-' && (before.letter == LETTER_SPACE || before.code == '-'))
        count16(&shape->hyphens);
}

/* Counts a finished word that holds letters. */
static inline void add_word(Pass *pass, KnownWord *known, uint32_t letters, uint32_t uppers,
                            bool capitalised) {
    bool named = capitalised && !pass->after_stop;
    pass->after_stop = false;
    pass->words++;
    pass->capitalised += capitalised;
    if (letters > pass->longest) pass->longest = letters;
    if (uppers > 1 && uppers == letters) count16(&pass->shape->capitals);
    add_trigger(pass, known);
    if (known->facts != WORD_PLAIN) count_known(pass, known);
    if (letters >= CONTENT_LETTERS && !(known->facts & WORD_STOP))
        vocabulary_add_token(pass->vocabulary, known, pass->number, named);
}

static void close_word(Pass *pass) {
    Word *word = &pass->word;
    end_piece(pass);
    if (word->letters) {
        KnownWord *known = vocabulary_find(pass->vocabulary, word->hash);
        pass->last_hash = word->hash;
        add_word(pass, known, word->letters, word->uppers, word->capitalised);
        pass->last_part = word->part_hash;
        if (word->part_letters < word->letters + word->digits) try_trigger(pass, word->part_hash);
    } else {
        pass->last_hash = pass->last_part = word_hash_add(WORD_HASH_START, '0');
        pass->words++;
        count16(&pass->shape->numbers);
        pass->after_stop = false;
    }
    if (word->digits) try_trigger(pass, word_hash_add(WORD_HASH_START, '0'));
    *word = (Word){0};
}

static inline bool is_in_word(const Pass *pass) {
    return pass->word.letters || pass->word.digits;
}

static inline void end_word(Pass *pass) {
    if (is_in_word(pass)) close_word(pass);
}

/* Begins a part of a word: at its start, and at a joint of lower case and upper case or of digits
 * and letters, where fused texts meet. */
static void begin_part(Pass *pass) {
    if (pass->word.part_letters) try_trigger(pass, pass->word.part_hash);
    pass->word.part_hash = WORD_HASH_START;
    pass->word.part_letters = 0;
}

static void add_letter(Pass *pass, Letter letter, uint8_t before) {
    Word *word = &pass->word;
    bool begins = !is_in_word(pass);
    if (begins) {
        word->hash = word->piece_hash = WORD_HASH_START;
        word->capitalised = letter.letter == LETTER_UPPER;
    }
    bool joint = (letter.letter == LETTER_UPPER && before == LETTER_LOWER) ||
                 (letter.letter != LETTER_MARK && before == LETTER_DIGIT);
    if (begins || joint) begin_part(pass);
    uint32_t lower = letter.letter == LETTER_UPPER ? letter_lower(letter.code) : letter.code;
    word->hash = word_hash_add(word->hash, lower);
    word->part_hash = word_hash_add(word->part_hash, lower);
    word->piece_hash = word_hash_add(word->piece_hash, lower);
    word->part_letters++;
    if (letter.letter == LETTER_MARK) return;
    word->letters++;
    word->uppers += letter.letter == LETTER_UPPER;
    pass->script_letters[letter.script]++;
}

/* Digits after a punctuation mark are a trigger together with it, as in ".0". */
static void begin_digits(Pass *pass, Letter before) {
    pass->marked_digits = 0;
    if (before.letter != LETTER_PUNCTUATION) return;
    pass->marked_digits = word_hash_add(word_hash_add(WORD_HASH_START, before.code), '0');
    try_trigger(pass, pass->marked_digits);
}

/* So they are before one, as in "0.", and between two, as in ".0.". */
static void end_digits(Pass *pass, Letter after) {
    try_trigger(pass, word_hash_add(word_hash_add(WORD_HASH_START, '0'), after.code));
    if (pass->marked_digits) try_trigger(pass, word_hash_add(pass->marked_digits, after.code));
}

static void add_digit(Pass *pass, Letter letter, Letter before) {
    Word *word = &pass->word;
    if (before.letter != LETTER_DIGIT) begin_digits(pass, before);
    if (!is_in_word(pass)) word->hash = word->part_hash = word->piece_hash = WORD_HASH_START;
    word->hash = word_hash_add(word->hash, letter.code);
    word->piece_hash = word_hash_add(word->piece_hash, letter.code);
    word->digits++;
    pass->shape->digits++;
}

/* A code point of a script without spaces is a word of its own; two neighbours make a token. */
static void add_unspaced(Pass *pass, Letter letter) {
    end_word(pass);
    uint32_t hash = word_hash_add(WORD_HASH_START, letter.code);
    const KnownWord *known = vocabulary_find(pass->vocabulary, hash);
    bool is_stop_word = known->facts & WORD_STOP;
    pass->words++;
    pass->script_letters[letter.script]++;
    add_trigger(pass, known);
    add_leans(pass, known);
    count_known(pass, known);
    pass->last_hash = pass->last_part = hash;
    if (!is_stop_word && pass->previous_unspaced) {
        uint32_t pair = word_hash_add(pass->previous_unspaced, letter.code);
        KnownWord *token = vocabulary_find(pass->vocabulary, pair);
        vocabulary_add_token(pass->vocabulary, token, pass->number, false);
    }
    pass->previous_unspaced = is_stop_word ? 0 : hash;
}

static bool is_comma(uint32_t code) {
    return code == ',' || code == 0x3001 || code == 0xFF0C || code == 0x60C;
}

static bool is_separator(uint32_t code) {
    return code == '|' || code == '/' || code == '>' || code == 0xBB || code == 0x203A ||
           code == 0xB7 || code == 0x2022 || code == 0x2013 || code == '-' || code == 0x2192;
}

static bool is_quote(uint32_t code) {
    return code == '"' || (code >= 0x201C && code <= 0x201E) || code == 0xAB || code == 0xBB ||
           (code >= 0x300C && code <= 0x300F);
}

static void add_sign(Pass *pass, Letter letter, Letter before) {
    Shape *shape = pass->shape;
    if (letter.letter == LETTER_PUNCTUATION) shape->marks++;
    else if (letter.letter == LETTER_SYMBOL) shape->symbols++;
    if (is_comma(letter.code)) {
        count16(&shape->commas);
    } else if (letter_is_stop(letter.code)) {
        if (!letter_is_stop(before.code)) count16(&shape->stops);
        pass->after_stop = true;
    } else if (is_quote(letter.code)) {
        count16(&shape->quotes);
        pass->after_stop = true;
    }
    if (before.letter == LETTER_SPACE && is_separator(letter.code)) count16(&shape->separators);
    if (before.letter == LETTER_DIGIT) {
        end_digits(pass, letter); /* 5' and 5" are measures, 7–9 is a range */
    } else {
        count_typed(shape, letter.code);
        count_dash(shape, letter.code, before);
    }
    try_trigger(pass, word_hash_add(WORD_HASH_START, letter.code));
}

/* Notes an invalid byte. */
static void add_invalid(Pass *pass, const uint8_t *at) {
    Document *document = pass->vocabulary->document;
    if (pass->shape->invalid == UINT8_MAX) return;
    if (!document->invalid_bytes++) document->first_invalid = (uint64_t)(at - document->raw.at);
    pass->shape->invalid++;
}

/* Whether an apostrophe at `at` stands between letters, so that the word goes on. */
static bool joins_word(const Pass *pass, const uint8_t *at, Letter letter) {
    if (letter.code != '\'' && letter.code != 0x2019) return false;
    if (!pass->word.letters || at + letter.size >= pass->end) return false;
    Letter next = letter_read(at + letter.size, pass->end);
    return next.letter == LETTER_LOWER || next.letter == LETTER_UPPER;
}

/* The code point before `at`, which was the last that was read; a space at the start. */
static Letter letter_before(const Pass *pass, const uint8_t *at) {
    if (at == pass->start) return letter_ascii[' '];
    return at[-1] < 0x80 ? letter_ascii[at[-1]] : pass->letter;
}

/* Reads the code point at `at` and returns where it ends. */
static const uint8_t *read_letter(Pass *pass, const uint8_t *at) {
    const Letter letter = letter_read(at, pass->end), before = letter_before(pass, at);
    Shape *shape = pass->shape;
    shape->points += letter.letter != LETTER_SPACE;
    switch ((LetterClass)letter.letter) {
    case LETTER_LOWER:
    case LETTER_UPPER:
    case LETTER_CASELESS:
        add_letter(pass, letter, before.letter);
        shape->letters++;
        shape->upper += letter.letter == LETTER_UPPER;
        pass->previous_unspaced = 0;
        break;
    case LETTER_MARK:
        if (pass->word.letters) add_letter(pass, letter, before.letter);
        else if (pass->word.digits)
            pass->word.piece_hash = word_hash_add(pass->word.piece_hash, letter.code);
        break;
    case LETTER_DIGIT:
        add_digit(pass, letter, before);
        break;
    case LETTER_UNSPACED:
        add_unspaced(pass, letter);
        shape->letters++;
        break;
    case LETTER_SPACE:
        end_word(pass);
        break;
    default:
        if (joins_word(pass, at, letter)) {
            count_typed(shape, letter.code);
            pass->word.hash = word_hash_add(pass->word.hash, '\'');
            begin_part(pass); /* l'app holds app */
            end_piece(pass);
            break;
        }
        end_word(pass);
        pass->previous_unspaced = 0;
        add_sign(pass, letter, before);
        if (letter.code == 0xFFFD && letter.size == 1) add_invalid(pass, at);
    }
    pass->letter = letter;
    return at + letter.size;
}

/* Reads the code point at `at`, and on to the end of the word that this leaves open. */
static const uint8_t *read_on(Pass *pass, const uint8_t *at) {
    do at = read_letter(pass, at);
    while (at < pass->end && is_in_word(pass));
    return at;
}

/* Whether a word may go on with this byte. */
static bool may_go_on(uint8_t byte) {
    if (byte == ' ') return false;
    uint8_t letter = letter_ascii[byte & 0x7F].letter;
    return byte >= 0x80 || byte == '\'' || (letter >= LETTER_LOWER && letter <= LETTER_DIGIT);
}

/* Reads a word from its first letter on, which is ASCII: capitals, then small letters. What
 * add_letter would do for each of them, at once; the rest, if there is one, letter by letter. */
static inline const uint8_t *read_word(Pass *pass, const uint8_t *at) {
    const uint8_t *start = at, *end = pass->end;
    uint32_t uppers = 0, hash = WORD_HASH_START;
    if (*at < 'a') {
        while (at < end && *at >= 'A' && *at <= 'Z') hash = word_hash_add(hash, *at++ | 0x20u);
        uppers = (uint32_t)(at - start);
        pass->shape->upper += uppers;
    }
    for (; at < end && *at >= 'a' && *at <= 'z'; at++) hash = word_hash_add(hash, *at);
    uint32_t letters = (uint32_t)(at - start);
    pass->ascii_letters += letters;
    pass->previous_unspaced = 0;
    if (at < end && may_go_on(*at)) {
        pass->word = (Word){hash, hash, hash, letters, uppers, 0, letters, uppers > 0};
        return read_on(pass, at);
    }
    if (start == pass->start) {
        rules_meet_first(pass->rules, hash);
        pass->met_first = true;
    }
    pass->last_hash = pass->last_part = hash;
    KnownWord *known = vocabulary_find(pass->vocabulary, hash);
    add_leans(pass, known);
    add_word(pass, known, letters, uppers, uppers > 0);
    return at;
}

/* Reads a word that begins with an ASCII digit: its digits at once, then the same. */
static inline const uint8_t *read_number(Pass *pass, const uint8_t *at) {
    const uint8_t *start = at, *end = pass->end;
    uint32_t hash = WORD_HASH_START;
    begin_digits(pass, letter_before(pass, at));
    for (; at < end && *at >= '0' && *at <= '9'; at++) hash = word_hash_add(hash, *at);
    uint32_t digits = (uint32_t)(at - start);
    pass->shape->digits += digits;
    pass->shape->points += digits;
    pass->word =
        (Word){.hash = hash, .part_hash = WORD_HASH_START, .piece_hash = hash, .digits = digits};
    if (at < end && may_go_on(*at)) return read_on(pass, at);
    close_word(pass);
    return at;
}

static void read_letters(Pass *pass) {
    const uint8_t *at = pass->start, *end = pass->end;
    while (at < end) {
        if (letter_is_ascii(*at)) at = read_word(pass, at);
        else if (*at >= '0' && *at <= '9') at = read_number(pass, at);
        else if (*at != ' ') at = read_on(pass, at);
        if (at < end && *at == ' ') at++;
    }
    end_word(pass);
    rules_meet_last(pass->rules, pass->last_hash);
    if (pass->last_part != pass->last_hash) rules_meet_last(pass->rules, pass->last_part);
    if (!pass->met_first)
        rules_meet_beginning(pass->rules, (Str){pass->start, (size_t)(end - pass->start)});
}

/* The most frequent entry; `none` where all are 0. */
static uint8_t most(const uint32_t *counts, int size, int none) {
    int best = none;
    uint32_t top = 0;
    for (int i = 0; i < size; i++)
        if (counts[i] > top) top = counts[i], best = i;
    return (uint8_t)best;
}

/* How the text begins and ends. */
static void read_ends(Pass *pass) {
    if (pass->start == pass->end) return;
    const Letter first = letter_read(pass->start, pass->end);
    const Letter last = letter_before(pass, pass->end);
    pass->shape->first_class = first.letter;
    pass->shape->first_code = first.code;
    pass->shape->last_class = last.letter;
    pass->shape->last_code = last.code;
}

static void settle_language(ShapeReader *reader, Pass *pass) {
    Shape *shape = pass->shape;
    uint32_t counts[LANGUAGE_COUNT];
    shape->language = LANGUAGE_NONE;
    if (!pass->languages) return;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        counts[i] = pass->language_words[i];
        reader->language_words[i] += counts[i];
    }
    shape->language = most(counts, LANGUAGE_COUNT, LANGUAGE_NONE);
    if (shape->language == LANGUAGE_NONE) return;
    shape->stop_words = saturate16(counts[shape->language]);
    shape->leads_back = pass->back >> shape->language & 1;
}

static void settle_script(ShapeReader *reader, Pass *pass) {
    Shape *shape = pass->shape;
    pass->script_letters[SCRIPT_LATIN] += pass->ascii_letters;
    if (shape->letters == 0) { /* but ASCII */
        reader->script_letters[SCRIPT_LATIN] += pass->ascii_letters;
        shape->script = pass->ascii_letters ? SCRIPT_LATIN : SCRIPT_NONE;
        return;
    }
    for (int i = 0; i < SCRIPTS; i++) reader->script_letters[i] += pass->script_letters[i];
    shape->script = most(pass->script_letters, SCRIPTS, SCRIPT_NONE);
}

static void settle_lean(Pass *pass) {
    const int words = (int)pass->lean_words, most = LEXICON_HEADING_WORDS;
    const Leans heading = words < most ? pass->leans : pass->heading;
    pass->shape->lean_words = (uint8_t)words;
    pass->shape->lean = (int16_t)leans_sum(pass->leans, lexicon_use(pass->lean_words), words);
    pass->shape->heading_lean =
        (int16_t)leans_sum(heading, LEXICON_HEADING, words < most ? words : most);
}

/* Sums a block up. */
static void settle(ShapeReader *reader, Pass *pass) {
    Shape *shape = pass->shape;
    settle_language(reader, pass);
    settle_script(reader, pass);
    settle_lean(pass);
    shape->letters += pass->ascii_letters;
    shape->points += pass->ascii_letters;
    shape->words = saturate16(pass->words);
    shape->capitalised = saturate16(pass->capitalised);
    shape->longest_word = saturate16(pass->longest);
}

decant_status shape_open(ShapeReader *reader, Document *document, RuleSet *rules,
                         const Lexicon *lexicon) {
    *reader = (ShapeReader){.document = document, .rules = rules};
    return vocabulary_open(&reader->vocabulary, document, rules, lexicon);
}

decant_status shape_read(ShapeReader *reader, uint32_t number) {
    Document *document = reader->document;
    Block *block = &document->blocks[number];
    Pass pass = {.vocabulary = &reader->vocabulary,
                 .shape = &block->shape,
                 .start = block->text.at,
                 .end = block->text.at + block->text.len,
                 .number = number,
                 .rules = reader->rules,
                 .after_stop = true};
    block->first_token = (uint32_t)document->token_count;
    block->words_before = document->word_count;
    rules_begin(pass.rules);
    read_letters(&pass);
    read_ends(&pass);
    settle(reader, &pass);
    block->token_count = (uint32_t)document->token_count - block->first_token;
    document->word_count += block->shape.words;
    return reader->vocabulary.status;
}

void shape_close(const ShapeReader *reader) {
    reader->document->language = most(reader->language_words, LANGUAGE_COUNT, LANGUAGE_NONE);
    reader->document->script = most(reader->script_letters, SCRIPTS, SCRIPT_NONE);
}

static decant_status open_evidence(Document *document) {
    const size_t width = document->page ? EVIDENCE_COUNT : EVIDENCE_TEXT_COUNT;
    int16_t *rows = arena_array(document->arena, document->block_count * width, sizeof *rows);
    if (!rows) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        document->blocks[i].evidence = rows + i * width;
    return DECANT_OK;
}

decant_status shape_blocks(Document *document, RuleSet *rules, const Lexicon *lexicon) {
    ShapeReader reader;
    size_t hit_capacity = 0;
    decant_status status = open_evidence(document);
    if (!status) status = shape_open(&reader, document, rules, lexicon);
    if (status) return status;
    for (size_t i = 0; i < document->block_count && !status; i++) {
        Block *block = &document->blocks[i];
        status = shape_read(&reader, (uint32_t)i);
        block->first_hit = (uint32_t)document->hit_count;
        if (!status)
            status = rules_match(rules, block->text, document->arena, &document->hits,
                                 &document->hit_count, &hit_capacity, &document->limited_rules);
        block->hit_count = (uint32_t)document->hit_count - block->first_hit;
    }
    shape_close(&reader);
    return status;
}
