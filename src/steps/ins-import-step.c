/* ins-import-step.c: how the file is read; what is not given is guessed from the file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>

#include "base/ins-error.h"
#include "data/ins-import.h"
#include "pipeline/ins-choices.h"
#include "pipeline/ins-import-params.h"
#include "pipeline/ins-step.h"

struct _InsImportStep
{
  InsStep parent;
  int encoding, delimiter, quote, header, header_line, decimal, thousands;
  char *date_format;
  char *roles;
  gboolean table;
};

G_DECLARE_FINAL_TYPE (InsImportStep, ins_import_step, INS, IMPORT_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsImportStep, ins_import_step, INS_TYPE_STEP)

INS_DEFINE_CHOICES ("InsEncoding", encoding, { 0, N_ ("Detect"), "auto" }, { 1, "UTF-8", "utf-8" },
                    { 2, "UTF-16LE", "utf-16le" }, { 3, "UTF-16BE", "utf-16be" },
                    { 4, "WINDOWS-1252", "windows-1252" }, { 5, "ISO-8859-1", "iso-8859-1" })
INS_DEFINE_CHOICES ("InsDelimiter", delimiter, { 0, N_ ("Detect"), "auto" }, { ',', ",", "comma" },
                    { ';', ";", "semicolon" }, { '\t', "\t", "tab" }, { '|', "|", "pipe" },
                    { ':', ":", "colon" }, { ' ', " ", "space" }, { '^', "^", "caret" },
                    { '~', "~", "tilde" })
INS_DEFINE_CHOICES ("InsQuote", quote, { 0, N_ ("Detect"), "auto" }, { '"', "\"", "double" },
                    { '\'', "'", "single" })
INS_DEFINE_CHOICES ("InsHeader", header, { -1, N_ ("Detect"), "auto" }, { 1, N_ ("Yes"), "yes" },
                    { 0, N_ ("No"), "no" })
INS_DEFINE_CHOICES ("InsDecimal", decimal, { 0, N_ ("Detect"), "auto" }, { '.', ".", "dot" },
                    { ',', ",", "comma" })

static const char *const thousands_marks[] = { NULL, "", ",", ".", " ", "'", "\u00a0", "\u202f" };

INS_DEFINE_CHOICES ("InsThousands", thousands, { 0, N_ ("Detect"), "auto" },
                    { 1, N_ ("None"), "none" }, { 2, ",", "comma" }, { 3, ".", "dot" },
                    { 4, " ", "space" }, { 5, "'", "apostrophe" },
                    { 6, "\u00a0", "no-break-space" }, { 7, "\u202f", "narrow-no-break-space" })

static const char *
chosen_name (GType type, int value)
{
  return g_enum_get_value (g_type_class_peek (type), value)->value_name;
}

/* "-" says that no column has the role. */
static gboolean
take_roles (const char *text, InsRecipe *recipe, GError **error)
{
  g_autoptr (GHashTable) map = ins_map_parse (text);
  GHashTableIter iter;
  gpointer name, column;
  InsRole role;

  g_hash_table_iter_init (&iter, map);
  while (g_hash_table_iter_next (&iter, &name, &column))
    {
      if (!ins_role_from_text (name, &role))
        {
          g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("There is no role “%s”; the roles are invoice, product, description, "
                          "quantity, date, price, customer, country, amount and id."),
                       (char *)name);
          return FALSE;
        }
      g_free (recipe->roles[role]);
      recipe->roles[role] = g_strdup (g_str_equal (column, "-") ? "" : column);
    }
  return TRUE;
}

gboolean
ins_import_step_get_recipe (InsStep *step, InsRecipe *recipe, GError **error)
{
  InsImportStep *self = INS_IMPORT_STEP (step);
  InsDialect *dialect = &recipe->dialect;

  if (self->encoding != 0)
    dialect->encoding = g_strdup (chosen_name (encoding_get_type (), self->encoding));
  dialect->delimiter = (char)self->delimiter;
  dialect->quote = (char)self->quote;
  dialect->header = self->header;
  dialect->header_line = self->header == 0 ? 0 : (guint)self->header_line;
  dialect->decimal = (char)self->decimal;
  dialect->thousands = g_strdup (thousands_marks[self->thousands]);
  if (*self->date_format != '\0')
    dialect->date_format = g_strdup (self->date_format);
  recipe->ready = self->table;
  return take_roles (self->roles, recipe, error);
}

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  g_autoptr (InsSource) source = ins_source_open (context->source_path, run, error);
  InsImport *import = NULL;
  InsRecipe recipe;

  if (source == NULL)
    return NULL;
  ins_recipe_init (&recipe);
  if (ins_import_step_get_recipe (step, &recipe, error))
    import = ins_import_read (source, &recipe, run, error);
  ins_recipe_clear (&recipe);
  return import;
}

#define OFFSET(name) G_STRUCT_OFFSET (InsImportStep, name)

static void
add_choice (InsStepClass *step, const char *name, const char *nick, const char *blurb, GType type,
            int automatic, gsize offset)
{
  ins_step_class_add_param (step,
                            g_param_spec_enum (name, nick, blurb, type, automatic, INS_PARAM_FLAGS),
                            INS_PARAM_CHOICE, offset);
}

static void
ins_import_step_class_init (InsImportStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *param;

  step->id = "import";
  step->title = N_ ("Import");
  step->blurb = N_ ("Reads the file into a typed table");
  step->version = 1;
  step->stage = INS_STAGE_DATA;
  step->run = run;
  add_choice (step, "encoding", N_ ("Encoding"), N_ ("How the file writes letters"),
              encoding_get_type (), 0, OFFSET (encoding));
  add_choice (step, "delimiter", N_ ("Delimiter"), N_ ("What stands between two fields"),
              delimiter_get_type (), 0, OFFSET (delimiter));
  add_choice (step, "quote", N_ ("Quote"), N_ ("What surrounds a field that holds the delimiter"),
              quote_get_type (), 0, OFFSET (quote));
  add_choice (step, "header", N_ ("Column Names"),
              N_ ("Whether the table begins with a line of names"), header_get_type (), -1,
              OFFSET (header));
  param = ins_step_class_add_param (
      step,
      g_param_spec_int ("header-line", N_ ("Line of Column Names"),
                        N_ ("Which line of the file has the names; those above it are skipped"), 0,
                        G_MAXINT, 0, INS_PARAM_FLAGS),
      INS_PARAM_INT, OFFSET (header_line));
  param->auto_text = "auto";
  param->useful_max = 100;
  param->visible_if = "header=auto|yes";
  add_choice (step, "decimal", N_ ("Decimal Mark"), N_ ("What stands before the decimals"),
              decimal_get_type (), 0, OFFSET (decimal));
  add_choice (step, "thousands", N_ ("Thousands Mark"), N_ ("What separates groups of digits"),
              thousands_get_type (), 0, OFFSET (thousands));
  param = ins_step_class_add_param (
      step,
      g_param_spec_string (
          "date-format", N_ ("Dates"),
          N_ ("How dates are written: %d day, %m month, %b month’s name, %y or %Y "
              "year, %H:%M time; or excel, unix, unix-ms for counted days and seconds"),
          "", INS_PARAM_FLAGS),
      INS_PARAM_TEXT, OFFSET (date_format));
  param->auto_text = "auto";
  param = ins_step_class_add_param (
      step,
      g_param_spec_string ("roles", N_ ("Roles"),
                           N_ ("What the columns mean: role=column; “-” for no column"), "",
                           INS_PARAM_FLAGS),
      INS_PARAM_MAP, OFFSET (roles));
  param->candidates = "columns";
  ins_step_class_add_param (
      step,
      g_param_spec_boolean ("table", N_ ("One Line per Customer"),
                            N_ ("The file is a ready table of customers, not of transactions"),
                            FALSE, INS_PARAM_FLAGS),
      INS_PARAM_BOOL, OFFSET (table));
}

static void
ins_import_step_init (InsImportStep *self)
{
}
