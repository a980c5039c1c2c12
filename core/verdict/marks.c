/* SPDX-License-Identifier: MIT
 * marks.c - compares how two parts of a text are typed. */
#include "verdict/marks.h"

int16_t marks_apart(Typed a, Typed b) {
    const uint64_t n = (uint64_t)a.plain + a.set, m = (uint64_t)b.plain + b.set;
    if (!n || !m) return -1;
    const int64_t apart = (int64_t)(a.set * 1000ull / n) - (int64_t)(b.set * 1000ull / m);
    const uint64_t few = n * m * 10000 / (n + m);
    const int64_t weight = root(few < UINT32_MAX ? few : UINT32_MAX); /* a hundred times */
    return clamp16((apart < 0 ? -apart : apart) * weight / 1000);
}
