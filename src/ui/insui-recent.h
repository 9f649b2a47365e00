/* insui-recent.h: files opened last, in a list of our own
 *
 * Kept in the state directory, because the desktop's list shows portal paths that mean nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InsUiRecent:
 * @path: what to open; @folder: what to show (the real folder behind a portal)
 * @summary: last known state: "4,323 customers · 7 groups", may be ""
 * @is_missing: the file is not there now
 */
typedef struct
{
  char *path;
  char *title;
  char *folder;
  char *summary;
  gboolean is_missing;
} InsUiRecent;

/* (transfer full) (element-type InsUiRecent): the latest first. */
GPtrArray *insui_recent_list (void);
void insui_recent_add (const char *path, const char *summary);
void insui_recent_remove (const char *path);

G_END_DECLS
