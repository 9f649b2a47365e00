/* insui-recovery.c: what was not saved when the program ended without being asked to
 *
 * Two files per window: NAME.state is replaced as a whole at each change; NAME.lock is locked by
 * the process that writes it, so a state whose lock is free belongs to nobody any more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define DELAY 1500 /* ms after the first change */
#define FORMAT INSUI_RECOVERY_FORMAT
#define VERSION 3

struct _InsUiRecovery
{
  InsUiSession *session; /* borrowed */
  char *state;           /* path */
  char *lock;            /* path */
  int fd;                /* of the lock, -1 = nothing kept yet */
  guint timeout;
};

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "insiders", "sessions", NULL);
}

/* -1 if somebody else has it. */
static int
lock_file (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static void
forget (InsUiRecovery *self)
{
  if (self->fd < 0)
    return;
  g_unlink (self->state);
  g_unlink (self->lock);
  close (self->fd);
  self->fd = -1;
}

static GVariant *
describe (InsUiSession *session)
{
  InsProject *project = insui_session_get_project (session);
  const char *path = ins_project_get_path (project);
  const char *source = ins_project_get_source_path (project);
  const char *base = ins_project_get_base (project);
  g_autoptr (GVariant) state = insui_session_get_state (session);

  return g_variant_ref_sink (g_variant_new (FORMAT, VERSION, path ? path : "", base ? base : "",
                                            source ? source : "", state));
}

static void
keep (InsUiRecovery *self)
{
  g_autoptr (GVariant) value = describe (self->session);
  g_autofree char *folder = get_folder ();
  g_autoptr (GError) error = NULL;

  if (self->fd < 0)
    {
      g_mkdir_with_parents (folder, 0700);
      self->fd = lock_file (self->lock);
    }
  if (self->fd < 0)
    return;
  if (!g_file_set_contents (self->state, g_variant_get_data (value),
                            (gssize)g_variant_get_size (value), &error))
    g_warning ("Changes cannot be kept for recovery: %s", error->message);
}

static gboolean
on_timeout (gpointer data)
{
  InsUiRecovery *self = data;
  InsProject *project = insui_session_get_project (self->session);

  self->timeout = 0;
  if (ins_project_is_modified (project) && !insui_session_is_empty (self->session))
    keep (self);
  else
    forget (self);
  return G_SOURCE_REMOVE;
}

static void
on_change (InsUiRecovery *self)
{
  if (self->timeout == 0)
    self->timeout = g_timeout_add (DELAY, on_timeout, self);
}

InsUiRecovery *
insui_recovery_new (InsUiSession *session)
{
  InsUiRecovery *self;
  g_autofree char *folder = get_folder ();
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *base = NULL;

  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);

  self = g_new0 (InsUiRecovery, 1);
  base = g_build_filename (folder, uuid, NULL);
  self->session = session;
  self->state = g_strconcat (base, ".state", NULL);
  self->lock = g_strconcat (base, ".lock", NULL);
  self->fd = -1;
  g_signal_connect_swapped (session, "changed", G_CALLBACK (on_change), self);
  g_signal_connect_swapped (session, "identities-changed", G_CALLBACK (on_change), self);
  g_signal_connect_swapped (session, "notify::project", G_CALLBACK (on_change), self);
  g_signal_connect_swapped (session, "saved", G_CALLBACK (on_change), self);
  return self;
}

void
insui_recovery_free (InsUiRecovery *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->timeout, g_source_remove);
  forget (self);
  g_free (self->state);
  g_free (self->lock);
  g_free (self);
}

/* --- after a crash --- */

static GVariant *
read_state (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size;
  g_autoptr (GVariant) value = NULL;
  guint32 version;

  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return NULL;
  value = g_variant_ref_sink (
      g_variant_new_from_data (G_VARIANT_TYPE (FORMAT), bytes, size, FALSE, g_free, bytes));
  bytes = NULL; /* the variant's now */
  if (!g_variant_is_normal_form (value))
    return NULL;
  g_variant_get_child (value, 0, "u", &version);
  return version == VERSION ? g_steal_pointer (&value) : NULL;
}

static GVariant *
take_state (const char *folder, const char *name)
{
  g_autofree char *base = g_strndup (name, strlen (name) - strlen (".state"));
  g_autofree char *state = g_build_filename (folder, name, NULL);
  g_autofree char *lock = g_strdup_printf ("%s/%s.lock", folder, base);
  int fd = lock_file (lock);
  GVariant *value;

  if (fd < 0)
    return NULL;
  value = read_state (state);
  g_unlink (state);
  g_unlink (lock);
  close (fd);
  return value;
}

GVariant *
insui_recovery_take (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  GVariant *value = NULL;

  while (dir && !value && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".state"))
      value = take_state (folder, name);
  return value;
}
