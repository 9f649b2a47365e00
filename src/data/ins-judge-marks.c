/* ins-judge-marks.c: decimal and group marks of a file
 *
 * One decimal mark and one group mark hold for the whole file.  "2.55" and "1,234.5" tell them,
 * "1.234" does not; where nothing else settles it and a number is needed, it is asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-judge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_number_column (const InsJudgement *judgement, gsize c)
{
  int role = ins_judgement_get_role (judgement, c);

  if (role == INS_ROLE_QUANTITY || role == INS_ROLE_PRICE || role == INS_ROLE_AMOUNT)
    return TRUE;
  return role < 0 && judgement->looks[c].number_share >= 0.9 && judgement->looks[c].present > 0;
}

static gboolean
is_needed_column (const InsJudgement *judgement, gsize c)
{
  return is_number_column (judgement, c)
         && (judgement->ready || ins_judgement_get_role (judgement, c) >= 0);
}

/* The first word with the look in a column of numbers. */
static const char *
find_example (const InsJudgement *judgement, InsLook look, gboolean needed, const char **name)
{
  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    {
      const InsScanColumn *column = &judgement->scan->columns[c];

      if (!is_number_column (judgement, c) || judgement->looks[c].rows[look] == 0
          || (needed && !is_needed_column (judgement, c)))
        continue;
      for (guint32 i = 0; i < column->n_words; i++)
        if (ins_look_at (column->words[i]) == look)
          {
            *name = column->name;
            return column->words[i];
          }
    }
  return NULL;
}

static guint64
count_looks (const InsJudgement *judgement, InsLook look, gboolean needed)
{
  guint64 rows = 0;

  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    if (needed ? is_needed_column (judgement, c) : is_number_column (judgement, c))
      rows += judgement->looks[c].rows[look];
  return rows;
}

static void
set_decimal (InsJudgement *judgement, char decimal, const char *reason)
{
  judgement->scan->dialect.decimal = decimal;
  ins_evidence_add (judgement->scan->evidence, "decimal", decimal == ',' ? "," : ".", reason, NULL,
                    NULL);
}

static void
set_decimal_by_example (InsJudgement *judgement, char decimal)
{
  const char *name = NULL;
  const char *word =
      find_example (judgement, decimal == ',' ? INS_LOOK_COMMA : INS_LOOK_DOT, FALSE, &name);
  /* translators: a number and a column's name */
  g_autofree char *reason = g_strdup_printf (_ ("for example “%s” in “%s”"), word, name);

  set_decimal (judgement, decimal, reason);
}

static char *
reading (const char *word, char decimal)
{
  const char *thousands = decimal == '.' ? "," : ".";
  char text[INS_TEXT_SIZE];
  gint64 mantissa;
  guint decimals;
  double value = 0;
  gboolean exact;

  if (!ins_word_to_number (word, decimal, thousands, &mantissa, &decimals, &value, &exact))
    return g_strdup_printf (_ ("“%s” is not a number"), word);
  if (exact)
    {
      value = mantissa;
      for (; decimals > 0; decimals--)
        value /= 10;
    }
  return g_strdup_printf (_ ("“%s” is %s"), word, ins_double_to_text (value, text));
}

static void
ask_decimal (InsJudgement *judgement)
{
  static const InsLook asked[] = { INS_LOOK_DOT_OPEN, INS_LOOK_COMMA_OPEN, INS_LOOK_DOT };
  const char *name = NULL, *word = NULL;
  char **choices = g_new0 (char *, 3), **examples = g_new0 (char *, 3);
  g_autofree char *reason = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (asked) && !word; i++)
    word = find_example (judgement, asked[i], TRUE, &name);
  choices[0] = g_strdup (".");
  choices[1] = g_strdup (",");
  examples[0] = reading (word, '.');
  examples[1] = reading (word, ',');
  reason = g_strdup_printf (_ ("The numbers of “%s” do not tell which mark begins their decimals"),
                            name);
  ins_evidence_add (judgement->scan->evidence, "decimal", "", reason, choices, examples);
}

static void
judge_decimal (InsJudgement *judgement)
{
  guint64 dot = count_looks (judgement, INS_LOOK_DOT, FALSE);
  guint64 comma = count_looks (judgement, INS_LOOK_COMMA, FALSE);
  guint64 dot_open = count_looks (judgement, INS_LOOK_DOT_OPEN, FALSE);
  guint64 comma_open = count_looks (judgement, INS_LOOK_COMMA_OPEN, FALSE);
  gboolean matters = count_looks (judgement, INS_LOOK_DOT_OPEN, TRUE)
                         + count_looks (judgement, INS_LOOK_COMMA_OPEN, TRUE)
                         + (dot && comma ? count_looks (judgement, INS_LOOK_DOT, TRUE) : 0)
                     > 0;

  if (judgement->scan->dialect.decimal)
    set_decimal (judgement, judgement->scan->dialect.decimal, ins_evidence_given ());
  else if (dot > 10 * comma)
    set_decimal_by_example (judgement, '.');
  else if (comma > 10 * dot)
    set_decimal_by_example (judgement, ',');
  else if (dot + comma + dot_open + comma_open == 0)
    set_decimal (judgement, '.', _ ("no number has decimals"));
  else if (dot + comma + comma_open == 0 && judgement->scan->dialect.delimiter == ',')
    set_decimal (judgement, '.', _ ("the fields are separated by commas"));
  else if (matters)
    ask_decimal (judgement);
  else /* columns it matters for stay text */
    ins_evidence_add (judgement->scan->evidence, "decimal", "",
                      _ ("not settled, and needed by no column"), NULL, NULL);
}

/* ---- group marks ---- */

static gboolean
reads_with (const char *word, char decimal, const char *thousands)
{
  gint64 mantissa;
  guint decimals;
  double value;
  gboolean exact;

  return ins_word_to_number (word, decimal, thousands, &mantissa, &decimals, &value, &exact);
}

/* Rows that are numbers with each group mark and not without. */
static void
count_groups (const InsJudgement *judgement, const char *const *marks, guint64 *rows)
{
  char decimal = judgement->scan->dialect.decimal;

  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    {
      const InsScanColumn *column = &judgement->scan->columns[c];

      if (!is_number_column (judgement, c))
        continue;
      for (guint32 i = 0; i < column->n_words; i++)
        if (!ins_word_is_missing (column->words[i]) && !reads_with (column->words[i], decimal, ""))
          for (gsize m = 1; marks[m]; m++)
            if (reads_with (column->words[i], decimal, marks[m]))
              rows[m] += column->counts[i];
    }
}

static const char *
mark_title (const char *mark)
{
  if (*mark == '\0')
    return _ ("none");
  if (strcmp (mark, " ") == 0)
    return _ ("blank");
  if (strcmp (mark, "\302\240") == 0 || strcmp (mark, "\342\200\257") == 0)
    return _ ("no-break space");
  if (strcmp (mark, "\342\200\211") == 0)
    return _ ("thin space");
  return mark;
}

static void
judge_thousands (InsJudgement *judgement)
{
  InsDialect *dialect = &judgement->scan->dialect;
  const char *const *marks = ins_group_marks (dialect->decimal);
  guint64 rows[16] = { 0 };
  g_autofree char *reason = NULL;
  char count[INS_TEXT_SIZE];
  gsize best = 0;

  if (dialect->thousands)
    {
      ins_evidence_add (judgement->scan->evidence, "thousands", mark_title (dialect->thousands),
                        ins_evidence_given (), NULL, NULL);
      return;
    }
  if (dialect->decimal)
    count_groups (judgement, marks, rows);
  for (gsize m = 1; marks[m]; m++)
    if (rows[m] > rows[best])
      best = m;
  dialect->thousands = g_strdup (marks[best]);
  if (best == 0)
    reason = g_strdup (_ ("no number has groups"));
  else
    reason =
        g_strdup_printf (_ ("%s numbers have such groups"), ins_count_to_text (rows[best], count));
  ins_evidence_add (judgement->scan->evidence, "thousands", mark_title (marks[best]), reason, NULL,
                    NULL);
}

void
ins_judge_marks (InsJudgement *judgement)
{
  judge_decimal (judgement);
  judge_thousands (judgement);
}
