/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRelaySent:
 *
 * How far each device's stream has come, in a file beside a journal that does not know it. What is
 * written there outlives the process, whatever ends it, and costs no flush; only where the machine
 * went down may it be behind.
 */
typedef struct _TptRelaySent TptRelaySent;

gboolean      tpt_relay_sent_fits      (const char    *path,
                                        const char    *epoch,
                                        gint64         head);
TptRelaySent *tpt_relay_sent_open      (const char    *path,
                                        const char    *epoch,
                                        gint64         head,
                                        GError       **error);
gint64        tpt_relay_sent_get_doubt (TptRelaySent  *self);
gint64        tpt_relay_sent_get       (TptRelaySent  *self,
                                        gint64         device);
void          tpt_relay_sent_set       (TptRelaySent  *self,
                                        gint64         device,
                                        gint64         seq);
void          tpt_relay_sent_free      (TptRelaySent  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelaySent, tpt_relay_sent_free)

G_END_DECLS
