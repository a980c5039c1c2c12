/* SPDX-License-Identifier: MIT
 * metadata_date.c - reads dates as pages write them. What may be two days is none: 03/04/2024. */
#include "language/letters.h"
#include "segment/metadata_parts.h"

#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100, LONGEST_NUMBER = 8, LONGEST_WORD = 15 };

/* What stands where a reader is. */
typedef struct Cursor {
    Str text;
    size_t at;
} Cursor;

typedef struct Date {
    unsigned year, month, day;
    int hour, minute, second; /* -1 where it does not say */
    char zone[7];             /* "", "Z" or "+02:00" */
} Date;

/* ---- pieces --------------------------------------------------------------------------------- */

static uint8_t peek(const Cursor *cursor) {
    return cursor->at < cursor->text.len ? cursor->text.at[cursor->at] : 0;
}

static bool is_digit(uint8_t byte) {
    return (uint8_t)(byte - '0') < 10;
}

/* A number of `low` to `high` digits, which no digit follows. */
static bool take_number(Cursor *cursor, size_t low, size_t high, unsigned *ret) {
    size_t at = cursor->at;
    unsigned number = 0;
    for (; at < cursor->text.len && at - cursor->at <= high && is_digit(cursor->text.at[at]); at++)
        number = number * 10 + (cursor->text.at[at] - (unsigned)'0');
    const size_t digits = at - cursor->at;
    if (digits < low || digits > high) return false;
    *ret = number;
    cursor->at = at;
    return true;
}

static bool take(Cursor *cursor, const char *text) {
    const size_t size = strlen(text);
    if (cursor->text.len - cursor->at < size ||
        memcmp(cursor->text.at + cursor->at, text, size) != 0)
        return false;
    cursor->at += size;
    return true;
}

static void skip(Cursor *cursor, const char *bytes) {
    while (peek(cursor) && strchr(bytes, peek(cursor))) cursor->at++;
}

/* Month names and what they are cut to, in small letters, a space after each. */
static const char *const month_names[12] = {
    "jan january januar janvier janv enero ene gennaio gen janeiro januari stycznia ",
    "feb february februar février févr fevrier febrero febbraio fevereiro fev februari lutego ",
    "mar march märz mrz maerz mars marzo março maart mrt marca ",
    "apr april avril avr abril abr aprile kwietnia ",
    "may mai mayo maggio mag maio mei maja ",
    "jun june juni juin junio giugno giu junho czerwca ",
    "jul july juli juillet juil julio luglio lug julho lipca ",
    "aug august août aout agosto ago augustus sierpnia ",
    "sep sept september septembre septiembre settembre set setembro września ",
    "oct october oktober okt octobre octubre ottobre ott outubro out października ",
    "nov november novembre noviembre novembro listopada ",
    "dec december dezember dez décembre déc diciembre dic dicembre dezembro grudnia "};

static bool holds_word(const char *words, const uint8_t *word, size_t size) {
    while (*words) {
        const size_t length = strcspn(words, " ");
        if (length == size && memcmp(words, word, size) == 0) return true;
        words += length + 1;
    }
    return false;
}

/* The name of a month, and a dot behind it. */
static bool take_month(Cursor *cursor, unsigned *ret) {
    uint8_t word[LONGEST_WORD];
    size_t size = 0;
    size_t at = cursor->at;
    for (; at < cursor->text.len; at++) {
        const uint8_t byte = cursor->text.at[at];
        if (byte < 0x80 && !letter_is_ascii(byte)) break;
        if (size == LONGEST_WORD) return false;
        word[size++] = byte < 0x80 ? byte | 0x20 : byte;
    }
    if (size < 3) return false;
    for (unsigned month = 0; month < 12; month++) {
        if (!holds_word(month_names[month], word, size)) continue;
        cursor->at = at + (at < cursor->text.len && cursor->text.at[at] == '.');
        *ret = month + 1;
        return true;
    }
    return false;
}

/* ---- times ---------------------------------------------------------------------------------- */

static void take_zone(Cursor *cursor, Date *date) {
    Cursor at = *cursor;
    skip(&at, " ");
    unsigned hours, minutes = 0;
    const uint8_t sign = peek(&at);
    if (take(&at, "Z") || take(&at, "GMT") || take(&at, "UTC")) {
        memcpy(date->zone, "Z", 2);
    } else if (sign == '+' || sign == '-') {
        at.at++;
        if (take_number(&at, 4, 4, &hours)) {
            minutes = hours % 100;
            hours /= 100;
        } else if (!take_number(&at, 2, 2, &hours) ||
                   (take(&at, ":") && !take_number(&at, 2, 2, &minutes))) {
            return;
        }
        if (hours > 14 || minutes > 59) return;
        const char zone[7] = {(char)sign, (char)('0' + hours / 10),   (char)('0' + hours % 10),
                              ':',        (char)('0' + minutes / 10), (char)('0' + minutes % 10),
                              '\0'};
        memcpy(date->zone, zone, sizeof zone);
    }
}

/* 10:00, 10:00:30.5 +0200; nothing where it is no such time, or one before or after noon. */
static void take_time(Cursor *cursor, Date *date) {
    Cursor at = *cursor;
    unsigned hour, minute, second, fraction;
    if (!take(&at, "T")) skip(&at, " ,");
    if (!take_number(&at, 1, 2, &hour) || !take(&at, ":") || !take_number(&at, 2, 2, &minute))
        return;
    const bool has_second = take(&at, ":") && take_number(&at, 2, 2, &second);
    if (has_second && (take(&at, ".") || take(&at, ","))) take_number(&at, 1, 9, &fraction);
    if (hour > 23 || minute > 59 || (has_second && second > 60)) return;
    Cursor behind = at;
    skip(&behind, " ");
    if ((peek(&behind) | 0x20) == 'a' || (peek(&behind) | 0x20) == 'p') return;
    date->hour = (int)hour;
    date->minute = (int)minute;
    date->second = has_second ? (int)second : -1;
    take_zone(&at, date);
}

/* ---- days ----------------------------------------------------------------------------------- */

/* 2024-03-31, 2024/3/31, 2024.03.31, 2024年3月31日, 20240331. */
static bool take_year_first(Cursor *cursor, Date *date) {
    unsigned whole;
    Cursor at = *cursor;
    if (take_number(&at, 8, 8, &whole)) {
        *date = (Date){.year = whole / 10000, .month = whole / 100 % 100, .day = whole % 100};
        *cursor = at;
        return true;
    }
    if (!take_number(&at, 4, 4, &date->year)) return false;
    static const char *const signs[][2] = {
        {"-", "-"}, {"/", "/"}, {".", "."}, {"年", "月"}, {"년 ", "월 "}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *cursor = at;
        if (take(cursor, signs[i][0]) && take_number(cursor, 1, 2, &date->month) &&
            take(cursor, signs[i][1]) && take_number(cursor, 1, 2, &date->day))
            return true;
    }
    return false;
}

/* Behind a day in numbers and its first sign: 31.03.2024, 31/03/2024, 3-31-2024. */
static bool take_numbers(Cursor *cursor, unsigned first, Date *date) {
    const char sign[2] = {(char)peek(cursor), '\0'};
    unsigned second;
    if (!sign[0] || !strchr("./-", sign[0])) return false;
    cursor->at++;
    skip(cursor, sign[0] == '.' ? " " : "");
    if (!take_number(cursor, 1, 2, &second) || !take(cursor, sign)) return false;
    skip(cursor, sign[0] == '.' ? " " : "");
    if (!take_number(cursor, 4, 4, &date->year)) return false;
    const bool is_day_first = sign[0] == '.' || first > 12 || first == second;
    if (!is_day_first && second <= 12) return false;
    date->day = is_day_first ? first : second;
    date->month = is_day_first ? second : first;
    return true;
}

/* Behind a day: "31 March 2024", "31. März 2024", "31st of March, 2024", "31-Mar-2024",
 * "31 de marzo de 2024". */
static bool take_month_behind(Cursor *cursor, unsigned day, Date *date) {
    static const char *const endings[] = {"st", "nd", "rd", "th", "er", "º", "ª", "."};
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !take(cursor, endings[i]);) i++;
    skip(cursor, " -/");
    if (!take(cursor, "of ") && !take(cursor, "de ")) take(cursor, "di ");
    if (!take_month(cursor, &date->month)) return false;
    skip(cursor, " ,-/'");
    if (!take(cursor, "de ")) take(cursor, "del ");
    date->day = day;
    return take_number(cursor, 4, 4, &date->year);
}

static bool take_day_first(Cursor *cursor, Date *date) {
    unsigned day;
    if (!take_number(cursor, 1, 2, &day)) return false;
    Cursor at = *cursor;
    if (take_numbers(&at, day, date)) {
        *cursor = at;
        return true;
    }
    return take_month_behind(cursor, day, date);
}

/* "March 31, 2024", "Mar. 31st 2024", "March-31-2024". */
static bool take_month_first(Cursor *cursor, Date *date) {
    if (!take_month(cursor, &date->month)) return false;
    skip(cursor, " -");
    if (!take_number(cursor, 1, 2, &date->day)) return false;
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !take(cursor, endings[i]);) i++;
    skip(cursor, " ,-.");
    return take_number(cursor, 4, 4, &date->year);
}

/* 1970-01-01 is a zero that somebody took for a time. */
static bool is_day(const Date *date) {
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date->year < FIRST_YEAR || date->year > LAST_YEAR) return false;
    if (date->month < 1 || date->month > 12) return false;
    if (date->year == 1970 && date->month == 1 && date->day == 1) return false;
    const bool is_leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);
    const unsigned last = days[date->month - 1] + (unsigned)(date->month == 2 && is_leap);
    return date->day >= 1 && date->day <= last;
}

static bool take_date(Cursor *cursor, Date *ret) {
    static bool (*const forms[])(Cursor *, Date *) = {take_year_first, take_day_first,
                                                      take_month_first};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Cursor at = *cursor;
        *ret = (Date){.hour = -1};
        if (!forms[i](&at, ret) || is_digit(peek(&at)) || !is_day(ret)) continue;
        ret->hour = -1;
        take_time(&at, ret);
        *cursor = at;
        return true;
    }
    return false;
}

/* ---- writing -------------------------------------------------------------------------------- */

static char *put_number(char *at, unsigned number, int digits) {
    for (int i = digits; i-- > 0; number /= 10) at[i] = (char)('0' + number % 10);
    return at + digits;
}

static char *put_pair(char *at, char sign, int number) {
    *at = sign;
    return put_number(at + 1, (unsigned)number, 2);
}

static size_t write_date(const Date *date, char ret[DATE_SIZE]) {
    char *at = put_number(ret, date->year, 4);
    at = put_pair(at, '-', (int)date->month);
    at = put_pair(at, '-', (int)date->day);
    if (date->hour >= 0) {
        at = put_pair(at, 'T', date->hour);
        at = put_pair(at, ':', date->minute);
        if (date->second >= 0) at = put_pair(at, ':', date->second);
        const size_t zone = strlen(date->zone);
        memcpy(at, date->zone, zone);
        at += zone;
    }
    return (size_t)(at - ret);
}

size_t date_read(Str text, char ret[DATE_SIZE]) {
    Cursor cursor = {text, 0};
    while (cursor.at < text.len) {
        const uint8_t byte = text.at[cursor.at];
        const bool is_number = is_digit(byte);
        Date date;
        if ((is_number || letter_is_ascii(byte)) && take_date(&cursor, &date))
            return write_date(&date, ret);
        /* On to the next word or number: what stands inside one is no beginning. */
        if (!is_number && !letter_is_ascii(byte)) {
            cursor.at++;
            continue;
        }
        while (cursor.at < text.len &&
               (is_number ? is_digit(text.at[cursor.at])
                          : letter_is_ascii(text.at[cursor.at]) || text.at[cursor.at] >= 0x80))
            cursor.at++;
    }
    return 0;
}
