/* ins-step.h: one step of an analysis and its parameters
 *
 * A step is a GObject; a parameter is an ordinary GParamSpec (name, nick = label, blurb = help,
 * legal range, default) stored at an offset of the instance, with hints beside it.  The form, the
 * command line, the project file, undo and presets all come from this one table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-results.h"

G_BEGIN_DECLS

typedef enum
{
  INS_PARAM_BOOL,
  INS_PARAM_INT,
  INS_PARAM_DOUBLE,
  INS_PARAM_CHOICE, /* a GEnum; its nicks are the texts */
  INS_PARAM_TEXT,
  INS_PARAM_DATE, /* a string: ISO date or "" */
  INS_PARAM_LIST, /* a string: comma-separated, "\," is a comma inside a value */
  INS_PARAM_MAP   /* a string: "key=value,key=value" sorted by key; name.key=value sets one */
} InsParamKind;

/**
 * InsParam:
 * @spec: what GObject knows
 * @kind: which row, which text form
 * @useful_min, @useful_max: what a slider or spin button offers (the legal range is @spec's)
 * @increment, @digits, @unit: for a spin button; @unit may be NULL
 * @auto_text: (nullable): the text of the lowest legal value, which means "let the program choose"
 * @aliases: (nullable): other spellings accepted, comma-separated ("n_clusters,k")
 * @visible_if: (nullable): "other=value|value": shown only then
 * @candidates: (nullable): LIST, MAP: what to choose from: "features", "columns", "countries",
 *   "customers", "services"; MAP values: @value_choices
 * @value_choices: (nullable): MAP: type of the enum its values come from
 * @no_key: cannot change a result
 */
typedef struct
{
  GParamSpec *spec;
  InsParamKind kind;
  double useful_min, useful_max, increment;
  int digits;
  const char *unit;
  const char *auto_text;
  const char *aliases;
  const char *visible_if;
  const char *candidates;
  GType value_choices;
  gboolean no_key;
  /*< private >*/
  gsize offset;
} InsParam;

#define INS_TYPE_STEP (ins_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (InsStep, ins_step, INS, STEP, GObject)

/**
 * InsContext: what a step is given besides its parameters
 * @source_path: what the data step reads; (nullable) for the other steps
 * @source_sha256: (nullable): what it must be, if known
 * @inputs: results of the earlier stages
 * @fitted: (nullable): for apply(): the model, complete from prepare to cluster
 * @model: (nullable): the step of the cluster stage, for the sweep
 */
typedef struct
{
  const char *source_path;
  const char *source_sha256;
  InsResults inputs;
  const InsResults *fitted;
  InsStep *model;
} InsContext;

/* Flags of every parameter's GParamSpec. */
#define INS_PARAM_FLAGS                                                                            \
  (G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

/**
 * InsStepClass:
 * @id: "kmeans": on the command line and in files
 * @title, @blurb: for people, marked with N_()
 * @version: raised when the same input gives another output, also by another default
 * @stage: where it stands
 * @needs: bit mask (1 << InsStage) of the stages whose artifacts run() reads
 * @run: computes; called in a worker on a copy of the step, so it may read its fields; must not
 *   touch anything else.  Returns: (transfer full): the stage's artifact, NULL on error or cancel
 * @apply: (nullable): the same from what an earlier run() fitted (@context's fitted) instead of
 *   fitting anew: scikit-learn's transform() and predict().  NULL = the method cannot
 */
struct _InsStepClass
{
  GObjectClass parent_class;
  const char *id;
  const char *title;
  const char *blurb;
  guint version;
  InsStage stage;
  guint needs;
  gpointer (*run) (InsStep *self, const InsContext *context, InsRun *run, GError **error);
  gpointer (*apply) (InsStep *self, const InsContext *context, InsRun *run, GError **error);
};

/* In class_init.  @offset: of the field in the instance: gboolean, int (INT, CHOICE), gint64
 * (g_param_spec_int64), double, or char *.  Strings are freed by InsStep.  Returns: (transfer none)
 * the hints, to be filled in. */
InsParam *ins_step_class_add_param (InsStepClass *klass, GParamSpec *spec, InsParamKind kind,
                                    gsize offset);

/* Every parameter, the base class's first.  Returns: (transfer container) (element-type InsParam)
 */
GPtrArray *ins_step_class_list_params (InsStepClass *klass);
/* By name, alias or scikit-learn's spelling; underscores equal dashes.  Returns: (nullable) */
const InsParam *ins_step_class_find_param (InsStepClass *klass, const char *name);

InsStep *ins_step_copy (InsStep *self); /* same class, same parameters; (transfer full) */

/* Canonical text of a parameter, locale-independent.  Returns: (transfer full) */
char *ins_step_get_text (InsStep *self, const InsParam *param);
char *ins_param_get_default_text (const InsParam *param);
/* Parses and sets.  INS_ERROR_USAGE names the legal values. */
gboolean ins_step_set_text (InsStep *self, const InsParam *param, const char *text, GError **error);
/* As on the command line: "clusters", "columns.gross_revenue".  Unknown names answer with the
 * valid ones. */
gboolean ins_step_set (InsStep *self, const char *name, const char *text, GError **error);
gboolean ins_step_is_default (InsStep *self, const InsParam *param);
gboolean ins_step_is_visible (InsStep *self, const InsParam *param); /* @visible_if holds */

/* SHA-256 of id, version and canonical parameters but those without effect, those at their default
 * and those named in @except (nullable, comma-separated).  So a parameter that a later version of
 * the program adds leaves earlier results valid; who changes a default raises the step's version.
 * Returns: (transfer full) hexadecimal */
char *ins_step_digest (InsStep *self, const char *except);

/* Lists and maps in strings.  Returns: (transfer full) */
char **ins_list_split (const char *text);
char *ins_list_join (const char *const *items);
GHashTable *ins_map_parse (const char *text); /* char * → char * */
char *ins_map_format (GHashTable *map);       /* sorted by key */

G_END_DECLS
