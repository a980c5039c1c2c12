/* SPDX-License-Identifier: MIT
 * profile.c - decant profile show: what a profile knows, in a form to be read. */
#include "commands.h"

#include "decant.h"
#include "mapping.h"
#include "message.h"
#include "output.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The site whose lines are being printed. */
typedef struct Showing {
    Output output;
    char *site;
    size_t site_size;
    bool any;
} Showing;

static int write_printable(Output *output, const char *text, size_t size) {
    int failed = 0;
    for (size_t i = 0; i < size && !failed; i++) {
        const unsigned char byte = (unsigned char)text[i];
        failed = byte < ' ' || byte == 0x7F ? output_text(output, " ")
                                            : output_write(output, text + i, 1);
    }
    return failed;
}

/* Begins a site; complains where there is no memory. */
static int begin_site(Showing *showing, const decant_profile_line *line) {
    const bool is_same = showing->any && showing->site_size == line->site_size &&
                         memcmp(showing->site, line->site, line->site_size) == 0;
    if (is_same) return 0;
    free(showing->site);
    showing->site = malloc(line->site_size + 1);
    if (!showing->site) {
        complain("out of memory");
        return -1;
    }
    if (line->site_size) memcpy(showing->site, line->site, line->site_size);
    showing->site_size = line->site_size;
    showing->any = true;
    return output_text(&showing->output, "\n") ||
           (line->site_size ? write_printable(&showing->output, line->site, line->site_size)
                            : output_text(&showing->output, "(no site)")) ||
           output_format(&showing->output, ": %" PRIu64 " documents\n%6s %6s %6s %6s  line\n",
                         line->documents, "share", "head", "middle", "tail");
}

static int on_line(void *user, const decant_profile_line *line) {
    Showing *showing = user;
    const uint64_t holders = line->head + line->middle + line->tail;
    const uint64_t share = line->documents ? holders * 100 / line->documents : 0;
    if (begin_site(showing, line)) return 1;
    return output_format(&showing->output,
                         "%5" PRIu64 "%% %6" PRIu64 " %6" PRIu64 " %6" PRIu64 "  ",
                         share < 100 ? share : 100, line->head, line->middle, line->tail) ||
           write_printable(&showing->output, line->text, line->text_size) ||
           output_text(&showing->output, "\n");
}

static int write_facts(Output *output, const decant_profile_facts *facts) {
    return output_format(
        output,
        "documents learned: %" PRIu64 "\n"
        "lines counted: %" PRIu64 ", each at most %" PRIu64 " too high (98 %% of them)\n"
        "texts known: %" PRIu64 " documents, %" PRIu64 " hashes of five words in a row, 1 in %d\n"
        "size: at most %" PRIu64 " bytes\n",
        facts->documents, facts->lines, facts->line_error, facts->known, facts->words,
        1 << facts->thinned, facts->size);
}

static bool show(const Settings *settings, const char *path, Showing *showing) {
    decant_profile_facts facts;
    Mapping mapping;
    if (!mapping_open(&mapping, path)) return false;
    bool good = !decant_profile_info(mapping.bytes, mapping.size, &facts);
    if (!good) complain("%s: no profile that this version reads, or a damaged one", path);
    good = good && (settings->site || !write_facts(&showing->output, &facts));
    good = good && !decant_profile_lines(mapping.bytes, mapping.size, settings->site,
                                         settings->share, on_line, showing);
    mapping_close(&mapping);
    return good;
}

int profile_run(const Settings *settings) {
    Showing showing = {.site = NULL};
    if (strcmp(settings->operands.items[0], "show") != 0) {
        complain("profile: there is no '%s' (try: decant profile show FILE)",
                 settings->operands.items[0]);
        return EXIT_TROUBLE;
    }
    if (!output_open(&showing.output, NULL)) return EXIT_TROUBLE;
    bool good = show(settings, settings->operands.items[1], &showing);
    free(showing.site);
    return output_close(&showing.output, good) && good ? EXIT_FINE : EXIT_TROUBLE;
}
