/* insui-session-select.c: which customers are selected, everywhere at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-session-private.h"

#include <string.h>

void
insui_session_selection_clear (InsUiSelection *selection)
{
  ins_clear_artifact (&selection->features);
  g_clear_pointer (&selection->bytes, g_free);
  selection->n = 0;
  selection->n_selected = 0;
}

static void
count (InsUiSelection *selection)
{
  selection->n_selected = 0;
  for (gsize i = 0; i < selection->n; i++)
    selection->n_selected += selection->bytes[i];
}

static void
emit (InsUiSession *self)
{
  count (&self->selection);
  g_signal_emit (self, insui_session_signals[INSUI_SESSION_SELECTION_CHANGED], 0);
}

/* Bytes for the features shown, whether anybody is selected or not.  FALSE without features. */
static gboolean
ensure (InsUiSession *self)
{
  InsUiSelection *selection = &self->selection;
  const InsResults *results = insui_session_get_results (self);

  if (!results->features)
    return FALSE;
  if (selection->bytes && selection->features == results->features)
    return TRUE;

  insui_session_selection_clear (selection);
  selection->features = ins_artifact_ref (results->features);
  selection->n = results->features->n;
  selection->bytes = g_new0 (guint8, MAX (selection->n, 1));
  return TRUE;
}

void
insui_session_selection_follow (InsUiSession *self)
{
  InsUiSelection *selection = &self->selection;
  const InsResults *results = insui_session_get_results (self);
  g_autoptr (GHashTable) chosen = NULL;
  InsFeatures *old = NULL;

  if (!selection->bytes || selection->features == results->features)
    return;
  if (selection->n_selected == 0 || !results->features)
    {
      insui_session_selection_clear (selection);
      emit (self);
      return;
    }

  chosen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < selection->n; i++)
    if (selection->bytes[i])
      g_hash_table_add (chosen, selection->features->ids[i]);
  old = ins_artifact_ref (selection->features); /* the table borrows its ids */
  ensure (self);
  for (gsize i = 0; i < selection->n; i++)
    selection->bytes[i] = g_hash_table_contains (chosen, results->features->ids[i]);
  ins_artifact_unref (old);
  emit (self);
}

const guint8 *
insui_session_get_selection (InsUiSession *self, gsize *n)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  if (n)
    *n = self->selection.n;
  return self->selection.bytes;
}

gsize
insui_session_get_n_selected (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), 0);

  return self->selection.n_selected;
}

static void
change_row (InsUiSelection *selection, guint32 row, InsUiSelectMode mode)
{
  if (row >= selection->n)
    return;
  switch (mode)
    {
    case INSUI_SELECT_REPLACE:
    case INSUI_SELECT_ADD:
      selection->bytes[row] = 1;
      break;
    case INSUI_SELECT_TOGGLE:
      selection->bytes[row] = !selection->bytes[row];
      break;
    case INSUI_SELECT_SUBTRACT:
      selection->bytes[row] = 0;
      break;
    default:
      g_assert_not_reached ();
    }
}

void
insui_session_select (InsUiSession *self, const guint32 *rows, gsize n, InsUiSelectMode mode)
{
  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (rows || n == 0);

  if (!ensure (self))
    return;
  if (mode == INSUI_SELECT_REPLACE)
    memset (self->selection.bytes, 0, self->selection.n);
  for (gsize i = 0; i < n; i++)
    change_row (&self->selection, rows[i], mode);
  emit (self);
}

void
insui_session_select_scaled (InsUiSession *self, const guint32 *rows, gsize n, InsUiSelectMode mode)
{
  const InsScaled *scaled;
  g_autofree guint32 *own = NULL;
  gsize n_own = 0;

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (rows || n == 0);

  scaled = insui_session_get_results (self)->scaled;
  if (!scaled)
    return;
  own = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    if (rows[i] < scaled->n)
      own[n_own++] = scaled->rows[rows[i]];
  insui_session_select (self, own, n_own, mode);
}

void
insui_session_select_cluster (InsUiSession *self, gsize cluster, InsUiSelectMode mode)
{
  const InsResults *results;
  g_autofree guint32 *rows = NULL;
  gsize n = 0;

  g_return_if_fail (INSUI_IS_SESSION (self));

  results = insui_session_get_results (self);
  if (!results->clustering)
    return;
  rows = g_new (guint32, MAX (results->clustering->n, 1));
  for (gsize i = 0; i < results->clustering->n; i++)
    if (results->clustering->labels[i] == (gint32)cluster)
      rows[n++] = (guint32)i;
  insui_session_select_scaled (self, rows, n, mode);
}

void
insui_session_select_none (InsUiSession *self)
{
  insui_session_select (self, NULL, 0, INSUI_SELECT_REPLACE);
}

void
insui_session_select_all (InsUiSession *self)
{
  g_return_if_fail (INSUI_IS_SESSION (self));

  if (!ensure (self))
    return;
  memset (self->selection.bytes, 1, self->selection.n);
  emit (self);
}

void
insui_session_invert_selection (InsUiSession *self)
{
  g_return_if_fail (INSUI_IS_SESSION (self));

  if (!ensure (self))
    return;
  for (gsize i = 0; i < self->selection.n; i++)
    self->selection.bytes[i] = !self->selection.bytes[i];
  emit (self);
}

guint8 *
insui_session_get_scaled_selection (InsUiSession *self, gsize *n)
{
  const InsScaled *scaled;
  guint8 *bytes;

  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  scaled = insui_session_get_results (self)->scaled;
  if (n)
    *n = scaled ? scaled->n : 0;
  if (!scaled || !self->selection.bytes || self->selection.n_selected == 0)
    return NULL;

  bytes = g_new0 (guint8, MAX (scaled->n, 1));
  for (gsize i = 0; i < scaled->n; i++)
    if (scaled->rows[i] < self->selection.n)
      bytes[i] = self->selection.bytes[scaled->rows[i]];
  return bytes;
}
