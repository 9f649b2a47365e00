/* store-fixture.h: a small shop and a project computed from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-random.h"
#include "store/ins-project.h"

#include <glib/gstdio.h>
#include <string.h>

#define EVERY_STAGE ((1u << INS_N_STAGES) - 1)

typedef struct
{
  char *folder;
  char *csv;
  char *path; /* of a project file, not there yet */
} Fixture;

/* Three kinds of customers: 4 who buy much and often, 20 regulars, 36 who came once. */
static inline char *
make_csv (void)
{
  GString *csv = g_string_new ("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,"
                               "CustomerID,Country\n");
  int invoice = 1000;

  for (int customer = 0; customer < 60; customer++)
    {
      int kind = customer < 4 ? 0 : customer < 24 ? 1 : 2;
      int n_invoices = kind == 0 ? 12 : kind == 1 ? 5 : 1;

      for (int i = 0; i < n_invoices; i++, invoice++)
        for (int line = 0; line < 2 + kind % 2; line++)
          {
            guint32 day = ins_random_below (7, (guint64)customer, (guint64)i, 28);
            guint32 code = ins_random_below (8, (guint64)invoice, (guint64)line, 40);
            guint32 quantity = 1 + ins_random_below (9, (guint64)invoice, (guint64)line, 6);
            int month = kind == 2 ? 1 + customer % 6 : 1 + i;
            g_string_append_printf (csv, "%d,P%03u,\"Thing, %u\",%u,2021-%02d-%02u,%u.%02u,%d,%s\n",
                                    invoice, code, code, quantity * (kind == 0 ? 20 : 1), month,
                                    day + 1, 1 + code % 7, 10 + code, 100 + customer,
                                    customer % 5 ? "France" : "Portugal");
          }
    }
  return g_string_free (csv, FALSE);
}

static inline void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = make_csv ();

  fixture->folder = g_dir_make_tmp ("insiders-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->csv = g_build_filename (fixture->folder, "shop.csv", NULL);
  fixture->path = g_build_filename (fixture->folder, "a project.insiders", NULL);
  g_file_set_contents (fixture->csv, csv, -1, &error);
  g_assert_no_error (error);
}

/* Whatever a test made, it removed, but for these two: nothing is left lying about. */
static inline void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->csv);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->csv);
  g_free (fixture->path);
}

static inline void
apply_chain (InsProject *project, const char *chain)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strsplit (chain, " ", -1);

  g_assert_true (ins_pipeline_apply_chain (ins_project_get_pipeline (project),
                                           (const char *const *)words, &error));
  g_assert_no_error (error);
}

static inline void
compute (InsProject *project, guint stages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsPlan) plan = ins_project_plan (project, stages);

  ins_plan_execute (plan, run, &error);
  g_assert_no_error (error);
  ins_project_adopt (project, plan);
}

static inline InsProject *
make_project (const Fixture *fixture)
{
  InsProject *project = ins_project_new ();

  ins_project_set_source (project, fixture->csv);
  apply_chain (project, "kmeans clusters=3 restarts=3 sweep from=2 to=4");
  compute (project, EVERY_STAGE);
  return project;
}

static inline void
save (InsProject *project, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ins_project_save (project, path, NULL, &error));
  g_assert_no_error (error);
}

static inline InsProject *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  InsProject *project = ins_project_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (project);
  return project;
}
