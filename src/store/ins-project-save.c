/* ins-project-save.c: writing a project file
 *
 * A complete new database is written beside the target, brought to the disk and put in the old
 * file's place by rename(): whoever looks sees the old file or the new one.  Where the folder does
 * not allow a file beside (a sandbox's portal may not), the new one is made in the folder for
 * temporary files and copied over; if that fails the old content is put back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"
#include "store/ins-relation.h"

#include "base/ins-error.h"
#include "data/ins-digest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* From the resource that meson makes of schema.sql. */
extern GResource *ins_store_get_resource (void);

/* ---- content ---- */

static gboolean
add_meta (InsStatement *statement, const char *name, const char *value, GError **error)
{
  ins_statement_bind_null (statement, 0);
  ins_statement_bind_text (statement, 1, name);
  ins_statement_bind_text (statement, 2, value ? value : "");
  return ins_statement_execute (statement, error);
}

static gboolean
write_meta (InsProject *self, InsDatabase *database, GError **error)
{
  g_autoptr (InsStatement) statement = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *saved = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *sha256 = ins_results_sha256 (&self->results);

  statement = ins_database_prepare (database, "INSERT INTO meta VALUES (?, ?, ?)", error);
  return statement != NULL && add_meta (statement, "program", "insiders", error)
         && add_meta (statement, "version", INS_VERSION, error)
         && add_meta (statement, "saved", saved, error)
         && add_meta (statement, "preset", self->preset, error)
         && add_meta (statement, "currency", self->currency, error)
         && add_meta (statement, "result_sha256", sha256, error)
         && add_meta (statement, "run", self->run_id, error);
}

static char *
describe_dialect (const InsImport *import)
{
  const InsDialect *dialect = &import->dialect;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "encoding=%s", dialect->encoding ? dialect->encoding : "");
  if (dialect->delimiter != 0)
    g_string_append_printf (text, " delimiter=%c", dialect->delimiter);
  if (dialect->quote != 0)
    g_string_append_printf (text, " quote=%c", dialect->quote);
  g_string_append_printf (text, " header=%s", dialect->header ? "yes" : "no");
  if (dialect->decimal != 0)
    g_string_append_printf (text, " decimal=%c", dialect->decimal);
  g_string_append_printf (text, " thousands=%s", dialect->thousands ? dialect->thousands : "");
  g_string_append_printf (text, " date-format=%s",
                          dialect->date_format ? dialect->date_format : "");
  return g_string_free (text, FALSE);
}

/* The parameters of the import, as words of a chain. */
static char *
describe_recipe (InsProject *self)
{
  InsStep *step = ins_pipeline_get_step (self->pipeline, INS_STAGE_DATA);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (step));
  GString *text = g_string_new (INS_STEP_GET_CLASS (step)->id);

  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *value = ins_step_get_text (step, param);
      if (!ins_step_is_default (step, param))
        g_string_append_printf (text, " %s=%s", param->spec->name, value);
    }
  return g_string_free (text, FALSE);
}

static gboolean
write_source (InsProject *self, InsDatabase *database, GError **error)
{
  const InsImport *import = self->results.import;
  g_autoptr (InsStatement) statement = NULL;
  g_autofree char *name = NULL;
  g_autofree char *dialect = NULL;
  g_autofree char *recipe = NULL;

  if (self->source_path == NULL && self->source_sha256 == NULL)
    return TRUE;
  statement =
      ins_database_prepare (database, "INSERT INTO source VALUES (1, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  /* the figures only if they are those of the source there is now */
  if (import != NULL && g_strcmp0 (import->source_sha256, self->source_sha256) != 0)
    import = NULL;
  if (import != NULL)
    name = g_strdup (import->source_name);
  else if (self->source_path != NULL)
    name = g_filename_display_basename (self->source_path);
  dialect = import != NULL ? describe_dialect (import) : g_strdup ("");
  recipe = describe_recipe (self);
  ins_statement_bind_text (statement, 0, name);
  ins_statement_bind_text (statement, 1, self->source_path);
  ins_statement_bind_text (statement, 2, self->source_sha256);
  if (import != NULL)
    ins_statement_bind_integer (statement, 3, (gint64)import->source_size);
  ins_statement_bind_text (statement, 4, dialect);
  ins_statement_bind_text (statement, 5, recipe);
  return ins_statement_execute (statement, error);
}

/* Which stage uses the step called @id now; "" for what is only kept. */
static const char *
find_stage (InsProject *self, const char *id)
{
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      InsStep *step = ins_pipeline_get_step (self->pipeline, stage);
      if (step != NULL && g_str_equal (INS_STEP_GET_CLASS (step)->id, id))
        return ins_stage_to_text (stage);
    }
  return "";
}

static gboolean
write_parameters (InsProject *self, InsDatabase *database, GError **error)
{
  g_autoptr (GVariant) parameters = g_variant_ref_sink (ins_pipeline_to_variant (self->pipeline));
  g_autoptr (InsStatement) statement = NULL;
  GVariantIter iter;
  const char *step, *name, *value;

  statement =
      ins_database_prepare (database, "INSERT INTO parameter VALUES (NULL, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  g_variant_iter_init (&iter, parameters);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &step, &name, &value))
    {
      ins_statement_bind_text (statement, 0, find_stage (self, step));
      ins_statement_bind_text (statement, 1, step);
      ins_statement_bind_text (statement, 2, name);
      ins_statement_bind_text (statement, 3, value);
      if (!ins_statement_execute (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_runs (InsProject *self, InsDatabase *database, GError **error)
{
  g_autoptr (InsStatement) statement = NULL;

  statement = ins_database_prepare (database,
                                    "INSERT INTO run VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                    error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->runs->len; i++)
    {
      const InsRunInfo *info = g_ptr_array_index (self->runs, i);
      int column = 0;

      ins_statement_bind_text (statement, column++, info->id);
      ins_statement_bind_text (statement, column++, info->when);
      ins_statement_bind_text (statement, column++, info->chain);
      ins_statement_bind_text (statement, column++, info->model);
      ins_statement_bind_integer (statement, column++, info->seed);
      ins_statement_bind_integer (statement, column++, (gint64)info->customers);
      ins_statement_bind_integer (statement, column++, (gint64)info->k);
      ins_statement_bind_real (statement, column++, info->metrics.silhouette);
      ins_statement_bind_real (statement, column++, info->metrics.silhouette_picture);
      ins_statement_bind_real (statement, column++, info->metrics.calinski_harabasz);
      ins_statement_bind_real (statement, column++, info->metrics.davies_bouldin);
      ins_statement_bind_real (statement, column++, info->metrics.within);
      ins_statement_bind_text (statement, column++, info->result_sha256);
      ins_statement_bind_text (statement, column++, info->source_sha256);
      ins_statement_bind_integer (statement, column++, info->frozen);
      for (int stage = 0; stage < INS_N_STAGES; stage++)
        ins_statement_bind_real (statement, column++, info->seconds[stage]);
      if (!ins_statement_execute (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Bytes of an artifact as the file has them, the same on every machine. */
static GVariant *
pack_artifact (const InsArtifact *artifact)
{
  GVariant *packed = g_variant_new_variant (artifact->type->to_variant (artifact));

  g_variant_ref_sink (packed);
#if G_BYTE_ORDER == G_BIG_ENDIAN
  {
    GVariant *swapped = g_variant_byteswap (packed);
    g_variant_unref (packed);
    packed = swapped;
  }
#endif
  return packed;
}

static gboolean
write_artifact (InsStatement *statement, const char *prefix, InsStage stage,
                const InsArtifact *artifact, InsRun *run, GError **error)
{
  g_autoptr (GVariant) packed = pack_artifact (artifact);
  gconstpointer data = g_variant_get_data (packed);
  gsize size = g_variant_get_size (packed);
  g_autofree char *sha256 = ins_digest_sha256 (data, size, run);
  g_autofree char *name = g_strconcat (prefix, ins_stage_to_text (stage), NULL);

  if (sha256 == NULL)
    return ins_run_check (run, error);
  ins_statement_bind_text (statement, 0, name);
  ins_statement_bind_text (statement, 1, artifact->key ? artifact->key : "");
  ins_statement_bind_text (statement, 2, artifact->type->kind);
  ins_statement_bind_text (statement, 3, sha256);
  ins_statement_bind_blob (statement, 4, data, size);
  return ins_statement_execute (statement, error);
}

/* @prefix: before the stages' names */
static gboolean
write_results (const InsResults *results, const char *prefix, InsDatabase *database, InsRun *run,
               GError **error)
{
  g_autoptr (InsStatement) statement = NULL;

  statement =
      ins_database_prepare (database, "INSERT INTO artifact VALUES (NULL, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      if (results->stage[stage] == NULL)
        continue;
      if (!ins_run_check (run, error)
          || !write_artifact (statement, prefix, stage, results->stage[stage], run, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_artifacts (InsProject *self, InsDatabase *database, InsRun *run, GError **error)
{
  const InsResults *frozen = ins_pipeline_get_frozen (self->pipeline);

  return write_results (&self->results, "", database, run, error)
         && (frozen == NULL
             || write_results (frozen, INS_PROJECT_FITTED_PREFIX, database, run, error));
}

static gboolean
write_clusters (InsProject *self, InsDatabase *database, GError **error)
{
  const InsIdentity *identities;
  g_autoptr (InsStatement) statement = NULL;
  gsize n;

  statement =
      ins_database_prepare (database, "INSERT INTO cluster VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  identities = ins_project_get_identities (self, &n);
  for (gsize i = 0; i < n; i++)
    {
      const InsIdentity *identity = &identities[i];

      ins_statement_bind_integer (statement, 0, (gint64)i);
      ins_statement_bind_text (statement, 1, identity->name);
      ins_statement_bind_text (statement, 2, identity->note);
      ins_statement_bind_integer (statement, 3, identity->colour);
      ins_statement_bind_integer (statement, 4, identity->shape);
      ins_statement_bind_integer (statement, 5, identity->is_insider ? 1 : 0);
      ins_statement_bind_integer (statement, 6, identity->is_proposed ? 1 : 0);
      if (!ins_statement_execute (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_view (InsProject *self, InsDatabase *database, GError **error)
{
  g_autoptr (InsStatement) statement = NULL;
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->view), (GCompareFunc)strcmp);

  statement = ins_database_prepare (database, "INSERT INTO view VALUES (NULL, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  for (GList *l = names; l != NULL; l = l->next)
    {
      ins_statement_bind_text (statement, 0, l->data);
      ins_statement_bind_text (statement, 1, g_hash_table_lookup (self->view, l->data));
      if (!ins_statement_execute (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_checksum (InsDatabase *database, GError **error)
{
  g_autofree char *checksum = ins_project_file_checksum (database, error);
  g_autoptr (InsStatement) statement = NULL;

  if (checksum == NULL)
    return FALSE;
  statement = ins_database_prepare (database, "INSERT INTO meta VALUES (?, ?, ?)", error);
  return statement != NULL && add_meta (statement, "checksum", checksum, error);
}

static gboolean
write_schema (InsDatabase *database, GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      ins_store_get_resource (), "/io/github/insiders/Insiders/store/schema.sql", 0, error);

  return bytes != NULL && ins_database_exec (database, g_bytes_get_data (bytes, NULL), error);
}

static gboolean
write_database (InsProject *self, const char *path, InsRun *run, GError **error)
{
  g_autoptr (InsDatabase) database = NULL;
  const InsIdentity *identities = ins_project_get_identities (self, NULL);

  database =
      ins_database_create (path, INS_PROJECT_APPLICATION_ID, INS_PROJECT_VERSION, run, error);
  return database != NULL && write_schema (database, error) && write_meta (self, database, error)
         && write_source (self, database, error) && write_parameters (self, database, error)
         && write_runs (self, database, error) && write_artifacts (self, database, run, error)
         && write_clusters (self, database, error) && write_view (self, database, error)
         && ins_relations_write (&self->results, identities, database, run, error)
         && write_checksum (database, error) && ins_database_finish (database, error);
}

/* ---- putting it in place ---- */

static void
set_file_error (GError **error, const char *path, int code)
{
  g_autofree char *name = ins_project_file_name (path);

  g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
               _ ("%s could not be saved (%s): choose another place, or make room and try again."),
               name, g_strerror (code));
}

static void
prefix_file_error (GError **error, const char *path)
{
  g_autofree char *name = ins_project_file_name (path);

  if (error != NULL && *error != NULL
      && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (error, _ ("%s could not be saved: "), name);
}

static gboolean
sync_path (const char *path, int flags)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int code = errno;

  if (fd >= 0)
    close (fd);
  errno = code;
  return ok;
}

/* The file that is really meant: behind links, absolute.  Returns: (transfer full) */
static char *
resolve_target (const char *path)
{
  char *real = realpath (path, NULL); /* NULL for a new file */
  char *target = real ? g_strdup (real) : g_canonicalize_filename (path, NULL);

  free (real);
  return target;
}

static gboolean
check_target (const char *target, gboolean *exists, mode_t *mode, GError **error)
{
  struct stat status;
  g_autofree char *name = ins_project_file_name (target);

  *exists = FALSE;
  if (stat (target, &status) != 0)
    {
      if (errno == ENOENT)
        return TRUE;
      set_file_error (error, target, errno);
      return FALSE;
    }
  *exists = TRUE;
  *mode = status.st_mode & 07777;
  if (S_ISREG (status.st_mode))
    return !ins_project_file_is_busy (target, error);
  g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
               S_ISDIR (status.st_mode)
                   ? _ ("%s is a folder: choose the name of a file to save the project.")
                   : _ ("%s is not an ordinary file: choose another name to save the project."),
               name);
  return FALSE;
}

/* Overwrites in place, as the folder does not allow more.  The old bytes are put back if the new
 * ones do not fit. */
static gboolean
copy_over (const char *from, const char *target, GError **error)
{
  g_autofree char *new_bytes = NULL;
  g_autofree char *old_bytes = NULL;
  gsize new_size, old_size = 0;
  g_autoptr (GFile) file = g_file_new_for_path (target);

  if (!g_file_get_contents (from, &new_bytes, &new_size, error))
    return FALSE;
  if (g_file_test (target, G_FILE_TEST_EXISTS)
      && !g_file_get_contents (target, &old_bytes, &old_size, error))
    return FALSE;
  if (g_file_replace_contents (file, new_bytes, new_size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               NULL, error))
    return TRUE;
  if (old_bytes != NULL)
    g_file_replace_contents (file, old_bytes, old_size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                             NULL);
  return FALSE;
}

static gboolean
put_in_place (const char *temporary, const char *target, gboolean beside, gboolean exists,
              mode_t mode, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  if ((exists && beside && chmod (temporary, mode) != 0) || !sync_path (temporary, O_RDONLY))
    {
      set_file_error (error, target, errno);
      return FALSE;
    }
  if (!beside)
    return copy_over (temporary, target, error);
  if (g_rename (temporary, target) != 0)
    {
      set_file_error (error, target, errno);
      return FALSE;
    }
  sync_path (folder, O_RDONLY | O_DIRECTORY); /* the file is whole even if this fails */
  return TRUE;
}

/* An empty file beside @target, or among the temporary ones.  Returns: (transfer full) (nullable)
 */
static char *
make_temporary (const char *target, gboolean *beside, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  char *path = g_build_filename (folder, ".insiders-XXXXXX.tmp", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0666);
  int reason = errno;

  *beside = fd >= 0;
  if (fd < 0 && (reason == EACCES || reason == EPERM || reason == EROFS)
      && g_access (target, W_OK) == 0)
    {
      g_free (path);
      path = g_build_filename (g_get_tmp_dir (), ".insiders-XXXXXX.tmp", NULL);
      fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
      reason = errno;
    }
  if (fd < 0)
    {
      set_file_error (error, target, reason);
      g_free (path);
      return NULL;
    }
  close (fd);
  return path;
}

static gboolean
save_to (InsProject *self, const char *target, InsRun *given, GError **error)
{
  g_autoptr (InsRun) run = given != NULL ? ins_run_ref (given) : ins_run_new (1, NULL);
  g_autofree char *temporary = NULL;
  gboolean exists, beside, ok;
  mode_t mode = 0;

  if (!check_target (target, &exists, &mode, error))
    return FALSE;
  temporary = make_temporary (target, &beside, error);
  if (temporary == NULL)
    return FALSE;
  ok = write_database (self, temporary, run, error);
  if (!ok)
    prefix_file_error (error, target);
  ok = ok && ins_run_check (run, error)
       && put_in_place (temporary, target, beside, exists, mode, error);
  if (!ok || !beside)
    g_unlink (temporary);
  return ok;
}

gboolean
ins_project_write (InsProject *self, const char *path, InsRun *run, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *own = NULL;

  g_return_val_if_fail (INS_IS_PROJECT (self) && path != NULL, FALSE);

  target = resolve_target (path);
  own = self->path ? resolve_target (self->path) : NULL;
  if (self->read_only && g_strcmp0 (own, target) == 0)
    {
      g_autofree char *name = ins_project_file_name (path);
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("%s was written by a newer version of Insiders and is open for reading only: "
                      "save under another name."),
                   name);
      return FALSE;
    }
  return ins_project_may_replace (target, error) && save_to (self, target, run, error);
}

void
ins_project_written (InsProject *self, const char *path)
{
  g_return_if_fail (INS_IS_PROJECT (self) && path != NULL);

  g_clear_pointer (&self->base, g_free);
  g_free (self->path);
  self->path = g_canonicalize_filename (path, NULL);
  self->read_only = FALSE;
  ins_project_set_modified (self, FALSE);
}

gboolean
ins_project_save (InsProject *self, const char *path, InsRun *run, GError **error)
{
  if (!ins_project_write (self, path, run, error))
    return FALSE;
  ins_project_written (self, path);
  return TRUE;
}
