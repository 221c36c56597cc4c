/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One request on its way through a route. @token and @user are NULL outside the API. */
typedef struct
{
  TptSandboxContext *context;
  SoupServerMessage *message;
  const char *path;
  char *args[3];
  GHashTable *query;
  TptSandboxToken *token;
  TptSandboxUser *user;
} TptSandboxRequest;

typedef void (*TptSandboxHandler) (TptSandboxRequest *request);

/* A row of a route table: "{}" in @pattern is handed to the handler in TptSandboxRequest.args.
 * Tables end with a row of NULLs. @scope: what the API asks of a token, NULL outside the API. */
typedef struct
{
  const char *method;
  const char *pattern;
  const char *scope;
  TptSandboxHandler handler;
} TptSandboxRoute;

/* Records that are answered with page by page: those of @records from @begin to before @end that
 * @fits (nullable) says yes to, from the last to the first where @descending. Each starts with a
 * pointer to its uuid. */
typedef struct
{
  GPtrArray *records;
  guint begin;
  guint end;
  gboolean descending;
  gboolean (*fits) (gconstpointer filter,
                    gconstpointer record);
  gconstpointer filter;
} TptSandboxList;

typedef JsonObject *(*TptSandboxSerialise) (TptSandboxContext *context,
                                            gconstpointer      record);

extern const TptSandboxRoute tpt_sandbox_account_routes[];
extern const TptSandboxRoute tpt_sandbox_availability_routes[];
extern const TptSandboxRoute tpt_sandbox_control_routes[];
extern const TptSandboxRoute tpt_sandbox_contact_routes[];
extern const TptSandboxRoute tpt_sandbox_event_routes[];
extern const TptSandboxRoute tpt_sandbox_event_type_routes[];
extern const TptSandboxRoute tpt_sandbox_invitee_routes[];
extern const TptSandboxRoute tpt_sandbox_link_routes[];
extern const TptSandboxRoute tpt_sandbox_oauth_routes[];
extern const TptSandboxRoute tpt_sandbox_page_routes[];
extern const TptSandboxRoute tpt_sandbox_webhook_routes[];

const char *tpt_sandbox_request_get_query  (TptSandboxRequest  *self,
                                            const char         *name);
gboolean    tpt_sandbox_request_get_time   (TptSandboxRequest  *self,
                                            const char         *name,
                                            gint64             *time);
JsonObject *tpt_sandbox_request_get_json   (TptSandboxRequest  *self);
GHashTable *tpt_sandbox_request_get_form   (TptSandboxRequest  *self);
gboolean    tpt_sandbox_request_is_admin   (TptSandboxRequest  *self);
void        tpt_sandbox_reply_json         (TptSandboxRequest  *self,
                                            guint               status,
                                            JsonObject         *object);
void        tpt_sandbox_reply_resource     (TptSandboxRequest  *self,
                                            guint               status,
                                            JsonObject         *resource);
void        tpt_sandbox_reply_collection   (TptSandboxRequest  *self,
                                            JsonArray          *collection);
void        tpt_sandbox_reply_text         (TptSandboxRequest  *self,
                                            guint               status,
                                            const char         *type,
                                            const char         *text);
void        tpt_sandbox_reply_nothing      (TptSandboxRequest  *self);
void        tpt_sandbox_reply_error        (TptSandboxRequest  *self,
                                            guint               status,
                                            const char         *title,
                                            const char         *message);
void        tpt_sandbox_reply_invalid      (TptSandboxRequest  *self,
                                            const char         *parameter,
                                            const char         *message);
void        tpt_sandbox_reply_invalid_code (TptSandboxRequest  *self,
                                            const char         *title_message,
                                            const char         *parameter,
                                            const char         *message,
                                            const char         *code);
void        tpt_sandbox_reply_denied       (TptSandboxRequest  *self,
                                            const char         *message);
void        tpt_sandbox_reply_missing      (TptSandboxRequest  *self);
void        tpt_sandbox_reply_list         (TptSandboxRequest  *self,
                                            const TptSandboxList *list,
                                            TptSandboxSerialise serialise);
void        tpt_sandbox_reply_page         (TptSandboxRequest  *self,
                                            GPtrArray          *records,
                                            TptSandboxSerialise serialise);

G_END_DECLS
