/* ins-pca.c: principal component analysis
 *
 * Eigenvectors of the covariance matrix, which is summed over fixed blocks of rows in block order:
 * the same bits for any number of threads.  Up to 64 columns the own cyclic Jacobi method (Golub &
 * Van Loan, section 8.5), which is accurate and the same everywhere; above GSL's.  The sign is
 * chosen so that the loading of largest size is positive.  O(n d² + d³) time, O(n c + b d²) memory
 * for b blocks.  Equal eigenvalues define a subspace only.  NaN, infinities and numbers from 10^150
 * are refused; duplicates and constant columns do no harm.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "num/ins-pca.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-stats.h"
#include "num/ins-input.h"

#define BLOCK 4096 /* rows */
#define JACOBI_COLUMNS 64
#define JACOBI_SWEEPS 60

typedef struct
{
  const InsMatrix *x;
  InsRun *run;
  InsPca *pca;
  double *parts; /* one d × d triangle per block */
} Work;

static void
switch_handler_off (void)
{
  gsl_set_error_handler_off ();
}

/* ---- covariance ---- */

static void
column_means (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *w = data;

  for (gsize j = begin; j < end && ins_run_tick (w->run); j++)
    {
      const double *column = ins_matrix_col (w->x, j);
      InsSum sum = { 0 };
      for (gsize i = 0; i < w->x->rows; i++)
        ins_sum_add (&sum, column[i]);
      w->pca->mean[j] = ins_sum_get (&sum) / (double)w->x->rows;
    }
}

static double
dot (const double *a, const double *b, gsize n)
{
  double lanes[4] = { 0, 0, 0, 0 };
  gsize i = 0;

  for (; i + 4 <= n; i += 4)
    for (gsize l = 0; l < 4; l++)
      lanes[l] += a[i + l] * b[i + l];
  for (; i < n; i++)
    lanes[0] += a[i] * b[i];
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

/* The block's share of the products of the centred columns. */
static void
block_products (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *w = data;
  gsize d = w->x->cols, n = end - begin;
  g_autofree double *centred = g_new (double, n *d);
  double *part = w->parts + block * d * d;

  for (gsize j = 0; j < d; j++)
    {
      const double *column = ins_matrix_col (w->x, j) + begin;
      for (gsize i = 0; i < n; i++)
        centred[j * n + i] = column[i] - w->pca->mean[j];
    }
  for (gsize j = 0; j < d && ins_run_tick (w->run); j++)
    for (gsize l = 0; l <= j; l++)
      part[j * d + l] = dot (centred + j * n, centred + l * n, n);
}

/* d × d, divided by n - 1.  Returns: NULL if cancelled. */
static double *
covariance (Work *w)
{
  gsize d = w->x->cols, n = w->x->rows, n_blocks = (n + BLOCK - 1) / BLOCK;
  g_autofree double *parts = NULL;
  double *cov;

  if (!ins_run_parallel (w->run, d, 1, column_means, w))
    return NULL;
  w->parts = parts = g_new0 (double, n_blocks *d *d);
  if (!ins_run_parallel (w->run, n, BLOCK, block_products, w))
    return NULL;
  cov = g_new0 (double, d *d);
  for (gsize j = 0; j < d; j++)
    for (gsize l = 0; l <= j; l++)
      {
        InsSum sum = { 0 };
        for (gsize b = 0; b < n_blocks; b++)
          ins_sum_add (&sum, parts[b * d * d + j * d + l]);
        cov[j * d + l] = cov[l * d + j] = ins_sum_get (&sum) / (double)(n - 1);
      }
  return cov;
}

/* ---- eigenvectors ---- */

/* One rotation that makes a[p, q] zero; v collects the rotations, column by column. */
static void
jacobi_rotate (double *a, double *v, gsize d, gsize p, gsize q)
{
  double apq = a[p * d + q], theta, t, c, s;

  theta = (a[q * d + q] - a[p * d + p]) / (2 * apq);
  t = fabs (theta) > 1e150 ? 0.5 / theta
                           : copysign (1 / (fabs (theta) + sqrt (theta * theta + 1)), theta);
  c = 1 / sqrt (t * t + 1);
  s = t * c;
  a[p * d + p] -= t * apq;
  a[q * d + q] += t * apq;
  a[p * d + q] = a[q * d + p] = 0;
  for (gsize i = 0; i < d; i++)
    {
      double vp = v[p * d + i], vq = v[q * d + i];
      v[p * d + i] = c * vp - s * vq;
      v[q * d + i] = s * vp + c * vq;
      if (i == p || i == q)
        continue;
      vp = a[i * d + p];
      vq = a[i * d + q];
      a[i * d + p] = a[p * d + i] = c * vp - s * vq;
      a[i * d + q] = a[q * d + i] = s * vp + c * vq;
    }
}

/* Too small to turn the axes of its two diagonal elements, or noise beside the whole matrix. */
static gboolean
is_negligible (const double *a, gsize d, gsize p, gsize q, double noise)
{
  double size = fabs (a[p * d + q]);

  return size <= noise || size <= 0x1p-54 * sqrt (fabs (a[p * d + p])) * sqrt (fabs (a[q * d + q]));
}

static void
eigen_jacobi (double *a, gsize d, double *values, double *vectors)
{
  gboolean rotated = TRUE;
  double noise = 0;

  for (gsize i = 0; i < d; i++)
    {
      vectors[i * d + i] = 1;
      noise += fabs (a[i * d + i]) * 0x1p-66;
    }
  for (guint sweep = 0; sweep < JACOBI_SWEEPS && rotated; sweep++)
    {
      rotated = FALSE;
      for (gsize p = 0; p + 1 < d; p++)
        for (gsize q = p + 1; q < d; q++)
          {
            if (is_negligible (a, d, p, q, noise))
              continue;
            jacobi_rotate (a, vectors, d, p, q);
            rotated = TRUE;
          }
    }
  for (gsize i = 0; i < d; i++)
    values[i] = a[i * d + i];
}

static gboolean
eigen_gsl (double *a, gsize d, double *values, double *vectors)
{
  gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc (d);
  gsl_matrix_view matrix = gsl_matrix_view_array (a, d, d);
  gsl_vector_view value = gsl_vector_view_array (values, d);
  g_autofree double *columns = g_new (double, d *d);
  gsl_matrix_view vector = gsl_matrix_view_array (columns, d, d);
  int status;

  if (workspace == NULL)
    return FALSE;
  status = gsl_eigen_symmv (&matrix.matrix, &value.vector, &vector.matrix, workspace);
  gsl_eigen_symmv_free (workspace);
  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j < d; j++)
      vectors[j * d + i] = columns[i * d + j];
  return status == GSL_SUCCESS;
}

typedef struct
{
  double value;
  gsize index;
} Order;

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const Order *x = a, *y = b;

  if (x->value != y->value)
    return x->value > y->value ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

static double
sign_of_largest (const double *v, gsize d)
{
  gsize largest = 0;

  for (gsize i = 1; i < d; i++)
    if (fabs (v[i]) > fabs (v[largest]))
      largest = i;
  return v[largest] < 0 ? -1 : 1;
}

static gboolean
decompose (InsPca *pca, double *cov, gsize d)
{
  g_autofree double *values = g_new (double, d);
  g_autofree double *vectors = g_new0 (double, d *d);
  g_autofree Order *order = g_new (Order, d);
  InsSum total = { 0 };

  for (gsize i = 0; i < d; i++)
    ins_sum_add (&total, cov[i * d + i]);
  if (d <= JACOBI_COLUMNS)
    eigen_jacobi (cov, d, values, vectors);
  else if (!eigen_gsl (cov, d, values, vectors))
    return FALSE;
  for (gsize i = 0; i < d; i++)
    order[i] = (Order){ MAX (values[i], 0), i };
  qsort (order, d, sizeof (Order), compare_order);
  for (gsize c = 0; c < pca->n_components; c++)
    {
      const double *v = vectors + order[c].index * d;
      double sign = sign_of_largest (v, d);
      pca->variance[c] = order[c].value;
      pca->ratio[c] = ins_sum_get (&total) > 0 ? order[c].value / ins_sum_get (&total) : 0;
      for (gsize j = 0; j < d; j++)
        ins_matrix_set (pca->loadings, j, c, sign * v[j]);
    }
  return TRUE;
}

/* ---- scores ---- */

static void
block_scores (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *w = data;

  for (gsize c = 0; c < w->pca->n_components && ins_run_tick (w->run); c++)
    {
      double *score = ins_matrix_col (w->pca->scores, c);
      for (gsize j = 0; j < w->x->cols; j++)
        {
          const double *column = ins_matrix_col (w->x, j);
          double mean = w->pca->mean[j], loading = ins_matrix_get (w->pca->loadings, j, c);
          for (gsize i = begin; i < end; i++)
            score[i] += (column[i] - mean) * loading;
        }
    }
}

static InsPca *
pca_new (gsize n, gsize d, gsize components)
{
  InsPca *pca = g_new0 (InsPca, 1);

  pca->n_components = components;
  pca->mean = g_new0 (double, d);
  pca->loadings = ins_matrix_new (d, components);
  pca->scores = ins_matrix_new (n, components);
  pca->variance = g_new0 (double, components);
  pca->ratio = g_new0 (double, components);
  return pca;
}

static gboolean
check_input (const InsMatrix *x, GError **error)
{
  if (x->rows < 2 || x->cols < 1)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                           _ ("Principal components need at least two rows and one column; "
                              "choose more features or fewer filters"));
      return FALSE;
    }
  return ins_input_check (x, error);
}

InsPca *
ins_pca_fit (const InsMatrix *x, gsize components, InsRun *run, GError **error)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  g_autoptr (InsPca) pca = NULL;
  g_autofree double *cov = NULL;
  gsize most;
  Work work;

  g_return_val_if_fail (x != NULL && run != NULL, NULL);

  pthread_once (&once, switch_handler_off);
  if (!check_input (x, error))
    return NULL;
  most = MIN (x->rows, x->cols);
  pca = pca_new (x->rows, x->cols, components == 0 ? most : MIN (components, most));
  work = (Work){ x, run, pca, NULL };
  cov = covariance (&work);
  if (cov == NULL)
    {
      ins_run_check (run, error);
      return NULL;
    }
  if (!decompose (pca, cov, x->cols))
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_FAILED,
                           _ ("The principal components could not be found; check the features "
                              "for infinite values"));
      return NULL;
    }
  if (!ins_run_parallel (run, x->rows, BLOCK, block_scores, &work))
    {
      ins_run_check (run, error);
      return NULL;
    }
  return g_steal_pointer (&pca);
}

void
ins_pca_free (InsPca *pca)
{
  if (pca == NULL)
    return;
  g_free (pca->mean);
  g_clear_pointer (&pca->loadings, ins_matrix_unref);
  g_clear_pointer (&pca->scores, ins_matrix_unref);
  g_free (pca->variance);
  g_free (pca->ratio);
  g_free (pca);
}
