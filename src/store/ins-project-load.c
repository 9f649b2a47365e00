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

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_SIZE 100 /* of a SQLite file */
#define HEAD_PAGE_SIZE 16
#define HEAD_N_PAGES 28
#define HEAD_USER_VERSION 60
#define HEAD_APPLICATION_ID 68
#define MAX_PAGE 65536

typedef struct
{
  guint8 bytes[HEAD_SIZE];
  gsize n;
  guint64 file_size;
} Head;

char *
ins_project_file_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  return g_strdup_printf ("“%s”", name);
}

gboolean
ins_project_file_is_busy (const char *path, GError **error)
{
  static const char *const endings[] = { "-journal", "-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *other = g_strconcat (path, endings[i], NULL);
      g_autofree char *other_name = ins_project_file_name (other);
      g_autofree char *name = ins_project_file_name (path);
      GStatBuf status;

      if (g_stat (other, &status) != 0 || status.st_size == 0)
        continue;
      g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                   _("Another program has not finished changing %s (%s stands beside it): close "
                     "that program and try again."),
                   name, other_name);
      return TRUE;
    }
  return FALSE;
}

/* ---- the file's head ---- */

static guint32
get_big_endian (const Head *head, gsize offset)
{
  guint32 value;

  memcpy (&value, head->bytes + offset, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
read_head (const char *path, Head *head, GError **error)
{
  g_autofree char *name = ins_project_file_name (path);
  struct stat status;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  gssize n = -1;

  errno = fd < 0 ? errno : 0;
  if (fd >= 0 && fstat (fd, &status) == 0)
    {
      if (S_ISREG (status.st_mode))
        n = read (fd, head->bytes, HEAD_SIZE);
      else
        errno = S_ISDIR (status.st_mode) ? EISDIR : EINVAL;
    }
  if (n < 0)
    g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                 _("%s could not be opened (%s): check the name and your permissions."), name,
                 g_strerror (errno));
  else
    {
      head->n = (gsize)n;
      head->file_size = (guint64)status.st_size;
    }
  if (fd >= 0)
    close (fd);
  return n >= 0;
}

static gboolean
is_sqlite (const Head *head)
{
  static const char magic[16] = "SQLite format 3";

  return head->n >= sizeof magic && memcmp (head->bytes, magic, sizeof magic) == 0;
}

static gboolean
check_head (const char *path, const Head *head, guint32 *version, GError **error)
{
  g_autofree char *name = ins_project_file_name (path);
  guint64 page;

  if (!is_sqlite (head)
      || (head->n == HEAD_SIZE
          && get_big_endian (head, HEAD_APPLICATION_ID) != INS_PROJECT_APPLICATION_ID))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
                   _("%s is not an Insiders project: open it as data, or choose a file ending in "
                     ".insiders."),
                   name);
      return FALSE;
    }
  page = head->n < HEAD_SIZE
             ? 0
             : ((guint64)head->bytes[HEAD_PAGE_SIZE] << 8) | head->bytes[HEAD_PAGE_SIZE + 1];
  if (page == 1)
    page = MAX_PAGE;
  *version = page != 0 ? get_big_endian (head, HEAD_USER_VERSION) : 0;
  if (page != 0 && head->file_size >= page * get_big_endian (head, HEAD_N_PAGES))
    return TRUE;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _("it is shorter than it should be, perhaps copied only in part"));
  return FALSE;
}

/* ---- checksum ---- */

char *
ins_project_file_checksum (InsDatabase *database, GError **error)
{
  static const char *const queries[] = {
    "SELECT name, value FROM meta WHERE name <> 'checksum' ORDER BY id",
    "SELECT name, path, sha256, size, dialect, recipe FROM source ORDER BY id",
    "SELECT stage, step, name, value FROM parameter ORDER BY id",
    "SELECT * FROM run ORDER BY id",
    "SELECT stage, key, kind, sha256 FROM artifact ORDER BY id",
    "SELECT id, name, note, colour, shape, is_insider, is_proposed FROM cluster ORDER BY id",
    "SELECT name, value FROM view ORDER BY id",
  };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (InsStatement) statement = ins_database_prepare (database, queries[i], error);
      gboolean has_row = TRUE;

      if (statement == NULL)
        return NULL;
      g_checksum_update (checksum, (const guchar *)queries[i], -1);
      while (has_row)
        {
          if (!ins_statement_next (statement, &has_row, error))
            return NULL;
          if (has_row)
            ins_statement_hash_row (statement, checksum);
        }
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* ---- tables ---- */

typedef struct
{
  InsProject *project;
  InsDatabase *database;
  gboolean newer; /* what does not fit is left out instead of being an error */
  char *checksum;
} Loader;

/* Reads one line; FALSE = damaged. */
typedef gboolean (*ReadRow) (Loader *loader, InsStatement *statement, gpointer data,
                             GError **error);

static gboolean
set_damaged (GError **error, const char *what)
{
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _("the table “%s” holds what cannot be"),
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
  char **texts[] = { &info->id, &info->when, &info->chain, &info->model, &info->result_sha256,
                     &info->source_sha256 };
  gint64 customers, k;
  gboolean ok = TRUE;
  int column = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      *texts[i] = g_strdup (ins_statement_get_text (statement, column++));
      ok = ok && *texts[i] != NULL;
    }
  ok = ok && ins_statement_get_integer (statement, column, &info->seed)
       && ins_statement_get_integer (statement, column + 1, &customers) && customers >= 0
       && ins_statement_get_integer (statement, column + 2, &k) && k >= 0;
  if (!ok)
    {
      ins_run_info_free (info);
      return set_damaged (error, "run");
    }
  info->customers = (guint64)customers;
  info->k = (gsize)k;
  column += 3;
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
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _("the result “%s” cannot be read"),
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
  gconstpointer bytes;
  gsize size;
  int stage = 0;

  while (stage < INS_N_STAGES && g_strcmp0 (stage_name, ins_stage_to_text (stage)) != 0)
    stage++;
  type = stage < INS_N_STAGES ? ins_artifact_type_for_stage (stage) : NULL;
  bytes = ins_statement_get_blob (statement, 4, &size);
  if (type == NULL || g_strcmp0 (kind, type->kind) != 0 || !is_sha256 (key) || bytes == NULL
      || results[stage] != NULL)
    return set_damaged (error, "artifact");
  found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
  if (g_strcmp0 (found, sha256) != 0)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
                   _("the result “%s” is not what was saved"), kind);
      return FALSE;
    }
  results[stage] = unpack_artifact (type, bytes, size, error);
  if (results[stage] == NULL)
    return FALSE;
  g_free (results[stage]->key);
  results[stage]->key = g_strdup (key);
  return TRUE;
}

/* ---- do the results fit each other? ---- */

static gboolean
scaled_fits (const InsResults *results)
{
  const InsScaled *scaled = results->scaled;
  const InsFeatures *features = results->features;

  if (scaled == NULL)
    return TRUE;
  if (features == NULL || scaled->x->rows != scaled->n || scaled->x->cols != scaled->d)
    return FALSE;
  for (gsize i = 0; i < scaled->n; i++)
    if (scaled->rows[i] >= features->n || (i > 0 && scaled->rows[i] <= scaled->rows[i - 1]))
      return FALSE;
  for (gsize j = 0; j < scaled->d; j++)
    if (scaled->columns[j] >= features->n_features)
      return FALSE;
  return TRUE;
}

static gboolean
embedding_fits (const InsResults *results)
{
  const InsEmbedding *embedding = results->embedding;

  if (embedding == NULL)
    return TRUE;
  return results->scaled != NULL && embedding->scores->rows == results->scaled->n
         && embedding->scores->cols >= 2
         && (embedding->loadings == NULL
             || (embedding->loadings->rows == results->scaled->d
                 && embedding->loadings->cols == embedding->scores->cols));
}

static gboolean
labels_fit (const gint32 *labels, gsize n, gsize k)
{
  for (gsize i = 0; i < n; i++)
    if (labels[i] < -1 || (labels[i] >= 0 && (gsize)labels[i] >= k))
      return FALSE;
  return TRUE;
}

static gboolean
clustering_fits (const InsResults *results)
{
  const InsClustering *clustering = results->clustering;

  if (clustering == NULL)
    return TRUE;
  return results->scaled != NULL && clustering->n == results->scaled->n
         && labels_fit (clustering->labels, clustering->n, clustering->k)
         && (clustering->centres == NULL
             || (clustering->centres->rows == clustering->k
                 && clustering->centres->cols == results->scaled->d))
         && (clustering->tree == NULL || clustering->tree->n == clustering->n);
}

static gboolean
sweep_fits (const InsResults *results)
{
  const InsSweep *sweep = results->sweep;

  if (sweep == NULL)
    return TRUE;
  if (results->scaled == NULL || sweep->n != results->scaled->n)
    return FALSE;
  for (gsize i = 0; i < sweep->n_rows; i++)
    if (!labels_fit (sweep->rows[i].labels, sweep->n, sweep->rows[i].k))
      return FALSE;
  return TRUE;
}

static gboolean
profile_fits (const InsResults *results)
{
  const InsProfile *profile = results->profile;

  if (profile == NULL)
    return TRUE;
  if (results->features == NULL || results->clustering == NULL
      || profile->k != results->clustering->k)
    return FALSE;
  for (gsize i = 0; i < profile->n_features; i++)
    if (profile->features[i] >= results->features->n_features)
      return FALSE;
  return profile->mean->rows == profile->k + 1 && profile->mean->cols == profile->n_features
         && profile->median->rows == profile->k + 1 && profile->median->cols == profile->n_features
         && profile->ratio->rows == profile->k && profile->ratio->cols == profile->n_features;
}

static const struct
{
  InsStage stage;
  gboolean (*fits) (const InsResults *results);
} checks[] = {
  { INS_STAGE_PREPARE, scaled_fits }, { INS_STAGE_EMBED, embedding_fits },
  { INS_STAGE_CLUSTER, clustering_fits }, { INS_STAGE_SWEEP, sweep_fits },
  { INS_STAGE_PROFILE, profile_fits },
};

static gboolean
check_results (Loader *loader, GError **error)
{
  InsResults *results = &loader->project->results;

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (checks[i].fits (results))
        continue;
      if (!loader->newer)
        {
          g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _("the result “%s” does not belong to the others"),
                       ins_stage_to_text (checks[i].stage));
          return FALSE;
        }
      ins_clear_artifact (&results->stage[checks[i].stage]);
    }
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
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, _("a parameter cannot be used: %s"),
                   local->message);
      return FALSE;
    }
  if (unknown != NULL && unknown[0] != NULL && !loader->newer)
    {
      g_autofree char *names = g_strjoinv (", ", unknown);
      self->notice = g_strdup_printf (_("The project has parameters this version does not know "
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
                               _("its checksum does not fit; it was changed by something else"));
          return FALSE;
        }
    }
  return read_table (loader, "SELECT path, sha256 FROM source ORDER BY id", read_source, NULL,
                     error)
         && load_parameters (loader, error)
         && read_table (loader,
                        "SELECT run, finished, chain, model, result_sha256, source_sha256, seed, "
                        "customers, k, silhouette, silhouette_picture, calinski_harabasz, "
                        "davies_bouldin, within, seconds_data, seconds_filter, seconds_features, "
                        "seconds_prepare, seconds_embed, seconds_cluster, seconds_sweep, "
                        "seconds_profile FROM run ORDER BY id",
                        read_run, NULL, error)
         && read_table (loader, "SELECT name, value FROM view ORDER BY id", read_view, NULL, error)
         && read_table (loader, "SELECT stage, key, kind, sha256, data FROM artifact ORDER BY id",
                        read_artifact, NULL, error)
         && check_results (loader, error) && load_identities (loader, error);
}

static gboolean
load (Loader *loader, const char *path, const Head *head, InsRun *run, GError **error)
{
  guint32 version;

  if (!check_head (path, head, &version, error))
    return FALSE;
  if (version == 0)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED, _("it has no version"));
      return FALSE;
    }
  loader->newer = version > INS_PROJECT_VERSION;
  loader->database = ins_database_open (path, run, error);
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
      self->notice = g_strdup (_("This project was written by a newer version of Insiders. It is "
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

  if (error == NULL || *error == NULL || !g_error_matches (*error, INS_ERROR, INS_ERROR_DAMAGED)
      || strstr ((*error)->message, name) != NULL)
    return;
  reason = g_strdup ((*error)->message);
  g_clear_error (error);
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
               _("%s is damaged (%s). The file was not changed: use a copy of it made earlier."),
               name, reason);
}

InsProject *
ins_project_open (const char *path, InsRun *run, GError **error)
{
  g_autoptr (InsProject) project = NULL;
  g_autoptr (GError) local = NULL;
  Loader loader = { 0 };
  Head head = { 0 };
  gboolean ok;

  g_return_val_if_fail (path != NULL, NULL);

  if (!read_head (path, &head, error) || ins_project_file_is_busy (path, error))
    return NULL;
  project = ins_project_new ();
  project->loading = TRUE;
  loader.project = project;
  ok = load (&loader, path, &head, run, &local);
  ins_database_free (loader.database);
  g_free (loader.checksum);
  if (!ok)
    {
      tell_damage (&local, path);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  finish (&loader, path);
  return g_steal_pointer (&project);
}
