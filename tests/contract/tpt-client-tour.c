/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-tour.h"

#include <locale.h>

#include "tpt-api-endpoint.h"
#include "tpt-test-tokens.h"

/* tpt-client-tour ADDRESS: asks the sandbox at ADDRESS for everything that the client can ask for,
 * each at least once. Without ADDRESS: prints the endpoints, one a line. */

static int
list_endpoints (void)
{
  guint length;
  const TptApiEndpoint *endpoints = tpt_api_endpoint_list (&length);

  for (guint i = 0; i < length; i++)
    g_print ("%s %s\n", endpoints[i].method, endpoints[i].path);

  return 0;
}

/* All that @pager has, which is used up: whole, and at least so many. */
TptPage *
tpt_tour_read_all (TptApiPager *pager,
                   guint        least)
{
  g_autoptr (GError) error = NULL;
  TptPage *page;
  CALL (result, tpt_api_pager_all_async, pager);

  page = tpt_api_pager_all_finish (pager, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->failures->len, ==, 0);
  g_assert_cmpuint (page->items->len, >=, least);
  g_object_unref (pager);

  return page;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TptTestTokens) tokens = NULL;
  TptTour tour = { .now = g_get_real_time () };

  setlocale (LC_ALL, "");
  if (argc < 2)
    return list_endpoints ();
  tokens = tpt_test_tokens_new ("sandbox-pat");
  tour.client = tpt_api_client_new (argv[1], TPT_TOKEN_SOURCE (tokens));
  tpt_tour_account (&tour);
  tpt_tour_meetings (&tour);
  g_object_unref (tour.me);
  tpt_page_free (tour.types);
  tpt_page_free (tour.events);
  tpt_test_finalized (tour.client);

  return 0;
}
