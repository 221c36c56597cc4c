/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-recommend.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_CADENCE 30
#define QBR_EVERY 90
#define RENEWAL_AHEAD 60

/* What kind of meeting is due, and why. */
typedef struct
{
  const char *category;
  char *reason;
} Wish;

/* Dates, as everywhere a person reads of days: tomorrow morning is in a day, at any hour of
 * today. */
static int
days_until (const TptRecommendContext *context,
            TptTime                    time)
{
  return (int) (tpt_time_get_local_day (time, context->zone)
                - tpt_time_get_local_day (context->now, context->zone));
}

/* Where the aim is not the customer's own it is that of their tier. */
static Wish
wish_overdue (TptCustomer               *customer,
              const TptRecommendContext *context,
              int                        cadence)
{
  int days = -days_until (context, context->last_held_at);

  if (customer->cadence_days <= 0 && context->cadence_days > 0 && customer->tier != NULL
      && *customer->tier != '\0')
    return (Wish) {
      "check-in",
      /* Translators: %s is the name of a tier, such as Gold */
      g_strdup_printf (ngettext ("The last meeting was %d day ago (aim for %s: every %d), "
                                 "nothing is booked",
                                 "The last meeting was %d days ago (aim for %s: every %d), "
                                 "nothing is booked",
                                 (gulong) days),
                       days, customer->tier, cadence),
    };

  return (Wish) {
    "check-in",
    g_strdup_printf (ngettext ("The last meeting was %d day ago (aim: every %d), nothing is booked",
                               "The last meeting was %d days ago (aim: every %d), "
                               "nothing is booked",
                               (gulong) days),
                     days, cadence),
  };
}

static Wish
wish_renewal (int days)
{
  if (days == 0)
    return (Wish) { "qbr", g_strdup (_("The renewal is today")) };

  return (Wish) {
    "qbr",
    g_strdup_printf (ngettext ("The renewal is in %d day", "The renewal is in %d days",
                               (gulong) days),
                     days),
  };
}

static gboolean
is_renewal_near (TptCustomer               *customer,
                 const TptRecommendContext *context)
{
  int days = days_until (context, customer->renewal_at);

  return customer->renewal_at != TPT_TIME_NONE && days >= 0 && days <= RENEWAL_AHEAD;
}

static Wish
wish_for (TptCustomer               *customer,
          const TptRecommendContext *context)
{
  int since_held = -days_until (context, context->last_held_at);
  int since_qbr = -days_until (context, context->last_qbr_at);
  int cadence = context->cadence_days > 0 ? context->cadence_days : customer->cadence_days;

  if (cadence <= 0)
    cadence = DEFAULT_CADENCE;
  if (customer->status == TPT_CUSTOMER_PROSPECT)
    return (Wish) { "demo", g_strdup (_("They are a prospect")) };
  if (context->last_held_at == TPT_TIME_NONE)
    return (Wish) { "onboarding", g_strdup (_("There has been no meeting yet")) };
  if (is_renewal_near (customer, context)
      && (context->last_qbr_at == TPT_TIME_NONE || since_qbr > RENEWAL_AHEAD))
    return wish_renewal (days_until (context, customer->renewal_at));
  if (context->next_meeting_at == TPT_TIME_NONE && since_held > cadence)
    return wish_overdue (customer, context, cadence);
  if (context->last_qbr_at == TPT_TIME_NONE)
    return (Wish) { "qbr", g_strdup (_("There has been no business review yet")) };
  if (since_qbr > QBR_EVERY)
    return (Wish) { "qbr", g_strdup_printf (_("The last business review was %d days ago"),
                                            since_qbr) };

  return (Wish) { "check-in", g_strdup (_("The usual meeting")) };
}

/* A type for one host and one guest is what a link for one person wants; then the shorter one,
 * then by name and URI. */
static int
rank (TptEventType *type)
{
  return (g_strcmp0 (type->kind, "group") == 0 ? 2 : 0) + (type->pooling_type != NULL ? 1 : 0);
}

static gboolean
is_better (TptEventType *type,
           TptEventType *than)
{
  int order;

  if (than == NULL)
    return TRUE;
  if (rank (type) != rank (than))
    return rank (type) < rank (than);
  if (type->duration != than->duration)
    return type->duration < than->duration;
  order = g_strcmp0 (type->name, than->name);

  return order != 0 ? order < 0 : g_strcmp0 (type->uri, than->uri) < 0;
}

/* @category NULL: any */
static TptEventType *
find_category (const GPtrArray *event_types,
               const char      *category)
{
  TptEventType *found = NULL;

  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);

      if (!tpt_event_type_is_schedulable (type)
          || (category != NULL && g_strcmp0 (tpt_event_type_get_category (type), category) != 0))
        continue;
      if (is_better (type, found))
        found = type;
    }

  return found;
}

static TptEventType *
find_uri (const GPtrArray *event_types,
          const char      *uri)
{
  for (guint i = 0; uri != NULL && i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);

      if (g_strcmp0 (type->uri, uri) == 0 && tpt_event_type_is_schedulable (type))
        return type;
    }

  return NULL;
}

/**
 * tpt_recommend_event_type:
 * @event_types: (element-type TptEventType)
 *
 * The default event type comes first; else that of the category that is due: a demo for prospects,
 * an onboarding before the first meeting, a business review before a renewal, a check-in when
 * overdue, a business review every 90 days, a check-in otherwise. Where no type of that category
 * can be booked, a check-in or any other stands in.
 *
 * Returns: (transfer full): never %NULL
 */
TptRecommendation *
tpt_recommend_event_type (TptCustomer               *customer,
                          const TptRecommendContext *context,
                          const GPtrArray           *event_types)
{
  TptRecommendation *self = g_new0 (TptRecommendation, 1);
  g_autofree char *reason = NULL;
  Wish wish;

  g_return_val_if_fail (TPT_IS_CUSTOMER (customer) && context != NULL && event_types != NULL, self);
  g_return_val_if_fail (context->zone != NULL, self);

  self->event_type = find_uri (event_types, context->event_type);
  if (self->event_type != NULL)
    {
      self->reason = g_strdup (_("Your default event type"));
      return self;
    }

  wish = wish_for (customer, context);
  reason = wish.reason;
  self->event_type = find_category (event_types, wish.category);
  if (self->event_type == NULL)
    self->event_type = find_category (event_types, "check-in");
  if (self->event_type == NULL)
    self->event_type = find_category (event_types, "other");
  if (self->event_type == NULL)
    self->event_type = find_category (event_types, NULL);
  if (self->event_type != NULL)
    self->reason = g_steal_pointer (&reason);
  else
    self->reason = g_strdup (_("No event type can be booked in this account"));

  return self;
}

void
tpt_recommendation_free (TptRecommendation *self)
{
  if (self == NULL)
    return;

  g_free (self->reason);
  g_free (self);
}

/**
 * tpt_recommend_stakeholder:
 * @context: (nullable)
 *
 * Returns: (transfer none) (nullable): whom to write to: the one met last, else the first with an
 *   address, else the first
 */
TptStakeholder *
tpt_recommend_stakeholder (TptCustomer               *customer,
                           const TptRecommendContext *context)
{
  TptStakeholder *first = NULL;

  g_return_val_if_fail (TPT_IS_CUSTOMER (customer), NULL);

  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      if (context != NULL && context->last_stakeholder != 0
          && stakeholder->id == context->last_stakeholder)
        return stakeholder;
      if (first == NULL
          || (tpt_stakeholder_get_email (first) == NULL
              && tpt_stakeholder_get_email (stakeholder) != NULL))
        first = stakeholder;
    }

  return first;
}
