/* ins-judge.c: what a scanned file's columns are: roles and types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-judge.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
ins_judgement_free (InsJudgement *judgement)
{
  if (!judgement)
    return;
  for (gsize c = 0; judgement->looks && c < judgement->scan->n_columns; c++)
    ins_date_guess_clear (&judgement->looks[c].dates);
  for (gsize c = 0; judgement->date_formats && c < judgement->scan->n_columns; c++)
    g_free (judgement->date_formats[c]);
  g_free (judgement->date_formats);
  g_free (judgement->looks);
  g_free (judgement->types);
  ins_scan_free (judgement->scan);
  g_free (judgement);
}

int
ins_judgement_get_role (const InsJudgement *judgement, gsize column)
{
  for (guint role = 0; role < INS_N_ROLES; role++)
    if (judgement->roles[role] == (int)column)
      return role;
  return -1;
}

/* ---- looks ---- */

static gboolean
has_leading_zero (const char *word)
{
  return word[0] == '0' && g_ascii_isdigit (word[1]);
}

/* Whether some of the words could be dates at all. */
static gboolean
may_be_dates (const InsScanColumn *column)
{
  guint n = 0, likely = 0;
  guint32 step = MAX (column->n_words / 32, 1);

  for (guint32 i = 0; i < column->n_words; i += step)
    {
      const char *word = column->words[i];
      gsize length = strlen (word);
      guint digits = 0;

      if (ins_word_is_missing (word))
        continue;
      for (gsize k = 0; k < MIN (length, 40); k++)
        digits += g_ascii_isdigit (word[k]);
      likely += length >= 6 && length < 40 && digits >= 3 && digits <= 24
                && (strpbrk (word, "-/. ") || (digits == 8 && length == 8) || length == 7);
      n++;
    }
  return n > 0 && 4 * likely >= n;
}

static void
look_at_column (const InsScanColumn *column, gboolean named_date, InsRun *run,
                InsColumnLooks *looks)
{
  guint64 n_zero = 0;

  looks->rows[INS_LOOK_MISSING] = column->n_empty;
  for (guint32 i = 0; i < column->n_words; i++)
    {
      InsLook look = ins_look_at (column->words[i]);

      looks->rows[look] += column->counts[i];
      if (look == INS_LOOK_INTEGER && has_leading_zero (column->words[i]))
        n_zero += column->counts[i];
      if (look != INS_LOOK_MISSING)
        looks->present += column->counts[i];
    }
  looks->codes = 100 * n_zero > looks->present;
  if (looks->present > 0)
    looks->number_share = 1.0 - (double)looks->rows[INS_LOOK_TEXT] / looks->present;
  if ((looks->number_share < 0.5 || named_date) && may_be_dates (column))
    ins_date_guess (column->words, column->counts, column->n_words, named_date, run, &looks->dates);
}

static gboolean
look_at_columns (InsJudgement *judgement, const InsRecipe *recipe, InsRun *run, GError **error)
{
  InsScan *scan = judgement->scan;
  const char *given = recipe->roles[INS_ROLE_DATE];
  int date = given && *given ? ins_roles_find_column (scan, given) : -1;

  judgement->looks = g_new0 (InsColumnLooks, scan->n_columns);
  for (gsize c = 0; c < scan->n_columns; c++)
    {
      const InsScanColumn *column = &scan->columns[c];
      gboolean named =
          (int)c == date
          || (!column->nameless && ins_role_rank_name (INS_ROLE_DATE, column->name) >= 0);

      look_at_column (column, named, run, &judgement->looks[c]);
      if (!ins_run_check (run, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- roles ---- */

/* "“InvoiceNo”, “StockCode”, …" */
static char *
list_columns (const InsScan *scan)
{
  GString *text = g_string_new (NULL);
  gsize shown = MIN (scan->n_columns, 30);

  for (gsize c = 0; c < shown; c++)
    g_string_append_printf (text, "%s%s", c ? ", " : "", scan->columns[c].name);
  if (shown < scan->n_columns)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static gboolean
take_given_roles (InsJudgement *judgement, const InsRecipe *recipe, gboolean open[INS_N_ROLES],
                  GError **error)
{
  for (guint role = 0; role < INS_N_ROLES; role++)
    {
      const char *name = recipe->roles[role];
      int column = -1, other;

      open[role] = name == NULL;
      if (!name || !*name)
        continue;
      column = ins_roles_find_column (judgement->scan, name);
      if (column < 0)
        {
          g_autofree char *list = list_columns (judgement->scan);

          g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("There is no column “%s” for the role “%s”; the columns are %s."), name,
                       ins_role_to_text (role), list);
          return FALSE;
        }
      other = ins_judgement_get_role (judgement, column);
      if (other >= 0 && role != INS_ROLE_ID)
        {
          g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("The column “%s” cannot have both the role “%s” and the role “%s”; "
                          "choose one."),
                       name, ins_role_to_text (other), ins_role_to_text (role));
          return FALSE;
        }
      judgement->roles[role] = column;
    }
  return TRUE;
}

static gboolean
never_repeats (const InsJudgement *judgement, gsize column)
{
  const InsScanColumn *c = &judgement->scan->columns[column];

  return c->n_empty == 0 && c->n_words == judgement->scan->n_rows && c->n_words > 0
         && judgement->looks[column].rows[INS_LOOK_MISSING] == 0;
}

/* The column whose name says that it identifies customers; -1. */
static int
find_named_id (const InsJudgement *judgement, gboolean must_be_unique)
{
  const InsScan *scan = judgement->scan;
  int best = -1, best_rank = G_MAXINT;

  for (gsize c = 0; c < scan->n_columns; c++)
    {
      int rank =
          scan->columns[c].nameless ? -1 : ins_role_rank_name (INS_ROLE_ID, scan->columns[c].name);

      if (rank < 0 || rank >= best_rank || (must_be_unique && !never_repeats (judgement, c)))
        continue;
      best = c;
      best_rank = rank;
    }
  return best;
}

/* The first column whose values never repeat and are no amounts; -1. */
static int
find_unique (const InsJudgement *judgement)
{
  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    {
      const guint64 *rows = judgement->looks[c].rows;

      if (never_repeats (judgement, c) && rows[INS_LOOK_DOT] + rows[INS_LOOK_COMMA] == 0
          && ins_role_rank_name (INS_ROLE_AMOUNT, judgement->scan->columns[c].name) < 0)
        return c;
    }
  return -1;
}

static void
make_ready (InsJudgement *judgement, int id, const char *reason, const char *reasons[])
{
  judgement->ready = TRUE;
  for (guint role = 0; role < INS_N_ROLES; role++)
    judgement->roles[role] = -1;
  judgement->roles[INS_ROLE_ID] = id;
  reasons[INS_ROLE_ID] = reason;
}

static void
choose_roles (InsJudgement *judgement, const InsRecipe *recipe, gboolean open[INS_N_ROLES],
              const char *reasons[INS_N_ROLES], InsRun *run)
{
  int *roles = judgement->roles;
  int id = roles[INS_ROLE_ID] >= 0 ? roles[INS_ROLE_ID] : roles[INS_ROLE_CUSTOMER];
  gboolean transactions_given =
      roles[INS_ROLE_INVOICE] >= 0 || roles[INS_ROLE_DATE] >= 0 || roles[INS_ROLE_QUANTITY] >= 0;

  if (recipe->ready || roles[INS_ROLE_ID] >= 0)
    {
      const char *reason = id >= 0 ? ins_evidence_given () : _ ("by its name");

      if (id < 0 && (id = find_named_id (judgement, FALSE)) < 0)
        {
          id = find_unique (judgement);
          reason = _ ("its values never repeat");
        }
      make_ready (judgement, id, reason, reasons);
      return;
    }
  open[INS_ROLE_ID] = FALSE;
  ins_roles_guess (judgement->scan, judgement->looks, open, roles, reasons, run);
  if (transactions_given || roles[INS_ROLE_INVOICE] >= 0 || judgement->scan->n_columns < 2)
    return;
  /* A date alone makes no transactions of customers that never come again. */
  if (id < 0)
    id = find_named_id (judgement, TRUE);
  if (id < 0 && roles[INS_ROLE_DATE] < 0 && find_named_id (judgement, FALSE) < 0)
    id = find_unique (judgement);
  if (id >= 0 && never_repeats (judgement, id))
    make_ready (judgement, id, _ ("it never repeats, and there are no invoices"), reasons);
}

/* ---- evidence of roles ---- */

static char **
column_names (const InsScan *scan)
{
  char **names = g_new0 (char *, scan->n_columns + 1);

  for (gsize c = 0; c < scan->n_columns; c++)
    names[c] = g_strdup (scan->columns[c].name);
  return names;
}

static gboolean
is_required (const InsJudgement *judgement, InsRole role)
{
  switch (role)
    {
    case INS_ROLE_INVOICE:
    case INS_ROLE_QUANTITY:
    case INS_ROLE_DATE:
    case INS_ROLE_CUSTOMER:
      return TRUE;
    case INS_ROLE_PRICE:
      return judgement->roles[INS_ROLE_AMOUNT] < 0;
    case INS_ROLE_PRODUCT:
    case INS_ROLE_DESCRIPTION:
    case INS_ROLE_COUNTRY:
    case INS_ROLE_AMOUNT:
    case INS_ROLE_ID:
    case INS_N_ROLES:
    default:
      return FALSE;
    }
}

static void
add_missing_role (InsJudgement *judgement, InsRole role)
{
  InsScan *scan = judgement->scan;
  g_autofree char *reason = NULL;
  g_autofree char *value = g_strdup_printf ("%s=", ins_role_to_text (role));

  if (role == INS_ROLE_PRICE)
    reason = g_strdup (_ ("It is not clear which column holds the unit price (or, instead of "
                          "it, the amount)"));
  else
    reason =
        g_strdup_printf (_ ("It is not clear which column holds the %s"), ins_role_to_text (role));
  ins_evidence_add (scan->evidence, "role", value, reason, column_names (scan), NULL);
}

static void
add_role_evidence (InsJudgement *judgement, const char *reasons[INS_N_ROLES])
{
  InsScan *scan = judgement->scan;

  for (guint role = 0; role < INS_ROLE_ID; role++)
    {
      int column = judgement->roles[role];
      g_autofree char *value = NULL;

      if (judgement->ready)
        break;
      value = g_strdup_printf ("%s=%s", ins_role_to_text (role),
                               column < 0 ? "" : scan->columns[column].name);
      if (column < 0 && is_required (judgement, role))
        add_missing_role (judgement, role);
      else
        ins_evidence_add (scan->evidence, "role", value,
                          column < 0      ? _ ("no column looks like it")
                          : reasons[role] ? reasons[role]
                                          : ins_evidence_given (),
                          NULL, NULL);
    }
  if (!judgement->ready)
    return;
  if (judgement->roles[INS_ROLE_ID] >= 0)
    ins_evidence_add (scan->evidence, "id", scan->columns[judgement->roles[INS_ROLE_ID]].name,
                      reasons[INS_ROLE_ID], NULL, NULL);
  else
    ins_evidence_add (scan->evidence, "id", "",
                      _ ("It is not clear which column identifies the customers"),
                      column_names (scan), NULL);
}

/* ---- types ---- */

static gboolean
reads_as_numbers (const InsJudgement *judgement, gsize c)
{
  const InsScanColumn *column = &judgement->scan->columns[c];
  const InsDialect *dialect = &judgement->scan->dialect;

  for (guint32 i = 0; i < column->n_words; i++)
    {
      gint64 mantissa;
      guint decimals;
      double value;
      gboolean exact;

      if (!ins_word_is_missing (column->words[i])
          && !ins_word_to_number (column->words[i], dialect->decimal, dialect->thousands, &mantissa,
                                  &decimals, &value, &exact))
        return FALSE;
    }
  return TRUE;
}

static InsColumnType
type_without_role (const InsJudgement *judgement, gsize c)
{
  const InsColumnLooks *looks = &judgement->looks[c];

  if (looks->present == 0)
    return INS_COLUMN_TEXT;
  if (judgement->date_formats[c])
    return INS_COLUMN_DATE;
  if (looks->codes || judgement->scan->dialect.decimal == 0)
    return INS_COLUMN_TEXT;
  /* In a ready table a slip in a column of numbers costs the line, not the column. */
  if (judgement->ready && looks->number_share >= 0.95)
    return INS_COLUMN_NUMBER;
  if (looks->number_share == 1.0 && reads_as_numbers (judgement, c))
    return INS_COLUMN_NUMBER;
  return INS_COLUMN_TEXT;
}

static void
choose_types (InsJudgement *judgement)
{
  judgement->types = g_new0 (InsColumnType, judgement->scan->n_columns);
  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    switch (ins_judgement_get_role (judgement, c))
      {
      case INS_ROLE_QUANTITY:
      case INS_ROLE_PRICE:
      case INS_ROLE_AMOUNT:
        judgement->types[c] = INS_COLUMN_NUMBER;
        break;
      case INS_ROLE_DATE:
        judgement->types[c] = INS_COLUMN_DATE;
        break;
      case -1:
        judgement->types[c] = type_without_role (judgement, c);
        break;
      default:
        judgement->types[c] = INS_COLUMN_TEXT;
      }
}

InsJudgement *
ins_judgement_new (InsScan *scan, const InsRecipe *recipe, InsRun *run, GError **error)
{
  g_autoptr (InsJudgement) judgement = g_new0 (InsJudgement, 1);
  const char *reasons[INS_N_ROLES] = { NULL };
  gboolean open[INS_N_ROLES];

  judgement->scan = scan;
  judgement->date_formats = g_new0 (char *, scan->n_columns);
  for (guint role = 0; role < INS_N_ROLES; role++)
    judgement->roles[role] = -1;
  if (!look_at_columns (judgement, recipe, run, error)
      || !take_given_roles (judgement, recipe, open, error))
    return NULL;
  choose_roles (judgement, recipe, open, reasons, run);
  if (!ins_run_check (run, error) || !ins_judge_dates (judgement, run, error))
    return NULL;
  ins_judge_marks (judgement);
  choose_types (judgement);
  add_role_evidence (judgement, reasons);
  return g_steal_pointer (&judgement);
}

/* Whether the open question comes first that a table without dates may not have to answer. */
static gboolean
may_be_ready (const InsJudgement *judgement)
{
  const GPtrArray *list = judgement->scan->evidence;

  if (judgement->ready || judgement->roles[INS_ROLE_DATE] >= 0)
    return FALSE;
  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    if (judgement->looks[c].dates.formats && judgement->looks[c].dates.formats[0])
      return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const InsEvidence *evidence = list->pdata[i];

      if (evidence->choices)
        return strcmp (evidence->field, "role") == 0;
    }
  return FALSE;
}

gboolean
ins_judgement_is_decided (const InsJudgement *judgement, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (ins_evidence_is_decided (judgement->scan->evidence, &local))
    return TRUE;
  if (may_be_ready (judgement))
    /* translators: the sentence that asks for the columns of a list of sales */
    g_set_error (error, INS_ERROR, INS_ERROR_UNDECIDED,
                 _ ("%s If every line is a customer, give --table [--id COLUMN] instead."),
                 local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

InsSniff *
ins_judgement_to_sniff (const InsJudgement *judgement)
{
  const InsScan *scan = judgement->scan;
  InsSniff *sniff = g_new0 (InsSniff, 1);

  ins_dialect_copy (&sniff->dialect, &scan->dialect);
  sniff->evidence = g_ptr_array_ref (scan->evidence);
  sniff->names = column_names (scan);
  sniff->n_columns = scan->n_columns;
  sniff->types = g_memdup2 (judgement->types, scan->n_columns * sizeof *judgement->types);
  memcpy (sniff->roles, judgement->roles, sizeof sniff->roles);
  sniff->ready = judgement->ready;
  return sniff;
}
