/* ins-scale.h: one feature's scaling
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InsScaleMethod:
 * @INS_SCALE_NONE: x
 * @INS_SCALE_STANDARD: (x - mean) / std, std with n as in scikit-learn
 * @INS_SCALE_MINMAX: (x - min) / (max - min)
 * @INS_SCALE_ROBUST: (x - median) / (q75 - q25)
 * @INS_SCALE_LOG1P: sign(x) · log(1 + |x|)
 * @INS_SCALE_LOG1P_STANDARD: log1p, then standard; and so on
 */
typedef enum
{
  INS_SCALE_NONE,
  INS_SCALE_STANDARD,
  INS_SCALE_MINMAX,
  INS_SCALE_ROBUST,
  INS_SCALE_LOG1P,
  INS_SCALE_LOG1P_STANDARD,
  INS_SCALE_LOG1P_MINMAX,
  INS_SCALE_LOG1P_ROBUST,
  INS_SCALE_N_METHODS
} InsScaleMethod;

/* scaled = (f (x) - offset) / divisor, f the logarithm or nothing; a constant feature has
 * divisor 1, as in scikit-learn. */
typedef struct
{
  InsScaleMethod method;
  double offset;
  double divisor;
} InsScaling;

/* @x: @n numbers without NaN. */
void ins_scaling_fit (InsScaling *scaling, InsScaleMethod method, const double *x, gsize n);
/* @out may be @x. */
void ins_scaling_apply (const InsScaling *scaling, const double *x, double *out, gsize n);
/* Back from scaled to the feature's own unit. */
double ins_scaling_invert (const InsScaling *scaling, double scaled);

G_END_DECLS
