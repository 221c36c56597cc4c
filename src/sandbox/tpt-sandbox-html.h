/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-request.h"

G_BEGIN_DECLS

GString *tpt_sandbox_html_open   (const char        *title);
void     tpt_sandbox_html_add    (GString           *page,
                                  const char        *format,
                                  ...) G_GNUC_PRINTF (2, 3);
void     tpt_sandbox_html_hidden (GString           *page,
                                  const char        *name,
                                  const char        *value);
void     tpt_sandbox_html_field  (GString           *page,
                                  const char        *label,
                                  const char        *name,
                                  const char        *type,
                                  const char        *value,
                                  gboolean           required);
void     tpt_sandbox_html_reply  (TptSandboxRequest *request,
                                  guint              status,
                                  GString           *page);
void     tpt_sandbox_html_notice (TptSandboxRequest *request,
                                  guint              status,
                                  const char        *title,
                                  const char        *text);
char    *tpt_sandbox_html_time   (gint64             time,
                                  const char        *zone_name);

G_END_DECLS
