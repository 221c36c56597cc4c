/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

G_BEGIN_DECLS

/* Everybody here works from nine to five, Monday to Friday, where they live, and takes bookings
 * each half hour. */
#define TPT_SANDBOX_OPENS  9
#define TPT_SANDBOX_CLOSES 17

TptSandboxUser  *tpt_sandbox_slots_free_host (TptSandboxContext         *context,
                                              const TptSandboxEventType *event_type,
                                              gint64                     start,
                                              guint                      duration);
TptSandboxEvent *tpt_sandbox_slots_group     (TptSandboxContext         *context,
                                              const TptSandboxEventType *event_type,
                                              gint64                     start);
guint            tpt_sandbox_slots_remaining (TptSandboxContext         *context,
                                              const TptSandboxEventType *event_type,
                                              gint64                     start,
                                              guint                      duration);
GArray          *tpt_sandbox_slots_find      (TptSandboxContext         *context,
                                              const TptSandboxEventType *event_type,
                                              guint                      duration,
                                              gint64                     from,
                                              gint64                     to,
                                              guint                      most);

G_END_DECLS
