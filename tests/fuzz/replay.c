/* SPDX-License-Identifier: MIT
 * replay.c - a plain main() for a fuzz target: runs it on the files and folders named, prints TAP.
 */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path, const struct stat *about, int type, struct FTW *where) {
    (void)where;
    if (type != FTW_F) return 0;
    size_t size = (size_t)about->st_size;
    uint8_t *data = malloc(size ? size : 1);
    FILE *file = fopen(path, "rb");
    if (!data || !file || fread(data, 1, size, file) != size) {
        printf("Bail out! cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    /* A crash takes the process down, so its file is named before. */
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

int main(int count, char **paths) {
    printf("1..%d\n", count - 1);
    for (int i = 1; i < count; i++) {
        if (nftw(paths[i], replay_file, 16, FTW_PHYS)) {
            printf("Bail out! cannot read %s\n", paths[i]);
            return 1;
        }
        printf("ok %d - every file of %s is tiled\n", i, paths[i]);
    }
    return 0;
}
