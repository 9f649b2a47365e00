/* ins-cli.h: what every command shares: options, progress, input, output
 *
 * A command is one file.  It parses its options, computes through InsProject as the window does,
 * and writes; main.c turns its GError into a sentence and an exit code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/ins-json.h"
#include "store/ins-project.h"
#include "store/ins-relation.h"

G_BEGIN_DECLS

typedef enum
{
  INS_EXIT_DONE = 0,
  INS_EXIT_FAILED = 1,
  INS_EXIT_USAGE = 2,
  INS_EXIT_INTERRUPTED = 130
} InsExit;

/**
 * InsCli:
 * @threads: 0 = one per processor
 * @json, @quiet: global options
 * @chain: (nullable): the words after "--"
 * @run: cancelled by the first SIGINT
 */
typedef struct
{
  int threads;
  gboolean json;
  gboolean quiet;
  gboolean version;
  char **chain;
  InsRun *run;
} InsCli;

/* @arguments: those of the command, options included; changed by parsing. */
typedef gboolean (*InsCliFunc) (InsCli *cli, char ***arguments, GError **error);

typedef struct
{
  const char *name;
  const char *synopsis; /* "INPUT -o OUT.csv [-- CHAIN]" */
  const char *summary;  /* marked with N_() */
  InsCliFunc func;
} InsCliCommand;

gboolean ins_cli_describe (InsCli *cli, char ***arguments, GError **error);
gboolean ins_cli_features (InsCli *cli, char ***arguments, GError **error);
gboolean ins_cli_run (InsCli *cli, char ***arguments, GError **error);
gboolean ins_cli_steps (InsCli *cli, char ***arguments, GError **error);
gboolean ins_cli_show (InsCli *cli, char ***arguments, GError **error);
gboolean ins_cli_export (InsCli *cli, char ***arguments, GError **error);
gboolean ins_cli_chart (InsCli *cli, char ***arguments, GError **error);

/* --- main.c --- */

/* Parses @arguments with @entries (nullable) and the global options.  What is left must be
 * @least … @most words.  @name: the command's.  @more: (nullable): text at the help's end. */
gboolean ins_cli_parse (InsCli *cli, const char *name, char ***arguments,
                        const GOptionEntry *entries, GOptionGroup *group, const char *more,
                        int least, int most, GError **error);
/* Starts what can be interrupted: makes cli->run, shows progress. */
void ins_cli_begin (InsCli *cli);
/* INS_ERROR_USAGE listing @valid.  @what: "There is no chart “%s”" */
void ins_cli_set_unknown (GError **error, const char *what, const char *given,
                          const char *const *valid);
void ins_cli_set_usage (GError **error, const char *sentence);
/* A chain is an error where nothing is computed. */
gboolean ins_cli_no_chain (InsCli *cli, GError **error);

void ins_cli_tell_interrupted (void);

/* --- ins-cli-progress.c --- */

/* Calls @func in another thread and waits, with an eye on signals: SIGINT and SIGTERM cancel the
 * run that ins_cli_progress_start() names, a second one ends the program at once. */
void ins_cli_progress_call (void (*func) (gpointer data), gpointer data);
/* @bar: whether to show how far @run is, if standard error is a terminal. */
void ins_cli_progress_start (InsRun *run, gboolean bar);
/* Around what takes long and cannot be cancelled, such as drawing, while nothing but @folder
 * (nullable) is half done: an interrupt removes it and ends the program without waiting. */
void ins_cli_progress_allow_end (const char *folder);
void ins_cli_progress_forbid_end (void);
/* Takes the bar away; what is printed now stays. */
void ins_cli_progress_stop (void);

/* --- ins-cli-input.c --- */

typedef struct
{
  char *delimiter, *quote, *encoding, *decimal, *thousands, *date_format, *header_line;
  char **roles;
  gboolean header, no_header;
  gboolean table;
  char *id;
  char *preset;
  char *update;   /* run's option: the project whose parameters, names and model go on */
  gboolean refit; /* its model is fitted anew */
} InsCliInput;

/* The import options and --preset, as a group with its own heading. */
GOptionGroup *ins_cli_input_group (InsCliInput *input);
void ins_cli_input_clear (InsCliInput *input);
/* A project with preset (or the parameters, names and frozen model of an older project), import
 * options and chain, whose source is @path.  An older project needs cli->run: ins_cli_begin()
 * first.  (transfer full) */
InsProject *ins_cli_input_project (InsCli *cli, const InsCliInput *input, const char *path,
                                   GError **error);
/* Runs @stages and takes the results.  @plan: (out) (optional) (transfer full) */
gboolean ins_cli_compute (InsCli *cli, InsProject *project, guint stages, InsPlan **plan,
                          GError **error);

/* --- ins-cli-output.c --- */

typedef struct _InsCliOutput InsCliOutput;

/* Early: whether @path may be written.  It must not be @input (nullable), and what must not be
 * lost is replaced with @force only: a project, or with @only_new any file. */
gboolean ins_cli_check_output (const char *path, const char *input, gboolean only_new,
                               gboolean force, GError **error);
/* "-" is standard output.  Anything else appears whole in ins_cli_output_finish(), or not at all.
 */
InsCliOutput *ins_cli_output_open (const char *path, GError **error);
gboolean ins_cli_output_write (InsCliOutput *output, const char *data, gsize size, GError **error);
gboolean ins_cli_output_finish (InsCliOutput *output, InsRun *run, GError **error);
void ins_cli_output_free (InsCliOutput *output);
/* @bytes to @path. */
gboolean ins_cli_write_bytes (const char *path, GBytes *bytes, InsRun *run, GError **error);
/* A relation as CSV.  @raw: formulas are not neutralised. */
gboolean ins_cli_write_csv (const char *path, const InsRelation *relation, gboolean raw,
                            InsRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsCliOutput, ins_cli_output_free)

/* --- ins-cli-folder.c: files that appear together or not at all --- */

typedef struct _InsCliFolder InsCliFolder;

/* Files are gathered beside @path, or inside it if it is there already; what else lies there stays,
 * and files of the same names are replaced. */
InsCliFolder *ins_cli_folder_open (const char *path, GError **error);
/* Where they are gathered. */
const char *ins_cli_folder_get_temporary (InsCliFolder *folder);
gboolean ins_cli_folder_write (InsCliFolder *folder, const char *name, GBytes *bytes, InsRun *run,
                               GError **error);
gboolean ins_cli_folder_finish (InsCliFolder *folder, InsRun *run, GError **error);
void ins_cli_folder_free (InsCliFolder *folder);
/* A folder of files, if it is there.  Keeps errno. */
void ins_cli_remove_folder (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsCliFolder, ins_cli_folder_free)

/* --- ins-cli-table.c: aligned tables for people, on standard output --- */

typedef struct _InsCliTable InsCliTable;

InsCliTable *ins_cli_table_new (void);
void ins_cli_table_free (InsCliTable *table);
void ins_cli_table_add_column (InsCliTable *table, const char *title, gboolean right);
/* Cells in reading order. */
void ins_cli_table_text (InsCliTable *table, const char *text); /* nullable */
void ins_cli_table_integer (InsCliTable *table, gint64 value);
void ins_cli_table_real (InsCliTable *table, double value, int decimals);
void ins_cli_table_percent (InsCliTable *table, double share); /* 0 … 1 */
/* Six significant digits at most, for numbers of any size. */
void ins_cli_table_number (InsCliTable *table, double value);
void ins_cli_table_print (InsCliTable *table);

/* "541,909", "39.1 %", "1,234.50", the same in every locale.  Returns: (transfer full) */
char *ins_cli_format_integer (gint64 value);
char *ins_cli_format_real (double value, int decimals);
char *ins_cli_format_percent (double share);
/* Without control characters, so that no file can send commands to the terminal. */
char *ins_cli_clean (const char *text);
/* Cleaned, on standard output.  printf's format. */
void ins_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsCliTable, ins_cli_table_free)

/* --- ins-cli-summary.c --- */

/* Members of the summary's object; the caller opens and closes it. */
void ins_cli_summary_json (InsJson *json, InsProject *project);
void ins_cli_summary_print (InsProject *project);
void ins_cli_metrics_json (InsJson *json, const char *name, const InsMetrics *metrics);
void ins_cli_waterfall_json (InsJson *json, const char *name, const InsResults *results);
void ins_cli_waterfall_print (const InsResults *results);
void ins_cli_clusters_json (InsJson *json, const char *name, InsProject *project);
void ins_cli_clusters_print (InsProject *project);
/* Every parameter by step. */
void ins_cli_parameters_json (InsJson *json, const char *name, InsPipeline *pipeline);
/* Any relation as an array of objects. */
void ins_cli_relation_json (InsJson *json, const char *name, const InsRelation *relation);
/* Prints @json and frees it. */
gboolean ins_cli_json_print (InsJson *json, GError **error);

G_END_DECLS
