/* ins-run.h: one running computation: threads, progress, cancel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InsRun:
 *
 * What a kernel gets besides its data.  Reference counted; every function may be called from any
 * thread.  Results never depend on the number of threads: work is cut into blocks of a fixed size
 * and reduced in block order.
 */
typedef struct _InsRun InsRun;

/**
 * InsRunFunc:
 * @begin: first item
 * @end: one past the last item
 * @block: number of the block, from 0
 * @data: what was given to ins_run_parallel()
 *
 * One block of a parallel loop.  Writes only its own items or its own partial result.
 */
typedef void (*InsRunFunc) (gsize begin, gsize end, gsize block, gpointer data);

/* @threads: 0 = one per online processor.  @cancellable: (nullable): cancels the run. */
InsRun *ins_run_new (guint threads, GCancellable *cancellable);
InsRun *ins_run_ref (InsRun *run);
void ins_run_unref (InsRun *run);

guint ins_run_get_threads (InsRun *run);

/* Returns FALSE once the run is cancelled.  Cheap; call it at least every 50 ms of work. */
gboolean ins_run_tick (InsRun *run);
void ins_run_cancel (InsRun *run);
/* Like ins_run_tick(), and sets @error to G_IO_ERROR_CANCELLED when it returns FALSE. */
gboolean ins_run_check (InsRun *run, GError **error);

/* Progress.  @stage: a string that lives as long as the program (translated literal or interned).
 * @total: units of work; 0 = unknown. */
void ins_run_begin (InsRun *run, const char *stage, guint64 total);
void ins_run_advance (InsRun *run, guint64 units);
/* Returns: (nullable) (transfer none): the stage; @fraction: 0…1, or -1 when unknown. */
const char *ins_run_get_progress (InsRun *run, double *fraction);

/* Calls @func for blocks of @block items of 0 … @n - 1 on the run's threads, the caller's among
 * them.  Nested calls run in the calling thread.  Returns FALSE if the run is cancelled (the blocks
 * already begun are finished, the others skipped); TRUE means that every block was done, also
 * where @func itself gives up when ins_run_tick() says so. */
gboolean ins_run_parallel (InsRun *run, gsize n, gsize block, InsRunFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsRun, ins_run_unref)

G_END_DECLS
