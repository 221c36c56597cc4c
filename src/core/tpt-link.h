/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_LINK (tpt_link_get_type ())

G_DECLARE_FINAL_TYPE (TptLink, tpt_link, TPT, LINK, GObject)

typedef enum
{
  TPT_LINK_SINGLE_USE,
  TPT_LINK_REUSABLE,
} TptLinkKind;

typedef enum
{
  TPT_LINK_OPEN,
  TPT_LINK_BOOKED,
  TPT_LINK_RESCHEDULED,
  TPT_LINK_CANCELED,
  TPT_LINK_EXPIRED,
  TPT_LINK_SUPERSEDED,
} TptLinkState;

/* How a booking was tied to the link. */
typedef enum
{
  TPT_ATTRIBUTION_NONE,
  TPT_ATTRIBUTION_TRACKING,
  TPT_ATTRIBUTION_CHAIN,
  TPT_ATTRIBUTION_INFERRED,
} TptAttribution;

/* A line of the ledger: one link that was made here. Filled by who makes it, read-only from then
 * on. Strings may be NULL. */
struct _TptLink
{
  GObject parent_instance;

  char *id;                /* own opaque id, [A-Za-z0-9_-], the tracking id of the link */
  TptLinkKind kind;
  char *booking_url;       /* as the service made it */
  char *url;               /* the same with prefill and tracking */
  char *event_type;        /* URI */
  char *event_type_name;
  gint64 customer;         /* row */
  gint64 stakeholder;      /* row, 0 none */
  char *customer_name;
  char *invitee_name;      /* prefilled */
  char *invitee_email;     /* prefilled */
  char *origin;            /* the place it was made from: "customer-page", "shortcut", "cli", … */
  TptTime created_at;

  TptLinkState state;
  TptAttribution attribution;
  TptTime booked_at;       /* first booking */
  char *invitee;           /* URI of the newest booking */
  char *meeting;           /* URI of the newest booking's event */

  char *reason;            /* why this event type was recommended, on the day it was; not stored */
};

TptLink    *tpt_link_new              (void);
char       *tpt_link_make_id          (void);
const char *tpt_link_state_to_string  (TptLinkState    state);
gboolean    tpt_link_state_from_string (const char     *text,
                                        TptLinkState   *state);
const char *tpt_link_kind_to_string   (TptLinkKind     kind);
const char *tpt_attribution_to_string (TptAttribution  attribution);

G_END_DECLS
