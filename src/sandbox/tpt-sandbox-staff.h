/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-world.h"

G_BEGIN_DECLS

/* Indices into the world's users. */
typedef enum
{
  TPT_SANDBOX_STAFF_OWNER,
  TPT_SANDBOX_STAFF_ADMIN,
  TPT_SANDBOX_STAFF_MEMBER,
  TPT_SANDBOX_STAFF_EAST,
  TPT_SANDBOX_STAFF_WEST,
  TPT_SANDBOX_STAFF_STRANGER,
} TptSandboxStaff;

#define TPT_SANDBOX_OWN_DOMAIN "brightwater.example"

void tpt_sandbox_staff_fill     (TptSandboxWorld *world,
                                 gint64           now);
void tpt_sandbox_catalogue_fill (TptSandboxWorld *world,
                                 gint64           now);

G_END_DECLS
