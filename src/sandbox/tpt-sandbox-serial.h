/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

G_BEGIN_DECLS

/* Records as Calendly writes them. The first argument of each is the TptSandboxContext; the
 * second is untyped, so that the pager can call them. The caller owns what they return. */
JsonObject *tpt_sandbox_serial_user         (TptSandboxContext *context,
                                             gconstpointer      user);
JsonObject *tpt_sandbox_serial_membership   (TptSandboxContext *context,
                                             gconstpointer      user);
JsonObject *tpt_sandbox_serial_organization (TptSandboxContext *context,
                                             gconstpointer      organization);
JsonObject *tpt_sandbox_serial_event_type   (TptSandboxContext *context,
                                             gconstpointer      event_type);
JsonObject *tpt_sandbox_serial_event        (TptSandboxContext *context,
                                             gconstpointer      event);
JsonObject *tpt_sandbox_serial_invitee      (TptSandboxContext *context,
                                             gconstpointer      invitee);
JsonObject *tpt_sandbox_serial_no_show      (TptSandboxContext *context,
                                             gconstpointer      invitee);
JsonObject *tpt_sandbox_serial_cancellation (const TptSandboxCancellation *cancellation);
JsonObject *tpt_sandbox_serial_location     (TptSandboxContext *context,
                                             gconstpointer      event);
void        tpt_sandbox_serial_set_time     (JsonObject        *object,
                                             const char        *name,
                                             gint64             time);
void        tpt_sandbox_serial_set_uri      (JsonObject        *object,
                                             const char        *name,
                                             const char        *resource,
                                             const char        *uuid);
char       *tpt_sandbox_serial_event_uri    (const TptSandboxEvent   *event);
char       *tpt_sandbox_serial_invitee_uri  (const TptSandboxInvitee *invitee);
char       *tpt_sandbox_serial_page_url     (TptSandboxContext         *context,
                                             const TptSandboxEventType *event_type);
JsonNode   *tpt_sandbox_serial_sort         (JsonNode          *node);

G_END_DECLS
