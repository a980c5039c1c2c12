/* SPDX-License-Identifier: MIT
 *
 * decant.h - the one public header, and the manual, of libdecant.
 *
 * decant takes a scraped document and separates what belongs to it from what does not: site
 * footers, share rows, newsletter prompts, truncated teasers and whole openings of other articles.
 * Every byte of a plain text is reported once, in order, either as kept or as dropped; of an HTML
 * page every text is, and what lies between is its markup (drawings and formulas too).
 *
 * A pipeline is opened once and fed any number of documents, one after the other:
 *
 *     decant_open > { decant_start > decant_feed ... > decant_finish } ... > decant_close
 *
 * A complete program, which the tests build and run:
 *
 * @example
 *     #include <decant.h>
 *     #include <stdio.h>
 *
 *     static int on_kept(void *user, const decant_kept *kept) {
 *         return fwrite(kept->text, 1, kept->size, user) != kept->size;
 *     }
 *
 *     static int on_dropped(void *user, const decant_dropped *dropped) {
 *         (void)user;
 *         fprintf(stderr, "line %llu: %s\n", (unsigned long long)dropped->line,
 *                 decant_kind_name(dropped->kind));
 *         return 0;
 *     }
 *
 *     int main(void) {
 *         decant_sink sink = {.user = stdout, .kept = on_kept, .dropped = on_dropped};
 *         decant_options options = DECANT_OPTIONS_INIT;
 *         decant *pipeline = NULL;
 *         decant_status status = decant_open(&pipeline, &options, &sink);
 *         char chunk[65536];
 *         size_t size;
 *         if (!status) status = decant_start(pipeline, "stdin");
 *         while (!status && (size = fread(chunk, 1, sizeof chunk, stdin)) > 0)
 *             status = decant_feed(pipeline, chunk, size);
 *         if (!status) status = decant_finish(pipeline);
 *         if (status) fprintf(stderr, "decant: %s\n", decant_error(pipeline));
 *         decant_close(pipeline);
 *         return status ? 2 : 0;
 *     }
 * @end
 *
 * Corpora are read in stages of their own, which a program puts together: a decant_unpacker undoes
 * gzip, zstd, xz and bzip2, a decant_framer cuts the stream into records, and a decant_line or a
 * decant_capture_reader finds the document in a record.
 *
 * Rules that hold throughout:
 *   - Offsets and sizes are bytes of the document as it was fed, from 0. Lines and columns count
 *     from 1; a column counts bytes. A line ends at LF, CR LF or CR.
 *   - Text handed to a callback is not NUL-terminated and is valid only during the call.
 *   - Probabilities are whole permille: 1000 is certain.
 *   - The same bytes give the same events, however they were cut into chunks.
 *   - The library keeps nothing between documents, prints nothing, never exits, and has no global
 *     state: pipelines are independent, and each may live in a thread of its own.
 */
#ifndef DECANT_H
#define DECANT_H

#include <stddef.h>
#include <stdint.h>

#define DECANT_VERSION "0.1.0"

#if defined(__GNUC__)
#define DECANT_API __attribute__((visibility("default")))
#else
#define DECANT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- words ---------------------------------------------------------------------------------- */

typedef enum decant_status {
    DECANT_OK = 0,
    DECANT_STOPPED,      /* a callback returned non-zero: of a sink, or interrupt */
    DECANT_NO_MEMORY,    /* the allocator refused */
    DECANT_BAD_ARGUMENT, /* an option out of range, or calls out of order */
    DECANT_BAD_RULE,     /* a rules file does not parse, or a pattern does not compile */
    DECANT_BAD_MODEL,    /* model data that is not what this version reads */
    DECANT_BAD_INPUT,    /* input that is broken or cut short */
    DECANT_BAD_PROFILE,  /* a profile that is damaged, or is not what this version reads */
} decant_status;

/* A short name of the status, such as "out of memory"; never NULL. */
DECANT_API const char *decant_status_name(decant_status status);

/* Where bytes go; non-zero stops with DECANT_STOPPED. */
typedef int (*decant_write)(void *user, const void *data, size_t size);

/* What a dropped run is. Names are stable: "nav", "footer", "teaser" ... */
typedef enum decant_kind {
    DECANT_NAV,     /* menus, breadcrumbs, pagination, skip links */
    DECANT_FOOTER,  /* rights, policies, contact, powered-by */
    DECANT_TEASER,  /* the opening of another document, usually cut off */
    DECANT_BLEED,   /* prose of another document */
    DECANT_RELATED, /* lists of other documents' headlines */
    DECANT_PROMO,   /* newsletter, app, donation and subscription prompts, advertisements */
    DECANT_COMMENT, /* readers' comments and prompts to comment */
    DECANT_SHARE,   /* share and follow rows */
    DECANT_REPEAT,  /* a copy of what the document already said */
    DECANT_META,    /* stamps, counters, credits, read times */
    DECANT_OTHER,   /* noise of no other kind */
    DECANT_KINDS    /* how many there are */
} decant_kind;

/* The kind's name; "other" for a value out of range. */
DECANT_API const char *decant_kind_name(decant_kind kind);

/* What a document is read as. */
typedef enum decant_from {
    DECANT_AUTO, /* HTML if its first bytes are those of a page, else plain text */
    DECANT_TEXT,
    DECANT_HTML
} decant_from;

/* "text" or "html"; "auto" for what is not known yet. */
DECANT_API const char *decant_from_name(decant_from from);

/* What removal favours where it is in doubt: whether what goes is noise indeed (precision), or
 * whether all noise goes (recall). Both are said of what is removed, not of the text that stays:
 * precision removes less than neither does, recall more. */
typedef enum decant_favor {
    DECANT_FAVOR_NEITHER,
    DECANT_FAVOR_PRECISION, /* every threshold is a unit of log-odds higher; of articles in plain
                               text two */
    DECANT_FAVOR_RECALL     /* and lower */
} decant_favor;

/* How the text of a page is laid out. */
typedef enum decant_format { DECANT_PLAIN, DECANT_MARKDOWN } decant_format;

/* ---- events --------------------------------------------------------------------------------- */

/* Bytes that stay. Printed one after the other, all kept texts are the clean text. Of plain text it
 * is the bytes themselves; of an HTML page what the blocks in the range read, decoded and laid out,
 * with what parts them from the text before. The last event of a page has a range without bytes:
 * it ends the text. */
typedef struct decant_kept {
    uint64_t start, end; /* range in the document */
    const char *text;
    size_t size; /* bytes of text: end - start for plain text */
} decant_kept;

/* One piece of evidence that moved a verdict. */
typedef struct decant_reason {
    const char *evidence; /* its stable name, such as "cut_in_word" */
    int weight; /* how far it moved the score of the run's first block: permille of log-odds */
    const char *words; /* the same for a reader, such as "cut in mid-word at 160 bytes" */
} decant_reason;

enum { DECANT_REASONS = 3 };

/* A run of neighbouring bytes that goes: one event a run of one kind; teasers, each the opening of
 * a text of its own, have one each. */
typedef struct decant_dropped {
    decant_from from;    /* what the document is read as: DECANT_TEXT or DECANT_HTML */
    uint64_t start, end; /* range in the document; of plain text, white space that goes with it
                            included; of a page, its inner markup */
    uint64_t line;       /* of the first byte that is not white space */
    uint64_t column;
    decant_kind kind;
    int confidence; /* permille: the estimated probability that the removal is right */
    decant_reason reasons[DECANT_REASONS];
    size_t reason_count; /* strongest first */
    const char *text;    /* the bytes start to end; of a page what they read, in UTF-8, an empty
                            line between blocks */
    size_t size;
    size_t blocks;        /* how many blocks the run has */
    const char *known_as; /* the document of the corpus that it is of, by its id; NULL: of none that
                             the profile knows */
    size_t known_size;
} decant_dropped;

typedef enum decant_note_code {
    DECANT_NOTE_PART,       /* the document is over max_document and goes on as a next part */
    DECANT_NOTE_LOSS,       /* more than max_loss of the text would go */
    DECANT_NOTE_EMPTY,      /* nothing would be left */
    DECANT_NOTE_NO_PROSE,   /* looks like no text at all: an index, a shell, binary data */
    DECANT_NOTE_RULE_LIMIT, /* a rule ran into its match limit and was passed over for a block */
    DECANT_NOTE_ENCODING, /* bytes that are not UTF-8 were met and passed through; in a page, bytes
                             that mean nothing in its charset, which became U+FFFD */
    DECANT_NOTE_NESTING,  /* elements of a page stood too deep to be told apart */
    DECANT_NOTE_TREE,     /* a page's tree would have been too large: it was judged without one */
    DECANT_NOTE_SHELL,    /* a page with next to no text: scripts fill it */
    DECANT_NOTE_NO_TEXT,  /* for programs that read records: one holds no document */
    DECANT_NOTE_RECORDS,  /* for them, too: what became of a stream's records */
    DECANT_NOTE_SITE,     /* a sentence amid the text that the site repeats: it stays */
} decant_note_code;

/* Something to know about the document as a whole; nothing is changed by it. */
typedef struct decant_note {
    decant_note_code code;
    const char *name;  /* stable, such as "max-loss" */
    const char *words; /* a sentence without a final stop */
    uint64_t offset;   /* where, if that means anything; else 0 */
    uint64_t line;
} decant_note;

/* What became of a document; sent last. */
typedef struct decant_summary {
    uint64_t bytes, kept, dropped; /* bytes == kept + dropped; of a page, all else is markup */
    uint64_t blocks, dropped_blocks;
    uint64_t runs;  /* dropped events */
    uint64_t parts; /* 1, or more where the document was over the cap */
    uint64_t kind_bytes[DECANT_KINDS];
    decant_from from;    /* what the document was read as: DECANT_TEXT or DECANT_HTML */
    const char *charset; /* of a page, as the Encoding Standard names it; NULL for plain text */
} decant_summary;

/* Something a page says of itself. Names: "title", "author" (one event each), "published",
 * "modified" (ISO 8601), "site", "url", "language", "description", "image", "type". */
typedef struct decant_fact {
    const char *name;
    const char *value; /* UTF-8, white space collapsed */
    size_t size;
    const char *source; /* where it stood: "json-ld", "og:title", "h1" ... */
} decant_fact;

/* One block with all its evidence, a run of blocks or a document with its measures: what models are
 * trained on. The values are named by decant_evidence_name(), or by decant_run_measure_name() and
 * decant_gate_measure_name(). */
typedef struct decant_block {
    uint64_t start, end;
    decant_from from; /* DECANT_TEXT or DECANT_HTML */
    const int16_t *values;
    size_t value_count;
    const char *text; /* what a block reads */
    size_t size;
    uint32_t element;      /* of a page: the number of the element that a block stands in, */
    const uint32_t *names; /* and what the inline ones around it are called, as decant_element */
    size_t name_count;
} decant_block;

/* An element of a page, and what it is called, which models are trained on, too. Elements come
 * before the blocks of their part, in the order of their numbers; the first has number 0. */
typedef struct decant_element {
    uint32_t parent; /* its number; of the first its own */
    /* Hashes of the words that class, id, role and itemprop hold, and of what white space parts
     * there. */
    const uint32_t *names;
    size_t name_count;
} decant_element;

/* What was decided about one block, and why. Comes before the kept and dropped events of its part,
 * of which a run of blocks is one. */
typedef struct decant_judged {
    decant_from from;    /* DECANT_TEXT or DECANT_HTML */
    uint64_t number;     /* of the block in its document, from 1 */
    uint64_t start, end; /* range in the document */
    uint64_t line;       /* of its first byte */
    int drops;           /* non-zero: it goes */
    decant_kind kind;    /* of a block that goes; else DECANT_OTHER */
    int confidence; /* permille: the estimated probability that its removal is or would be right */
    decant_reason reasons[DECANT_REASONS]; /* what speaks for the verdict: of a block that stays,
                                              what speaks for keeping it, with negative weights */
    size_t reason_count;                   /* strongest first */
    const char *text;                      /* what it reads */
    size_t size;
} decant_judged;

/* What a document leaves behind in a profile: bytes for decant_profile_add, valid during the call.
 */
typedef struct decant_imprint {
    const void *data;
    size_t size;
} decant_imprint;

/* Where events go. Any callback may be NULL. A callback that returns non-zero stops the pipeline
 * with DECANT_STOPPED. Kept and dropped events arrive in the order of the input, without gap or
 * overlap. */
typedef struct decant_sink {
    void *user;
    int (*kept)(void *user, const decant_kept *);
    int (*dropped)(void *user, const decant_dropped *);
    int (*note)(void *user, const decant_note *);
    int (*summary)(void *user, const decant_summary *);
    int (*block)(void *user, const decant_block *);
    int (*fact)(void *user, const decant_fact *); /* before the first kept or dropped event */
    int (*judged)(void *user, const decant_judged *);
    /* What plain text is judged by besides blocks: runs of blocks, and the document as a whole. */
    int (*run)(void *user, const decant_block *);
    int (*gate)(void *user, const decant_block *);
    int (*imprint)(void *user, const decant_imprint *); /* one a document, of its first part */
    int (*element)(void *user, const decant_element *); /* before the first block of its part */
} decant_sink;

/* ---- the pipeline --------------------------------------------------------------------------- */

/* All memory of a pipeline, and of whatever else takes one, comes from here, but for what iconv and
 * uchardet take while they decode a page. `resize` behaves as realloc, with `old_size` given;
 * new_size is never 0. `release` gets the size that was asked for. */
typedef struct decant_allocator {
    void *user;
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void (*release)(void *user, void *block, size_t size);
} decant_allocator;

/* Set with DECANT_OPTIONS_INIT. `size` tells the library which fields the caller knows, so that
 * programs built against an older header keep working. */
typedef struct decant_options {
    size_t size;
    const decant_allocator *allocator; /* NULL: malloc */
    size_t max_document; /* bytes of one part of a document; 4096 to 1 GiB, default 8 MiB */
    int min_confidence; /* permille; drops less sure than this stay. 0: the model's own threshold */
    int max_loss; /* permille of a plain text; losing more raises DECANT_NOTE_LOSS. Default 800 */
    decant_from from;     /* default: each document tells by its first bytes */
    decant_format format; /* how the text of HTML pages is laid out; plain text stays as it is */
    int links;            /* non-zero: Markdown tells where links lead */
    const char *charset;  /* of HTML pages, whatever they say themselves: a label of the Encoding
                             Standard, such as "windows-1251"; NULL: found out. Copied */
    const char *url; /* of the document, for pages that do not tell theirs; NULL: unknown. Copied */
    decant_favor favor; /* when in doubt: remove less, or more */
    /* Asked whether to go on, often enough to keep a limit of time: between parts and steps, and
     * within those that may be long. Non-zero stops with DECANT_STOPPED. NULL: nobody is asked. */
    int (*interrupt)(void *user);
    void *interrupt_user;
    int no_kinds; /* non-zero: where nobody listens to what is dropped or judged, a plain text's
                     summary does without kinds, which costs less: all counts as DECANT_OTHER */
} decant_options;

#define DECANT_OPTIONS_INIT                                                                        \
    {                                                                                              \
        sizeof(decant_options), NULL, (size_t)8 << 20, 0, 800, DECANT_AUTO, DECANT_PLAIN, 0, NULL, \
            NULL, DECANT_FAVOR_NEITHER, NULL, NULL, 0                                              \
    }

typedef struct decant decant;

/* Opens a pipeline. `options` may be NULL. `sink` is copied. On failure *ret is still set where
 * memory allowed, so that decant_error can tell why; close it all the same. */
DECANT_API decant_status decant_open(decant **ret, const decant_options *options,
                                     const decant_sink *sink);

/* Adds the rules of a file's text (format: core/rules/README.md) to the built-in ones. `name`
 * stands in messages. Before the first decant_start only. */
DECANT_API decant_status decant_add_rules(decant *pipeline, const char *name, const char *text,
                                          size_t size);

/* Turns the rule `id` off; DECANT_BAD_ARGUMENT if there is none of that id. Before the first
 * decant_start only. */
DECANT_API decant_status decant_without_rule(decant *pipeline, const char *id);

/* Uses other model data (as written by core/models/train.py) than the compiled-in. Copied.
 * Before the first decant_start only. */
DECANT_API decant_status decant_use_model(decant *pipeline, const void *data, size_t size);

/* Lets verdicts know what a corpus knows: the bytes of a profile, as decant_profile_write gives
 * them. They are read where they are - a mapped file will do, shared by any number of pipelines -
 * and have to outlive the pipeline. DECANT_BAD_PROFILE if they are none; NULL data: no profile.
 * Before the first decant_start only. */
DECANT_API decant_status decant_use_profile(decant *pipeline, const void *data, size_t size);

/* Begins a document. `name` is copied; it stands in messages. */
DECANT_API decant_status decant_start(decant *pipeline, const char *name);

/* What is known of one document besides its bytes. Set with DECANT_ABOUT_INIT. */
typedef struct decant_about {
    size_t size;         /* as in decant_options */
    decant_from from;    /* DECANT_AUTO: as the options say */
    const char *charset; /* of a page, as its transport tells: where the options tell none. A name
                            that is not known counts for nothing. NULL: not told */
    const char *url;     /* of a page that does not tell its own; NULL: as the options say */
    const char *id;      /* what the corpus calls it, for profiles; NULL: its name */
    const char *site;    /* whose lines it shares, for profiles; NULL: the host of its address */
} decant_about;

#define DECANT_ABOUT_INIT                                                                          \
    { sizeof(decant_about), DECANT_AUTO, NULL, NULL, NULL, NULL }

/* The same as decant_start for a document of which something is known. `about` is copied; NULL for
 * nothing. */
DECANT_API decant_status decant_start_about(decant *pipeline, const char *name,
                                            const decant_about *about);

/* Takes the document's next bytes, in chunks of any size. Events may be sent from within. */
DECANT_API decant_status decant_feed(decant *pipeline, const void *data, size_t size);

/* Ends the document and sends what is left of its events. After a failure in feed or finish the
 * document is lost, but decant_start may begin another (not after DECANT_NO_MEMORY in open). */
DECANT_API decant_status decant_finish(decant *pipeline);

/* Frees everything. NULL is fine. */
DECANT_API void decant_close(decant *pipeline);

/* A sentence about the last failure; "" if there was none; never NULL, even for a NULL pipeline. */
DECANT_API const char *decant_error(const decant *pipeline);

/* ---- what the library knows ----------------------------------------------------------------- */

DECANT_API const char *decant_version(void);

/* The evidence that blocks carry, in the order of decant_block.values; those of pages (DECANT_HTML)
 * have others than those of plain text. NULL past the end. */
DECANT_API size_t decant_evidence_count(decant_from from);
DECANT_API const char *decant_evidence_name(decant_from from, size_t index);

/* The measures of runs of blocks and of documents of plain text. NULL past the end. */
DECANT_API const char *decant_run_measure_name(size_t index);
DECANT_API const char *decant_gate_measure_name(size_t index);

/* One rule, as listed by decant_rules. */
typedef struct decant_rule {
    const char *id, *kind, *language, *pattern;
} decant_rule;

/* Calls `each` for every rule in order, those turned off left out. */
DECANT_API decant_status decant_rules(decant *pipeline,
                                      int (*each)(void *user, const decant_rule *), void *user);

/* ---- profiles ------------------------------------------------------------------------------- */

/* A profile is what a corpus knows about its documents: how many of a site's documents hold a line,
 * and where; and how documents open, so that the opening of one in the midst of another is told. It
 * is learned from imprints (sink.imprint), in any order and in any number of pieces: the same
 * documents give the same bytes. core/profile/README.md tells the format. */
typedef struct decant_profile decant_profile;

/* Opens an empty profile of at most `size` bytes (1 MiB to 64 GiB). The more documents there are
 * for its size, the coarser what it knows: lines are counted with an error (decant_profile_info),
 * and documents keep fewer words of their texts, then fewer documents keep any. Profiles can be
 * merged only where their sizes are the same. On failure *ret is still set where memory allowed, as
 * by decant_open. */
DECANT_API decant_status decant_profile_open(decant_profile **ret, size_t size,
                                             const decant_allocator *allocator);

/* Adds a document; DECANT_BAD_ARGUMENT for bytes that are no imprint of this version. */
DECANT_API decant_status decant_profile_add(decant_profile *profile, const void *imprint,
                                            size_t size);

/* Adds what another profile learned: as if its documents had been added here. */
DECANT_API decant_status decant_profile_merge(decant_profile *profile, const void *data,
                                              size_t size);

/* Writes the profile, from its first byte to its last. */
DECANT_API decant_status decant_profile_write(decant_profile *profile, decant_write write,
                                              void *user);

/* A sentence about the last failure, as decant_error gives it. */
DECANT_API const char *decant_profile_error(const decant_profile *profile);
DECANT_API void decant_profile_close(decant_profile *profile);

/* What a profile is made of. */
typedef struct decant_profile_facts {
    uint64_t size;       /* the most bytes it takes */
    uint64_t documents;  /* that were learned */
    uint64_t lines;      /* that were counted, each once a document */
    uint64_t known;      /* documents whose texts it knows */
    uint64_t words;      /* hashes of their words in a row */
    uint64_t line_error; /* a line's count is at most so much too high, with a certainty of 98 %;
                            it is never too low */
    int thinned;         /* of the texts a share of 1 in 2^thinned is known */
} decant_profile_facts;

/* Reads all of a profile's bytes and checks them; DECANT_BAD_PROFILE if they are damaged. */
DECANT_API decant_status decant_profile_info(const void *data, size_t size,
                                             decant_profile_facts *ret);

/* A line that a site's documents share, as one of them has it (its first 80 bytes or so). */
typedef struct decant_profile_line {
    const char *site;
    size_t site_size;
    const char *text; /* UTF-8 */
    size_t text_size;
    uint64_t documents;          /* of the site */
    uint64_t head, middle, tail; /* how many of them hold the line there */
} decant_profile_line;

/* Calls `each` for the lines that at least `share` permille of their site's documents hold, and two
 * of them, as far as the profile keeps their text: of a sample of documents, as many a site.
 * `site`: of that site alone; NULL: of all. Non-zero from `each` stops with DECANT_STOPPED. */
DECANT_API decant_status decant_profile_lines(const void *data, size_t size, const char *site,
                                              int share,
                                              int (*each)(void *user, const decant_profile_line *),
                                              void *user);

/* ---- packed bytes --------------------------------------------------------------------------- */

/* Unpacks gzip (any number of members), zstd (frames, skippable ones among them), xz (streams) and
 * bzip2 (streams), told by their first bytes; anything else passes through as it is. Bytes in,
 * bytes out, in bounded memory: a window of more than 128 MiB is refused. What was readable before
 * a fault has been written. */
typedef struct decant_unpacker decant_unpacker;

/* Opens an unpacker. `allocator`: NULL for malloc; copied. `write` gets the
 * unpacked bytes in pieces of at most 64 KiB, or of what was fed where that is not packed. */
DECANT_API decant_status decant_unpacker_open(decant_unpacker **ret,
                                              const decant_allocator *allocator, decant_write write,
                                              void *user);

/* Takes the next packed bytes, in chunks of any size, of which some may wait. DECANT_BAD_INPUT
 * where they are broken or need too large a window, DECANT_STOPPED where `write` says no: after a
 * failure every further call returns the same. */
DECANT_API decant_status decant_unpacker_feed(decant_unpacker *unpacker, const void *data,
                                              size_t size);

/* Ends the stream: DECANT_BAD_INPUT where that is in the midst of a member. */
DECANT_API decant_status decant_unpacker_finish(decant_unpacker *unpacker);

/* A sentence about the last failure, with the offset of the member in the packed bytes; "" if there
 * was none. */
DECANT_API const char *decant_unpacker_error(const decant_unpacker *unpacker);

/* "gzip", "zstd", "xz" or "bzip2"; "none" for bytes that are not packed, and while that is not
 * known yet: 10 bytes tell. */
DECANT_API const char *decant_unpacker_packing(const decant_unpacker *unpacker);

/* Frees everything. NULL is fine. */
DECANT_API void decant_unpacker_close(decant_unpacker *unpacker);

/* ---- records -------------------------------------------------------------------------------- */

/* How a stream is cut into records. */
typedef enum decant_framing {
    DECANT_LINES, /* JSON Lines: a record ends at LF or CR LF; a blank line is one too */
    DECANT_WARC   /* WARC 1.0 and 1.1, WET among them: responses and conversions are records */
} decant_framing;

/* A record of a stream. Lines tile the stream. Between WARC records lie those that were skipped,
 * and line breaks. */
typedef struct decant_record {
    uint64_t number;     /* in its stream, from 1; of WARC of those that are sent */
    uint64_t start, end; /* its bytes in the stream, the break of a line included */
    /* Of a line its bytes without the break, which stands behind them in memory: the line with it
     * ends at data + (end - start). Of a WARC record header and block. */
    const char *data;
    size_t size;
    /* NULL, or a sentence why it cannot be read. A WARC record over the limit has its first bytes
     * then; one that is cut short, whose header or length is broken, and bytes that are no record
     * reach as far as the next line that begins a header. */
    const char *fault;
    /* Non-zero for a piece that others follow. A line over the limit, or bytes that are no WARC
     * record, come in pieces of `limit` bytes and a last one, which has a line's break: all with
     * one number, and a fault. */
    int goes_on;
} decant_record;

typedef struct decant_framer decant_framer;

/* Opens a framer. `limit` is the most bytes of a record that are held, from 1. `allocator`: NULL
 * for malloc; copied. `each` gets every record in order, valid during the call;
 * one that returns non-zero stops with DECANT_STOPPED. */
DECANT_API decant_status decant_framer_open(decant_framer **ret, decant_framing framing,
                                            size_t limit, const decant_allocator *allocator,
                                            int (*each)(void *user, const decant_record *),
                                            void *user);

/* Takes the stream's next bytes, in chunks of any size: records do not depend on it. After a
 * failure every further call returns the same. */
DECANT_API decant_status decant_framer_feed(decant_framer *framer, const void *data, size_t size);

/* Ends the stream and sends what is left: a last line may lack its break, a WARC record that is cut
 * short has its fault. */
DECANT_API decant_status decant_framer_finish(decant_framer *framer);

/* How many WARC records were skipped, by type: the name of the type `index`, such as "request", and
 * in *count how many; NULL past the end. Types that the standard does not know are "other". */
DECANT_API const char *decant_framer_skipped(const decant_framer *framer, size_t index,
                                             uint64_t *count);

/* Frees everything. NULL is fine. */
DECANT_API void decant_framer_close(decant_framer *framer);

/* ---- what a WARC record holds --------------------------------------------------------------- */

/* A document as it was captured. Texts are NUL-terminated; NULL where the record does not tell.
 * Everything is valid until the reader's next call; what `body` points to may be the record. */
typedef struct decant_capture {
    const char *url, *date, *digest, *id; /* WARC-Target-URI, -Date, -Payload-Digest (else
                                             -Block-Digest), -Record-ID; no angle brackets */
    const char *type;                     /* media type in small letters, such as "text/html" */
    const char *charset;                  /* as Content-Type has it */
    int status;                           /* of HTTP, such as 200; 0 where there is none */
    decant_from from; /* DECANT_HTML for html and xhtml, DECANT_TEXT for text/plain and
                         conversions; DECANT_AUTO for what else there is, or no type at all */
    const char *body; /* transfer and content codings undone: chunked, gzip, deflate, br, zstd,
                         several in a row. What a crawler undid already is taken as it is. */
    size_t size;
    const char *fault; /* NULL, or a sentence what is wrong: what was readable is there */
} decant_capture;

typedef struct decant_capture_reader decant_capture_reader;

/* Opens a reader for one record after the other. `limit` is the most bytes of a decoded body, from
 * 1; a longer one is cut there and has a fault. `allocator`: NULL for malloc; copied.
 */
DECANT_API decant_status decant_capture_reader_open(decant_capture_reader **ret, size_t limit,
                                                    const decant_allocator *allocator);

/* Reads a record of DECANT_WARC, one with a fault too. */
DECANT_API decant_status decant_capture_read(decant_capture_reader *reader, const void *data,
                                             size_t size, decant_capture *capture);

/* Frees everything. NULL is fine. */
DECANT_API void decant_capture_reader_close(decant_capture_reader *reader);

/* ---- what a JSON line holds ----------------------------------------------------------------- */

/* The fields of a line that mean something. */
typedef enum decant_line_field {
    DECANT_LINE_TEXT,
    DECANT_LINE_HTML,
    DECANT_LINE_ID,
    DECANT_LINE_URL,
    DECANT_LINE_SITE,
    DECANT_LINE_FIELDS /* how many there are */
} decant_line_field;

/* Reads lines that are JSON objects, and writes them again with another string in one place. Strict
 * (RFC 8259), but for the bytes of strings, which may be any that are no control characters; lone
 * surrogates and \u0000 are fine, and so is a byte order mark in front. At most 1024 objects and
 * arrays deep. Of equal keys the last counts. */
typedef struct decant_line decant_line;

/* Opens a reader for one line after the other. `paths` has the DECANT_LINE_FIELDS keys of the
 * fields, NULL for a field that is not asked for: the keys from the outermost object on with dots
 * between them, as in "metadata.url"; a backslash before a dot or a backslash makes it part of a
 * key. No key is empty. Copied. `allocator`: NULL for malloc; copied. */
DECANT_API decant_status decant_line_open(decant_line **ret, const char *const *paths,
                                          const decant_allocator *allocator);

/* Reads a line, which has to stay until the next one is read. DECANT_BAD_INPUT where it is not one
 * JSON object: decant_line_error tells why. */
DECANT_API decant_status decant_line_read(decant_line *line, const void *data, size_t size);

/* A sentence about the last failure, with the offset in the line; "" if there was none. */
DECANT_API const char *decant_line_error(const decant_line *line);

/* The value of a field: non-zero if it is there and a string, or of DECANT_LINE_ID a number too,
 * which reads as it is written. Escapes are resolved: \u0000 is a NUL byte, a lone surrogate the
 * three bytes that UTF-8 would have for it. Valid until the next read. */
DECANT_API int decant_line_value(const decant_line *line, decant_line_field field,
                                 const char **text, size_t *size);

/* Where in the line's bytes that stands which stands at `offset` in the field's value; of its size,
 * where the value ends. 0 for a field without a value. */
DECANT_API uint64_t decant_line_offset(const decant_line *line, decant_line_field field,
                                       uint64_t offset);

/* Writes the line with what is kept and put between begin and end as the string of `field`; all
 * else as it was, byte for byte. The field has to be a string. A line's break is not written. */
DECANT_API decant_status decant_line_begin(decant_line *line, decant_line_field field,
                                           decant_write write, void *user);

/* Writes a range of the field's value as it was written there. DECANT_BAD_ARGUMENT where it begins
 * or ends within what one escape stands for. */
DECANT_API decant_status decant_line_keep(decant_line *line, uint64_t start, uint64_t end);

/* Writes other text, which should be UTF-8, with escapes where they are needed. */
DECANT_API decant_status decant_line_put(decant_line *line, const char *text, size_t size);
DECANT_API decant_status decant_line_end(decant_line *line);

/* Frees everything. NULL is fine. */
DECANT_API void decant_line_close(decant_line *line);

/* ---- logs ----------------------------------------------------------------------------------- */

typedef enum decant_log_text {
    DECANT_TEXT_FULL,    /* dropped bytes in full: what restoring needs */
    DECANT_TEXT_PREVIEW, /* the first words */
    DECANT_TEXT_NONE
} decant_log_text;

typedef struct decant_log_options {
    size_t size;
    const char *format;   /* "text" (a line a finding), "jsonl", or "explain" (every block, with
                             what speaks for its verdict); see decant_log_format */
    decant_log_text text; /* jsonl only */
    int color;            /* text and explain: non-zero for terminal colours */
    int width;            /* explain only: columns of a line, default 80 */
} decant_log_options;

#define DECANT_LOG_OPTIONS_INIT                                                                    \
    { sizeof(decant_log_options), "text", DECANT_TEXT_FULL, 0, 80 }

typedef struct decant_log decant_log;

/* Opens a log writer; its events are passed on from a caller's sink. Every call writes whole
 * lines. */
DECANT_API decant_status decant_log_open(decant_log **ret, const decant_log_options *options,
                                         const decant_allocator *allocator, decant_write write,
                                         void *user);
DECANT_API decant_status decant_log_start(decant_log *log, const char *document);

/* Tells that the document begun is of a record, and of which: what is logged of it then says so.
 * `line` and `field`, where it is the value of a field of a JSON line: findings then tell their
 * place in the line as well; else NULL. Copied, but for the line, which has to stay until the next
 * start. */
typedef struct decant_origin {
    const char *file;    /* the stream's name */
    uint64_t record;     /* its number there */
    uint64_t start, end; /* its bytes there, unpacked */
    const decant_line *line;
    decant_line_field field;
} decant_origin;
DECANT_API decant_status decant_log_origin(decant_log *log, const decant_origin *origin);

/* Why a document was not judged, or not to its end; closes its records. */
typedef struct decant_reject {
    const char *reason; /* a sentence without a final stop */
    const char *record; /* the record as it is, to be logged too; NULL: not */
    size_t size;
} decant_reject;
DECANT_API decant_status decant_log_reject(decant_log *log, const decant_reject *reject);

DECANT_API decant_status decant_log_judged(decant_log *log, const decant_judged *judged);
DECANT_API decant_status decant_log_dropped(decant_log *log, const decant_dropped *dropped);
DECANT_API decant_status decant_log_note(decant_log *log, const decant_note *note);
DECANT_API decant_status decant_log_summary(decant_log *log, const decant_summary *summary);
DECANT_API void decant_log_close(decant_log *log);

/* The name of the log format `index`; NULL past the end. */
DECANT_API const char *decant_log_format(size_t index);

#ifdef __cplusplus
}
#endif

#endif
