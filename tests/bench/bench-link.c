/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>

#include "tpt-bench-desk.h"
#include "tpt-bench-program.h"
#include "tpt-bench-store.h"
#include "tpt-bench.h"
#include "tpt-test.h"

#define CUSTOMERS 500
#define MEETINGS 20000
#define LINKS 300
#define WARM_UP 20

/* Whatever the desk asks about user and organisation at its sign-in is in one of the first two. */
#define ABOUT                                                                                      \
  "{\"resource\":{\"uri\":\"https://api.calendly.com/users/ROBIN\",\"name\":\"Robin Falk\","      \
  "\"email\":\"robin@touchpoint.example\",\"slug\":\"robin\",\"timezone\":\"Europe/Berlin\","     \
  "\"scheduling_url\":\"https://booking.example/robin\",\"plan\":\"professional\","               \
  "\"current_organization\":\"https://api.calendly.com/organizations/TEAM\"}}"
#define MEMBERSHIPS                                                                                \
  "{\"collection\":[{\"role\":\"owner\","                                                          \
  "\"organization\":\"https://api.calendly.com/organizations/TEAM\","                            \
  "\"user\":{\"uri\":\"https://api.calendly.com/users/ROBIN\"}}],"                                \
  "\"pagination\":{\"count\":1,\"next_page_token\":null}}"
#define LINK                                                                                       \
  "{\"resource\":{\"booking_url\":\"https://booking.example/d/abc-def-ghi/review\","              \
  "\"owner\":\"https://api.example/event_types/review\",\"owner_type\":\"EventType\"}}"

/* A link is asked for as by the key: for a customer, with everything else left open. The service's
 * share is the time from the request being in its hands to its answer being out of them; what is
 * left is our own, the way to and fro included. The yardstick is the same request sent by libsoup
 * and nothing else. */
typedef struct
{
  double arrived;
  double service;          /* of the last request */
} Service;

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  const char *body = ABOUT;
  guint status = SOUP_STATUS_OK;

  if (g_str_equal (path, "/organization_memberships"))
    body = MEMBERSHIPS;
  if (g_str_equal (path, "/scheduling_links"))
    {
      body = LINK;
      status = SOUP_STATUS_CREATED;
    }
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body,
                                    strlen (body));
}

static void
read_cb (SoupServer        *server,
         SoupServerMessage *message,
         Service           *service)
{
  service->arrived = tpt_bench_get_wall ();
}

static void
finished_cb (SoupServer        *server,
             SoupServerMessage *message,
             Service           *service)
{
  service->service = tpt_bench_get_wall () - service->arrived;
}

static SoupServer *
serve (Service  *service,
       char    **url)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, answer_cb, NULL, NULL);
  g_signal_connect (server, "request-read", G_CALLBACK (read_cb), service);
  g_signal_connect (server, "request-finished", G_CALLBACK (finished_cb), service);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *url = g_uri_to_string (uris->data);
  (*url)[strlen (*url) - 1] = '\0';
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return server;
}

static double
make_link (TptServices *desk,
           TptCustomer *customer)
{
  TptLinkRequest request = {
    .customer = customer, .kind = TPT_LINK_SINGLE_USE, .origin = "shortcut",
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  double start = tpt_bench_get_wall ();
  double end;

  tpt_link_maker_make_async (desk->link_maker, &request, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  end = tpt_bench_get_wall ();
  link = tpt_link_maker_make_finish (desk->link_maker, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (link->url);

  return end - start;
}

static double
ask_plainly (SoupSession *session,
             const char  *url)
{
  g_autofree char *address = g_strconcat (url, "/scheduling_links", NULL);
  g_autoptr (GBytes) answer = NULL;
  double start = tpt_bench_get_wall ();

  answer = tpt_bench_request (session, "POST", address, "token",
                              "{\"max_event_count\":1,\"owner_type\":\"EventType\","
                              "\"owner\":\"https://api.example/event_types/review\"}");

  return tpt_bench_get_wall () - start;
}

static GPtrArray *
list_customers (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *customers;

  tpt_store_list_customers_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  customers = tpt_store_list_customers_finish (store, result, &error);
  g_assert_no_error (error);

  return customers;
}

static void
measure (TptServices *desk,
         Service     *service,
         const char  *url)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GPtrArray) customers = list_customers (desk->store);
  g_autoptr (TptBenchSeries) total = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) own = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) plain = tpt_bench_series_new ();

  for (guint i = 0; i < LINKS + WARM_UP; i++)
    {
      double whole = make_link (desk, g_ptr_array_index (customers, i % customers->len));
      double alone = whole - service->service;
      double bare = ask_plainly (session, url);

      if (i < WARM_UP)
        continue;
      tpt_bench_series_add (total, whole);
      tpt_bench_series_add (own, alone);
      tpt_bench_series_add (plain, bare);
    }
  tpt_bench_series_print (total, "link: from the wish to the line in the ledger", "ms");
  tpt_bench_series_print (own, "link: of that, without the service", "ms");
  tpt_bench_series_print (plain, "link: yardstick, the request alone", "ms");
  tpt_bench_print ("link: against the yardstick, median",
                   tpt_bench_series_get_quantile (total, 0.5)
                   / tpt_bench_series_get_quantile (plain, 0.5), "times");
  tpt_bench_judge ("link: own share, p95", tpt_bench_series_get_quantile (own, 0.95), 20, "ms");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_bench_desk_make_home ();
  g_autofree char *url = NULL;
  g_autoptr (SoupServer) server = NULL;
  Service service = { 0, 0 };
  TptServices *desk;

  server = serve (&service, &url);
  tpt_bench_desk_set_urls (url, url);
  desk = tpt_bench_desk_open ();
  tpt_bench_store_fill (desk->store, CUSTOMERS, MEETINGS);
  tpt_bench_desk_connect (desk, "token");
  measure (desk, &service, url);
  tpt_bench_desk_close (desk);
  tpt_test_remove_dir (home);

  return tpt_bench_get_status ();
}
