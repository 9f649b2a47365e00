/* insui-session-job.c: opening, computing and saving without ever holding up the window
 *
 * A job is frozen on the main thread, executed by a worker and finished on the main thread again.
 * Starting one cancels the one before; what that one returns is dropped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-session-job.h"

#include "base/ins-error.h"
#include "data/ins-encoding.h"
#include "pipeline/ins-import-params.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define POLL_INTERVAL 66  /* ms: 15 times a second */
#define AUTORUN_DELAY 300 /* ms without a further change */
#define AUTORUN_SECONDS 0.3
#define SAMPLE_LINES 8
#define SAMPLE_BYTES 4096
#define EVERY_STAGE ((1u << INS_N_STAGES) - 1)

static void
job_free (InsUiJob *job)
{
  g_clear_pointer (&job->plan, ins_plan_free);
  g_clear_object (&job->project);
  g_clear_pointer (&job->run, ins_run_unref);
  g_clear_pointer (&job->sniff, ins_sniff_free);
  g_free (job->sample);
  g_clear_error (&job->error);
  ins_recipe_clear (&job->recipe);
  g_clear_pointer (&job->state, g_variant_unref);
  g_free (job->source_path);
  g_free (job->update);
  g_free (job->path);
  g_free (job);
}

gboolean
insui_session_is_running (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), FALSE);

  return self->job != NULL;
}

gboolean
insui_session_get_running_stage (InsUiSession *self, InsStage *stage)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), FALSE);

  if (!self->job)
    return FALSE;
  *stage = self->job->plan ? ins_plan_get_stage (self->job->plan) : INS_STAGE_DATA;
  return TRUE;
}

/* --- in the worker --- */

/* The file did not say enough: what is to be asked? */
static void
ask (InsUiJob *job)
{
  g_autoptr (InsSource) source = ins_source_open (job->source_path, job->run, NULL);

  if (source)
    {
      job->sniff = ins_sniff (source, &job->recipe, job->run, NULL);
      job->sample = ins_encoding_first_lines (
          source, job->sniff ? job->sniff->dialect.encoding : NULL, SAMPLE_LINES, SAMPLE_BYTES);
    }
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  InsUiJob *job = data;

  if (job->path)
    {
      job->project = ins_project_open (job->path, job->run, &job->error);
      job->ok = job->project != NULL;
    }
  else
    {
      job->ok = ins_plan_execute (job->plan, job->run, &job->error);
      if (g_error_matches (job->error, INS_ERROR, INS_ERROR_UNDECIDED))
        ask (job);
    }
  g_task_return_boolean (task, job->ok);
}

/* --- on the main thread --- */

static void
clear_problems (InsUiSession *self)
{
  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    g_clear_pointer (&self->problem[stage], g_free);
  g_clear_pointer (&self->questions, ins_sniff_free);
  g_clear_pointer (&self->sample, g_free);
}

static void
report_error (InsUiSession *self, InsUiJob *job)
{
  if (!job->error || g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (job->plan && job->project == self->project)
    {
      InsStage stage = ins_plan_get_stage (job->plan);

      g_free (self->problem[stage]);
      self->problem[stage] = g_strdup (job->error->message);
      g_signal_emit (self, insui_session_signals[INSUI_SESSION_CHANGED], 0, (guint)stage);
    }
  if (job->sniff)
    {
      self->questions = g_steal_pointer (&job->sniff);
      self->sample = g_steal_pointer (&job->sample);
      g_signal_emit (self, insui_session_signals[INSUI_SESSION_UNDECIDED], 0, self->questions);
    }
  else
    insui_session_fail (self, job->error->message);
}

static void
measure (InsUiSession *self, InsUiJob *job)
{
  for (guint stage = 0; job->plan && stage < INS_N_STAGES; stage++)
    if (ins_plan_get_seconds (job->plan, (InsStage)stage) > 0)
      self->seconds[stage] = ins_plan_get_seconds (job->plan, (InsStage)stage);
}

/* What opening a data file computes by itself is no work that could be lost. */
static gboolean
may_be_only_reading (InsUiSession *self, InsUiJob *job)
{
  if (!job->plan || job->recovered || ins_project_get_path (job->project))
    return FALSE;
  return job->project != self->project || !ins_project_is_modified (job->project);
}

/* The project it was made from is open; now what was not saved is computed again. */
static void
go_on_with_update (InsUiSession *self, InsUiJob *job)
{
  g_autoptr (InsProject) project = ins_project_new_update (job->project, job->update, FALSE, NULL);

  if (!project)
    project = ins_project_new_update (job->project, job->update, TRUE, NULL);
  insui_session_restore (project, job->state);
  job_free (job);
  insui_session_take_update (self, project);
}

static void
finish (InsUiSession *self, InsUiJob *job)
{
  guint then = job->then;
  gboolean ok = job->ok;
  gboolean only_reading = may_be_only_reading (self, job);

  if (job->ok && job->update)
    {
      go_on_with_update (self, job);
      return;
    }
  clear_problems (self);
  if (job->ok || job->sniff)
    insui_session_take_project (self, job->project);
  if (job->ok && job->state)
    insui_session_restore (self->project, job->state);
  measure (self, job);
  if (job->plan && job->project == self->project)
    ins_project_adopt (self->project, job->plan);
  if (only_reading && job->project == self->project && !insui_session_get_results (self)->scaled)
    ins_project_set_modified (self->project, FALSE);
  report_error (self, job);
  job_free (job);

  g_signal_emit (self, insui_session_signals[INSUI_SESSION_FINISHED], 0, ok);
  if (ok && then != 0 && !self->job)
    insui_session_run (self, then);
}

static void
stop_polling (InsUiSession *self)
{
  self->job = NULL;
  g_clear_handle_id (&self->poll, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), insui_session_props[INSUI_SESSION_PROP_RUNNING]);
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer data)
{
  InsUiSession *self = INSUI_SESSION (source);
  InsUiJob *job = g_task_get_task_data (G_TASK (result));

  /* Superseded, or the window has gone. */
  if (self->job != job || !self->project)
    {
      if (self->job == job)
        self->job = NULL;
      job_free (job);
      return;
    }
  stop_polling (self);
  if (self->saving)
    {
      g_clear_pointer (&self->finished, job_free);
      self->finished = job;
    }
  else
    finish (self, job);
}

static gboolean
on_poll (gpointer data)
{
  InsUiSession *self = data;
  double fraction = -1;
  const char *text = ins_run_get_progress (self->job->run, &fraction);

  g_signal_emit (self, insui_session_signals[INSUI_SESSION_PROGRESS], 0, text ? text : "",
                 fraction);
  return G_SOURCE_CONTINUE;
}

/* Takes @job. */
static void
start (InsUiSession *self, InsUiJob *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_worked, NULL);
  gboolean was_running = self->job != NULL;

  if (was_running)
    ins_run_cancel (self->job->run);
  job->run = ins_run_new (self->threads, NULL);
  self->job = job;
  if (self->poll == 0)
    self->poll = g_timeout_add (POLL_INTERVAL, on_poll, self);
  if (!was_running)
    g_object_notify_by_pspec (G_OBJECT (self), insui_session_props[INSUI_SESSION_PROP_RUNNING]);

  g_task_set_task_data (task, job, NULL);
  g_task_set_name (task, "insiders job");
  g_task_run_in_thread (task, work);
}

void
insui_session_cancel (InsUiSession *self)
{
  g_return_if_fail (INSUI_IS_SESSION (self));

  if (self->job)
    ins_run_cancel (self->job->run);
}

static InsUiJob *
plan_job (InsProject *project, guint stages)
{
  InsUiJob *job = g_new0 (InsUiJob, 1);
  g_autoptr (GError) error = NULL;
  InsStep *step;

  job->project = g_object_ref (project);
  job->plan = ins_project_plan (project, stages);
  job->source_path = g_strdup (ins_project_get_source_path (project));
  ins_recipe_init (&job->recipe);
  step = ins_pipeline_get_step (ins_project_get_pipeline (project), INS_STAGE_DATA);
  if (!ins_import_step_get_recipe (step, &job->recipe, &error))
    g_debug ("The import's parameters are not usable: %s", error->message);
  return job;
}

void
insui_session_run (InsUiSession *self, guint stages)
{
  g_return_if_fail (INSUI_IS_SESSION (self));

  if (insui_session_is_empty (self) || insui_session_let_run_wait (self, stages))
    return;
  start (self, plan_job (self->project, stages ? stages : EVERY_STAGE));
}

/* --- by itself --- */

static double
get_seconds (InsUiSession *self, guint stage)
{
  return self->seconds[stage] > 0 ? self->seconds[stage] : AUTORUN_SECONDS;
}

/* All that is shown and out of date, if it takes less than AUTORUN_SECONDS together.  Else what is
 * left of the lines at most: with other customers the later results could no longer be shown. */
static guint
find_cheap_stages (InsUiSession *self)
{
  const InsResults *results = insui_session_get_results (self);
  double seconds = 0;
  guint stages = 0;

  if (!results->import || !ins_project_is_current (self->project, INS_STAGE_DATA))
    return 0;
  for (guint stage = INS_STAGE_FILTER; stage < INS_N_STAGES; stage++)
    if (results->stage[stage] && !ins_project_is_current (self->project, (InsStage)stage))
      {
        seconds += get_seconds (self, stage);
        stages |= 1u << stage;
      }
  if (seconds < AUTORUN_SECONDS)
    return stages;
  return get_seconds (self, INS_STAGE_FILTER) < AUTORUN_SECONDS ? stages & 1u << INS_STAGE_FILTER
                                                                : 0;
}

static gboolean
on_autorun (gpointer data)
{
  InsUiSession *self = data;
  guint stages;

  self->autorun = 0;
  if (self->job || self->saving)
    return G_SOURCE_REMOVE;
  stages = find_cheap_stages (self);
  if (stages)
    insui_session_run (self, stages);
  return G_SOURCE_REMOVE;
}

void
insui_session_queue_autorun (InsUiSession *self)
{
  if (self->job || find_cheap_stages (self) == 0)
    return;
  g_clear_handle_id (&self->autorun, g_source_remove);
  self->autorun = g_timeout_add (AUTORUN_DELAY, on_autorun, self);
}

/* --- opening --- */

/* By content; a name that says so is believed, so that a damaged project is called damaged. */
static gboolean
is_project (const char *path)
{
  static const char magic[] = "SQLite format 3";
  char head[sizeof magic] = "";
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  if (g_str_has_suffix (path, ".insiders"))
    return TRUE;
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, NULL);
  return stream
         && g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, NULL, NULL, NULL)
         && memcmp (head, magic, sizeof magic) == 0;
}

/* @state: (nullable): parameters to read it with */
static void
open_data (InsUiSession *self, const char *path, GVariant *state)
{
  g_autoptr (InsProject) project = ins_project_new ();
  InsUiJob *job;

  ins_project_set_source (project, path);
  ins_project_set_currency (project, ins_project_get_currency (self->project));
  if (state)
    insui_session_restore (project, state);
  job = plan_job (project, 1u << INS_STAGE_DATA);
  job->recovered = state != NULL;
  job->then = 1u << INS_STAGE_FILTER | 1u << INS_STAGE_FEATURES;
  start (self, job);
}

void
insui_session_take_update (InsUiSession *self, InsProject *project)
{
  guint stages = EVERY_STAGE & ~(1u << INS_STAGE_SWEEP);

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (INS_IS_PROJECT (project));

  start (self, plan_job (project, stages));
}

/* @update: (nullable): data it goes on with; @state: (nullable): changes to be made again */
static void
open_project (InsUiSession *self, const char *path, const char *update, GVariant *state)
{
  InsUiJob *job = g_new0 (InsUiJob, 1);

  job->path = g_strdup (path);
  job->update = g_strdup (update);
  job->state = state ? g_variant_ref (state) : NULL;
  ins_recipe_init (&job->recipe);
  start (self, job);
}

void
insui_session_recover (InsUiSession *self, GVariant *recovery)
{
  g_autoptr (GVariant) state = NULL;
  const char *path;
  const char *base;
  const char *source;

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (recovery);

  g_variant_get (recovery, "(u&s&s&sv)", NULL, &path, &base, &source, &state);
  if (*path && g_file_test (path, G_FILE_TEST_EXISTS))
    open_project (self, path, NULL, state);
  else if (*base && *source && g_file_test (base, G_FILE_TEST_EXISTS))
    open_project (self, base, source, state);
  else if (*source)
    open_data (self, source, state);
}

void
insui_session_open (InsUiSession *self, GFile *file)
{
  g_autofree char *path = NULL;

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));

  path = g_file_get_path (file);
  if (g_file_has_uri_scheme (file, "resource")) /* the only one there is to open */
    insui_session_open_sample (self);
  else if (!path)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *sentence =
          g_strdup_printf (_ ("“%s” is not on this computer; copy it into a folder first."), uri);

      insui_session_fail (self, sentence);
    }
  else if (is_project (path))
    open_project (self, path, NULL, NULL);
  else
    open_data (self, path, NULL);
}

void
insui_session_open_sample (InsUiSession *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (INSUI_IS_SESSION (self));

  folder = g_build_filename (g_get_user_cache_dir (), "insiders", NULL);
  path = g_build_filename (folder, "shop.csv.gz", NULL);
  bytes = g_resources_lookup_data ("/io/github/insiders/Insiders/sample/shop.csv.gz",
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes)
    {
      g_mkdir_with_parents (folder, 0700);
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                           &error);
    }
  if (error)
    insui_session_fail (self, error->message);
  else
    open_data (self, path, NULL);
}

/* --- saving --- */

typedef struct
{
  InsProject *project; /* owned */
  char *path;
  gboolean ok;
  GError *error;
} Saving;

/* While this runs, the session lets nobody change the project; see change(). */
static void
write_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  g_autoptr (InsRun) run = ins_run_new (1, cancellable);

  saving->ok = ins_project_write (saving->project, saving->path, run, &saving->error);
  g_task_return_boolean (task, saving->ok);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  InsUiSession *self = INSUI_SESSION (source);
  g_autoptr (GTask) outer = data;
  Saving *saving = g_task_get_task_data (G_TASK (result));
  InsUiJob *finished = g_steal_pointer (&self->finished);

  self->saving = FALSE;
  if (saving->ok)
    ins_project_written (saving->project, saving->path);
  if (saving->ok)
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, g_steal_pointer (&saving->error));
  if (saving->ok)
    g_signal_emit (self, insui_session_signals[INSUI_SESSION_SAVED], 0);
  g_object_unref (saving->project);
  g_free (saving->path);
  g_free (saving);

  insui_session_edit_waiting (self);
  if (finished && self->project)
    finish (self, finished);
  else if (finished)
    job_free (finished);
}

void
insui_session_save (InsUiSession *self, const char *path, GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autoptr (GTask) outer = NULL;
  g_autoptr (GTask) inner = NULL;
  Saving *saving;

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (path);

  outer = g_task_new (self, NULL, callback, data);
  if (self->saving)
    {
      g_task_return_new_error (outer, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _ ("The project is being saved already; wait a moment."));
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->project = g_object_ref (self->project);
  saving->path = g_strdup (path);
  self->saving = TRUE;
  inner = g_task_new (self, NULL, on_written, g_steal_pointer (&outer));
  g_task_set_task_data (inner, saving, NULL);
  g_task_set_name (inner, "insiders save");
  g_task_run_in_thread (inner, write_file);
}

gboolean
insui_session_save_finish (InsUiSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
insui_session_is_saving (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), FALSE);

  return self->saving;
}
