/* SPDX-License-Identifier: MIT
 * A stranger's program: knows the installed decant.h alone and asks the library for its version. */
#include <decant.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    puts(decant_version());
    return strcmp(decant_version(), DECANT_VERSION) != 0;
}
