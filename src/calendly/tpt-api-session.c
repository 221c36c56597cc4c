/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-session.h"

#include "tpt-config.h"

#define SILENCE_SECONDS 20

/* By then even the slowest exchange has met its deadline. */
#define REST_SECONDS 90

struct _TptApiSession
{
  SoupSession *session;
  GTlsDatabase *trust;     /* NULL for the system's */
  guint connections;
};

static gboolean
rested_cb (gpointer session)
{
  return G_SOURCE_REMOVE;
}

static void
renew (TptApiSession *self)
{
  /* What goes before its last connection is taken down complains about that. */
  if (self->session != NULL)
    g_timeout_add_seconds_full (G_PRIORITY_LOW, REST_SECONDS, rested_cb,
                                g_steal_pointer (&self->session), g_object_unref);
  self->session = soup_session_new_with_options ("user-agent", TPT_USER_AGENT,
                                                 "max-conns", self->connections,
                                                 "max-conns-per-host", self->connections,
                                                 "timeout", SILENCE_SECONDS,
                                                 NULL);
  /* A 401 is ours to answer; nobody is ever asked for a password here. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  if (self->trust != NULL)
    soup_session_set_tls_database (self->session, self->trust);
}

/** tpt_api_session_new: with so many connections at most */
TptApiSession *
tpt_api_session_new (guint connections)
{
  TptApiSession *self = g_new0 (TptApiSession, 1);

  self->connections = connections;
  renew (self);

  return self;
}

void
tpt_api_session_free (TptApiSession *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->trust);
  g_free (self);
}

/** tpt_api_session_set_trust: who says that the service is the service */
void
tpt_api_session_set_trust (TptApiSession *self,
                           GTlsDatabase  *trust)
{
  g_set_object (&self->trust, trust);
  soup_session_set_tls_database (self->session, trust);
}

/** tpt_api_session_get: (transfer none): for the next exchange */
SoupSession *
tpt_api_session_get (TptApiSession *self)
{
  return self->session;
}

/**
 * tpt_api_session_doubt:
 * @used: the session of an exchange that got no answer
 *
 * The next exchange asks anew where the service is. A session of libsoup 3.2 remembers the address
 * of a host as long as it is asked for at least every five minutes: what a hotel's name server has
 * once said would be believed until the program ends. What is still under way with @used is left
 * to it.
 */
void
tpt_api_session_doubt (TptApiSession *self,
                       SoupSession   *used)
{
  if (used == self->session)
    renew (self);
}
