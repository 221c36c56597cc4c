/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-admin.h"
#include "relay-held.h"
#include "tpt-test.h"

#define STATE "state-of-a-sign-in"
#define OTHER_STATE "state-of-another"
/* More than any request may take, and than a question to Calendly may. */
#define PATIENCE_SECONDS 31

/* What is asked for while the writer is stuck, until its time has passed. */
typedef struct
{
  Held  *held;
  char  *code;
  guint  asked; /* questions to Calendly */
} Late;

typedef GSocketConnection *(*Begin) (Late *late);

static Late
late_begin (Held *held)
{
  return (Late) { .held = held,
                  .code = relay_run (held->relay, "enrol-code", NULL),
                  .asked = relay_calendly_get_asked (held->relay->calendly) };
}

static void
late_clear (Late *late)
{
  g_free (late->code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Late, late_clear)

static GSocketConnection *
begin_as_alice (Late       *late,
                const char *path,
                const char *body)
{
  g_autofree char *field = g_strdup_printf ("Authorization: Bearer %s\r\n",
                                            late->held->alice->enrolment->token);

  return relay_send (late->held->relay, "POST", path, field, body);
}

/* Something that is written, and that does not matter. */
static GSocketConnection *
begin_test (Late *late)
{
  g_autofree char *path = g_strdup_printf ("/v1/devices/%s/test",
                                           late->held->alice->enrolment->device);

  return begin_as_alice (late, path, "");
}

static GSocketConnection *
begin_enrolment (Late *late)
{
  g_autofree char *body = relay_enrolment (late->code, "tok-bob", "app", FALSE, NULL);

  return relay_send (late->held->relay, "POST", "/v1/devices", "", body);
}

static GSocketConnection *
begin_flow_of (Late       *late,
               const char *state)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
  g_autofree char *body = g_strdup_printf ("{\"state_hash\":\"%s\",\"port\":41234,"
                                           "\"path\":\"/back\"}", hash);

  return begin_as_alice (late, "/v1/oauth/flows", body);
}

static GSocketConnection *
begin_flow (Late *late)
{
  return begin_flow_of (late, STATE);
}

static GSocketConnection *
begin_other_flow (Late *late)
{
  return begin_flow_of (late, OTHER_STATE);
}

static GSocketConnection *
begin_return (Late *late)
{
  return relay_send (late->held->relay, "GET", "/oauth/callback?code=c&state=" STATE, "", "");
}

static GSocketConnection *
begin_roll (Late *late)
{
  return relay_send_admin (late->held->relay, "POST", "/v1/admin/codes/roll", RELAY_ADMIN_FIELD,
                           "");
}

/* @connection: (transfer full) */
static void
assert_answer (GSocketConnection *connection,
               guint              status)
{
  g_autofree char *text = relay_read_all (connection);
  g_autoptr (Reply) reply = reply_parse (text);

  g_assert_cmpuint (reply->status, ==, status);
  g_object_unref (connection);
}

static gboolean
has_asked (gpointer data)
{
  Late *late = data;

  return relay_calendly_get_asked (late->held->relay->calendly) == late->asked;
}

static GSocketConnection *
enrol_up_to_calendly (Late *late)
{
  GSocketConnection *connection;

  relay_calendly_set_held (late->held->relay->calendly, TRUE);
  connection = begin_enrolment (late);
  late->asked++;
  tpt_test_await_func (has_asked, late);

  return connection;
}

static void
go_on_from_calendly (Late *late)
{
  late->asked++;
  relay_calendly_set_held (late->held->relay->calendly, FALSE);
  tpt_test_await_func (has_asked, late);
}

/* From now on the flush of @begin's batch does not come back. */
static GSocketConnection *
stop_writer (Late  *late,
             Begin  begin)
{
  GSocketConnection *connection;

  held_hold (late->held, "-wal writer");
  connection = begin (late);
  tpt_test_await_func (held_is_reached, late->held);

  return connection;
}

/* One thread takes all connections and reads all requests: who comes after others, and asks for
 * nothing that waits, is answered after the others have been heard. */
static void
pass_deadline (Late *late)
{
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (relay_post (late->held->relay, RELAY_MAIN, "no key", 0, "{}"), ==, 401);
  *late->held->ahead += PATIENCE_SECONDS;
}

static void
start_writer (Late *late)
{
  held_let_go (late->held);
  tpt_test_await_func (held_is_well, late->held);
}

/* @count: of those who heard by their deadline that it takes too long */
static void
assert_overdue (Late *late,
                guint count)
{
  g_assert_cmpfloat (relay_get_metric (late->held->relay, "requests_overdue_total"), ==, count);
}

/* Who is told that it did not work can do it again as if for the first time: nothing of it is done
 * when the writer comes back. Nor is Calendly asked then. */
static void
test_waiting (Held          *held,
              gconstpointer  user_data)
{
  static const struct
  {
    Begin begin;
    guint status; /* when it is done again */
  } tries[] = {
    { begin_enrolment, 201 },
    { begin_return, 303 },
    { begin_other_flow, 201 },
    { begin_roll, 204 },
  };
  g_auto (Late) late = late_begin (held);
  GSocketConnection *waiting[G_N_ELEMENTS (tries)];
  GSocketConnection *first;

  assert_answer (begin_flow (&late), 201);
  first = stop_writer (&late, begin_test);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    waiting[i] = tries[i].begin (&late);
  pass_deadline (&late);
  assert_answer (first, 503);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    assert_answer (waiting[i], 503);
  start_writer (&late);
  assert_overdue (&late, 1 + G_N_ELEMENTS (tries));
  g_assert_true (has_asked (&late));
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    assert_answer (tries[i].begin (&late), tries[i].status);
}

/* Nor is the code used up where Calendly has been asked already, whether its answer is there when
 * the time has passed or comes then. */
static void
test_asked (Held          *held,
            gconstpointer  user_data)
{
  g_auto (Late) late = late_begin (held);
  GSocketConnection *enrolment = enrol_up_to_calendly (&late);
  GSocketConnection *first = stop_writer (&late, begin_test);

  go_on_from_calendly (&late);
  pass_deadline (&late);
  assert_answer (first, 503);
  assert_answer (enrolment, 503);
  start_writer (&late);
  assert_answer (begin_enrolment (&late), 201);
  g_assert_cmpfloat (relay_get_metric (held->relay, "enrolments_total{outcome=\"done\"}"), ==, 2);
}

/* Whose time passes while @connection, whose time passes before, is being flushed. */
static void
let_another_wait (Late              *late,
                  GSocketConnection *connection,
                  guint              status)
{
  GSocketConnection *another = begin_test (late);

  pass_deadline (late);
  assert_answer (another, 503);
  start_writer (late);
  assert_answer (connection, status);
}

/* What is being flushed when its time passes is waited for, and the answer says what became of
 * it. */
static void
test_begun (Held          *held,
            gconstpointer  user_data)
{
  g_auto (Late) late = late_begin (held);
  GSocketConnection *enrolment;

  assert_answer (begin_flow (&late), 201);
  enrolment = enrol_up_to_calendly (&late);
  held_hold (held, "-wal writer");
  go_on_from_calendly (&late);
  tpt_test_await_func (held_is_reached, held);
  let_another_wait (&late, enrolment, 201);
  assert_answer (begin_enrolment (&late), 401);
  assert_overdue (&late, 1);

  let_another_wait (&late, stop_writer (&late, begin_return), 303);
  assert_answer (begin_return (&late), 404);
  assert_overdue (&late, 2);
}

/* Nor is the code used up when the disk says that the flush has failed. */
static void
test_failed (Held          *held,
             gconstpointer  user_data)
{
  g_auto (Late) late = late_begin (held);

  held_hold (held, "!-wal");
  assert_answer (begin_enrolment (&late), 503);
  start_writer (&late);
  assert_answer (begin_enrolment (&late), 201);
  assert_answer (begin_enrolment (&late), 401);
}

static void
send_return (GSocketConnection *connection)
{
  static const char text[] = "GET /oauth/callback?code=c&state=" STATE " HTTP/1.1\r\n"
                             "Host: relay\r\n\r\n";
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));
}

/* What was carried out says nothing of the next request on the same connection. */
static void
test_next (Held          *held,
           gconstpointer  user_data)
{
  g_auto (Late) late = late_begin (held);
  g_autoptr (GSocketConnection) connection = relay_connect (held->relay);
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *rest = NULL;
  GSocketConnection *first;
  char some[12];

  send_return (connection);
  g_assert_true (g_input_stream_read_all (in, some, sizeof some, NULL, NULL, NULL));
  g_assert_cmpmem (some, sizeof some, "HTTP/1.1 404", 12);
  first = stop_writer (&late, begin_test);
  send_return (connection);
  pass_deadline (&late);
  assert_answer (first, 503);
  rest = relay_read_all (connection);
  g_assert_nonnull (strstr (rest, "HTTP/1.1 503"));
  start_writer (&late);
  assert_overdue (&late, 2);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/relay/late/waiting", Held, NULL, held_set_up, test_waiting, held_tear_down);
  g_test_add ("/relay/late/asked", Held, NULL, held_set_up, test_asked, held_tear_down);
  g_test_add ("/relay/late/begun", Held, NULL, held_set_up, test_begun, held_tear_down);
  g_test_add ("/relay/late/failed", Held, NULL, held_set_up, test_failed, held_tear_down);
  g_test_add ("/relay/late/next", Held, NULL, held_set_up, test_next, held_tear_down);

  return g_test_run ();
}
