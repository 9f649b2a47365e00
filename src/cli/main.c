/* main.c: insiders-cli: global options, commands, exit codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM "insiders-cli"

static const InsCliCommand commands[] = {
  { "describe", N_ ("INPUT"), N_ ("Say what is in a file and how it was understood"),
    ins_cli_describe },
  { "features", N_ ("INPUT -o OUT.csv [-- CHAIN]"), N_ ("Write one line per customer"),
    ins_cli_features },
  { "run", N_ ("INPUT -o PROJECT.insiders [-- CHAIN]"),
    N_ ("Compute the whole analysis into a project file"), ins_cli_run },
  { "steps", N_ ("[STEP]"), N_ ("List the steps and their parameters"), ins_cli_steps },
  { "show", N_ ("PROJECT [TOPIC]"), N_ ("Show the results of a project"), ins_cli_show },
  { "export", N_ ("PROJECT WHAT -o OUT"), N_ ("Write results of a project as CSV or SQL"),
    ins_cli_export },
  { "chart", N_ ("PROJECT NAME|all -o OUT"), N_ ("Draw the charts of a project"), ins_cli_chart },
};

/* ---- options ---- */

static void
add_global_options (InsCli *cli, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "threads", 0, 0, G_OPTION_ARG_INT, &cli->threads,
      N_ ("Threads to use; 0 = one per processor. Never changes a result"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON document"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &cli->quiet, N_ ("Neither progress nor a summary"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &cli->version, N_ ("Print the version and end"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static char *
list_commands (void)
{
  GString *text = g_string_new (_ ("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-10s %s", commands[i].name, _ (commands[i].summary));
  g_string_append_printf (text, "\n\n%s",
                          _ ("Each has its own --help. INPUT is a .csv, .tsv or .csv.gz file, or - "
                             "for standard input."));
  return g_string_free (text, FALSE);
}

static const InsCliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

static gboolean
check_parsed (InsCli *cli, char **arguments, const InsCliCommand *command, int least, int most,
              GError **error)
{
  int n = (int)g_strv_length (arguments);

  if (cli->threads < 0 || cli->threads > 1024)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("--threads %d: give a number from 0 to 1024."), cli->threads);
      return FALSE;
    }
  if (cli->version || (n >= least && n <= most))
    return TRUE;
  if (n < least)
    g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("Something is missing: %s %s %s"), PROGRAM,
                 command->name, _ (command->synopsis));
  else
    g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("“%s” is too much: %s %s %s"),
                 arguments[most], PROGRAM, command->name, _ (command->synopsis));
  return FALSE;
}

gboolean
ins_cli_parse (InsCli *cli, const char *name, char ***arguments, const GOptionEntry *entries,
               GOptionGroup *group, const char *more, int least, int most, GError **error)
{
  const InsCliCommand *command = find_command (name);
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *usage = NULL;
  g_auto (GStrv) all = NULL;
  gsize n;

  g_return_val_if_fail (command != NULL && arguments != NULL, FALSE);

  usage = g_strdup_printf ("%s %s", name, _ (command->synopsis));
  context = g_option_context_new (usage);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, more);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_global_options (cli, context);
  if (group != NULL)
    g_option_context_add_group (context, group);

  /* GOption wants a program's name in front */
  n = g_strv_length (*arguments);
  all = g_new0 (char *, n + 2);
  all[0] = g_strdup (PROGRAM);
  memcpy (all + 1, *arguments, n * sizeof (char *));
  g_free (*arguments);
  *arguments = NULL;
  if (!g_option_context_parse_strv (context, &all, error))
    {
      *arguments = g_new0 (char *, 1);
      return FALSE;
    }
  *arguments = g_strdupv (all + 1);
  return check_parsed (cli, *arguments, command, least, most, error);
}

void
ins_cli_begin (InsCli *cli)
{
  g_return_if_fail (cli->run == NULL);

  cli->run = ins_run_new ((guint)cli->threads, NULL);
  ins_cli_progress_start (cli->run, !cli->quiet);
}

void
ins_cli_set_unknown (GError **error, const char *what, const char *given, const char *const *valid)
{
  g_autofree char *names = g_strjoinv (", ", (char **)valid);
  g_auto (GStrv) parts = g_strsplit (what, "%s", 2);

  g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("%s%s%s; choose one of: %s."), parts[0], given,
               parts[1] ? parts[1] : "", names);
}

void
ins_cli_set_usage (GError **error, const char *sentence)
{
  g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE, sentence);
}

gboolean
ins_cli_no_chain (InsCli *cli, GError **error)
{
  if (cli->chain == NULL)
    return TRUE;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("This command computes nothing, so it takes no chain after “--”."));
  return FALSE;
}

/* ---- the program ---- */

/* Words after the first "--" are the chain.  (transfer full): the others, without the program */
static char **
take_chain (InsCli *cli, char **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **p = argv[0] ? argv + 1 : argv; *p != NULL; p++)
    {
      if (g_str_equal (*p, "--"))
        {
          cli->chain = g_strdupv (p + 1);
          break;
        }
      g_strv_builder_add (builder, *p);
    }
  return g_strv_builder_end (builder);
}

/* The first word that is no option: the command.  Global options may stand before it. */
static char *
take_command (char **words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    {
      char *word = words[i];

      if (g_str_equal (word, "--threads") && words[i + 1] != NULL)
        {
          i++;
          continue;
        }
      if (g_str_equal (word, "--help") || g_str_equal (word, "-h")
          || g_str_equal (word, "--version"))
        return NULL;
      if (word[0] == '-')
        continue;
      for (; words[i] != NULL; i++)
        words[i] = words[i + 1];
      return word;
    }
  return NULL;
}

static void
print_version (void)
{
  printf ("%s %s\n", PROGRAM, INS_VERSION);
}

/* No command: --version, --help or wrong usage. */
static gboolean
run_without_command (InsCli *cli, char ***words, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND … [-- CHAIN]"));
  g_autofree char *text = list_commands ();
  g_auto (GStrv) all = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Finds groups among the customers of a shop: the "
                                            "headless twin of Insiders."));
  g_option_context_set_description (context, text);
  add_global_options (cli, context);
  g_strv_builder_add (builder, PROGRAM);
  g_strv_builder_addv (builder, (const char **)*words);
  all = g_strv_builder_end (builder);
  if (!g_option_context_parse_strv (context, &all, error))
    return FALSE;
  if (cli->version)
    {
      print_version ();
      return TRUE;
    }
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("A command is missing.\n\n%s"), text);
  return FALSE;
}

static gboolean
run_command (InsCli *cli, char ***words, GError **error)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
  g_autofree char *name = take_command (*words);
  const InsCliCommand *command;

  if (name == NULL)
    return run_without_command (cli, words, error);
  command = find_command (name);
  if (command != NULL && !command->func (cli, words, error))
    return FALSE;
  if (command != NULL && cli->version)
    print_version ();
  if (command != NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  ins_cli_set_unknown (error, _ ("There is no command “%s”"), name, names);
  return FALSE;
}

void
ins_cli_tell_interrupted (void)
{
  fprintf (stderr, "%s: %s\n", PROGRAM, _ ("Interrupted; nothing was written."));
}

static InsExit
tell (const GError *error)
{
  g_autofree char *clean = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean usage =
      g_error_matches (error, INS_ERROR, INS_ERROR_USAGE) || error->domain == G_OPTION_ERROR;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ins_cli_tell_interrupted ();
      return INS_EXIT_INTERRUPTED;
    }
  fprintf (stderr, "%s: ", PROGRAM);
  lines = g_strsplit (error->message, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_free (clean);
      clean = ins_cli_clean (lines[i]);
      fprintf (stderr, "%s\n", clean);
    }
  return usage ? INS_EXIT_USAGE : INS_EXIT_FAILED;
}

typedef struct
{
  InsCli cli;
  char **words;
  InsExit code;
} Program;

/* In a thread of its own: the first one is left to signals and the bar. */
static void
work (gpointer data)
{
  Program *program = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = run_command (&program->cli, &program->words, &error);

  ins_cli_progress_stop ();
  if ((fflush (stdout) != 0 || ferror (stdout)) && ok)
    {
      g_set_error (&error, INS_ERROR, INS_ERROR_FAILED,
                   _ ("Standard output could not be written (%s)."), g_strerror (errno));
      ok = FALSE;
    }
  program->code = ok ? INS_EXIT_DONE : tell (error);
}

int
main (int argc, char *argv[])
{
  Program program = { .code = INS_EXIT_DONE };

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, INS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* for ngettext(), which names no domain */
  g_set_prgname (PROGRAM);

  program.words = take_chain (&program.cli, argv);
  ins_cli_progress_call (work, &program);
  g_strfreev (program.words);
  g_strfreev (program.cli.chain);
  g_clear_pointer (&program.cli.run, ins_run_unref);
  return program.code;
}
