/* SPDX-License-Identifier: MIT
 * test_words.c - word hashes, stop words and words to the reader. */
#include "language/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint32_t stop(const char *word) {
    return stop_word_languages(word_hash(word));
}

static uint32_t reader(const char *word) {
    return reader_word_languages(word_hash(word));
}

static void a_hash_is_built_code_point_by_code_point(void **state) {
    (void)state;
    uint32_t hash = word_hash_add(word_hash_add(WORD_HASH_START, 0xE9), 't');
    assert_int_equal(word_hash("ét"), hash);
    assert_int_equal(word_hash(""), WORD_HASH_START);
    assert_int_equal(word_hash("a"), 0xE40C292C); /* as published for FNV-1a */
}

static void words_of_a_text_come_one_after_the_other(void **state) {
    (void)state;
    static const char text[] = "  Été, x2-3 中文.";
    static const char *const words[] = {"été", "x2", "3", "中", "文"};
    const uint8_t *at = (const uint8_t *)text, *end = at + sizeof text - 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_int_equal(word_next(&at, end), word_hash(words[i]) | 1u);
    assert_int_equal(word_next(&at, end), 0);
    assert_ptr_equal(at, end);
}

static void case_and_the_form_of_apostrophes_do_not_count(void **state) {
    (void)state;
    assert_int_equal(word_hash("DON'T"), word_hash("don’t"));
    assert_int_equal(word_hash("ÉTÉ"), word_hash("été"));
    assert_int_not_equal(word_hash("dont"), word_hash("don't"));
}

static void every_language_knows_its_function_words(void **state) {
    (void)state;
    const char *const words[LANGUAGE_COUNT][4] = {
        [LANGUAGE_EN] = {"The", "don't", "whether", "they’re"},
        [LANGUAGE_DE] = {"der", "nicht", "für", "während"},
        [LANGUAGE_FR] = {"le", "qu'il", "où", "même"},
        [LANGUAGE_ES] = {"el", "también", "según", "pero"},
        [LANGUAGE_IT] = {"gli", "perché", "c'è", "degli"},
        [LANGUAGE_PT] = {"não", "são", "pelo", "uma"},
        [LANGUAGE_NL] = {"het", "niet", "zoals", "één"},
        [LANGUAGE_PL] = {"się", "który", "przez", "że"},
        [LANGUAGE_RU] = {"и", "что", "который", "чтобы"},
        [LANGUAGE_JA] = {"の", "は", "を", "に"},
        [LANGUAGE_ZH] = {"的", "了", "这", "們"},
        [LANGUAGE_AR] = {"في", "الذي", "على", "وفي"},
    };
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int i = 0; i < 4; i++)
            if (!(stop(words[language][i]) & 1u << language))
                fail_msg("%s: %s", language_tag((Language)language), words[language][i]);
}

static void a_word_may_belong_to_several_languages(void **state) {
    (void)state;
    assert_int_equal(stop("un"), 1u << LANGUAGE_FR | 1u << LANGUAGE_ES | 1u << LANGUAGE_IT);
}

static void content_words_are_no_stop_words(void **state) {
    (void)state;
    const char *const words[] = {
        "bridge", "Brücke", "pont", "newsletter", "privacy",   "die2", "сегодня", "мост",
        "橋",     "新",     "كتاب", "president",  "copyright", "",     "most2",   "puente"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (stop(words[i])) fail_msg("%s", words[i]);
}

static void words_to_the_reader_are_known(void **state) {
    (void)state;
    assert_int_equal(reader("You"), 1u << LANGUAGE_EN);
    assert_int_equal(reader("votre"), 1u << LANGUAGE_FR);
    assert_true(reader("du") & 1u << LANGUAGE_DE);
    assert_true(reader("usted") & 1u << LANGUAGE_ES);
    assert_true(reader("ваш") & 1u << LANGUAGE_RU);
    assert_true(reader("您") & 1u << LANGUAGE_ZH);
    assert_true(reader("لديك") & 1u << LANGUAGE_AR);
}

static void words_that_mean_others_as_often_do_not_address_the_reader(void **state) {
    (void)state;
    assert_int_equal(reader("sie"), 0);
    assert_int_equal(reader("ihre"), 0);
    assert_int_equal(reader("su"), 0);
    assert_int_equal(reader("they"), 0);
}

static void languages_have_tags(void **state) {
    (void)state;
    assert_string_equal(language_tag(LANGUAGE_EN), "en");
    assert_string_equal(language_tag(LANGUAGE_AR), "ar");
    assert_string_equal(language_tag(LANGUAGE_NONE), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_is_built_code_point_by_code_point),
        cmocka_unit_test(words_of_a_text_come_one_after_the_other),
        cmocka_unit_test(case_and_the_form_of_apostrophes_do_not_count),
        cmocka_unit_test(every_language_knows_its_function_words),
        cmocka_unit_test(a_word_may_belong_to_several_languages),
        cmocka_unit_test(content_words_are_no_stop_words),
        cmocka_unit_test(words_to_the_reader_are_known),
        cmocka_unit_test(words_that_mean_others_as_often_do_not_address_the_reader),
        cmocka_unit_test(languages_have_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
