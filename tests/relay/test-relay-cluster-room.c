/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-fixture.h"
#include "relay-postgres.h"
#include "tpt-test.h"

/* A desktop's channel as one relay sees it. */
typedef struct
{
  Relay  *relay;
  Device *device;
} Own;

static guint
post_own (Own  *own,
          guint number)
{
  g_autofree char *body = relay_large_body ("ALICE", number);

  return relay_post (own->relay, strstr (own->device->enrolment->webhook_url, "/v1/"),
                     own->device->enrolment->signing_key, 0, body);
}

static gboolean
is_let_in (gpointer data)
{
  return post_own (data, 9) == 200;
}

static void
read_all (Own   *own,
          guint  count)
{
  g_autoptr (Stream) stream = stream_open (own->relay, own->device, NULL);
  g_autoptr (TptRelayFrame) hello = stream_next_of (stream, "hello");

  g_assert_nonnull (hello);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");

      g_assert_cmpuint (relay_ack (own->relay, own->device, frame->id), ==, 204);
    }
}

/* What a member let wait at one relay counts at the other, and so does what he reads there. */
static void
test_room (void)
{
  Postgres *server = postgres_new ();
  g_autofree char *location = postgres_location (server, "postgres");
  g_autofree char *config = g_strdup_printf ("journal=%s\nchannel_limit_bytes=1048576\n", location);
  g_autoptr (Relay) first = relay_new (NULL, config);
  g_autoptr (Relay) second = relay_new (NULL, config);
  g_autoptr (Device) alice = NULL;
  Own here = { first, NULL };
  Own there = { second, NULL };

  relay_start (first);
  relay_start (second);
  alice = relay_enrol (first, "tok-alice", "personal", FALSE);
  here.device = there.device = alice;
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (post_own (i % 2 == 0 ? &here : &there, i), ==, 200);
  g_assert_cmpuint (post_own (&here, 4), ==, 503);
  g_assert_cmpuint (post_own (&there, 5), ==, 503);
  g_assert_cmpuint (relay_book (first, "ALICE", 6), ==, 200);
  read_all (&there, 5);
  tpt_test_await_func (is_let_in, &here);
  relay_stop (first);
  relay_stop (second);
  postgres_free (server);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/cluster-room/room", test_room);

  return g_test_run ();
}
