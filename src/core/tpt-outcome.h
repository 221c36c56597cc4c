/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/**
 * TptOutcome:
 * @TPT_OUTCOME_UPCOMING: it has not ended yet; a running meeting included
 * @TPT_OUTCOME_HELD: it has ended, was not canceled, and nobody is marked absent
 * @TPT_OUTCOME_CANCELED: canceled for good
 * @TPT_OUTCOME_NO_SHOW: somebody did not come
 * @TPT_OUTCOME_SUPERSEDED: replaced by a later booking of the same chain; never counts as a
 *   cancellation
 */
typedef enum
{
  TPT_OUTCOME_UPCOMING,
  TPT_OUTCOME_HELD,
  TPT_OUTCOME_CANCELED,
  TPT_OUTCOME_NO_SHOW,
  TPT_OUTCOME_SUPERSEDED,
} TptOutcome;

typedef enum
{
  TPT_CANCELER_NONE,
  TPT_CANCELER_HOST,
  TPT_CANCELER_INVITEE,
  TPT_CANCELER_UNLISTED, /* nobody said so: the service does not have it any more */
} TptCanceler;

typedef enum
{
  TPT_NO_SHOW_NONE,
  TPT_NO_SHOW_GUEST,
  TPT_NO_SHOW_HOST,
} TptNoShow;

/**
 * TptBooking:
 *
 * What the figures need to know of one invitee record, without a name in it: about 100 bytes,
 * so that all bookings of
 * years can be held and counted at once.
 */
typedef struct
{
  gint64 id;               /* row of the invitee */
  gint64 previous;         /* row of the booking that this one replaced, 0 none or not known here */
  gint64 event;            /* row of the meeting */
  gint64 customer;         /* row of the customer, 0 unmatched */
  guint64 email_key;       /* the same number for the same e-mail address */
  TptTime created_at;
  TptTime start;
  TptTime end;
  TptTime canceled_at;
  guint8 canceler;         /* TptCanceler */
  guint8 no_show;          /* TptNoShow */
  guint canceled : 1;
  guint rescheduled : 1;   /* superseded by a later booking */
  guint confirmed : 1;
} TptBooking;

TptOutcome  tpt_outcome_derive     (gboolean     canceled,
                                    gboolean     rescheduled,
                                    TptNoShow    no_show,
                                    TptTime      end,
                                    TptTime      now);
TptOutcome  tpt_outcome_combine    (TptOutcome   first,
                                    TptOutcome   second);
const char *tpt_outcome_to_string  (TptOutcome   outcome);
gboolean    tpt_outcome_from_string (const char *text,
                                     TptOutcome *outcome);
const char *tpt_canceler_to_string (TptCanceler  canceler);

G_END_DECLS
