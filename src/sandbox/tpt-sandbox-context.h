/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-access.h"
#include "tpt-sandbox-clock.h"
#include "tpt-sandbox-faults.h"
#include "tpt-sandbox-limits.h"
#include "tpt-sandbox-world.h"

G_BEGIN_DECLS

typedef struct _TptSandboxSender TptSandboxSender;

/* What a running stand-in consists of; the server owns every part and hands this to the routes.
 * While @quiet, no webhook is sent. */
typedef struct
{
  char *base;
  TptSandboxClock *clock;
  TptSandboxWorld *world;
  TptSandboxAccess *access;
  TptSandboxFaults *faults;
  TptSandboxLimits *limits;
  TptSandboxSender *sender;
  JsonArray *requests;
  gboolean quiet;
} TptSandboxContext;

#define TPT_SANDBOX_NOW(context) (tpt_sandbox_clock_now ((context)->clock))

G_END_DECLS
