/* main.c: starts the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-application.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  g_autoptr (InsUiApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, INS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = insui_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
