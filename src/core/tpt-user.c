/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-user.h"

G_DEFINE_FINAL_TYPE (TptUser, tpt_user, G_TYPE_OBJECT)

static void
tpt_user_finalize (GObject *object)
{
  TptUser *self = TPT_USER (object);

  g_free (self->uri);
  g_free (self->name);
  g_free (self->email);
  g_free (self->organization);
  g_free (self->timezone);
  g_free (self->scheduling_url);
  g_free (self->role);
  g_free (self->plan);

  G_OBJECT_CLASS (tpt_user_parent_class)->finalize (object);
}

static void
tpt_user_class_init (TptUserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_user_finalize;
}

static void
tpt_user_init (TptUser *self)
{
}

TptUser *
tpt_user_new (void)
{
  return g_object_new (TPT_TYPE_USER, NULL);
}

/** tpt_user_is_admin: whether the role lets the user see the meetings of the whole organisation */
gboolean
tpt_user_is_admin (TptUser *self)
{
  g_return_val_if_fail (TPT_IS_USER (self), FALSE);

  return g_strcmp0 (self->role, "owner") == 0 || g_strcmp0 (self->role, "admin") == 0;
}
