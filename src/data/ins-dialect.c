/* ins-dialect.c: dialects, recipes, evidence and sniffing results as values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-dialect.h"

#include "base/ins-error.h"
#include "data/ins-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
ins_dialect_init (InsDialect *dialect)
{
  g_return_if_fail (dialect != NULL);

  memset (dialect, 0, sizeof *dialect);
  dialect->header = -1;
}

void
ins_dialect_copy (InsDialect *to, const InsDialect *from)
{
  g_return_if_fail (to != NULL);
  g_return_if_fail (from != NULL);

  *to = *from;
  to->encoding = g_strdup (from->encoding);
  to->thousands = g_strdup (from->thousands);
  to->date_format = g_strdup (from->date_format);
}

void
ins_dialect_clear (InsDialect *dialect)
{
  g_return_if_fail (dialect != NULL);

  g_free (dialect->encoding);
  g_free (dialect->thousands);
  g_free (dialect->date_format);
  ins_dialect_init (dialect);
}

void
ins_recipe_init (InsRecipe *recipe)
{
  g_return_if_fail (recipe != NULL);

  memset (recipe, 0, sizeof *recipe);
  ins_dialect_init (&recipe->dialect);
}

void
ins_recipe_clear (InsRecipe *recipe)
{
  g_return_if_fail (recipe != NULL);

  ins_dialect_clear (&recipe->dialect);
  for (guint i = 0; i < INS_N_ROLES; i++)
    g_clear_pointer (&recipe->roles[i], g_free);
  recipe->ready = FALSE;
}

void
ins_evidence_free (InsEvidence *evidence)
{
  if (!evidence)
    return;
  g_free (evidence->field);
  g_free (evidence->value);
  g_free (evidence->reason);
  g_strfreev (evidence->choices);
  g_strfreev (evidence->examples);
  g_free (evidence);
}

void
ins_evidence_add (GPtrArray *list, const char *field, const char *value, const char *reason,
                  char **choices, char **examples)
{
  InsEvidence *evidence = g_new (InsEvidence, 1);

  evidence->field = g_strdup (field);
  evidence->value = g_strdup (value);
  evidence->reason = g_strdup (reason);
  evidence->choices = choices;
  evidence->examples = examples;
  g_ptr_array_add (list, evidence);
}

char *
ins_count_to_text (guint64 n, char buffer[INS_TEXT_SIZE])
{
  char digits[INS_TEXT_SIZE];
  gsize length, at = 0;

  g_snprintf (buffer, INS_TEXT_SIZE, "%'" G_GUINT64_FORMAT, n);
  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, n);
  length = strlen (digits);
  if (n < 1000 || strcmp (buffer, digits) != 0)
    return buffer;
  for (gsize i = 0; i < length; i++) /* the locale has no groups: the C locale, in scripts */
    {
      if (i > 0 && (length - i) % 3 == 0)
        buffer[at++] = ',';
      buffer[at++] = digits[i];
    }
  buffer[at] = '\0';
  return buffer;
}

const char *
ins_evidence_given (void)
{
  return _ ("given");
}

void
ins_sniff_free (InsSniff *sniff)
{
  if (!sniff)
    return;
  ins_dialect_clear (&sniff->dialect);
  g_clear_pointer (&sniff->evidence, g_ptr_array_unref);
  g_strfreev (sniff->names);
  g_free (sniff->types);
  g_free (sniff);
}

/* "--role customer=CustomerID" */
static char *
choice_to_option (const InsEvidence *evidence, const char *choice)
{
  g_autofree char *head = g_utf8_substring (choice, 0, MIN (g_utf8_strlen (choice, -1), 60));
  g_autofree char *quoted = g_shell_quote (head);
  gboolean plain = *choice != '\0' && strpbrk (choice, " \t%;|&<>()$`\\\"'*?~") == NULL;

  if (strcmp (choice, "\t") == 0)
    return g_strdup_printf ("--%s '\\t'", evidence->field);
  if (strcmp (evidence->field, "role") == 0)
    return g_strdup_printf ("--role %s%s", evidence->value, plain ? choice : quoted);
  return g_strdup_printf ("--%s %s", evidence->field, plain ? choice : quoted);
}

static void
set_undecided (const InsEvidence *evidence, GError **error)
{
  g_autoptr (GString) options = g_string_new (NULL);
  const guint shown = 12;
  guint n = g_strv_length (evidence->choices);

  if (n == 0) /* the reason says what to do */
    {
      g_set_error (error, INS_ERROR, INS_ERROR_UNDECIDED, "%s.", evidence->reason);
      return;
    }
  for (guint i = 0; i < MIN (n, shown); i++)
    {
      g_autofree char *option = choice_to_option (evidence, evidence->choices[i]);

      if (i > 0)
        g_string_append (options, i + 1 == n ? _ (" or ") : ", ");
      g_string_append (options, option);
      if (evidence->examples && evidence->examples[i])
        g_string_append_printf (options, " (%s)", evidence->examples[i]);
    }
  if (n > shown)
    g_string_append (options, ", …");
  if (g_str_equal (evidence->field, "role") && g_str_equal (evidence->value, "price="))
    g_string_append_printf (options, "%s--role amount=", _ (" or ")); /* instead of it */
  /* translators: why something is not decided, then options that decide it */
  g_set_error (error, INS_ERROR, INS_ERROR_UNDECIDED, _ ("%s; give %s."), evidence->reason,
               options->str);
}

gboolean
ins_evidence_is_decided (const GPtrArray *list, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const InsEvidence *evidence = list->pdata[i];

      if (!evidence->choices)
        continue;
      set_undecided (evidence, error);
      return FALSE;
    }
  return TRUE;
}

gboolean
ins_sniff_is_decided (const InsSniff *sniff, GError **error)
{
  g_return_val_if_fail (sniff != NULL, FALSE);

  return ins_evidence_is_decided (sniff->evidence, error);
}
