/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_USER (tpt_user_get_type ())

G_DECLARE_FINAL_TYPE (TptUser, tpt_user, TPT, USER, GObject)

/* A member of the organisation; the connected account is one. Filled by who makes it, read-only
 * from then on. */
struct _TptUser
{
  GObject parent_instance;

  char *uri;
  char *name;
  char *email;
  char *organization;      /* URI */
  char *timezone;          /* IANA name, or NULL */
  char *scheduling_url;
  char *role;              /* "owner", "admin", "user", or NULL where not asked */
  char *plan;              /* plan of the organisation, or NULL */
  char *organization_name; /* NULL where it has none, or was not asked */
};

TptUser    *tpt_user_new              (void);
gboolean    tpt_user_is_admin         (TptUser *self);
GTimeZone  *tpt_user_make_zone        (TptUser *self);
const char *tpt_user_get_unknown_zone (TptUser *self);

G_END_DECLS
