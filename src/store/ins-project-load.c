/* ins-project-load.c: reading a project file, which may be anything
 *
 * First the head of the file (what it claims to be), then SQLite's own check, then a checksum over
 * the small tables and one per result, then the results themselves, which are checked against each
 * other: whatever is handed on can be shown without further care.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"

#include "base/ins-error.h"
#include "data/ins-digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- tables ---- */

typedef struct
{
  InsProject *project;
  InsDatabase *database;
  InsRun *run;
  gboolean newer;    /* what does not fit is left out instead of being an error */
  InsResults fitted; /* of the frozen model, if there is one */
  char *checksum;
} Loader;

/* Reads one line; FALSE = damaged. */
typedef gboolean (*ReadRow) (Loader *loader, InsStatement *statement, gpointer data,
                             GError **error);

static gboolean
set_damaged (GError **error, const char *what)
{
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _ ("the table “%s” holds what cannot be"),
               what);
  return FALSE;
}

static gboolean
read_table (Loader *loader, const char *sql, ReadRow read_row, gpointer data, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (InsStatement) statement = ins_database_prepare (loader->database, sql, &local);
  gboolean has_row = statement != NULL;
  gboolean ok = has_row;

  while (ok && has_row)
    {
      ok = ins_statement_next (statement, &has_row, &local);
      if (ok && has_row)
        {
          ok = read_row (loader, statement, data, &local);
          if (!ok && loader->newer && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              g_clear_error (&local);
              ok = TRUE;
            }
        }
    }
  if (ok || (loader->newer && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_meta (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  InsProject *self = loader->project;
  const char *name = ins_statement_get_text (statement, 0);
  const char *value = ins_statement_get_text (statement, 1);
  char **field = NULL;

  if (name == NULL || value == NULL)
    return set_damaged (error, "meta");
  if (g_str_equal (name, "checksum"))
    field = &loader->checksum;
  else if (g_str_equal (name, "preset"))
    field = &self->preset;
  else if (g_str_equal (name, "currency"))
    field = &self->currency;
  else if (g_str_equal (name, "run") && *value != '\0')
    field = &self->run_id;
  if (field != NULL)
    {
      g_free (*field);
      *field = g_strdup (value);
    }
  return TRUE;
}

static gboolean
read_source (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  InsProject *self = loader->project;

  g_free (self->source_path);
  g_free (self->source_sha256);
  self->source_path = g_strdup (ins_statement_get_text (statement, 0));
  self->source_sha256 = g_strdup (ins_statement_get_text (statement, 1));
  return TRUE;
}

static gboolean
read_parameter (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  const char *step = ins_statement_get_text (statement, 0);
  const char *name = ins_statement_get_text (statement, 1);
  const char *value = ins_statement_get_text (statement, 2);

  if (step == NULL || name == NULL || value == NULL)
    return set_damaged (error, "parameter");
  g_variant_builder_add (data, "(sss)", step, name, value);
  return TRUE;
}

static gboolean
read_run (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  InsRunInfo *info = g_new0 (InsRunInfo, 1);
  char **texts[] = { &info->id,    &info->when,          &info->chain,
                     &info->model, &info->result_sha256, &info->source_sha256 };
  gint64 customers, k, frozen;
  gboolean ok = TRUE;
  int column = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      *texts[i] = g_strdup (ins_statement_get_text (statement, column++));
      ok = ok && *texts[i] != NULL;
    }
  ok = ok && ins_statement_get_integer (statement, column, &info->seed)
       && ins_statement_get_integer (statement, column + 1, &customers) && customers >= 0
       && ins_statement_get_integer (statement, column + 2, &k) && k >= 0
       && ins_statement_get_integer (statement, column + 3, &frozen);
  if (!ok)
    {
      ins_run_info_free (info);
      return set_damaged (error, "run");
    }
  info->customers = (guint64)customers;
  info->k = (gsize)k;
  info->frozen = frozen != 0;
  column += 4;
  info->metrics.silhouette = ins_statement_get_real (statement, column++);
  info->metrics.silhouette_picture = ins_statement_get_real (statement, column++);
  info->metrics.calinski_harabasz = ins_statement_get_real (statement, column++);
  info->metrics.davies_bouldin = ins_statement_get_real (statement, column++);
  info->metrics.within = ins_statement_get_real (statement, column++);
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    info->seconds[stage] = ins_statement_get_real (statement, column++);
  g_ptr_array_add (loader->project->runs, info);
  return TRUE;
}

static gboolean
read_view (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  const char *name = ins_statement_get_text (statement, 0);
  const char *value = ins_statement_get_text (statement, 1);

  if (name == NULL || value == NULL)
    return set_damaged (error, "view");
  ins_project_set_view (loader->project, name, value);
  return TRUE;
}

static gboolean
read_cluster (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  GArray *identities = data;
  InsIdentity identity = { 0 };
  const char *name = ins_statement_get_text (statement, 1);
  const char *note = ins_statement_get_text (statement, 2);
  gint64 number[5] = { 0 };

  for (int i = 0; i < 5; i++)
    if (!ins_statement_get_integer (statement, i == 0 ? 0 : i + 2, &number[i]))
      return set_damaged (error, "cluster");
  if (name == NULL || note == NULL || number[0] != (gint64)identities->len
      || number[1] < INS_COLOUR_GOLD || number[1] >= INS_N_COLOURS || number[2] < 0
      || number[2] > G_MAXINT)
    return set_damaged (error, "cluster");
  identity.name = g_strdup (name);
  identity.note = g_strdup (note);
  identity.colour = (int)number[1];
  identity.shape = (int)number[2];
  identity.is_insider = number[3] != 0;
  identity.is_proposed = number[4] != 0;
  g_array_append_val (identities, identity);
  return TRUE;
}

/* ---- results ---- */

static InsArtifact *
unpack_artifact (const InsArtifactType *type, gconstpointer data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GVariant) packed = NULL;
  g_autoptr (GVariant) value = NULL;

  packed = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, bytes, FALSE));
  if (!g_variant_is_normal_form (packed))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _ ("the result “%s” cannot be read"),
                   type->kind);
      return NULL;
    }
#if G_BYTE_ORDER == G_BIG_ENDIAN
  {
    GVariant *swapped = g_variant_byteswap (packed);
    g_variant_unref (packed);
    packed = swapped;
  }
#endif
  value = g_variant_get_variant (packed);
  return type->from_variant (value, error);
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
read_artifact (Loader *loader, InsStatement *statement, gpointer data, GError **error)
{
  const char *stage_name = ins_statement_get_text (statement, 0);
  const char *key = ins_statement_get_text (statement, 1);
  const char *kind = ins_statement_get_text (statement, 2);
  const char *sha256 = ins_statement_get_text (statement, 3);
  g_autofree char *found = NULL;
  InsArtifact **results = loader->project->results.stage;
  const InsArtifactType *type;
  gboolean fitted = stage_name != NULL && g_str_has_prefix (stage_name, INS_PROJECT_FITTED_PREFIX);
  gconstpointer bytes;
  gsize size;
  int stage = 0;

  if (fitted)
    {
      stage_name += strlen (INS_PROJECT_FITTED_PREFIX);
      results = loader->fitted.stage;
    }
  while (stage < INS_N_STAGES && g_strcmp0 (stage_name, ins_stage_to_text (stage)) != 0)
    stage++;
  type = stage < INS_N_STAGES ? ins_artifact_type_for_stage (stage) : NULL;
  bytes = ins_statement_get_blob (statement, 4, &size);
  if (type == NULL || g_strcmp0 (kind, type->kind) != 0 || !is_sha256 (key) || bytes == NULL
      || results[stage] != NULL)
    return set_damaged (error, "artifact");
  found = ins_digest_sha256 (bytes, size, loader->run);
  if (found == NULL)
    return ins_run_check (loader->run, error);
  if (g_strcmp0 (found, sha256) != 0)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _ ("the result “%s” is not what was saved"),
                   kind);
      return FALSE;
    }
  results[stage] = unpack_artifact (type, bytes, size, error);
  if (results[stage] == NULL)
    return FALSE;
  g_free (results[stage]->key);
  results[stage]->key = g_strdup (key);
  return TRUE;
}

/* What a newer version's results mean may differ: those that do not fit are not shown. */
static gboolean
check_results (Loader *loader, GError **error)
{
  InsResults *results = &loader->project->results;

  if (ins_results_are_consistent (results))
    return TRUE;
  if (!loader->newer)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                           _ ("the results do not belong together"));
      return FALSE;
    }
  for (int stage = INS_STAGE_PREPARE; stage < INS_N_STAGES; stage++)
    ins_clear_artifact (&results->stage[stage]);
  return TRUE;
}

/* The frozen model must be whole, and the one whose clusters are shown. */
static gboolean
take_fitted (Loader *loader, GError **error)
{
  InsProject *self = loader->project;
  const InsClustering *shown = self->results.clustering;
  gboolean has_any = FALSE;

  for (int stage = 0; stage < INS_N_STAGES; stage++)
    has_any = has_any || loader->fitted.stage[stage] != NULL;
  if (!has_any)
    return TRUE;
  if (!ins_results_are_model (&loader->fitted)
      || (shown != NULL && shown->fitted_key != NULL && shown->k != loader->fitted.clustering->k))
    {
      if (loader->newer)
        return TRUE;
      g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                           _ ("the model that was kept is not whole"));
      return FALSE;
    }
  ins_pipeline_freeze (self->pipeline, &loader->fitted);
  return TRUE;
}

/* ---- everything together ---- */

static gboolean
load_parameters (Loader *loader, GError **error)
{
  InsProject *self = loader->project;
  g_auto (GStrv) unknown = NULL;
  g_autoptr (GVariant) parameters = NULL;
  g_autoptr (GError) local = NULL;
  GVariantBuilder builder;
  gboolean ok;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  ok = read_table (loader, "SELECT step, name, value FROM parameter ORDER BY id", read_parameter,
                   &builder, error);
  parameters = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (!ok)
    return FALSE;
  if (!ins_pipeline_from_variant (self->pipeline, parameters, &unknown, &local) && !loader->newer)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _ ("a parameter cannot be used: %s"),
                   local->message);
      return FALSE;
    }
  if (unknown != NULL && unknown[0] != NULL && !loader->newer)
    {
      g_autofree char *names = g_strjoinv (", ", unknown);
      self->notice = g_strdup_printf (_ ("The project has parameters this version does not know "
                                         "(%s). They are kept, but have no effect here."),
                                      names);
    }
  return TRUE;
}

static void
clear_identity (gpointer identity)
{
  ins_identity_clear (identity);
}

static gboolean
load_identities (Loader *loader, GError **error)
{
  InsProject *self = loader->project;
  const InsClustering *clustering = self->results.clustering;
  g_autoptr (GArray) read = g_array_new (FALSE, TRUE, sizeof (InsIdentity));
  gsize k = clustering ? clustering->k : 0;

  g_array_set_clear_func (read, clear_identity);
  if (!read_table (loader,
                   "SELECT id, name, note, colour, shape, is_insider, is_proposed FROM cluster "
                   "ORDER BY id",
                   read_cluster, read, error))
    return FALSE;
  if (read->len != k && !loader->newer)
    return set_damaged (error, "cluster");
  if (clustering == NULL)
    return TRUE;
  if (read->len != k)
    ins_project_take_identities (self, ins_identities_propose (&self->results, NULL, NULL), k);
  else
    ins_project_take_identities (
        self, (InsIdentity *)(void *)g_array_free (g_steal_pointer (&read), FALSE), k);
  return TRUE;
}

static gboolean
load_tables (Loader *loader, GError **error)
{
  g_autofree char *checksum = NULL;

  if (!read_table (loader, "SELECT name, value FROM meta ORDER BY id", read_meta, NULL, error))
    return FALSE;
  if (!loader->newer)
    {
      checksum = ins_project_file_checksum (loader->database, error);
      if (checksum == NULL)
        return FALSE;
      if (g_strcmp0 (checksum, loader->checksum) != 0)
        {
          g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                               _ ("its checksum does not fit; it was changed by something else"));
          return FALSE;
        }
    }
  return read_table (loader, "SELECT path, sha256 FROM source ORDER BY id", read_source, NULL,
                     error)
         && load_parameters (loader, error)
         && read_table (loader,
                        "SELECT run, finished, chain, model, result_sha256, source_sha256, seed, "
                        "customers, k, frozen, silhouette, silhouette_picture, calinski_harabasz, "
                        "davies_bouldin, within, seconds_data, seconds_filter, seconds_features, "
                        "seconds_prepare, seconds_embed, seconds_cluster, seconds_sweep, "
                        "seconds_profile FROM run ORDER BY id",
                        read_run, NULL, error)
         && read_table (loader, "SELECT name, value FROM view ORDER BY id", read_view, NULL, error)
         && read_table (loader, "SELECT stage, key, kind, sha256, data FROM artifact ORDER BY id",
                        read_artifact, NULL, error)
         && check_results (loader, error) && take_fitted (loader, error)
         && load_identities (loader, error);
}

static gboolean
load (Loader *loader, const char *path, const InsFileHead *head, GError **error)
{
  guint32 version;

  if (!ins_file_head_check (path, head, &version, error))
    return FALSE;
  if (version == 0)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED, _ ("it has no version"));
      return FALSE;
    }
  loader->newer = version > INS_PROJECT_VERSION;
  loader->database = ins_database_open (path, loader->run, error);
  return loader->database != NULL && ins_database_check (loader->database, error)
         && load_tables (loader, error);
}

/* Where the project was moved together with its data. */
static void
find_source (InsProject *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *beside = NULL;

  if (self->source_path == NULL || !g_path_is_absolute (self->source_path)
      || g_file_test (self->source_path, G_FILE_TEST_EXISTS))
    return;
  folder = g_path_get_dirname (self->path);
  name = g_path_get_basename (self->source_path);
  beside = g_build_filename (folder, name, NULL);
  if (!g_file_test (beside, G_FILE_TEST_IS_REGULAR))
    return;
  g_free (self->source_path);
  self->source_path = g_steal_pointer (&beside);
}

static void
finish (Loader *loader, const char *path)
{
  InsProject *self = loader->project;

  self->path = g_canonicalize_filename (path, NULL);
  self->read_only = loader->newer;
  if (loader->newer)
    {
      g_free (self->notice);
      self->notice =
          g_strdup (_ ("This project was written by a newer version of Insiders. It is "
                       "shown as far as this version understands it, for reading only."));
    }
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    if (self->results.stage[stage] != NULL)
      ins_cache_put (self->cache, self->results.stage[stage]);
  find_source (self);
  self->loading = FALSE;
}

/* Makes one sentence of what was found. */
static void
tell_damage (GError **error, const char *path)
{
  g_autofree char *name = ins_project_file_name (path);
  g_autofree char *reason = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != INS_ERROR
      || strstr ((*error)->message, name) != NULL)
    return;
  if (!g_error_matches (*error, INS_ERROR, INS_ERROR_DAMAGED))
    {
      g_prefix_error (error, "%s: ", name);
      return;
    }
  reason = g_strdup ((*error)->message);
  if (g_str_has_suffix (reason, ".")) /* it stands in brackets */
    reason[strlen (reason) - 1] = '\0';
  g_clear_error (error);
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
               _ ("%s is damaged (%s). The file was not changed: use a copy of it made earlier."),
               name, reason);
}

InsProject *
ins_project_open (const char *path, InsRun *run, GError **error)
{
  g_autoptr (InsProject) project = NULL;
  g_autoptr (GError) local = NULL;
  Loader loader = { 0 };
  InsFileHead head = { 0 };
  gboolean ok;

  g_return_val_if_fail (path != NULL, NULL);

  if (!ins_file_head_read (path, &head, error) || ins_project_file_is_busy (path, error))
    return NULL;
  project = ins_project_new ();
  project->loading = TRUE;
  loader.project = project;
  loader.run = run != NULL ? ins_run_ref (run) : ins_run_new (1, NULL);
  ok = load (&loader, path, &head, &local);
  ins_database_free (loader.database);
  ins_run_unref (loader.run);
  g_free (loader.checksum);
  ins_results_clear (&loader.fitted);
  if (!ok)
    {
      tell_damage (&local, path);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  finish (&loader, path);
  return g_steal_pointer (&project);
}
