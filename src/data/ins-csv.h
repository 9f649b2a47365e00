/* ins-csv.h: writing CSV: UTF-8, comma, LF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InsCsv:
 *
 * Buffers in front of a stream.  Text that a spreadsheet would take for a formula (it begins with
 * = + - @, tab or CR and is no number) gets a leading apostrophe unless @raw.
 */
typedef struct _InsCsv InsCsv;

InsCsv *ins_csv_new (GOutputStream *stream, gboolean raw);
void ins_csv_text (InsCsv *csv, const char *text);
void ins_csv_number (InsCsv *csv, double value); /* NaN = empty field */
void ins_csv_integer (InsCsv *csv, gint64 value);
void ins_csv_end_line (InsCsv *csv);
/* Writes what is left.  Errors met on the way are reported here.  Does not close the stream. */
gboolean ins_csv_finish (InsCsv *csv, GCancellable *cancellable, GError **error);
void ins_csv_free (InsCsv *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsCsv, ins_csv_free)

G_END_DECLS
