/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-recommend.h"
#include "tpt-test.h"

#define NOW (1000 * TPT_DAY)

static void
add_type (GPtrArray  *types,
          const char *uri,
          const char *category,
          int         duration)
{
  TptEventType *type = tpt_event_type_new ();

  type->uri = g_strdup (uri);
  type->name = g_strdup (uri);
  type->category = g_strdup (category);
  type->kind = g_strdup ("solo");
  type->type = g_strdup ("StandardEventType");
  type->duration = duration;
  type->active = TRUE;
  g_ptr_array_add (types, type);
}

static GPtrArray *
make_types (void)
{
  GPtrArray *types = g_ptr_array_new_with_free_func (g_object_unref);

  add_type (types, "qbr", "qbr", 60);
  add_type (types, "long-check-in", "check-in", 45);
  add_type (types, "check-in", "check-in", 30);
  add_type (types, "demo", "demo", 30);
  add_type (types, "onboarding", "onboarding", 60);

  return types;
}

static void
assert_advice (TptCustomer         *customer,
               TptRecommendContext  context,
               GPtrArray           *types,
               const char          *uri,
               const char          *word)
{
  g_autoptr (TptRecommendation) advice = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  if (context.now == TPT_TIME_NONE)
    context.now = NOW;
  if (context.zone == NULL)
    context.zone = utc;
  advice = tpt_recommend_event_type (customer, &context, types);
  g_assert_cmpstr (advice->event_type != NULL ? advice->event_type->uri : NULL, ==, uri);
  if (strstr (advice->reason, word) == NULL)
    g_error ("“%s” is not in “%s”", word, advice->reason);
}

static void
test_recommend_rules (void)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (TptCustomer) prospect = tpt_customer_new ();
  g_autoptr (TptCustomer) renewing = tpt_customer_new ();
  g_autoptr (GPtrArray) types = make_types ();
  TptTime qbr = NOW - 80 * TPT_DAY;
  TptRecommendContext context;

  prospect->status = TPT_CUSTOMER_PROSPECT;
  renewing->renewal_at = NOW + 20 * TPT_DAY;

  assert_advice (prospect, (TptRecommendContext) { .last_held_at = NOW }, types, "demo",
                 "prospect");
  assert_advice (customer, (TptRecommendContext) { 0 }, types, "onboarding", "no meeting yet");

  context = (TptRecommendContext) { .last_held_at = NOW - TPT_DAY, .last_qbr_at = qbr };
  assert_advice (renewing, context, types, "qbr", "renewal is in 20 days");
  context.last_qbr_at = NOW - 20 * TPT_DAY;
  assert_advice (renewing, context, types, "check-in", "usual");
  context = (TptRecommendContext) { .last_held_at = NOW - 40 * TPT_DAY };
  assert_advice (customer, context, types, "check-in", "40 days ago");
  assert_advice (customer, context, types, "check-in", "(aim: every 30)");
  customer->tier = g_strdup ("Gold");
  assert_advice (customer, context, types, "check-in", "(aim: every 30)");
  context.cadence_days = 14;
  assert_advice (customer, context, types, "check-in", "(aim for Gold: every 14)");
  customer->cadence_days = 21;
  context.cadence_days = 21;
  assert_advice (customer, context, types, "check-in", "(aim: every 21)");
  customer->cadence_days = 0;
  context.last_qbr_at = qbr;
  context.cadence_days = 60;
  assert_advice (customer, context, types, "check-in", "usual");
  context.cadence_days = 0;
  context.next_meeting_at = NOW + TPT_DAY;
  assert_advice (customer, context, types, "check-in", "usual");

  context = (TptRecommendContext) { .last_held_at = NOW - TPT_DAY };
  assert_advice (customer, context, types, "qbr", "no business review");
  context.last_qbr_at = NOW - 91 * TPT_DAY;
  assert_advice (customer, context, types, "qbr", "91 days");
}

static TptTime
at (const char *text)
{
  TptTime time = TPT_TIME_NONE;

  g_assert_true (tpt_time_parse (text, &time, NULL));

  return time;
}

/* Days are those of the calendar: whatever the hour is, and also where a day has 23 or 25 hours. */
static void
test_recommend_dates (void)
{
  static const struct
  {
    const char *now;
    const char *renewal;    /* midnight in Berlin, as the dialog keeps it */
    const char *words;
  } cases[] = {
    { "2026-11-24T16:30:00Z", "2026-11-25T23:00:00Z", "renewal is in 2 days" },
    { "2026-11-24T23:30:00Z", "2026-11-25T23:00:00Z", "renewal is in 1 day" },
    { "2026-11-25T22:59:59Z", "2026-11-25T23:00:00Z", "renewal is in 1 day" },
    { "2026-11-25T23:00:00Z", "2026-11-25T23:00:00Z", "renewal is today" },
    { "2026-11-26T22:59:59Z", "2026-11-25T23:00:00Z", "renewal is today" },
    { "2026-11-26T23:00:00Z", "2026-11-25T23:00:00Z", "usual" },
    { "2027-03-27T23:10:00Z", "2027-03-28T22:00:00Z", "renewal is in 1 day" },
    { "2027-10-30T22:10:00Z", "2027-10-31T23:00:00Z", "renewal is in 1 day" },
  };
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (GTimeZone) zone = tpt_time_zone_new ("Europe/Berlin");
  g_autoptr (GPtrArray) types = make_types ();
  TptRecommendContext context = { .zone = zone };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      context.now = at (cases[i].now);
      context.last_held_at = context.now - TPT_DAY;
      context.last_qbr_at = context.now - 80 * TPT_DAY;
      customer->renewal_at = at (cases[i].renewal);
      assert_advice (customer, context, types, strcmp (cases[i].words, "usual") == 0 ? "check-in"
                                                                                     : "qbr",
                     cases[i].words);
    }

  /* On the 31st date after it, at whatever hour: as the figures of the customer have it. */
  customer->renewal_at = TPT_TIME_NONE;
  context.last_held_at = at ("2027-03-10T16:00:00Z");
  context.now = at ("2027-04-09T21:59:59Z");
  assert_advice (customer, context, types, "check-in", "usual");
  context.now = at ("2027-04-09T22:00:00Z");
  assert_advice (customer, context, types, "check-in", "31 days ago (aim: every 30)");
}

static void
test_recommend_default (void)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (GPtrArray) types = make_types ();

  assert_advice (customer, (TptRecommendContext) { .event_type = "demo" }, types, "demo",
                 "default");
  ((TptEventType *) g_ptr_array_index (types, 3))->active = FALSE;
  assert_advice (customer, (TptRecommendContext) { .event_type = "demo" }, types, "onboarding",
                 "no meeting yet");
}

static void
test_recommend_fallback (void)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_object_unref);

  assert_advice (customer, (TptRecommendContext) { 0 }, types, NULL, "No event type");
  add_type (types, "demo", "demo", 15);
  assert_advice (customer, (TptRecommendContext) { 0 }, types, "demo", "no meeting yet");
  add_type (types, "other", "other", 60);
  assert_advice (customer, (TptRecommendContext) { 0 }, types, "other", "no meeting yet");
  add_type (types, "group", "onboarding", 15);
  add_type (types, "solo", "onboarding", 60);
  g_free (((TptEventType *) g_ptr_array_index (types, 2))->kind);
  ((TptEventType *) g_ptr_array_index (types, 2))->kind = g_strdup ("group");
  assert_advice (customer, (TptRecommendContext) { 0 }, types, "solo", "no meeting yet");
}

static void
test_recommend_stakeholder (void)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  TptRecommendContext context = { .now = NOW };

  g_assert_null (tpt_recommend_stakeholder (customer, &context));
  for (int i = 1; i <= 3; i++)
    {
      TptStakeholder *stakeholder = tpt_stakeholder_new ();

      stakeholder->id = i;
      tpt_stakeholder_add_email (stakeholder, i > 1 ? "a@acme.com" : NULL);
      g_ptr_array_add (customer->stakeholders, stakeholder);
    }
  g_assert_cmpint (tpt_recommend_stakeholder (customer, NULL)->id, ==, 2);
  context.last_stakeholder = 3;
  g_assert_cmpint (tpt_recommend_stakeholder (customer, &context)->id, ==, 3);
  context.last_stakeholder = 99;
  g_assert_cmpint (tpt_recommend_stakeholder (customer, &context)->id, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/recommend/rules", test_recommend_rules);
  g_test_add_func ("/recommend/dates", test_recommend_dates);
  g_test_add_func ("/recommend/default", test_recommend_default);
  g_test_add_func ("/recommend/fallback", test_recommend_fallback);
  g_test_add_func ("/recommend/stakeholder", test_recommend_stakeholder);

  return g_test_run ();
}
