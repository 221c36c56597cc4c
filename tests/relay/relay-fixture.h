/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "relay-calendly.h"
#include "tpt-relay-message.h"

#define RELAY_KEY "the-app-key"
#define RELAY_MAIN "/v1/calendly/webhook"

/* The real program on a loopback port or a Unix socket, with its files in a directory of its
 * own. */
typedef struct
{
  char               *directory;
  char               *config;
  char               *program;
  RelayCalendly      *calendly;
  GSubprocess        *process;
  GSocketConnectable *address;
  char               *listen;
} Relay;

/* An answer, read to the end of the connection. */
typedef struct
{
  guint  status;
  char  *head;
  char  *body;
} Reply;

/* What a desktop keeps of its enrolment. */
typedef struct
{
  TptRelayEnrolment *enrolment;
  guint8             public_key[TPT_RELAY_KEY_SIZE];
  guint8             secret_key[TPT_RELAY_KEY_SIZE];
} Device;

typedef struct
{
  GSocketConnection *connection;
  TptRelayParser    *parser;
  GPtrArray         *frames;
  char              *head;
} Stream;

Relay             *relay_new            (const char     *listen,
                                         const char     *more_config);
void               relay_start          (Relay          *self);
void               relay_await_ready    (Relay          *self);
void               relay_stop           (Relay          *self);
void               relay_kill           (Relay          *self);
void               relay_free           (Relay          *self);
GSubprocess       *relay_spawn          (GSubprocessFlags    flags,
                                         const char *const  *argv);
char              *relay_run            (Relay          *self,
                                         const char     *command,
                                         int            *status);

GSocketConnection *relay_connect        (Relay          *self);
char              *relay_read_all       (GSocketConnection *connection);
char              *relay_raw            (Relay          *self,
                                         const char     *bytes,
                                         gssize          length);
GSocketConnection *relay_send           (Relay          *self,
                                         const char     *method,
                                         const char     *path,
                                         const char     *fields,
                                         const char     *body);
Reply             *relay_ask            (Relay          *self,
                                         const char     *method,
                                         const char     *path,
                                         const char     *fields,
                                         const char     *body);
Reply             *relay_ask_as         (Relay          *self,
                                         Device         *device,
                                         const char     *method,
                                         const char     *path,
                                         const char     *body);
Reply             *reply_parse          (const char     *text);
void               reply_free           (Reply          *self);

guint              relay_post           (Relay          *self,
                                         const char     *path,
                                         const char     *key,
                                         gint64          age,
                                         const char     *body);
char              *relay_body           (const char     *host,
                                         guint           number);
char              *relay_large_body     (const char     *host,
                                         guint           number);
guint              relay_book           (Relay          *self,
                                         const char     *host,
                                         guint           number);

char              *relay_enrolment      (const char     *code,
                                         const char     *token,
                                         const char     *subscription,
                                         gboolean        feed,
                                         Device         *device);
Reply             *relay_try_enrol      (Relay          *self,
                                         const char     *code,
                                         const char     *token,
                                         const char     *subscription,
                                         gboolean        feed,
                                         Device         *device);
Device            *relay_enrol          (Relay          *self,
                                         const char     *token,
                                         const char     *subscription,
                                         gboolean        feed);
void               device_free          (Device         *self);
char              *device_open          (Device         *self,
                                         const char     *data);

Stream            *stream_open          (Relay          *self,
                                         Device         *device,
                                         const char     *cursor);
Stream            *stream_await         (Relay          *self,
                                         Device         *device,
                                         const char     *cursor);
TptRelayFrame     *stream_next          (Stream         *self);
TptRelayFrame     *stream_next_of       (Stream         *self,
                                         const char     *event);
gboolean           stream_ends          (Stream         *self);
void               stream_free          (Stream         *self);
guint              relay_ack            (Relay          *self,
                                         Device         *device,
                                         const char     *cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Relay, relay_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Device, device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, stream_free)
