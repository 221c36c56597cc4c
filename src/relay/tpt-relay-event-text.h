/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-cursor.h"
#include "tpt-relay-record.h"

G_BEGIN_DECLS

/* An event of the journal as clients read it. */
void tpt_relay_event_text_append_frame (GString                    *out,
                                        const TptRelayCursor       *cursor,
                                        const TptRelayEventRecord  *event);
void tpt_relay_event_text_append_item  (GString                    *out,
                                        const TptRelayCursor       *cursor,
                                        const TptRelayEventRecord  *event);

G_END_DECLS
