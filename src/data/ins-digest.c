/* ins-digest.c: SHA-256 of many bytes, fast where the processor helps
 *
 * FIPS 180-4.  On x86-64 with the SHA extensions a block takes about 64 instructions, some eight
 * times faster than GChecksum, which does the work everywhere else.  Time linear, memory constant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-digest.h"

#include <string.h>

#define DIGEST_STRIDE (1 << 20) /* bytes between two looks at the run */

char *
ins_digest_sha256_plain (const guint8 *data, gsize size, InsRun *run)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < size; i += DIGEST_STRIDE)
    {
      g_checksum_update (sum, data + i, MIN (DIGEST_STRIDE, size - i));
      if (!ins_run_tick (run))
        return NULL;
    }
  return g_strdup (g_checksum_get_string (sum));
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>

static const guint32 round_constants[64] __attribute__ ((aligned (16))) = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static gboolean
have_sha_instructions (void)
{
  unsigned a, b, c, d;

  if (!__get_cpuid (1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1))
    return FALSE;
  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* @state: a … h in order.  The instructions want (f, e, b, a) and (h, g, d, c), lowest lane first.
 */
__attribute__ ((target ("sha,sse4.1,ssse3"))) static void
digest_blocks (guint32 state[8], const guint8 *data, gsize n_blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef = _mm_set_epi32 (state[0], state[1], state[4], state[5]);
  __m128i cdgh = _mm_set_epi32 (state[2], state[3], state[6], state[7]);

  for (; n_blocks > 0; n_blocks--, data += 64)
    {
      const __m128i abef_before = abef, cdgh_before = cdgh;
      __m128i w[4]; /* the last 16 words of the schedule, four by four */

#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        {
          __m128i words, mixed;

          if (i < 4)
            words = _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i_u *)(data + 16 * i)), swap);
          else
            {
              const __m128i w16 = w[i & 3], w12 = w[(i + 1) & 3];
              const __m128i w8 = w[(i + 2) & 3], w4 = w[(i + 3) & 3];

              words = _mm_add_epi32 (_mm_sha256msg1_epu32 (w16, w12), _mm_alignr_epi8 (w4, w8, 4));
              words = _mm_sha256msg2_epu32 (words, w4);
            }
          w[i & 3] = words;
          mixed = _mm_add_epi32 (words, _mm_load_si128 ((const __m128i *)&round_constants[4 * i]));
          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, mixed);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (mixed, 0x0e));
        }
      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }
  state[0] = _mm_extract_epi32 (abef, 3);
  state[1] = _mm_extract_epi32 (abef, 2);
  state[4] = _mm_extract_epi32 (abef, 1);
  state[5] = _mm_extract_epi32 (abef, 0);
  state[2] = _mm_extract_epi32 (cdgh, 3);
  state[3] = _mm_extract_epi32 (cdgh, 2);
  state[6] = _mm_extract_epi32 (cdgh, 1);
  state[7] = _mm_extract_epi32 (cdgh, 0);
}

char *
ins_digest_sha256 (const guint8 *data, gsize size, InsRun *run)
{
  guint32 state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
  const gsize whole = size & ~(gsize)63;
  guint8 tail[128] = { 0 };
  gsize n_tail = size - whole < 56 ? 64 : 128;
  guint64 bits = GUINT64_TO_BE ((guint64)size * 8);
  char hex[65];

  if (!have_sha_instructions ())
    return ins_digest_sha256_plain (data, size, run);
  for (gsize i = 0; i < whole; i += DIGEST_STRIDE)
    {
      digest_blocks (state, data + i, MIN (DIGEST_STRIDE, whole - i) / 64);
      if (!ins_run_tick (run))
        return NULL;
    }
  if (size > whole)
    memcpy (tail, data + whole, size - whole);
  tail[size - whole] = 0x80;
  memcpy (tail + n_tail - 8, &bits, 8);
  digest_blocks (state, tail, n_tail / 64);
  for (int i = 0; i < 8; i++)
    g_snprintf (hex + 8 * i, 9, "%08x", state[i]);
  return g_strdup (hex);
}

#else

char *
ins_digest_sha256 (const guint8 *data, gsize size, InsRun *run)
{
  return ins_digest_sha256_plain (data, size, run);
}

#endif
