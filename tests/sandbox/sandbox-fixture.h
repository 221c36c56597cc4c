/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define SANDBOX_NOW "2026-03-04T09:20:00Z"

/* A stand-in and a client in the same main context. */
typedef struct
{
  TptSandboxServer *server;
  SoupSession *session;
} SandboxFixture;

/* What came back. @json is NULL when the body is none. */
typedef struct
{
  guint status;
  char *text;
  JsonNode *json;
  SoupMessageHeaders *headers;
} SandboxAnswer;

void           sandbox_fixture_set_up        (SandboxFixture *fixture,
                                              gconstpointer   data);
void           sandbox_fixture_tear_down     (SandboxFixture *fixture,
                                              gconstpointer   data);
void           sandbox_answer_free           (SandboxAnswer  *answer);
SoupMessage   *sandbox_fixture_message       (SandboxFixture *fixture,
                                              const char     *method,
                                              const char     *path,
                                              const char     *body);
SandboxAnswer *sandbox_fixture_send          (SandboxFixture *fixture,
                                              SoupMessage    *message);
SandboxAnswer *sandbox_fixture_ask           (SandboxFixture *fixture,
                                              const char     *method,
                                              const char     *path,
                                              const char     *body);
SandboxAnswer *sandbox_fixture_post_form     (SandboxFixture *fixture,
                                              const char     *path,
                                              const char     *form);
JsonObject    *sandbox_answer_object         (SandboxAnswer  *answer);
JsonObject    *sandbox_answer_member         (SandboxAnswer  *answer,
                                              const char     *name);
char          *sandbox_fixture_organization  (SandboxFixture *fixture);
char          *sandbox_fixture_event_type    (SandboxFixture *fixture,
                                              const char     *slug);
void           sandbox_fixture_set_faults    (SandboxFixture *fixture,
                                              const char     *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxAnswer, sandbox_answer_free)

G_END_DECLS
