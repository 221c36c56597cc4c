/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TptSandboxLimits TptSandboxLimits;

/* How one bucket stands after a request was counted: what the X-RateLimit-* headers say. */
typedef struct
{
  gboolean allowed;
  guint limit;
  guint remaining;
  guint reset_seconds;
} TptSandboxLimit;

TptSandboxLimits *tpt_sandbox_limits_new       (guint             per_minute);
void              tpt_sandbox_limits_free      (TptSandboxLimits *self);
TptSandboxLimit   tpt_sandbox_limits_request   (TptSandboxLimits *self,
                                                const char       *user,
                                                gint64            now);
gboolean          tpt_sandbox_limits_token     (TptSandboxLimits *self,
                                                const char       *user,
                                                gint64            now);
TptSandboxLimit   tpt_sandbox_limits_booking   (TptSandboxLimits *self,
                                                const char       *user,
                                                gint64            now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxLimits, tpt_sandbox_limits_free)

G_END_DECLS
