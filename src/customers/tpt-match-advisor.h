/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match.h"

G_BEGIN_DECLS

/* Keys: as many as one hand finds. */
#define TPT_MATCH_MOST_CANDIDATES 9

/* What is known of somebody whom no rule could match. Everything may be absent. */
typedef struct
{
  const char *email;
  const char *name;
  const GPtrArray *answers; /* (element-type TptAnswer) given when booking */
  gint64 former;            /* row of the customer whom a person chose for this address before */
  gint64 link;              /* row of the customer whose link was booked with */
} TptMatchPerson;

#define TPT_TYPE_MATCH_ADVISOR (tpt_match_advisor_get_type ())

/* Guesses whose somebody may be, for a person to choose from. Pure, but remembers domains that it
 * was asked for, so one thread at a time. */
G_DECLARE_FINAL_TYPE (TptMatchAdvisor, tpt_match_advisor, TPT, MATCH_ADVISOR, GObject)

TptMatchAdvisor *tpt_match_advisor_new    (TptMatchIndex        *index,
                                           const GPtrArray      *customers);
TptMatch        *tpt_match_advisor_advise (TptMatchAdvisor      *self,
                                           const TptMatchPerson *person);
char            *tpt_match_explain        (const TptMatch       *match,
                                           const char           *email);

G_END_DECLS
