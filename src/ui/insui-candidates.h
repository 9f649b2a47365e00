/* insui-candidates.h: what a list or map parameter may be made of, from what is known now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InsUiCandidate: @value as the parameter has it; @title for people; @detail (nullable)
 */
#define INSUI_TYPE_CANDIDATE (insui_candidate_get_type ())
G_DECLARE_FINAL_TYPE (InsUiCandidate, insui_candidate, INSUI, CANDIDATE, GObject)

const char *insui_candidate_get_value (InsUiCandidate *self);
const char *insui_candidate_get_title (InsUiCandidate *self);
const char *insui_candidate_get_detail (InsUiCandidate *self);

/* @source: "features", "columns", "countries", "customers", "services", "models".  What @text
 * (a list) holds besides comes first.  Returns: (transfer full) (element-type InsUiCandidate) */
GListStore *insui_candidates_list (InsUiSession *session, const char *source, const char *text);
/* "Recency" for "recency_days"; @name itself if it is no feature known.  (transfer full) */
char *insui_candidates_feature_title (InsUiSession *session, const char *name);
/* Names of the source file's columns, NULL-terminated; empty before they are known. */
char **insui_candidates_columns (InsUiSession *session);

G_END_DECLS
