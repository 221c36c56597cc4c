/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-deliveries-table.h"

#include "tpt-test-store.h"

#define NOW ((TptTime) 1780000000 * TPT_SECOND)

static gboolean
add_func (TptSession  *session,
          gpointer     data,
          GError     **error)
{
  return tpt_deliveries_table_add (session, data, error);
}

static gboolean
list_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  return tpt_deliveries_table_list (session, data, error);
}

/* What is added can be read again, newest first, with what its meeting is called by then. */
static void
test_round_trip (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (1, NOW + TPT_DAY);
  TptDelivery first = {
    .at = NOW,
    .outcome = TPT_DELIVERY_APPLIED,
    .event = (char *) "invitee.created",
    .meeting = meeting->uri,
  };
  TptDelivery second = {
    .at = NOW + 1,
    .outcome = TPT_DELIVERY_SET_ASIDE,
    .late = TRUE,
    .reason = (char *) "No \"JSON\"; <x>",
  };
  g_autoptr (GPtrArray) list = NULL;
  const TptDelivery *delivery;

  tpt_test_store_transact (store, add_func, &first);
  tpt_test_store_transact (store, add_func, &second);
  tpt_test_store_save_meeting (store, meeting);
  tpt_test_store_transact (store, list_func, &list);
  g_assert_cmpuint (list->len, ==, 2);

  delivery = g_ptr_array_index (list, 0);
  g_assert_cmpint (delivery->at, ==, NOW + 1);
  g_assert_cmpint (delivery->outcome, ==, TPT_DELIVERY_SET_ASIDE);
  g_assert_true (delivery->late);
  g_assert_null (delivery->event);
  g_assert_null (delivery->meeting);
  g_assert_cmpstr (delivery->reason, ==, second.reason);

  delivery = g_ptr_array_index (list, 1);
  g_assert_cmpint (delivery->outcome, ==, TPT_DELIVERY_APPLIED);
  g_assert_false (delivery->late);
  g_assert_cmpstr (delivery->event, ==, "invitee.created");
  g_assert_cmpstr (delivery->meeting, ==, meeting->uri);
  g_assert_cmpstr (delivery->meeting_name, ==, meeting->name);
  g_assert_cmpint (delivery->meeting_start, ==, meeting->start);
  g_assert_null (delivery->reason);
  tpt_test_store_close (store);
}

/* Only the last ones are kept. */
static void
test_limit (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < TPT_DELIVERIES_KEPT + 5; i++)
    {
      TptDelivery delivery = { .at = NOW + i, .outcome = TPT_DELIVERY_DUPLICATE };

      tpt_test_store_transact (store, add_func, &delivery);
    }
  tpt_test_store_transact (store, list_func, &list);
  g_assert_cmpuint (list->len, ==, TPT_DELIVERIES_KEPT);
  for (guint i = 0; i < list->len; i++)
    {
      const TptDelivery *delivery = g_ptr_array_index (list, i);

      g_assert_cmpint (delivery->at, ==, NOW + TPT_DELIVERIES_KEPT + 4 - i);
    }
  tpt_test_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/deliveries-table/round-trip", test_round_trip);
  g_test_add_func ("/deliveries-table/limit", test_limit);

  return g_test_run ();
}
