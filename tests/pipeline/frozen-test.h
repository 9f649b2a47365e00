/* frozen-test.h: small data and a model of them, for the tests of frozen models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-random.h"
#include "pipeline/ins-plan.h"

#define ALL ((1u << INS_N_STAGES) - 1)
#define MODEL                                                                                      \
  (1u << INS_STAGE_PREPARE | 1u << INS_STAGE_EMBED | 1u << INS_STAGE_CLUSTER                       \
   | 1u << INS_STAGE_PROFILE)

/* A temporary file.  Returns: its path */
static inline char *
write_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("insiders-test-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  return path;
}

/* A shop of @customers in three kinds; the same bytes every time. */
static inline char *
write_shop (guint64 seed, guint from, guint customers)
{
  g_autoptr (GString) text =
      g_string_new ("invoice,product,quantity,date,price,customer,country\n");

  for (guint c = from; c < from + customers; c++)
    for (guint i = 0; i <= (c % 10 == 0 ? 12 : c % 3); i++)
      for (guint l = 0; l < 3; l++)
        g_string_append_printf (
            text, "%d,P%u,%u,2025-%02u-%02u,%u.%02u,%u,Chile\n", 1000 + (int)i + (int)c * 20,
            ins_random_below (seed, c, i * 10 + l, 90), 1 + ins_random_below (seed, c, l, 9),
            1 + (c % 10 == 0 ? i : c % 9), 1 + ins_random_below (seed, c, 100 + i, 28),
            c % 10 == 0 ? 40 : 2, ins_random_below (seed, c, 200 + l, 100), 500 + c);
  return write_text (text->str);
}

/**
 * Table:
 * @columns: the head after "id,"
 * @holes: every so many lines the second feature is missing; 0 = never
 * @kind: -1 = three kinds of customers in turn, else only this one
 */
typedef struct
{
  const char *columns;
  guint n;
  guint64 seed;
  guint holes;
  int kind;
} Table;

/* A ready table of three features and what was spent. */
static inline char *
write_table (const Table *table)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "id,%s\n", table->columns ? table->columns : "a,b,c,spend");
  for (guint i = 0; i < table->n; i++)
    {
      guint kind = table->kind < 0 ? i % 3 : (guint)table->kind;
      g_string_append_printf (text, "K%04u", i);
      for (guint j = 0; j < 4; j++)
        {
          double value = 10 * ins_random_double (table->seed, i, j) + (j + 2) * 9 * kind
                         - (j == 0 && kind == 1 ? 60 : 0);
          if (j == 1 && table->holes > 0 && i % table->holes == 0)
            g_string_append (text, ",");
          else
            g_string_append_printf (text, ",%d.%03d", (int)value,
                                    (int)ins_random_below (table->seed, i, 10 + j, 1000));
        }
      g_string_append (text, "\n");
    }
  return write_text (text->str);
}

static inline void
apply_chain (InsPipeline *pipeline, const char *chain)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strsplit (chain, " ", -1);

  g_assert_true (ins_pipeline_apply_chain (pipeline, (const char *const *)words, &error));
  g_assert_no_error (error);
}

/* @table: whether the data are a ready table with "id". */
static inline InsPipeline *
make_pipeline (gboolean table, const char *chain)
{
  InsPipeline *pipeline = ins_pipeline_new ();

  if (table)
    apply_chain (pipeline, "import table=yes roles=id=id");
  apply_chain (pipeline, chain);
  return pipeline;
}

static inline gboolean
try_compute (InsPipeline *pipeline, const char *path, guint stages, guint threads,
             InsResults *results, GError **error)
{
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsRun) run = ins_run_new (threads, NULL);
  g_autoptr (InsPlan) plan = ins_plan_new (pipeline, path, NULL, stages, cache);
  gboolean done = ins_plan_execute (plan, run, error);

  ins_results_copy (results, ins_plan_get_results (plan));
  return done;
}

/* Returns: (transfer full): free with ins_results_clear() */
static inline InsResults
compute (InsPipeline *pipeline, const char *path, guint stages, guint threads)
{
  g_autoptr (GError) error = NULL;
  InsResults results = { 0 };

  try_compute (pipeline, path, stages, threads, &results, &error);
  g_assert_no_error (error);
  g_assert_true (ins_results_are_consistent (&results));
  return results;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InsResults, ins_results_clear)

static inline void
remove_file (char **path)
{
  if (*path == NULL)
    return;
  g_unlink (*path);
  g_free (*path);
}

/* A temporary file that goes with its scope. */
typedef char *TestFile;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestFile, remove_file)
