/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-poll.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tpt-test.h"

int __real_epoll_ctl (int                 epoll,
                      int                 operation,
                      int                 fd,
                      struct epoll_event *event);
int __wrap_epoll_ctl (int                 epoll,
                      int                 operation,
                      int                 fd,
                      struct epoll_event *event);

/* What the system says to a socket more; 0 where it takes it. */
static int refusal;

/* The linker puts this in the place of the real one. */
int
__wrap_epoll_ctl (int                 epoll,
                  int                 operation,
                  int                 fd,
                  struct epoll_event *event)
{
  if (operation != EPOLL_CTL_ADD || refusal == 0)
    return __real_epoll_ctl (epoll, operation, fd, event);
  errno = refusal;

  return -1;
}

typedef struct
{
  TptRelayWatch watch;
  gboolean      is_ready;
  gboolean      is_expired;
  gboolean      is_gone;
} Socket;

static void
ready_cb (TptRelayWatch *watch)
{
  Socket *self = watch->owner;

  self->is_ready = TRUE;
  tpt_relay_watch_set_events (watch, 0);
}

static void
expired_cb (TptRelayWatch *watch)
{
  Socket *self = watch->owner;

  self->is_expired = TRUE;
  tpt_relay_watch_remove (watch);
}

static void
gone_cb (TptRelayWatch *watch)
{
  Socket *self = watch->owner;

  self->is_gone = TRUE;
}

static void
add (Socket *self,
     int     fd)
{
  *self = (Socket) { .watch = { .fd = fd, .ready = ready_cb, .expired = expired_cb,
                                .gone = gone_cb, .owner = self } };
  tpt_relay_watch_add (&self->watch);
}

static gboolean
is_gone (gpointer data)
{
  return ((Socket *) data)->is_gone;
}

static gboolean
is_ready (gpointer data)
{
  return ((Socket *) data)->is_ready;
}

/* A socket that the system does not watch is given up, even where it may take its time; those that
 * are watched already go on. */
static void
test_refused (gconstpointer data)
{
  Socket old, new;
  int fds[2], more[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), ==, 0);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, more), ==, 0);
  add (&old, fds[0]);
  tpt_relay_watch_set_events (&old.watch, EPOLLIN);
  refusal = GPOINTER_TO_INT (data);
  add (&new, more[0]);
  tpt_relay_watch_set_events (&new.watch, EPOLLIN);
  tpt_relay_watch_set_deadline (&new.watch, 3600);
  refusal = 0;
  tpt_test_await_func (is_gone, &new);
  g_assert_true (new.is_expired);
  g_assert_false (new.is_ready);

  g_assert_cmpint (write (fds[1], "x", 1), ==, 1);
  tpt_test_await_func (is_ready, &old);
  g_assert_false (old.is_expired);
  tpt_relay_watch_remove (&old.watch);
  g_assert_true (old.is_gone);
  for (guint i = 0; i < 2; i++)
    {
      close (fds[i]);
      close (more[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_data_func ("/relay/poll/no-space", GINT_TO_POINTER (ENOSPC), test_refused);
  g_test_add_data_func ("/relay/poll/no-memory", GINT_TO_POINTER (ENOMEM), test_refused);

  return g_test_run ();
}
