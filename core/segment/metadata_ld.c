/* SPDX-License-Identifier: MIT
 * metadata_ld.c - reads JSON-LD: objects become nodes, and what they say, as far as it matters,
 * facts about nodes. When the page has been read, the node that tells of the page itself is chosen,
 * and what it says is offered. */
#include "base/json.h"
#include "language/letters.h"
#include "segment/metadata_parts.h"

#include <string.h>

typedef enum LdKey {
    LD_OTHER, /* is skipped with all that it holds */
    LD_GRAPH,
    LD_ID,
    LD_TYPE,
    LD_MAIN_ENTITY,
    LD_MAIN_ENTITY_OF,
    LD_NAME,
    LD_HEADLINE,
    LD_AUTHOR,
    LD_PUBLISHER,
    LD_PUBLISHED,
    LD_CREATED,
    LD_MODIFIED,
    LD_DESCRIPTION,
    LD_URL,
    LD_IMAGE,
    LD_LANGUAGE,
    LD_KEYS
} LdKey;

enum { FIRST_ROOM = 64, MOST_LOOKUPS = 64 };

#define NO_NODE UINT32_MAX

/* A bit besides those of PageType: a page as such, of whatever sort. */
#define LD_WEBPAGE ((uint32_t)1 << 31)

struct LdNode {
    uint32_t parent; /* NO_NODE at the top */
    uint32_t types;
    LdKey key;    /* of the parent */
    ScanRange id; /* as it is written, without quotes */
};

/* One value of a node: a string, or another node. */
struct LdFact {
    uint32_t node, child; /* NO_NODE for a string */
    LdKey key;
    ScanRange string; /* as it is written, with its quotes */
};

/* ---- names ---------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    LdKey key;
} known_keys[] = {
    {"@graph", LD_GRAPH},
    {"@id", LD_ID},
    {"@type", LD_TYPE},
    {"mainEntity", LD_MAIN_ENTITY},
    {"mainEntityOfPage", LD_MAIN_ENTITY_OF},
    {"name", LD_NAME},
    {"headline", LD_HEADLINE},
    {"author", LD_AUTHOR},
    {"creator", LD_AUTHOR},
    {"publisher", LD_PUBLISHER},
    {"datePublished", LD_PUBLISHED},
    {"dateCreated", LD_CREATED},
    {"uploadDate", LD_CREATED},
    {"dateModified", LD_MODIFIED},
    {"description", LD_DESCRIPTION},
    {"url", LD_URL},
    {"contentUrl", LD_URL},
    {"image", LD_IMAGE},
    {"thumbnailUrl", LD_IMAGE},
    {"inLanguage", LD_LANGUAGE},
};

/* Names of schema.org, with what a page about such a thing is. */
static const struct {
    const char *name;
    uint32_t types;
} known_types[] = {
    {"article", PAGE_ARTICLE},
    {"newsarticle", PAGE_ARTICLE},
    {"blogposting", PAGE_ARTICLE},
    {"report", PAGE_ARTICLE},
    {"scholarlyarticle", PAGE_ARTICLE},
    {"medicalscholarlyarticle", PAGE_ARTICLE},
    {"reportagenewsarticle", PAGE_ARTICLE},
    {"analysisnewsarticle", PAGE_ARTICLE},
    {"opinionnewsarticle", PAGE_ARTICLE},
    {"backgroundnewsarticle", PAGE_ARTICLE},
    {"advertisercontentarticle", PAGE_ARTICLE},
    {"satiricalarticle", PAGE_ARTICLE},
    {"liveblogposting", PAGE_ARTICLE},
    {"medicalwebpage", PAGE_ARTICLE | LD_WEBPAGE},
    {"techarticle", PAGE_DOCUMENTATION},
    {"apireference", PAGE_DOCUMENTATION},
    {"howto", PAGE_DOCUMENTATION},
    {"product", PAGE_PRODUCT},
    {"productgroup", PAGE_PRODUCT},
    {"productmodel", PAGE_PRODUCT},
    {"individualproduct", PAGE_PRODUCT},
    {"vehicle", PAGE_PRODUCT},
    {"car", PAGE_PRODUCT},
    {"itempage", PAGE_PRODUCT | LD_WEBPAGE},
    {"discussionforumposting", PAGE_FORUM},
    {"socialmediaposting", PAGE_FORUM},
    {"qapage", PAGE_FORUM | LD_WEBPAGE},
    {"question", PAGE_FORUM},
    {"itemlist", PAGE_LISTING},
    {"collectionpage", PAGE_LISTING | LD_WEBPAGE},
    {"searchresultspage", PAGE_LISTING | LD_WEBPAGE},
    {"offercatalog", PAGE_LISTING},
    {"productcollection", PAGE_LISTING},
    {"blog", PAGE_LISTING},
    {"service", PAGE_SERVICE},
    {"professionalservice", PAGE_SERVICE},
    {"localbusiness", PAGE_SERVICE},
    {"softwareapplication", PAGE_SERVICE},
    {"webapplication", PAGE_SERVICE},
    {"mobileapplication", PAGE_SERVICE},
    {"profilepage", PAGE_PROFILE | LD_WEBPAGE},
    {"videoobject", PAGE_VIDEO},
    {"recipe", PAGE_RECIPE},
    {"faqpage", PAGE_FAQ | LD_WEBPAGE},
    {"organization", PAGE_ORGANISATION},
    {"corporation", PAGE_ORGANISATION},
    {"newsmediaorganization", PAGE_ORGANISATION},
    {"educationalorganization", PAGE_ORGANISATION},
    {"website", PAGE_WEBSITE},
    {"webpage", LD_WEBPAGE},
    {"aboutpage", LD_WEBPAGE},
    {"contactpage", LD_WEBPAGE},
};

static uint32_t find_type(Str name) {
    name = str_trim(name);
    for (size_t i = name.len; i-- > 0;) {
        if (name.at[i] != '/' && name.at[i] != ':' && name.at[i] != '#') continue;
        name = (Str){name.at + i + 1, name.len - i - 1};
        break;
    }
    for (size_t i = 0; i < sizeof known_types / sizeof *known_types; i++)
        if (str_is(name, known_types[i].name)) return known_types[i].types;
    return 0;
}

uint32_t ld_type(Str name) {
    return find_type(name) & ~LD_WEBPAGE;
}

static LdKey read_key(Str block, const JsonToken *token) {
    for (size_t i = 0; i < sizeof known_keys / sizeof *known_keys; i++)
        if (json_is(block, token, known_keys[i].name)) return known_keys[i].key;
    return LD_OTHER;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Room for one more row; NULL where there is none. */
static void *add_row(Candidates *all, void *rows, size_t *count, size_t *room, size_t most,
                     size_t size) {
    if (*count == most) return NULL;
    if (*count == *room) {
        const size_t grown = *room ? *room * 2 : FIRST_ROOM;
        rows = arena_grow(all->arena, rows, *count, grown, size);
        if (!rows) {
            all->is_out_of_memory = true;
            return NULL;
        }
        *room = grown;
    }
    ++*count;
    return rows;
}

static uint32_t add_node(Candidates *all, uint32_t parent, LdKey key) {
    LdGraph *graph = &all->graph;
    LdNode *nodes =
        add_row(all, graph->nodes, &graph->node_count, &graph->node_room, LD_NODES, sizeof *nodes);
    if (!nodes) return NO_NODE;
    graph->nodes = nodes;
    const uint32_t node = (uint32_t)graph->node_count - 1;
    nodes[node] = (LdNode){.parent = parent, .key = key};
    return node;
}

static void add_fact(Candidates *all, LdFact fact) {
    LdGraph *graph = &all->graph;
    if (fact.node == NO_NODE) return;
    LdFact *facts =
        add_row(all, graph->facts, &graph->fact_count, &graph->fact_room, LD_FACTS, sizeof *facts);
    if (!facts) return;
    graph->facts = facts;
    facts[graph->fact_count - 1] = fact;
}

/* Where the reader is: whose values come next, and which. */
typedef struct Frame {
    uint32_t node;
    LdKey key;
} Frame;

/* A string, or a number that stands for one, is said of the frame's node. */
static void read_string(Candidates *all, Frame frame, ScanRange string) {
    LdGraph *graph = &all->graph;
    if (frame.node == NO_NODE) return;
    const ScanRange inside = {string.start + 1, string.end - 1};
    const Str text = {all->page.at + inside.start, inside.end - inside.start};
    if (frame.key == LD_ID) graph->nodes[frame.node].id = inside;
    else if (frame.key == LD_TYPE) graph->nodes[frame.node].types |= find_type(text);
    else add_fact(all, (LdFact){frame.node, NO_NODE, frame.key, string});
    if (frame.key == LD_AUTHOR && text.len) graph->has_author = true;
    if (frame.key == LD_PUBLISHED && text.len) graph->has_date = true;
}

static uint32_t read_object(Candidates *all, Frame frame) {
    const uint32_t node = add_node(all, frame.node, frame.key);
    if (node == NO_NODE) return node;
    if (frame.node != NO_NODE)
        add_fact(all, (LdFact){.node = frame.node, .child = node, .key = frame.key});
    if (frame.key == LD_AUTHOR) all->graph.has_author = true;
    return node;
}

/* Skips the value of a key that means nothing here; false where the block ends in it. */
static bool skip_value(JsonReader *reader) {
    JsonToken token;
    return json_next(reader, &token) && json_skip(reader, &token);
}

void ld_read(Candidates *all, ScanRange range) {
    if (all->graph.blocks++ >= LD_BLOCKS || range.end - range.start > LD_BLOCK_SIZE) return;
    const Str block = {all->page.at + range.start, range.end - range.start};
    JsonReader reader = {.bytes = block};
    JsonToken token;
    Frame frames[JSON_DEPTH + 1] = {{NO_NODE, LD_OTHER}};
    while (!all->is_out_of_memory && json_next(&reader, &token)) {
        Frame *frame = &frames[token.depth];
        const ScanRange string = {range.start + token.start, range.start + token.end};
        switch (token.kind) {
        case JSON_KEY:
            frame->key = read_key(block, &token);
            if (frame->key == LD_OTHER && !skip_value(&reader)) return;
            break;
        case JSON_OBJECT:
            frame[1] = (Frame){read_object(all, *frame), LD_OTHER};
            break;
        case JSON_ARRAY:
            frame[1] = *frame;
            break;
        case JSON_STRING:
            read_string(all, *frame, string);
            break;
        default:
            break;
        }
    }
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* Whether a node stands for itself: at the top, in a graph, or as what a page is about. */
static bool is_top(const LdGraph *graph, const LdNode *node) {
    if (node->parent == NO_NODE || node->key == LD_GRAPH) return true;
    if (node->key != LD_MAIN_ENTITY) return false;
    const LdNode *parent = &graph->nodes[node->parent];
    return !(parent->types & PAGE_FAQ);
}

/* How likely a node of those types is what the page is about; 0: not at all. */
static unsigned weigh(uint32_t types) {
    if (types & LD_WEBPAGE) return types == LD_WEBPAGE ? 1 : 2;
    if (types & PAGE_RECIPE) return 6;
    if (types & (PAGE_ARTICLE | PAGE_DOCUMENTATION | PAGE_FORUM)) return 5;
    if (types & PAGE_PRODUCT) return 4;
    if (types & PAGE_VIDEO) return 3;
    return types & PAGE_LISTING ? 2 : 0;
}

static uint32_t find_main(const LdGraph *graph) {
    uint32_t best = NO_NODE;
    unsigned most = 0;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        const LdNode *node = &graph->nodes[i];
        if (!is_top(graph, node)) continue;
        const unsigned weight = weigh(node->types);
        if (weight > most) best = i, most = weight;
    }
    return best;
}

/* ---- offering ------------------------------------------------------------------------------- */

/* What a string says, its character references resolved; in scratch memory. */
static bool decode(Candidates *all, ScanRange string, size_t limit, Value *ret) {
    const JsonToken token = {JSON_STRING, 0, string.start, string.end};
    const ArenaMark mark = arena_mark(all->arena);
    Str text;
    value_begin(ret, limit);
    if (json_text(&text, all->arena, all->page, &token)) {
        all->is_out_of_memory = true;
        return false;
    }
    value_add(ret, text, VALUE_TEXT);
    arena_rewind(all->arena, mark);
    return ret->size > 0;
}

/* The node that has the id, and says more than that; NO_NODE if none. */
static uint32_t find_id(const Candidates *all, ScanRange id) {
    const size_t size = id.end - id.start;
    const LdGraph *graph = &all->graph;
    for (size_t i = 0; size && i < graph->fact_count; i++) {
        const LdFact *fact = &graph->facts[i];
        const ScanRange other = graph->nodes[fact->node].id;
        if (fact->key == LD_NAME && other.end - other.start == size &&
            memcmp(all->page.at + other.start, all->page.at + id.start, size) == 0)
            return fact->node;
    }
    return NO_NODE;
}

/* The first string that a node says of itself under the key; one of size 0 if none. */
static ScanRange find_string(const LdGraph *graph, uint32_t node, LdKey key) {
    for (size_t i = 0; i < graph->fact_count; i++) {
        const LdFact *fact = &graph->facts[i];
        if (fact->node == node && fact->key == key && fact->child == NO_NODE) return fact->string;
    }
    return (ScanRange){0, 0};
}

/* The name of a node, which may be told where another has its id. */
static ScanRange find_name(const Candidates *all, uint32_t node) {
    const LdGraph *graph = &all->graph;
    ScanRange name = find_string(graph, node, LD_NAME);
    if (name.end > name.start) return name;
    const uint32_t other = find_id(all, graph->nodes[node].id);
    return other == NO_NODE ? name : find_string(graph, other, LD_NAME);
}

static void offer_string(Candidates *all, MetadataField field, unsigned rank, ScanRange string) {
    Value value;
    if (string.end == string.start || !candidate_wanted(all, field, rank)) return;
    if (decode(all, string, VALUE_SIZE, &value))
        candidate_offer(all, field, rank, "json-ld", value_text(&value));
}

/* Values that may be objects themselves, with an address, a name or only an id. */
static void offer_fact(Candidates *all, MetadataField field, unsigned rank, const LdFact *fact,
                       LdKey inner) {
    ScanRange string = fact->string;
    if (!candidate_wanted(all, field, rank)) return;
    if (fact->child != NO_NODE && all->graph.lookups++ >= MOST_LOOKUPS) return;
    if (fact->child != NO_NODE)
        string = inner == LD_NAME ? find_name(all, fact->child)
                                  : find_string(&all->graph, fact->child, inner);
    offer_string(all, field, rank, string);
}

/* What the keys of the page's node are candidates for. */
static void offer_main(Candidates *all, const LdFact *fact, unsigned rank) {
    switch (fact->key) {
    case LD_HEADLINE:
    case LD_NAME:
        if (rank == 1) offer_fact(all, META_TITLE, TITLE_LD, fact, LD_NAME);
        break;
    case LD_AUTHOR:
        offer_fact(all, META_AUTHOR, AUTHOR_LD, fact, LD_NAME);
        break;
    case LD_PUBLISHED:
        offer_fact(all, META_PUBLISHED, rank, fact, LD_NAME);
        break;
    case LD_CREATED:
        offer_fact(all, META_PUBLISHED, rank + 8, fact, LD_NAME);
        break;
    case LD_MODIFIED:
        offer_fact(all, META_MODIFIED, rank, fact, LD_NAME);
        break;
    case LD_PUBLISHER:
        offer_fact(all, META_SITE, rank + 1, fact, LD_NAME);
        break;
    case LD_DESCRIPTION:
        offer_fact(all, META_DESCRIPTION, rank + 2, fact, LD_NAME);
        break;
    case LD_URL:
    case LD_MAIN_ENTITY_OF:
        offer_fact(all, META_URL, rank + 2, fact, LD_URL);
        break;
    case LD_IMAGE:
        offer_fact(all, META_IMAGE, rank + 1, fact, LD_URL);
        break;
    case LD_LANGUAGE:
        offer_fact(all, META_LANGUAGE, rank + 3, fact, LD_NAME);
        break;
    default:
        break;
    }
}

/* Headlines come before names. */
static void offer_title(Candidates *all, uint32_t main) {
    const ScanRange headline = find_string(&all->graph, main, LD_HEADLINE);
    offer_string(all, META_TITLE, TITLE_LD, headline);
}

void ld_offer(Candidates *all) {
    const LdGraph *graph = &all->graph;
    const uint32_t main = find_main(graph);
    if (main != NO_NODE)
        candidate_offer_type(all, 1, "json-ld", graph->nodes[main].types & ~LD_WEBPAGE);
    for (size_t i = 0; i < graph->node_count; i++) {
        const uint32_t types = graph->nodes[i].types & ~LD_WEBPAGE;
        if (!is_top(graph, &graph->nodes[i]) || types == 0) continue;
        const bool is_side = types & (PAGE_ORGANISATION | PAGE_WEBSITE);
        candidate_offer_type(all, is_side ? 6 : 4, "json-ld", types);
        all->types |= types;
    }
    if (main != NO_NODE && weigh(graph->nodes[main].types) > 1) offer_title(all, main);
    for (size_t i = 0; i < graph->fact_count && !all->is_out_of_memory; i++) {
        const LdFact *fact = &graph->facts[i];
        const LdNode *node = &graph->nodes[fact->node];
        if (fact->node == main) {
            offer_main(all, fact, weigh(node->types) > 1 ? 1 : 6);
        } else if (is_top(graph, node) && node->types & LD_WEBPAGE) {
            offer_main(all, fact, 6);
        } else if (is_top(graph, node) && fact->key == LD_NAME &&
                   (node->types & (PAGE_WEBSITE | PAGE_ORGANISATION))) {
            offer_fact(all, META_SITE, node->types & PAGE_WEBSITE ? 3 : 5, fact, LD_NAME);
        }
    }
}
