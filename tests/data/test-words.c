/* test-words.c: the dictionary of byte strings against a hash table of GLib's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-words.h"

#include <string.h>

#include "base/ins-random.h"

static void
assert_word (const InsWords *words, guint32 i, const void *bytes, gsize length)
{
  gsize got_length;
  const guint8 *got = ins_words_get (words, i, &got_length);

  g_assert_cmpmem (got, got_length, bytes, length);
}

static void
test_order (void)
{
  InsWords words = { 0 };

  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"pear", 4), ==, 0);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"fig", 3), ==, 1);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"fig", 3), ==, 1);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"", 0), ==, 2);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"pear", 4), ==, 0);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"pears", 5), ==, 3);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"\0", 1), ==, 4);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"\0\0", 2), ==, 5);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"", 0), ==, 2);
  g_assert_cmpuint (words.n, ==, 6);
  assert_word (&words, 3, "pears", 5);
  assert_word (&words, 2, "", 0);
  ins_words_clear (&words);
  g_assert_cmpuint (words.n, ==, 0);
  g_assert_cmpuint (ins_words_add (&words, (const guint8 *)"fig", 3), ==, 0); /* starts anew */
  ins_words_clear (&words);
}

/* Words that share beginnings, ends and lengths, most of them seen before. */
static void
test_many (void)
{
  InsWords words = { 0 };
  g_autoptr (GHashTable) known =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint64 round = 0; round < 60000; round++)
    {
      guint8 bytes[40];
      gsize length = ins_random_below (11, round, 0, 1 + round % 40);
      GBytes *key;
      gpointer expected;

      memset (bytes, 'a', sizeof bytes);
      for (guint i = 0; i < 3 && length > 0; i++)
        bytes[ins_random_below (11, round, 1 + i, (guint32)length)] =
            (guint8)ins_random_below (11, round, 9 + i, 6);
      key = g_bytes_new (bytes, length);
      if (!g_hash_table_lookup_extended (known, key, NULL, &expected))
        {
          expected = GUINT_TO_POINTER (order->len);
          g_hash_table_insert (known, key, expected);
          g_ptr_array_add (order, key);
        }
      else
        g_bytes_unref (key);
      g_assert_cmpuint (ins_words_add (&words, bytes, length), ==, GPOINTER_TO_UINT (expected));
    }
  g_assert_cmpuint (order->len, >, 10000);
  g_assert_cmpuint (order->len, <, 50000);
  g_assert_cmpuint (words.n, ==, order->len);
  for (guint i = 0; i < order->len; i++)
    {
      gsize length;
      const void *bytes = g_bytes_get_data (order->pdata[i], &length);
      assert_word (&words, i, bytes, length);
    }
  ins_words_clear (&words);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/order", test_order);
  g_test_add_func ("/words/many", test_many);
  return g_test_run ();
}
