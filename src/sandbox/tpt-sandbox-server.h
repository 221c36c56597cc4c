/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

G_BEGIN_DECLS

/* What the command line can say; zeroes stand for the defaults. */
typedef struct
{
  guint port;
  guint64 seed;
  guint customers;
  guint meetings;
  guint own_share;
  int rate_limit;
  gint64 now;
  const char *client_id;
  char **redirect_uris;
} TptSandboxOptions;

#define TPT_SANDBOX_OPTIONS_INIT \
  { .seed = 1, .customers = 25, .meetings = 400, .own_share = 80, .rate_limit = 500, \
    .client_id = "sandbox-client" }

#define TPT_TYPE_SANDBOX_SERVER (tpt_sandbox_server_get_type ())

G_DECLARE_FINAL_TYPE (TptSandboxServer, tpt_sandbox_server, TPT, SANDBOX_SERVER, GObject)

TptSandboxServer  *tpt_sandbox_server_new         (const TptSandboxOptions  *options,
                                                   GError                  **error);
const char        *tpt_sandbox_server_get_base    (TptSandboxServer         *self);
TptSandboxContext *tpt_sandbox_server_get_context (TptSandboxServer         *self);

G_END_DECLS
