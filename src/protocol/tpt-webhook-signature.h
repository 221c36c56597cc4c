/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-protocol-error.h"

G_BEGIN_DECLS

#define TPT_WEBHOOK_SIGNATURE_HEADER "Calendly-Webhook-Signature"

gboolean  tpt_webhook_signature_verify (const char          *header,
                                        const void          *body,
                                        gsize                length,
                                        const char *const   *keys,
                                        gint64              *time,
                                        GError             **error);
char     *tpt_webhook_signature_sign   (gint64               time,
                                        const void          *body,
                                        gsize                length,
                                        const char          *key);

G_END_DECLS
