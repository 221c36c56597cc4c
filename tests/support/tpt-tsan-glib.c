/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded by LD_PRELOAD into programs that were built with ThreadSanitizer. The distribution's GLib
 * is not built so, and locks with futexes of its own: whatever went from one thread to another by
 * its queues, mutexes and sources would look like a race. These tell the sanitizer what GLib
 * promises, and nothing beyond: what is handed over happens before it is taken. Other programs that
 * come to load it are left as they are. */

#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *place) __attribute__ ((weak));
void __tsan_release (void *place) __attribute__ ((weak));

/* The next one of that name, looked for once: GLib's own. */
#define REAL(name) \
  static __typeof__ (name) *real; \
  if (real == NULL) \
    real = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name)

static char sources;

static void
take (void *place)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (place);
}

static void
give (void *place)
{
  if (__tsan_release != NULL)
    __tsan_release (place);
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);
  real (mutex);
  take (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  give (mutex);
  real (mutex);
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  REAL (g_cond_wait);
  give (mutex);
  real (cond, mutex);
  take (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end)
{
  gboolean is_signalled;

  REAL (g_cond_wait_until);
  give (mutex);
  is_signalled = real (cond, mutex, end);
  take (mutex);

  return is_signalled;
}

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  REAL (g_async_queue_push);
  give (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data;

  REAL (g_async_queue_pop);
  data = real (queue);
  take (queue);

  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data;

  REAL (g_async_queue_try_pop);
  data = real (queue);
  take (queue);

  return data;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue,
                           guint64      timeout)
{
  gpointer data;

  REAL (g_async_queue_timeout_pop);
  data = real (queue, timeout);
  take (queue);

  return data;
}

/* A source's callback comes after the source was attached. */
typedef struct
{
  GSourceFunc     func;
  gpointer        data;
  GDestroyNotify  notify;
} Callback;

static gboolean
callback_cb (gpointer user_data)
{
  Callback *callback = user_data;

  take (&sources);

  return callback->func (callback->data);
}

static void
callback_free (gpointer data)
{
  Callback *callback = data;

  take (&sources);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

guint
g_source_attach (GSource      *source,
                 GMainContext *context)
{
  REAL (g_source_attach);
  give (&sources);

  return real (source, context);
}

/* Sources whose own type calls back with other arguments are attached by the thread that runs
 * them. */
void
g_source_set_callback (GSource        *source,
                       GSourceFunc     func,
                       gpointer        data,
                       GDestroyNotify  notify)
{
  Callback *callback;

  REAL (g_source_set_callback);
  if (source->source_funcs != &g_idle_funcs)
    {
      real (source, func, data, notify);
      return;
    }
  callback = g_new (Callback, 1);
  *callback = (Callback) { func, data, notify };
  real (source, callback_cb, callback, callback_free);
}

/* Whoever drops the last reference comes after all others that dropped theirs. */
gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean is_last;

  REAL (g_atomic_ref_count_dec);
  give (count);
  is_last = real (count);
  take (count);

  return is_last;
}

void
(g_object_unref) (gpointer object)
{
  REAL (g_object_unref);
  give (object);
  take (object);
  real (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  REAL (g_bytes_unref);
  if (bytes != NULL)
    {
      give (bytes);
      take (bytes);
    }
  real (bytes);
}

gpointer
(g_once_impl) (GOnce       *once,
               GThreadFunc  func,
               gpointer     data)
{
  gpointer value;

  REAL (g_once_impl);
  value = real (once, func, data);
  give (once);
  take (once);

  return value;
}
