/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-fanout.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "tpt-relay-error.h"

#define EVENTS_MAX       256
#define TICK_MILLISECONDS 1000
/* A desktop that reconnects may leave streams behind that have not noticed yet. */
#define STREAMS_PER_DEVICE 8

typedef enum
{
  COMMAND_ADD,
  COMMAND_WAKE,
  COMMAND_END,
  COMMAND_RENEW,
  COMMAND_STOP,
} CommandKind;

typedef struct
{
  CommandKind         kind;
  TptRelaySubscriber *subscriber;
  gint64              device;
} Command;

/**
 * The thread that owns the sockets of all subscribers. Other threads send it commands; it reads the
 * journal by itself, so nothing but device numbers travels.
 */
struct _TptRelayFanout
{
  /* borrowed by nobody: set before the thread begins */
  GAsyncQueue     *commands;
  int              epoll;
  int              wake;
  GThread         *thread;
  gint             count; /* atomic */
  gint             woken; /* atomic: it will look at the commands anyway */
  /* the thread's */
  TptRelayJournal *journal;   /* there all the time; what it cannot do it says */
  GHashTable      *by_device; /* number → GPtrArray of subscribers, oldest first */
  GHashTable      *gone;      /* subscribers to free when this round is over */
  gint64           next_tick;
  gboolean         stopped;
};

static void
watch (TptRelayFanout          *self,
       TptRelaySubscriber      *subscriber,
       int                      operation,
       TptRelaySubscriberState  state)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data = { .ptr = subscriber } };

  if (state == TPT_RELAY_SUBSCRIBER_FULL)
    event.events |= EPOLLOUT;
  if (epoll_ctl (self->epoll, operation, tpt_relay_subscriber_get_fd (subscriber), &event) < 0)
    g_message ("epoll: %s", g_strerror (errno));
}

/* Freed later: the same round may hold another event for it. */
static void
drop (TptRelayFanout     *self,
      TptRelaySubscriber *subscriber)
{
  gint64 device = tpt_relay_subscriber_get_device (subscriber);
  GPtrArray *of_device = g_hash_table_lookup (self->by_device, &device);

  if (!g_hash_table_add (self->gone, subscriber))
    return;
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, tpt_relay_subscriber_get_fd (subscriber), NULL);
  g_atomic_int_add (&self->count, -1);
  if (of_device == NULL)
    return;
  g_ptr_array_remove (of_device, subscriber);
  if (of_device->len == 0)
    g_hash_table_remove (self->by_device, &device);
}

static void
settle (TptRelayFanout          *self,
        TptRelaySubscriber      *subscriber,
        TptRelaySubscriberState  state)
{
  if (state == TPT_RELAY_SUBSCRIBER_ENDED)
    drop (self, subscriber);
  else if (tpt_relay_subscriber_note_state (subscriber, state))
    watch (self, subscriber, EPOLL_CTL_MOD, state);
}

static void
add (TptRelayFanout     *self,
     TptRelaySubscriber *subscriber)
{
  gint64 device = tpt_relay_subscriber_get_device (subscriber);
  GPtrArray *of_device = g_hash_table_lookup (self->by_device, &device);

  if (of_device == NULL)
    {
      of_device = g_ptr_array_new ();
      g_hash_table_insert (self->by_device, g_memdup2 (&device, sizeof device), of_device);
    }
  g_ptr_array_add (of_device, subscriber);
  watch (self, subscriber, EPOLL_CTL_ADD, TPT_RELAY_SUBSCRIBER_IDLE);
  settle (self, subscriber, tpt_relay_subscriber_start (subscriber, self->journal));
  of_device = g_hash_table_lookup (self->by_device, &device);
  if (of_device != NULL && of_device->len > STREAMS_PER_DEVICE)
    drop (self, of_device->pdata[0]);
}

static void
go_on (TptRelayFanout     *self,
       TptRelaySubscriber *subscriber)
{
  settle (self, subscriber, tpt_relay_subscriber_go_on (subscriber, self->journal));
}

/* A copy: what is done to one subscriber may take it out of the list. */
static GPtrArray *
copy_of_device (TptRelayFanout *self,
                gint64          device)
{
  GPtrArray *of_device = g_hash_table_lookup (self->by_device, &device);

  return of_device != NULL ? g_ptr_array_copy (of_device, NULL, NULL) : g_ptr_array_new ();
}

static GPtrArray *
copy_all (TptRelayFanout *self)
{
  GPtrArray *all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer of_device;

  g_hash_table_iter_init (&iter, self->by_device);
  while (g_hash_table_iter_next (&iter, NULL, &of_device))
    g_ptr_array_extend (all, of_device, NULL, NULL);

  return all;
}

static void
obey (TptRelayFanout *self,
      const Command  *command)
{
  g_autoptr (GPtrArray) subscribers = NULL;

  switch (command->kind)
    {
    case COMMAND_ADD:
      add (self, command->subscriber);
      break;
    case COMMAND_WAKE:
      subscribers = copy_of_device (self, command->device);
      for (guint i = 0; i < subscribers->len; i++)
        go_on (self, subscribers->pdata[i]);
      break;
    case COMMAND_END:
      subscribers = copy_of_device (self, command->device);
      for (guint i = 0; i < subscribers->len; i++)
        drop (self, subscribers->pdata[i]);
      break;
    case COMMAND_RENEW:
      subscribers = copy_of_device (self, command->device);
      for (guint i = 0; i < subscribers->len; i++)
        {
          if (tpt_relay_subscriber_is_endless (subscribers->pdata[i]))
            drop (self, subscribers->pdata[i]);
        }
      break;
    case COMMAND_STOP:
      subscribers = copy_all (self);
      for (guint i = 0; i < subscribers->len; i++)
        {
          tpt_relay_subscriber_goodbye (subscribers->pdata[i]);
          drop (self, subscribers->pdata[i]);
        }
      self->stopped = TRUE;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
obey_all (TptRelayFanout *self)
{
  guint64 ignored;
  Command *command;

  if (read (self->wake, &ignored, sizeof ignored) < 0 && errno != EAGAIN)
    g_message ("eventfd: %s", g_strerror (errno));
  g_atomic_int_set (&self->woken, 0);
  while (!self->stopped && (command = g_async_queue_try_pop (self->commands)) != NULL)
    {
      obey (self, command);
      g_free (command);
    }
}

static void
handle (TptRelayFanout           *self,
        const struct epoll_event *event)
{
  TptRelaySubscriber *subscriber = event->data.ptr;

  if (subscriber == NULL)
    obey_all (self);
  else if (g_hash_table_contains (self->gone, subscriber))
    return;
  else if ((event->events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0)
    drop (self, subscriber);
  else if ((event->events & EPOLLIN) != 0 && !tpt_relay_subscriber_is_there (subscriber))
    drop (self, subscriber);
  else if ((event->events & EPOLLOUT) != 0)
    go_on (self, subscriber);
}

static void
tick (TptRelayFanout *self)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) all = NULL;

  if (now < self->next_tick)
    return;
  self->next_tick = now + TICK_MILLISECONDS * G_TIME_SPAN_MILLISECOND;
  all = copy_all (self);
  for (guint i = 0; i < all->len; i++)
    settle (self, all->pdata[i], tpt_relay_subscriber_tick (all->pdata[i], now));
}

static void
bury (TptRelayFanout *self)
{
  g_hash_table_remove_all (self->gone);
}

static gpointer
run (gpointer data)
{
  TptRelayFanout *self = data;
  struct epoll_event events[EVENTS_MAX];

  while (!self->stopped)
    {
      int timeout = g_hash_table_size (self->by_device) > 0 ? TICK_MILLISECONDS : -1;
      int count = epoll_wait (self->epoll, events, EVENTS_MAX, timeout);

      for (int i = 0; i < count && !self->stopped; i++)
        handle (self, &events[i]);
      if (!self->stopped)
        tick (self);
      bury (self);
    }

  return NULL;
}

/* Returns: (transfer full): NULL with TPT_RELAY_ERROR_JOURNAL where the journal cannot be read */
TptRelayFanout *
tpt_relay_fanout_new (const char  *location,
                      GError     **error)
{
  TptRelayFanout *self;
  g_autoptr (TptRelayJournal) journal = tpt_relay_journal_open (location, TPT_RELAY_JOURNAL_READER,
                                                                error);
  struct epoll_event event = { .events = EPOLLIN, .data = { .ptr = NULL } };

  if (journal == NULL)
    return NULL;
  self = g_new0 (TptRelayFanout, 1);
  self->journal = g_steal_pointer (&journal);
  self->commands = g_async_queue_new ();
  self->by_device = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  self->gone = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) tpt_relay_subscriber_free, NULL);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->epoll < 0 || self->wake < 0 ||
      epoll_ctl (self->epoll, EPOLL_CTL_ADD, self->wake, &event) < 0)
    g_error ("epoll: %s", g_strerror (errno));
  self->thread = g_thread_new ("fan-out", run, self);

  return self;
}

static void
push (TptRelayFanout     *self,
      CommandKind         kind,
      TptRelaySubscriber *subscriber,
      gint64              device)
{
  Command *command = g_new0 (Command, 1);
  guint64 one = 1;

  command->kind = kind;
  command->subscriber = subscriber;
  command->device = device;
  g_async_queue_push (self->commands, command);
  if (g_atomic_int_exchange (&self->woken, 1) != 0)
    return;
  /* EAGAIN: the counter is full, so the thread is awake already. */
  if (write (self->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_error ("eventfd: %s", g_strerror (errno));
}

/* @subscriber: (transfer full): */
void
tpt_relay_fanout_add (TptRelayFanout     *self,
                      TptRelaySubscriber *subscriber)
{
  g_atomic_int_inc (&self->count);
  push (self, COMMAND_ADD, subscriber, 0);
}

/* There are new events for the device, or its acks made room. */
void
tpt_relay_fanout_wake (TptRelayFanout *self,
                       gint64          device)
{
  push (self, COMMAND_WAKE, NULL, device);
}

/* Closes every stream of the device. */
void
tpt_relay_fanout_end (TptRelayFanout *self,
                      gint64          device)
{
  push (self, COMMAND_END, NULL, device);
}

/* Closes the device's streams, so that it opens another; a page ends by itself. */
void
tpt_relay_fanout_renew (TptRelayFanout *self,
                        gint64          device)
{
  push (self, COMMAND_RENEW, NULL, device);
}

/* How many sockets the thread holds. */
guint
tpt_relay_fanout_get_count (TptRelayFanout *self)
{
  return (guint) g_atomic_int_get (&self->count);
}

/* Says goodbye to every subscriber. */
void
tpt_relay_fanout_free (TptRelayFanout *self)
{
  Command *command;

  if (self == NULL)
    return;
  push (self, COMMAND_STOP, NULL, 0);
  g_thread_join (self->thread);
  while ((command = g_async_queue_try_pop (self->commands)) != NULL)
    {
      g_clear_pointer (&command->subscriber, tpt_relay_subscriber_free);
      g_free (command);
    }
  g_hash_table_unref (self->by_device);
  g_hash_table_unref (self->gone);
  g_async_queue_unref (self->commands);
  g_clear_object (&self->journal);
  close (self->epoll);
  close (self->wake);
  g_free (self);
}
