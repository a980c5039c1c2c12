/* SPDX-License-Identifier: MIT
 * test_corpus.c - what a profile adds to verdicts: small documents are learned, and cleaned with
 * what was learned. */
#include "learned.h"
#include "part.h"
#include "profile/imprint.h"
#include "verdict/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each with an opening of one sentence, which a teaser may show. */
static const char *const articles[][4] = {
    {"The ferry to Kilmory will not sail again before the pier has been inspected by divers.\n\n",
     "Captain Moira Leask heard of it on the radio, like everybody else on the island. She has "
     "moored her boat behind the breakwater and lets the children fish from its deck.\n\n",
     "Until the divers come, bread and letters are carried over by a fisherman who charges nothing "
     "and refuses to be thanked.\n\n",
     "The council will meet on Monday to talk about a temporary jetty of barges.\n"},
    {"A violin that was lost on a night train in 1968 has turned up in a barn near Tarnby.\n\n",
     "Its owner, then a student, had searched for years and finally bought another one. He is "
     "eighty now and played it last week for the first time since, in the barn itself.\n\n",
     "Nobody knows how it got there, for the railway has never run within a day's walk of the "
     "place.\n\n",
     "The farmer kept it dry under a heap of sacks and thought it was a toy.\n"},
    {"Bakers in the old town have agreed to open one after the other, so that nobody starves.\n\n",
     "For years all four of them closed on Mondays, and whoever forgot it ate crackers. The "
     "agreement was reached in a quarter of an hour, over coffee and somebody else's cake.\n\n",
     "A list now hangs in every window and tells which oven is hot on which day.\n\n",
     "It ends in June, when three of the four go on holiday together.\n"},
    {"Two herons have built a nest on the floodlights of the football ground, and the lamps stay "
     "off.\n\n",
     "The club plays its evening matches at noon instead, which suits the pensioners and nobody "
     "else. Its goalkeeper, a nurse, has missed three games because of it.\n\n",
     "An ornithologist expects the young to leave by August, if the season is not too wet.\n\n",
     "Until then a volunteer sweeps the penalty area every morning.\n"},
    {"The clock on the town hall of Merrow has been wrong by design since the war, a letter "
     "shows.\n\n",
     "A mayor had it set back by four minutes so that clerks would catch the last bus. His "
     "successors kept the habit and forgot the reason, until an archivist opened a drawer.\n\n",
     "The bus was withdrawn in 1983, and the clerks have driven home ever since.\n\n",
     "Whether the hands will be moved is for the council to decide.\n"},
    {"An orchard that was planted by prisoners bears fruit for the hundredth time this autumn.\n\n",
     "There were forty of them, and each was allowed to name a tree. Thirty-one of the trees still "
     "stand, and the names are painted anew every spring by a school class.\n\n",
     "The apples are small and sour and make the best cider of the county.\n\n",
     "This year's is to be poured at a feast to which grandchildren of the prisoners come.\n"},
};
enum { ARTICLES = sizeof articles / sizeof *articles, ROOM = 8000 };

static const char motto[] = "The Courier is read in every kitchen from the hills to the sea.";

/* Writes an article, with what is put before each of its paragraphs and behind the last. */
static void compose(char text[ROOM], size_t article, const char *const between[5]) {
    size_t size = 0;
    for (int i = 0; i < 5; i++)
        size += (size_t)snprintf(text + size, ROOM - size, "%s%s",
                                 between && between[i] ? between[i] : "",
                                 i < 4 ? articles[article][i] : "");
}

/* ---- what comes out -------------------------------------------------------------------------- */

typedef struct Cleaned {
    char kept[ROOM];
    char log[ROOM]; /* of what goes by the profile, a line each: kind, evidence, whose it is */
    char notes[400];
    size_t kept_size, log_size;
} Cleaned;

static int on_kept(void *user, const decant_kept *kept) {
    Cleaned *cleaned = user;
    assert_true(cleaned->kept_size + kept->size < ROOM);
    memcpy(cleaned->kept + cleaned->kept_size, kept->text, kept->size);
    cleaned->kept_size += kept->size;
    return 0;
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Cleaned *cleaned = user;
    const char *evidence = dropped->reason_count ? dropped->reasons[0].evidence : "";
    if (strncmp(evidence, "known_", 6) != 0 && strcmp(evidence, "site_share") != 0) return 0;
    cleaned->log_size +=
        (size_t)snprintf(cleaned->log + cleaned->log_size, ROOM - cleaned->log_size, "%s %s %.*s\n",
                         decant_kind_name(dropped->kind), evidence, (int)dropped->known_size,
                         dropped->known_size ? dropped->known_as : "");
    return 0;
}

static int on_note(void *user, const decant_note *note) {
    Cleaned *cleaned = user;
    if (note->code == DECANT_NOTE_SITE)
        snprintf(cleaned->notes, sizeof cleaned->notes, "%s: %s", note->name, note->words);
    return 0;
}

/* Who is cleaned, with what. */
typedef struct Case {
    const char *id, *site, *text;
    Bytes profile;
    int min_confidence;
} Case;

static Cleaned clean(Case one) {
    Cleaned cleaned = {.kept_size = 0};
    decant *pipeline = NULL;
    const decant_sink sink = {
        .user = &cleaned, .kept = on_kept, .dropped = on_dropped, .note = on_note};
    const decant_about about = {.size = sizeof about, .id = one.id, .site = one.site};
    decant_options options = DECANT_OPTIONS_INIT;
    options.min_confidence = one.min_confidence;
    assert_int_equal(decant_open(&pipeline, &options, &sink), DECANT_OK);
    assert_int_equal(decant_use_profile(pipeline, one.profile.at, one.profile.size), DECANT_OK);
    assert_int_equal(decant_start_about(pipeline, "here", &about), DECANT_OK);
    assert_int_equal(decant_feed(pipeline, one.text, strlen(one.text)), DECANT_OK);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    decant_close(pipeline);
    return cleaned;
}

/* What is kept with a profile, and why what goes does. */
static void expect(Case one, const char *kept, const char *log) {
    const Cleaned cleaned = clean(one);
    assert_string_equal(cleaned.log, log);
    assert_string_equal(cleaned.kept, kept);
}

static void expect_untouched(Case one) {
    expect(one, one.text, "");
}

/* ---- lines of a site ------------------------------------------------------------------------- */

/* Learns the articles as documents of one site; the first `holders` have the motto at a place. */
static Bytes learn_site(size_t documents, size_t holders, int place) {
    Imprints imprints = {0};
    char text[ROOM], id[32], line[200];
    snprintf(line, sizeof line, "%s\n\n", motto);
    for (size_t i = 0; i < documents; i++) {
        const char *between[5] = {0};
        if (i < holders) between[place] = line;
        compose(text, i % ARTICLES, between);
        snprintf(id, sizeof id, "s%zu", i);
        imprints_add(&imprints, id, "courier.example", text);
    }
    const Bytes profile = learn(&imprints);
    imprints_free(&imprints);
    return profile;
}

/* An article of the site with the motto at a place. */
static const char *with_motto(char text[ROOM], int place) {
    const char *between[5] = {0};
    char line[200];
    snprintf(line, sizeof line, place < 4 ? "%s\n\n" : "\n%s\n", motto);
    between[place] = line;
    compose(text, 5, between);
    return text;
}

static void a_line_that_a_site_repeats_goes_though_it_reads_like_prose(void **state) {
    (void)state;
    static const char *const kinds[] = {"nav", NULL, NULL, NULL, "footer"};
    char text[ROOM], log[100];
    for (int place = 0; place < 5; place += 4) {
        Bytes profile = learn_site(13, 4, place);
        const Case here = {"here", "courier.example", with_motto(text, place), profile, 0};
        const Cleaned cleaned = clean(here);
        snprintf(log, sizeof log, "%s site_share \n", kinds[place]);
        assert_string_equal(cleaned.log, log);
        assert_null(strstr(cleaned.kept, motto));
        for (int i = 0; i < 4; i++) {
            char paragraph[400];
            snprintf(paragraph, sizeof paragraph, "%.*s", (int)strcspn(articles[5][i], "\n"),
                     articles[5][i]);
            assert_non_null(strstr(cleaned.kept, paragraph));
        }
        expect_untouched((Case){"here", "courier.example", text, {NULL, 0}, 0});
        expect_untouched((Case){"here", "herald.example", text, profile, 0});
        expect_untouched((Case){"here", NULL, text, profile, 0});
        bytes_free(&profile);
    }
}

static void amid_the_text_it_stays_and_is_noted(void **state) {
    (void)state;
    char text[ROOM];
    for (int place = 0; place < 5; place += 2) {
        Bytes profile = learn_site(5, 3, place);
        const Case here = {"here", "courier.example", with_motto(text, 2), profile, 0};
        const Cleaned cleaned = clean(here);
        assert_string_equal(cleaned.kept, text);
        assert_non_null(strstr(cleaned.notes, "site"));
        bytes_free(&profile);
    }
}

static void a_document_of_the_site_that_does_not_hold_it_has_no_note(void **state) {
    (void)state;
    char text[ROOM];
    Bytes profile = learn_site(5, 3, 4);
    compose(text, 5, NULL);
    const Cleaned cleaned = clean((Case){"here", "courier.example", text, profile, 0});
    assert_string_equal(cleaned.kept, text);
    assert_string_equal(cleaned.notes, "");
    bytes_free(&profile);
}

static void fewer_than_five_documents_tell_nothing_of_a_site(void **state) {
    (void)state;
    char text[ROOM];
    Bytes profile = learn_site(4, 4, 4);
    expect_untouched((Case){"here", "courier.example", with_motto(text, 4), profile, 0});
    bytes_free(&profile);
}

static void a_line_of_less_than_three_in_ten_stays(void **state) {
    (void)state;
    char text[ROOM];
    Bytes profile = learn_site(11, 3, 4);
    expect_untouched((Case){"here", "courier.example", with_motto(text, 4), profile, 0});
    bytes_free(&profile);
    profile = learn_site(5, 2, 4);
    expect_untouched((Case){"here", "courier.example", with_motto(text, 4), profile, 0});
    bytes_free(&profile);
}

static void what_would_go_less_surely_than_is_asked_stays(void **state) {
    (void)state;
    char text[ROOM];
    Bytes profile = learn_site(5, 3, 4);
    expect_untouched((Case){"here", "courier.example", with_motto(text, 4), profile, 991});
    const Cleaned cleaned =
        clean((Case){"here", "courier.example", with_motto(text, 4), profile, 990});
    assert_string_equal(cleaned.log, "footer site_share \n");
    bytes_free(&profile);
}

/* ---- texts of others ------------------------------------------------------------------------- */

/* Learns the articles from `first` on, each under its number. */
static Bytes learn_articles(size_t first) {
    Imprints imprints = {0};
    char text[ROOM], id[32];
    for (size_t i = first; i < ARTICLES; i++) {
        compose(text, i, NULL);
        snprintf(id, sizeof id, "a%zu", i);
        imprints_add(&imprints, id, NULL, text);
    }
    const Bytes profile = learn(&imprints);
    imprints_free(&imprints);
    return profile;
}

/* Article 0 with the opening of article 1 at a place. */
static void put_opening(char text[ROOM], int place) {
    const char *between[5] = {0};
    char opening[200];
    snprintf(opening, sizeof opening, place == 4 ? "\n%s" : "%s", articles[1][0]);
    if (place == 4) opening[strlen(opening) - 1] = '\0';
    between[place] = opening;
    compose(text, 0, between);
}

static void the_opening_of_another_document_goes_wherever_it_stands(void **state) {
    (void)state;
    char text[ROOM], alone[ROOM];
    Bytes profile = learn_articles(0), without_this = learn_articles(1);
    compose(alone, 0, NULL);
    for (int place = 0; place < 5; place++) {
        put_opening(text, place);
        expect((Case){"a0", NULL, text, profile, 0}, alone, "teaser known_opening a1\n");
        expect((Case){"new name", NULL, text, profile, 0}, alone, "teaser known_opening a1\n");
        if (place)
            expect((Case){"a0", NULL, text, without_this, 0}, alone, "teaser known_opening a1\n");
    }
    bytes_free(&profile);
    bytes_free(&without_this);
}

static void a_cut_opening_goes_too(void **state) {
    (void)state;
    char text[ROOM], alone[ROOM];
    static const char *const between[5] = {
        [4] = "\nA violin that was lost on a night train in 1968 has turned up in a ba...\n"};
    Bytes profile = learn_articles(0);
    compose(alone, 0, NULL);
    compose(text, 0, between);
    const Cleaned cleaned = clean((Case){"a0", NULL, text, profile, 0});
    assert_null(strstr(cleaned.kept, "violin"));
    assert_memory_equal(cleaned.kept, alone, strlen(alone));
    bytes_free(&profile);
}

static void what_would_be_less_sure_than_asked_stays_of_others_too(void **state) {
    (void)state;
    char text[ROOM];
    Bytes profile = learn_articles(0);
    put_opening(text, 4);
    expect_untouched((Case){"a0", NULL, text, profile, 965});
    bytes_free(&profile);
}

static void a_document_keeps_its_own_opening(void **state) {
    (void)state;
    char text[ROOM], id[32];
    Bytes profile = learn_articles(0);
    for (size_t i = 0; i < ARTICLES; i++) {
        compose(text, i, NULL);
        snprintf(id, sizeof id, "a%zu", i);
        expect_untouched((Case){id, NULL, text, profile, 0});
        expect_untouched((Case){"new name", NULL, text, profile, 0});
        expect_untouched((Case){NULL, NULL, text, profile, 0});
    }
    bytes_free(&profile);
}

static void a_digest_of_openings_stays(void **state) {
    (void)state;
    char text[ROOM];
    size_t size = 0;
    Bytes profile = learn_articles(0);
    for (size_t i = 0; i < ARTICLES; i++)
        size += (size_t)snprintf(text + size, ROOM - size, "%s", articles[i][0]);
    text[size - 1] = '\0';
    expect_untouched((Case){"digest", NULL, text, profile, 0});
    bytes_free(&profile);
}

static void of_a_quoted_sentence_amid_a_paragraph_nothing_goes(void **state) {
    (void)state;
    char text[ROOM];
    const char *between[5] = {0};
    char paragraph[600];
    snprintf(
        paragraph, sizeof paragraph,
        "Her cousin reads to her from the paper. %.*s She laughs and asks for the weather.\n\n",
        (int)strcspn(articles[1][0], "\n"), articles[1][0]);
    between[2] = paragraph;
    Bytes profile = learn_articles(0);
    compose(text, 0, between);
    expect_untouched((Case){"a0", NULL, text, profile, 0});
    bytes_free(&profile);
}

static void a_teaser_that_was_learned_with_the_text_goes_behind_it_and_stays_amid_it(void **state) {
    (void)state;
    char text[ROOM], alone[ROOM];
    compose(alone, 0, NULL);
    for (int place = 2; place < 5; place += 2) {
        Imprints imprints = {0};
        put_opening(text, place);
        imprints_add(&imprints, "a0", NULL, text);
        compose(text, 1, NULL);
        imprints_add(&imprints, "a1", NULL, text);
        Bytes profile = learn(&imprints);
        put_opening(text, place);
        if (place == 4)
            expect((Case){"a0", NULL, text, profile, 0}, alone, "teaser known_opening a1\n");
        else expect_untouched((Case){"a0", NULL, text, profile, 0});
        bytes_free(&profile);
        imprints_free(&imprints);
    }
}

static void what_several_documents_begin_with_tells_of_none(void **state) {
    (void)state;
    static const char head[] =
        "Merrow Courier\nFront page - Local - Business - Letters\nSince 1911 "
        "we have told Merrow what Merrow would rather not know.\n\n";
    const char *const between[5] = {head};
    Imprints imprints = {0};
    char text[ROOM], id[32];
    for (size_t i = 0; i < ARTICLES; i++) {
        compose(text, i, between);
        snprintf(id, sizeof id, "a%zu", i);
        imprints_add(&imprints, id, NULL, text);
    }
    Bytes profile = learn(&imprints);
    expect_untouched((Case){id, NULL, text, profile, 0});
    bytes_free(&profile);
    imprints_free(&imprints);
}

static void other_languages_are_told_alike(void **state) {
    (void)state;
    /* Two documents each: their openings, and how they go on. */
    static const char *const texts[][4] = {
        {"Die Fähre nach Amrum fährt erst wieder, wenn Taucher den Anleger untersucht haben.\n\n",
         "Der Kapitän hat davon im Radio gehört, wie alle anderen auf der Insel auch. Sein Boot "
         "liegt hinter der Mole, und die Kinder angeln von Deck aus.\n",
         "Eine Geige, die vor fünfzig Jahren im Nachtzug verloren ging, lag in einer Scheune.\n\n",
         "Ihr Besitzer war damals Student und hat sich später eine andere gekauft. Jetzt spielt er "
         "wieder auf der alten, und das halbe Dorf hört ihm dabei zu.\n"},
        {"Паром на остров не пойдёт, пока водолазы не осмотрят старый причал у маяка.\n\n",
         "Капитан узнал об этом по радио, как и все остальные жители острова. Лодка стоит за "
         "молом, и дети ловят рыбу прямо с её палубы.\n",
         "Скрипка, которую забыли в ночном поезде полвека назад, нашлась в сарае под Псковом.\n\n",
         "Её хозяин был тогда студентом и потом купил себе другую. Теперь он снова играет на "
         "старой, и полдеревни приходит его послушать.\n"},
        {"在潜水员检查完旧码头之前，开往小岛的渡船将不会恢复航行。\n\n",
         "船长和岛上其他人一样，是从收音机里听到这个消息的。他把船停在防波堤后面，让孩子们在甲板上"
         "钓鱼。\n",
         "一把五十年前遗失在夜车上的小提琴，最近在一座谷仓里被人找到了。\n\n",
         "它的主人当年还是学生，后来另外买了一把。现在他又拉起了旧琴，半个村子的人都来听。\n"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Imprints imprints = {0};
        char one[2000], other[2000], both[4000];
        snprintf(one, sizeof one, "%s%s", texts[i][0], texts[i][1]);
        snprintf(other, sizeof other, "%s%s", texts[i][2], texts[i][3]);
        snprintf(both, sizeof both, "%s\n%s", one, texts[i][2]);
        both[strlen(both) - 1] = '\0';
        imprints_add(&imprints, "one", NULL, one);
        imprints_add(&imprints, "other", NULL, other);
        Bytes profile = learn(&imprints);
        expect((Case){"one", NULL, both, profile, 0}, one, "teaser known_opening other\n");
        expect_untouched((Case){"one", NULL, one, profile, 0});
        bytes_free(&profile);
        imprints_free(&imprints);
    }
}

/* ---- titles and noise ------------------------------------------------------------------------ */

static void a_title_of_another_page_goes_behind_its_label(void **state) {
    (void)state;
    Imprints imprints = {0};
    char text[ROOM], page[ROOM + 200], alone[ROOM];
    compose(alone, 0, NULL);
    compose(text, 1, NULL);
    snprintf(page, sizeof page,
             "<!doctype html><title>Lost violin found</title><article><p>%s</p></article>", text);
    imprints_add(&imprints, "a0", NULL, alone);
    imprints_add(&imprints, "a1", NULL, page);
    Bytes profile = learn(&imprints);
    static const char *const between[5] = {[4] = "\nAs we told you: Lost violin found"};
    compose(text, 0, between);
    expect_untouched((Case){"a0", NULL, text, {NULL, 0}, 0});
    expect((Case){"a0", NULL, text, profile, 0}, alone, "related known_title a1\n");
    static const char *const own[5] = {[4] = "\nNobody has found it"};
    compose(text, 0, own);
    expect_untouched((Case){"a0", NULL, text, profile, 0});
    bytes_free(&profile);
    imprints_free(&imprints);
}

static const char appeal[] = "Whoever has seen something may ring the desk until nine.";

/* Learns article 1 with an appeal that went, or stayed. */
static Bytes learn_appeal(RuleSet *rules, bool goes) {
    char text[ROOM];
    const char *const between[5] = {[4] = appeal};
    Imprints imprints = {0};
    Part part;
    Str bytes;
    decant_profile *profile = open_profile();
    compose(text, 0, NULL);
    imprints_add(&imprints, "a0", NULL, text);
    add_imprint(profile, imprints.items[0]);
    compose(text, 1, between);
    part_cut(&part, rules, text, strlen(text), 0, false);
    part.document.blocks[part.document.block_count - 1].verdict.drop = goes;
    assert_int_equal(
        imprint_make(&part.document, (Str){(const uint8_t *)"a1", 2}, (Str){NULL, 0}, &bytes), 0);
    assert_int_equal(decant_profile_add(profile, bytes.at, bytes.len), DECANT_OK);
    part_done(&part);
    const Bytes written = write_profile(profile);
    decant_profile_close(profile);
    imprints_free(&imprints);
    return written;
}

static void a_line_that_went_from_another_document_goes(void **state) {
    char text[ROOM], alone[ROOM], line[100];
    snprintf(line, sizeof line, "\n%s", appeal);
    const char *const between[5] = {[4] = line};
    compose(alone, 0, NULL);
    compose(text, 0, between);
    Bytes profile = learn_appeal(*state, true);
    expect_untouched((Case){"a0", NULL, text, {NULL, 0}, 0});
    expect((Case){"a0", NULL, text, profile, 0}, alone, "other known_noise a1\n");
    bytes_free(&profile);
    profile = learn_appeal(*state, false);
    expect_untouched((Case){"a0", NULL, text, profile, 0});
    bytes_free(&profile);
}

static void what_is_its_own_stays_and_nothing_speaks_for_dropping_it_any_more(void **state) {
    char text[ROOM];
    Imprints imprints = {0};
    Part part;
    Profile profile;
    compose(text, 0, NULL);
    imprints_add(&imprints, "a0", NULL, text);
    Bytes bytes = learn(&imprints);
    assert_int_equal(profile_read(&profile, bytes.at, bytes.size), DECANT_OK);
    part_cut(&part, *state, text, strlen(text), 0, false);
    Verdict *verdict = &part.document.blocks[1].verdict;
    verdict->drop = true;
    verdict->reasons[0].weight = 1024;
    const Identity identity = {.id = {(const uint8_t *)"a0", 2}};
    assert_int_equal(corpus_settle(&part.document, &profile, &identity, 0), DECANT_OK);
    assert_false(verdict->drop);
    assert_int_equal(verdict->reasons[0].weight, 0);
    part_done(&part);
    bytes_free(&bytes);
    imprints_free(&imprints);
}

/* ---- what is not known ----------------------------------------------------------------------- */

static void a_document_of_which_nothing_is_known_comes_out_the_same(void **state) {
    (void)state;
    static const char noise[] = "Share on Facebook | Tweet | Print\n"
                                "© 2024 Courier. All rights reserved. Privacy Policy\n";
    Bytes profile = learn_site(6, 6, 4);
    char text[ROOM];
    for (uint64_t seed = 1; seed < 20; seed++) {
        write_words(text, 100, seed * 1000);
        if (seed % 2) strcat(text, noise);
        const Cleaned with = clean((Case){"x", "courier.example", text, profile, 0}),
                      without = clean((Case){"x", "courier.example", text, {NULL, 0}, 0});
        assert_string_equal(with.kept, without.kept);
        assert_string_equal(with.log, "");
        assert_string_equal(with.notes, "");
    }
    bytes_free(&profile);
}

/* ---- pages ----------------------------------------------------------------------------------- */

/* The paragraphs of an article, the first `count` of them, as those of a page. */
static size_t put_paragraphs(char *page, size_t article, int count) {
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += (size_t)sprintf(page + size, "<p>%s</p>", articles[article][i]);
    return size;
}

static void of_a_page_only_long_texts_of_others_go(void **state) {
    (void)state;
    Bytes profile = learn_articles(0);
    for (int paragraphs = 1; paragraphs < 5; paragraphs += 3) {
        char page[ROOM];
        size_t size = (size_t)sprintf(page, "<!doctype html><title>Ferry</title><article>");
        size += put_paragraphs(page + size, 0, 4);
        size += put_paragraphs(page + size, 1, paragraphs);
        sprintf(page + size, "</article>");
        const Cleaned with = clean((Case){"a0", NULL, page, profile, 0}),
                      without = clean((Case){"a0", NULL, page, {NULL, 0}, 0});
        assert_non_null(strstr(without.kept, "lost on a night train"));
        assert_non_null(strstr(with.kept, "inspected by divers"));
        if (paragraphs == 1) assert_string_equal(with.kept, without.kept);
        else assert_null(strstr(with.kept, "lost on a night train"));
        assert_string_equal(with.log, paragraphs == 1 ? "" : "bleed known_opening a1\n");
    }
    bytes_free(&profile);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_a_site_repeats_goes_though_it_reads_like_prose),
        cmocka_unit_test(amid_the_text_it_stays_and_is_noted),
        cmocka_unit_test(a_document_of_the_site_that_does_not_hold_it_has_no_note),
        cmocka_unit_test(fewer_than_five_documents_tell_nothing_of_a_site),
        cmocka_unit_test(a_line_of_less_than_three_in_ten_stays),
        cmocka_unit_test(what_would_go_less_surely_than_is_asked_stays),
        cmocka_unit_test(the_opening_of_another_document_goes_wherever_it_stands),
        cmocka_unit_test(a_cut_opening_goes_too),
        cmocka_unit_test(what_would_be_less_sure_than_asked_stays_of_others_too),
        cmocka_unit_test(a_document_keeps_its_own_opening),
        cmocka_unit_test(a_digest_of_openings_stays),
        cmocka_unit_test(of_a_quoted_sentence_amid_a_paragraph_nothing_goes),
        cmocka_unit_test(a_teaser_that_was_learned_with_the_text_goes_behind_it_and_stays_amid_it),
        cmocka_unit_test(what_several_documents_begin_with_tells_of_none),
        cmocka_unit_test(other_languages_are_told_alike),
        cmocka_unit_test(a_title_of_another_page_goes_behind_its_label),
        cmocka_unit_test(a_line_that_went_from_another_document_goes),
        cmocka_unit_test(what_is_its_own_stays_and_nothing_speaks_for_dropping_it_any_more),
        cmocka_unit_test(a_document_of_which_nothing_is_known_comes_out_the_same),
        cmocka_unit_test(of_a_page_only_long_texts_of_others_go),
    };
    return cmocka_run_group_tests_name("corpus", tests, set_up_rules, tear_down_rules);
}
