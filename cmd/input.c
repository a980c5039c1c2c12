/* SPDX-License-Identifier: MIT
 * input.c - reading with every failure named: the file, the place and the cause. */
#include "input.h"

#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *input_unnamed(void) {
    if (isatty(STDIN_FILENO)) complain("reading from the terminal; end with Ctrl-D");
    return "-";
}

bool input_open(Input *input, const char *path) {
    bool standard = !strcmp(path, "-");
    *input = (Input){.fd = STDIN_FILENO, .name = standard ? "standard input" : path};
    if (!standard) input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->fd < 0) complain("%s: %s", path, strerror(errno));
    return input->fd >= 0;
}

ptrdiff_t input_read(Input *input, void *buffer, size_t size) {
    ssize_t got;
    do got = read(input->fd, buffer, size);
    while (got < 0 && errno == EINTR);
    if (got > 0) input->offset += (uint64_t)got;
    if (got < 0 && input->offset)
        complain("%s: after %llu bytes: %s", input->name, (unsigned long long)input->offset,
                 strerror(errno));
    else if (got < 0) complain("%s: %s", input->name, strerror(errno));
    return got;
}

bool input_waits(const Input *input) {
    struct pollfd look = {.fd = input->fd, .events = POLLIN};
    return poll(&look, 1, 0) == 0;
}

void input_close(Input *input) {
    if (input->fd > STDERR_FILENO) close(input->fd);
    input->fd = -1;
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
