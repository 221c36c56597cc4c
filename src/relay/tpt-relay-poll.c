/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-poll.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_MAX 256

/**
 * All sockets of the main thread behind one source of its loop. A source for each would make every
 * turn of the loop as long as there are connections, and every request set up and throw away
 * several of them; a timer for each deadline as well.
 */
typedef struct
{
  int        epoll;
  GSource   *source;
  guint      tick;
  GQueue     watches;
  GList     *next;       /* whose deadline is looked at after the present one's */
  GPtrArray *removed;    /* while events are under way that may refer to them */
  gboolean   said_lost;
  gboolean   is_handing; /* out events */
} Poll;

typedef struct
{
  GSource source;
  Poll   *poll;
} PollSource;

/* There while there are watches; main thread only. */
static Poll *the_poll;

static void
end_handing (Poll *poll)
{
  poll->is_handing = FALSE;
  for (guint i = 0; i < poll->removed->len; i++)
    {
      TptRelayWatch *watch = poll->removed->pdata[i];

      watch->gone (watch);
    }
  g_ptr_array_set_size (poll->removed, 0);
}

static void
free_if_unused (Poll *poll)
{
  if (poll->watches.length > 0 || poll->is_handing)
    return;
  g_source_destroy (poll->source);
  g_source_unref (poll->source);
  g_source_remove (poll->tick);
  g_ptr_array_unref (poll->removed);
  close (poll->epoll);
  g_free (poll);
  the_poll = NULL;
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  Poll *poll = ((PollSource *) source)->poll;
  struct epoll_event events[EVENTS_MAX];
  int count = epoll_wait (poll->epoll, events, EVENTS_MAX, 0);

  poll->is_handing = TRUE;
  for (int i = 0; i < count; i++)
    {
      TptRelayWatch *watch = events[i].data.ptr;

      if (watch->fd >= 0)
        watch->ready (watch);
    }
  end_handing (poll);
  free_if_unused (poll);

  return G_SOURCE_CONTINUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  Poll *poll = user_data;
  gint64 now = g_get_monotonic_time ();
  GList *link = poll->watches.head;

  poll->is_handing = TRUE;
  while (link != NULL)
    {
      TptRelayWatch *watch = link->data;

      poll->next = link->next;
      if (watch->is_lost || (watch->deadline != 0 && now >= watch->deadline))
        {
          watch->is_lost = FALSE;
          watch->deadline = 0;
          watch->expired (watch);
        }
      link = poll->next;
    }
  end_handing (poll);
  free_if_unused (poll);

  return G_SOURCE_CONTINUE;
}

static Poll *
poll_new (void)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  Poll *poll = g_new0 (Poll, 1);

  g_queue_init (&poll->watches);
  poll->removed = g_ptr_array_new ();
  poll->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (poll->epoll < 0)
    g_error ("epoll: %s", g_strerror (errno));
  poll->source = g_source_new (&funcs, sizeof (PollSource));
  ((PollSource *) poll->source)->poll = poll;
  g_source_add_unix_fd (poll->source, poll->epoll, G_IO_IN);
  g_source_attach (poll->source, NULL);
  poll->tick = g_timeout_add_seconds (1, tick_cb, poll);

  return poll;
}

/* FALSE where the system's limit is reached: a user may watch so many sockets, all his programs
 * together (epoll(7), max_user_watches). */
static gboolean
control (TptRelayWatch *watch,
         int            operation,
         guint32        events)
{
  struct epoll_event event = { .events = events, .data = { .ptr = watch } };

  if (epoll_ctl (the_poll->epoll, operation, watch->fd, &event) == 0)
    return TRUE;
  if (errno != ENOSPC && errno != ENOMEM)
    g_error ("epoll: %s", g_strerror (errno));
  if (!the_poll->said_lost)
    g_message ("A connection cannot be watched and is closed: %s", g_strerror (errno));
  the_poll->said_lost = TRUE;

  return FALSE;
}

/* @watch: filled in but for its private part; waits for nothing yet */
void
tpt_relay_watch_add (TptRelayWatch *watch)
{
  if (the_poll == NULL)
    the_poll = poll_new ();
  watch->events = 0;
  watch->is_lost = FALSE;
  watch->deadline = 0;
  watch->link = (GList) { watch, NULL, NULL };
  g_queue_push_tail_link (&the_poll->watches, &watch->link);
}

/**
 * tpt_relay_watch_set_events:
 * @events: of EPOLLIN and EPOLLOUT; 0 for not even errors
 *
 * Costs nothing where it is as before. What cannot be watched expires soon, whatever its deadline:
 * its owner is in the middle of something now.
 */
void
tpt_relay_watch_set_events (TptRelayWatch *watch,
                            guint32        events)
{
  guint32 before = watch->events;

  if (events == before)
    return;
  if (control (watch, before == 0 ? EPOLL_CTL_ADD : events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD,
               events))
    watch->events = events;
  else
    watch->is_lost = TRUE;
}

/* From now on, in place of the one before; 0 for none. */
void
tpt_relay_watch_set_deadline (TptRelayWatch *watch,
                              guint          seconds)
{
  watch->deadline = seconds > 0 ? g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND : 0;
}

/* The socket is the caller's again. Calls @gone, at once or soon. */
void
tpt_relay_watch_remove (TptRelayWatch *watch)
{
  Poll *poll = the_poll;

  tpt_relay_watch_set_events (watch, 0);
  watch->fd = -1;
  if (poll->next == &watch->link)
    poll->next = watch->link.next;
  g_queue_unlink (&poll->watches, &watch->link);
  if (poll->is_handing)
    {
      g_ptr_array_add (poll->removed, watch);
      return;
    }
  free_if_unused (poll);
  watch->gone (watch);
}
