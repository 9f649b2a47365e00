/* ins-layout.c: delimiter, quote, header and column names, guessed from the beginning of a file
 *
 * Every delimiter is tried through libcsv itself; the one under which most records have the same
 * number of fields wins, and of several such the one with the most fields.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "base/ins-error.h"
#include "data/ins-ledger.h"
#include "data/ins-roles.h"
#include "data/ins-sample.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char delimiters[] = { ',', ';', '\t', '|', ':' };

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
example_fields (const InsSample *s)
{
  GString *text = g_string_new (NULL);

  for (guint c = 0; s->ends->len > 0 && c < MIN (ins_sample_width (s, 0), 4); c++)
    g_string_append_printf (text, "%s%s", c ? " · " : "", ins_sample_field (s, 0, c));
  return g_string_free (text, FALSE);
}

static void
add_undecided_delimiter (InsScan *scan, char a, const InsSample *first, char b,
                         const InsSample *second)
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
cuts_lines (const InsSample *s)
{
  return s->modal >= 2
         && (2 * s->n_modal >= s->ends->len
             || (s->ends->len > 0 && ins_sample_width (s, 0) == s->modal));
}

/* @best, @second: the samples of the two best delimiters; @second may be NULL. */
static void
settle_delimiter (InsScan *scan, char delimiter, InsSample *best, char other, InsSample *second)
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

static InsSample *
choose_delimiter (InsScan *scan, gsize end)
{
  InsSample *samples[G_N_ELEMENTS (delimiters)];
  gsize best = 0;
  int second = -1;
  InsSample *chosen;

  if (scan->dialect.delimiter)
    {
      chosen = ins_sample_new (scan, end, scan->dialect.delimiter, scan->dialect.quote);
      settle_delimiter (scan, scan->dialect.delimiter, chosen, 0, NULL);
      return chosen;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      samples[i] = ins_sample_new (scan, end, delimiters[i], scan->dialect.quote);
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
      ins_sample_free (samples[i]);
  return chosen;
}

/* ---- header ---- */

/* Whether the first record's text of @column comes again below. */
static gboolean
comes_again (const InsSample *s, guint column)
{
  const char *first = ins_sample_field (s, 0, column);

  for (guint r = 1; *first && r < s->ends->len; r++)
    if (g_strcmp0 (first, ins_sample_field (s, r, column)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_header (const InsSample *s, const char **reason)
{
  guint n_known = 0, n_values = 0, n_again = 0, n_values_below = 0;
  guint width = ins_sample_width (s, 0);

  for (guint c = 0; c < width; c++)
    {
      const char *field = ins_sample_field (s, 0, c);
      const char *below = s->ends->len > 1 ? ins_sample_field (s, 1, c) : NULL;

      n_known += ins_role_knows_name (field);
      n_values += ins_sample_is_value (field);
      n_again += comes_again (s, c);
      n_values_below += below && ins_sample_is_value (below) && !ins_sample_is_value (field);
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

/* Returns: why. */
static const char *
choose_header (InsScan *scan, const InsSample *s)
{
  const char *reason = ins_evidence_given ();

  if (scan->dialect.header_line > 0)
    scan->dialect.header = 1;
  else if (scan->dialect.header < 0)
    scan->dialect.header = has_header (s, &reason);
  return reason;
}

static void
add_header_evidence (InsScan *scan, const char *reason)
{
  g_autofree char *with_titles = NULL;
  g_autofree char *line = NULL;

  if (scan->n_titles > 0)
    {
      line = g_strdup_printf (_ ("line %u"), scan->dialect.header_line);
      /* translators: why there are column names; number of lines */
      with_titles =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s; %u line above was skipped",
                                        "%s; %u lines above were skipped", scan->n_titles),
                           reason, scan->n_titles);
    }
  ins_evidence_add (scan->evidence, "header",
                    line                   ? line
                    : scan->dialect.header ? _ ("yes")
                                           : _ ("no"),
                    with_titles ? with_titles : reason, NULL, NULL);
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
name_columns (InsScan *scan, const InsSample *s)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  scan->columns = g_new0 (InsScanColumn, scan->n_columns);
  scan->least_fields = scan->dialect.header ? 0 : scan->n_columns;
  for (gsize c = 0; c < scan->n_columns; c++)
    {
      const char *field = scan->dialect.header ? ins_sample_field (s, 0, c) : NULL;
      g_autofree char *name = field ? clean_name (field) : NULL;
      g_autofree char *number = g_strdup_printf ("#%" G_GSIZE_FORMAT, c + 1);

      scan->columns[c].nameless = !name || !*name;
      scan->columns[c].name = make_unique (taken, scan->columns[c].nameless ? number : name);
      if (!scan->columns[c].nameless)
        scan->least_fields = c + 1;
    }
  scan->least_fields = MAX (scan->least_fields, 1);
}

/* ---- lines above the data ---- */

/* @reason: (nullable): NULL: it is a title */
static void
reject_line (InsScan *scan, const InsReader *reader, const char *reason)
{
  if (!reason)
    reason = _ ("the line stands above the column names and was taken for a title");
  scan->n_rejected++;
  scan->n_titles++;
  if (scan->rejected->len < INS_LEDGER_KEPT)
    g_ptr_array_add (scan->rejected, ins_rejected_new (reader->first_line, NULL,
                                                       ins_scan_record_text (scan, reader),
                                                       g_strdup (reason), NAN));
}

/* Puts the beginning of the data behind so many titles and the names. */
static gboolean
skip_records (InsScan *scan, guint n_titles, const char *file, GError **error)
{
  guint n = n_titles + (scan->dialect.header ? 1 : 0);
  InsRecordState state = INS_RECORD_FINE;
  InsSink sink = { 0 };
  InsReader reader;

  ins_reader_init (&reader, scan->text, scan->size, scan->dialect.delimiter, scan->dialect.quote,
                   ins_sink_count, &sink);
  ins_reader_seek (&reader, scan->begin, scan->begin_line);
  while (n > 0 && state != INS_RECORD_TOO_LONG
         && (state = ins_reader_next (&reader)) != INS_RECORD_END)
    {
      n -= state == INS_RECORD_FINE;
      if (n > 0 || !scan->dialect.header)
        reject_line (scan, &reader, ins_scan_describe_state (state));
      else
        scan->dialect.header_line = reader.first_line;
    }
  scan->begin = reader.pos;
  scan->begin_line = reader.line;
  ins_reader_clear (&reader);
  if (n == 0)
    return TRUE;
  /* translators: number of a line, a file's name, why the line cannot be read */
  g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
               _ ("Line %lu of “%s”, where the column names should be, cannot be read: %s."),
               (gulong)reader.first_line, file, ins_scan_describe_state (INS_RECORD_TOO_LONG));
  return FALSE;
}

static gboolean
is_blank (const InsScan *scan, const InsReader *reader)
{
  for (gsize i = reader->begin; i < reader->end; i++)
    if (!g_ascii_isspace (scan->text[i]))
      return FALSE;
  return TRUE;
}

/* Where the line of the names is given: what stands above it goes to the ledger unread. */
static gboolean
skip_lines (InsScan *scan, const char *file, GError **error)
{
  const guint line = scan->dialect.header_line;
  InsSink sink = { 0 };
  InsReader reader;

  ins_reader_init (&reader, scan->text, scan->size, ',', '"', ins_sink_count, &sink);
  ins_reader_seek (&reader, scan->begin, scan->begin_line);
  while (reader.line < line && ins_reader_skip_line (&reader))
    if (!is_blank (scan, &reader))
      reject_line (scan, &reader, NULL);
  scan->begin = reader.pos;
  scan->begin_line = reader.line;
  ins_reader_clear (&reader);
  if (scan->begin < scan->size)
    return TRUE;
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("“%s” has no line %u that could hold the column names; give another one with "
                  "--header-line."),
               file, line);
  return FALSE;
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
  if (!scan->dialect.delimiter && t[4] != scan->dialect.quote && t[4] != '"' && t[4] < 0x80)
    scan->dialect.delimiter = t[4];
  scan->begin = t[5] == '\r' && scan->size > 6 && t[6] == '\n' ? 7 : 6;
  scan->begin_line = 2;
}

static gboolean
check_width (InsScan *scan, const InsSample *s, const char *file, GError **error)
{
  if (s->ends->len == 0)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("“%s” has no line that can be read; choose a file with a table."), file);
      return FALSE;
    }
  if (MAX (s->modal, ins_sample_width (s, 0)) <= INS_COLUMNS_MAX)
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
  else if (given->header == 0 && given->header_line > 0)
    wrong = _ ("A file without column names has no line of them; leave one of the two out.");
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
  g_autoptr (InsSample) sample = NULL;
  const char *reason;
  gsize end;

  if (!check_given (&scan->dialect, error))
    return FALSE;
  skip_separator_line (scan);
  if (scan->dialect.header_line > 0 && !skip_lines (scan, file, error))
    return FALSE;
  end = ins_sample_end (scan);
  choose_quote (scan, end);
  sample = choose_delimiter (scan, end);
  if (!ins_run_check (run, error) || !check_width (scan, sample, file, error))
    return FALSE;
  ins_sample_drop_titles (sample);
  reason = choose_header (scan, sample);
  /* Lines may be wider than the header, never narrower than its last name. */
  scan->n_columns = MAX (sample->modal, ins_sample_width (sample, 0));
  if (sample->ends->len == 1 || !scan->dialect.header)
    scan->n_columns = MAX (sample->modal, 1);
  name_columns (scan, sample);
  if (!skip_records (scan, sample->n_titles, file, error))
    return FALSE;
  add_header_evidence (scan, reason);
  return TRUE;
}
