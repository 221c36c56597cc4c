/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "tpt-api-endpoint.h"

G_BEGIN_DECLS

/**
 * TptApiCall:
 * @token: the last one that was used
 * @rejected: the one that was answered with 401, until there is another
 * @message: the last that was made
 * @wait: what it waits for, if anything
 * @tries: how many requests were sent
 * @refused: a fresh token was asked for already
 * @urgent: a person waits for it
 *
 * What somebody asked the client for: as many requests as it takes.
 */
typedef struct
{
  const TptApiEndpoint *endpoint;
  char *address;
  GBytes *body;
  char *token;
  char *rejected;
  SoupMessage *message;
  GSource *wait;
  guint tries;
  gboolean refused;
  gboolean urgent;
} TptApiCall;

TptApiCall *tpt_api_call_new           (const TptApiEndpoint  *endpoint,
                                        const char            *address,
                                        JsonNode              *body);
void        tpt_api_call_free          (TptApiCall            *self);
void        tpt_api_call_wait          (TptApiCall            *self,
                                        GSource               *source);
void        tpt_api_call_end_wait_with (TptApiCall            *self,
                                        GCancellable          *cancellable);
gboolean    tpt_api_call_take_token    (TptApiCall            *self,
                                        char                  *token,
                                        GError               **error);

G_END_DECLS
