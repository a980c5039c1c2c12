/* SPDX-License-Identifier: MIT
 * metadata.c - goes over a page once, collects what says anything about it, each with a rank of how
 * far it is to be believed, and decides. */
#include "segment/metadata.h"

#include "language/letters.h"
#include "segment/metadata_parts.h"

#include <string.h>

/* ---- names ---------------------------------------------------------------------------------- */

const char *metadata_name(MetadataField field) {
    static const char names[METADATA_FIELDS][12] = {"title", "author", "published", "modified",
                                                    "site",  "url",    "language",  "description",
                                                    "image", "type"};
    return names[field];
}

const char *page_type_name(uint32_t types) {
    static const char names[PAGE_TYPES][16] = {"recipe",  "forum", "product",      "documentation",
                                               "article", "video", "listing",      "service",
                                               "profile", "faq",   "organisation", "website"};
    for (int i = 0; i < PAGE_TYPES; i++)
        if (types >> i & 1) return names[i];
    return NULL;
}

/* ---- candidates ----------------------------------------------------------------------------- */

bool candidate_wanted(const Candidates *all, MetadataField field, unsigned rank) {
    if (all->is_out_of_memory) return false;
    if (field == META_TITLE) return all->titles[rank].value.len == 0;
    if (field == META_AUTHOR) {
        const AuthorList *authors = &all->authors;
        if (rank > AUTHOR_LAST_EXPLICIT) return authors->others[rank].value.len == 0;
        if (authors->count == 0 || rank < authors->names[0].rank) return true;
        return rank == authors->names[0].rank && authors->count < METADATA_AUTHORS;
    }
    return all->fields[field].value.len == 0 || rank < all->fields[field].rank;
}

static bool is_url(Str text) {
    if (!str_starts(text, "http://") && !str_starts(text, "https://")) return false;
    return !memchr(text.at, ' ', text.len);
}

/* en, pt-BR: letters, digits and hyphens, and no "x-default". */
static bool is_language(Str text) {
    if (text.len < 2 || text.len > 35 || str_starts(text, "x-")) return false;
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t small = text.at[i] | 0x20;
        const bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        if ((small < 'a' || small > 'z') && text.at[i] != '-' && !is_digit) return false;
    }
    return true;
}

static void take_candidate(Candidates *all, Candidate *place, unsigned rank, const char *source,
                           Str text) {
    Str kept;
    if (!str_keep(&kept, all->arena, text)) all->is_out_of_memory = true;
    else *place = (Candidate){kept, source, rank};
}

static void offer_author(Candidates *all, unsigned rank, const char *source, Str text) {
    AuthorList *authors = &all->authors;
    uint8_t turned[NAME_SIZE];
    if (!name_is_fine(text)) return;
    if (rank == AUTHOR_CITATION || rank == AUTHOR_DC) text = name_turn(text, turned);
    if (rank > AUTHOR_LAST_EXPLICIT) {
        take_candidate(all, &authors->others[rank], rank, source, text);
        return;
    }
    if (authors->count > 0 && rank < authors->names[0].rank) authors->count = 0;
    take_candidate(all, &authors->names[authors->count], rank, source, text);
    authors->count++;
}

void candidate_offer(Candidates *all, MetadataField field, unsigned rank, const char *source,
                     Str text) {
    char date[DATE_SIZE];
    if (text.len == 0 || !candidate_wanted(all, field, rank)) return;
    switch (field) {
    case META_TITLE:
        for (size_t most = TITLE_SIZE; text.len > most;) /* never inside a character */
            if ((text.at[most] & 0xC0) != 0x80) text.len = most;
            else most--;
        take_candidate(all, &all->titles[rank], rank, source, text);
        return;
    case META_AUTHOR:
        offer_author(all, rank, source, text);
        return;
    case META_PUBLISHED:
    case META_MODIFIED:
        text = (Str){(const uint8_t *)date, date_read(text, date)};
        break;
    case META_URL:
    case META_IMAGE:
        if (!is_url(text)) return;
        break;
    case META_LANGUAGE:
        if (!is_language(text)) return;
        break;
    default:
        break;
    }
    if (text.len) take_candidate(all, &all->fields[field], rank, source, text);
}

void candidate_offer_type(Candidates *all, unsigned rank, const char *source, uint32_t types) {
    const char *name = page_type_name(types);
    if (name)
        candidate_offer(all, META_TYPE, rank, source, (Str){(const uint8_t *)name, strlen(name)});
}

/* ---- meta ----------------------------------------------------------------------------------- */

typedef struct KnownMeta {
    const char *name;   /* in small letters */
    const char *source; /* NULL: the name itself */
    uint8_t field;
    uint8_t rank;
} KnownMeta;

/* Names, properties and itemprops of meta. */
static const KnownMeta known_metas[] = {
    {"og:title", "og:title", META_TITLE, TITLE_OG},
    {"twitter:title", "twitter:title", META_TITLE, TITLE_TWITTER},
    {"citation_title", "meta:citation_title", META_TITLE, TITLE_META},
    {"parsely-title", "meta:parsely-title", META_TITLE, TITLE_META},
    {"sailthru.title", "meta:sailthru.title", META_TITLE, TITLE_META},
    {"dc.title", "meta:dc.title", META_TITLE, TITLE_META},
    {"dcterms.title", "meta:dcterms.title", META_TITLE, TITLE_META},
    {"headline", "microdata", META_TITLE, TITLE_MICRODATA},

    {"citation_author", "meta:citation_author", META_AUTHOR, AUTHOR_CITATION},
    {"parsely-author", "meta:parsely-author", META_AUTHOR, AUTHOR_PARSER},
    {"sailthru.author", "meta:sailthru.author", META_AUTHOR, AUTHOR_PARSER},
    {"author", "meta:author", META_AUTHOR, AUTHOR_META},
    {"article:author", "article:author", META_AUTHOR, AUTHOR_META},
    {"article:author_name", "article:author", META_AUTHOR, AUTHOR_META},
    {"og:article:author", "article:author", META_AUTHOR, AUTHOR_META},
    {"og:author", "article:author", META_AUTHOR, AUTHOR_META},
    {"dc.creator", "meta:dc.creator", META_AUTHOR, AUTHOR_DC},
    {"dcterms.creator", "meta:dcterms.creator", META_AUTHOR, AUTHOR_DC},
    {"byl", "meta:byl", META_AUTHOR, AUTHOR_META},

    {"article:published_time", "article:published_time", META_PUBLISHED, 2},
    {"og:article:published_time", "article:published_time", META_PUBLISHED, 2},
    {"og:published_time", "article:published_time", META_PUBLISHED, 3},
    {"og:publish_date", "article:published_time", META_PUBLISHED, 3},
    {"article:published", "article:published_time", META_PUBLISHED, 3},
    {"datepublished", "microdata", META_PUBLISHED, 3},
    {"parsely-pub-date", "meta:parsely-pub-date", META_PUBLISHED, 3},
    {"sailthru.date", "meta:sailthru.date", META_PUBLISHED, 3},
    {"cxenseparse:publishtime", "meta:cxenseparse:publishtime", META_PUBLISHED, 3},
    {"citation_publication_date", "meta:citation_publication_date", META_PUBLISHED, 3},
    {"citation_date", "meta:citation_date", META_PUBLISHED, 3},
    {"citation_online_date", "meta:citation_online_date", META_PUBLISHED, 4},
    {"pubdate", "meta:pubdate", META_PUBLISHED, 3},
    {"publishdate", "meta:publishdate", META_PUBLISHED, 3},
    {"publish-date", "meta:publish-date", META_PUBLISHED, 3},
    {"publish_date", "meta:publish_date", META_PUBLISHED, 3},
    {"published_date", "meta:published_date", META_PUBLISHED, 3},
    {"publisheddate", "meta:publisheddate", META_PUBLISHED, 3},
    {"publication_date", "meta:publication_date", META_PUBLISHED, 3},
    {"published", "meta:published", META_PUBLISHED, 3},
    {"date-pub", "meta:date-pub", META_PUBLISHED, 3},
    {"w-published-date", "meta:w-published-date", META_PUBLISHED, 3},
    {"dc.date.issued", "meta:dc.date.issued", META_PUBLISHED, 4},
    {"dcterms.issued", "meta:dcterms.issued", META_PUBLISHED, 4},
    {"dcterms.date", "meta:dcterms.date", META_PUBLISHED, 5},
    {"dcterms.created", "meta:dcterms.created", META_PUBLISHED, 5},
    {"dc.date", "meta:dc.date", META_PUBLISHED, 5},
    {"dc.date.created", "meta:dc.date.created", META_PUBLISHED, 5},
    {"date", "meta:date", META_PUBLISHED, 5},
    {"datecreated", "microdata", META_PUBLISHED, 8},
    {"uploaddate", "microdata", META_PUBLISHED, 9},

    {"article:modified_time", "article:modified_time", META_MODIFIED, 2},
    {"og:article:modified_time", "article:modified_time", META_MODIFIED, 2},
    {"og:updated_time", "og:updated_time", META_MODIFIED, 3},
    {"datemodified", "microdata", META_MODIFIED, 3},
    {"dcterms.modified", "meta:dcterms.modified", META_MODIFIED, 4},
    {"dc.date.modified", "meta:dc.date.modified", META_MODIFIED, 4},
    {"last-modified", "meta:last-modified", META_MODIFIED, 5},
    {"lastmod", "meta:lastmod", META_MODIFIED, 5},
    {"revised", "meta:revised", META_MODIFIED, 5},
    {"updated", "meta:updated", META_MODIFIED, 5},

    {"og:site_name", "og:site_name", META_SITE, 1},
    {"citation_journal_title", "meta:citation_journal_title", META_SITE, 4},
    {"application-name", "meta:application-name", META_SITE, 6},
    {"apple-mobile-web-app-title", "meta:apple-mobile-web-app-title", META_SITE, 7},
    {"dc.publisher", "meta:dc.publisher", META_SITE, 5},

    {"og:url", "og:url", META_URL, 2},
    {"twitter:url", "twitter:url", META_URL, 5},

    {"content-language", "meta:content-language", META_LANGUAGE, 2},
    {"og:locale", "og:locale", META_LANGUAGE, 3},
    {"dc.language", "meta:dc.language", META_LANGUAGE, 3},
    {"dcterms.language", "meta:dcterms.language", META_LANGUAGE, 3},

    {"description", "meta:description", META_DESCRIPTION, 1},
    {"og:description", "og:description", META_DESCRIPTION, 2},
    {"twitter:description", "twitter:description", META_DESCRIPTION, 4},
    {"dc.description", "meta:dc.description", META_DESCRIPTION, 5},
    {"dcterms.description", "meta:dcterms.description", META_DESCRIPTION, 5},

    {"og:image", "og:image", META_IMAGE, 1},
    {"og:image:url", "og:image", META_IMAGE, 1},
    {"og:image:secure_url", "og:image", META_IMAGE, 1},
    {"twitter:image", "twitter:image", META_IMAGE, 3},
    {"twitter:image:src", "twitter:image", META_IMAGE, 3},
};

/* ---- the pass ------------------------------------------------------------------------------- */

/* What is made of the text of an element. */
typedef enum Role {
    ROLE_NOTHING, /* an item of microdata, whose own text says nothing */
    ROLE_TITLE,
    ROLE_H1,
    ROLE_NAME, /* microdata from here on */
    ROLE_AUTHOR,
    ROLE_PUBLISHED,
    ROLE_MODIFIED,
    ROLE_SITE,
    ROLE_TIME,
    ROLE_REL_AUTHOR,
    ROLE_BYLINE, /* by its class from here on */
    ROLE_DATE
} Role;

/* An element whose end is waited for. Without a tree, that is the end tag that its own kind of
 * tags, counted up and down, leaves over. */
typedef struct Watch {
    Tag tag;
    Role role;
    unsigned depth;  /* of its tag in itself */
    bool is_item;    /* of microdata */
    bool is_foreign; /* an item that tells of something else than the page: a comment, a review */
    bool is_told;    /* an item that is an author or a publisher, whose name was found */
    Role item_role;  /* what its name is */
    uint32_t types;
    Value text;
} Watch;

enum { WATCHES = 12, LABELS = 4, UNDER_SIZE = 400, DATE_IN_TEXT = 7 };

typedef struct Pass {
    Candidates all;
    Scanner scanner;
    Watch *watches; /* WATCHES of them, a stack */
    size_t count;
    Candidate headings[4]; /* h1, in their order */
    size_t heading_count;
    Value under;         /* what stands under the first heading */
    bool has_microdata;  /* maybe */
    bool labels[LABELS]; /* twitter:label1 and on say that an author follows */
} Pass;

static Str str_at(Str page, ScanRange range) {
    return (Str){page.at + range.start, range.end - range.start};
}

/* Attributes that matter of a tag; empty where they are not there. */
typedef struct Attributes {
    Str name, property, itemprop, itemtype, content, http_equiv, rel, href, type, lang, datetime,
        klass;
    bool is_item;
} Attributes;

static void keep_first(Str *place, Str value) {
    if (!place->at) *place = value;
}

static void read_attributes(Str page, ScanRange rest, Attributes *ret) {
    ScanAttribute attribute;
    *ret = (Attributes){.is_item = false};
    while (scan_attribute(page, &rest, &attribute)) {
        const Str name = str_at(page, attribute.name), value = str_at(page, attribute.value);
        switch (name.len) {
        case 3:
            if (str_is(name, "rel")) keep_first(&ret->rel, value);
            break;
        case 4:
            if (str_is(name, "name")) keep_first(&ret->name, value);
            else if (str_is(name, "href")) keep_first(&ret->href, value);
            else if (str_is(name, "type")) keep_first(&ret->type, value);
            else if (str_is(name, "lang")) keep_first(&ret->lang, value);
            break;
        case 5:
            if (str_is(name, "class")) keep_first(&ret->klass, value);
            break;
        case 7:
            if (str_is(name, "content")) keep_first(&ret->content, value);
            break;
        case 8:
            if (str_is(name, "property")) keep_first(&ret->property, value);
            else if (str_is(name, "itemprop")) keep_first(&ret->itemprop, value);
            else if (str_is(name, "itemtype")) keep_first(&ret->itemtype, value);
            else if (str_is(name, "datetime")) keep_first(&ret->datetime, value);
            else if (str_is(name, "xml:lang")) keep_first(&ret->lang, value);
            break;
        case 9:
            if (str_is(name, "itemscope")) ret->is_item = true;
            break;
        case 10:
            if (str_is(name, "http-equiv")) keep_first(&ret->http_equiv, value);
            break;
        default:
            break;
        }
    }
}

/* A candidate that stands in an attribute. */
static void offer_attribute(Pass *pass, MetadataField field, unsigned rank, const char *source,
                            Str value) {
    Value text;
    if (value.len == 0 || !candidate_wanted(&pass->all, field, rank)) return;
    value_begin(&text, field == META_TITLE ? TITLE_SIZE : VALUE_SIZE);
    value_add(&text, value, VALUE_ATTRIBUTE);
    if (field != META_URL && field != META_IMAGE) value_resolve(&text);
    if (field == META_LANGUAGE)
        for (size_t i = 0; i < text.size; i++)
            if (text.bytes[i] == '_') text.bytes[i] = '-';
    candidate_offer(&pass->all, field, rank, source, value_text(&text));
}

/* Pairs of a label and its value, which some systems write for cards: "Written by", a name. */
static bool read_label(Pass *pass, Str name, Str content) {
    static const char *const labels[] = {
        "written by",   "posted by",       "author",      "by",        "escrito por", "par",
        "verfasst von", "geschrieben von", "written by:", "écrit par", "autor"};
    const bool is_label = str_starts(name, "twitter:label");
    if (!is_label && !str_starts(name, "twitter:data")) return false;
    const uint8_t digit = name.at[name.len - 1];
    if (digit < '1' || digit >= '1' + LABELS) return true;
    bool *label = &pass->labels[digit - '1'];
    if (!is_label && *label)
        offer_attribute(pass, META_AUTHOR, AUTHOR_META, "twitter:data", content);
    for (size_t i = 0; is_label && i < sizeof labels / sizeof *labels; i++)
        if (str_is(content, labels[i])) *label = true;
    return true;
}

static void read_og_type(Pass *pass, Str content) {
    static const struct {
        const char *name;
        uint32_t types;
    } known[] = {{"article", PAGE_ARTICLE},       {"blog", PAGE_LISTING},
                 {"product.group", PAGE_LISTING}, {"product", PAGE_PRODUCT},
                 {"og:product", PAGE_PRODUCT},    {"profile", PAGE_PROFILE},
                 {"video", PAGE_VIDEO},           {"website", PAGE_WEBSITE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_starts(str_trim(content), known[i].name)) continue;
        pass->all.types |= known[i].types;
        candidate_offer_type(&pass->all, known[i].types == PAGE_WEBSITE ? 5 : 2, "og:type",
                             known[i].types);
        return;
    }
}

static void read_meta_name(Pass *pass, Str name, Str content) {
    if (name.len == 0 || content.len == 0) return;
    if (str_is(name, "og:type")) read_og_type(pass, content);
    if (read_label(pass, name, content)) return;
    for (size_t i = 0; i < sizeof known_metas / sizeof *known_metas; i++) {
        const KnownMeta *known = &known_metas[i];
        if (!str_is(name, known->name)) continue;
        offer_attribute(pass, (MetadataField)known->field, known->rank, known->source, content);
        return;
    }
}

/* ---- elements whose text matters ------------------------------------------------------------ */

static void offer_text(Pass *pass, MetadataField field, unsigned rank, const char *source,
                       Value *text) {
    value_resolve(text);
    candidate_offer(&pass->all, field, rank, source, value_text(text));
}

static void offer_heading(Pass *pass, Value *text) {
    const size_t room = sizeof pass->headings / sizeof *pass->headings;
    if (text->size == 0 || pass->heading_count == room) return;
    value_resolve(text);
    take_candidate(&pass->all, &pass->headings[pass->heading_count], 0, "h1", value_text(text));
    if (pass->heading_count++ == 0) value_begin(&pass->under, UNDER_SIZE);
}

static void offer_name(Pass *pass, AuthorSource rank, const char *source, Value *text) {
    value_resolve(text);
    candidate_offer(&pass->all, META_AUTHOR, rank, source, name_in_byline(value_text(text)));
}

/* A line under a title may tell author and date. One over it is rather about something else. */
static void offer_byline(Pass *pass, Value *text, bool is_author) {
    const bool is_early = pass->heading_count == 0;
    value_resolve(text);
    const Str line = value_text(text);
    if (line.len < NAME_SIZE)
        candidate_offer(&pass->all, META_PUBLISHED, is_early ? 13 : 10, "class", line);
    if (is_author)
        candidate_offer(&pass->all, META_AUTHOR, is_early ? AUTHOR_CLASS_EARLY : AUTHOR_CLASS,
                        "class", name_in_byline(line));
}

/* The text under the first heading, where no markup says which of it is what. */
static void offer_under(Pass *pass) {
    value_resolve(&pass->under);
    const Str text = value_text(&pass->under);
    candidate_offer(&pass->all, META_PUBLISHED, 11, "text", text);
    candidate_offer(&pass->all, META_AUTHOR, AUTHOR_TEXT, "text", name_in_text(text));
}

static void close_watch(Pass *pass, Watch *watch) {
    Value *text = &watch->text;
    switch (watch->role) {
    case ROLE_TITLE:
        offer_text(pass, META_TITLE, TITLE_PAGE, "title", text);
        break;
    case ROLE_H1:
        offer_heading(pass, text);
        break;
    case ROLE_NAME:
        offer_text(pass, META_TITLE, TITLE_MICRODATA, "microdata", text);
        break;
    case ROLE_AUTHOR:
        if (!watch->is_told) offer_name(pass, AUTHOR_MICRODATA, "microdata", text);
        break;
    case ROLE_PUBLISHED:
        offer_text(pass, META_PUBLISHED, 4, "microdata", text);
        break;
    case ROLE_MODIFIED:
        offer_text(pass, META_MODIFIED, 4, "microdata", text);
        break;
    case ROLE_SITE:
        if (!watch->is_told) offer_text(pass, META_SITE, 4, "microdata", text);
        break;
    case ROLE_TIME:
        offer_text(pass, META_PUBLISHED, 9, "time", text);
        break;
    case ROLE_REL_AUTHOR:
        offer_name(pass, AUTHOR_REL, "rel=author", text);
        break;
    case ROLE_BYLINE:
    case ROLE_DATE:
        offer_byline(pass, text, watch->role == ROLE_BYLINE);
        break;
    case ROLE_NOTHING:
        break;
    }
}

static size_t limit_of(Role role) {
    return role == ROLE_NOTHING ? 0 : role <= ROLE_NAME ? TITLE_SIZE : NAME_SIZE;
}

static Watch *open_watch(Pass *pass, Tag tag, Role role) {
    if (pass->count == WATCHES) return NULL;
    Watch *watch = &pass->watches[pass->count++];
    value_begin(&watch->text, limit_of(role));
    watch->tag = tag;
    watch->role = role;
    watch->depth = 1;
    watch->is_item = watch->is_foreign = watch->is_told = false;
    watch->item_role = ROLE_NOTHING;
    watch->types = 0;
    return watch;
}

/* The item of microdata that the page is in; NULL outside of any. */
static Watch *find_item(const Pass *pass) {
    for (size_t i = pass->count; i-- > 0;)
        if (pass->watches[i].is_item) return &pass->watches[i];
    return NULL;
}

/* ---- microdata ------------------------------------------------------------------------------ */

/* Whether one of the names in an itemprop is `name`. */
static bool has_word(Str words, const char *name) {
    const size_t size = strlen(name);
    for (size_t i = 0; i + size <= words.len; i++) {
        if (i > 0 && !scan_is_space(words.at[i - 1])) continue;
        if (!str_starts((Str){words.at + i, words.len - i}, name)) continue;
        if (i + size == words.len || scan_is_space(words.at[i + size])) return true;
    }
    return false;
}

/* What an itemprop of an item means for the page. */
static Role read_itemprop(Str itemprop, const Watch *item) {
    if (item && item->is_foreign) return ROLE_NOTHING;
    if (item && item->item_role != ROLE_NOTHING)
        return has_word(itemprop, "name") ? item->item_role : ROLE_NOTHING;
    if (has_word(itemprop, "author") || has_word(itemprop, "creator")) return ROLE_AUTHOR;
    if (has_word(itemprop, "datepublished")) return ROLE_PUBLISHED;
    if (has_word(itemprop, "datemodified")) return ROLE_MODIFIED;
    if (has_word(itemprop, "headline")) return ROLE_NAME;
    if (has_word(itemprop, "publisher")) return ROLE_SITE;
    if (item && item->types && has_word(itemprop, "name")) return ROLE_NAME;
    return ROLE_NOTHING;
}

/* A value that stands in the tag itself. */
static void offer_itemprop(Pass *pass, Role role, Str value) {
    static const struct {
        uint8_t field, rank;
    } offers[] = {[ROLE_NAME] = {META_TITLE, TITLE_MICRODATA},
                  [ROLE_AUTHOR] = {META_AUTHOR, AUTHOR_MICRODATA},
                  [ROLE_PUBLISHED] = {META_PUBLISHED, 4},
                  [ROLE_MODIFIED] = {META_MODIFIED, 4},
                  [ROLE_SITE] = {META_SITE, 4}};
    offer_attribute(pass, (MetadataField)offers[role].field, offers[role].rank, "microdata", value);
}

/* An item that begins: whether it is about the page, or about something on it. */
static void open_item(Pass *pass, Tag tag, Role role, const Attributes *attributes) {
    const Watch *around = find_item(pass);
    Watch *item = open_watch(pass, tag, role);
    if (!item) return;
    item->is_item = true;
    item->types = ld_type(attributes->itemtype);
    if (role == ROLE_AUTHOR || role == ROLE_SITE) {
        item->item_role = role;
        return;
    }
    const bool is_part = around && !has_word(attributes->itemprop, "mainentity") &&
                         !(around->types & (PAGE_LISTING | PAGE_FAQ)) && around->types;
    item->is_foreign = item->types == 0 || (around && around->is_foreign) || is_part;
    if (item->is_foreign) return;
    pass->all.types |= item->types;
    candidate_offer_type(&pass->all, 3, "microdata", item->types);
}

/* Reads a tag with an itemprop or an itemscope; whether it was of use. */
static bool read_microdata(Pass *pass, const ScanToken *token, const Attributes *attributes) {
    if (!attributes->itemprop.len && !attributes->is_item) return false;
    Watch *item = find_item(pass);
    const Role role =
        attributes->itemprop.len ? read_itemprop(attributes->itemprop, item) : ROLE_NOTHING;
    const bool is_void = token->tag == TAG_META || token->tag == TAG_LINK || token->tag == TAG_IMG;
    if (attributes->is_item && !is_void) {
        open_item(pass, token->tag, role, attributes);
        return true;
    }
    if (role == ROLE_NOTHING) return false;
    const Str value = attributes->content.len ? attributes->content : attributes->datetime;
    if (item && item->item_role != ROLE_NOTHING) item->is_told = true;
    if (value.len) offer_itemprop(pass, role, value);
    else if (!is_void) open_watch(pass, token->tag, role);
    return true;
}

/* ---- classes -------------------------------------------------------------------------------- */

/* What a word of a class name says. */
static Role read_class_word(Str word) {
    static const char *const bylines[] = {"byline", "author", "authors", "writer"};
    static const char *const dates[] = {"date", "published", "pubdate", "dateline", "timestamp"};
    if (word.len < 4 || word.len > 9 || !strchr("abdptw", str_small(*word.at))) return ROLE_NOTHING;
    for (size_t i = 0; i < sizeof bylines / sizeof *bylines; i++)
        if (str_is(word, bylines[i])) return ROLE_BYLINE;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (str_is(word, dates[i])) return ROLE_DATE;
    return ROLE_NOTHING;
}

/* Words that go with "author" where no name stands. */
static bool is_beside(Str word) {
    static const char *const words[] = {"bio",     "avatar",      "image",   "img",
                                        "photo",   "social",      "comment", "about",
                                        "picture", "description", "related"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i])) return true;
    return false;
}

/* The next word of class names, which are cut at everything but letters, and before capitals. */
static bool next_class_word(Str *rest, Str *ret) {
    size_t at = 0;
    while (at < rest->len && !letter_is_ascii(rest->at[at])) at++;
    size_t end = at;
    while (end < rest->len && letter_is_ascii(rest->at[end]) &&
           (end == at || rest->at[end] >= 'a' || rest->at[end - 1] < 'a'))
        end++;
    *ret = (Str){rest->at + at, end - at};
    *rest = (Str){rest->at + end, rest->len - end};
    return ret->len > 0;
}

static Role read_class(Str klass) {
    Role role = ROLE_NOTHING;
    Str word;
    for (Str rest = klass; role != ROLE_BYLINE && next_class_word(&rest, &word);) {
        const Role found = read_class_word(word);
        if (found != ROLE_NOTHING) role = found;
    }
    if (role == ROLE_NOTHING) return role;
    for (Str rest = klass; next_class_word(&rest, &word);)
        if (is_beside(word)) return ROLE_NOTHING;
    return role;
}

/* ---- tags ----------------------------------------------------------------------------------- */

static void read_link(Pass *pass, const Attributes *attributes) {
    const Str rel = attributes->rel;
    if (has_word(rel, "canonical"))
        offer_attribute(pass, META_URL, 1, "link:canonical", attributes->href);
    else if (has_word(rel, "image_src"))
        offer_attribute(pass, META_IMAGE, 4, "link:image_src", attributes->href);
}

static void read_meta(Pass *pass, const ScanToken *token, const Attributes *attributes) {
    if (attributes->itemprop.len && read_microdata(pass, token, attributes)) return;
    const Str content = attributes->content;
    read_meta_name(pass, attributes->property, content);
    read_meta_name(pass, attributes->name, content);
    read_meta_name(pass, attributes->http_equiv, content);
}

static void read_time(Pass *pass, const Attributes *attributes) {
    if (attributes->datetime.len) {
        offer_attribute(pass, META_PUBLISHED, 7, "time", attributes->datetime);
        return;
    }
    if (candidate_wanted(&pass->all, META_PUBLISHED, 9)) open_watch(pass, TAG_TIME, ROLE_TIME);
}

/* JSON-LD is the text of a script; the scanner reads it as the next token. */
static void read_script(Pass *pass, const Attributes *attributes) {
    ScanToken text;
    if (!str_starts(str_trim(attributes->type), "application/ld+json")) return;
    Scanner ahead = pass->scanner;
    if (!scan_next(&ahead, &text) || text.kind != SCAN_TEXT) return;
    pass->scanner = ahead;
    ld_read(&pass->all, (ScanRange){text.start, text.end});
}

/* Whether classes may still tell something that nothing better has told. */
static bool needs_classes(const Pass *pass) {
    const Candidates *all = &pass->all;
    const bool has_author = all->graph.has_author || all->authors.count > 0 ||
                            all->authors.others[AUTHOR_CLASS].value.len > 0;
    const bool has_date = all->graph.has_date || !candidate_wanted(all, META_PUBLISHED, 10);
    return !has_author || !has_date;
}

/* Elements without content, and those that hold a whole page or article, whose classes tell of it.
 */
static bool has_no_line(Tag tag) {
    static const bool tags[TAG_COUNT] = {
        [TAG_IMG] = true,  [TAG_INPUT] = true,   [TAG_BR] = true,    [TAG_HR] = true,
        [TAG_AREA] = true, [TAG_SOURCE] = true,  [TAG_EMBED] = true, [TAG_COL] = true,
        [TAG_WBR] = true,  [TAG_TRACK] = true,   [TAG_PARAM] = true, [TAG_BASE] = true,
        [TAG_BODY] = true, [TAG_ARTICLE] = true, [TAG_MAIN] = true,  [TAG_HTML] = true,
    };
    return tags[tag];
}

static void read_other(Pass *pass, const ScanToken *token, const Attributes *attributes) {
    if (read_microdata(pass, token, attributes) || has_no_line(token->tag)) return;
    if (token->tag == TAG_TIME) {
        read_time(pass, attributes);
    } else if (token->tag == TAG_A && has_word(attributes->rel, "author")) {
        open_watch(pass, token->tag, ROLE_REL_AUTHOR);
    } else if (attributes->klass.len && needs_classes(pass)) {
        const Role role = read_class(attributes->klass);
        if (role != ROLE_NOTHING) open_watch(pass, token->tag, role);
    }
}

/* Whether nothing in the attributes of a tag can matter: of most tags of most pages. */
static bool is_plain(const Pass *pass, const ScanToken *token) {
    static const bool told[TAG_COUNT] = {
        [TAG_HTML] = true,
        [TAG_META] = true,
        [TAG_LINK] = true,
        [TAG_SCRIPT] = true,
    };
    if (token->tag == TAG_TIME || token->tag == TAG_HTML) return false;
    if (token->inside.end - token->inside.start < sizeof "rel=author") return true;
    return !told[token->tag] && !pass->has_microdata && !needs_classes(pass);
}

static void read_start(Pass *pass, const ScanToken *token) {
    Attributes attributes;
    for (size_t i = 0; i < pass->count; i++)
        pass->watches[i].depth += pass->watches[i].tag == token->tag;
    if (token->tag == TAG_TITLE && !pass->all.titles[TITLE_PAGE].value.len)
        open_watch(pass, token->tag, ROLE_TITLE);
    if (token->tag == TAG_H1) open_watch(pass, token->tag, ROLE_H1);
    if (is_plain(pass, token)) return;
    read_attributes(pass->all.page, token->inside, &attributes);
    switch (token->tag) {
    case TAG_HTML:
        offer_attribute(pass, META_LANGUAGE, 1, "html:lang", attributes.lang);
        break;
    case TAG_META:
        read_meta(pass, token, &attributes);
        break;
    case TAG_LINK:
        read_link(pass, &attributes);
        break;
    case TAG_SCRIPT:
        read_script(pass, &attributes);
        break;
    default:
        read_other(pass, token, &attributes);
        break;
    }
}

static void read_end(Pass *pass, Tag tag) {
    for (size_t i = 0; i < pass->count; i++) {
        if (pass->watches[i].tag != tag || --pass->watches[i].depth > 0) continue;
        while (pass->count > i) close_watch(pass, &pass->watches[--pass->count]);
    }
}

/* A bar for the border of a block, where text is to be cut into names and dates later. */
static void add_bar(Value *value) {
    if (value->size == 0 || value->bytes[value->size - 1] == '|') return;
    value->has_space = true;
    value_add(value, (Str){(const uint8_t *)"|", 1}, VALUE_PLAIN);
    value->has_space = true;
}

/* A tag between two words divides them, unless it is of running text. */
static void read_gap(Pass *pass, Tag tag) {
    if (tag_is_inline(tag) && tag != TAG_BR) return;
    if (pass->under.limit) add_bar(&pass->under);
    for (size_t i = 0; i < pass->count; i++) {
        Watch *watch = &pass->watches[i];
        if (watch->role == ROLE_AUTHOR || watch->role >= ROLE_REL_AUTHOR) add_bar(&watch->text);
        else watch->text.has_space = true;
    }
}

static void read_text(Pass *pass, const ScanToken *token) {
    const Str text = {pass->all.page.at + token->start, token->end - token->start};
    if (token->text != SCAN_DATA && token->tag != TAG_TITLE) return;
    if (token->text == SCAN_DATA && pass->under.limit) value_add(&pass->under, text, VALUE_TEXT);
    for (size_t i = 0; i < pass->count; i++) {
        Watch *watch = &pass->watches[i];
        const bool is_title = token->text != SCAN_DATA;
        if (watch->text.limit && is_title == (watch->role == ROLE_TITLE))
            value_add(&watch->text, text, VALUE_TEXT);
    }
}

/* Whether "itemprop" stands anywhere, in letters of either case: a search in steps of up to its
 * length, by how far from its end a letter stands in it (Horspool). */
static bool holds_itemprop(Str page) {
    static const uint8_t steps[256] = {
        ['i'] = 7, ['t'] = 6, ['e'] = 5, ['m'] = 4, ['p'] = 3, ['r'] = 2, ['o'] = 1,
        ['I'] = 7, ['T'] = 6, ['E'] = 5, ['M'] = 4, ['P'] = 3, ['R'] = 2, ['O'] = 1};
    const size_t size = sizeof "itemprop" - 1;
    for (size_t end = size - 1; end < page.len;) {
        const uint8_t last = page.at[end];
        if ((last | 0x20) == 'p' && scan_stands_at(page, end - (size - 1), "itemprop", size))
            return true;
        end += steps[last] ? steps[last] : size;
    }
    return false;
}

static void read_page(Pass *pass) {
    ScanToken token;
    pass->has_microdata = holds_itemprop(pass->all.page);
    while (!pass->all.is_out_of_memory && scan_next(&pass->scanner, &token)) {
        switch (token.kind) {
        case SCAN_TEXT:
            if (pass->count || (pass->under.limit && !pass->under.is_full)) read_text(pass, &token);
            break;
        case SCAN_START_TAG:
            read_gap(pass, token.tag);
            read_start(pass, &token);
            break;
        case SCAN_END_TAG:
            read_gap(pass, token.tag);
            read_end(pass, token.tag);
            break;
        default:
            break;
        }
    }
    while (pass->count) close_watch(pass, &pass->watches[--pass->count]);
    offer_under(pass);
}

/* ---- deciding ------------------------------------------------------------------------------- */

static void set_field(Metadata *ret, MetadataField field, const Candidate *candidate) {
    ret->fields[field] = (MetadataValue){candidate->value, candidate->source};
}

/* The host of the page's address, without www. */
static Str read_host(Str url) {
    const uint8_t *at = url.len ? memchr(url.at, '/', url.len) : NULL;
    if (!at) return (Str){NULL, 0};
    Str rest = {at + 2, url.len - (size_t)(at + 2 - url.at)};
    const uint8_t *end = memchr(rest.at, '/', rest.len);
    if (end) rest.len = (size_t)(end - rest.at);
    if (str_starts(rest, "www.")) rest = (Str){rest.at + 4, rest.len - 4};
    return rest;
}

static void decide_title(Metadata *ret, const Pass *pass) {
    const TitleWords words = {.titles = pass->all.titles,
                              .headings = pass->headings,
                              .heading_count = pass->heading_count,
                              .site = ret->fields[META_SITE].value,
                              .host = read_host(ret->fields[META_URL].value)};
    ret->fields[META_TITLE] = title_choose(&words);
}

static bool is_told(const Metadata *ret, Str name) {
    for (size_t i = 0; i < ret->author_count; i++)
        if (str_alike(ret->authors[i].value, name)) return true;
    return false;
}

/* Adds the names in a candidate; that of the site only where that is asked for. */
static void add_authors(Metadata *ret, const Candidate *candidate, bool takes_site) {
    Str rest = candidate->value, name;
    while (ret->author_count < METADATA_AUTHORS && name_next(&rest, &name)) {
        if (!name_is_fine(name) || is_told(ret, name)) continue;
        if (!takes_site && str_alike(name, ret->fields[META_SITE].value)) continue;
        ret->authors[ret->author_count++] = (MetadataValue){name, candidate->source};
    }
}

/* Whether names that stand somewhere in the page may be those of its author: on a page of goods or
 * of other pages they are not. */
static bool may_be_told(const Metadata *ret) {
    return (ret->types & (PAGE_ARTICLE | PAGE_FORUM | PAGE_DOCUMENTATION)) ||
           !(ret->types & (PAGE_PRODUCT | PAGE_LISTING | PAGE_SERVICE));
}

static void decide_authors(Metadata *ret, const Pass *pass) {
    const AuthorList *authors = &pass->all.authors;
    for (size_t i = 0; i < authors->count; i++) add_authors(ret, &authors->names[i], false);
    for (size_t i = 0; i < AUTHOR_SOURCES && ret->author_count == 0; i++)
        if (authors->others[i].value.len && (i <= AUTHOR_REL || may_be_told(ret)))
            add_authors(ret, &authors->others[i], false);
    if (ret->author_count == 0 && authors->count) add_authors(ret, &authors->names[0], true);
}

/* All names in one string. */
static bool join_authors(Metadata *ret, Arena *arena) {
    size_t size = 0;
    for (size_t i = 0; i < ret->author_count; i++) size += ret->authors[i].value.len + 2;
    if (size == 0) return true;
    uint8_t *text = arena_take(arena, size, 1), *at = text;
    if (!text) return false;
    for (size_t i = 0; i < ret->author_count; i++) {
        const Str name = ret->authors[i].value;
        if (i > 0) *at++ = ',', *at++ = ' ';
        memcpy(at, name.at, name.len);
        at += name.len;
    }
    ret->fields[META_AUTHOR] = (MetadataValue){{text, (size_t)(at - text)}, ret->authors[0].source};
    return true;
}

static decant_status decide(Metadata *ret, Pass *pass) {
    Candidates *all = &pass->all;
    ld_offer(all);
    ret->types = all->types;
    for (int field = META_PUBLISHED; field < METADATA_FIELDS; field++)
        set_field(ret, (MetadataField)field, &all->fields[field]);
    if (all->fields[META_PUBLISHED].rank >= DATE_IN_TEXT && !may_be_told(ret))
        ret->fields[META_PUBLISHED] = (MetadataValue){{NULL, 0}, NULL};
    decide_title(ret, pass);
    decide_authors(ret, pass);
    if (all->is_out_of_memory || !join_authors(ret, all->arena)) return DECANT_NO_MEMORY;
    return DECANT_OK;
}

decant_status metadata_read(Metadata *ret, Arena *arena, Str page) {
    Pass pass = {.all = {.arena = arena, .page = page}, .scanner = {.page = page}};
    *ret = (Metadata){.types = 0};
    pass.watches = arena_take(arena, WATCHES, sizeof *pass.watches);
    if (!pass.watches) return DECANT_NO_MEMORY;
    read_page(&pass);
    return decide(ret, &pass);
}
