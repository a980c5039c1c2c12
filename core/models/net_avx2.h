/* SPDX-License-Identifier: MIT
 * net_avx2.h - what nets do most, on x86-64 processors with AVX2 (avx2_is_there). */
#ifndef MODELS_NET_AVX2_H
#define MODELS_NET_AVX2_H

#include <stddef.h>
#include <stdint.h>

/* Adds products as add_products of net.c does; `count` is a multiple of 16, `width` of 4. */
void avx2_add_products(const int16_t *weights, const int16_t *values, size_t width, size_t count,
                       int32_t *sums);

#endif
