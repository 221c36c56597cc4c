/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-forecast.h"

/* The names that a merged customer had are kept as rules, too, of which nobody made any. */
static gboolean
is_rule_of_person (const TptMatchStep *step)
{
  return step->numbers[0] == TPT_MATCH_RULE_EMAIL || step->numbers[0] == TPT_MATCH_RULE_DOMAIN;
}

static void
add_domains (GStrvBuilder       *domains,
             const TptMatchStep *step)
{
  for (int i = 0; i < 2; i++)
    {
      if (step->lists[i] != NULL)
        g_strv_builder_addv (domains, (const char **) step->lists[i]);
    }
}

static void
count_step (TptMatchForecast   *self,
            GStrvBuilder       *domains,
            const TptMatchStep *step)
{
  switch (step->kind)
    {
    case TPT_MATCH_STEP_INVITEE:
      self->bookings++;
      break;
    case TPT_MATCH_STEP_RULE:
      self->rules += is_rule_of_person (step);
      break;
    case TPT_MATCH_STEP_CUSTOMER_FILLED:
      add_domains (domains, step);
      break;
    case TPT_MATCH_STEP_STAKEHOLDER_MOVED:
      self->people++;
      break;
    case TPT_MATCH_STEP_STAKEHOLDER_REMOVED:
      self->doubles++;
      break;
    case TPT_MATCH_STEP_LINK_MOVED:
      self->links++;
      break;
    case TPT_MATCH_STEP_STAKEHOLDER_EMAILS:
    case TPT_MATCH_STEP_STAKEHOLDER_ADDED:
    case TPT_MATCH_STEP_STAKEHOLDER_CHANGED:
    case TPT_MATCH_STEP_CUSTOMER_CHANGED:
    case TPT_MATCH_STEP_CUSTOMER_FIELDS:
    case TPT_MATCH_STEP_CUSTOMER_ADDED:
    case TPT_MATCH_STEP_CUSTOMER_REMOVED:
    default:
      break;
    }
}

/**
 * tpt_match_forecast_new:
 * @deed: done, and to be rolled back
 * @rematched: how many invitees the rules see otherwise after it
 */
TptMatchForecast *
tpt_match_forecast_new (TptMatchDeed *deed,
                        guint         rematched)
{
  TptMatchForecast *self = g_new0 (TptMatchForecast, 1);
  const GPtrArray *steps = tpt_match_deed_get_steps (deed);
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();

  for (guint i = 0; i < steps->len; i++)
    count_step (self, domains, g_ptr_array_index (steps, i));
  self->bookings += rematched;
  self->domains = g_strv_builder_end (domains);

  return self;
}

void
tpt_match_forecast_free (TptMatchForecast *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->domains);
  g_free (self);
}
