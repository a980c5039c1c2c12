/* SPDX-License-Identifier: MIT
 * mapping.c - mmap with every failure named. */
#include "mapping.h"

#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool mapping_open(Mapping *mapping, const char *path) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat about = {0};
    void *bytes = MAP_FAILED;
    *mapping = (Mapping){.bytes = NULL};
    if (fd >= 0 && fstat(fd, &about) == 0) {
        if (S_ISREG(about.st_mode) && about.st_size > 0)
            bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, fd, 0);
        else errno = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
    }
    if (bytes == MAP_FAILED) complain("%s: %s", path, strerror(errno));
    else *mapping = (Mapping){bytes, (size_t)about.st_size};
    if (fd >= 0) close(fd);
    return mapping->bytes != NULL;
}

void mapping_close(Mapping *mapping) {
    if (mapping->bytes) munmap(mapping->bytes, mapping->size);
    *mapping = (Mapping){.bytes = NULL};
}
