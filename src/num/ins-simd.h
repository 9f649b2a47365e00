/* ins-simd.h: one kernel, two instruction sets, the same bits
 *
 * A hot loop is written once, in plain C that the compiler vectorises, as NAME_body().
 * INS_KERNEL() compiles it for the baseline and, on x86-64, for AVX2, and picks at run time.  The
 * loops work element by element or reduce in a fixed tree, and contraction is off, so that the
 * width of the vectors does not show in the result.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INS_ALWAYS_INLINE static inline __attribute__ ((always_inline))

/* For tests: keeps to the baseline. */
extern gboolean ins_simd_narrow;

#if defined(__x86_64__) && defined(__GNUC__)

static inline gboolean
ins_simd_is_wide (void)
{
  return __builtin_cpu_supports ("avx2") && !ins_simd_narrow;
}

#define INS_KERNEL(name, params, args)                                                             \
  __attribute__ ((target ("avx2"), noinline)) static void name##_wide params { name##_body args; } \
  __attribute__ ((noinline)) static void name##_baseline params { name##_body args; }              \
  static inline void name params                                                                   \
  {                                                                                                \
    if (ins_simd_is_wide ())                                                                       \
      name##_wide args;                                                                            \
    else                                                                                           \
      name##_baseline args;                                                                        \
  }

#else

#define INS_KERNEL(name, params, args)                                                             \
  static inline void name params { name##_body args; }

#endif

/* The statement @few (d) with a number of columns that the compiler knows, up to 6, or else @many.
 */
#define INS_BY_COLUMNS(d, few, many)                                                               \
  switch (d)                                                                                       \
    {                                                                                              \
    case 1:                                                                                        \
      few (1);                                                                                     \
      break;                                                                                       \
    case 2:                                                                                        \
      few (2);                                                                                     \
      break;                                                                                       \
    case 3:                                                                                        \
      few (3);                                                                                     \
      break;                                                                                       \
    case 4:                                                                                        \
      few (4);                                                                                     \
      break;                                                                                       \
    case 5:                                                                                        \
      few (5);                                                                                     \
      break;                                                                                       \
    case 6:                                                                                        \
      few (6);                                                                                     \
      break;                                                                                       \
    default:                                                                                       \
      many;                                                                                        \
      break;                                                                                       \
    }

/* Adds 64 numbers as a tree; @v is overwritten. */
INS_ALWAYS_INLINE double
ins_simd_sum64 (double *v)
{
  for (gsize i = 0; i < 32; i++)
    v[i] += v[i + 32];
  for (gsize i = 0; i < 16; i++)
    v[i] += v[i + 16];
  for (gsize i = 0; i < 8; i++)
    v[i] += v[i + 8];
  for (gsize i = 0; i < 4; i++)
    v[i] += v[i + 4];
  return (v[0] + v[2]) + (v[1] + v[3]);
}

/* The largest of 64 numbers; @v is overwritten. */
INS_ALWAYS_INLINE double
ins_simd_max64 (double *v)
{
  for (gsize i = 0; i < 32; i++)
    v[i] = v[i] > v[i + 32] ? v[i] : v[i + 32];
  for (gsize i = 0; i < 16; i++)
    v[i] = v[i] > v[i + 16] ? v[i] : v[i + 16];
  for (gsize i = 0; i < 8; i++)
    v[i] = v[i] > v[i + 8] ? v[i] : v[i + 8];
  for (gsize i = 0; i < 4; i++)
    v[i] = v[i] > v[i + 4] ? v[i] : v[i + 4];
  return MAX (MAX (v[0], v[2]), MAX (v[1], v[3]));
}

G_END_DECLS
