/* ins-services.c: product codes that look like services
 *
 * Postage, fees, samples, vouchers and corrections stand among the products of every shop's export.
 * Their codes are proposed in groups, with what each group carries, so that a person can decide.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-filter-private.h"
#include "data/ins-pick.h"

#include <string.h>

/* In the order proposed; a code belongs to the first group that takes it. */
static const char *const patterns[] = {
  INS_PICK_NO_DIGIT, "C2",       "gift_*",    "GIFT*",     "C3",       "TEST*",
  "ADJUST*",         "POSTAGE*", "SHIPPING*", "DELIVERY*", "FREIGHT*", "CARRIAGE*",
  "DISCOUNT*",       "VOUCHER*", "COUPON*",   "AMAZON*",   "MANUAL*",  "SAMPLE*",
};

/* Per word its group, or G_N_ELEMENTS (patterns). */
static guint8 *
assign_groups (const InsCodes *product)
{
  guint8 *group = g_new (guint8, MAX (product->n, 1));

  memset (group, G_N_ELEMENTS (patterns), MAX (product->n, 1));
  for (gsize p = G_N_ELEMENTS (patterns); p-- > 0;)
    {
      g_autofree guint8 *marks = ins_pick_mark (patterns[p], TRUE, product->labels, product->n);

      for (guint32 i = 0; i < product->n; i++)
        if (marks[i])
          group[i] = p;
    }
  return group;
}

typedef struct
{
  const char *code;
  guint64 lines;
} Code;

static int
code_compare (const void *left, const void *right)
{
  const Code *a = left, *b = right;

  if (a->lines != b->lines)
    return a->lines > b->lines ? -1 : 1;
  return strcmp (a->code, b->code);
}

/* The codes of one group that occur, the most frequent first. */
static char *
list_codes (const InsCodes *product, const guint8 *group, const guint64 *lines, gsize wanted)
{
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (Code));
  GString *text = g_string_new (NULL);

  for (guint32 i = 0; i < product->n; i++)
    if (group[i] == wanted && lines[i] > 0)
      {
        Code code = { product->labels[i], lines[i] };

        g_array_append_val (codes, code);
      }
  g_array_sort (codes, code_compare);
  for (guint i = 0; i < codes->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_array_index (codes, Code, i).code);
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
make_groups (const InsFilterWork *work, const guint8 *group, const guint64 *lines,
             const InsTotal *totals)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_service_group_free);

  for (gsize p = 0; p < G_N_ELEMENTS (patterns); p++)
    {
      InsServiceGroup *found;
      guint64 n = 0;

      for (guint32 i = 0; i < work->product.n; i++)
        n += group[i] == p ? lines[i] : 0;
      if (n == 0)
        continue;
      found = g_new0 (InsServiceGroup, 1);
      found->pattern = g_strdup (patterns[p]);
      found->codes = list_codes (&work->product, group, lines, p);
      found->lines = n;
      found->revenue = ins_total_get (&totals[p], &work->amount);
      g_ptr_array_add (groups, found);
    }
  return groups;
}

GPtrArray *
ins_filter_find_services (const InsFilterWork *work, guint8 products_bar)
{
  g_autofree guint8 *group = assign_groups (&work->product);
  g_autofree guint64 *lines = g_new0 (guint64, MAX (work->product.n, 1));
  InsTotal totals[G_N_ELEMENTS (patterns)] = { 0 };

  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    {
      guint32 code = ins_codes_get (&work->product, i);

      if (code == INS_CODE_MISSING || work->bar_of[i] < products_bar)
        continue;
      lines[code]++;
      if (group[code] < G_N_ELEMENTS (patterns))
        ins_total_add (&totals[group[code]], &work->amount, i);
    }
  return make_groups (work, group, lines, totals);
}
