/* SPDX-License-Identifier: MIT
 * test_filters.c - what each filter finds in small texts, against figures by hand. Rules are the
 * tests' own (part.h): the word of a kind stands for its phrases. */
#include "filters/filter.h"

#include "document/stretch.h"
#include "part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 16384, NONE = -1 };

/* ---- all filters ---------------------------------------------------------------------------- */

static void filters_have_names_of_their_own_and_a_summary(void **state) {
    (void)state;
    size_t count = 0;
    for (const Filter *filter; (filter = filter_at(count)); count++) {
        assert_true(strlen(filter->name) > 0 && strlen(filter->summary) > 0);
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(filter->name, filter_at(i)->name);
    }
    assert_int_equal(count, 17);
    assert_null(filter_at(count + 1));
}

static void a_document_without_blocks_has_nothing_to_judge(void **state) {
    Part part;
    part_judge(&part, *state, "");
    assert_int_equal(part.document.block_count, 0);
    part_done(&part);
}

static void filters_add_evidence_and_touch_nothing_else(void **state) {
    static const char text[] = "One ends. Two goes on\n\nqrights qshare\nqsignoff\nqrelated\n";
    Part part;
    part_cut(&part, *state, text, strlen(text), 0, false);
    Document *document = &part.document;
    Block before[8];
    assert_int_equal(document->block_count, 5);
    memcpy(before, document->blocks, 5 * sizeof *before);
    assert_int_equal(filters_judge(document), DECANT_OK);
    for (size_t i = 0; i < 5; i++) {
        assert_memory_equal(&before[i], &document->blocks[i], sizeof before[i]);
    }
    assert_memory_equal(document->raw.at, text, strlen(text));
    part_done(&part);
}

/* ---- phrases: footer, share, promo, comment, metadata, navigation, related --------------------
 */

static const struct {
    const char *word;
    Evidence evidence;
} phrases[] = {{"qrights", EVIDENCE_RIGHTS},
               {"qpolicy", EVIDENCE_POLICY},
               {"qcontact", EVIDENCE_CONTACT},
               {"qpowered", EVIDENCE_POWERED},
               {"qnewsletter", EVIDENCE_NEWSLETTER},
               {"qsubscribe", EVIDENCE_SUBSCRIBE},
               {"qapp", EVIDENCE_APP},
               {"qdonate", EVIDENCE_DONATE},
               {"qadvert", EVIDENCE_ADVERT},
               {"qshare", EVIDENCE_SHARE},
               {"qrelated", EVIDENCE_RELATED},
               {"qreadmore", EVIDENCE_READ_MORE},
               {"qnavigation", EVIDENCE_NAVIGATION},
               {"qcomment", EVIDENCE_COMMENT},
               {"qbyline", EVIDENCE_BYLINE},
               {"qdateline", EVIDENCE_DATELINE},
               {"qstamp", EVIDENCE_STAMP},
               {"qcredit", EVIDENCE_CREDIT},
               {"qbio", EVIDENCE_BIO},
               {"qtags", EVIDENCE_TAGS}};
enum { PHRASES = sizeof phrases / sizeof *phrases };

static void a_phrase_is_told_as_its_share_of_the_block(void **state) {
    for (size_t i = 0; i < PHRASES; i++) {
        Part part;
        char text[128];
        snprintf(text, sizeof text, "no phrase\n\nsome %s there\n", phrases[i].word);
        part_judge(&part, *state, text);
        int share = (int)(strlen(phrases[i].word) * 1000 / (strlen(text) - 12));
        for (size_t other = 0; other < PHRASES; other++) {
            assert_int_equal(part_evidence(&part, 0, phrases[other].evidence), 0);
            assert_int_equal(part_evidence(&part, 1, phrases[other].evidence),
                             other == i ? share : 0);
        }
        part_done(&part);
    }
}

static void a_block_may_hold_phrases_of_several_kinds(void **state) {
    Part part;
    part_judge(&part, *state, "qrights qapp qrights");
    EXPECT(&part, RIGHTS, 350); /* the first match of a rule counts */
    EXPECT(&part, APP, 200);
    part_done(&part);
}

static void a_block_that_is_all_phrase_has_a_share_of_1000(void **state) {
    Part part;
    part_judge(&part, *state, "qshare");
    EXPECT(&part, SHARE, 1000);
    part_done(&part);
}

static void a_phrase_in_a_giant_block_still_counts(void **state) {
    static char text[TEXT_SIZE];
    Part part;
    memset(text, 'x', sizeof text - 1);
    memcpy(text, "qcontact ", 9);
    part_judge(&part, *state, text);
    EXPECT(&part, CONTACT, 1);
    part_done(&part);
}

/* ---- signoff -------------------------------------------------------------------------------- */

static void blocks_after_an_end_mark_are_counted_from_the_last_one(void **state) {
    Part part;
    part_judge(&part, *state, "one\n\nqsignoff\n\ntwo\n\nthree\n\nqsignoff\n\nfour\n");
    EXPECT(&part, END_MARK, 0, 1, 0, 0, 1, 0);
    EXPECT(&part, AFTER_END_MARK, 0, 0, 1, 2, 3, 1);
    part_done(&part);
}

static void a_closing_sign_at_a_blocks_end_is_an_end_mark(void **state) {
    Part part;
    part_judge(&part, *state, "It is over. ■\nIt is over.®\n□ is a box\nA ® inside\nafter\n");
    EXPECT(&part, END_MARK, 1, 1, 0, 0, 0);
    EXPECT(&part, AFTER_END_MARK, 0, 1, 1, 2, 3);
    part_done(&part);
}

/* ---- teaser --------------------------------------------------------------------------------- */

/* Appends a line of `size` bytes that ends in `tail`. */
static void add_line(char *text, size_t size, const char *tail) {
    static const char words[] = "tiger ";
    char *at = text + strlen(text);
    size_t head = size - strlen(tail);
    for (size_t i = 0; i < head; i++) at[i] = words[i % 6];
    snprintf(at + head, strlen(tail) + 2, "%s\n", tail);
}

static void expect_cut(void **state, size_t size, const char *tail, Evidence evidence, int value) {
    char text[TEXT_SIZE] = "";
    Part part;
    add_line(text, size, tail);
    part_judge(&part, *state, text);
    expect_evidence(&part, evidence, &value, 1);
    part_done(&part);
}

static void a_line_that_ends_in_the_open_breaks_off(void **state) {
    expect_cut(state, 101, "wall", EVIDENCE_CUT_BYTES, 101);
    expect_cut(state, 101, " 12", EVIDENCE_CUT_BYTES, 101);
    expect_cut(state, 101, "wall,", EVIDENCE_CUT_BYTES, 101);
    expect_cut(state, 101, " –", EVIDENCE_CUT_BYTES, 101);
    expect_cut(state, 102, "中", EVIDENCE_CUT_BYTES, 102);
}

static void a_line_that_is_closed_does_not_break_off(void **state) {
    static const char *const tails[] = {"wall.", "wall!",   "wall?", "wall:", "wall\"",
                                        "wall)", "wall...", "wall…", "墙。"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        expect_cut(state, 101, tails[i], EVIDENCE_CUT_BYTES, 0);
}

static void a_short_line_without_a_stop_is_no_cut(void **state) {
    expect_cut(state, 59, "wall", EVIDENCE_CUT_BYTES, 0);
    expect_cut(state, 60, "wall", EVIDENCE_CUT_BYTES, 60);
}

static void cuts_at_widths_that_sites_like_are_told(void **state) {
    static const struct {
        size_t size;
        bool liked;
    } cases[] = {{157, false}, {158, true}, {159, true}, {160, true},  {161, false}, {200, true},
                 {210, false}, {255, true}, {300, true}, {310, false}, {500, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_cut(state, cases[i].size, "wall", EVIDENCE_CUT_WIDTH,
                   cases[i].liked ? (int)cases[i].size : 0);
}

static void widths_in_characters_count_as_those_in_bytes(void **state) {
    expect_cut(state, 164, "éééé", EVIDENCE_CUT_WIDTH, 164); /* 160 characters */
    expect_cut(state, 163, "ééé", EVIDENCE_CUT_WIDTH, 163);
    expect_cut(state, 164, "é", EVIDENCE_CUT_WIDTH, 0);
}

static void every_sentence_of_a_cut_line_knows_how_far_off_the_cut_is(void **state) {
    Part part;
    part_judge(&part, *state,
               "The wall has stood for many years. It was built of granite from the "
               "quarry by the river when the\n");
    EXPECT(&part, CUT_BYTES, 96, 61);
    part_done(&part);
}

static void a_line_that_ends_in_a_word_found_nowhere_else_is_cut_in_mid_word(void **state) {
    expect_cut(state, 101, " sustai", EVIDENCE_CUT_IN_WORD, 101);
    expect_cut(state, 101, " tiger", EVIDENCE_CUT_IN_WORD, 0);
    expect_cut(state, 101, " Berlin", EVIDENCE_CUT_IN_WORD, 101);
    expect_cut(state, 101, " sustai.", EVIDENCE_CUT_IN_WORD, 0);
}

static void lines_cut_at_the_same_length_are_counted(void **state) {
    char text[TEXT_SIZE] = "";
    Part part;
    add_line(text, 160, "wall");
    add_line(text, 163, "town");
    add_line(text, 120, "closed.");
    add_line(text, 166, "hill");
    add_line(text, 400, "pond");
    part_judge(&part, *state, text);
    EXPECT(&part, CUT_NEARBY, 3, 3, 4, 3, 3);
    EXPECT(&part, EQUAL_CUTS, 1, 2, 0, 1, 0);
    part_done(&part);
}

static void cuts_more_than_six_lines_away_are_not_nearby(void **state) {
    char text[TEXT_SIZE] = "";
    Part part;
    add_line(text, 160, "wall");
    for (int i = 0; i < 6; i++) add_line(text, 100, "closed.");
    add_line(text, 160, "town");
    part_judge(&part, *state, text);
    EXPECT(&part, CUT_NEARBY, 0, 2, 2, 2, 2, 2, 2, 0);
    EXPECT(&part, EQUAL_CUTS, 0, 0, 0, 0, 0, 0, 0, 0);
    part_done(&part);
}

static void an_ellipsis_at_the_end_is_told_in_all_its_forms(void **state) {
    static const char *const tails[] = {"wall...",  "wall…",    "wall ...", "wall [...]",
                                        "wall […]", "wall (…)", "wall.."};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        expect_cut(state, 44, tails[i], EVIDENCE_ELLIPSIS, 44);
    expect_cut(state, 44, "wall.", EVIDENCE_ELLIPSIS, 0);
    expect_cut(state, 44, "wall... it", EVIDENCE_ELLIPSIS, 0);
    expect_cut(state, 44, "[wall]", EVIDENCE_ELLIPSIS, 0);
    expect_cut(state, 44, "(wall.)", EVIDENCE_ELLIPSIS, 0);
}

static void a_prompt_to_read_on_speaks_of_its_whole_line(void **state) {
    Part part;
    part_judge(&part, *state, "The wall moved. Qreadmore\n\nqreadmore is here. The wall stands.\n");
    EXPECT(&part, READ_MORE, 1000, 1000, 0, 0);
    part_done(&part);
}

/* ---- bleed ---------------------------------------------------------------------------------- */

static void carry_over_tells_which_words_stand_elsewhere(void **state) {
    Part part;
    part_judge(&part, *state, "tiger zebra\ntiger panda\notter\n");
    EXPECT(&part, CARRY_BEFORE, 0, 500, 0);
    EXPECT(&part, CARRY_AFTER, 500, 0, 0);
    EXPECT(&part, CARRY_STRETCH, 500, 500, 0);
    EXPECT(&part, CARRY_WINDOW, 0, 0, 0); /* all lines are around each */
    part_done(&part);
}

static void carry_over_any_gap_is_that_of_word_types(void **state) {
    Part part;
    part_judge(&part, *state, "tiger zebra\ntiger panda\notter\n");
    EXPECT(&part, CARRY_TAIL, 0, 333, 0); /* of tiger, panda, otter: tiger */
    EXPECT(&part, CARRY_HEAD, 500, 0, 0); /* of tiger, zebra: tiger */
    part_done(&part);
}

static void breaks_compare_the_words_on_both_sides_of_a_gap(void **state) {
    Part part;
    part_judge(&part, *state, "tiger zebra\ntiger panda\notter\n");
    EXPECT(&part, BREAK_BEFORE, NONE, 333, 0);
    EXPECT(&part, BREAK_AFTER, 333, 0, NONE);
    part_done(&part);
}

static void breaks_look_at_forty_words_on_each_side_and_no_further(void **state) {
    char text[TEXT_SIZE] = "zebra";
    Part part;
    for (int i = 0; i < 40; i++) strcat(text, " tiger");
    strcat(text, "\nzebra tiger");
    for (int i = 0; i < 38; i++) strcat(text, " panda");
    strcat(text, " tiger\n");
    part_judge(&part, *state, text);
    EXPECT(&part, BREAK_BEFORE, NONE, 25); /* one tiger of 40; the zebra is too far off */
    part_done(&part);
}

static void carry_around_a_line_looks_two_lines_each_way(void **state) {
    Part part;
    part_judge(&part, *state, "tiger\nzebra\npanda\notter\ncamel\ntiger zebra koala\n");
    EXPECT(&part, CARRY_WINDOW, 666, 500, 400, 142, 333, 400);
    EXPECT(&part, CARRY_AHEAD, 666, 333, 0, 400, 500, 666);
    EXPECT(&part, CARRY_BEHIND, 1000, 1000, 666, 333, 0, 400);
    part_done(&part);
}

static void sentences_of_a_line_carry_by_themselves_but_share_the_lines_figure(void **state) {
    Part part;
    part_judge(&part, *state, "A tiger. A zebra.\na tiger or a koala\n");
    EXPECT(&part, CARRY_AFTER, 1000, 0, 0);
    EXPECT(&part, CARRY_BEFORE, 0, 0, 500);
    EXPECT(&part, CARRY_STRETCH, 500, 500, 500);
    part_done(&part);
}

static void blocks_without_content_words_have_nothing_to_compare(void **state) {
    Part part;
    part_judge(&part, *state, "tiger\n12 of it\ntiger\n");
    EXPECT(&part, CARRY_BEFORE, 0, NONE, 1000);
    EXPECT(&part, CARRY_AFTER, 1000, NONE, 0);
    EXPECT(&part, CARRY_STRETCH, 1000, NONE, 1000);
    part_done(&part);
}

static void names_are_carried_over_by_themselves(void **state) {
    Part part;
    part_judge(&part, *state, "a Brandt met a tiger\na Brandt or a Meier or an Otto met a tiger\n");
    EXPECT(&part, NAMES, 1, 3);
    EXPECT(&part, CARRY_NAMES, 1000, 333);
    EXPECT(&part, CARRY_WINDOW_NAMES, 0, 0);
    part_done(&part);
}

static void lines_without_names_have_no_names_to_carry(void **state) {
    Part part;
    part_judge(&part, *state, "a tiger\na zebra\n");
    EXPECT(&part, NAMES, 0, 0);
    EXPECT(&part, CARRY_NAMES, NONE, NONE);
    part_done(&part);
}

static void lines_are_ranked_by_how_much_they_carry(void **state) {
    static const char lines[] =
        "tiger zebra panda otter camel\ntiger zebra panda otter x1aaaa\n"
        "tiger zebra panda x2aaaa x3aaaa\ntiger zebra x4aaaa x5aaaa x6aaaa\n"
        "camel x7aaaa x8aaaa x9aaaa y1aaaa\nfew words\n";
    Part part;
    part_judge(&part, *state, lines);
    EXPECT(&part, CARRY_STRETCH, 1000, 800, 600, 400, 200, 0);
    EXPECT(&part, CARRY_RANK, 800, 600, 400, 200, 0, NONE);
    part_done(&part);
    part_judge(&part, *state, strchr(lines, '\n'));
    EXPECT(&part, CARRY_RANK, NONE, NONE, NONE, NONE, NONE); /* four lines are too few */
    part_done(&part);
}

static void words_of_the_opening_are_known_later(void **state) {
    char text[TEXT_SIZE] = "";
    Part part;
    for (int i = 0; i < 120; i++) strcat(text, "tiger ");
    strcat(text, "\ntiger zebra\nzebra\n");
    part_judge(&part, *state, text);
    EXPECT(&part, CARRY_OPENING, NONE, 500, 0);
    part_done(&part);
}

static void carry_over_works_without_spaces_between_words(void **state) {
    Part part;
    part_judge(&part, *state, "北京大学\n北京\n香港\n");
    EXPECT(&part, CARRY_AFTER, 333, 0, 0);
    EXPECT(&part, CARRY_BEFORE, 0, 1000, 0);
    part_done(&part);
}

/* ---- related -------------------------------------------------------------------------------- */

static void blocks_after_a_label_are_counted_for_a_while(void **state) {
    char text[TEXT_SIZE] = "before\nqrelated:\n";
    Part part;
    for (int i = 0; i < 26; i++) strcat(text, "line\n");
    part_judge(&part, *state, text);
    assert_int_equal(part_evidence(&part, 0, EVIDENCE_AFTER_LABEL), 0);
    assert_int_equal(part_evidence(&part, 1, EVIDENCE_AFTER_LABEL), 0);
    for (int i = 1; i <= 26; i++)
        assert_int_equal(part_evidence(&part, (size_t)i + 1, EVIDENCE_AFTER_LABEL),
                         i <= 24 ? i : 0);
    part_done(&part);
}

static void a_label_is_more_than_half_of_its_block(void **state) {
    Part part;
    part_judge(&part, *state, "qrelated and much else\nline\nqrelated too\nline\n");
    EXPECT(&part, AFTER_LABEL, 0, 0, 0, 1);
    part_done(&part);
}

static void lines_that_read_like_headlines_are_told_with_their_run(void **state) {
    Part part;
    part_judge(&part, *state,
               "This is prose and it ends in a stop.\nCouncil raises the wall\n"
               "Ten walks along the coast\nWho moved the wall?\nMore prose that ends.\n"
               "\"One more headline here\"\n");
    EXPECT(&part, HEADLINE, 0, 1, 1, 1, 0, 1);
    EXPECT(&part, HEADLINE_RUN, 0, 3, 3, 3, 0, 1);
    part_done(&part);
}

static void what_is_too_short_too_long_or_all_numbers_is_no_headline(void **state) {
    Part part;
    part_judge(&part, *state,
               "Two words\nThree words here\n1 2 3 4 and five\n"
               "a b c d e f g h i j k l m n o p q r s t u v\n"
               "a b c d e f g h i j k l m n o p q r s t u v w\nIt ends in a colon:\n"
               "One stops. Two stops. Three goes on\n");
    EXPECT(&part, HEADLINE, 0, 1, 0, 1, 0, 0, 0, 0, 0);
    part_done(&part);
}

/* ---- navigation ----------------------------------------------------------------------------- */

static void short_lines_are_told_with_the_length_of_their_run(void **state) {
    Part part;
    part_judge(&part, *state,
               "Home\nNews and sport\nOur five words stand here\n"
               "One line of just six words\nContact us\nIt rained.\nImprint\n\nHelp\n");
    EXPECT(&part, SHORT_RUN, 3, 3, 3, 0, 1, 0, 2, 2);
    part_done(&part);
}

static void a_line_of_two_short_sentences_is_not_short(void **state) {
    Part part;
    part_judge(&part, *state, "Home\nIt rains. It pours\nNews\n");
    EXPECT(&part, SHORT_RUN, 1, 0, 0, 1);
    part_done(&part);
}

/* ---- listing --------------------------------------------------------------------------------- */

static void items_and_rows_of_one_mark_are_told_with_their_run(void **state) {
    Part part;
    part_judge(&part, *state,
               "- a boat\n- a rope\n3) a lamp\nplain words here\n| a | b |\n| c | d |\n• oars\n");
    EXPECT(&part, LIST_MARK, 1, 1, 2, 0, 3, 3, 1);
    EXPECT(&part, LIST_RUN, 2, 2, 1, 0, 2, 2, 1);
    part_done(&part);
}

static void signs_and_numbers_that_open_no_item_are_no_marks(void **state) {
    Part part;
    part_judge(&part, *state,
               "-5 at night\n1788 was wet\nHome | About | Help\n*starred*\n2024) x\n");
    EXPECT(&part, LIST_MARK, 0, 0, 0, 0, 0);
    EXPECT(&part, LIST_RUN, 0, 0, 0, 0, 0);
    part_done(&part);
}

static void a_colon_opens_the_list_that_follows_up_to_the_next_prose(void **state) {
    Part part;
    part_judge(&part, *state, "We took:\n- a boat\na rope\nIt rained.\na lamp\nAlso:\noars\n");
    EXPECT(&part, LIST_LED, 0, 1, 2, 0, 0, 0, 1);
    part_done(&part);
}

/* ---- repeat --------------------------------------------------------------------------------- */

static void copies_are_counted_whatever_their_white_space_and_case(void **state) {
    Part part;
    part_judge(&part, *state, "The wall moved.\nOther line\nthe WALL   moved.\nThe wall moved\n");
    EXPECT(&part, COPIES, 2, 1, 2, 1);
    EXPECT(&part, COPY_OF_EARLIER, 0, 0, 1, 0);
    part_done(&part);
}

static void a_line_of_several_sentences_is_compared_as_a_whole(void **state) {
    Part part;
    part_judge(&part, *state, "One ends. Two ends.\nOne ends.\nOne ends. Two ends.\n");
    EXPECT(&part, COPIES, 2, 2, 1, 2, 2);
    EXPECT(&part, COPY_OF_EARLIER, 0, 0, 0, 1, 1);
    part_done(&part);
}

/* Sixty signs, white space aside. */
static const char sixty[] = "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd eeeeeeeeee ffffffffff";

static void a_line_that_begins_as_an_earlier_one_is_told(void **state) {
    char text[TEXT_SIZE];
    Part part;
    snprintf(text, sizeof text, "%s goes on\n\nother\n\n%s ends\n\n%s goes on\n\n%.*sX goes on\n",
             sixty, sixty, sixty, (int)strlen(sixty) - 1, sixty);
    part_judge(&part, *state, text);
    EXPECT(&part, PREFIX_OF_EARLIER, 0, 0, 60, 0, 0);
    EXPECT(&part, COPY_OF_EARLIER, 0, 0, 0, 1, 0);
    part_done(&part);
}

static void a_line_of_just_the_shared_beginning_repeats_it_too(void **state) {
    char text[TEXT_SIZE];
    Part part;
    snprintf(text, sizeof text, "%s goes on\n%s\n%.*s\n", sixty, sixty, 50, sixty);
    part_judge(&part, *state, text);
    EXPECT(&part, PREFIX_OF_EARLIER, 0, 60, 0);
    EXPECT(&part, COPIES, 1, 1, 1);
    part_done(&part);
}

/* ---- layout --------------------------------------------------------------------------------- */

static void layout_tells_where_a_block_stands(void **state) {
    Part part;
    part_judge(&part, *state, "One two three. Four five.\n\nSix\n");
    EXPECT(&part, POSITION, 0, 483, 870); /* bytes 0, 15, 27 of 31 */
    EXPECT(&part, BLOCKS_BEFORE, 0, 1, 2);
    EXPECT(&part, BLOCKS_AFTER, 2, 1, 0);
    EXPECT(&part, WORDS_BEFORE, 0, 3, 5);
    EXPECT(&part, WORDS_AFTER, 3, 1, 0);
    EXPECT(&part, JOINT_BEFORE, JOINT_START, JOINT_SENTENCE, JOINT_PARAGRAPH);
    EXPECT(&part, JOINT_AFTER, JOINT_SENTENCE, JOINT_PARAGRAPH, JOINT_START);
    EXPECT(&part, STRETCH_WORDS, 5, 5, 1);
    EXPECT(&part, STRETCH_BLOCKS, 2, 2, 1);
    EXPECT(&part, STRETCH_PLACE, 1, 2, 1);
    part_done(&part);
}

static void layout_tells_what_a_block_is_made_of(void **state) {
    Part part;
    part_judge(&part, *state, "AB c1, 22!\n");
    EXPECT(&part, WORDS, 3);
    EXPECT(&part, POINTS, 8);
    EXPECT(&part, WORD_LENGTH, 15); /* AB and c, in tenths */
    EXPECT(&part, CAPITALISED_SHARE, 333);
    EXPECT(&part, CAPITALS_SHARE, 333);
    EXPECT(&part, DIGIT_SHARE, 375);
    EXPECT(&part, MARK_SHARE, 250);
    EXPECT(&part, NUMBERS, 1);
    EXPECT(&part, STOPS, 1);
    EXPECT(&part, COMMAS, 1);
    EXPECT(&part, LONGEST_WORD, 2);
    part_done(&part);
}

static void counts_too_large_for_an_evidence_stay_at_its_limit(void **state) {
    enum { COUNT = 70000 };
    char *text = malloc(COUNT * 2 + 1);
    Part part;
    assert_non_null(text);
    for (size_t i = 0; i < COUNT; i++) memcpy(text + 2 * i, "a ", 3);
    part_judge(&part, *state, text);
    EXPECT(&part, WORDS, INT16_MAX);
    EXPECT(&part, POINTS, INT16_MAX);
    EXPECT(&part, STRETCH_WORDS, INT16_MAX);
    part_done(&part);
    free(text);
}

static void a_fused_text_is_told_by_its_joint_and_begins_a_line_of_its_own(void **state) {
    Part part;
    part_judge(&part, *state, "It is sustainable.American trains run. They do.\n");
    EXPECT(&part, JOINT_BEFORE, JOINT_START, JOINT_FUSED, JOINT_SENTENCE);
    EXPECT(&part, STRETCH_BLOCKS, 1, 2, 2);
    part_done(&part);
}

static void endings_are_told_apart(void **state) {
    static const struct {
        const char *text;
        Ending ending;
    } cases[] = {{"a wall", ENDING_LETTER},      {"墙", ENDING_LETTER},
                 {"in 12", ENDING_DIGIT},        {"a wall,", ENDING_COMMA},
                 {"a wall –", ENDING_COMMA},     {"墙，", ENDING_COMMA},
                 {"a wall:", ENDING_COLON},      {"a wall €", ENDING_SYMBOL},
                 {"a \"wall\"", ENDING_CLOSING}, {"a (wall)", ENDING_CLOSING},
                 {"a wall...", ENDING_ELLIPSIS}, {"a wall…", ENDING_ELLIPSIS},
                 {"a wall!", ENDING_MARK},       {"هل تعلم؟", ENDING_MARK},
                 {"a wall.", ENDING_STOP},       {"墙。", ENDING_STOP},
                 {"दीवार।", ENDING_STOP}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Part part;
        part_judge(&part, *state, cases[i].text);
        EXPECT(&part, ENDING, (int)cases[i].ending);
        part_done(&part);
    }
}

static void openings_are_told_apart(void **state) {
    static const struct {
        const char *text;
        Opening opening;
    } cases[] = {{"a wall", OPENING_LOWER}, {"über", OPENING_LOWER}, {"Über", OPENING_UPPER},
                 {"墙", OPENING_LETTER},    {"نعم", OPENING_LETTER}, {"12 walls", OPENING_DIGIT},
                 {"\"A", OPENING_QUOTE},    {"„A", OPENING_QUOTE},   {"«A", OPENING_QUOTE},
                 {"- a", OPENING_MARK},     {"(a", OPENING_MARK},    {"€ 5", OPENING_SYMBOL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Part part;
        part_judge(&part, *state, cases[i].text);
        EXPECT(&part, OPENING, (int)cases[i].opening);
        part_done(&part);
    }
}

static void a_block_in_another_language_than_the_document_is_told(void **state) {
    Part part;
    part_judge(&part, *state,
               "The ship is at the wall and the crew with it on the shore\n"
               "Das Schiff ist nicht auf der Werft und die Mannschaft auch\n"
               "The council has not been told of this by the town\n"
               "zzyx qwrt\n");
    EXPECT(&part, FOREIGN_LANGUAGE, 0, 1, 0, 0);
    EXPECT(&part, FOREIGN_SCRIPT, 0, 0, 0, 0);
    part_done(&part);
}

static void a_block_in_another_script_than_the_document_is_told(void **state) {
    Part part;
    part_judge(&part, *state,
               "The ship is at the wall and the crew is with it\n"
               "Корабль стоит\n北京大学\n1234\n");
    EXPECT(&part, FOREIGN_SCRIPT, 0, 1, 1, 0);
    part_done(&part);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_have_names_of_their_own_and_a_summary),
        cmocka_unit_test(a_document_without_blocks_has_nothing_to_judge),
        cmocka_unit_test(filters_add_evidence_and_touch_nothing_else),
        cmocka_unit_test(a_phrase_is_told_as_its_share_of_the_block),
        cmocka_unit_test(a_block_may_hold_phrases_of_several_kinds),
        cmocka_unit_test(a_block_that_is_all_phrase_has_a_share_of_1000),
        cmocka_unit_test(a_phrase_in_a_giant_block_still_counts),
        cmocka_unit_test(blocks_after_an_end_mark_are_counted_from_the_last_one),
        cmocka_unit_test(a_closing_sign_at_a_blocks_end_is_an_end_mark),
        cmocka_unit_test(a_line_that_ends_in_the_open_breaks_off),
        cmocka_unit_test(a_line_that_is_closed_does_not_break_off),
        cmocka_unit_test(a_short_line_without_a_stop_is_no_cut),
        cmocka_unit_test(cuts_at_widths_that_sites_like_are_told),
        cmocka_unit_test(widths_in_characters_count_as_those_in_bytes),
        cmocka_unit_test(every_sentence_of_a_cut_line_knows_how_far_off_the_cut_is),
        cmocka_unit_test(a_line_that_ends_in_a_word_found_nowhere_else_is_cut_in_mid_word),
        cmocka_unit_test(lines_cut_at_the_same_length_are_counted),
        cmocka_unit_test(cuts_more_than_six_lines_away_are_not_nearby),
        cmocka_unit_test(an_ellipsis_at_the_end_is_told_in_all_its_forms),
        cmocka_unit_test(a_prompt_to_read_on_speaks_of_its_whole_line),
        cmocka_unit_test(carry_over_tells_which_words_stand_elsewhere),
        cmocka_unit_test(carry_over_any_gap_is_that_of_word_types),
        cmocka_unit_test(breaks_compare_the_words_on_both_sides_of_a_gap),
        cmocka_unit_test(breaks_look_at_forty_words_on_each_side_and_no_further),
        cmocka_unit_test(carry_around_a_line_looks_two_lines_each_way),
        cmocka_unit_test(sentences_of_a_line_carry_by_themselves_but_share_the_lines_figure),
        cmocka_unit_test(blocks_without_content_words_have_nothing_to_compare),
        cmocka_unit_test(names_are_carried_over_by_themselves),
        cmocka_unit_test(lines_without_names_have_no_names_to_carry),
        cmocka_unit_test(lines_are_ranked_by_how_much_they_carry),
        cmocka_unit_test(words_of_the_opening_are_known_later),
        cmocka_unit_test(carry_over_works_without_spaces_between_words),
        cmocka_unit_test(blocks_after_a_label_are_counted_for_a_while),
        cmocka_unit_test(a_label_is_more_than_half_of_its_block),
        cmocka_unit_test(lines_that_read_like_headlines_are_told_with_their_run),
        cmocka_unit_test(what_is_too_short_too_long_or_all_numbers_is_no_headline),
        cmocka_unit_test(short_lines_are_told_with_the_length_of_their_run),
        cmocka_unit_test(a_line_of_two_short_sentences_is_not_short),
        cmocka_unit_test(items_and_rows_of_one_mark_are_told_with_their_run),
        cmocka_unit_test(signs_and_numbers_that_open_no_item_are_no_marks),
        cmocka_unit_test(a_colon_opens_the_list_that_follows_up_to_the_next_prose),
        cmocka_unit_test(copies_are_counted_whatever_their_white_space_and_case),
        cmocka_unit_test(a_line_of_several_sentences_is_compared_as_a_whole),
        cmocka_unit_test(a_line_that_begins_as_an_earlier_one_is_told),
        cmocka_unit_test(a_line_of_just_the_shared_beginning_repeats_it_too),
        cmocka_unit_test(layout_tells_where_a_block_stands),
        cmocka_unit_test(layout_tells_what_a_block_is_made_of),
        cmocka_unit_test(counts_too_large_for_an_evidence_stay_at_its_limit),
        cmocka_unit_test(a_fused_text_is_told_by_its_joint_and_begins_a_line_of_its_own),
        cmocka_unit_test(endings_are_told_apart),
        cmocka_unit_test(openings_are_told_apart),
        cmocka_unit_test(a_block_in_another_language_than_the_document_is_told),
        cmocka_unit_test(a_block_in_another_script_than_the_document_is_told),
    };
    return cmocka_run_group_tests_name("filters", tests, set_up_rules, tear_down_rules);
}
