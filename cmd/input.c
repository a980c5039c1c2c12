/* SPDX-License-Identifier: MIT
 * input.c - reading with every failure named: the file, the place and the cause. */
#include "input.h"

#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIP = 1024 }; /* so much is unpacked at a time */

const char *input_unnamed(void) {
    if (isatty(STDIN_FILENO)) complain("reading from the terminal; end with Ctrl-D");
    return "-";
}

static bool out_of_memory(Input *input) {
    complain("%s: %s", input->name, strerror(ENOMEM));
    input_close(input);
    return false;
}

bool input_open(Input *input, const char *path) {
    bool standard = !strcmp(path, "-");
    *input = (Input){.fd = STDIN_FILENO, .name = standard ? "standard input" : path};
    if (!standard) input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->fd < 0) complain("%s: %s", path, strerror(errno));
    if (input->fd < 0) return false;
    input->packed = malloc(INPUT_CHUNK);
    if (!input->packed || decant_unpacker_open(&input->unpacker, NULL, buffer_write, &input->ready))
        return out_of_memory(input);
    return true;
}

/* Reads the next chunk. False after complaining. */
static bool read_chunk(Input *input) {
    ssize_t got;
    do got = read(input->fd, input->packed, INPUT_CHUNK);
    while (got < 0 && errno == EINTR);
    const uint64_t before = input->offset + (input->ready.size - input->at);
    input->fed = 0;
    input->got = got > 0 ? (size_t)got : 0;
    input->taken += input->got;
    input->ended = got == 0;
    if (got < 0 && before)
        complain("%s: after %llu bytes: %s", input->name, (unsigned long long)before,
                 strerror(errno));
    else if (got < 0) complain("%s: %s", input->name, strerror(errno));
    return got >= 0;
}

/* Unpacks a sip of what was read, of which a little may become a lot. False after complaining. */
static bool unpack(Input *input) {
    const size_t left = input->got - input->fed, size = left < SIP ? left : SIP;
    const char *bytes = input->packed + input->fed;
    input->fed += size;
    decant_status status = input->ended ? decant_unpacker_finish(input->unpacker)
                                        : decant_unpacker_feed(input->unpacker, bytes, size);
    if (!status) return true;
    /* The buffer stops it where there is no memory. */
    const char *why = decant_unpacker_error(input->unpacker);
    if (status == DECANT_STOPPED || !*why)
        why = strerror(status == DECANT_BAD_INPUT ? EIO : ENOMEM);
    complain("%s: %s", input->name, why);
    input->is_broken = status == DECANT_BAD_INPUT;
    return false;
}

/* Sees to it that there are bytes to read. What was unpacked before a failure is read first. */
static void fill(Input *input) {
    buffer_clear(&input->ready);
    input->at = 0;
    while (!input->ready.size && !input->ended && !input->failed) {
        const bool good = input->fed < input->got || read_chunk(input);
        input->failed = !good || !unpack(input);
    }
}

ptrdiff_t input_read(Input *input, void *buffer, size_t size) {
    if (input->at == input->ready.size) fill(input);
    const size_t left = input->ready.size - input->at;
    if (!left) return input->failed ? -1 : 0;
    if (size > left) size = left;
    memcpy(buffer, input->ready.bytes + input->at, size);
    input->at += size;
    input->offset += size;
    return (ptrdiff_t)size;
}

bool input_waits(const Input *input) {
    struct pollfd look = {.fd = input->fd, .events = POLLIN};
    return input->at == input->ready.size && input->fed == input->got && !input->ended &&
           poll(&look, 1, 0) == 0;
}

uint64_t input_size(const Input *input) {
    struct stat status;
    const bool is_file = fstat(input->fd, &status) == 0 && S_ISREG(status.st_mode);
    return is_file ? (uint64_t)status.st_size : 0;
}

void input_close(Input *input) {
    if (input->fd > STDERR_FILENO) close(input->fd);
    decant_unpacker_close(input->unpacker);
    buffer_done(&input->ready);
    free(input->packed);
    *input = (Input){.fd = -1, .name = input->name};
}

char *input_slurp(const char *path, size_t limit, size_t *ret_size) {
    Input input;
    if (!input_open(&input, path)) return NULL;
    char *text = NULL;
    size_t size = 0, capacity = 0;
    for (;;) {
        if (size == capacity) {
            capacity += capacity + INPUT_CHUNK;
            char *grown = size <= limit ? realloc(text, capacity) : NULL;
            if (!grown) {
                complain("%s: %s", path, strerror(size <= limit ? ENOMEM : EFBIG));
                break;
            }
            text = grown;
        }
        ptrdiff_t got = input_read(&input, text + size, capacity - size);
        if (got < 0) break;
        if (got == 0) {
            input_close(&input);
            *ret_size = size;
            return text;
        }
        size += (size_t)got;
    }
    input_close(&input);
    free(text);
    return NULL;
}
