/* ins-cache.c: artifacts by key, bounded in bytes, the least recently used leave first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-plan.h"

#include <pthread.h>

struct _InsCache
{
  pthread_mutex_t lock;
  gsize max_bytes;
  gsize bytes;
  GQueue order;      /* InsArtifact, the most recently used first; owns a reference each */
  GHashTable *links; /* key → GList in @order */
};

InsCache *
ins_cache_new (gsize max_bytes)
{
  InsCache *cache = g_new0 (InsCache, 1);

  pthread_mutex_init (&cache->lock, NULL);
  cache->max_bytes = max_bytes;
  g_queue_init (&cache->order);
  cache->links = g_hash_table_new (g_str_hash, g_str_equal);
  return cache;
}

/* The lock is held. */
static void
drop (InsCache *cache, GList *link)
{
  InsArtifact *artifact = link->data;

  g_hash_table_remove (cache->links, artifact->key);
  cache->bytes -= artifact->type->size (artifact);
  g_queue_delete_link (&cache->order, link);
  ins_artifact_unref (artifact);
}

void
ins_cache_free (InsCache *cache)
{
  while (cache->order.head != NULL)
    drop (cache, cache->order.head);
  g_hash_table_unref (cache->links);
  pthread_mutex_destroy (&cache->lock);
  g_free (cache);
}

void
ins_cache_put (InsCache *cache, InsArtifact *artifact)
{
  GList *old;

  g_return_if_fail (artifact->key != NULL);
  pthread_mutex_lock (&cache->lock);
  ins_artifact_ref (artifact);
  old = g_hash_table_lookup (cache->links, artifact->key);
  if (old != NULL)
    drop (cache, old);
  g_queue_push_head (&cache->order, artifact);
  g_hash_table_insert (cache->links, artifact->key, cache->order.head);
  cache->bytes += artifact->type->size (artifact);
  while (cache->bytes > cache->max_bytes && cache->order.tail != cache->order.head)
    drop (cache, cache->order.tail);
  pthread_mutex_unlock (&cache->lock);
}

gpointer
ins_cache_get (InsCache *cache, const char *key, gboolean complete)
{
  InsArtifact *artifact = NULL;
  GList *link;

  pthread_mutex_lock (&cache->lock);
  link = g_hash_table_lookup (cache->links, key);
  if (link != NULL && (!complete || ins_artifact_is_complete (link->data)))
    {
      artifact = ins_artifact_ref (link->data);
      g_queue_unlink (&cache->order, link);
      g_queue_push_head_link (&cache->order, link);
    }
  pthread_mutex_unlock (&cache->lock);
  return artifact;
}
