/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-stall.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <poll.h>
#include <string.h>

#include "tpt-test.h"

struct _Stall
{
  char      *path;
  char      *target;
  GSocket   *listener;
  GMutex     mutex;
  char      *word;  /* under the mutex; NULL where it is not set */
  GPtrArray *lines; /* under the mutex: threads */
  GThread   *acceptor;
  gint       is_over; /* atomic */
};

typedef struct
{
  Stall   *stall;
  GSocket *near;
  GSocket *far;
} Line;

/* Whether this is what was waited for. It is so once. */
static gboolean
comes_by (Stall      *self,
          const char *bytes,
          gsize       length)
{
  gboolean is_it;

  g_mutex_lock (&self->mutex);
  is_it = self->word != NULL && memmem (bytes, length, self->word, strlen (self->word)) != NULL;
  if (is_it)
    g_clear_pointer (&self->word, g_free);
  g_mutex_unlock (&self->mutex);

  return is_it;
}

static gboolean
hand_on (GSocket    *to,
         const char *bytes,
         gsize       length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize sent = g_socket_send (to, bytes + done, length - done, NULL, NULL);

      if (sent <= 0)
        return FALSE;
      done += (gsize) sent;
    }

  return TRUE;
}

/* Until the other end has enough of it, or the test is over. */
static void
be_dead (Line *line)
{
  struct pollfd fd = { g_socket_get_fd (line->near), POLLRDHUP, 0 };

  while (!g_atomic_int_get (&line->stall->is_over) && poll (&fd, 1, 50) == 0)
    ;
}

static gpointer
line_run (gpointer data)
{
  Line *line = data;
  GSocket *ends[2] = { line->near, line->far };
  gboolean is_open = TRUE;

  while (is_open && !g_atomic_int_get (&line->stall->is_over))
    {
      struct pollfd fds[2] = { { g_socket_get_fd (line->near), POLLIN, 0 },
                               { g_socket_get_fd (line->far), POLLIN, 0 } };

      poll (fds, 2, 50);
      for (guint i = 0; is_open && i < 2; i++)
        {
          char bytes[8192];
          gssize got;

          if (fds[i].revents == 0)
            continue;
          got = g_socket_receive (ends[i], bytes, sizeof bytes, NULL, NULL);
          if (i == 0 && got > 0 && comes_by (line->stall, bytes, (gsize) got))
            {
              be_dead (line);
              is_open = FALSE;
            }
          is_open = is_open && got > 0 && hand_on (ends[1 - i], bytes, (gsize) got);
        }
    }
  g_object_unref (line->near);
  g_object_unref (line->far);
  g_free (line);

  return NULL;
}

static void
begin_line (Stall   *self,
            GSocket *near)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->target);
  g_autoptr (GSocket) far = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                          G_SOCKET_PROTOCOL_DEFAULT, NULL);
  Line *line;

  if (!g_socket_connect (far, address, NULL, NULL))
    return;
  line = g_new0 (Line, 1);
  line->stall = self;
  line->near = g_object_ref (near);
  line->far = g_steal_pointer (&far);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->lines, g_thread_new ("line", line_run, line));
  g_mutex_unlock (&self->mutex);
}

static gpointer
accept_run (gpointer data)
{
  Stall *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      struct pollfd fd = { g_socket_get_fd (self->listener), POLLIN, 0 };
      g_autoptr (GSocket) near = NULL;

      if (poll (&fd, 1, 50) > 0)
        near = g_socket_accept (self->listener, NULL, NULL);
      if (near != NULL)
        begin_line (self, near);
    }

  return NULL;
}

/* @directory: where the relay looks for its database's socket; @target: the socket itself */
Stall *
stall_new (const char *directory,
           const char *target)
{
  Stall *self = g_new0 (Stall, 1);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *name = g_path_get_basename (target);
  g_autoptr (GError) error = NULL;

  self->path = g_build_filename (directory, name, NULL);
  self->target = g_strdup (target);
  self->lines = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  self->listener = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  address = g_unix_socket_address_new (self->path);
  g_assert_true (g_socket_bind (self->listener, address, FALSE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  self->acceptor = g_thread_new ("acceptor", accept_run, self);

  return self;
}

/* The next connection on which @word goes to the database stops there. */
void
stall_set (Stall      *self,
           const char *word)
{
  g_mutex_lock (&self->mutex);
  g_free (self->word);
  self->word = g_strdup (word);
  g_mutex_unlock (&self->mutex);
}

void
stall_free (Stall *self)
{
  g_atomic_int_set (&self->is_over, TRUE);
  g_thread_join (self->acceptor);
  for (guint i = 0; i < self->lines->len; i++)
    g_thread_join (self->lines->pdata[i]);
  g_ptr_array_unref (self->lines);
  g_object_unref (self->listener);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self->target);
  g_free (self->word);
  g_free (self);
}
