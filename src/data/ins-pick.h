/* ins-pick.h: lists of values and patterns, as filters write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INS_PICK_NO_DIGIT "[no-digit]"

/* Splits at commas; blanks around an item and empty items go; "\," is a comma and "\\" a backslash
 * inside an item.  Returns: (transfer full) */
char **ins_pick_split (const char *list);

/* Per word whether an item of @list is it, matches it as a glob pattern, or is "[no-digit]" and the
 * word has none.  Case matters.  @globs: whether items are patterns.
 * Returns: (transfer full) (array length=n) */
guint8 *ins_pick_mark (const char *list, gboolean globs, char **words, guint n);

G_END_DECLS
