/* insui-typing.h: text that is typed but not applied yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows @text, unless it is what was shown last: what is being typed is left alone. */
void insui_typing_show (GtkEditable *editable, const char *text);
/* What is there now was given to the program: whatever is shown next replaces it. */
void insui_typing_taken (GtkEditable *editable);
/* Whether the text differs from what was shown last. */
gboolean insui_typing_is_pending (GtkEditable *editable);

/* Escape brings back what was shown last. */
void insui_typing_watch_escape (GtkEditable *editable);
/* And "apply" follows when the focus leaves the row. */
void insui_typing_watch_row (AdwEntryRow *row);

/* Applies what is being typed in @window, as if the focus left it for a moment. */
void insui_typing_apply (GtkWindow *window);
/* Whether @focus is the text of an editable that was watched.  @focus: (nullable) */
gboolean insui_typing_is_watched (GtkWidget *focus);
/* Takes back what is being typed in @window.  FALSE: nothing was. */
gboolean insui_typing_take_back (GtkWindow *window);

G_END_DECLS
