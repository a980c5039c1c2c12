/* SPDX-License-Identifier: MIT
 * metadata.h - what a page says about itself: title, authors, dates, and what sort of page it is.
 */
#ifndef DOCUMENT_METADATA_H
#define DOCUMENT_METADATA_H

#include "base/bytes.h"

typedef enum MetadataField {
    META_TITLE,
    META_AUTHOR,    /* all of them, with ", " between them */
    META_PUBLISHED, /* dates: ISO 8601, 2024-03-31 or 2024-03-31T10:00:00+02:00 */
    META_MODIFIED,
    META_SITE,
    META_URL, /* absolute */
    META_LANGUAGE,
    META_DESCRIPTION,
    META_IMAGE, /* absolute */
    META_TYPE,  /* the first of its page types, as page_type_name has it */
    METADATA_FIELDS
} MetadataField;

/* What a page says that it is; it may say several. */
typedef enum PageType {
    PAGE_RECIPE = 1 << 0,
    PAGE_FORUM = 1 << 1, /* a discussion, or a question with its answers */
    PAGE_PRODUCT = 1 << 2,
    PAGE_DOCUMENTATION = 1 << 3,
    PAGE_ARTICLE = 1 << 4,
    PAGE_VIDEO = 1 << 5,
    PAGE_LISTING = 1 << 6, /* a collection, a list of articles or goods, search results */
    PAGE_SERVICE = 1 << 7,
    PAGE_PROFILE = 1 << 8,
    PAGE_FAQ = 1 << 9,
    PAGE_ORGANISATION = 1 << 10, /* somewhere: many pages name theirs */
    PAGE_WEBSITE = 1 << 11       /* the same */
} PageType;

enum { PAGE_TYPES = 12, METADATA_AUTHORS = 8 };

/* Valid UTF-8 without line breaks, white space collapsed; empty where there is none. */
typedef struct MetadataValue {
    Str value;
    const char *source; /* "json-ld", "og:title", "h1", "microdata" ...; NULL where there is none */
} MetadataValue;

typedef struct Metadata {
    MetadataValue fields[METADATA_FIELDS];
    MetadataValue authors[METADATA_AUTHORS];
    size_t author_count;
    uint32_t types; /* of PageType, a bit each */
} Metadata;

#endif
