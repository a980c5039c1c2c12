/* SPDX-License-Identifier: MIT
 * test_cut.c - where a paragraph falls apart, and where it never does. */
#include "language/letters.h"
#include "segment/cut.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 4096 };

/* The paragraph with ~ where a sentence begins and | where a fused text does. */
static void mark_cuts(Str text, char *marked) {
    size_t from = 0, size = 0;
    Cut cut;
    while (cut_next(text, from, &cut)) {
        memcpy(marked + size, text.at + from, cut.next - from);
        size += cut.next - from;
        marked[size++] = cut.joint == JOINT_FUSED ? '|' : '~';
        from = cut.next;
    }
    memcpy(marked + size, text.at + from, text.len - from);
    marked[size + text.len - from] = '\0';
}

/* Expects just the cuts that are marked. The paragraph lies in memory of its own size. */
static void expect(const char *marked) {
    char found[TEXT_SIZE];
    uint8_t *text = malloc(strlen(marked) + 1);
    size_t size = 0;
    assert_non_null(text);
    for (const char *at = marked; *at; at++)
        if (*at != '~' && *at != '|') text[size++] = (uint8_t)*at;
    uint8_t *exact = realloc(text, size ? size : 1);
    assert_non_null(exact);
    mark_cuts((Str){exact, size}, found);
    assert_string_equal(found, marked);
    free(exact);
}

#define EXPECT_ALL(...)                                                                            \
    do {                                                                                           \
        const char *const all[] = {__VA_ARGS__};                                                   \
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) expect(all[i]);                      \
    } while (0)

/* ---- where texts are fused ------------------------------------------------------------------ */

static void sentences_without_a_space_between_are_fused(void **state) {
    (void)state;
    EXPECT_ALL("The new fuel is clean and sustainable.|American Airlines said so on Monday.",
               "That was the last train!|Over the hills it went.", "Who knows?|Nobody does.",
               "The wall moved by 4.5 percent.|The bank paid.", "It costs 5 euros.|Next year more.",
               "He agreed.|I did not.", "It is done.|A new one begins.",
               "It was said twice.|NATO replied.", "The rain fell on 5.12.2020.|Then it stopped.");
}

static void fused_sentences_are_found_in_other_languages(void **state) {
    (void)state;
    EXPECT_ALL("Das ist nachhaltig.|Die Bahn fährt wieder.", "Mehr davon!|Über uns",
               "C'est fini.|Écoutez aussi", "Voilà le match.|À la fin, il pleut.",
               "Esto es todo.|Más noticias aquí", "¿Quién sabe?|Nadie lo sabe.",
               "Questo è tutto.|Leggi anche questo", "Adesso basta.|È vero.",
               "Isto é tudo.|Últimas notícias", "Dat is alles.|Lees meer hier",
               "To wszystko.|Źródło jest znane", "Это всё.|Читайте также",
               "Вот и конец!|В доме тихо.", "Αυτό είναι το τέλος.|Διαβάστε περισσότερα");
}

static void a_sentence_fused_after_its_closing_quote_or_sign_is_found(void **state) {
    (void)state;
    EXPECT_ALL("\"It is over.\"|The crowd left.", "(It is over.)|The crowd left.",
               "“It is over.”|The crowd left.", "«Всё кончено.»|Потом он ушёл.",
               "The end of it.®|The next one begins.");
}

static void labels_that_run_into_each_other_are_fused(void **state) {
    (void)state;
    EXPECT_ALL("Share Article|Copy link", "Previous Post|Day Trips", "Next Article|How to grow it",
               "Comments|Share|Save", "Facebook Teilen|Kommentare lesen",
               "Fotografía de Juan Pérez|Compartir", "Читайте|Также подробности",
               "the dog barked|By John Smith");
}

static void what_follows_a_stamp_without_a_space_is_fused(void **state) {
    (void)state;
    EXPECT_ALL("ByABC7 Chicago Digital Team Friday, February 28, 2025 5:53PM|If you are looking",
               "Posted 5:53 PM|If you", "Montag, 17:30 Uhr, 2019|Der Rat tagt",
               "Published on 12 May 2019|Share this", "on 02/28/2025|Share this",
               "am 28.02.2025|Teilen");
}

static void a_byline_that_runs_into_its_name_begins_a_text(void **state) {
    (void)state;
    EXPECT_ALL("They care for you. ~byJane Doe and her friends", "They care!|byJane Doe and others",
               "They care.|byJane Doe and others", "Das ist alles. ~vonPetra Meier aus Berlin");
}

static void a_date_or_a_count_that_runs_into_a_full_stop_begins_a_text(void **state) {
    (void)state;
    EXPECT_ALL("It makes the job easier.|10 April 2023",
               "Log in every day? ~I do daily.|7 min read", "See section.10", "Take vol.10 of it.",
               "Use 12.10 of it.", "It was sold.100000 pieces");
}

static void a_copyright_line_begins_a_sentence(void **state) {
    (void)state;
    EXPECT_ALL("We meet on Monday. ~© 2025 Harbour Post", "Have fun! ~@2025 Harbour Post",
               "He wrote to us. @harbour did, too.");
}

static void initialisms_end_and_begin_texts(void **state) {
    (void)state;
    EXPECT_ALL("They compete with AI.|Tomato soup is good.", "A quiet world.|AI tells us more.",
               "Это всё.|ИИ поможет нам.", "Read README.Md today.", "The U.S.Army came.",
               "Written in ASP.Net by him.");
}

static void amounts_are_no_code(void **state) {
    (void)state;
    EXPECT_ALL("It sells for $39.|The shop is open.", "It fell by 50%.|The shop is open.",
               "Set $Foo.Bar there.", "See a%20b.Html there.");
}

static void a_function_word_begins_a_text_behind_any_word(void **state) {
    (void)state;
    EXPECT_ALL("He was one of the greatest poets that ever lived in all of northern Greenland|"
               "The ship sailed away from the harbour on a cold and windy day in late November.",
               "He was one of the greatest poets that ever lived in all of northern Greenland|"
               "I saw the ship sail away from the harbour on a cold and windy day in November.",
               "He was one of the greatest poets that ever lived in the north, said HomeTown to "
               "the people who had come to see him there on a cold and windy day.");
}

/* ---- where nothing is ever cut -------------------------------------------------------------- */

static void numbers_are_not_cut(void **state) {
    (void)state;
    EXPECT_ALL("Pi is 3.14159 and e is 2.71828.", "It cost 1,234.56 dollars and 3,50 euros.",
               "Er wog 1.000.000 kg, sie 12.5 kg.", "They met on 5.12.2020 at 10.30 a.m. sharp.",
               "Es waren 3,7 Mio. Euro und 2.5 Mrd. Dollar.", "Version 2.0.1 came after 1.9.Beta",
               "Part 82019Ab is out.", "Цена 4.5 рубля.", "价格是3.5元");
}

static void addresses_are_not_cut(void **state) {
    (void)state;
    EXPECT_ALL("See https://example.com/Path.Html?Q=One.Two for more.",
               "See https://example.com/2019Report.pdf now.", "See www.Example.Com for more.",
               "Go to www.exampleSite.com or HomeDepot.com or Booking.Com today.",
               "Siehe www.Beispiel.De/Über.Uns dort.", "Write to Jane.Doe@Example.Com today.",
               "Почта: Ivan.Petrov@Mail.Ru здесь.", "Voir ftp://Serveur.Fr/Un.Txt ici.",
               "The file C:\\Users\\Jane.Doe\\File.Txt is gone.");
}

static void abbreviations_are_not_cut(void **state) {
    (void)state;
    EXPECT_ALL("Mr. Smith met Dr. Jones and Prof. Brown.", "He works for Example Inc. Berlin.",
               "They left on Jan. 5 and came back on Sept. 11.",
               "See fig. 3, vol. 2, no. 5, pp. 10.",
               "Das gilt usw. Die Regel, vgl. Art. 5 Abs. 2, gilt.",
               "Er und Frau Prof. Meier kamen.", "Voici M. Dupont et Mme. Durand avec Mlle. Blanc.",
               "El Sr. García y la Sra. López llegaron.", "Il Dott. Rossi e il Sig. Bianchi.",
               "De heer dhr. Jansen en mevr. Smit.", "Он родился в 1990 г. Москва росла.",
               "Mr.Smith met Dr.Müller and Mrs.Jones in St.Louis.");
}

static void initials_and_initialisms_are_not_cut(void **state) {
    (void)state;
    EXPECT_ALL("The U.S. Army and the U.K. Parliament agreed.", "J. R. R. Tolkien wrote it.",
               "W.E.B. Du Bois did not.", "Come at 5 p.m. Friday or 3 a.m. Saturday.",
               "The Washington, D.C. office is shut.", "Das ist z. B. Unsinn, d. h. Quatsch.",
               "А. С. Пушкин написал это.", "„Е. Иванов и “A. Smith met (B. Jones).",
               "Хлеб и т.д. Потом.", "Á. Gómez llegó.");
}

static void code_is_not_cut(void **state) {
    (void)state;
    EXPECT_ALL("Call obj.Method() and foo.Bar(x) here.",
               "Use std::vector.Size and foo_bar.Baz too.", "Set $Foo.Bar = {One.Two} there.",
               "A `code.Here` stays.", "Use getElementById or setTimeoutNow to find it.",
               "Write <b>One.Two</b> twice.", "The #HashTag.Other stays.",
               "Read README.Md and main.java there.");
}

static void an_ellipsis_is_not_cut_inside(void **state) {
    (void)state;
    EXPECT_ALL("Wait... then he left.", "Wait…then he left.", "Er sah... nichts.", "Well . . . no.",
               "Wait... ~Then he left.", "Wait...|What then?", "Fin…|Después vino.",
               "Он ждал... ~Потом ушёл.");
}

static void names_with_a_capital_inside_are_not_cut(void **state) {
    (void)state;
    EXPECT_ALL("YouTube and LinkedIn", "The iPhone and eBay", "McDonald met MacArthur",
               "DeVito and LaTeX", "A PhD in JavaScript", "WhatsApp teilen",
               "Ein kWh und ein pH-Wert");
}

static void a_small_letter_begins_no_sentence(void **state) {
    (void)state;
    EXPECT_ALL("He shouted stop! and ran.", "Is it so? he asked.", "Sie rief halt! und lief.",
               "It grew.but slowly.", "Что? спросил он.");
}

/* ---- sentences ------------------------------------------------------------------------------ */

static void sentences_end_at_stops_in_every_script(void **state) {
    (void)state;
    EXPECT_ALL("One ends. ~Two ends! ~Three ends? ~Four.",
               "Eins endet. ~Über zwei. ~3 Männer kamen.", "Una termina. ~¿Dos? ~¡Tres!",
               "Одно. ~Другое! ~Третье?", "这是第一句。~这是第二句！~第三句？~好",
               "これは最初の文です。~次の文です。", "هذه جملة. ~وهذه جملة أخرى. ~هل تعلم؟ ~نعم.",
               "पहला वाक्य। ~दूसरा वाक्य।", "Wszystko jasne. ~Łódź czeka.",
               "He left!!! ~She stayed. ~Really?! ~Yes.");
}

static void closing_quotes_and_brackets_stay_with_their_sentence(void **state) {
    (void)state;
    EXPECT_ALL("\"It is over.\" ~The crowd left.", "(It is over.) ~The crowd left.",
               "Sie sagte: „Es ist vorbei.“ ~Dann ging sie.", "«Всё кончено.» ~Потом ушёл.",
               "他说：“结束了。”~然后走了。", "彼は「終わった。」~と言った。",
               "He said it. ~\"Why?\" ~(Nobody knew.) ~“So be it.”");
}

static void list_numbers_stay_with_their_items(void **state) {
    (void)state;
    EXPECT_ALL("1. Mix the flour. ~2. Add two eggs.", "12. Das Mehl mischen.");
}

static void the_end_of_a_paragraph_is_no_cut(void **state) {
    (void)state;
    EXPECT_ALL("", ".", "...", "One ends.", "One ends.   ", "Wow!\"", "。", "“结束了。”",
               "No stop here");
}

static void white_space_between_sentences_belongs_to_neither(void **state) {
    (void)state;
    const char *text = "One ends. \t\xC2\xA0 Two ends.";
    Cut cut;
    assert_true(cut_next((Str){(const uint8_t *)text, strlen(text)}, 0, &cut));
    assert_int_equal(cut.end, 9);
    assert_int_equal(cut.next, 14);
    assert_false(cut_next((Str){(const uint8_t *)text, strlen(text)}, cut.next, &cut));
}

/* ---- any text ------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static size_t make_text(uint32_t *seed, uint8_t *text) {
    static const char *const pieces[] = {
        "a",  "B",    "Ab",   "ab",       "1",        "2025", "5:53PM",   ".",    "...", "!",
        "?",  "\"",   "'",    ")",        "(",        "/",    " ",        "  ",   "À ",  "é",
        "。", "中",   "“",    "”",        "\xC2\xA0", "\xFF", "\xE2\x80", "\xC3", "Mr",  "www.",
        "By", "And ", "т.д.", "\xCC\x81", "www.A",    ".Com", "@",        "|"};
    size_t size = 0;
    for (uint32_t n = next_random(seed) % 24; n; n--) {
        const char *piece = pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    return size;
}

static void expect_white(Str text, size_t from, size_t end) {
    while (from < end) {
        Letter letter = letter_read(text.at + from, text.at + end);
        assert_int_equal(letter.letter, LETTER_SPACE);
        from += letter.size;
    }
    assert_int_equal(from, end);
}

static void cuts_go_forward_and_leave_white_space_alone_between_them(void **state) {
    (void)state;
    uint32_t seed = 28022025;
    size_t cuts = 0;
    for (int round = 0; round < 20000; round++) {
        uint8_t buffer[TEXT_SIZE];
        size_t size = make_text(&seed, buffer), from = 0;
        uint8_t *exact = malloc(size ? size : 1);
        assert_non_null(exact);
        memcpy(exact, buffer, size);
        Cut cut;
        for (; cut_next((Str){exact, size}, from, &cut); from = cut.next, cuts++) {
            assert_true(cut.end > from && cut.end <= cut.next && cut.next < size);
            if (cut.joint == JOINT_FUSED) assert_int_equal(cut.end, cut.next);
            else assert_int_equal(cut.joint, JOINT_SENTENCE);
            expect_white((Str){exact, size}, cut.end, cut.next);
        }
        free(exact);
    }
    assert_true(cuts > 10000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_without_a_space_between_are_fused),
        cmocka_unit_test(fused_sentences_are_found_in_other_languages),
        cmocka_unit_test(a_sentence_fused_after_its_closing_quote_or_sign_is_found),
        cmocka_unit_test(labels_that_run_into_each_other_are_fused),
        cmocka_unit_test(what_follows_a_stamp_without_a_space_is_fused),
        cmocka_unit_test(a_byline_that_runs_into_its_name_begins_a_text),
        cmocka_unit_test(a_date_or_a_count_that_runs_into_a_full_stop_begins_a_text),
        cmocka_unit_test(a_copyright_line_begins_a_sentence),
        cmocka_unit_test(initialisms_end_and_begin_texts),
        cmocka_unit_test(amounts_are_no_code),
        cmocka_unit_test(a_function_word_begins_a_text_behind_any_word),
        cmocka_unit_test(numbers_are_not_cut),
        cmocka_unit_test(addresses_are_not_cut),
        cmocka_unit_test(abbreviations_are_not_cut),
        cmocka_unit_test(initials_and_initialisms_are_not_cut),
        cmocka_unit_test(code_is_not_cut),
        cmocka_unit_test(an_ellipsis_is_not_cut_inside),
        cmocka_unit_test(names_with_a_capital_inside_are_not_cut),
        cmocka_unit_test(a_small_letter_begins_no_sentence),
        cmocka_unit_test(sentences_end_at_stops_in_every_script),
        cmocka_unit_test(closing_quotes_and_brackets_stay_with_their_sentence),
        cmocka_unit_test(list_numbers_stay_with_their_items),
        cmocka_unit_test(the_end_of_a_paragraph_is_no_cut),
        cmocka_unit_test(white_space_between_sentences_belongs_to_neither),
        cmocka_unit_test(cuts_go_forward_and_leave_white_space_alone_between_them),
    };
    return cmocka_run_group_tests_name("cut", tests, NULL, NULL);
}
