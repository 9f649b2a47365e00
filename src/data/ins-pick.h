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
/* Whether @word is @item, or matches it as a glob pattern, or has no digit for "[no-digit]".  Case
 * matters. */
gboolean ins_pick_matches (const char *item, const char *word);

/* Per word whether an item of @list matches.  @globs: whether items are patterns.
 * Returns: (transfer full) (array length=n) */
guint8 *ins_pick_mark (const char *list, gboolean globs, char **words, guint n);

G_END_DECLS
