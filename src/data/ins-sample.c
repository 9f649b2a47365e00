/* ins-sample.c: the beginning of a file, cut by one delimiter, for guessing its layout
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-sample.h"

#include "data/ins-looks.h"
#include "data/ins-roles.h"

#include <string.h>

#define SAMPLE_BYTES (1 << 17)
#define SAMPLE_RECORDS 500
#define TITLES_MOST 20 /* records of the table's width that can stand above the names */

static void
take_field (void *bytes, size_t length, void *data)
{
  InsSample *s = data;

  if (s->sink.n_fields++ <= INS_COLUMNS_MAX) /* one more shows that there are too many */
    g_ptr_array_add (s->fields, ins_encoding_decode (s->scan->encoding, bytes, MIN (length, 1000)));
}

static InsSample *
sample_alloc (const InsScan *scan)
{
  InsSample *s = g_new0 (InsSample, 1);

  s->scan = scan;
  s->fields = g_ptr_array_new_with_free_func (g_free);
  s->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  return s;
}

void
ins_sample_free (InsSample *s)
{
  g_ptr_array_unref (s->fields);
  g_array_unref (s->ends);
  g_free (s);
}

static guint
sample_begin (const InsSample *s, guint record)
{
  return record == 0 ? 0 : g_array_index (s->ends, guint, record - 1);
}

guint
ins_sample_width (const InsSample *s, guint record)
{
  return g_array_index (s->ends, guint, record) - sample_begin (s, record);
}

const char *
ins_sample_field (const InsSample *s, guint record, guint column)
{
  return column < ins_sample_width (s, record) ? s->fields->pdata[sample_begin (s, record) + column]
                                               : NULL;
}

/* The most frequent number of fields, one field not counted; of equals the larger. */
static void
find_modal (InsSample *s)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer width, count;

  for (guint r = 0; r < s->ends->len; r++)
    {
      gpointer key = GUINT_TO_POINTER (ins_sample_width (s, r));

      if (ins_sample_width (s, r) < 2)
        continue;
      count = g_hash_table_lookup (counts, key);
      g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &width, &count))
    if (GPOINTER_TO_UINT (count) > s->n_modal
        || (GPOINTER_TO_UINT (count) == s->n_modal && GPOINTER_TO_UINT (width) > s->modal))
      {
        s->modal = GPOINTER_TO_UINT (width);
        s->n_modal = GPOINTER_TO_UINT (count);
      }
}

gboolean
ins_sample_is_value (const char *field)
{
  InsLook look = ins_look_at (field);

  return (look != INS_LOOK_TEXT && look != INS_LOOK_MISSING) || ins_word_is_date (field);
}

/* ---- titles ---- */

static gboolean
has_known_names (const InsSample *s, guint record)
{
  guint n_known = 0;

  for (guint c = 0; c < ins_sample_width (s, record); c++)
    n_known += ins_role_knows_name (ins_sample_field (s, record, c));
  return n_known >= 2;
}

static gboolean
has_values (const InsSample *s, guint record)
{
  for (guint c = 0; c < ins_sample_width (s, record); c++)
    if (ins_sample_is_value (ins_sample_field (s, record, c)))
      return TRUE;
  return FALSE;
}

/* No value, and words where values stand below. */
static gboolean
stands_above_values (const InsSample *s, guint record)
{
  return record + 1 < s->ends->len && !has_values (s, record) && has_values (s, record + 1);
}

/* Whether the record is no part of the table: of another width, or mostly blank behind its first
 * field, as spreadsheets fill up a title. */
static gboolean
is_off_table (const InsSample *s, guint record)
{
  guint n_filled = 0;

  if (ins_sample_width (s, record) != s->modal)
    return TRUE;
  for (guint c = 0; c < s->modal; c++)
    n_filled += *ins_sample_field (s, record, c) != '\0';
  return n_filled == 0 || (2 * n_filled <= s->modal && *ins_sample_field (s, record, 0) != '\0');
}

/* How many records stand above the names, if there are any. */
static guint
count_titles (const InsSample *s)
{
  guint n = 0;

  if (s->modal < 2 || s->scan->dialect.header == 0 || s->scan->dialect.header_line > 0)
    return 0;
  while (n < s->ends->len && is_off_table (s, n) && !has_known_names (s, n))
    n++;
  if (n == s->ends->len || is_off_table (s, n))
    return 0;
  /* A title can by chance be as wide as the table. */
  for (guint r = n; r < MIN (s->ends->len, n + TITLES_MOST) && !has_values (s, r); r++)
    if (has_known_names (s, r))
      return is_off_table (s, r) || !stands_above_values (s, r) ? n : r;
  return n;
}

static void
drop_records (InsSample *s, guint n)
{
  guint n_fields = sample_begin (s, n);

  g_ptr_array_remove_range (s->fields, 0, n_fields);
  g_array_remove_range (s->ends, 0, n);
  for (guint r = 0; r < s->ends->len; r++)
    g_array_index (s->ends, guint, r) -= n_fields;
  s->n_titles += n;
}

void
ins_sample_drop_titles (InsSample *s)
{
  guint n = count_titles (s);

  if (n > 0 && 2 * s->n_modal >= s->ends->len && stands_above_values (s, n))
    drop_records (s, n);
}

/* ---- rating ---- */

static gboolean
record_is_dirty (const InsSample *s, guint record, char delimiter)
{
  for (guint c = 0; c < ins_sample_width (s, record); c++)
    {
      const char *field = ins_sample_field (s, record, c);

      for (const char *p = "\t;|"; *p; p++)
        if (*p != delimiter && strchr (field, *p))
          return TRUE;
    }
  return FALSE;
}

static void
rate (InsSample *s, char delimiter)
{
  guint n;

  find_modal (s);
  n = count_titles (s);
  if (n > 0 && has_known_names (s, n))
    drop_records (s, n);
  n = s->ends->len;
  for (guint r = 0; r < n; r++)
    s->n_dirty += record_is_dirty (s, r, delimiter);
  if (n == 0 || s->modal < 2)
    return;
  s->score = (double)s->n_modal / n * (1 - 0.5 * s->n_dirty / n);
  /* The first line is nearly always of full width: names, or data like the others. */
  if (ins_sample_width (s, 0) == s->modal)
    s->score += 0.1;
  else if (ins_sample_width (s, 0) == 1)
    s->score *= 0.5; /* what cuts only the lines below may stand in their texts */
}

InsSample *
ins_sample_new (const InsScan *scan, gsize end, char delimiter, char quote)
{
  InsSample *s = sample_alloc (scan);
  InsReader reader;
  InsRecordState state;

  ins_reader_init (&reader, scan->text, end, delimiter, quote, take_field, &s->sink);
  ins_reader_seek (&reader, scan->begin, scan->begin_line);
  while (s->ends->len < SAMPLE_RECORDS && (state = ins_reader_next (&reader)) != INS_RECORD_END)
    {
      if (state == INS_RECORD_FINE)
        g_array_append_val (s->ends, s->fields->len);
      else
        g_ptr_array_set_size (s->fields, sample_begin (s, s->ends->len));
    }
  ins_reader_clear (&reader);
  rate (s, delimiter);
  return s;
}

gsize
ins_sample_end (const InsScan *scan)
{
  gsize end = MIN (scan->size, scan->begin + SAMPLE_BYTES);

  if (end == scan->size)
    return end;
  while (end > scan->begin && scan->text[end - 1] != '\n' && scan->text[end - 1] != '\r')
    end--;
  return end > scan->begin ? end : MIN (scan->size, scan->begin + SAMPLE_BYTES);
}
