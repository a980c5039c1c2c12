/* SPDX-License-Identifier: MIT
 * cut.c - sentence ends and fused joints, found by looking at the few code points around them.
 *
 * A cut is a candidate: it changes nothing until a verdict drops what stands on one side of it. */
#include "segment/cut.h"

#include "base/lanes.h"
#include "language/letters.h"
#include "language/words.h"

#include <string.h>

enum {
    LONGEST_TOKEN = 80, /* bytes looked at on each side for an address or code */
    LONGEST_WORD = 64,
    LONGEST_DATE = 12,
    LONGEST_QUOTE = 1024
};

/* What stands around a place in the text. */
typedef struct Around {
    const uint8_t *start, *end; /* of the paragraph */
    const uint8_t *piece;       /* behind the last cut */
} Around;

static Letter read_at(const Around *text, const uint8_t *at) {
    static const Letter none = {0, 0, LETTER_SPACE, SCRIPT_NONE};
    return at < text->end ? letter_read(at, text->end) : none;
}

/* The code point before `at`; a space at the paragraph's start. */
static inline Letter read_before(const Around *text, const uint8_t *at) {
    if (at <= text->start) return letter_ascii[' '];
    const uint8_t *from = at - 1;
    if (*from < 0x80) return letter_ascii[*from];
    while (from > text->start && at - from < 4 && (*from & 0xC0) == 0x80) from--;
    return letter_read(from, at);
}

static bool is_letter(Letter letter) {
    return letter.letter >= LETTER_LOWER && letter.letter <= LETTER_UNSPACED;
}

/* Quotes and brackets that may close a sentence after its stop. */
static bool is_closing(uint32_t code) {
    switch (code) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x2019:
    case 0x201D:
    case 0x201C:
    case 0xBB:
    case 0x203A:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0xAE:
    case 0x25A0:
    case 0x220E:
        return true;
    default:
        return false;
    }
}

static bool is_opening(uint32_t code) {
    switch (code) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case 0x2018:
    case 0x201C:
    case 0x201E:
    case 0xAB:
    case 0xBF:
    case 0xA1:
    case 0x300C:
    case 0x2014:
    case 0x2013:
    case '-':
    case '*':
    case 0x2022:
        return true;
    default:
        return false;
    }
}

/* Words that a full stop abbreviates, lower-cased and without it. One-letter words are initials
 * anyway; months and weekdays stand here as newspapers shorten them. */
static bool is_abbreviation(const uint8_t *word, size_t size) {
    static const char *const known[] = {
        [2] = "mr ms dr st sr jr vs co no lt rd mt ft pp ed al cf ca nr bd hr fr av ud ul ba ma op "
              "ex ",
        [3] = "mrs etc inc ltd nos vol fig gen col sgt gov sen rep rev hon jan feb mar apr jun jul "
              "aug sep oct nov dec mon tue wed thu fri sat sun est ext min max ave eds bzw usw str "
              "abs art geb mio mrd ggf vgl sog mme sra dra uds ing avv sig tel dhr blz phd msc bsc "
              "viz ",
        [4] = "prof corp capt sept dept blvd evtl zzgl inkl mlle srta dott mevr ",
        [6] = "approx "};
    if (size >= sizeof known / sizeof *known || !known[size]) return false;
    char lower[8];
    for (size_t i = 0; i < size; i++) lower[i] = (char)(word[i] | 0x20);
    for (const char *at = known[size]; *at; at += size + 1)
        if (*at == *lower && memcmp(at, lower, size) == 0) return true;
    return false;
}

/* Whether the word that the full stop ends is a title: a name follows, with or without a space. */
static bool is_title(const Around *text, const uint8_t *stop) {
    static const char *const titles[] = {"Mr",   "Mrs", "Ms",  "Dr",   "Prof", "St",   "Mme",
                                         "Mlle", "Sr",  "Sra", "Srta", "Dra",  "Dott", "Sig"};
    const uint8_t *word = stop;
    while (stop - word < 6 && is_letter(read_before(text, word)))
        word -= read_before(text, word).size;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strlen(titles[i]) == (size_t)(stop - word) &&
            memcmp(titles[i], word, strlen(titles[i])) == 0)
            return true;
    return false;
}

/* Whether only white space lies between `at` and the paragraph's start or the last stop. */
static bool begins_sentence(const Around *text, const uint8_t *at) {
    while (at > text->start && at[-1] == ' ') at--;
    return at == text->start || at[-1] == '.' || at[-1] == '!' || at[-1] == '?';
}

/* Whether the full stop at `stop` belongs to the word before it: an abbreviation, an initial, an
 * initialism such as U.S., a list number. */
static bool is_abbreviating(const Around *text, const uint8_t *stop) {
    const uint8_t *word = stop;
    bool digits = true, inner_stop = false;
    size_t points = 0;
    for (; points < 12; points++) {
        Letter letter = read_before(text, word);
        bool digit = letter.letter == LETTER_DIGIT, spaced = letter.letter != LETTER_UNSPACED;
        if (!digit && !(is_letter(letter) && spaced) && letter.letter != LETTER_MARK &&
            letter.code != '.')
            break;
        inner_stop = inner_stop || letter.code == '.';
        digits = digits && digit;
        word -= letter.size;
    }
    if (points == 0) return false;
    if (digits) return begins_sentence(text, word); /* "3. Mix the flour" */
    if (inner_stop) return points <= 6;             /* U.S., p.m., e.g. */
    if (points == 1) return true;
    return is_abbreviation(word, (size_t)(stop - word));
}

/* Whether a sign is money or a share, not code: "$39", "50%". */
static bool is_amount(const uint8_t *sign, const uint8_t *from, const uint8_t *to) {
    const uint8_t *digit = *sign == '$' ? sign + 1 : sign - 1;
    return digit >= from && digit < to && *digit >= '0' && *digit <= '9' &&
           (*sign == '$' || sign + 1 == to || !strchr("0123456789ABCDEFabcdef", sign[1]));
}

/* Whether the run of non-space around `at` looks like an address or code. */
static bool in_code(const Around *text, const uint8_t *at) {
    const uint8_t *from = at, *to = at;
    while (from > text->start && at - from < LONGEST_TOKEN && from[-1] > ' ') from--;
    while (to < text->end && to - at<LONGEST_TOKEN && * to> ' ') to++;
    for (const uint8_t *byte = from; byte < to; byte++) switch (*byte) {
        case '/':
        case '@':
        case '_':
        case '=':
        case '<':
        case '>':
        case '{':
        case '}':
        case '\\':
        case '#':
        case '&':
        case '`':
            return true;
        case '%':
        case '$':
            if (!is_amount(byte, from, to)) return true;
            break;
        case ':':
            if (byte + 1 < to && byte[1] == ':') return true;
            break;
        case '(': /* a call */
            if (byte > from && ((byte[-1] | 0x20) >= 'a' && (byte[-1] | 0x20) <= 'z')) return true;
            break;
        default:
            break;
        }
    return false;
}

/* Whether the run of non-space around `at` goes on as a domain or file name does, in a full stop
 * and small letters, or begins with www. */
static bool in_domain(const Around *text, const uint8_t *at) {
    const uint8_t *from = at, *to = at;
    while (from > text->start && at - from < LONGEST_TOKEN && from[-1] > ' ') from--;
    if (text->end - from > 4 && memcmp(from, "www.", 4) == 0) return true;
    static const char *const tails[] = {".Com", ".Org", ".Net"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (text->end - at >= 4 && memcmp(at, tails[i], 4) == 0 &&
            !is_letter(read_at(text, at + 4)))
            return true;
    while (to < text->end && to - at<LONGEST_TOKEN && * to> ' ') to++;
    for (const uint8_t *byte = at; byte + 1 < to; byte++)
        if (*byte == '.' && byte[1] >= 'a' && byte[1] <= 'z') return true;
    return false;
}

/* A word of one letter that may begin a text. */
static bool is_short_word(uint32_t code) {
    switch (code) {
    case 'A':
    case 'I':
    case 0xC0:
    case 0xC8:
    case 0xC9:
    case 0xD3: /* À È É Ó */
    case 0x410:
    case 0x412:
    case 0x418:
    case 0x41A:
    case 0x41E:
    case 0x421: /* А В И К О С */
    case 0x423:
    case 0x42F: /* У Я */
        return true;
    default:
        return false;
    }
}

/* Whether a text may begin at `at`: upper case followed by a letter or a space. */
static bool begins_text(const Around *text, const uint8_t *at) {
    Letter first = read_at(text, at);
    if (first.letter != LETTER_UPPER) return false;
    Letter second = read_at(text, at + first.size);
    if (second.letter == LETTER_LOWER || second.code == '\'' || second.code == 0x2019) return true;
    if (second.letter == LETTER_SPACE) return second.size > 0 && is_short_word(first.code);
    /* a dateline or a station: two capitals and more */
    return second.letter == LETTER_UPPER &&
           read_at(text, at + first.size + second.size).letter == LETTER_UPPER;
}

/* Whether a text may begin at `at` behind a stop: also with two capitals, "AI tells us". */
static bool begins_text_behind(const Around *text, const uint8_t *at) {
    const Letter first = read_at(text, at), second = read_at(text, at + first.size);
    const bool are_two = first.letter == LETTER_UPPER && second.letter == LETTER_UPPER;
    const uint8_t *behind = at + first.size + second.size;
    return begins_text(text, at) || (are_two && behind < text->end && *behind == ' ');
}

/* Whether a byline begins at `at` whose first word runs into the name: "byJane Doe". */
static bool begins_byline(const Around *text, const uint8_t *at) {
    static const char *const words[] = {"by", "von", "par", "por", "di"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t size = strlen(words[i]);
        if ((size_t)(text->end - at) > size && memcmp(at, words[i], size) == 0)
            return begins_text(text, at + size);
    }
    return false;
}

/* Whether a sentence may begin at `at`, behind white space. */
static bool begins_sentence_at(const Around *text, const uint8_t *at, bool after_several_stops) {
    enum { COPYRIGHT = 0xA9 };
    const Letter letter = read_at(text, at);
    switch (letter.letter) {
    case LETTER_UPPER:
    case LETTER_DIGIT:
    case LETTER_CASELESS:
    case LETTER_UNSPACED:
        return true;
    case LETTER_LOWER:
        return begins_byline(text, at);
    default:
        return after_several_stops || letter.code == COPYRIGHT || is_opening(letter.code) ||
               (letter.code == '@' && read_at(text, at + 1).letter == LETTER_DIGIT);
    }
}

/* Whether what has run into the full stop or its like at `stop` is a date or a count, no part of a
 * number: "easier.10 April", "every day.7 min read". */
static bool begins_count(const Around *text, const uint8_t *stop, const uint8_t *at) {
    enum { LEAST_LETTERS = 3, MOST_DIGITS = 4 };
    int digits = 0, letters = 0;
    if (is_abbreviating(text, stop)) return false;
    while (digits <= MOST_DIGITS && read_at(text, at).letter == LETTER_DIGIT)
        at += read_at(text, at).size, digits++;
    if (!digits || digits > MOST_DIGITS || at + 1 >= text->end || *at != ' ') return false;
    while (letters < LEAST_LETTERS && read_before(text, stop).letter == LETTER_LOWER)
        stop -= read_before(text, stop).size, letters++;
    return letters == LEAST_LETTERS && is_letter(read_at(text, at + 1));
}

/* Whether a plain quotation mark at `at` closes: an odd one stands not far before it. */
static bool closes_quote(const Around *text, const uint8_t *at) {
    bool open = false;
    for (const uint8_t *byte = at; byte > text->start && at - byte < LONGEST_QUOTE; byte--)
        open ^= byte[-1] == '"';
    return open;
}

/* Whether the word before the full stop at `stop` is written in capitals, as "AI" is, and a longer
 * word follows, as no file's name has it: "README.Md". */
static bool ends_initialism(const Around *text, const uint8_t *stop) {
    enum { LEAST = 2, LEAST_BEHIND = 4 };
    int capitals = 0, behind = 0;
    for (const uint8_t *at = stop + 1; behind < LEAST_BEHIND && is_letter(read_at(text, at));
         behind++)
        at += read_at(text, at).size;
    for (; read_before(text, stop).letter == LETTER_UPPER; capitals++)
        stop -= read_before(text, stop).size;
    return behind == LEAST_BEHIND && capitals >= LEAST && !is_letter(read_before(text, stop));
}

/* A stop at `at`: is it a cut, and where does the next piece begin? *ret_after is behind the stops
 * and closing signs that were looked at. */
static bool cut_at_stop(const Around *text, const uint8_t *at, Letter stop,
                        const uint8_t **ret_after, Cut *ret) {
    const uint8_t *after = at + stop.size;
    Letter letter = read_at(text, after);
    bool run = false;
    while (letter.size && (letter_is_stop(letter.code) || is_closing(letter.code))) {
        if (letter.code == '"' && letter_is_wide_stop(stop.code) && !closes_quote(text, after))
            break;
        run = run || letter_is_stop(letter.code);
        after += letter.size;
        letter = read_at(text, after);
    }
    *ret_after = after;
    if (after == text->end) return false;
    size_t end = (size_t)(after - text->start);
    if (letter.letter == LETTER_SPACE) {
        if (stop.code == '.' && !run && is_abbreviating(text, at)) return false;
        const uint8_t *next = after;
        while (next < text->end && letter.letter == LETTER_SPACE) {
            next += letter.size;
            letter = read_at(text, next);
        }
        if (next == text->end) return false;
        if (!begins_sentence_at(text, next, run)) return false;
        *ret = (Cut){end, (size_t)(next - text->start), JOINT_SENTENCE};
        return true;
    }
    if (letter_is_wide_stop(stop.code)) {
        *ret = (Cut){end, end, JOINT_SENTENCE};
        return true;
    }
    /* No white space: fused, if a text may begin here and the stop ended one. */
    const bool is_byline = begins_byline(text, after);
    if (!is_byline && !begins_text_behind(text, after) && !begins_count(text, at, after))
        return false;
    if (in_code(text, at) || is_title(text, at) || (!is_byline && in_domain(text, at)))
        return false;
    Letter before = read_before(text, at);
    bool ended = before.letter == LETTER_LOWER || before.letter == LETTER_DIGIT ||
                 before.code == '%' || is_closing(before.code) || stop.code != '.' || run ||
                 ends_initialism(text, at);
    if (!ended || (stop.code == '.' && !run && is_abbreviating(text, at) &&
                   read_before(text, at).letter != LETTER_LOWER))
        return false;
    *ret = (Cut){end, end, JOINT_FUSED};
    return true;
}

/* Names that are written with a capital inside. Compared from the word's start. */
static bool is_camel_name(const uint8_t *word, const uint8_t *joint, const uint8_t *end) {
    static const char *const heads[] = {"Mc", "Mac", "De",   "Di", "La",
                                        "Le", "Van", "Fitz", "O",  "Pro"};
    static const char *const names[] = {
        "YouTube",      "LinkedIn",    "WhatsApp",      "TikTok",      "GitHub",
        "GitLab",       "JavaScript",  "TypeScript",    "PayPal",      "WordPress",
        "OpenAI",       "ChatGPT",     "MySQL",         "PostgreSQL",  "FedEx",
        "MasterCard",   "AstraZeneca", "BioNTech",      "BuzzFeed",    "SoundCloud",
        "PlayStation",  "DreamWorks",  "HarperCollins", "PowerPoint",  "OneDrive",
        "SharePoint",   "LaTeX",       "FaceTime",      "AirPods",     "MacBook",
        "CrossFit",     "HubSpot",     "MailChimp",     "SpaceX",      "DeepMind",
        "BlackRock",    "HuffPost",    "WooCommerce",   "AppStore",    "OnePlus",
        "ThinkPad",     "InstaGram",   "DuckDuckGo",    "TripAdvisor", "StackOverflow",
        "ResearchGate", "LibreOffice", "VirtualBox"};
    const size_t head = (size_t)(joint - word), size = (size_t)(end - word);
    const char initial = (char)*word;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (*heads[i] == initial && strlen(heads[i]) == head && memcmp(heads[i], word, head) == 0)
            return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (*names[i] == initial && size >= strlen(names[i]) &&
            memcmp(names[i], word, strlen(names[i])) == 0)
            return true;
    return false;
}

/* Whether a word that begins small holds capitals in more than one place: getElementById. */
static bool is_identifier(const Around *text, const uint8_t *word, const uint8_t *end) {
    int humps = 0;
    bool lower = false;
    while (word < end) {
        Letter letter = read_at(text, word);
        humps += lower && letter.letter == LETTER_UPPER;
        lower = letter.letter == LETTER_LOWER;
        word += letter.size;
    }
    return humps > 1;
}

/* Whether the bytes before `at` end in a clock time or a year: "5:53PM", "2025". */
static bool ends_stamp(const Around *text, const uint8_t *at) {
    size_t size = (size_t)(at - text->start);
    if (size >= 4 && (at[-1] == 'M' || at[-1] == 'm') && strchr("AaPp", at[-2])) {
        const uint8_t *clock = at - 2;
        if (clock > text->start && clock[-1] == ' ') clock--;
        return clock > text->start && clock[-1] >= '0' && clock[-1] <= '9';
    }
    if (size < 4) return false;
    for (int i = 1; i <= 4; i++)
        if (at[-i] < '0' || at[-i] > '9') return false;
    bool year = (at[-4] == '1' && at[-3] == '9') || (at[-4] == '2' && at[-3] == '0');
    const uint8_t *date = at;
    while (date > text->start && at - date < LONGEST_DATE && date[-1] >= '-' && date[-1] <= '9')
        date--;
    bool alone = size == 4 || at[-5] < '0' || at[-5] > '9';
    return year && alone && (date == text->start || date[-1] <= ' ' || date[-1] == ',');
}

/* Whether the word from `at` to `end` is a function word of three letters or more, or "I". */
static bool is_function_word(const Around *text, const uint8_t *at, const uint8_t *end) {
    uint32_t hash = WORD_HASH_START;
    size_t letters = 0;
    const bool is_i = *at == 'I';
    for (; at < end; letters++) {
        const Letter letter = read_at(text, at);
        hash = word_hash_add(hash, letter_lower(letter.code));
        at += letter.size;
    }
    return letters >= 3 ? stop_word_languages(hash) != 0 : letters == 1 && is_i;
}

/* A capital at `at` right after a lower-case letter or a digit: two texts fused? */
static bool cut_at_capital(const Around *text, const uint8_t *at, Cut *ret) {
    size_t here = (size_t)(at - text->start);
    if (!begins_text(text, at)) return false;
    *ret = (Cut){here, here, JOINT_FUSED};
    if (ends_stamp(text, at)) return true;
    if (read_before(text, at).letter != LETTER_LOWER || in_code(text, at) || in_domain(text, at))
        return false;
    const uint8_t *word = at, *end = at;
    while (at - word < LONGEST_WORD && is_letter(read_before(text, word)))
        word -= read_before(text, word).size;
    while (end - at < LONGEST_WORD && is_letter(read_at(text, end))) end += read_at(text, end).size;
    if (word > text->start && word[-1] >= '0' && word[-1] <= '9') return false;
    size_t head = (size_t)(at - word);
    bool lower_head = read_at(text, word).letter == LETTER_LOWER;
    if (lower_head) {
        const bool is_byline = begins_byline(text, word);
        if (is_byline && word == text->piece) return false;
        return (head >= 3 || is_byline) && !is_identifier(text, word, end);
    }
    if (head < 3 || is_camel_name(word, at, end)) return false;
    if (is_function_word(text, at, end)) return true;
    /* A capitalised head is as often a name: believe it in labels and at a paragraph's start. */
    return (size_t)(text->end - text->start) < 120 || here < 60;
}

/* Marks the lanes in which a cut may stand: what is not ASCII, stops, and capitals that follow no
 * white space. Sums carry from lane to lane behind what is not ASCII: all is right up to there. */
static uint64_t find_candidates(uint64_t bytes, uint8_t before) {
    const uint64_t low = LANES_OF(0x7F), previous = bytes << 8 | before;
    uint64_t others = ((bytes ^ LANES_OF('.')) + low) & ((bytes ^ LANES_OF('!')) + low) &
                      ((bytes ^ LANES_OF('?')) + low);
    uint64_t capitals = (bytes + LANES_OF(0x80 - 'A')) & ~(bytes + LANES_OF(0x7F - 'Z'));
    uint64_t after_text = ((previous & low) + LANES_OF(0x7F - ' ')) | previous;
    return (bytes | ~others | (capitals & after_text)) & LANES_OF(0x80);
}

/* The bytes from `at` to the end of the text, less than eight, with zeroes behind. */
static uint64_t read_rest(const Around *text, const uint8_t *at) {
    const size_t left = (size_t)(text->end - at);
    if (left && text->end - text->start >= LANES)
        return lanes_read(text->end - LANES) >> (64 - 8 * left);
    uint64_t bytes = 0;
    for (size_t i = 0; i < left; i++) bytes |= (uint64_t)at[i] << 8 * i;
    return bytes;
}

/* The first place from `at` on at which a cut may stand; what is before `from` is white space. */
static const uint8_t *skip_plain(const Around *text, const uint8_t *at, const uint8_t *from) {
    uint8_t before = at == from ? ' ' : at[-1];
    for (; text->end - at >= LANES; at += LANES) {
        const uint64_t bytes = lanes_read(at), found = find_candidates(bytes, before);
        if (found) return at + lanes_first(found);
        before = (uint8_t)(bytes >> 56);
    }
    const uint64_t found = find_candidates(read_rest(text, at), before);
    return found ? at + lanes_first(found) : text->end;
}

bool cut_next(Str paragraph, size_t from, Cut *ret) {
    const uint8_t *start = paragraph.at + from;
    const Around text = {paragraph.at, paragraph.at + paragraph.len, start};
    for (const uint8_t *at = skip_plain(&text, start, start); at < text.end;
         at = skip_plain(&text, at, start)) {
        Letter letter = letter_read(at, text.end), before = read_before(&text, at);
        const uint8_t *after = at + letter.size;
        /* French sets a space before ! and ? */
        bool stop =
            letter_is_stop(letter.code) && (before.letter != LETTER_SPACE || letter.code != '.');
        /* M may end a clock time: 5:53PM */
        bool joint = letter.letter == LETTER_UPPER && at > start && before.letter != LETTER_SPACE &&
                     (before.letter != LETTER_UPPER || before.code == 'M');
        if (stop && cut_at_stop(&text, at, letter, &after, ret)) return true;
        if (joint && cut_at_capital(&text, at, ret)) return true;
        at = after;
    }
    return false;
}
