/* ins-layout.c: delimiter, quote, header and column names, guessed from the beginning of a file
 *
 * Every delimiter is tried through libcsv itself; the one under which most records have the same
 * number of fields wins, and of several such the one with the most fields.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "base/ins-error.h"
#include "data/ins-looks.h"
#include "data/ins-roles.h"
#include "data/ins-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE_BYTES (1 << 17)
#define SAMPLE_RECORDS 500

static const char delimiters[] = { ',', ';', '\t', '|', ':' };

/* Records of the sample under one delimiter: @fields has them all, @ends where each record ends. */
typedef struct
{
  InsSink sink;
  const InsScan *scan;
  GPtrArray *fields;
  GArray *ends;
  gsize n_dirty; /* records with a field that has another delimiter in it */
  gsize modal;
  gsize n_modal;
  double score;
} Sample;

static void
take_field (void *bytes, size_t length, void *data)
{
  Sample *s = data;

  if (s->sink.n_fields++ <= INS_COLUMNS_MAX) /* one more shows that there are too many */
    g_ptr_array_add (s->fields, ins_encoding_decode (s->scan->encoding, bytes, MIN (length, 1000)));
}

static Sample *
sample_new (const InsScan *scan)
{
  Sample *s = g_new0 (Sample, 1);

  s->scan = scan;
  s->fields = g_ptr_array_new_with_free_func (g_free);
  s->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  return s;
}

static void
sample_free (Sample *s)
{
  g_ptr_array_unref (s->fields);
  g_array_unref (s->ends);
  g_free (s);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

static guint
sample_begin (const Sample *s, guint record)
{
  return record == 0 ? 0 : g_array_index (s->ends, guint, record - 1);
}

static guint
sample_width (const Sample *s, guint record)
{
  return g_array_index (s->ends, guint, record) - sample_begin (s, record);
}

static const char *
sample_field (const Sample *s, guint record, guint column)
{
  return column < sample_width (s, record) ? s->fields->pdata[sample_begin (s, record) + column]
                                           : NULL;
}

/* The most frequent number of fields, one field not counted; of equals the larger. */
static void
find_modal (Sample *s)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer width, count;

  for (guint r = 0; r < s->ends->len; r++)
    {
      gpointer key = GUINT_TO_POINTER (sample_width (s, r));

      if (sample_width (s, r) < 2)
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

static gboolean
record_is_dirty (const Sample *s, guint record, char delimiter)
{
  for (guint c = 0; c < sample_width (s, record); c++)
    {
      const char *field = sample_field (s, record, c);

      for (const char *p = "\t;|"; *p; p++)
        if (*p != delimiter && strchr (field, *p))
          return TRUE;
    }
  return FALSE;
}

static void
rate (Sample *s, char delimiter)
{
  guint n = s->ends->len;

  find_modal (s);
  for (guint r = 0; r < n; r++)
    s->n_dirty += record_is_dirty (s, r, delimiter);
  if (n == 0 || s->modal < 2)
    return;
  s->score = (double)s->n_modal / n * (1 - 0.5 * s->n_dirty / n);
  /* The first line is nearly always of full width: names, or data like the others. */
  if (sample_width (s, 0) == s->modal)
    s->score += 0.1;
  else if (sample_width (s, 0) == 1) /* what cuts only the lines below may stand in their texts */
    s->score *= 0.5;
}

/* Reads the sample.  @whole_lines: bytes that end with a line */
static Sample *
read_sample (const InsScan *scan, gsize whole_lines, char delimiter, char quote)
{
  Sample *s = sample_new (scan);
  InsReader reader;
  InsRecordState state;

  ins_reader_init (&reader, scan->text, whole_lines, delimiter, quote, take_field, &s->sink);
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

static gsize
sample_size (const InsScan *scan)
{
  gsize end = MIN (scan->size, scan->begin + SAMPLE_BYTES);

  if (end == scan->size)
    return end;
  while (end > scan->begin && scan->text[end - 1] != '\n' && scan->text[end - 1] != '\r')
    end--;
  return end > scan->begin ? end : MIN (scan->size, scan->begin + SAMPLE_BYTES);
}

/* ---- quote ---- */

/* How often @quote stands where a field begins and where one ends. */
static gsize
count_quotes (const InsScan *scan, gsize end, char quote)
{
  gsize opening = 0, closing = 0;

  for (gsize i = scan->begin; i < end; i++)
    {
      if (scan->text[i] != (guint8)quote)
        continue;
      opening += i == scan->begin || memchr (",;\t|:\n\r", scan->text[i - 1], 7) != NULL;
      closing += i + 1 == end || memchr (",;\t|:\n\r", scan->text[i + 1], 7) != NULL;
    }
  return MIN (opening, closing);
}

static void
choose_quote (InsScan *scan, gsize end)
{
  gsize n_double = count_quotes (scan, end, '"'), n_single = count_quotes (scan, end, '\'');
  char value[2] = { 0 };
  const char *reason;

  if (scan->dialect.quote)
    reason = ins_evidence_given ();
  else if (n_double == 0 && n_single >= 2)
    {
      scan->dialect.quote = '\'';
      reason = _ ("fields begin and end with it");
    }
  else
    {
      scan->dialect.quote = '"';
      reason = n_double > 0 ? _ ("fields begin and end with it") : _ ("nothing speaks against it");
    }
  value[0] = scan->dialect.quote;
  ins_evidence_add (scan->evidence, "quote", value, reason, NULL, NULL);
}

/* ---- delimiter ---- */

static const char *
delimiter_title (char delimiter)
{
  switch (delimiter)
    {
    case ',':
      return _ ("comma");
    case ';':
      return _ ("semicolon");
    case '\t':
      return _ ("tab");
    case '|':
      return _ ("vertical bar");
    case ':':
      return _ ("colon");
    case ' ':
      return _ ("blank");
    default:
      return NULL;
    }
}

/* The first record's fields, for people. */
static char *
example_fields (const Sample *s)
{
  GString *text = g_string_new (NULL);

  for (guint c = 0; s->ends->len > 0 && c < MIN (sample_width (s, 0), 4); c++)
    g_string_append_printf (text, "%s%s", c ? " · " : "", sample_field (s, 0, c));
  return g_string_free (text, FALSE);
}

static void
add_undecided_delimiter (InsScan *scan, char a, const Sample *first, char b, const Sample *second)
{
  char **choices = g_new0 (char *, 3), **examples = g_new0 (char *, 3);

  choices[0] = g_strndup (&a, 1);
  choices[1] = g_strndup (&b, 1);
  examples[0] = example_fields (first);
  examples[1] = example_fields (second);
  ins_evidence_add (scan->evidence, "delimiter", "",
                    _ ("Two delimiters cut the lines equally well"), choices, examples);
}

/* Most lines, or the first one and some others, have several fields. */
static gboolean
cuts_lines (const Sample *s)
{
  return s->modal >= 2
         && (2 * s->n_modal >= s->ends->len
             || (s->ends->len > 0 && sample_width (s, 0) == s->modal));
}

/* @best, @second: the samples of the two best delimiters; @second may be NULL. */
static void
settle_delimiter (InsScan *scan, char delimiter, Sample *best, char other, Sample *second)
{
  char plain[2] = { delimiter, 0 };
  const char *title = delimiter_title (delimiter);
  gboolean given = scan->dialect.delimiter != 0;

  scan->dialect.delimiter = delimiter;
  if (!given && second && second->score > best->score - 0.02 && second->modal == best->modal)
    add_undecided_delimiter (scan, delimiter, best, other, second);
  else if (given)
    ins_evidence_add (scan->evidence, "delimiter", title ? title : plain, ins_evidence_given (),
                      NULL, NULL);
  else if (!cuts_lines (best))
    {
      static const char *const usual[] = { ",", ";", "\t", "|", NULL };

      ins_evidence_add (scan->evidence, "delimiter", "",
                        _ ("No usual delimiter cuts the lines into fields"),
                        g_strdupv ((char **)usual), NULL);
    }
  else /* the reason is known once all lines are read */
    ins_evidence_add (scan->evidence, "delimiter", title, NULL, NULL, NULL);
}

static Sample *
choose_delimiter (InsScan *scan, gsize end)
{
  Sample *samples[G_N_ELEMENTS (delimiters)];
  gsize best = 0;
  int second = -1;
  Sample *chosen;

  if (scan->dialect.delimiter)
    {
      chosen = read_sample (scan, end, scan->dialect.delimiter, scan->dialect.quote);
      settle_delimiter (scan, scan->dialect.delimiter, chosen, 0, NULL);
      return chosen;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      samples[i] = read_sample (scan, end, delimiters[i], scan->dialect.quote);
      if (samples[i]->score > samples[best]->score + 0.02
          || (samples[i]->score > samples[best]->score - 0.02
              && samples[i]->modal > samples[best]->modal))
        best = i;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters) - 1; i++) /* a colon is never worth a question */
    if (i != best && samples[i]->modal >= 2
        && (second < 0 || samples[i]->score > samples[second]->score))
      second = i;
  settle_delimiter (scan, delimiters[best], samples[best], second < 0 ? 0 : delimiters[second],
                    second < 0 ? NULL : samples[second]);
  chosen = samples[best];
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (i != best)
      sample_free (samples[i]);
  return chosen;
}

/* ---- header ---- */

static gboolean
is_value (const char *field)
{
  InsLook look = ins_look_at (field);

  return (look != INS_LOOK_TEXT && look != INS_LOOK_MISSING) || ins_word_is_date (field);
}

/* Whether the first record's text of @column comes again below. */
static gboolean
comes_again (const Sample *s, guint column)
{
  const char *first = sample_field (s, 0, column);

  for (guint r = 1; *first && r < s->ends->len; r++)
    if (g_strcmp0 (first, sample_field (s, r, column)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_header (const Sample *s, const char **reason)
{
  guint n_known = 0, n_values = 0, n_again = 0, n_values_below = 0;
  guint width = sample_width (s, 0);

  for (guint c = 0; c < width; c++)
    {
      const char *field = sample_field (s, 0, c);
      const char *below = s->ends->len > 1 ? sample_field (s, 1, c) : NULL;

      n_known += ins_role_knows_name (field);
      n_values += is_value (field);
      n_again += comes_again (s, c);
      n_values_below += below && is_value (below) && !is_value (field);
    }
  *reason = _ ("the first line has names of known columns");
  if (n_known >= 2 || (n_known == 1 && n_values == 0))
    return TRUE;
  *reason = _ ("the first line has values like those below it");
  if (n_values > n_values_below || (n_again > 0 && n_values_below == 0))
    return FALSE;
  *reason = n_values_below > 0
                ? _ ("the first line has words where numbers or dates stand below it")
                : _ ("nothing in the first line is a number or comes again");
  return TRUE;
}

static void
choose_header (InsScan *scan, const Sample *s)
{
  const char *reason = ins_evidence_given ();

  if (scan->dialect.header < 0)
    scan->dialect.header = has_header (s, &reason);
  ins_evidence_add (scan->evidence, "header", scan->dialect.header ? _ ("yes") : _ ("no"), reason,
                    NULL, NULL);
}

/* ---- names ---- */

/* @taken: names in use, each with the number its next namesake is tried with. */
static char *
make_unique (GHashTable *taken, const char *name)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (taken, name));
  char *unique = g_strdup (name);

  for (n = MAX (n, 2); g_hash_table_contains (taken, unique); n++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s (%u)", name, n);
    }
  g_hash_table_insert (taken, g_strdup (name), GUINT_TO_POINTER (n));
  if (strcmp (unique, name) != 0)
    g_hash_table_insert (taken, g_strdup (unique), GUINT_TO_POINTER (2));
  return unique;
}

/* The header's text without blanks at its ends and without characters nobody can type. */
static char *
clean_name (const char *field)
{
  char *name = g_strdup (field);

  for (char *p = name; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_strstrip (name);
}

static void
name_columns (InsScan *scan, const Sample *s)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  scan->columns = g_new0 (InsScanColumn, scan->n_columns);
  scan->least_fields = scan->dialect.header ? 0 : scan->n_columns;
  for (gsize c = 0; c < scan->n_columns; c++)
    {
      const char *field = scan->dialect.header ? sample_field (s, 0, c) : NULL;
      g_autofree char *name = field ? clean_name (field) : NULL;
      g_autofree char *number = g_strdup_printf ("#%" G_GSIZE_FORMAT, c + 1);

      scan->columns[c].nameless = !name || !*name;
      scan->columns[c].name = make_unique (taken, scan->columns[c].nameless ? number : name);
      if (!scan->columns[c].nameless)
        scan->least_fields = c + 1;
    }
  scan->least_fields = MAX (scan->least_fields, 1);
}

/* Puts the beginning of the data behind the header. */
static void
skip_header (InsScan *scan)
{
  Sample *s = sample_new (scan);
  InsReader reader;

  ins_reader_init (&reader, scan->text, scan->size, scan->dialect.delimiter, scan->dialect.quote,
                   take_field, &s->sink);
  ins_reader_seek (&reader, scan->begin, scan->begin_line);
  while (scan->dialect.header)
    {
      InsRecordState state = ins_reader_next (&reader);

      if (state == INS_RECORD_END || state == INS_RECORD_FINE)
        break;
    }
  scan->begin = reader.pos;
  scan->begin_line = reader.line;
  ins_reader_clear (&reader);
  sample_free (s);
}

/* "sep=;" on a line of its own, as spreadsheets write it. */
static void
skip_separator_line (InsScan *scan)
{
  const guint8 *t = scan->text;

  scan->begin = 0;
  scan->begin_line = 1;
  if (scan->size < 6 || g_ascii_strncasecmp ((const char *)t, "sep=", 4) != 0
      || (t[5] != '\n' && t[5] != '\r'))
    return;
  if (!scan->dialect.delimiter && t[4] != scan->dialect.quote && t[4] != '"')
    scan->dialect.delimiter = t[4];
  scan->begin = t[5] == '\r' && scan->size > 6 && t[6] == '\n' ? 7 : 6;
  scan->begin_line = 2;
}

static gboolean
check_width (InsScan *scan, const Sample *s, const char *file, GError **error)
{
  if (s->ends->len == 0)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("“%s” has no line that can be read; choose a file with a table."), file);
      return FALSE;
    }
  if (MAX (s->modal, sample_width (s, 0)) <= INS_COLUMNS_MAX)
    return TRUE;
  g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
               _ ("The lines of “%s” have more than %d fields; check --delimiter, or leave columns "
                  "out of the file."),
               file, INS_COLUMNS_MAX);
  return FALSE;
}

/* What was given must be able to cut a line. */
static gboolean
check_given (const InsDialect *given, GError **error)
{
  const char *wrong = NULL;

  if (given->delimiter && strchr ("\r\n", given->delimiter))
    wrong = _ ("The delimiter cannot be a line end; choose a comma, semicolon, tab or other mark.");
  else if (given->quote && strchr ("\r\n", given->quote))
    wrong = _ ("The quote cannot be a line end; choose \" or '.");
  else if (given->delimiter && given->delimiter == given->quote)
    wrong = _ ("Delimiter and quote cannot be the same character; change one of them.");
  else if (given->decimal && given->decimal != '.' && given->decimal != ',')
    wrong = _ ("The decimal mark can be . or , only.");
  else if (given->decimal && given->thousands && given->thousands[0] == given->decimal)
    wrong = _ ("Decimal and thousands mark cannot be the same; change one of them.");
  if (wrong)
    g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE, wrong);
  return wrong == NULL;
}

gboolean
ins_layout_guess (InsScan *scan, const char *file, InsRun *run, GError **error)
{
  g_autoptr (Sample) sample = NULL;
  gsize end;

  if (!check_given (&scan->dialect, error))
    return FALSE;
  skip_separator_line (scan);
  end = sample_size (scan);
  choose_quote (scan, end);
  sample = choose_delimiter (scan, end);
  if (!ins_run_check (run, error) || !check_width (scan, sample, file, error))
    return FALSE;
  choose_header (scan, sample);
  /* Lines may be wider than the header, never narrower than its last name. */
  scan->n_columns = MAX (sample->modal, sample_width (sample, 0));
  if (sample->ends->len == 1 || !scan->dialect.header)
    scan->n_columns = MAX (sample->modal, 1);
  name_columns (scan, sample);
  skip_header (scan);
  return TRUE;
}
