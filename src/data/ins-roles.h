/* ins-roles.h: which column means what, by its name and by its values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-looks.h"
#include "data/ins-scan.h"

G_BEGIN_DECLS

/**
 * InsColumnLooks:
 * @rows: rows whose word has each InsLook
 * @present: rows that are not missing
 * @number_share: share of them that are numbers
 * @codes: whole numbers with leading zeros ("007"), which are names and not amounts
 * @dates: readings as dates; no formats where there are none
 */
typedef struct
{
  guint64 rows[INS_N_LOOKS];
  guint64 present;
  double number_share;
  gboolean codes;
  InsDateGuess dates;
} InsColumnLooks;

/* Whether some role goes by this name. */
gboolean ins_role_knows_name (const char *name);
/* How well @name names @role: 0 is best, -1 not at all. */
int ins_role_rank_name (InsRole role, const char *name);

/* Fills what is -1 in @roles and TRUE in @open; @reasons get why (translated literals).  Whoever
 * called must check the run. */
void ins_roles_guess (const InsScan *scan, const InsColumnLooks *looks, const gboolean *open,
                      int roles[INS_N_ROLES], const char *reasons[INS_N_ROLES], InsRun *run);

/* Column called @name or "#9"; -1. */
int ins_roles_find_column (const InsScan *scan, const char *name);

G_END_DECLS
