/* SPDX-License-Identifier: MIT
 * test_segment.c - from bytes to blocks: lines, paragraphs, parts, and what is counted in a block.
 */
#include "segment/segment.h"

#include "language/letters.h"
#include "language/words.h"
#include "part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 8192 };

/* ---- blocks and their joints ---------------------------------------------------------------- */

/* All blocks, each behind a sign for its joint: # paragraph, / line, ~ sentence, | fused. */
static void write_blocks(const Document *document, char *written) {
    static const char signs[] = "^#/~|";
    size_t size = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        assert_true(size + block->text.len + 2 < TEXT_SIZE);
        written[size++] = signs[block->joint];
        memcpy(written + size, block->text.at, block->text.len);
        size += block->text.len;
    }
    written[size] = '\0';
}

static void expect(void **state, const char *text, const char *blocks) {
    Part part;
    char written[TEXT_SIZE];
    part_cut(&part, *state, text, strlen(text), 0, false);
    write_blocks(&part.document, written);
    assert_string_equal(written, blocks);
    assert_int_equal(part.taken, strlen(text));
    part_done(&part);
}

/* The same of a document that goes on: `rest` is what is left for the next part. */
static void expect_more(void **state, const char *text, const char *blocks, const char *rest) {
    Part part;
    char written[TEXT_SIZE];
    part_cut(&part, *state, text, strlen(text), 0, true);
    write_blocks(&part.document, written);
    assert_string_equal(written, blocks);
    assert_string_equal(text + part.taken, rest);
    assert_int_equal(part.document.raw.len, part.taken);
    part_done(&part);
}

static void a_line_is_a_paragraph_and_blank_lines_are_told(void **state) {
    expect(state, "one\ntwo\n\nthree\n \t \n\nfour", "^one/two#three#four");
    expect(state, "one", "^one");
}

static void every_line_end_ends_a_line(void **state) {
    expect(state,
           "a\nb\r\nc\rd\xE2\x80\xA8"
           "e",
           "^a/b/c/d/e");
    expect(state, "a\r\n\r\nb\r\rc\n\nd\n\re", "^a#b#c#d#e");
}

static void page_and_paragraph_breaks_count_as_blank_lines(void **state) {
    expect(state,
           "a\fb\vc\xE2\x80\xA9"
           "d",
           "^a#b#c#d");
}

static void white_space_at_the_ends_of_lines_is_in_no_block(void **state) {
    expect(state, "  a b \t\n\xC2\xA0 c \xE3\x80\x80\n", "^a b/c");
    expect(state, "\xEF\xBB\xBFone\n", "^one");
}

static void white_space_alone_has_no_blocks(void **state) {
    expect(state, "", "");
    expect(state, " \n\r\n\t\f\xE2\x80\xA9\xE3\x80\x80", "");
}

static void paragraphs_fall_into_sentences_and_fused_texts(void **state) {
    expect(state, "One ends. Two ends.Three goes on\nFour. Five.\n",
           "^One ends.~Two ends.|Three goes on/Four.~Five.");
}

static const char wrapped[] =
    "The harbour wall has stood since the year in which the town was founded\n"
    "and nobody thought that it could ever move, until the engineers came by\n"
    "one morning with their levels and their rods and found that it had sunk\n"
    "by the width of a hand. They told the council.\n"
    "\n"
    "The council did not believe them at first and sent for other engineers,\n"
    "who measured the wall again and came to the same answer after two days.\n";

static void hard_wrapped_lines_are_joined_to_paragraphs(void **state) {
    expect(state, wrapped,
           "^The harbour wall has stood since the year in which the town was founded\n"
           "and nobody thought that it could ever move, until the engineers came by\n"
           "one morning with their levels and their rods and found that it had sunk\n"
           "by the width of a hand.~They told the council."
           "#The council did not believe them at first and sent for other engineers,\n"
           "who measured the wall again and came to the same answer after two days.");
}

static void a_page_break_ends_a_hard_wrapped_paragraph(void **state) {
    char text[sizeof wrapped], written[TEXT_SIZE];
    Part part;
    memcpy(text, wrapped, sizeof text);
    *strchr(text, '\n') = '\f';
    part_cut(&part, *state, text, strlen(text), 0, false);
    write_blocks(&part.document, written);
    assert_non_null(strstr(written, "was founded#and nobody"));
    part_done(&part);
}

static void items_of_a_list_are_not_joined_in_a_hard_wrapped_text(void **state) {
    char text[TEXT_SIZE], written[TEXT_SIZE];
    Part part;
    snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n", wrapped,
             "* bring a lamp, a rope, and boots that have been greased the day before",
             "* bring bread for two days, since the inn on the far shore may be shut",
             "1. follow the path");
    part_cut(&part, *state, text, strlen(text), 0, false);
    write_blocks(&part.document, written);
    assert_non_null(strstr(written, "before/* bring bread"));
    assert_non_null(strstr(written, "shut/1. follow"));
    part_done(&part);
}

static void short_lines_such_as_verse_are_not_joined(void **state) {
    expect(state,
           "The tide comes in\nthe tide goes out\nand all the boats\nturn round about\n"
           "and none will tell\nwhat they have seen\n",
           "^The tide comes in/the tide goes out/and all the boats/turn round about"
           "/and none will tell/what they have seen");
}

static void lines_of_all_lengths_are_not_joined(void **state) {
    char text[TEXT_SIZE] = "", line[256];
    Part part;
    for (int i = 1; i <= 20; i++) {
        memset(line, 'a', (size_t)i * 9);
        line[i * 9] = '\0';
        strcat(strcat(text, line), "\n");
    }
    part_cut(&part, *state, text, strlen(text), 0, false);
    assert_int_equal(part.document.block_count, 20);
    part_done(&part);
}

/* ---- parts of a long document --------------------------------------------------------------- */

static void a_part_that_goes_on_takes_whole_paragraphs(void **state) {
    expect_more(state, "One. Two.\n\nThree. Fo", "^One.~Two.", "Three. Fo");
    expect_more(state, "one\ntwo\nthree\n", "^one/two", "three\n");
}

static void a_part_of_one_paragraph_ends_at_a_block(void **state) {
    expect_more(state, "One ends. Two ends. Three en", "^One ends.~Two ends.", "Three en");
}

static void a_part_of_one_block_ends_at_a_code_point(void **state) {
    expect_more(state, "endless", "^endless", "");
    expect_more(state, "caf\xC3\xA9", "^caf\xC3\xA9", "");
    expect_more(state, "caf\xC3", "^caf", "\xC3");
    expect_more(state, "\xE4\xB8\xAD\xE6\x96", "^\xE4\xB8\xAD", "\xE6\x96");
    expect_more(state, "a\xF0\x9F\x98", "^a", "\xF0\x9F\x98");
    expect_more(state, "a\xF0\x9F\x98\x80", "^a\xF0\x9F\x98\x80", "");
}

static void a_part_is_never_empty_and_has_no_empty_blocks(void **state) {
    static const char *const texts[] = {"\xE2", "\xE2\x80",   "\xF0\x9F", "\xFF",     " ",
                                        "\n\n", "  \xE2\x80", "\n\xC3",   "\xEF\xBB", "\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Part part;
        part_cut(&part, *state, texts[i], strlen(texts[i]), 0, true);
        assert_in_range(part.taken, 1, strlen(texts[i]));
        for (size_t b = 0; b < part.document.block_count; b++)
            assert_true(part.document.blocks[b].text.len > 0);
        part_done(&part);
    }
}

static void a_part_holds_no_more_blocks_than_the_cap(void **state) {
    static const char *const pieces[] = {"a\n", "Ab. "}; /* lines, and one endless paragraph */
    for (size_t i = 0; i < 2; i++) {
        size_t step = strlen(pieces[i]), count = SEGMENT_MAX_BLOCKS + 500, size = step * count;
        char *text = malloc(size);
        Part part;
        assert_non_null(text);
        for (size_t n = 0; n < count; n++) memcpy(text + n * step, pieces[i], step);
        part_cut(&part, *state, text, size, 0, false);
        assert_int_equal(part.document.block_count, SEGMENT_MAX_BLOCKS);
        assert_int_equal(part.taken, step * SEGMENT_MAX_BLOCKS);
        assert_int_equal(part.document.raw.len, part.taken);
        part_done(&part);
        part_cut(&part, *state, text + step * SEGMENT_MAX_BLOCKS, step * 500, 0, false);
        assert_int_equal(part.document.block_count, 500);
        part_done(&part);
        free(text);
    }
}

static void a_paragraph_is_not_torn_at_the_cap_if_others_stand_before(void **state) {
    size_t lines = SEGMENT_MAX_BLOCKS - 2, size = lines * 2;
    char *text = malloc(size + 64);
    Part part;
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++) memcpy(text + i * 2, "a\n", 2);
    size += (size_t)sprintf(text + size, "One. Two. Three. Four.\nlast\n");
    part_cut(&part, *state, text, size, 0, false);
    assert_int_equal(part.document.block_count, lines);
    assert_int_equal(part.taken, lines * 2);
    part_done(&part);
    free(text);
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static size_t make_text(uint32_t *seed, char *text) {
    static const char *const pieces[] = {
        "one",
        "Two",
        ". ",
        ".",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\f",
        "\xFF",
        "\xE2\x80",
        "\xC3",
        "é",
        "\xE2\x80\xA9",
        "中文。",
        "5:53PM",
        "! ",
        "\v",
        "\xEF\xBB\xBF",
        "a long line of words that goes on for quite a while, to the end"};
    size_t size = 0;
    for (uint32_t n = next_random(seed) % 40; n; n--) {
        const char *piece = pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    return size;
}

static void expect_white(const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        Letter letter = letter_read(at, end);
        assert_int_equal(letter.letter, LETTER_SPACE);
        at += letter.size;
    }
}

/* Blocks lie in order within the part, with nothing but white space around them. */
static void expect_tiling(const Part *part) {
    const Document *document = &part->document;
    const uint8_t *at = part->raw;
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        assert_true(block->text.len > 0 && block->text.at >= at);
        assert_int_equal(block->span.start,
                         document->offset + (size_t)(block->text.at - part->raw));
        assert_int_equal(block->span.end, block->span.start + block->text.len);
        assert_int_equal(block->joint == JOINT_START, i == 0);
        assert_int_not_equal(block->shape.first_class, LETTER_SPACE);
        assert_int_not_equal(block->shape.last_class, LETTER_SPACE);
        expect_white(at, block->text.at);
        at = block->text.at + block->text.len;
    }
    assert_true(at <= part->raw + part->taken);
    expect_white(at, part->raw + part->taken);
}

static void blocks_and_white_space_tile_any_text_in_any_parts(void **state) {
    uint32_t seed = 5;
    for (int round = 0; round < 3000; round++) {
        char text[TEXT_SIZE];
        size_t size = make_text(&seed, text), cap = next_random(&seed) % 60 + 1;
        for (size_t at = 0; at < size;) {
            Part part;
            bool more = size - at > cap;
            part_cut(&part, *state, text + at, more ? cap : size - at, at, more);
            assert_in_range(part.taken, 1, size - at);
            expect_tiling(&part);
            at += part.taken;
            part_done(&part);
        }
    }
}

static void blocks_know_their_paragraph_and_the_words_before_them(void **state) {
    static const uint32_t paragraphs[] = {0, 0, 1, 2}, words[] = {0, 2, 4, 5};
    Part part;
    const char *text = "One ends. Two ends.\nthree\n\nfour five";
    part_cut(&part, *state, text, strlen(text), 1000, false);
    assert_int_equal(part.document.block_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(part.document.blocks[i].paragraph, paragraphs[i]);
        assert_int_equal(part.document.blocks[i].words_before, words[i]);
    }
    assert_int_equal(part.document.paragraph_count, 3);
    assert_int_equal(part.document.word_count, 7);
    assert_int_equal(part.document.blocks[1].span.start, 1010);
    part_done(&part);
}

/* ---- shapes --------------------------------------------------------------------------------- */

static Shape shape_of(void **state, const char *text) {
    Part part;
    part_cut(&part, *state, text, strlen(text), 0, false);
    assert_int_equal(part.document.block_count, 1);
    Shape shape = part.document.blocks[0].shape;
    part_done(&part);
    return shape;
}

/* Where the words of a text, as word_next reads them, lean by this lexicon. */
static int lean_of_words(const Lexicon *lexicon, Str text, size_t most, int use, int *ret_words) {
    const uint8_t *at = text.at, *end = at + text.len;
    int lean = 0;
    *ret_words = 0;
    for (uint32_t hash; (size_t)*ret_words < most && (hash = word_next(&at, end)); ++*ret_words)
        lean += (int)(lexicon_leans(lexicon, hash) >> 8 * use & 0xFF) - 128;
    return lean;
}

static void a_shape_leans_as_its_first_words_do(void **state) {
    static const char *const known[] = {"don", "t",  "ebay", "x2",       "l",
                                        "été", "中", "2",    "e\xCC\x81"};
    static const char *const texts[] = {"Don't!",
                                        "eBay",
                                        "x2-2 X2",
                                        "l’été",
                                        "中文中 t",
                                        "2\xCC\x81 2",
                                        "e\xCC\x81 E",
                                        "90's don' 't",
                                        "don don don don",
                                        "a b c d e f g h don T don t L don x2 été été",
                                        "t t t t t t t t t t t t t t t t t t t t t t t t t t t t t "
                                        "t t t t t t t t t t t t t t t t t t "
                                        "t t t t t t t t t t t t t t t t t t t t t t t t t t t t"};
    int32_t words[1 + 2 * sizeof known / sizeof *known] = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        words[1 + 2 * i] = (int32_t)(word_hash(known[i]) | 1u);
        words[2 + 2 * i] = (int32_t)(0x7F80F301u + 0x00010205u * (uint32_t)i);
    }
    Arena arena;
    Lexicon lexicon;
    arena_init(&arena, allocator_default());
    assert_int_equal(lexicon_read(&lexicon, &arena, words, sizeof words / sizeof *words),
                     DECANT_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Document document = {.arena = &arena, .raw = {(const uint8_t *)texts[i], strlen(texts[i])}};
        size_t taken;
        int count;
        assert_int_equal(segment_text(&document, *state, &lexicon, false, &taken), DECANT_OK);
        assert_int_equal(document.block_count, 1);
        const Shape *shape = &document.blocks[0].shape;
        lean_of_words(&lexicon, document.raw, LEXICON_WORDS, 0, &count);
        assert_int_equal(shape->lean_words, count);
        assert_int_equal(shape->lean, lean_of_words(&lexicon, document.raw, LEXICON_WORDS,
                                                    (int)lexicon_use((size_t)count), &count));
        assert_int_equal(
            shape->heading_lean,
            lean_of_words(&lexicon, document.raw, LEXICON_HEADING_WORDS, LEXICON_HEADING, &count));
    }
    arena_done(&arena);
}

static void a_shape_counts_letters_words_and_signs(void **state) {
    Shape shape = shape_of(state, "In 2019 the BBC paid 3 men 50€, \"twice\" | don't ask");
    assert_int_equal(shape.letters, 27);
    assert_int_equal(shape.digits, 7);
    assert_int_equal(shape.upper, 4);
    assert_int_equal(shape.marks, 3); /* the apostrophe joins a word */
    assert_int_equal(shape.symbols, 2);
    assert_int_equal(shape.words, 11);
    assert_int_equal(shape.numbers, 3);
    assert_int_equal(shape.capitalised, 2);
    assert_int_equal(shape.capitals, 1);
    assert_int_equal(shape.commas, 1);
    assert_int_equal(shape.quotes, 2);
    assert_int_equal(shape.separators, 1);
    assert_int_equal(shape.longest_word, 5);
}

static void points_are_all_code_points_but_white_space(void **state) {
    assert_int_equal(shape_of(state, "a é 中 €.").points, 5);
    assert_int_equal(shape_of(state, "e\xCC\x81").points, 2);
    assert_int_equal(shape_of(state, "a \xFF b").points, 3);
}

static void runs_of_stops_count_once(void **state) {
    assert_int_equal(shape_of(state, "What?! no... yes").stops, 2);
    assert_int_equal(shape_of(state, "これは。").stops, 1);
}

static void a_shape_knows_how_the_block_begins_and_ends(void **state) {
    Shape shape = shape_of(state, "“Ça va”");
    assert_int_equal(shape.first_code, 0x201C);
    assert_int_equal(shape.first_class, LETTER_PUNCTUATION);
    assert_int_equal(shape.last_code, 0x201D);
    shape = shape_of(state, "7 ja");
    assert_int_equal(shape.first_class, LETTER_DIGIT);
    assert_int_equal(shape.last_class, LETTER_LOWER);
}

static void function_words_tell_the_language_of_a_block(void **state) {
    static const struct {
        const char *text;
        Language language;
        Script script;
    } cases[] = {
        {"The ship is at the wall and the crew with it", LANGUAGE_EN, SCRIPT_LATIN},
        {"Das Schiff ist nicht auf der Werft und die Mannschaft auch", LANGUAGE_DE, SCRIPT_LATIN},
        {"Le bateau est dans les mains de son équipage", LANGUAGE_FR, SCRIPT_LATIN},
        {"El barco está en las manos de los pescadores", LANGUAGE_ES, SCRIPT_LATIN},
        {"Корабль не был на месте, и они это знали", LANGUAGE_RU, SCRIPT_CYRILLIC},
        {"السفينة في الميناء من أجل هذا على كل حال", LANGUAGE_AR, SCRIPT_ARABIC},
        {"船在港口的水里，他们是这样说的。", LANGUAGE_ZH, SCRIPT_HAN},
        {"zzyx qwrt", LANGUAGE_NONE, SCRIPT_LATIN},
        {"12 34", LANGUAGE_NONE, SCRIPT_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Shape shape = shape_of(state, cases[i].text);
        assert_int_equal(shape.language, cases[i].language);
        assert_int_equal(shape.script, cases[i].script);
        assert_int_equal(shape.stop_words > 0, cases[i].language != LANGUAGE_NONE);
    }
}

static void words_that_address_the_reader_are_counted(void **state) {
    assert_int_equal(shape_of(state, "Send us your tips and you will see").reader_words, 2);
    assert_int_equal(shape_of(state, "They sent their tips and saw").reader_words, 0);
}

static void words_by_which_authors_speak_of_themselves_are_counted(void **state) {
    assert_int_equal(shape_of(state, "I'm sure that we saw our ship").self_words, 3);
    assert_int_equal(shape_of(state, "Ich sah mein Schiff").self_words, 2);
    assert_int_equal(shape_of(state, "They saw their ship").self_words, 0);
}

static void marks_are_counted_by_how_they_are_typed(void **state) {
    Shape shape = shape_of(state, "don't \"ask\" 'why' it’s “so”");
    assert_int_equal(shape.straight, 5);
    assert_int_equal(shape.curly, 3);
    shape = shape_of(state, "one - two -- three – four — five well-known");
    assert_int_equal(shape.hyphens, 3); /* -- is two */
    assert_int_equal(shape.dashes, 2);
}

static void measures_and_ranges_are_typed_in_no_way(void **state) {
    Shape shape = shape_of(state, "5' by 6\", pages 7–9, 10-12");
    assert_int_equal(shape.straight, 0);
    assert_int_equal(shape.dashes, 0);
    assert_int_equal(shape.hyphens, 0);
}

static void the_language_of_the_document_is_that_of_most_words(void **state) {
    Part part;
    const char *text = "Das Schiff ist nicht da und die Mannschaft ist auch fort\n"
                       "Der Rat hat es nicht gewusst und die Stadt auch nicht\n"
                       "It is at the wall\n";
    part_cut(&part, *state, text, strlen(text), 0, false);
    assert_int_equal(part.document.language, LANGUAGE_DE);
    assert_int_equal(part.document.script, SCRIPT_LATIN);
    assert_int_equal(part.document.blocks[2].shape.language, LANGUAGE_EN);
    part_done(&part);
}

static void bytes_that_are_not_utf8_are_counted_and_the_first_is_found(void **state) {
    Part part;
    const char *text = "fine\nnot \xFF\xC3 fine \xE2\x80\n";
    part_cut(&part, *state, text, strlen(text), 0, false);
    assert_int_equal(part.document.invalid_bytes, 4);
    assert_int_equal(part.document.first_invalid, 9);
    assert_int_equal(part.document.blocks[0].shape.invalid, 0);
    assert_int_equal(part.document.blocks[1].shape.invalid, 4);
    part_done(&part);
}

/* ---- content words -------------------------------------------------------------------------- */

/* All tokens of a document as the numbers of their types, in the order of first sight; a ' behind
 * those that are names. */
static void expect_tokens(void **state, const char *text, const char *tokens) {
    Part part;
    char written[512] = "";
    part_cut(&part, *state, text, strlen(text), 0, false);
    const Document *document = &part.document;
    size_t count = 0, size = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        assert_int_equal(document->blocks[i].first_token, count);
        count += document->blocks[i].token_count;
    }
    assert_int_equal(document->token_count, count);
    for (size_t i = 0; i < count; i++)
        size += (size_t)snprintf(written + size, sizeof written - size, "%u%s",
                                 TOKEN_TYPE(document->tokens[i]),
                                 document->tokens[i] & TOKEN_NAMED ? "'" : "");
    assert_string_equal(written, tokens);
    part_done(&part);
}

static void words_of_four_letters_and_more_are_tokens_but_function_words(void **state) {
    expect_tokens(state, "zebra fox the zebras with zebra", "010");
    expect_tokens(state, "x1234 12345 abc4", "");
}

static void case_does_not_make_another_type(void **state) {
    expect_tokens(state, "Zebra ZEBRA zebra", "00'0");
    expect_tokens(state, "Überraschung, ÜBERRASCHUNG überraschung", "00'0");
    expect_tokens(state, "Жираф ЖИРАФ жираф", "00'0");
}

static void capitals_in_mid_sentence_are_names(void **state) {
    expect_tokens(state, "Zebra Brandt grazed. Brandt and Zebra said: \"Zebra", "01'210'30");
}

static void neighbouring_signs_of_chinese_are_tokens(void **state) {
    expect_tokens(state, "北京大学", "012");
    expect_tokens(state, "北京大学，北京", "0120");
    expect_tokens(state, "北京的大学", "01");
}

static void words_of_other_scripts_are_tokens(void **state) {
    expect_tokens(state, "الحكومة الجديدة الحكومة", "010");
    expect_tokens(state, "правительство жираф правительство", "010");
    expect_tokens(state, "정부는고맙다 정부는고맙다", "00");
}

static void types_know_where_they_stand_first_and_last_and_how_often(void **state) {
    Part part;
    const char *text = "otter\nthe zebra and the Zebra\notter Zebra\na zebra\n";
    part_cut(&part, *state, text, strlen(text), 0, false);
    assert_int_equal(part.document.word_type_count, 2);
    const WordType *otter = &part.document.word_types[0], *zebra = &part.document.word_types[1];
    assert_int_equal(otter->hash, word_hash("otter"));
    assert_int_equal(otter->count, 2);
    assert_int_equal(otter->first, 0);
    assert_int_equal(otter->last, 2);
    assert_int_equal(otter->named, 0);
    assert_int_equal(zebra->hash, word_hash("zebra"));
    assert_int_equal(zebra->count, 4);
    assert_int_equal(zebra->first, 1);
    assert_int_equal(zebra->last, 3);
    assert_int_equal(zebra->named, 2);
    part_done(&part);
}

static void types_keep_their_numbers_while_thousands_come(void **state) {
    enum { TYPES = 5000 };
    char *text = malloc(TYPES * 16);
    size_t size = 0;
    Part part;
    assert_non_null(text);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < TYPES / 2; i++)
            size += (size_t)sprintf(text + size, "qq%c%c%cx ", 'a' + i / 676, 'a' + i / 26 % 26,
                                    'a' + i % 26);
    part_cut(&part, *state, text, size, 0, false);
    assert_int_equal(part.document.word_type_count, TYPES / 2);
    assert_int_equal(part.document.token_count, TYPES);
    for (size_t i = 0; i < TYPES; i++) assert_int_equal(part.document.tokens[i], i % (TYPES / 2));
    part_done(&part);
    free(text);
}

/* ---- rule hits ------------------------------------------------------------------------------ */

static void hits_of_rules_are_told_for_each_block(void **state) {
    Part part;
    const char *text = "Nothing here.\nSome qrights and qshare.\nqrights\n";
    part_cut(&part, *state, text, strlen(text), 0, false);
    const Block *blocks = part.document.blocks;
    assert_int_equal(part.document.hit_count, 3);
    assert_int_equal(blocks[0].hit_count, 0);
    assert_int_equal(blocks[1].hit_count, 2);
    assert_int_equal(blocks[2].hit_count, 1);
    const RuleHit *hit = &part.document.hits[blocks[1].first_hit];
    assert_int_equal(hit->kind, RULE_RIGHTS);
    assert_int_equal(hit->start, 5);
    assert_int_equal(hit->end, 12);
    part_done(&part);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_paragraph_and_blank_lines_are_told),
        cmocka_unit_test(every_line_end_ends_a_line),
        cmocka_unit_test(page_and_paragraph_breaks_count_as_blank_lines),
        cmocka_unit_test(white_space_at_the_ends_of_lines_is_in_no_block),
        cmocka_unit_test(white_space_alone_has_no_blocks),
        cmocka_unit_test(paragraphs_fall_into_sentences_and_fused_texts),
        cmocka_unit_test(hard_wrapped_lines_are_joined_to_paragraphs),
        cmocka_unit_test(a_page_break_ends_a_hard_wrapped_paragraph),
        cmocka_unit_test(items_of_a_list_are_not_joined_in_a_hard_wrapped_text),
        cmocka_unit_test(short_lines_such_as_verse_are_not_joined),
        cmocka_unit_test(lines_of_all_lengths_are_not_joined),
        cmocka_unit_test(a_part_that_goes_on_takes_whole_paragraphs),
        cmocka_unit_test(a_part_of_one_paragraph_ends_at_a_block),
        cmocka_unit_test(a_part_of_one_block_ends_at_a_code_point),
        cmocka_unit_test(a_part_is_never_empty_and_has_no_empty_blocks),
        cmocka_unit_test(a_part_holds_no_more_blocks_than_the_cap),
        cmocka_unit_test(a_paragraph_is_not_torn_at_the_cap_if_others_stand_before),
        cmocka_unit_test(blocks_and_white_space_tile_any_text_in_any_parts),
        cmocka_unit_test(blocks_know_their_paragraph_and_the_words_before_them),
        cmocka_unit_test(a_shape_leans_as_its_first_words_do),
        cmocka_unit_test(a_shape_counts_letters_words_and_signs),
        cmocka_unit_test(points_are_all_code_points_but_white_space),
        cmocka_unit_test(runs_of_stops_count_once),
        cmocka_unit_test(a_shape_knows_how_the_block_begins_and_ends),
        cmocka_unit_test(function_words_tell_the_language_of_a_block),
        cmocka_unit_test(words_that_address_the_reader_are_counted),
        cmocka_unit_test(words_by_which_authors_speak_of_themselves_are_counted),
        cmocka_unit_test(marks_are_counted_by_how_they_are_typed),
        cmocka_unit_test(measures_and_ranges_are_typed_in_no_way),
        cmocka_unit_test(the_language_of_the_document_is_that_of_most_words),
        cmocka_unit_test(bytes_that_are_not_utf8_are_counted_and_the_first_is_found),
        cmocka_unit_test(words_of_four_letters_and_more_are_tokens_but_function_words),
        cmocka_unit_test(case_does_not_make_another_type),
        cmocka_unit_test(capitals_in_mid_sentence_are_names),
        cmocka_unit_test(neighbouring_signs_of_chinese_are_tokens),
        cmocka_unit_test(words_of_other_scripts_are_tokens),
        cmocka_unit_test(types_know_where_they_stand_first_and_last_and_how_often),
        cmocka_unit_test(types_keep_their_numbers_while_thousands_come),
        cmocka_unit_test(hits_of_rules_are_told_for_each_block),
    };
    return cmocka_run_group_tests_name("segment", tests, set_up_rules, tear_down_rules);
}
