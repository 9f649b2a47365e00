/* ins-codes.c: any column as dense codes
 *
 * Open addressing over 64-bit keys; lines that repeat the value of the line before skip the table.
 * O(lines) time, O(different values) memory besides the codes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-codes.h"

#include "base/ins-random.h"

#include <math.h>
#include <string.h>

typedef struct
{
  guint64 *keys;
  guint32 *codes; /* INS_CODE_MISSING = free */
  gsize size;     /* a power of two */
  guint32 n;
} Numbering;

static void
numbering_resize (Numbering *self, gsize size)
{
  g_autofree guint64 *keys = self->keys;
  g_autofree guint32 *codes = self->codes;
  gsize old = self->size;

  self->keys = g_new (guint64, size);
  self->codes = g_new (guint32, size);
  self->size = size;
  memset (self->codes, 0xff, size * sizeof (guint32));
  for (gsize i = 0; i < old; i++)
    {
      gsize at = ins_random_mix (keys[i]) & (size - 1);

      if (codes[i] == INS_CODE_MISSING)
        continue;
      while (self->codes[at] != INS_CODE_MISSING)
        at = (at + 1) & (size - 1);
      self->keys[at] = keys[i];
      self->codes[at] = codes[i];
    }
}

/* @is_new: set where @key got a new number */
static guint32
numbering_get (Numbering *self, guint64 key, gboolean *is_new)
{
  gsize at = ins_random_mix (key) & (self->size - 1);

  while (self->codes[at] != INS_CODE_MISSING)
    {
      if (self->keys[at] == key)
        {
          *is_new = FALSE;
          return self->codes[at];
        }
      at = (at + 1) & (self->size - 1);
    }
  self->keys[at] = key;
  self->codes[at] = self->n++;
  *is_new = TRUE;
  if (self->n * 2 > self->size)
    {
      numbering_resize (self, self->size * 2);
      return self->n - 1;
    }
  return self->codes[at];
}

static gboolean
column_is_missing (const InsColumn *column, gsize row)
{
  if (column->type == INS_COLUMN_DATE)
    return column->days[row] == INS_DATE_MISSING;
  return column->scaled ? column->scaled[row] == INS_SCALED_MISSING : isnan (column->values[row]);
}

static guint64
column_key (const InsColumn *column, gsize row)
{
  guint64 key;

  if (column->type == INS_COLUMN_DATE)
    return (guint64)column->days[row];
  if (column->scaled)
    return (guint64)column->scaled[row];
  memcpy (&key, &column->values[row], sizeof key);
  return key;
}

static char *
column_label (const InsColumn *column, gsize row)
{
  char buffer[INS_TEXT_SIZE];

  if (column->type == INS_COLUMN_DATE)
    return g_strdup (ins_date_to_text (column->days[row], buffer));
  if (column->scaled && column->decimals == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, column->scaled[row]);
  return g_strdup (ins_double_to_text (ins_column_get_number (column, row), buffer));
}

static void
number_column (InsCodes *codes, const InsColumn *column, gsize n_rows)
{
  Numbering numbering = { 0 };
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint64 last_key = 0;
  guint32 last = INS_CODE_MISSING;

  numbering_resize (&numbering, 1024);
  codes->owned_codes = g_new (guint32, MAX (n_rows, 1));
  for (gsize i = 0; i < n_rows; i++)
    {
      guint64 key;
      gboolean is_new;

      codes->owned_codes[i] = INS_CODE_MISSING;
      if (column_is_missing (column, i))
        continue;
      key = column_key (column, i);
      if (last == INS_CODE_MISSING || key != last_key)
        {
          last = numbering_get (&numbering, key, &is_new);
          last_key = key;
          if (is_new)
            g_ptr_array_add (labels, column_label (column, i));
        }
      codes->owned_codes[i] = last;
    }
  codes->n = numbering.n;
  codes->codes = codes->owned_codes;
  g_ptr_array_add (labels, NULL);
  codes->owned_labels = (char **)g_ptr_array_free (g_steal_pointer (&labels), FALSE);
  codes->labels = codes->owned_labels;
  g_free (numbering.keys);
  g_free (numbering.codes);
}

void
ins_codes_init (InsCodes *codes, const InsColumn *column, gsize n_rows)
{
  g_return_if_fail (codes != NULL);

  *codes = (InsCodes){ 0 };
  if (!column)
    return;
  if (column->type != INS_COLUMN_TEXT)
    {
      number_column (codes, column, n_rows);
      return;
    }
  codes->codes = column->codes;
  codes->n = column->n_words;
  codes->labels = column->words;
}

void
ins_codes_clear (InsCodes *codes)
{
  g_free (codes->owned_codes);
  g_strfreev (codes->owned_labels);
  *codes = (InsCodes){ 0 };
}
