/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal.h"

G_BEGIN_DECLS

typedef struct _TptRelayQueue TptRelayQueue;

/* Writes one job's share, on the writer's thread. FALSE fails the batch; a refusal that leaves the
 * journal well is for the job's own data. */
typedef gboolean (*TptRelayJobWrite) (TptRelayJournal  *journal,
                                      gpointer          data,
                                      GError          **error);
/* Tells how it went, on the main thread; @error is NULL where the batch is on the disk. It frees
 * @data. */
typedef void     (*TptRelayJobDone)  (gpointer          data,
                                      const GError     *error);

TptRelayQueue *tpt_relay_queue_new           (const char        *location,
                                              TptRelayJournal   *journal);
void           tpt_relay_queue_push          (TptRelayQueue     *self,
                                              TptRelayJobWrite   write,
                                              TptRelayJobDone    done,
                                              gpointer           data);
void           tpt_relay_queue_push_delivery (TptRelayQueue     *self,
                                              TptRelayDelivery  *delivery,
                                              TptRelayJobWrite   write,
                                              TptRelayJobDone    done,
                                              gpointer           data);
void           tpt_relay_queue_free          (TptRelayQueue     *self);

G_END_DECLS
