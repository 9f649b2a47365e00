/* ins-words.h: a dictionary of byte strings: each gets a number in order of first appearance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InsWords:
 * @bytes: all words, one behind the other
 * @begin: n + 1 offsets into @bytes
 * @slots: open addressing, 2^k; a slot is hash (upper half) and number + 1 (lower half), 0 = free
 * @last: number of the word asked for last: columns of real files repeat themselves
 *
 * Fields are private to ins-words.
 */
typedef struct
{
  guint8 *bytes;
  gsize room;
  gsize *begin;
  guint32 n;
  guint32 words_room;
  guint64 *slots;
  guint32 mask;
  guint32 last;
} InsWords;

void ins_words_clear (InsWords *words);

/* The number of the word, added if it is new.  @words may be filled with zeros at first. */
guint32 ins_words_add_slow (InsWords *words, const guint8 *bytes, gsize length);

static inline const guint8 *
ins_words_get (const InsWords *words, guint32 i, gsize *length)
{
  *length = words->begin[i + 1] - words->begin[i];
  return words->bytes + words->begin[i];
}

static inline guint32
ins_words_add (InsWords *words, const guint8 *bytes, gsize length)
{
  if (words->n > 0)
    {
      gsize last_length;
      const guint8 *last = ins_words_get (words, words->last, &last_length);

      /* as long as every word is empty there are no bytes */
      if (last_length == length && (length == 0 || __builtin_memcmp (last, bytes, length) == 0))
        return words->last;
    }
  return ins_words_add_slow (words, bytes, length);
}

G_END_DECLS
