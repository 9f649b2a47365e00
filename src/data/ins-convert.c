/* ins-convert.c: from judged words to typed columns, figures and preview
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-convert.h"

#include <math.h>
#include <string.h>

#define PREVIEW_CELLS 100000 /* at most, where a file has very many columns */

/* ---- identifiers ---- */

/* Digits of "17850.0" or "17850,0"; 0 where the word is not of that form. */
static gsize
whole_part (const char *word)
{
  gsize digits = strspn (word, "0123456789");
  const char *rest = word + digits;

  if (digits == 0 || (*rest != '.' && *rest != ',') || rest[1] != '0')
    return 0;
  return rest[1 + strspn (rest + 1, "0")] == '\0' ? digits : 0;
}

/* Spreadsheets and data frames make "17850.0" of a column of ids where some are missing. */
static gboolean
has_whole_parts (const InsScanColumn *column, gboolean all)
{
  guint32 n = 0;

  for (guint32 i = 0; i < column->n_words; i++)
    {
      gsize digits = strspn (column->words[i], "0123456789");

      if (whole_part (column->words[i]) > 0)
        n++;
      else if (all && column->words[i][digits] != '\0')
        return FALSE;
    }
  return n > 0;
}

static void
normalise_ids (InsScanColumn *column, gsize n_rows, gboolean whole, gboolean missing)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint32 *new_code = g_new (guint32, (gsize)column->n_words + 1);
  guint32 n = 0;

  for (guint32 i = 0; i < column->n_words; i++)
    {
      char *word = column->words[i];
      gsize digits = whole ? whole_part (word) : 0;
      gpointer known;

      column->words[i] = NULL;
      new_code[i] = INS_CODE_MISSING;
      if (digits > 0)
        word[digits] = '\0';
      if (missing && ins_word_is_missing (word))
        g_free (word);
      else if (g_hash_table_lookup_extended (codes, word, NULL, &known))
        {
          new_code[i] = GPOINTER_TO_UINT (known);
          g_free (word);
        }
      else
        {
          g_hash_table_insert (codes, word, GUINT_TO_POINTER (n));
          new_code[i] = n;
          column->words[n++] = word;
        }
    }
  column->n_words = n;
  for (gsize i = 0; i < n_rows; i++)
    if (column->codes[i] != INS_CODE_MISSING)
      column->codes[i] = new_code[column->codes[i]];
  ins_scan_count_words (column, n_rows);
}

void
ins_convert_normalise_ids (InsJudgement *judgement)
{
  static const InsRole roles[] = { INS_ROLE_CUSTOMER, INS_ROLE_ID, INS_ROLE_INVOICE };

  for (gsize r = 0; r < G_N_ELEMENTS (roles); r++)
    {
      int c = judgement->roles[roles[r]];
      InsScanColumn *column;
      gboolean whole, missing = FALSE;

      if (c < 0)
        continue;
      column = &judgement->scan->columns[c];
      whole = has_whole_parts (column, roles[r] == INS_ROLE_INVOICE);
      for (guint32 i = 0; i < column->n_words && roles[r] != INS_ROLE_INVOICE; i++)
        missing = missing || ins_word_is_missing (column->words[i]);
      if (whole || missing)
        normalise_ids (column, judgement->scan->n_rows, whole, missing);
    }
}

/* ---- columns ---- */

static void
fill_text (InsColumn *column, InsScanColumn *scanned)
{
  column->words = g_steal_pointer (&scanned->words);
  column->n_words = scanned->n_words;
  column->codes = g_steal_pointer (&scanned->codes);
  scanned->n_words = 0;
}

static void
fill_numbers (InsColumn *column, const InsMeaning *meaning, const guint32 *codes, gsize n)
{
  if (meaning->exact)
    {
      column->decimals = meaning->most_decimals;
      column->scaled = g_new (gint64, MAX (n, 1));
      for (gsize i = 0; i < n; i++)
        column->scaled[i] =
            codes[i] == INS_CODE_MISSING || meaning->states[codes[i]] != INS_WORD_FINE
                ? INS_SCALED_MISSING
                : meaning->mantissas[codes[i]];
      return;
    }
  column->values = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    column->values[i] = codes[i] == INS_CODE_MISSING ? NAN : meaning->values[codes[i]];
}

static void
fill_dates (InsColumn *column, const InsMeaning *meaning, const guint32 *codes, gsize n)
{
  column->days = g_new (gint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    column->days[i] = codes[i] == INS_CODE_MISSING ? INS_DATE_MISSING : meaning->days[codes[i]];
}

/* ---- figures ---- */

static void
describe_text (InsColumnInfo *info, const InsScanColumn *scanned)
{
  guint32 top = 0;

  info->missing = scanned->n_empty;
  info->distinct = scanned->n_words;
  for (guint32 i = 1; i < scanned->n_words; i++)
    if (scanned->counts[i] > scanned->counts[top])
      top = i;
  if (scanned->n_words == 0)
    return;
  info->top = g_strdup (scanned->words[top]);
  info->top_lines = scanned->counts[top];
}

static guint64
count_missing (const InsScanColumn *scanned, const InsMeaning *meaning)
{
  guint64 missing = scanned->n_empty;

  for (guint32 i = 0; i < meaning->n; i++)
    if (meaning->states[i] != INS_WORD_FINE)
      missing += scanned->counts[i];
  return missing;
}

static void
describe_numbers (InsColumnInfo *info, const InsScanColumn *scanned, const InsMeaning *meaning)
{
  g_autofree InsWeighted *pairs = g_new (InsWeighted, (gsize)meaning->n + 1);
  __int128 sum = 0;
  gboolean exact = meaning->exact;
  gsize n = 0;

  for (guint32 i = 0; i < meaning->n; i++)
    if (meaning->states[i] == INS_WORD_FINE)
      {
        pairs[n++] = (InsWeighted){ meaning->values[i], scanned->counts[i] };
        sum += (__int128)meaning->mantissas[i] * scanned->counts[i];
      }
  info->missing = count_missing (scanned, meaning);
  ins_describe_weighted (pairs, n, info->missing, &info->numbers);
  if (exact && n > 0)
    {
      info->numbers.sum = (double)sum / pow (10, meaning->most_decimals);
      if (info->numbers.range > 0)
        info->numbers.mean = info->numbers.sum / (double)info->numbers.n;
    }
  info->distinct = info->numbers.distinct;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  gint32 x = *(const gint32 *)a, y = *(const gint32 *)b;

  return (x > y) - (x < y);
}

static void
describe_dates (InsColumnInfo *info, const InsScanColumn *scanned, const InsMeaning *meaning)
{
  g_autofree gint32 *days = g_new (gint32, (gsize)meaning->n + 1);
  gsize n = 0;

  for (guint32 i = 0; i < meaning->n; i++)
    if (meaning->states[i] == INS_WORD_FINE)
      days[n++] = meaning->days[i];
  qsort (days, n, sizeof *days, compare_days);
  for (gsize i = 0; i < n; i++)
    info->distinct += i == 0 || days[i] != days[i - 1];
  info->missing = count_missing (scanned, meaning);
  info->first = n > 0 ? days[0] : INS_DATE_MISSING;
  info->last = n > 0 ? days[n - 1] : INS_DATE_MISSING;
}

static int
month_of (gint32 days)
{
  int year, month, day;

  ins_date_to_civil (days, &year, &month, &day);
  return (year - 1970) * 12 + month - 1;
}

static void
count_months (InsImport *import, const InsScanColumn *scanned, const InsMeaning *meaning,
              const InsColumnInfo *info)
{
  if (info->first == INS_DATE_MISSING)
    return;
  import->first_month = month_of (info->first);
  import->n_months = month_of (info->last) - import->first_month + 1;
  import->lines_per_month = g_new0 (guint32, import->n_months);
  for (guint32 i = 0; i < meaning->n; i++)
    if (meaning->states[i] == INS_WORD_FINE)
      import->lines_per_month[month_of (meaning->days[i]) - import->first_month] +=
          scanned->counts[i];
}

/* ---- preview ---- */

void
ins_convert_preview (const InsScan *scan, InsImport *import)
{
  import->n_preview = MIN (scan->n_rows, INS_IMPORT_PREVIEW);
  import->n_preview = MIN (import->n_preview, PREVIEW_CELLS / MAX (scan->n_columns, 1));
  import->preview_raw = g_new0 (char *, import->n_preview * scan->n_columns + 1);
  import->preview_value = g_new0 (char *, import->n_preview * scan->n_columns + 1);
  for (gsize i = 0; i < import->n_preview; i++)
    for (gsize c = 0; c < scan->n_columns; c++)
      {
        guint32 code = scan->columns[c].codes[i];

        import->preview_raw[i * scan->n_columns + c] =
            g_strdup (code == INS_CODE_MISSING ? "" : scan->columns[c].words[code]);
      }
}

static void
preview_values (InsImport *import, gsize c)
{
  const InsColumn *column = &import->table->columns[c];
  char text[INS_TEXT_SIZE];

  for (gsize i = 0; i < import->n_preview; i++)
    {
      const char *value = NULL;

      if (column->type == INS_COLUMN_TEXT)
        value = ins_column_get_word (column, i);
      else if (column->type == INS_COLUMN_DATE)
        value = ins_date_to_text (column->days[i], text);
      else
        value = ins_double_to_text (ins_column_get_number (column, i), text);
      import->preview_value[i * import->n_columns + c] = g_strdup (value ? value : "");
    }
}

/* ---- sums ---- */

static gboolean
sum_exactly (const InsColumn *a, const InsColumn *b, gsize n, double *sum)
{
  __int128 total = 0;

  if (!a->scaled || (b && !b->scaled))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      __int128 term = a->scaled[i];

      if (a->scaled[i] == INS_SCALED_MISSING || (b && b->scaled[i] == INS_SCALED_MISSING))
        continue;
      if (b)
        term *= b->scaled[i];
      if (__builtin_add_overflow (total, term, &total))
        return FALSE;
    }
  *sum = (double)total / pow (10, a->decimals + (b ? b->decimals : 0));
  return TRUE;
}

/* Σ a, or Σ a × b; missing values are left out. */
static double
sum_columns (const InsColumn *a, const InsColumn *b, gsize n)
{
  InsSum total = { 0 };
  double sum;

  if (!a)
    return NAN;
  if (sum_exactly (a, b, n, &sum))
    return sum;
  for (gsize i = 0; i < n; i++)
    {
      double term = ins_column_get_number (a, i) * (b ? ins_column_get_number (b, i) : 1);

      if (!isnan (term))
        ins_sum_add (&total, term);
    }
  return ins_sum_get (&total);
}

static void
fill_sums (InsImport *import)
{
  const InsColumn *quantity = ins_table_get (import->table, INS_ROLE_QUANTITY);
  const InsColumn *price = ins_table_get (import->table, INS_ROLE_PRICE);
  const InsColumn *amount = ins_table_get (import->table, INS_ROLE_AMOUNT);
  gsize n = import->table->n_rows;

  import->sum_quantity = sum_columns (quantity, NULL, n);
  import->sum_amount =
      quantity && price ? sum_columns (quantity, price, n) : sum_columns (amount, NULL, n);
}

/* ---- all of it ---- */

static void
fill_column (InsJudgement *judgement, InsImport *import, gsize c)
{
  InsScanColumn *scanned = &judgement->scan->columns[c];
  InsColumn *column = &import->table->columns[c];
  InsColumnInfo *info = &import->columns[c];
  InsMeaning meaning = { 0 };

  column->name = g_strdup (scanned->name);
  column->type = info->type = judgement->types[c];
  info->name = g_strdup (scanned->name);
  info->role = ins_judgement_get_role (judgement, c);
  info->first = info->last = INS_DATE_MISSING;
  ins_describe_weighted (NULL, 0, 0, &info->numbers);
  ins_meaning_init (&meaning, judgement, c);
  if (column->type == INS_COLUMN_TEXT)
    {
      describe_text (info, scanned);
      fill_text (column, scanned);
    }
  else if (column->type == INS_COLUMN_NUMBER)
    {
      describe_numbers (info, scanned, &meaning);
      fill_numbers (column, &meaning, scanned->codes, import->n_rows);
    }
  else
    {
      describe_dates (info, scanned, &meaning);
      fill_dates (column, &meaning, scanned->codes, import->n_rows);
      if (info->role == INS_ROLE_DATE)
        count_months (import, scanned, &meaning, info);
    }
  g_clear_pointer (&scanned->codes, g_free);
  column->n_missing = info->missing;
  info->n = import->n_rows - info->missing;
  ins_meaning_clear (&meaning);
  preview_values (import, c);
}

gboolean
ins_convert_fill (InsJudgement *judgement, InsImport *import, InsRun *run, GError **error)
{
  InsScan *scan = judgement->scan;

  import->n_rows = scan->n_rows;
  import->n_columns = scan->n_columns;
  import->columns = g_new0 (InsColumnInfo, scan->n_columns);
  import->table = ins_table_new (scan->n_rows, scan->n_columns);
  memcpy (import->table->role_column, judgement->roles, sizeof judgement->roles);
  import->table->ready = import->ready = judgement->ready;
  for (gsize c = 0; c < scan->n_columns; c++)
    {
      fill_column (judgement, import, c);
      if (!ins_run_check (run, error))
        return FALSE;
    }
  fill_sums (import);
  return TRUE;
}
