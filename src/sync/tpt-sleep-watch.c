/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sleep-watch.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* The two clocks are not read at the same moment. */
#define SLEEP_LEAST (TPT_SECOND / 2)

/* Sometime that does not come while this runs. */
#define NEVER ((time_t) 1 << 40)

struct _TptSleepWatch
{
  GObject parent_instance;

  TptSleepFunc func;
  gpointer user_data;
  TptTime slept;           /* when it was looked at last */
  int fd;
  guint source;
};

enum
{
  WOKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptSleepWatch, tpt_sleep_watch, G_TYPE_OBJECT)

static TptTime
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return now.tv_sec * TPT_SECOND + now.tv_nsec / 1000;
}

/* One of the two clocks goes on while the machine sleeps. */
static TptTime
system_slept (gpointer user_data)
{
  return read_clock (CLOCK_BOOTTIME) - read_clock (CLOCK_MONOTONIC);
}

/* A timer on the clock of the wall says so when that clock jumps, and it does when the machine
 * resumes: no service has to be asked for that, and no program wakes up now and then to see. */
static gboolean
arm (TptSleepWatch *self)
{
  struct itimerspec due = { .it_value = { .tv_sec = NEVER } };

  return timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &due, NULL) == 0;
}

static gboolean
jumped_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  TptSleepWatch *self = user_data;
  guint64 times;

  if (read (fd, &times, sizeof times) < 0 && errno != ECANCELED)
    {
      if (errno == EAGAIN || errno == EINTR)
        return G_SOURCE_CONTINUE;
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  arm (self);
  tpt_sleep_watch_look (self);

  return G_SOURCE_CONTINUE;
}

static void
tpt_sleep_watch_finalize (GObject *object)
{
  TptSleepWatch *self = TPT_SLEEP_WATCH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (tpt_sleep_watch_parent_class)->finalize (object);
}

static void
tpt_sleep_watch_class_init (TptSleepWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_sleep_watch_finalize;

  signals[WOKEN] = g_signal_new ("woken", TPT_TYPE_SLEEP_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
tpt_sleep_watch_init (TptSleepWatch *self)
{
  tpt_sleep_watch_set_func (self, system_slept, NULL);
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->fd >= 0 && arm (self))
    self->source = g_unix_fd_add (self->fd, G_IO_IN, jumped_cb, self);
  else
    g_message ("Nothing tells when this machine resumes: %s", g_strerror (errno));
}

TptSleepWatch *
tpt_sleep_watch_new (void)
{
  return g_object_new (TPT_TYPE_SLEEP_WATCH, NULL);
}

void
tpt_sleep_watch_set_func (TptSleepWatch *self,
                          TptSleepFunc   func,
                          gpointer       user_data)
{
  self->func = func;
  self->user_data = user_data;
  self->slept = func (user_data);
}

/* The clock of the wall has jumped: by a sleep, or by somebody who set it, which breaks nothing. */
void
tpt_sleep_watch_look (TptSleepWatch *self)
{
  TptTime slept = self->func (self->user_data);
  gboolean is_longer = slept - self->slept >= SLEEP_LEAST;

  self->slept = slept;
  if (is_longer)
    g_signal_emit (self, signals[WOKEN], 0);
}
