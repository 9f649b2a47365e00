/* ins-random.h: counter-based random numbers
 *
 * The number is a pure function of (seed, stream, index), so it does not matter which thread asks
 * or in which order: SplitMix64's finaliser (Steele, Lea, Flood 2014) over the mixed counters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline guint64
ins_random_mix (guint64 z)
{
  z += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* 64 uniform bits. */
static inline guint64
ins_random_bits (guint64 seed, guint64 stream, guint64 index)
{
  return ins_random_mix (ins_random_mix (ins_random_mix (seed) ^ stream) ^ index);
}

/* Uniform in [0, 1), 53 bits. */
static inline double
ins_random_double (guint64 seed, guint64 stream, guint64 index)
{
  return (double)(ins_random_bits (seed, stream, index) >> 11) * 0x1.0p-53;
}

/* Uniform in 0 … @n - 1; @n < 2^32. */
static inline guint32
ins_random_below (guint64 seed, guint64 stream, guint64 index, guint32 n)
{
  return (guint32)(((ins_random_bits (seed, stream, index) >> 32) * n) >> 32);
}

G_END_DECLS
