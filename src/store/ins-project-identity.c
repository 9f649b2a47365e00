/* ins-project-identity.c: names, notes and colours of the clusters shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>

void
ins_project_take_identities (InsProject *self, InsIdentity *identities, gsize n)
{
  InsResults named = { 0 };

  named.features = self->results.features;
  named.scaled = self->results.scaled;
  named.clustering = self->results.clustering;
  ins_results_clear (&self->named);
  ins_results_copy (&self->named, &named);
  if (identities != self->identities)
    ins_identities_free (self->identities, self->n_identities);
  self->identities = identities;
  self->n_identities = n;
}

const InsIdentity *
ins_project_get_identities (InsProject *self, gsize *k)
{
  gboolean shown;

  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);

  shown = self->results.clustering != NULL && self->identities != NULL;
  if (k != NULL)
    *k = shown ? self->n_identities : 0;
  return shown ? self->identities : NULL;
}

void
ins_project_identities_changed (InsProject *self)
{
  ins_project_set_modified (self, TRUE);
  g_signal_emit_by_name (self, "identities-changed");
}

gboolean
ins_project_set_name (InsProject *self, gsize cluster, const char *name, GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (INS_IS_PROJECT (self) && cluster < self->n_identities, FALSE);
  g_return_val_if_fail (name != NULL && g_utf8_validate (name, -1, NULL), FALSE);

  clean = g_strstrip (g_strdup (name));
  if (*clean == '\0')
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("A group needs a name: enter at least one letter."));
      return FALSE;
    }
  folded = g_utf8_casefold (clean, -1);
  for (gsize i = 0; i < self->n_identities; i++)
    {
      g_autofree char *other = g_utf8_casefold (self->identities[i].name, -1);
      if (i != cluster && g_str_equal (folded, other))
        {
          g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("Another group is already called “%s”: choose a different name."),
                       self->identities[i].name);
          return FALSE;
        }
    }
  g_free (self->identities[cluster].name);
  self->identities[cluster].name = g_steal_pointer (&clean);
  self->identities[cluster].is_proposed = FALSE;
  ins_project_identities_changed (self);
  return TRUE;
}

void
ins_project_set_note (InsProject *self, gsize cluster, const char *note)
{
  g_return_if_fail (INS_IS_PROJECT (self) && cluster < self->n_identities);
  g_return_if_fail (note != NULL && g_utf8_validate (note, -1, NULL));

  if (g_str_equal (self->identities[cluster].note, note))
    return;
  g_free (self->identities[cluster].note);
  self->identities[cluster].note = g_strdup (note);
  ins_project_identities_changed (self);
}

void
ins_project_set_colour (InsProject *self, gsize cluster, int colour)
{
  g_return_if_fail (INS_IS_PROJECT (self) && cluster < self->n_identities);
  g_return_if_fail (colour >= INS_COLOUR_GOLD && colour < INS_N_COLOURS);

  if (self->identities[cluster].colour == colour)
    return;
  self->identities[cluster].colour = colour;
  ins_project_identities_changed (self);
}

/* A colour few others have; the lowest of those. */
static int
find_free_colour (InsProject *self)
{
  guint used[INS_N_COLOURS] = { 0 };
  int best = 0;

  for (gsize i = 0; i < self->n_identities; i++)
    if (self->identities[i].colour >= 0)
      used[self->identities[i].colour]++;
  for (int i = 1; i < INS_N_COLOURS; i++)
    if (used[i] < used[best])
      best = i;
  return best;
}

void
ins_project_set_insider (InsProject *self, gsize cluster, gboolean is_insider)
{
  InsIdentity *identity;

  g_return_if_fail (INS_IS_PROJECT (self) && cluster < self->n_identities);

  identity = &self->identities[cluster];
  if (!identity->is_insider == !is_insider)
    return;
  identity->is_insider = !!is_insider;
  if (is_insider)
    identity->colour = INS_COLOUR_GOLD;
  else if (identity->colour == INS_COLOUR_GOLD)
    identity->colour = find_free_colour (self);
  ins_project_identities_changed (self);
}
