/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-outcome.h"

G_BEGIN_DECLS

#define TPT_TYPE_INVITEE (tpt_invitee_get_type ())

G_DECLARE_FINAL_TYPE (TptInvitee, tpt_invitee, TPT, INVITEE, GObject)

typedef struct
{
  char *question;
  char *answer;
  int   position;
} TptAnswer;

/* The six carriers that a scheduling link hands through to the booking. Each may be NULL. */
typedef struct
{
  char *utm_source;
  char *utm_medium;
  char *utm_campaign;
  char *utm_content;
  char *utm_term;
  char *salesforce_uuid;
} TptTracking;

/**
 * TptMatchReason:
 * @TPT_MATCH_NONE: no customer fits
 * @TPT_MATCH_STAKEHOLDER: the e-mail is a stakeholder's
 * @TPT_MATCH_DOMAIN: the e-mail's domain, or one above it, is a customer's
 * @TPT_MATCH_AMBIGUOUS: more than one customer fits equally well
 * @TPT_MATCH_FREE_MAIL: a domain that belongs to no company
 * @TPT_MATCH_INTERNAL: a colleague: own organisation's domain
 * @TPT_MATCH_INVALID: not an e-mail address
 * @TPT_MATCH_MANUAL: linked by hand; pulled data never changes it
 * @TPT_MATCH_IGNORED: set aside by hand
 * @TPT_MATCH_RULED: a rule says whose it is
 * @TPT_MATCH_RULED_OUT: a rule sets it aside
 *
 * Stored as numbers.
 */
typedef enum
{
  TPT_MATCH_NONE,
  TPT_MATCH_STAKEHOLDER,
  TPT_MATCH_DOMAIN,
  TPT_MATCH_AMBIGUOUS,
  TPT_MATCH_FREE_MAIL,
  TPT_MATCH_INTERNAL,
  TPT_MATCH_INVALID,
  TPT_MATCH_MANUAL,
  TPT_MATCH_IGNORED,
  TPT_MATCH_RULED,
  TPT_MATCH_RULED_OUT,
} TptMatchReason;

/* One booking: one person in one event. Filled by who makes it, read-only from then on. Strings
 * may be NULL. */
struct _TptInvitee
{
  GObject parent_instance;

  gint64 id;               /* row, 0 before it was stored */
  char *uri;
  char *event;             /* URI of its TptMeeting */
  char *email;
  char *name;
  char *first_name;
  char *last_name;
  char *timezone;
  char *phone;             /* text_reminder_number */
  char *cancel_url;
  char *reschedule_url;
  char *old_invitee;       /* URI of the booking that this one replaced */
  char *new_invitee;       /* URI of the booking that replaced this one */
  char *no_show_uri;       /* the service's mark, or NULL */
  char *routing_form_submission;
  char *scheduling_method;
  char *scheduled_by;      /* URI of the user who booked for the invitee */
  char *payment_json;      /* as received */
  char *reconfirmation_json;
  TptTime created_at;
  TptTime updated_at;
  TptTime seen_at;         /* as of when this is so; orders marks that leave updated_at alone */
  TptTime no_show_at;
  TptTime canceled_at;
  char *cancel_reason;
  char *canceled_by;
  TptCanceler canceler;
  guint canceled : 1;
  guint rescheduled : 1;
  TptNoShow no_show_local; /* our own mark */
  guint confirmed : 1;     /* answered "it happened" */
  GPtrArray *answers;      /* (element-type TptAnswer) */
  TptTracking tracking;

  gint64 customer;         /* row of the matched customer, 0 none */
  gint64 stakeholder;      /* row of the matched stakeholder, 0 none */
  TptMatchReason match;

  guint reschedules;       /* bookings of the chain before this one, as far as known */
  char *link_id;           /* of the link in the ledger that it was booked with */
};

TptInvitee   *tpt_invitee_new         (void);
void          tpt_invitee_add_answer  (TptInvitee *self,
                                       const char *question,
                                       const char *answer,
                                       int         position);
TptNoShow     tpt_invitee_get_no_show (TptInvitee *self);
TptOutcome    tpt_invitee_get_outcome (TptInvitee *self,
                                       TptTime     end,
                                       TptTime     now);
TptInvitee   *tpt_invitee_find        (const GPtrArray *invitees,
                                       const char      *uri);

const char   *tpt_match_reason_to_string (TptMatchReason reason);
gboolean      tpt_match_reason_is_manual (TptMatchReason reason);

G_END_DECLS
