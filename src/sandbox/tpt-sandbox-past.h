/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-world.h"

G_BEGIN_DECLS

/* Nothing starts before the local date that lies so many days back. */
#define TPT_SANDBOX_HISTORY_DAYS 730

/* Writes bookings as if they had been made in the past. */
typedef struct
{
  TptSandboxWorld *world;
  gint64 now;
  GHashTable *taken;
} TptSandboxPast;

/* Who books: filled from a customer or from nowhere. */
typedef struct
{
  TptSandboxCustomer *customer;
  const char *name;
  const char *email;
  const char *timezone;
} TptSandboxGuest;

void   tpt_sandbox_past_init         (TptSandboxPast        *self,
                                      TptSandboxWorld       *world,
                                      gint64                 now);
void   tpt_sandbox_past_clear        (TptSandboxPast        *self);
gint64 tpt_sandbox_past_local        (TptSandboxPast        *self,
                                      TptSandboxUser        *host,
                                      int                    day,
                                      int                    minute);
gint64 tpt_sandbox_past_time         (TptSandboxPast        *self,
                                      TptSandboxEventType   *event_type,
                                      int                    day);
void   tpt_sandbox_past_guest        (TptSandboxPast        *self,
                                      TptSandboxCustomer    *customer,
                                      TptSandboxGuest       *guest);
void   tpt_sandbox_past_outsider     (TptSandboxPast        *self,
                                      guint                  kind,
                                      TptSandboxGuest       *guest);
void   tpt_sandbox_past_add_chain    (TptSandboxPast        *self,
                                      TptSandboxEventType   *event_type,
                                      gint64                 start,
                                      const TptSandboxGuest *guest,
                                      guint                  most);
void   tpt_sandbox_past_add_standing (TptSandboxPast        *self,
                                      TptSandboxEventType   *event_type,
                                      gint64                 start,
                                      const TptSandboxGuest *guest);
void   tpt_sandbox_past_add_group    (TptSandboxPast        *self,
                                      TptSandboxEventType   *event_type,
                                      gint64                 start);

G_END_DECLS
