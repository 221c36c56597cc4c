/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TptFaultRelay TptFaultRelay;
typedef struct _TptFaultCall  TptFaultCall;

/* What the test does about a request; by default it is left without an answer. */
typedef void (*TptFaultFunc) (TptFaultCall *call,
                              gpointer      user_data);

/* A relay on a real socket that says, and fails, exactly as the test wants. Both functions may be
 * changed at any time. */
struct _TptFaultRelay
{
  GSocketService *service;
  char *url;
  GPtrArray *calls;        /* of TptFaultCall, of open connections as well as of closed ones */
  TptFaultFunc stream;     /* GET /v1/events */
  TptFaultFunc other;      /* everything else */
  gpointer user_data;
  guint streams;           /* how often it was asked for one */
  guint others;
};

/* A connection and the request that it brought last. */
struct _TptFaultCall
{
  TptFaultRelay *relay;
  GSocketConnection *connection;
  GSource *source;
  GString *bytes;
  char *cursor;            /* Last-Event-ID, or NULL */
  char *body;
};

TptFaultRelay *tpt_fault_relay_new    (void);
void           tpt_fault_relay_free   (TptFaultRelay *self);
void           tpt_fault_call_write   (TptFaultCall  *self,
                                       const char    *text);
void           tpt_fault_call_begin   (TptFaultCall  *self,
                                       guint          head,
                                       guint          heartbeat_seconds);
void           tpt_fault_call_hang_up (TptFaultCall  *self);

G_END_DECLS
