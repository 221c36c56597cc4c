/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-pulse-timer.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  GSource parent_instance;

  int fd;
} Timer;

static gboolean
timer_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback != NULL ? callback (user_data) : G_SOURCE_REMOVE;
}

static void
timer_finalize (GSource *source)
{
  close (((Timer *) source)->fd);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch, .finalize = timer_finalize };

/* A clock that nobody can set, but that goes on while the machine is suspended: what fell due in
 * that time is due once when it resumes, not as often as it would have been. That makes it
 * unnecessary to ask the service manager for its PrepareForSleep, which not every system has. */
static GSource *
system_after (TptTime  pause,
              gpointer user_data)
{
  struct itimerspec due = {
    /* Nothing at all would mean never. */
    .it_value = { .tv_sec = pause / TPT_SECOND, .tv_nsec = MAX (pause % TPT_SECOND * 1000, 1) },
  };
  int fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  GSource *source;

  if (fd < 0 || timerfd_settime (fd, 0, &due, NULL) != 0)
    {
      /* Out of descriptors: any clock is better than none. */
      g_message ("No timer that knows of suspension: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return g_timeout_source_new ((guint) (pause / 1000));
    }

  source = g_source_new (&timer_funcs, sizeof (Timer));
  ((Timer *) source)->fd = fd;
  g_source_add_unix_fd (source, fd, G_IO_IN);
  g_source_set_static_name (source, "pulse");

  return source;
}

const TptPulseTimer tpt_pulse_timer_system = { system_after, NULL };
