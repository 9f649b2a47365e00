/* data-test.h: reading texts as files, for the tests of this folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-error.h"
#include "data/ins-import.h"
#include "data/ins-scan.h"
#include "tests/ins-test.h"

#include <string.h>

static inline InsSource *
source_of_bytes (const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return ins_source_new_for_bytes ("test.csv", bytes);
}

static inline InsImport *
try_import_bytes (const void *data, gsize size, const InsRecipe *recipe, GError **error)
{
  g_autoptr (InsSource) source = source_of_bytes (data, size);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  InsRecipe empty;

  ins_recipe_init (&empty);
  return ins_import_read (source, recipe ? recipe : &empty, run, error);
}

static inline InsImport *
import_bytes (const void *data, gsize size, const InsRecipe *recipe)
{
  g_autoptr (GError) error = NULL;
  InsImport *import = try_import_bytes (data, size, recipe, &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);
  return import;
}

static inline InsImport *
import_text (const char *text, const InsRecipe *recipe)
{
  return import_bytes (text, strlen (text), recipe);
}

/* @source: (out): must live as long as the scan */
static inline InsScan *
scan_text (const char *text, const InsRecipe *recipe, guint threads, InsSource **source)
{
  g_autoptr (InsRun) run = ins_run_new (threads, NULL);
  g_autoptr (GError) error = NULL;
  InsRecipe empty;
  InsScan *scan;

  ins_recipe_init (&empty);
  *source = source_of_bytes (text, strlen (text));
  scan = ins_scan_new (*source, recipe ? &recipe->dialect : &empty.dialect, run, &error);
  g_assert_no_error (error);
  g_assert_nonnull (scan);
  return scan;
}

static inline InsSniff *
sniff_text (const char *text, const InsRecipe *recipe)
{
  g_autoptr (InsSource) source = source_of_bytes (text, strlen (text));
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  InsRecipe empty;
  InsSniff *sniff;

  ins_recipe_init (&empty);
  sniff = ins_sniff (source, recipe ? recipe : &empty, run, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sniff);
  return sniff;
}

/* Whether the import fails with @code and @words in its message. */
static inline void
assert_fails (const void *data, gsize size, const InsRecipe *recipe, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  InsImport *import = try_import_bytes (data, size, recipe, &error);

  g_assert_null (import);
  g_assert_error (error, INS_ERROR, code);
  if (!strstr (error->message, words))
    g_error ("“%s” is not in “%s”", words, error->message);
}

static inline const InsEvidence *
find_evidence (const GPtrArray *list, const char *field)
{
  for (guint i = 0; i < list->len; i++)
    {
      const InsEvidence *evidence = list->pdata[i];

      if (strcmp (evidence->field, field) == 0)
        return evidence;
    }
  return NULL;
}

static inline const char *
word_at (const InsImport *import, InsRole role, gsize row)
{
  return ins_column_get_word (ins_table_get (import->table, role), row);
}

static inline double
number_at (const InsImport *import, InsRole role, gsize row)
{
  return ins_column_get_number (ins_table_get (import->table, role), row);
}

static inline void
assert_date (const InsImport *import, gsize row, const char *expected)
{
  char text[INS_TEXT_SIZE];

  g_assert_cmpstr (ins_date_to_text (ins_table_get (import->table, INS_ROLE_DATE)->days[row], text),
                   ==, expected);
}

/* Whether @text leaves @field open, with these choices, and says so with @words. */
static inline void
check_question (const char *text, const char *field, const char *first, const char *second,
                const char *words)
{
  g_autoptr (InsSniff) sniff = sniff_text (text, NULL);
  g_autoptr (GError) error = NULL;
  const InsEvidence *evidence = NULL;

  for (guint i = 0; i < sniff->evidence->len && !(evidence && evidence->choices); i++)
    evidence = sniff->evidence->pdata[i];
  g_assert_nonnull (evidence->choices);
  g_assert_cmpstr (evidence->field, ==, field);
  g_assert_true (g_strv_contains ((const char *const *)evidence->choices, first));
  g_assert_true (g_strv_contains ((const char *const *)evidence->choices, second));
  g_assert_false (ins_sniff_is_decided (sniff, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_UNDECIDED);
  if (!strstr (error->message, words))
    g_error ("“%s” is not in “%s”", words, error->message);
}
