/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_SANDBOX_GIVEN_NAMES  8
#define TPT_SANDBOX_FAMILY_NAMES 8

/* A part of the world where customers live: names that belong together with a time zone. */
typedef struct
{
  const char *timezone;
  const char *phone;
  const char *given[TPT_SANDBOX_GIVEN_NAMES];
  const char *family[TPT_SANDBOX_FAMILY_NAMES];
} TptSandboxRegion;

const TptSandboxRegion *tpt_sandbox_names_region  (guint       index);
char                   *tpt_sandbox_names_company (guint       index);
char                   *tpt_sandbox_names_slug    (const char *name);
char                   *tpt_sandbox_names_email   (const char *name,
                                                   const char *domain);

G_END_DECLS
