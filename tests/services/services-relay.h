/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "services-fixture.h"
#include "tpt-fake-pulse.h"

G_BEGIN_DECLS

/* A company's relay, as a program of its own, beside the service. */
typedef struct
{
  ServicesFixture base;
  char *dir;
  char *config;
  char *url;
  GSubprocess *relay;
  GDataInputStream *relay_out;
} ServicesRelay;

void      services_relay_set_up       (ServicesRelay  *fixture,
                                       gconstpointer   is_real_time);
void      services_relay_tear_down    (ServicesRelay  *fixture,
                                       gconstpointer   user_data);
void      services_relay_start        (ServicesRelay  *fixture);
void      services_relay_stop         (ServicesRelay  *fixture);
char     *services_relay_make_code    (ServicesRelay  *fixture);
gboolean  services_relay_enrol        (ServicesRelay  *fixture,
                                       const char     *code,
                                       GError        **error);
gboolean  services_relay_is_live      (gpointer        fixture);
void      services_relay_go_live      (ServicesRelay  *fixture);
char     *services_relay_order        (ServicesRelay  *fixture);
char     *services_relay_do           (ServicesRelay  *fixture,
                                       const char     *deed,
                                       const char     *uri);
void      services_relay_await        (ServicesRelay  *fixture,
                                       const char     *uri,
                                       gboolean        canceled,
                                       gboolean        rescheduled);
guint     services_relay_count_active (ServicesRelay  *fixture);
GPtrArray *services_relay_await_deliveries (ServicesRelay *fixture,
                                            guint          count);
guint     services_relay_count_known  (ServicesRelay  *fixture,
                                       char          **uris,
                                       guint           count);
void      services_relay_await_known  (ServicesRelay  *fixture,
                                       TptFakePulse   *pulse,
                                       const char     *uri);
guint     services_relay_count_missed (ServicesRelay  *fixture);
void      services_relay_move_on      (ServicesRelay  *fixture);

G_END_DECLS
