/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-world.h"

G_BEGIN_DECLS

/* How a customer behaves; decides the spread of its meetings. */
typedef enum
{
  TPT_SANDBOX_TEMPER_HEALTHY,
  TPT_SANDBOX_TEMPER_FLAKY,
  TPT_SANDBOX_TEMPER_QUIET,
  TPT_SANDBOX_TEMPER_NEW,
} TptSandboxTemper;

void  tpt_sandbox_customers_fill (TptSandboxWorld *world,
                                  guint            n_customers);
char *tpt_sandbox_customers_csv  (TptSandboxWorld *world);
void  tpt_sandbox_history_fill   (TptSandboxWorld *world,
                                  guint            n_meetings,
                                  guint            own_share,
                                  gint64           now);

G_END_DECLS
