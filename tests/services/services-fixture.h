/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "tpt-services.h"

G_BEGIN_DECLS

#define SERVICES_NOW "2026-03-04T09:20:00Z"

/* The real stand-in as a program of its own, and everything that app and command line work with. */
typedef struct
{
  gboolean is_real_time;   /* set before setting up: clocks are not moved to SERVICES_NOW */
  GSubprocess *sandbox;
  GDataInputStream *sandbox_out;
  char *control;
  SoupSession *session;
  TptTokenStore *secrets;
  TptServices *services;
} ServicesFixture;

void           services_fixture_set_up     (ServicesFixture      *self,
                                            gconstpointer         meetings);
void           services_fixture_tear_down  (ServicesFixture      *self,
                                            gconstpointer         user_data);
void           services_fixture_open       (ServicesFixture      *self);
void           services_fixture_close      (ServicesFixture      *self);
void           services_fixture_ruin       (ServicesFixture      *self);
GSubprocess   *services_fixture_spawn      (const char *const    *argv,
                                            GDataInputStream    **output);
char          *services_fixture_read_line  (GDataInputStream     *input);
JsonNode      *services_fixture_ask        (ServicesFixture      *self,
                                            const char           *method,
                                            const char           *path,
                                            const char           *body);
JsonObject    *services_fixture_state      (ServicesFixture      *self,
                                            JsonNode            **node);
gboolean       services_fixture_connect    (ServicesFixture      *self,
                                            const char           *token,
                                            GError              **error);
TptSyncReport *services_fixture_sync       (ServicesFixture      *self,
                                            const TptSyncOptions *options,
                                            GError              **error);
void           services_fixture_sync_all   (ServicesFixture      *self);
void           services_fixture_sync_at    (ServicesFixture      *self,
                                            TptTime               time);
GPtrArray     *services_fixture_meetings   (ServicesFixture      *self);
GPtrArray     *services_fixture_customers  (ServicesFixture      *self);
TptEventType  *services_fixture_event_type (ServicesFixture     *self);
TptImportReport *services_fixture_import   (ServicesFixture      *self);
guint          services_fixture_count_requests (ServicesFixture  *self,
                                                const char       *needle);
guint          services_fixture_count_queries  (ServicesFixture  *self,
                                                const char       *needle);
gboolean       services_fixture_disconnect (ServicesFixture      *self,
                                            gboolean              erase,
                                            TptDisconnection     *outcome,
                                            GError              **error);
TptInvitee    *services_fixture_find       (GPtrArray            *meetings,
                                            const char           *uri,
                                            TptMeeting          **meeting);

G_END_DECLS
