/* ins-customers.c: who the customer of each line is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-filter-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
ins_filter_normalise_id (const char *text)
{
  const char *p = text + (*text == '-');
  gsize digits = strspn (p, "0123456789");
  const char *rest = p + digits;

  if (digits > 0 && rest[0] == '.' && rest[1] == '0' && rest[1 + strspn (rest + 1, "0")] == 0)
    return g_strndup (text, rest - text);
  return g_strdup (text);
}

/* Texts that differ only in ".0" are one customer: @map gets each code's new number. */
static GPtrArray *
normalise_ids (const InsCodes *codes, guint32 *map, GHashTable *known)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint32 i = 0; i < codes->n; i++)
    {
      g_autofree char *id = ins_filter_normalise_id (codes->labels[i]);
      gpointer number;

      if (!g_hash_table_lookup_extended (known, id, NULL, &number))
        {
          number = GUINT_TO_POINTER (ids->len);
          g_hash_table_insert (known, id, number);
          g_ptr_array_add (ids, g_steal_pointer (&id));
        }
      map[i] = GPOINTER_TO_UINT (number);
    }
  return ids;
}

static gint64
next_free_id (gint64 id, GHashTable *known, char **text)
{
  for (;; id++)
    {
      *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      if (!g_hash_table_contains (known, *text))
        return id;
      g_free (*text);
    }
}

/* One new id per invoice that has lines without customer, in order of first appearance; an id that
 * a real customer has is passed over. */
static gboolean
make_up_ids (InsFilterWork *work, GPtrArray *ids, GHashTable *known, GError **error)
{
  g_autofree guint32 *of_invoice = g_new (guint32, MAX (work->invoice.n, 1));
  gint64 next = work->rules->first_anonymous_id;

  memset (of_invoice, 0xff, work->invoice.n * sizeof (guint32));
  if (next < 0 || next > G_MAXINT64 - G_MAXUINT32)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("The first made-up customer id, %ld, is out of range: choose a whole number "
                      "such as 19000."),
                   (long)next);
      return FALSE;
    }
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    {
      guint32 invoice = ins_codes_get (&work->invoice, i);

      if (work->customer[i] != INS_CODE_MISSING || invoice == INS_CODE_MISSING)
        continue;
      if (of_invoice[invoice] == INS_CODE_MISSING)
        {
          char *id;

          next = next_free_id (next, known, &id) + 1;
          of_invoice[invoice] = ids->len;
          g_ptr_array_add (ids, id);
        }
      work->customer[i] = of_invoice[invoice];
    }
  return TRUE;
}

gboolean
ins_filter_find_customers (InsFilterWork *work, GError **error)
{
  const InsColumn *column = ins_table_get (work->table, INS_ROLE_CUSTOMER);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree guint32 *map = NULL;
  gsize n = work->table->n_rows;
  gboolean found = TRUE;
  InsCodes codes;

  ins_codes_init (&codes, column, n);
  map = g_new (guint32, MAX (codes.n, 1));
  ids = normalise_ids (&codes, map, known);
  work->customer = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n && ins_filter_goes_on (work->run, i); i++)
    {
      guint32 code = ins_codes_get (&codes, i);

      work->customer[i] = code == INS_CODE_MISSING ? code : map[code];
    }
  ins_codes_clear (&codes);
  if (work->rules->anonymous == INS_ANONYMOUS_PER_INVOICE)
    found = make_up_ids (work, ids, known, error);
  work->n_ids = ids->len;
  g_ptr_array_add (ids, NULL);
  g_hash_table_remove_all (known);
  g_ptr_array_set_free_func (ids, NULL);
  work->ids = (char **)g_ptr_array_free (g_steal_pointer (&ids), FALSE);
  return found;
}
