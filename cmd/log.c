/* SPDX-License-Identifier: MIT
 * log.c - sets a log writer up from settings: format, colours, how much text. */
#include "log.h"

#include "message.h"
#include <stdlib.h>
#include <sys/ioctl.h>

static bool colored(const Settings *settings, int fd) {
    if (settings->color != COLOR_AUTO) return settings->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    return is_terminal(fd) && !(no_color && *no_color);
}

/* How wide lines may be: as COLUMNS says, else as the terminal is. */
static int width_of(int fd) {
    enum { USUAL = 80, LEAST = 40, MOST = 1000 };
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    if (width <= 0 && ioctl(fd, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    if (width <= 0) return USUAL;
    return (int)(width < LEAST ? LEAST : width > MOST ? MOST : width);
}

bool log_open(decant_log **ret, const Settings *settings, const char *format, int fd,
              decant_write write, void *user) {
    decant_log_options options = DECANT_LOG_OPTIONS_INIT;
    options.format = format;
    options.text = (decant_log_text)settings->log_text;
    options.color = colored(settings, fd);
    options.width = width_of(fd);
    decant_status status = decant_log_open(ret, &options, NULL, write, user);
    if (status) complain("log: %s", decant_status_name(status));
    return !status;
}

bool log_failed(decant_status status) {
    if (status && status != DECANT_STOPPED) complain("log: %s", decant_status_name(status));
    return status != DECANT_OK;
}
