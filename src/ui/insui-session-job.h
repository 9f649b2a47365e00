/* insui-session-job.h: one piece of work in a worker
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session-private.h"

G_BEGIN_DECLS

/**
 * InsUiJob:
 * @project: on whose behalf; a new one where data are opened
 * @plan: (nullable): what to run
 * @path: (nullable): the project file to open instead
 * @recipe: what was said about the data, for asking what the file leaves open
 * @update: (nullable): data the project opened goes on with
 * @state: (nullable): changes to be made again once a project is open
 * @recovered: data opened with parameters that were not saved
 * @then: stages to run when it has worked
 */
struct _InsUiJob
{
  InsProject *project; /* owned */
  InsPlan *plan;       /* owned */
  char *path;          /* owned */
  InsRun *run;         /* owned */
  InsRecipe recipe;
  char *source_path;
  char *update;    /* owned: the data that the project at @path goes on with */
  GVariant *state; /* owned */
  guint then;
  gboolean recovered;

  /* set by the worker */
  gboolean ok;
  GError *error;
  InsSniff *sniff;
  char *sample;
};

G_END_DECLS
