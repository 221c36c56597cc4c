/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-held.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "relay-admin.h"

static gint64 *
map_clock (const char *path)
{
  gint64 zero = 0;
  gint64 *ahead;
  int fd;

  g_assert_true (g_file_set_contents (path, (const char *) &zero, sizeof zero, NULL));
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  ahead = mmap (NULL, sizeof *ahead, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (ahead != MAP_FAILED);
  close (fd);

  return ahead;
}

void
held_set_up (Held          *self,
             gconstpointer  user_data)
{
  g_autofree char *hold = g_test_build_filename (G_TEST_BUILT, "relay", "librelay-hold.so", NULL);
  const char *before = g_getenv ("LD_PRELOAD");
  g_autofree char *preload = g_strconcat ("LD_PRELOAD=", hold, before != NULL ? ":" : "",
                                          before != NULL ? before : "", NULL);
  g_autofree char *gate = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *clock_path = NULL;

  self->relay = relay_new ("unix", "limit_per_device=0\nlimit_per_address=0\n");
  self->gate = g_build_filename (self->relay->directory, "gate", NULL);
  clock_path = g_build_filename (self->relay->directory, "clock", NULL);
  gate = g_strconcat ("RELAY_HOLD_GATE=", self->gate, NULL);
  clock = g_strconcat ("RELAY_HOLD_CLOCK=", clock_path, NULL);
  self->ahead = map_clock (clock_path);
  self->lock = -1;
  relay_add_admin (self->relay);
  {
    const char *const argv[] = { "/usr/bin/env", preload, gate, clock, self->relay->program,
                                 "--config", self->relay->config, NULL };

    self->relay->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  }
  relay_await_ready (self->relay);
  self->alice = relay_enrol (self->relay, "tok-alice", "app", FALSE);
}

void
held_tear_down (Held          *self,
                gconstpointer  user_data)
{
  relay_free (self->relay);
  device_free (self->alice);
  g_free (self->gate);
  munmap (self->ahead, sizeof *self->ahead);
}

/* From now on nothing of @what gets to the disk: the end of a file's name and maybe, after a blank,
 * the thread's whose flushes are meant. */
void
held_hold (Held       *self,
           const char *what)
{
  g_autofree char *reached = g_strconcat (self->gate, ".reached", NULL);
  g_autoptr (GError) error = NULL;

  g_unlink (reached);
  g_file_set_contents_full (self->gate, what, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  self->lock = open (self->gate, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (flock (self->lock, LOCK_EX | LOCK_NB), ==, 0);
}

void
held_let_go (Held *self)
{
  g_assert_cmpint (g_unlink (self->gate), ==, 0);
  close (self->lock);
}

/* Whether something has not got there: what is being flushed is what it will be. */
gboolean
held_is_reached (gpointer data)
{
  Held *self = data;
  g_autofree char *reached = g_strconcat (self->gate, ".reached", NULL);

  return g_file_test (reached, G_FILE_TEST_EXISTS);
}

/* Maybe something else. */
gboolean
held_is_writing (gpointer data)
{
  Held *self = data;

  return relay_get_metric (self->relay, "writer_busy_seconds") > 0;
}

gboolean
held_is_well (gpointer data)
{
  Held *self = data;
  g_autoptr (Reply) reply = relay_ask (self->relay, "GET", "/readyz", "", "");

  return reply->status == 200;
}
