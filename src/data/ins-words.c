/* ins-words.c: a dictionary of byte strings
 *
 * Linear probing in a table at most half full; the upper half of a slot keeps 32 bits of the hash,
 * so that a word's bytes are compared nearly only when they are equal.  Time O(length) a word,
 * memory the distinct bytes + 16 … 32 bytes a word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-words.h"

#include <string.h>

#define FIRST_SLOTS 16

static inline guint64
read_8 (const guint8 *p)
{
  guint64 x;

  memcpy (&x, p, 8);
  return x;
}

static inline guint64
read_4 (const guint8 *p)
{
  guint32 x;

  memcpy (&x, p, 4);
  return x;
}

/* Both halves of the full product, folded: every bit of @a reaches every bit of the result. */
static inline guint64
fold (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128)a * b;

  return (guint64)product ^ (guint64)(product >> 64);
}

static inline guint64
hash_bytes (const guint8 *p, gsize length)
{
  const guint64 k1 = G_GUINT64_CONSTANT (0x9fb21c651e98df25);
  const guint64 k2 = G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  guint64 h = k2 ^ length;
  guint64 tail;

  if (length >= 8)
    {
      for (gsize i = 0; i + 8 < length; i += 8)
        h = fold (h ^ read_8 (p + i), k1);
      tail = read_8 (p + length - 8);
    }
  else if (length >= 4)
    tail = read_4 (p) << 32 | read_4 (p + length - 4);
  else if (length > 0)
    tail = (guint64)p[0] << 16 | (guint64)p[length / 2] << 8 | p[length - 1];
  else
    tail = 0;
  return fold (h ^ tail, k2);
}

void
ins_words_clear (InsWords *words)
{
  g_free (words->bytes);
  g_free (words->begin);
  g_free (words->slots);
  memset (words, 0, sizeof *words);
}

static void
grow_slots (InsWords *words)
{
  guint64 *old = words->slots;
  gsize n_old = old ? (gsize)words->mask + 1 : 0;
  gsize n_new = n_old ? 2 * n_old : FIRST_SLOTS;

  words->slots = g_new0 (guint64, n_new);
  words->mask = n_new - 1;
  for (gsize i = 0; i < n_old; i++)
    if (old[i] != 0)
      {
        /* The hash's lowest bits are the upper half's lowest ones. */
        guint32 at = (guint32)(old[i] >> 32) & words->mask;

        while (words->slots[at] != 0)
          at = (at + 1) & words->mask;
        words->slots[at] = old[i];
      }
  g_free (old);
}

static void
append (InsWords *words, const guint8 *bytes, gsize length)
{
  gsize used = words->n > 0 ? words->begin[words->n] : 0;

  if (used + length > words->room)
    {
      words->room = MAX (used + length, words->room + words->room / 2 + 64);
      words->bytes = g_realloc (words->bytes, words->room);
    }
  if (words->n + 1 >= words->words_room)
    {
      words->words_room = words->words_room + words->words_room / 2 + FIRST_SLOTS;
      words->begin = g_renew (gsize, words->begin, words->words_room);
    }
  if (length > 0)
    memcpy (words->bytes + used, bytes, length);
  words->begin[words->n] = used;
  words->begin[words->n + 1] = used + length;
  words->n++;
}

guint32
ins_words_add_slow (InsWords *words, const guint8 *bytes, gsize length)
{
  guint64 hash = hash_bytes (bytes, length) >> 32;
  guint32 at;

  if (2 * ((guint64)words->n + 1) > (words->slots ? (guint64)words->mask + 1 : 0))
    grow_slots (words);
  for (at = hash & words->mask; words->slots[at] != 0; at = (at + 1) & words->mask)
    if (words->slots[at] >> 32 == hash)
      {
        guint32 i = (guint32)words->slots[at] - 1;
        gsize known_length;
        const guint8 *known = ins_words_get (words, i, &known_length);

        if (known_length == length && memcmp (known, bytes, length) == 0)
          return words->last = i;
      }
  append (words, bytes, length);
  words->slots[at] = hash << 32 | words->n;
  return words->last = words->n - 1;
}
