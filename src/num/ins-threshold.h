/* ins-threshold.h: the one threshold that best tells some from the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InsThreshold: "at least @value" or, with @below, "at most @value"
 * @wanted: members of the group
 * @found: numbers that meet the rule; @hits: those of them that are members
 * @youden: share of the members found less share of the others found, 0 … 1
 */
typedef struct
{
  double value;
  gboolean below;
  gsize wanted, found, hits;
  double youden;
} InsThreshold;

/* The rule with the largest Youden's J; ties: the one that fewer meet.  @value is the roundest
 * number between the last that meets it and the first that does not, so that what is said is what
 * was counted.  NaN meets no rule.  @members: n, ≠ 0 = member.  Returns: FALSE if no rule is
 * better than chance. */
gboolean ins_threshold_find (const double *values, const guint8 *members, gsize n,
                             InsThreshold *best);

G_END_DECLS
