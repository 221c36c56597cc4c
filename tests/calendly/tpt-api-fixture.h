/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tpt-api-client.h"
#include "tpt-test.h"

G_BEGIN_DECLS

/* One answer of the server in the test; those after the last one repeat it. */
typedef struct
{
  guint status;
  const char *type;        /* application/json where NULL */
  const char *body;
  const char *headers[7];  /* name, value, …, NULL */
} TptApiReply;

/* An API on this machine that answers as it is told, with a client that does not really wait. */
typedef struct
{
  SoupServer *server;
  TptApiClient *client;
  GObject *tokens;
  const TptApiReply *replies;
  guint n_replies;
  guint served;
  GPtrArray *requests;     /* (element-type utf8): "GET /path?query token" */
  GArray *waits;           /* (element-type guint): milliseconds that the client wanted to wait */
  gint64 now;
  char *user_agent;
  char *last_body;
} TptApiFixture;

TptApiFixture *tpt_api_fixture_new    (void);
void           tpt_api_fixture_free   (TptApiFixture     *self);
void           tpt_api_fixture_script (TptApiFixture     *self,
                                       const TptApiReply *replies,
                                       guint              n_replies);
const char    *tpt_api_fixture_path   (const char        *method);
TptJsonTree   *tpt_api_fixture_send   (TptApiFixture     *self,
                                       const char        *method,
                                       GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptApiFixture, tpt_api_fixture_free)

G_END_DECLS
