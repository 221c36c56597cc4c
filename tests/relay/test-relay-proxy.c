/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-proxy.h"
#include "tpt-test.h"

#define KIND(data) ((ProxyKind) GPOINTER_TO_UINT (data))

/* Enrol, stream, webhook, ack: all through the proxy, the event as soon as it is there. */
static void
test_way_through (gconstpointer data)
{
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));
  Device alice = { NULL, { 0 }, { 0 } };
  g_autofree char *code = relay_run (proxy->relay, "enrol-code", NULL);
  g_autofree char *body = relay_body ("ALICE", 1);
  g_autofree char *opened = NULL;
  g_autoptr (Reply) enrolled = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;

  tpt_relay_box_make_keys (alice.public_key, alice.secret_key);
  enrolled = relay_try_enrol (&proxy->front, code, "tok-alice", "app", FALSE, &alice);
  g_assert_cmpuint (enrolled->status, ==, 201);
  alice.enrolment = tpt_relay_enrolment_decode (enrolled->body, -1, NULL);

  stream = stream_open (&proxy->front, &alice, NULL);
  hello = stream_next_of (stream, "hello");
  g_assert_cmpuint (relay_post (&proxy->front, RELAY_MAIN, RELAY_KEY, 0, body), ==, 200);
  frame = stream_next_of (stream, "webhook");
  opened = device_open (&alice, frame->data);
  g_assert_cmpstr (opened, ==, body);
  g_assert_cmpuint (relay_ack (&proxy->front, &alice, frame->id), ==, 204);
  g_assert_cmpuint (relay_post (&proxy->front, RELAY_MAIN, "wrong", 0, body), ==, 401);

  /* The relay goes: the stream ends on this side too, with the word when to come back. */
  relay_stop (proxy->relay);
  g_assert_true (stream_ends (stream));
  g_assert_cmpint (tpt_relay_parser_get_retry (stream->parser), ==, 1000);
  relay_start (proxy->relay);
  tpt_relay_enrolment_free (alice.enrolment);
}

static guint
count_answers (const char *text)
{
  guint count = 0;

  for (const char *at = text; (at = strstr (at, "HTTP/1.")) != NULL; at++)
    count++;

  return count;
}

/* Two readers of the same bytes: whatever the proxy makes of them, it is one answer that grants
 * nothing, on a connection that would take more; and whoever asks next, over the one that the proxy
 * keeps to the relay, gets the answer to his own question. */
static void
test_smuggling (gconstpointer data)
{
#define INNER "GET /v1/smuggled HTTP/1.1\r\nHost: relay\r\n\r\n"
#define POST  "POST /v1/calendly/webhook HTTP/1.1\r\nHost: relay\r\n"
  static const char *const attacks[] = {
    POST "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" INNER,
    POST "Transfer-Encoding: chunked\r\nContent-Length: 48\r\n\r\n0\r\n\r\n" INNER,
    POST "Content-Length: 0\r\nContent-Length: 43\r\n\r\n" INNER,
    POST "Content-Length: 43\r\nContent-Length: 0\r\n\r\n" INNER,
    POST "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" INNER,
    POST "Host: b\r\nContent-Length: 0\r\n\r\n",
    POST "Transfer-Encoding: chunked\r\n\r\n5\n12345\n0\n\n",
  };
#undef POST
#undef INNER
  /* So that there is an end where the connection was kept. */
  const char *last = "GET /healthz HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n";
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *bytes = g_strconcat (attacks[i], last, NULL);
      g_autofree char *text = relay_raw (&proxy->front, bytes, -1);
      const char *end = strstr (text, "{\"status\":");
      guint count = count_answers (text);

      g_test_message ("%u: %s", i, text);
      g_assert_cmpuint (count, >=, 1);
      g_assert_cmpuint (count, <=, end != NULL ? 2 : 1);
      g_assert_true (text[9] == '4' || text[9] == '5');
      for (guint again = 0; again < 3; again++)
        g_assert_cmpuint (relay_book (&proxy->front, "ALICE", 3 * i + again), ==, 200);
    }
}

/* The code that Calendly sends along stays out of the log. */
static void
test_log (gconstpointer data)
{
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));
  g_autoptr (Reply) reply = NULL;
  g_autofree char *log = NULL;

  reply = relay_ask (&proxy->front, "GET", "/oauth/callback?code=very-secret&state=unknown", "",
                     "");
  g_assert_cmpuint (reply->status, ==, 404);
  log = proxy_await_log (proxy, "/oauth/callback");
  g_assert_null (strstr (log, "very-secret"));
}

/* What is not for everybody stays inside, however it is asked for. */
static void
test_closed (gconstpointer data)
{
  static const char *const paths[] = { "/metrics", "/v1/admin/devices", "/readyz", "/" };
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Reply) reply = relay_ask (&proxy->front, "GET", paths[i], "", "");

      g_test_message ("%s", paths[i]);
      g_assert_cmpuint (reply->status, ==, 404);
    }
}

/* A range of an answer is nothing that anybody needs; nobody is to get one. */
static void
test_range (gconstpointer data)
{
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));
  g_autoptr (Reply) reply = relay_ask (&proxy->front, "GET", "/healthz",
                                       "Range: bytes=0-1,0-1\r\n", "");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_nonnull (strstr (reply->body, "status"));
}

static void
test_large_body (gconstpointer data)
{
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));
  g_autofree char *body = g_strnfill (300 * 1024, ' ');

  g_assert_cmpuint (relay_post (&proxy->front, RELAY_MAIN, RELAY_KEY, 0, body), ==, 413);
}

/* Too many questions end with 429 and not with 503; webhooks have their own, wider measure. */
static void
test_limit (gconstpointer data)
{
  g_autoptr (Proxy) proxy = proxy_start (KIND (data));
  guint refused = 0;

  for (guint i = 0; i < 400 && refused == 0; i++)
    {
      g_autoptr (Reply) reply = relay_ask (&proxy->front, "GET", "/healthz", "", "");

      g_assert_true (reply->status == 200 || reply->status == 429);
      refused += reply->status == 429;
    }
  g_assert_cmpuint (refused, ==, 1);
  g_assert_cmpuint (relay_book (&proxy->front, "ALICE", 1), ==, 200);
}

static void
add (const char     *proxy,
     ProxyKind       kind,
     const char     *name,
     GTestDataFunc   test)
{
  g_autofree char *path = g_strdup_printf ("/relay/%s/%s", proxy, name);

  g_test_add_data_func (path, GUINT_TO_POINTER (kind), test);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    ProxyKind   kind;
  } proxies[] = { { "nginx", PROXY_NGINX }, { "haproxy", PROXY_HAPROXY } };

  tpt_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (proxies); i++)
    {
      add (proxies[i].name, proxies[i].kind, "way-through", test_way_through);
      add (proxies[i].name, proxies[i].kind, "smuggling", test_smuggling);
      add (proxies[i].name, proxies[i].kind, "log", test_log);
      add (proxies[i].name, proxies[i].kind, "closed", test_closed);
      add (proxies[i].name, proxies[i].kind, "range", test_range);
      add (proxies[i].name, proxies[i].kind, "large-body", test_large_body);
      add (proxies[i].name, proxies[i].kind, "limit", test_limit);
    }

  return g_test_run ();
}
