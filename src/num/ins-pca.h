/* ins-pca.h: principal component analysis
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

/**
 * InsPca:
 * @mean: d column means
 * @loadings: d × c, one unit vector per column; its largest |loading| is positive
 * @scores: n × c
 * @variance: c eigenvalues of the covariance (n - 1), falling
 * @ratio: c shares of the total variance
 */
typedef struct
{
  gsize n_components;
  double *mean;
  InsMatrix *loadings;
  InsMatrix *scores;
  double *variance;
  double *ratio;
} InsPca;

/* @x: n × d, n ≥ 2; INS_ERROR_INPUT for missing, infinite or huge numbers.  @components: at most
 * min (n, d) are made; 0 = all of them. */
InsPca *ins_pca_fit (const InsMatrix *x, gsize components, InsRun *run, GError **error);
void ins_pca_free (InsPca *pca);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsPca, ins_pca_free)

G_END_DECLS
