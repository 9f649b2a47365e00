/* ins-filtered.c: the filter's result as an artifact
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-filter-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILTERED_FORMAT "(a(sttd)a(sstd)ttts)"

void
ins_service_group_free (InsServiceGroup *group)
{
  if (!group)
    return;
  g_free (group->pattern);
  g_free (group->codes);
  g_free (group);
}

static void
filtered_free (InsArtifact *artifact)
{
  InsFiltered *filtered = (InsFiltered *)artifact;

  g_clear_pointer (&filtered->table, ins_table_unref);
  g_free (filtered->kind);
  g_free (filtered->customer);
  g_free (filtered->quantity);
  g_strfreev (filtered->ids);
  g_clear_pointer (&filtered->bars, g_ptr_array_unref);
  g_clear_pointer (&filtered->services, g_ptr_array_unref);
  g_free (filtered->require);
  g_free (filtered);
}

/* The table is the import's. */
static gsize
filtered_size (const InsArtifact *artifact)
{
  const InsFiltered *filtered = (const InsFiltered *)artifact;
  gsize size = sizeof *filtered;

  if (!filtered->table)
    return size;
  size += filtered->table->n_rows * (sizeof (guint8) + sizeof (guint32));
  if (filtered->quantity)
    size += filtered->table->n_rows * sizeof (double);
  for (gsize i = 0; i < filtered->n_ids; i++)
    size += sizeof (char *) + strlen (filtered->ids[i]) + 1;
  return size;
}

static GVariant *
filtered_to_variant (const InsArtifact *artifact)
{
  const InsFiltered *filtered = (const InsFiltered *)artifact;
  GVariantBuilder services;

  g_variant_builder_init (&services, G_VARIANT_TYPE ("a(sstd)"));
  for (guint i = 0; i < filtered->services->len; i++)
    {
      const InsServiceGroup *group = filtered->services->pdata[i];

      g_variant_builder_add (&services, "(sstd)", group->pattern, group->codes, group->lines,
                             group->revenue);
    }
  return g_variant_new ("(@a(sttd)@a(sstd)ttts)", ins_waterfall_to_variant (filtered->bars),
                        g_variant_builder_end (&services), filtered->n_pairs, filtered->n_purchases,
                        filtered->n_returns, filtered->require);
}

static GPtrArray *
services_from_variant (GVariant *variant)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_service_group_free);
  GVariantIter iter;
  const char *pattern, *codes;
  guint64 lines;
  double revenue;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&s&std)", &pattern, &codes, &lines, &revenue))
    {
      InsServiceGroup *group = g_new0 (InsServiceGroup, 1);

      group->pattern = g_strdup (pattern);
      group->codes = g_strdup (codes);
      group->lines = lines;
      group->revenue = revenue;
      g_ptr_array_add (groups, group);
    }
  return groups;
}

static InsArtifact *
fail_damaged (GError **error)
{
  g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _ ("The project's filter result is damaged: open the source file and "
                          "run the filter again."));
  return NULL;
}

static InsArtifact *
filtered_from_variant (GVariant *variant, GError **error)
{
  InsFiltered *filtered;
  g_autoptr (GVariant) bars = NULL;
  g_autoptr (GVariant) services = NULL;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (FILTERED_FORMAT)))
    return fail_damaged (error);
  filtered = ins_artifact_alloc (&ins_filtered_type, sizeof (InsFiltered));
  g_variant_get (variant, "(@a(sttd)@a(sstd)ttts)", &bars, &services, &filtered->n_pairs,
                 &filtered->n_purchases, &filtered->n_returns, &filtered->require);
  filtered->bars = ins_waterfall_from_variant (bars);
  filtered->services = services_from_variant (services);
  if (filtered->bars->len > 0)
    return &filtered->artifact;
  ins_artifact_unref (filtered);
  return fail_damaged (error);
}

static gboolean
filtered_is_complete (const InsArtifact *artifact)
{
  return ((const InsFiltered *)artifact)->table != NULL;
}

const InsArtifactType ins_filtered_type = {
  .kind = "filtered",
  .free = filtered_free,
  .size = filtered_size,
  .to_variant = filtered_to_variant,
  .from_variant = filtered_from_variant,
  .is_complete = filtered_is_complete,
};
