/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-history.h"

#include "tpt-sandbox-past.h"
#include "tpt-sandbox-staff.h"

#define AHEAD_DAYS 41

/* The owner's types that customers book, each as often as it stands here; indices of the
 * catalogue. */
static const guint common_types[] = {
  1, 1, 1, 1, 1, 0, 0, 2, 3, 4, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13,
};

typedef struct
{
  TptSandboxPast past;
  guint target;
  guint own_share;
  guint ahead_limit;
  guint ahead;
  guint *met;
} Plan;

static TptSandboxEventType *
choose_type (Plan    *plan,
             gboolean old)
{
  TptSandboxWorld *world = plan->past.world;
  GPtrArray *types = world->event_types;
  guint n_others = 2 * (TPT_SANDBOX_STAFF_STRANGER - 1);
  guint n_own = types->len - n_others - 2;

  if (!tpt_sandbox_random_chance (&world->random, plan->own_share))
    return types->pdata[n_own + tpt_sandbox_random_below (&world->random, n_others)];
  /* The deleted type lives on in the events of its time. */
  if (old && tpt_sandbox_random_chance (&world->random, 6))
    return types->pdata[n_own - 1];

  return types->pdata[common_types[tpt_sandbox_random_below (&world->random,
                                                             G_N_ELEMENTS (common_types))]];
}

/* How many days from now the customer's next meeting of the plan lies; the plan walks back in
 * time. */
static int
choose_day (Plan               *plan,
            TptSandboxCustomer *customer,
            guint               index)
{
  TptSandboxRandom *random = &plan->past.world->random;
  guint each = MAX (plan->target / plan->past.world->customers->len, 2);
  int gap = MAX (TPT_SANDBOX_HISTORY_DAYS / (int) each, 1);
  int day;

  if (customer->temper == TPT_SANDBOX_TEMPER_NEW)
    return -tpt_sandbox_random_range (random, 1, 60);
  if (customer->temper != TPT_SANDBOX_TEMPER_QUIET && plan->met[index] < 2
      && plan->ahead < plan->ahead_limit && tpt_sandbox_random_chance (random, 55))
    {
      plan->ahead++;
      return tpt_sandbox_random_range (random, 2, AHEAD_DAYS);
    }

  day = -(int) (plan->met[index] + 1) * gap + tpt_sandbox_random_range (random, -gap / 3, gap / 3);
  if (customer->temper == TPT_SANDBOX_TEMPER_QUIET)
    day -= 130;
  if (day < -TPT_SANDBOX_HISTORY_DAYS)
    day = -tpt_sandbox_random_range (random, 150, TPT_SANDBOX_HISTORY_DAYS);

  return MIN (day, -1);
}

static void
add_customer_meeting (Plan *plan,
                      guint index)
{
  TptSandboxWorld *world = plan->past.world;
  TptSandboxCustomer *customer = world->customers->pdata[index];
  int day = choose_day (plan, customer, index);
  TptSandboxEventType *event_type = choose_type (plan, day < -210);
  TptSandboxGuest guest;

  plan->met[index]++;
  tpt_sandbox_past_guest (&plan->past, customer, &guest);
  tpt_sandbox_past_add_chain (&plan->past, event_type,
                              tpt_sandbox_past_time (&plan->past, event_type, day),
                              &guest, plan->target - world->events->len);
}

/* Bookings of people that belong to no customer: free-mail addresses, unknown companies,
 * colleagues. */
static void
add_outsider_meeting (Plan *plan,
                      guint kind)
{
  TptSandboxWorld *world = plan->past.world;
  TptSandboxEventType *event_type = world->event_types->pdata[kind == 0 ? 4 : 1];
  int day = -tpt_sandbox_random_range (&world->random, 1, TPT_SANDBOX_HISTORY_DAYS);
  TptSandboxGuest guest;

  tpt_sandbox_past_outsider (&plan->past, kind, &guest);
  tpt_sandbox_past_add_chain (&plan->past, event_type,
                              tpt_sandbox_past_time (&plan->past, event_type, day),
                              &guest, 1);
}

static void
add_group_meeting (Plan *plan)
{
  TptSandboxWorld *world = plan->past.world;
  TptSandboxEventType *event_type = world->event_types->pdata[6];
  int day = tpt_sandbox_random_range (&world->random, -TPT_SANDBOX_HISTORY_DAYS, 28);

  tpt_sandbox_past_add_group (&plan->past, event_type,
                              tpt_sandbox_past_time (&plan->past, event_type, day));
}

/* Today and tomorrow are what a demonstration looks at: some meetings stand there in every
 * world, a weekend's too. */
static void
add_near_days (Plan *plan)
{
  static const int minutes[] = { 9 * 60, 10 * 60 + 30, 13 * 60, 15 * 60 + 30,
                                 24 * 60 + 9 * 60 + 30, 24 * 60 + 13 * 60, 24 * 60 + 16 * 60 };
  static const guint types[] = { 1, 0, 2, 1, 1, 4, 3 };
  TptSandboxWorld *world = plan->past.world;

  for (guint i = 0; i < G_N_ELEMENTS (minutes) && world->events->len < plan->target / 8; i++)
    {
      TptSandboxEventType *event_type = world->event_types->pdata[types[i]];
      guint index = (i * 3) % world->customers->len;
      TptSandboxCustomer *customer = world->customers->pdata[index];
      TptSandboxGuest guest;

      if (customer->temper == TPT_SANDBOX_TEMPER_QUIET)
        index = (index + 1) % world->customers->len;
      plan->met[index]++;
      tpt_sandbox_past_guest (&plan->past, world->customers->pdata[index], &guest);
      tpt_sandbox_past_add_standing (&plan->past, event_type,
                                     tpt_sandbox_past_local (&plan->past, event_type->hosts[0],
                                                             0, minutes[i]),
                                     &guest);
    }
}

/* Fills the calendar with exactly @n_meetings scheduled events, the replaced ones of reschedule
 * chains counted in: 24 months back, six weeks ahead. @own_share is the owner's part in percent. */
void
tpt_sandbox_history_fill (TptSandboxWorld *world,
                          guint            n_meetings,
                          guint            own_share,
                          gint64           now)
{
  Plan plan = { .target = n_meetings, .own_share = own_share };

  g_return_if_fail (world->customers->len > 0);

  tpt_sandbox_past_init (&plan.past, world, now);
  plan.ahead_limit = MIN (n_meetings / 12, 150);
  plan.met = g_new0 (guint, world->customers->len);
  add_near_days (&plan);

  for (guint i = 0; world->events->len < n_meetings; i++)
    {
      guint chance = tpt_sandbox_random_below (&world->random, 100);

      if (chance < 5)
        add_group_meeting (&plan);
      else if (chance < 14)
        add_outsider_meeting (&plan, chance % 3);
      else
        add_customer_meeting (&plan, i % world->customers->len);
    }

  g_free (plan.met);
  tpt_sandbox_past_clear (&plan.past);
}
