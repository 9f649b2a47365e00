/* ui-test.h: the real window in a test: start, wait, look for widgets, press on charts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-chart-private.h"
#include "ui/insui-session-private.h"
#include "ui/insui-window-private.h"

/* A test waits for something to come true, never for time to pass; this ends one that hangs. */
#define UI_PATIENCE (90 * G_USEC_PER_SEC)

#define ui_wait(condition)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 ui_end = g_get_monotonic_time () + UI_PATIENCE;                                         \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > ui_end)                                                      \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);                \
        ui_iterate ();                                                                             \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* Before anything else.  Leaves with a plan that skips everything where there is no display. */
void ui_test_init (int *argc, char ***argv);
InsUiApplication *ui_get_application (void);

/* One turn of the main loop, which comes back even if nothing happens. */
void ui_iterate (void);
/* Until everything that was asked for is drawn. */
void ui_settle (InsUiWindow *window);

InsUiWindow *ui_window_new (void);
void ui_act (InsUiWindow *window, const char *action);
gboolean ui_can_act (InsUiWindow *window, const char *action);
/* Opens and waits for the import and what follows by itself. */
void ui_open (InsUiWindow *window, const char *path);
/* The Find Groups action, until it has finished. */
void ui_run (InsUiWindow *window);
void ui_wait_idle (InsUiWindow *window);
/* Keeps the session from computing cheap steps by itself. */
void ui_hold (InsUiWindow *window);
void ui_save (InsUiWindow *window, const char *path);
/* Closes without a question; session, project and pages must be gone afterwards. */
void ui_close (InsUiWindow *window);
/* The same although the project has changes. */
void ui_close_unasked (InsUiWindow *window);
/* A new window with ui_make_shop()'s shop; @run: groups found.  Nothing is computed by itself. */
InsUiWindow *ui_open_shop (gboolean run);
/* Of a group, now. */
const char *ui_get_name (InsUiWindow *window, gsize cluster);
/* Shows the page by its action and checks that it is there, filled. */
InsUiPage *ui_show_page (InsUiWindow *window, const char *id);
extern const char *const ui_pages[]; /* ids, NULL-terminated */

/* The dialog with a heading over @window.  (nullable) */
AdwMessageDialog *ui_get_dialog (InsUiWindow *window);
void ui_answer (AdwMessageDialog *dialog, const char *response);

/* The @n-th widget of a type below @root, @root included; (nullable). */
GtkWidget *ui_find (GtkWidget *root, GType type, guint n);
/* The first label below @root that has @part in its text; (nullable). */
GtkWidget *ui_find_label (GtkWidget *root, const char *part);
/* The stack below @root that has a page of that name.  (nullable) */
GtkStack *ui_find_stack (GtkWidget *root, const char *page);
/* What the sidebar says about a page: "Done", "Out of date" … (nullable) */
const char *ui_get_mark (InsUiWindow *window, const char *page);

/* A gesture on a chart, from one point of the chart to another, in its own units. */
void ui_drag_chart (InsUiChartView *view, double x0, double y0, double x1, double y1);
void ui_click_chart (InsUiChartView *view, int item);

/* What @widget's own binding of a key does. */
void ui_press_key (GtkWidget *widget, guint key, GdkModifierType modifiers);

/* Text of a parameter now.  (transfer full) */
char *ui_get_param (InsUiWindow *window, InsStage stage, const char *name);

/* A shop with three kinds of customers, always the same.  Returns: (transfer full) path of a CSV
 * file in a folder of this test's own */
char *ui_make_shop (void);
char *ui_make_path (const char *name);
char *ui_make_file (const char *name, const char *content, gsize length);
