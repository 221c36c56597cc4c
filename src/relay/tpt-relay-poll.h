/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TptRelayWatch TptRelayWatch;

typedef void (*TptRelayWatchReady) (TptRelayWatch *watch);
typedef void (*TptRelayWatchDone)  (TptRelayWatch *watch);

/**
 * TptRelayWatch:
 * @fd: a socket
 * @ready: called when it is, or when something is wrong with it
 * @expired: called when the deadline has passed, up to a second later; also where the system
 *   watches no more sockets, this one included
 * @gone: called when it was removed and nothing refers to it any more
 * @owner: for the three
 *
 * Part of whatever has a socket on the main thread.
 */
struct _TptRelayWatch
{
  int                 fd;
  TptRelayWatchReady  ready;
  TptRelayWatchDone   expired;
  TptRelayWatchDone   gone;
  gpointer            owner;
  /*< private >*/
  guint32             events;
  gboolean            is_lost;
  gint64              deadline;
  GList               link;
};

void tpt_relay_watch_add          (TptRelayWatch *watch);
void tpt_relay_watch_set_events   (TptRelayWatch *watch,
                                   guint32        events);
void tpt_relay_watch_set_deadline (TptRelayWatch *watch,
                                   guint          seconds);
void tpt_relay_watch_remove       (TptRelayWatch *watch);

G_END_DECLS
