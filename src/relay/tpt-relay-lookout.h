/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal.h"

G_BEGIN_DECLS

/**
 * TptRelayLookout:
 *
 * The thread that learns what other relays do to a shared journal: by the server's word, and every
 * quarter of a second where none came.
 */
typedef struct _TptRelayLookout TptRelayLookout;

/* On the main thread; what @changes holds may be taken out. */
typedef void (*TptRelayLookoutNews) (TptRelayChanges *changes,
                                     gpointer         user_data);
typedef void (*TptRelayLookoutDone) (gboolean         has_looked,
                                     gpointer         user_data);

TptRelayLookout *tpt_relay_lookout_new  (const char           *location,
                                         gint64                head,
                                         TptRelayLookoutNews   news,
                                         gpointer              user_data);
void             tpt_relay_lookout_ask  (TptRelayLookout      *self,
                                         TptRelayLookoutDone   done,
                                         gpointer              user_data);
void             tpt_relay_lookout_free (TptRelayLookout      *self);

G_END_DECLS
