/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-request.h"

G_BEGIN_DECLS

/* What a booking page offers: a type as it is, or the one use of a link. @slot: the time that
 * its address names. */
typedef struct
{
  TptSandboxEventType *event_type;
  TptSandboxLink *link;
  const char *slot;
} TptSandboxOffer;

guint tpt_sandbox_offer_duration  (const TptSandboxOffer *offer);
void  tpt_sandbox_slots_choice    (TptSandboxRequest     *request,
                                   GString               *page,
                                   const TptSandboxOffer *offer,
                                   GHashTable            *values);
void  tpt_sandbox_questions_show  (GString               *page,
                                   TptSandboxEventType   *event_type,
                                   GHashTable            *values);
JsonArray *tpt_sandbox_questions_read (TptSandboxEventType *event_type,
                                       GHashTable          *form,
                                       gboolean            *complete);
void  tpt_sandbox_booking_page    (TptSandboxRequest     *request,
                                   const TptSandboxOffer *offer,
                                   guint                  status,
                                   const char            *error,
                                   GHashTable            *values);
void  tpt_sandbox_booking_submit  (TptSandboxRequest     *request,
                                   const TptSandboxOffer *offer);

G_END_DECLS
