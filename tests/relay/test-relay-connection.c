/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "relay-fixture.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

#define BODY_MAX (256 * 1024)
#define AHEAD 50
#define GET_HEALTH "GET /healthz HTTP/1.1\r\nHost: relay\r\n"

typedef struct
{
  const char *bytes;
  gssize      length;
  guint       status; /* of the first answer */
  guint       answers;
} Case;

static gboolean
send_bytes (GSocketConnection *connection,
            const char        *bytes,
            gsize              length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes,
                                    length, NULL, NULL, NULL);
}

static guint
count_answers (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "HTTP/1.1 ", -1);

  return g_strv_length (parts) - 1;
}

static const Case raw_cases[] = {
  { GET_HEALTH "Connection: close\r\n\r\n", -1, 200, 1 },
  { GET_HEALTH "\r\n" GET_HEALTH "Connection: close\r\n\r\n", -1, 200, 2 },
  { "GET /healthz HTTP/1.0\r\n\r\n", -1, 200, 1 },
  /* Bodies of two lengths. */
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\n\r\n" GET_HEALTH "\r\n", -1, 411, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", -1, 411,
    1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\ntransfer-encoding: identity\r\n\r\n", -1, 411, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nTransfer-Encoding : chunked\r\nContent-Length: "
    "0\r\n\r\n"
    GET_HEALTH "\r\n", -1, 400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n", -1,
    400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", -1,
    400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: -1\r\n\r\n", -1, 400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: +1\r\n\r\n", -1, 400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 0x1\r\n\r\n", -1, 400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 1, 1\r\n\r\n", -1, 400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length:\r\n\r\n", -1, 400, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 99999999999999999999\r\n\r\n", -1, 413,
    1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Length: 262145\r\n\r\n", -1, 413, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nContent-Encoding: gzip\r\n\r\n", -1, 415, 1 },
  { "POST /healthz HTTP/1.1\r\nHost: r\r\nExpect: magic\r\n\r\n", -1, 417, 1 },
  /* Hosts. */
  { "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\n\r\n", -1, 400, 1 },
  { "GET http://other/healthz HTTP/1.1\r\nHost: r\r\n\r\n", -1, 400, 1 },
  /* Lines. */
  { "GET /healthz HTTP/1.1\nHost: r\n\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\r\nX: a\r\n folded\r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\r\nX: a\rY: b\r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\r\nX: a\0b\r\n\r\n", 42, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\r\nno colon\r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\r\n: nameless\r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/1.1\r\nHost: r\r\nX\xc3\xa9: a\r\n\r\n", -1, 400, 1 },
  { "GET /healthz HTTP/2.0\r\nHost: r\r\n\r\n", -1, 400, 1 },
  { "GET  /healthz HTTP/1.1\r\nHost: r\r\n\r\n", -1, 400, 1 },
  { "GET /health\x01z HTTP/1.1\r\nHost: r\r\n\r\n", -1, 400, 1 },
  { "G\xc3T /healthz HTTP/1.1\r\nHost: r\r\n\r\n", -1, 400, 1 },
  { "\r\n\r\n", -1, 400, 1 },
  { "\x16\x03\x01\x02\n", -1, 400, 1 },
  /* What is dropped. */
  { GET_HEALTH "Range: bytes=0-1\r\nConnection: close\r\n\r\n", -1, 200, 1 },
  { GET_HEALTH "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", -1, 200, 1 },
};

/* One answer to what could be read in two ways, and then the end of the connection. */
static void
test_raw (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");

  relay_start (relay);
  for (guint i = 0; i < G_N_ELEMENTS (raw_cases); i++)
    {
      g_autofree char *shown = g_strescape (raw_cases[i].bytes, NULL);
      g_autofree char *text = NULL;
      g_autoptr (Reply) reply = NULL;

      g_test_message ("%s", shown);
      text = relay_raw (relay, raw_cases[i].bytes, raw_cases[i].length);
      g_assert_cmpuint (count_answers (text), ==, raw_cases[i].answers);
      reply = reply_parse (text);
      g_assert_cmpuint (reply->status, ==, raw_cases[i].status);
    }
}

static void
test_big_heads (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *filler = g_strnfill (64 * 1024, 'x');
  g_autofree char *long_field = g_strconcat (GET_HEALTH "X: ", filler, "\r\n\r\n", NULL);
  g_autoptr (GString) many_fields = g_string_new (GET_HEALTH);
  g_autofree char *to_long = NULL;
  g_autofree char *to_many = NULL;
  g_autoptr (Reply) long_reply = NULL;
  g_autoptr (Reply) many_reply = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (many_fields, "X%u: y\r\n", i);
  g_string_append (many_fields, "\r\n");
  relay_start (relay);
  to_long = relay_raw (relay, long_field, -1);
  to_many = relay_raw (relay, many_fields->str, -1);
  long_reply = reply_parse (to_long);
  many_reply = reply_parse (to_many);
  g_assert_cmpuint (long_reply->status, ==, 400);
  g_assert_cmpuint (many_reply->status, ==, 400);
}

/* Kilobytes of resident memory. */
static guint64
memory_of (Relay *relay)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status",
                                           g_subprocess_get_identifier (relay->process));
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  at = strstr (text, "VmRSS:");
  g_assert_nonnull (at);

  return g_ascii_strtoull (at + 6 + strspn (at + 6, " \t"), NULL, 10);
}

/* 300 MB that nobody asked for, with and without a length: refused early, and never held. */
static void
test_flood (void)
{
  static const char *const heads[] = {
    "POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nContent-Length: 314572800\r\n\r\n",
    "POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: "
    "chunked\r\n\r\n12c00000\r\n",
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *block = g_strnfill (1024 * 1024, 'x');
  guint64 before;

  relay_start (relay);
  before = memory_of (relay);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GSocketConnection) connection = relay_connect (relay);
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      guint sent = 0;

      g_assert_true (g_output_stream_write_all (out, heads[i], strlen (heads[i]), NULL, NULL,
                                                NULL));
      while (sent < 300 && g_output_stream_write_all (out, block, 1024 * 1024, NULL, NULL, NULL))
        sent++;
      g_assert_cmpuint (sent, <, 300);
      g_assert_cmpuint (memory_of (relay), <, before + 32 * 1024);
    }
}

/* Reads one answer without waiting for the end of the connection; its status. */
static guint
read_status (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char bytes[1024] = "";
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_input_stream_read (in, bytes, sizeof bytes - 1, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (bytes, "HTTP/1.1 "));

  return (guint) g_ascii_strtoull (bytes + 9, NULL, 10);
}

/* Bodies that stay away by their last byte: together they are bounded, the oldest go, and the
 * newest is answered. Afterwards an open connection does not keep the room that its body took. */
static void
test_held_bodies (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "limit_per_address=0\n");
  g_autofree char *filler = g_strnfill (BODY_MAX - 1, 'x');
  g_autofree char *text = g_strdup_printf ("POST /v1/events/ack HTTP/1.1\r\nHost: r\r\n"
                                           "Content-Length: %d\r\n\r\n%s",
                                           BODY_MAX, filler);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *nothing = NULL;
  guint64 before;

  relay_start (relay);
  before = memory_of (relay);
  for (guint i = 0; i < 400; i++)
    {
      g_ptr_array_add (clients, relay_connect (relay));
      g_assert_true (send_bytes (clients->pdata[i], text, strlen (text)));
    }
  g_assert_true (send_bytes (clients->pdata[399], "x", 1));
  g_assert_cmpuint (read_status (clients->pdata[399]), ==, 401);
  g_assert_cmpuint (memory_of (relay), <, before + 80 * 1024);
  nothing = relay_read_all (clients->pdata[0]);
  g_assert_cmpstr (nothing, ==, "");
  g_ptr_array_set_size (clients, 0);

  for (guint i = 0; i < 400; i++)
    {
      g_ptr_array_add (clients, relay_connect (relay));
      g_assert_true (send_bytes (clients->pdata[i], text, strlen (text)));
      g_assert_true (send_bytes (clients->pdata[i], "x", 1));
      g_assert_cmpuint (read_status (clients->pdata[i]), ==, 401);
    }
  g_assert_cmpuint (memory_of (relay), <, before + 80 * 1024);
}

/* The program with its log in a file. */
static char *
keep_log (Relay *relay)
{
  g_autofree char *script = g_build_filename (relay->directory, "run", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nexec '%s' \"$@\" 2>'%s/log'\n",
                                           relay->program, relay->directory);

  g_assert_true (g_file_set_contents_full (script, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_free (relay->program);
  relay->program = g_steal_pointer (&script);

  return g_build_filename (relay->directory, "log", NULL);
}

static guint
count_in_file (const char *path,
               const char *what)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, what, -1);

  return g_strv_length (parts) - (text[0] != '\0');
}

static gboolean
has_refused (gpointer log)
{
  return count_in_file (log, "was not taken") > 0;
}

/* Without a descriptor for a connection the relay says so once, does not spin, and takes who waited
 * as soon as there is one. */
static void
test_descriptors (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *log = keep_log (relay);
  g_autoptr (GSocketConnection) waiting = NULL;
  struct rlimit normal, few;
  pid_t pid;

  relay_start (relay);
  pid = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (relay->process), NULL, 10);
  g_assert_cmpint (prlimit (pid, RLIMIT_NOFILE, NULL, &normal), ==, 0);
  few = normal;
  few.rlim_cur = 3;
  g_assert_cmpint (prlimit (pid, RLIMIT_NOFILE, &few, NULL), ==, 0);
  waiting = relay_connect (relay);
  g_assert_true (send_bytes (waiting, GET_HEALTH "\r\n", strlen (GET_HEALTH "\r\n")));
  tpt_test_await_func (has_refused, log);
  g_assert_cmpint (prlimit (pid, RLIMIT_NOFILE, &normal, NULL), ==, 0);
  g_assert_cmpuint (read_status (waiting), ==, 200);
  g_assert_cmpuint (count_in_file (log, "was not taken"), ==, 1);
}

/* A body that comes byte by byte and requests that come all at once are requests all the same. */
static void
test_pieces (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (GSocketConnection) connection = NULL;
  const char *text = "POST /v1/events/ack HTTP/1.1\r\nHost: r\r\nContent-Length: "
                     "5\r\n\r\nhello" GET_HEALTH
                     "Connection: close\r\n\r\n";
  g_autoptr (GString) burst = g_string_new (NULL);
  g_autofree char *slow = NULL;
  g_autofree char *fast = NULL;

  relay_start (relay);
  connection = relay_connect (relay);
  for (const char *c = text; *c != '\0'; c++)
    g_assert_true (send_bytes (connection, c, 1));
  slow = relay_read_all (connection);
  g_assert_cmpuint (count_answers (slow), ==, 2);
  g_assert_nonnull (strstr (slow, "401 Unauthorized"));
  g_assert_nonnull (strstr (slow, "200 OK"));

  for (guint i = 0; i < 2000; i++)
    g_string_append (burst, "GET /nothing HTTP/1.1\r\nHost: relay\r\n\r\n");
  g_string_append (burst, GET_HEALTH "Connection: close\r\n\r\n");
  fast = relay_raw (relay, burst->str, -1);
  g_assert_cmpuint (count_answers (fast), ==, 2001);
}

static void
append_webhook (GString *text,
                guint    number)
{
  gint64 time = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *body = relay_body ("ALICE", number);
  g_autofree char *signature = tpt_webhook_signature_sign (time, body, strlen (body), RELAY_KEY);

  g_string_append_printf (text, "POST " RELAY_MAIN " HTTP/1.1\r\nHost: relay\r\n"
                          "Calendly-Webhook-Signature: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s", signature, strlen (body), body);
}

/* Requests that are answered later, sent ahead of their answers: each has its own, in order. */
static void
test_ahead (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autofree char *answers = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  for (guint i = 0; i < AHEAD; i++)
    append_webhook (text, i);
  g_string_append (text, GET_HEALTH "Connection: close\r\n\r\n");
  answers = relay_raw (relay, text->str, (gssize) text->len);
  g_assert_cmpuint (count_answers (answers), ==, AHEAD + 1);
  g_assert_null (strstr (answers, "HTTP/1.1 4"));
  g_assert_null (strstr (answers, "HTTP/1.1 5"));

  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  for (guint i = 0; i < AHEAD; i++)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
      g_autofree char *sent = relay_body ("ALICE", i);
      g_autofree char *read = device_open (alice, frame->data);

      g_assert_cmpstr (read, ==, sent);
    }
}

/* Who goes away before the answer, with more on its way, takes nobody along. */
static void
test_gone (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Reply) reply = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  for (guint i = 0; i < AHEAD; i++)
    {
      g_autoptr (GSocketConnection) connection = relay_connect (relay);
      g_autoptr (GString) text = g_string_new (NULL);
      const struct linger reset = { 1, 0 };

      append_webhook (text, 2 * i);
      append_webhook (text, 2 * i + 1);
      g_assert_true (send_bytes (connection, text->str, text->len - i));
      if (i % 2 == 0)
        setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET,
                    SO_LINGER, &reset, sizeof reset);
      g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
    }
  reply = relay_ask (relay, "GET", "/healthz", "", "");
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2 * AHEAD), ==, 200);
}

/* A head that never ends is cut off; the others are served meanwhile. */
static void
test_deadline (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (GPtrArray) slow = g_ptr_array_new_with_free_func (g_object_unref);

  relay_start (relay);
  for (guint i = 0; i < 50; i++)
    {
      GSocketConnection *connection = relay_connect (relay);

      g_ptr_array_add (slow, connection);
      g_assert_true (send_bytes (connection, "GET /h", i % 2 == 0 ? 6 : 0));
    }
  {
    g_autoptr (Reply) reply = relay_ask (relay, "GET", "/healthz", "", "");

    g_assert_cmpuint (reply->status, ==, 200);
  }
  for (guint i = 0; i < slow->len; i++)
    {
      g_autofree char *nothing = relay_read_all (slow->pdata[i]);

      g_assert_cmpstr (nothing, ==, "");
    }
}

static void
test_routes (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    guint       status;
  } cases[] = {
    { "GET", "/healthz", 200 },
    { "GET", "/readyz", 200 },
    { "HEAD", "/healthz", 405 },
    { "POST", "/healthz", 405 },
    { "DELETE", "/v1/events", 405 },
    { "GET", "/v1/devices", 405 },
    { "GET", "/v1/devices/x", 405 },
    { "GET", "/v1/calendly/webhook", 405 },
    { "GET", "/metrics", 404 },
    { "POST", "/v1/admin/devices", 404 },
    { "GET", "/", 404 },
    { "GET", "/healthz/", 404 },
    { "GET", "/v1/../healthz", 404 },
    { "GET", "//healthz", 404 },
    { "POST", "/v1/calendly/webhook/", 404 },
    { "POST", "/v1/calendly/webhook/a/b", 404 },
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");

  relay_start (relay);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Reply) reply = relay_ask (relay, cases[i].method, cases[i].path, "", "");

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      if (cases[i].status == 405)
        g_assert_nonnull (strstr (reply->head, "\r\nAllow: "));
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  /* A sanitizer that keeps what was freed would be counted as memory in use. */
  g_setenv ("ASAN_OPTIONS", "quarantine_size_mb=1", FALSE);
  g_test_add_func ("/relay/connection/raw", test_raw);
  g_test_add_func ("/relay/connection/big-heads", test_big_heads);
  g_test_add_func ("/relay/connection/flood", test_flood);
  g_test_add_func ("/relay/connection/held-bodies", test_held_bodies);
  g_test_add_func ("/relay/connection/descriptors", test_descriptors);
  g_test_add_func ("/relay/connection/pieces", test_pieces);
  g_test_add_func ("/relay/connection/ahead", test_ahead);
  g_test_add_func ("/relay/connection/gone", test_gone);
  g_test_add_func ("/relay/connection/deadline", test_deadline);
  g_test_add_func ("/relay/connection/routes", test_routes);

  return g_test_run ();
}
