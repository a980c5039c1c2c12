/* SPDX-License-Identifier: MIT
 * test_profile.c - keys, sketches, imprints, and profiles: learned, merged, shown, refused. */
#include "learned.h"
#include "part.h"
#include "profile/keys.h"
#include "profile/profile.h"
#include "profile/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Str str(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

/* ---- keys ------------------------------------------------------------------------------------ */

static void a_line_is_known_by_its_words_alone(void **state) {
    (void)state;
    const uint64_t key = key_of_line(7, str("All rights reserved, Harbour Gazette"));
    assert_true(key);
    assert_true(key == key_of_line(7, str("  ALL rights  reserved - harbour gazette.")));
    assert_true(key != key_of_line(7, str("All rights reserved, Gazette Harbour")));
    assert_true(key != key_of_line(7, str("All rights reserved, Harbour")));
}

static void of_another_site_the_same_line_is_another(void **state) {
    (void)state;
    assert_true(key_of_line(7, str("All rights reserved")) !=
                key_of_line(8, str("All rights reserved")));
}

static void any_number_of_a_line_is_as_good_as_another(void **state) {
    (void)state;
    const uint64_t key = key_of_line(7, str("Page 3 of 12"));
    assert_true(key == key_of_line(7, str("Page 44 of 120")));
    assert_true(key != key_of_line(7, str("Page three of 12")));
    assert_int_equal(key_of_line(7, str("12.03.2025 - 17:40")), 0);
    assert_int_equal(key_of_line(7, str(" | ... ")), 0);
    assert_int_equal(key_of_line(7, str("")), 0);
}

static void a_title_is_known_by_its_numbers_too(void **state) {
    (void)state;
    size_t words, others;
    const uint32_t key = key_of_words(str("The storm of 1911"), &words);
    assert_int_equal(words, 4);
    assert_true(key && key == key_of_words(str("the STORM of 1911!"), &others));
    assert_true(key != key_of_words(str("The storm of 1912"), &others));
    assert_int_equal(key_of_words(str("--"), &words), 0);
    assert_int_equal(words, 0);
    assert_int_equal(key_of_words((Str){NULL, 0}, &words), 0);
}

static void a_host_is_found_in_an_address(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"https://www.Gazette.example/a/b?c=d#e", "gazette.example"},
        {"http://gazette.example:8080/", "gazette.example"},
        {"http://gazette.example", "gazette.example"},
        {"http://ida:secret@gazette.example:80/x", "gazette.example"},
        {"http://ida@gazette.example?x", "gazette.example"},
        {"http://gazette.example/@ida", "gazette.example"},
        {"http://gazette.example\\@other.example/", "gazette.example"},
        {"http://[2001:DB8::1]:80/", "[2001:db8::1]"},
        {"http://www./", "www."},
        {"http:///x", ""},
        {"gazette.example/a", ""},
        {"://", ""},
        {"", ""},
    };
    uint8_t host[HOST_SIZE];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const Str found = host_of(str(pairs[i][0]), host);
        if (found.len != strlen(pairs[i][1]) || memcmp(found.at, pairs[i][1], found.len) != 0)
            fail_msg("of %s the host is %.*s", pairs[i][0], (int)found.len, (const char *)found.at);
    }
}

static void a_host_without_end_is_cut(void **state) {
    (void)state;
    char address[1000];
    uint8_t host[HOST_SIZE];
    memset(address, 'a', sizeof address);
    memcpy(address, "http://", 7);
    assert_int_equal(host_of((Str){(const uint8_t *)address, sizeof address}, host).len, HOST_SIZE);
}

static void words_are_told_five_in_a_row(void **state) {
    (void)state;
    Shingler one = {.count = 0}, other = {.count = 0};
    for (uint32_t word = 1; word < SHINGLE; word++) assert_int_equal(shingle_add(&one, word), 0);
    const uint32_t hash = shingle_add(&one, SHINGLE);
    assert_true(hash);
    for (uint32_t word = 70; word < 93; word++) shingle_add(&other, word);
    for (uint32_t word = 1; word < SHINGLE; word++) assert_true(shingle_add(&other, word) != hash);
    assert_true(shingle_add(&other, SHINGLE) == hash);
}

/* ---- sketches -------------------------------------------------------------------------------- */

enum { CELLS = 200, KEYS = 1000 };

static uint64_t key_at(size_t number) {
    char name[32];
    sprintf(name, "key %zu", number);
    return key_of_name(str(name));
}

/* Counts key number n as often as n % 7, at the place n % 3. */
static uint64_t count_keys(Sketch sketch, uint8_t *cells, size_t first, size_t end) {
    uint64_t counted = 0;
    for (size_t i = first; i < end; i++)
        for (size_t j = 0; j < i % 7; j++, counted++)
            sketch_add(sketch, cells, key_at(i), (int)(i % PLACES));
    return counted;
}

static void a_sketch_never_counts_too_low_and_seldom_far_too_high(void **state) {
    (void)state;
    const Sketch sketch = {CELLS, PLACES};
    uint8_t *cells = calloc(1, (size_t)sketch_bytes(sketch));
    assert_non_null(cells);
    const uint64_t counted = count_keys(sketch, cells, 0, KEYS);
    size_t over = 0;
    for (size_t i = 0; i < KEYS; i++) {
        uint32_t places[PLACES];
        sketch_read(sketch, cells, key_at(i), places);
        assert_true(places[i % PLACES] >= i % 7);
        over += (uint64_t)places[0] + places[1] + places[2] - i % 7 > counted * 272 / 100 / CELLS;
    }
    assert_true(over <= KEYS / 54);
    free(cells);
}

static void sketches_are_added_cell_by_cell(void **state) {
    (void)state;
    const Sketch sketch = {CELLS, PLACES};
    const size_t size = (size_t)sketch_bytes(sketch);
    uint8_t *whole = calloc(3, size), *one = whole + size, *other = one + size;
    assert_non_null(whole);
    count_keys(sketch, whole, 0, KEYS);
    count_keys(sketch, one, 300, KEYS);
    count_keys(sketch, other, 0, 300);
    sketch_merge(sketch, one, other);
    assert_memory_equal(one, whole, size);
    free(whole);
}

static void a_full_counter_stays_full(void **state) {
    (void)state;
    const Sketch sketch = {1, 1};
    uint8_t cells[SKETCH_DEPTH * 4], others[SKETCH_DEPTH * 4];
    uint32_t count;
    for (int i = 0; i < SKETCH_DEPTH; i++) {
        store32(cells + 4 * i, UINT32_MAX - 1);
        store32(others + 4 * i, 5);
    }
    sketch_add(sketch, cells, 1, 0);
    sketch_add(sketch, cells, 2, 0);
    sketch_merge(sketch, cells, others);
    sketch_read(sketch, cells, 3, &count);
    assert_int_equal(count, UINT32_MAX);
}

/* ---- imprints -------------------------------------------------------------------------------- */

static const char article[] =
    "Harbour Gazette\n\n"
    "The council discussed the harbour wall that the storm broke in the spring of 1911. "
    "It will be built anew before the boats come back, and everybody in town is to pay for it.\n\n"
    "Share this article\n\n"
    "Harbour Gazette\n";

static uint32_t count_part(const Imprint *imprint, TextPart part) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < imprint->entry_count; i++)
        count += load32(imprint->entries + 8 * (size_t)i + 4) == part;
    return count;
}

static bool says(const Imprint *imprint, uint32_t hash, TextPart part) {
    for (uint32_t i = 0; i < imprint->entry_count; i++) {
        const uint8_t *entry = imprint->entries + 8 * (size_t)i;
        if (load32(entry) == hash && load32(entry + 4) == part) return true;
    }
    return false;
}

/* The place of a line of the site, or -1. */
static int place_in(const Imprint *imprint, const char *text) {
    const uint64_t key = key_of_line(imprint->site, str(text)) & ~(uint64_t)3;
    int place = -1;
    for (uint32_t i = 0; i < imprint->line_count; i++) {
        const uint64_t line = load64(imprint->lines + 8 * (size_t)i);
        if ((line & ~(uint64_t)3) != key) continue;
        assert_int_equal(place, -1); /* each line once */
        place = (int)(line & 3);
    }
    return place;
}

static void an_imprint_tells_what_stays_and_what_went(void **state) {
    Part part;
    Str bytes;
    Imprint imprint;
    size_t words;
    part_cut(&part, *state, article, sizeof article - 1, 0, false);
    assert_int_equal(part.document.block_count, 5);
    part.document.blocks[3].verdict.drop = true;
    assert_int_equal(imprint_make(&part.document, str("a1"), str("gazette.example"), &bytes), 0);
    assert_true(imprint_read(bytes, &imprint));
    assert_true(imprint.id == key_of_name(str("a1")));
    assert_true(imprint.site == key_of_name(str("gazette.example")));
    assert_int_equal(imprint.words, 38);
    assert_int_equal(count_part(&imprint, TEXT_HEAD), 34);
    assert_int_equal(count_part(&imprint, TEXT_TITLE), 0);
    assert_int_equal(count_part(&imprint, TEXT_NOISE), 1);
    assert_true(says(&imprint, key_of_words(str("Share this article"), &words), TEXT_NOISE));
    part_done(&part);
}

static void a_line_counts_once_a_document_where_it_comes_first(void **state) {
    Part part;
    Str bytes;
    Imprint imprint;
    part_cut(&part, *state, article, sizeof article - 1, 0, false);
    part.document.blocks[3].verdict.drop = true;
    assert_int_equal(imprint_make(&part.document, str("a1"), str("gazette.example"), &bytes), 0);
    assert_true(imprint_read(bytes, &imprint));
    assert_int_equal(imprint.line_count, 4);
    assert_int_equal(place_in(&imprint, "harbour gazette"), PLACE_HEAD);
    assert_int_equal(place_in(&imprint, "SHARE this article"), PLACE_TAIL);
    assert_int_equal(place_in(&imprint, "Share that article"), -1);
    part_done(&part);
}

static void a_document_of_no_site_leaves_no_lines(void **state) {
    Part part;
    Str bytes;
    Imprint imprint;
    part_cut(&part, *state, article, sizeof article - 1, 0, false);
    assert_int_equal(imprint_make(&part.document, str("a1"), str(""), &bytes), DECANT_OK);
    assert_true(imprint_read(bytes, &imprint));
    assert_int_equal(imprint.line_count, 0);
    assert_int_equal(imprint.samples.len, 0);
    assert_true(imprint.entry_count > 0);
    part_done(&part);
}

static void long_names_are_cut(void **state) {
    Part part;
    Str bytes;
    Imprint imprint;
    char name[1000];
    memset(name, 'n', sizeof name);
    const Str long_name = {(const uint8_t *)name, sizeof name};
    part_cut(&part, *state, article, sizeof article - 1, 0, false);
    assert_int_equal(imprint_make(&part.document, long_name, long_name, &bytes), DECANT_OK);
    assert_true(imprint_read(bytes, &imprint));
    assert_int_equal(imprint.id_name.len, MOST_NAME);
    assert_int_equal(imprint.site_name.len, MOST_NAME);
    part_done(&part);
}

static void a_page_leaves_its_title_and_what_it_says_of_itself(void **state) {
    (void)state;
    Imprints imprints = {0};
    Imprint imprint;
    size_t words;
    imprints_add(&imprints, "a1", NULL,
                 "<!doctype html><title>The wall of 1911</title>"
                 "<meta name=description content='Stones were paid for by everybody in town.'>"
                 "<link rel=canonical href='https://www.gazette.example/wall'>"
                 "<article><p>The council discussed the harbour wall that the storm broke in the "
                 "spring, and it will be built anew before the boats come back.</p></article>");
    assert_true(imprint_read((Str){imprints.items[0].at, imprints.items[0].size}, &imprint));
    assert_true(imprint.site == key_of_name(str("gazette.example")));
    assert_true(says(&imprint, key_of_words(str("the wall of 1911"), &words), TEXT_TITLE));
    assert_int_equal(count_part(&imprint, TEXT_HEAD), 24 - 4 + 8 - 4);
    imprints_free(&imprints);
}

static void an_imprint_that_is_cut_or_stretched_is_none(void **state) {
    (void)state;
    Imprints imprints = {0};
    imprints_add(&imprints, "a1", "gazette.example", article);
    const Bytes whole = imprints.items[0];
    decant_profile *profile = open_profile();
    const Bytes empty = write_profile(profile);
    for (size_t size = 0; size <= whole.size + 1; size++) {
        uint8_t *copy = calloc(1, size ? size : 1);
        assert_non_null(copy);
        memcpy(copy, whole.at, size < whole.size ? size : whole.size);
        if (size != whole.size) {
            assert_int_equal(decant_profile_add(profile, copy, size), DECANT_BAD_ARGUMENT);
            assert_string_equal(decant_profile_error(profile),
                                "the bytes are no imprint of this version");
        }
        free(copy);
    }
    Bytes after = write_profile(profile);
    assert_int_equal(after.size, empty.size);
    assert_memory_equal(after.at, empty.at, empty.size);
    bytes_free(&after);
    bytes_free(&(Bytes){empty.at, empty.size});
    decant_profile_close(profile);
    imprints_free(&imprints);
}

/* Sizes, hashes, places, kinds: whatever they are, they are refused or they count. */
static void an_imprint_with_changed_bytes_does_no_harm(void **state) {
    (void)state;
    static const uint8_t others[] = {0x00, 0xFF, 0x80, 0x7F};
    Imprints imprints = {0};
    imprints_add(&imprints, "a1", "gazette.example", article);
    const Bytes whole = imprints.items[0];
    decant_profile *profile = open_profile();
    for (size_t at = 0; at < whole.size; at++) {
        const uint8_t before = whole.at[at];
        for (size_t i = 0; i < sizeof others; i++) {
            whole.at[at] = others[i];
            const decant_status status = decant_profile_add(profile, whole.at, whole.size);
            assert_true(status == DECANT_OK || status == DECANT_BAD_ARGUMENT);
            if (at < 8 && others[i] != before) assert_int_equal(status, DECANT_BAD_ARGUMENT);
        }
        whole.at[at] = before;
    }
    Bytes bytes = write_profile(profile);
    decant_profile_facts facts;
    assert_int_equal(decant_profile_info(bytes.at, bytes.size, &facts), DECANT_OK);
    bytes_free(&bytes);
    decant_profile_close(profile);
    imprints_free(&imprints);
}

/* ---- learning -------------------------------------------------------------------------------- */

static void merge(decant_profile *profile, Bytes other) {
    assert_int_equal(decant_profile_merge(profile, other.at, other.size), DECANT_OK);
}

static void expect_same(Bytes *one, const Bytes *other) {
    assert_int_equal(one->size, other->size);
    assert_memory_equal(one->at, other->at, other->size);
    bytes_free(one);
}

/* Deals the imprints out to so many profiles at random, and merges those one after the other. */
static Bytes learn_in_parts(const Imprints *imprints, uint64_t *seed, size_t parts) {
    decant_profile *profiles[8], *sum = open_profile();
    size_t *order = malloc(imprints->count * sizeof *order);
    assert_non_null(order);
    for (size_t i = 0; i < imprints->count; i++) {
        const size_t j = random_below(seed, (uint32_t)i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    for (size_t i = 0; i < parts; i++) profiles[i] = open_profile();
    for (size_t i = 0; i < imprints->count; i++) {
        const size_t part = random_below(seed, random_below(seed, (uint32_t)parts) + 1);
        add_imprint(profiles[part], imprints->items[order[i]]);
    }
    free(order);
    for (size_t i = 0; i < parts; i++) {
        Bytes part = write_profile(profiles[i]);
        decant_profile_close(profiles[i]);
        merge(sum, part);
        bytes_free(&part);
    }
    const Bytes bytes = write_profile(sum);
    decant_profile_close(sum);
    return bytes;
}

/* Documents of `sites` sites with a footer each, with ids of all lengths. */
static void add_random(Imprints *imprints, size_t count, uint32_t sites, size_t most_words) {
    char *text = malloc(most_words * 16 + 200), id[256], site[32];
    uint64_t seed = count;
    assert_non_null(text);
    for (size_t i = 0; i < count; i++) {
        write_words(text, 5 + random_below(&seed, (uint32_t)most_words - 5), i);
        const uint32_t number = random_below(&seed, sites);
        sprintf(site, "site%u.example", number);
        sprintf(text + strlen(text), "\nAll rights reserved by site %c\n", 'a' + (int)number % 26);
        sprintf(id, "%zu/%0*d", i, 1 + (int)random_below(&seed, 200), 0);
        imprints_add(imprints, id, number ? site : NULL, text);
    }
    free(text);
}

/* The facts of a profile learned whole, after many a split gave the same bytes. */
static decant_profile_facts expect_the_union(const Imprints *imprints, int trials) {
    Bytes whole = learn(imprints);
    decant_profile_facts facts;
    uint64_t seed = 1;
    for (int i = 0; i < trials; i++) {
        Bytes parts = learn_in_parts(imprints, &seed, 1 + (size_t)i % 8);
        expect_same(&parts, &whole);
    }
    assert_int_equal(decant_profile_info(whole.at, whole.size, &facts), DECANT_OK);
    assert_true(whole.size <= facts.size);
    bytes_free(&whole);
    return facts;
}

static void parts_in_any_order_give_the_bytes_of_the_whole(void **state) {
    (void)state;
    Imprints imprints = {0};
    add_random(&imprints, 30, 4, 60);
    const decant_profile_facts facts = expect_the_union(&imprints, 24);
    assert_int_equal(facts.documents, 30);
    assert_int_equal(facts.known, 30);
    assert_int_equal(facts.thinned, 0);
    imprints_free(&imprints);
}

static void so_they_do_where_texts_are_thinned(void **state) {
    (void)state;
    Imprints imprints = {0};
    add_random(&imprints, 240, 20, 400);
    const decant_profile_facts facts = expect_the_union(&imprints, 8);
    assert_int_equal(facts.documents, 240);
    assert_int_equal(facts.known, 240);
    assert_in_range(facts.thinned, 1, 2);
    imprints_free(&imprints);
}

static void so_they_do_where_documents_are_forgotten(void **state) {
    (void)state;
    Imprints imprints = {0};
    add_random(&imprints, 1600, 40, 180);
    const decant_profile_facts facts = expect_the_union(&imprints, 8);
    assert_int_equal(facts.documents, 1600);
    assert_true(facts.known < 1500);
    assert_int_equal(facts.thinned, 3);
    imprints_free(&imprints);
}

/* A document that takes `least` bytes in the end. */
static void add_text(Texts *texts, uint64_t id, size_t least) {
    static const uint8_t name[1000];
    const Imprint imprint = {.id = id, .id_name = {name, least - RECORD_SIZE}};
    assert_int_equal(texts_add(texts, &imprint), DECANT_OK);
}

static void what_found_no_room_leaves_none_to_what_comes_later(void **state) {
    (void)state;
    for (int first = 0; first < 2; first++) {
        Texts texts = {.allocator = allocator_default(), .room = 1000, .end = UINT64_MAX};
        if (first) add_text(&texts, 30, 100);
        add_text(&texts, 10, 300);
        add_text(&texts, 20, 300); /* 500 are half the room */
        texts_settle(&texts);
        if (!first) add_text(&texts, 30, 100);
        texts_settle(&texts);
        assert_int_equal(texts.count, 1);
        assert_int_equal(texts.items[0].id, 10);
        assert_int_equal(texts.end, 20);
        texts_done(&texts);
    }
}

static void short_texts_of_one_name_have_no_order(void **state) {
    (void)state;
    static const char *const texts[] = {"One\n", "Two words\n", "Three words here\n", "\n"};
    Imprints one = {0}, other = {0};
    for (size_t i = 0; i < 4; i++) {
        imprints_add(&one, "-", NULL, texts[i]);
        imprints_add(&other, "-", NULL, texts[3 - i]);
    }
    Bytes first = learn(&one), second = learn(&other);
    expect_same(&first, &second);
    bytes_free(&second);
    imprints_free(&one);
    imprints_free(&other);
}

/* What decant_profile_lines tells, a line each. */
typedef struct Told {
    char text[4000];
    size_t size;
    int left; /* calls that go on */
} Told;

static int on_line(void *user, const decant_profile_line *line) {
    Told *told = user;
    told->size += (size_t)snprintf(told->text + told->size, sizeof told->text - told->size,
                                   "%.*s %d of %d+%d+%d: %.*s\n", (int)line->site_size, line->site,
                                   (int)line->documents, (int)line->head, (int)line->middle,
                                   (int)line->tail, (int)line->text_size, line->text);
    return told->left-- == 0;
}

static void of_a_document_learned_twice_lines_count_twice_and_the_text_is_known_once(void **state) {
    (void)state;
    Imprints imprints = {0};
    decant_profile_facts facts;
    Told told = {.left = -1};
    imprints_add(&imprints, "a1", "gazette.example", "Harbour Gazette\n");
    imprints_add(&imprints, "a1", "gazette.example", "Harbour Gazette\n");
    Bytes bytes = learn(&imprints);
    assert_int_equal(decant_profile_info(bytes.at, bytes.size, &facts), DECANT_OK);
    assert_int_equal(facts.documents, 2);
    assert_int_equal(facts.lines, 2);
    assert_int_equal(facts.known, 1);
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, NULL, 0, on_line, &told), 0);
    assert_string_equal(told.text, "gazette.example 2 of 2+0+0: Harbour Gazette\n");
    bytes_free(&bytes);
    imprints_free(&imprints);
}

static void merging_with_oneself_is_learning_all_twice(void **state) {
    (void)state;
    Imprints imprints = {0};
    add_random(&imprints, 20, 3, 60);
    Bytes once = learn(&imprints);
    add_random(&imprints, 20, 3, 60);
    Bytes twice = learn(&imprints);
    decant_profile *profile = open_profile();
    merge(profile, once);
    merge(profile, once);
    Bytes sum = write_profile(profile);
    expect_same(&sum, &twice);
    decant_profile_close(profile);
    bytes_free(&once);
    bytes_free(&twice);
    imprints_free(&imprints);
}

static void writing_changes_nothing(void **state) {
    (void)state;
    Imprints imprints = {0};
    add_random(&imprints, 20, 3, 60);
    decant_profile *profile = open_profile();
    for (size_t i = 0; i < imprints.count; i++) {
        add_imprint(profile, imprints.items[i]);
        Bytes bytes = write_profile(profile);
        bytes_free(&bytes);
    }
    Bytes bytes = write_profile(profile), whole = learn(&imprints);
    expect_same(&bytes, &whole);
    bytes_free(&whole);
    decant_profile_close(profile);
    imprints_free(&imprints);
}

/* ---- looking up and showing ------------------------------------------------------------------ */

static Profile read_profile(Bytes bytes) {
    Profile profile;
    assert_int_equal(profile_read(&profile, bytes.at, bytes.size), DECANT_OK);
    return profile;
}

static void every_word_of_every_text_is_found(void **state) {
    (void)state;
    Imprints imprints = {0};
    add_random(&imprints, 30, 4, 60);
    Bytes bytes = learn(&imprints);
    const Profile profile = read_profile(bytes);
    for (size_t i = 0; i < imprints.count; i++) {
        Imprint imprint;
        assert_true(imprint_read((Str){imprints.items[i].at, imprints.items[i].size}, &imprint));
        for (uint32_t j = 0; j < imprint.entry_count; j++) {
            const uint32_t hash = load32(imprint.entries + 8 * (size_t)j);
            const PostingRange range = profile_find(&profile, hash);
            bool found = false;
            for (uint64_t at = range.first; at < range.end; at++) {
                const Posting posting = profile_posting(&profile, at);
                ProfileText text;
                assert_true(profile_text(&profile, posting.text, &text));
                assert_true(posting.hash == hash);
                found = found || text.id == imprint.id;
            }
            assert_true(found);
        }
    }
    ProfileText text;
    assert_false(profile_text(&profile, 30, &text));
    bytes_free(&bytes);
    imprints_free(&imprints);
}

static Bytes learn_two_sites(void) {
    Imprints imprints = {0};
    imprints_add(&imprints, "a1", "a.example", "Head of a\n\nA wall was built.\n");
    imprints_add(&imprints, "a2", "a.example", "Head of a\n\nA boat came back.\n");
    imprints_add(&imprints, "a3", "a.example", "The sea was calm.\n\nHead of a\n");
    imprints_add(&imprints, "b1", "b.example", "Head of b\n\nA wall was built.\n");
    imprints_add(&imprints, "b2", "b.example", "Head of b\n\nThe sea was calm.\n");
    const Bytes bytes = learn(&imprints);
    imprints_free(&imprints);
    return bytes;
}

static void what_a_site_repeats_is_told_of_it(void **state) {
    (void)state;
    Told told = {.left = -1};
    Bytes bytes = learn_two_sites();
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, "a.example", 0, on_line, &told), 0);
    assert_string_equal(told.text, "a.example 3 of 2+0+1: Head of a\n");
    told = (Told){.left = -1};
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, "c.example", 0, on_line, &told), 0);
    assert_string_equal(told.text, "");
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, NULL, 0, on_line, &told), 0);
    assert_non_null(strstr(told.text, "a.example 3 of 2+0+1: Head of a\n"));
    assert_non_null(strstr(told.text, "b.example 2 of 2+0+0: Head of b\n"));
    bytes_free(&bytes);
}

static void lines_of_too_few_documents_are_not_told(void **state) {
    (void)state;
    Told told = {.left = -1};
    Imprints imprints = {0};
    imprints_add(&imprints, "a1", "a.example", "One line\n\nAnother line\n");
    imprints_add(&imprints, "a2", "a.example", "One line\n\nAnother line\n");
    imprints_add(&imprints, "a3", "a.example", "One line\n\nA third line\n");
    Bytes bytes = learn(&imprints);
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, NULL, 667, on_line, &told), 0);
    assert_string_equal(told.text, "a.example 3 of 3+0+0: One line\n");
    bytes_free(&bytes);
    imprints_free(&imprints);
}

static void whoever_is_told_may_stop(void **state) {
    (void)state;
    Told told = {.left = 0};
    Bytes bytes = learn_two_sites();
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, NULL, 0, on_line, &told),
                     DECANT_STOPPED);
    assert_int_equal(told.left, -1);
    bytes_free(&bytes);
}

/* ---- what is refused ------------------------------------------------------------------------- */

static void sizes_out_of_bounds_are_refused(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, PROFILE_SIZE - 1, ((size_t)64 << 30) + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        decant_profile *profile = NULL;
        assert_int_equal(decant_profile_open(&profile, sizes[i], NULL), DECANT_BAD_ARGUMENT);
        assert_string_equal(decant_profile_error(profile),
                            "a profile must be from 1 MiB to 64 GiB");
        assert_int_equal(decant_profile_add(profile, "", 0), DECANT_BAD_ARGUMENT);
        assert_int_equal(decant_profile_write(profile, NULL, NULL), DECANT_BAD_ARGUMENT);
        decant_profile_close(profile);
    }
}

static void without_a_profile_there_is_nothing(void **state) {
    (void)state;
    assert_int_equal(decant_profile_open(NULL, PROFILE_SIZE, NULL), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_profile_add(NULL, "", 0), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_profile_merge(NULL, "", 0), DECANT_BAD_ARGUMENT);
    assert_string_not_equal(decant_profile_error(NULL), "");
    decant_profile_close(NULL);
}

/* Whoever reads profiles refuses these bytes, and a profile is none the worse for it. */
static void expect_refused(Bytes bytes, const char *sentence) {
    decant_profile *profile = open_profile();
    decant_profile_facts facts;
    assert_int_equal(decant_profile_merge(profile, bytes.at, bytes.size), DECANT_BAD_PROFILE);
    assert_string_equal(decant_profile_error(profile), sentence);
    assert_int_equal(decant_profile_info(bytes.at, bytes.size, &facts), DECANT_BAD_PROFILE);
    decant_profile_close(profile);
}

static void expect_no_profile(Bytes bytes) {
    Told told = {.left = -1};
    Profile profile;
    expect_refused(bytes, "no profile that this version reads");
    assert_int_equal(profile_read(&profile, bytes.at, bytes.size), DECANT_BAD_PROFILE);
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, NULL, 0, on_line, &told),
                     DECANT_BAD_PROFILE);
}

static void a_profile_cut_short_anywhere_is_refused(void **state) {
    (void)state;
    Bytes whole = learn_two_sites();
    const Profile profile = read_profile(whole);
    for (size_t size = 0; size <= LAYOUT_HEADER_SIZE; size += size < 16 ? 1 : 8)
        expect_no_profile((Bytes){whole.at, size});
    for (int part = 0; part < PARTS; part++) {
        const size_t at = (size_t)(profile.parts[part].at - whole.at);
        for (size_t size = at - 1; size <= at + 1; size++)
            expect_no_profile((Bytes){whole.at, size});
    }
    expect_no_profile((Bytes){whole.at, whole.size - 1});
    bytes_free(&whole);
}

static void any_damaged_byte_is_noticed(void **state) {
    (void)state;
    Bytes whole = learn_two_sites();
    decant_profile *profile = open_profile();
    decant_profile_facts facts;
    uint64_t seed = 3;
    for (size_t i = 0; i < LAYOUT_HEADER_SIZE + 200; i++) {
        const size_t at = i < LAYOUT_HEADER_SIZE
                              ? i
                              : LAYOUT_HEADER_SIZE +
                                    random_below(&seed, (uint32_t)whole.size - LAYOUT_HEADER_SIZE);
        whole.at[at] ^= (uint8_t)(1 << i % 8);
        assert_int_equal(decant_profile_merge(profile, whole.at, whole.size), DECANT_BAD_PROFILE);
        assert_int_equal(decant_profile_info(whole.at, whole.size, &facts), DECANT_BAD_PROFILE);
        whole.at[at] ^= (uint8_t)(1 << i % 8);
    }
    merge(profile, whole);
    Bytes same = write_profile(profile);
    expect_same(&same, &whole);
    decant_profile_close(profile);
    bytes_free(&whole);
}

static void a_file_of_another_kind_is_refused(void **state) {
    (void)state;
    Bytes bytes = learn_two_sites();
    bytes.at[7] = '2'; /* another version */
    expect_no_profile(bytes);
    memcpy(bytes.at, "<!doctyp", 8);
    expect_no_profile(bytes);
    bytes_free(&bytes);
}

static void a_profile_of_another_size_is_refused(void **state) {
    (void)state;
    decant_profile *large = NULL, *small = open_profile();
    assert_int_equal(decant_profile_open(&large, PROFILE_SIZE + 1000, NULL), DECANT_OK);
    Bytes bytes = write_profile(small);
    assert_int_equal(decant_profile_merge(large, bytes.at, bytes.size), DECANT_BAD_PROFILE);
    assert_string_equal(decant_profile_error(large), "the profile is of another size");
    bytes_free(&bytes);
    decant_profile_close(small);
    decant_profile_close(large);
}

/* Looks into every corner of a profile whose checksum is right, whatever it says. */
static void read_all(Bytes bytes) {
    Told told = {.left = -1};
    Profile profile;
    decant *pipeline = NULL;
    const decant_sink sink = {.user = NULL};
    store64(bytes.at + AT_CHECKSUM, profile_checksum((Str){bytes.at, bytes.size}));
    decant_profile *sum = open_profile();
    const decant_status status = profile_read(&profile, bytes.at, bytes.size);
    assert_true(status == DECANT_OK || status == DECANT_BAD_PROFILE);
    assert_int_equal(decant_open(&pipeline, NULL, &sink), DECANT_OK);
    assert_int_equal(decant_use_profile(pipeline, bytes.at, bytes.size), status);
    assert_int_equal(decant_profile_lines(bytes.at, bytes.size, NULL, 0, on_line, &told), status);
    assert_int_equal(decant_start(pipeline, "a1"), DECANT_OK);
    assert_int_equal(decant_feed(pipeline, article, sizeof article - 1), DECANT_OK);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    decant_profile_merge(sum, bytes.at, bytes.size);
    Bytes written = write_profile(sum);
    bytes_free(&written);
    decant_close(pipeline);
    decant_profile_close(sum);
}

static void numbers_of_a_hostile_header_do_no_harm(void **state) {
    (void)state;
    static const uint64_t others[] = {0, 1, 255, 1 << 20, UINT32_MAX, UINT64_MAX / 2, UINT64_MAX};
    Imprints imprints = {0};
    imprints_add(&imprints, "a1", "a.example", article);
    imprints_add(&imprints, "a2", "a.example", article);
    Bytes whole = learn(&imprints);
    for (size_t at = AT_SIZE; at < AT_FORGOTTEN + 8; at += 8) {
        const uint64_t before = load64(whole.at + at);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            store64(whole.at + at, others[i]);
            read_all(whole);
        }
        store64(whole.at + at, before);
    }
    bytes_free(&whole);
    imprints_free(&imprints);
}

static void hostile_parts_do_no_harm(void **state) {
    (void)state;
    static const uint8_t others[] = {0x00, 0x01, 0x7F, 0xFF};
    Imprints imprints = {0};
    imprints_add(&imprints, "a1", "a.example", article);
    imprints_add(&imprints, "a2", "a.example", article);
    Bytes whole = learn(&imprints);
    const Profile profile = read_profile(whole);
    for (int part = 0; part < PARTS; part++) {
        const size_t first = (size_t)(profile.parts[part].at - whole.at),
                     end = part + 1 < PARTS ? (size_t)(profile.parts[part + 1].at - whole.at)
                                            : whole.size;
        for (size_t i = 0; i < sizeof others; i++) {
            uint8_t *before = malloc(end - first);
            assert_non_null(before);
            memcpy(before, whole.at + first, end - first);
            memset(whole.at + first, others[i], end - first);
            read_all(whole);
            memcpy(whole.at + first, before, end - first);
            free(before);
        }
    }
    bytes_free(&whole);
    imprints_free(&imprints);
}

static int refuse(void *user, const void *data, size_t size) {
    (void)user, (void)data, (void)size;
    return 1;
}

static void writing_may_be_stopped(void **state) {
    (void)state;
    decant_profile *profile = open_profile();
    assert_int_equal(decant_profile_write(profile, refuse, NULL), DECANT_STOPPED);
    assert_string_equal(decant_profile_error(profile), "writing the profile was stopped");
    assert_int_equal(decant_profile_write(profile, NULL, NULL), DECANT_BAD_ARGUMENT);
    decant_profile_close(profile);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_known_by_its_words_alone),
        cmocka_unit_test(of_another_site_the_same_line_is_another),
        cmocka_unit_test(any_number_of_a_line_is_as_good_as_another),
        cmocka_unit_test(a_title_is_known_by_its_numbers_too),
        cmocka_unit_test(a_host_is_found_in_an_address),
        cmocka_unit_test(a_host_without_end_is_cut),
        cmocka_unit_test(words_are_told_five_in_a_row),
        cmocka_unit_test(a_sketch_never_counts_too_low_and_seldom_far_too_high),
        cmocka_unit_test(sketches_are_added_cell_by_cell),
        cmocka_unit_test(a_full_counter_stays_full),
        cmocka_unit_test(an_imprint_tells_what_stays_and_what_went),
        cmocka_unit_test(a_line_counts_once_a_document_where_it_comes_first),
        cmocka_unit_test(a_document_of_no_site_leaves_no_lines),
        cmocka_unit_test(long_names_are_cut),
        cmocka_unit_test(a_page_leaves_its_title_and_what_it_says_of_itself),
        cmocka_unit_test(an_imprint_that_is_cut_or_stretched_is_none),
        cmocka_unit_test(an_imprint_with_changed_bytes_does_no_harm),
        cmocka_unit_test(parts_in_any_order_give_the_bytes_of_the_whole),
        cmocka_unit_test(so_they_do_where_texts_are_thinned),
        cmocka_unit_test(so_they_do_where_documents_are_forgotten),
        cmocka_unit_test(what_found_no_room_leaves_none_to_what_comes_later),
        cmocka_unit_test(short_texts_of_one_name_have_no_order),
        cmocka_unit_test(of_a_document_learned_twice_lines_count_twice_and_the_text_is_known_once),
        cmocka_unit_test(merging_with_oneself_is_learning_all_twice),
        cmocka_unit_test(writing_changes_nothing),
        cmocka_unit_test(every_word_of_every_text_is_found),
        cmocka_unit_test(what_a_site_repeats_is_told_of_it),
        cmocka_unit_test(lines_of_too_few_documents_are_not_told),
        cmocka_unit_test(whoever_is_told_may_stop),
        cmocka_unit_test(sizes_out_of_bounds_are_refused),
        cmocka_unit_test(without_a_profile_there_is_nothing),
        cmocka_unit_test(a_profile_cut_short_anywhere_is_refused),
        cmocka_unit_test(any_damaged_byte_is_noticed),
        cmocka_unit_test(a_file_of_another_kind_is_refused),
        cmocka_unit_test(a_profile_of_another_size_is_refused),
        cmocka_unit_test(numbers_of_a_hostile_header_do_no_harm),
        cmocka_unit_test(hostile_parts_do_no_harm),
        cmocka_unit_test(writing_may_be_stopped),
    };
    return cmocka_run_group_tests_name("profile", tests, set_up_rules, tear_down_rules);
}
