/* ins-error.h: the engine's error domain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INS_ERROR (ins_error_quark ())

/**
 * InsError:
 * @INS_ERROR_USAGE: a wrong option, step, parameter or value; the message lists the valid ones
 * @INS_ERROR_INPUT: the data cannot be used as they are
 * @INS_ERROR_UNDECIDED: the file does not settle a question; the message names the option that does
 * @INS_ERROR_DAMAGED: a project file is not what it claims to be
 * @INS_ERROR_NEWER: a project file was written by a newer version
 * @INS_ERROR_MEMORY: the work would need more memory than there is
 * @INS_ERROR_FAILED: anything else
 *
 * Every message is one sentence: what, where, what to do.  Cancelling is G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  INS_ERROR_USAGE,
  INS_ERROR_INPUT,
  INS_ERROR_UNDECIDED,
  INS_ERROR_DAMAGED,
  INS_ERROR_NEWER,
  INS_ERROR_MEMORY,
  INS_ERROR_FAILED
} InsError;

GQuark ins_error_quark (void);

G_END_DECLS
