/* ins-json.h: writing one JSON document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InsJson:
 *
 * Writes as it is told.  @name is NULL inside arrays and at the top.  Numbers in the shortest form
 * that reads back to the same double; what JSON has no number for (NaN, infinities) is null.
 */
typedef struct _InsJson InsJson;

InsJson *ins_json_new (void);
void ins_json_free (InsJson *json);

void ins_json_begin_object (InsJson *json, const char *name);
void ins_json_end_object (InsJson *json);
void ins_json_begin_array (InsJson *json, const char *name);
void ins_json_end_array (InsJson *json);

void ins_json_text (InsJson *json, const char *name, const char *text); /* NULL = null */
void ins_json_number (InsJson *json, const char *name, double value);
void ins_json_integer (InsJson *json, const char *name, gint64 value);
void ins_json_boolean (InsJson *json, const char *name, gboolean value);
void ins_json_null (InsJson *json, const char *name);

/* The document, with a line feed at its end.  Every object and array must be closed.
 * (transfer none) */
const char *ins_json_get_text (InsJson *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsJson, ins_json_free)

G_END_DECLS
