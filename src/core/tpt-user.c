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
  g_free (self->organization_name);

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

/**
 * tpt_user_make_zone:
 * @self: (nullable): the connected account
 *
 * Returns: (transfer full): the zone in which times are told: the account's; UTC where the account
 *   has one that is not known here, see tpt_user_get_unknown_zone(); without either, this machine's
 */
GTimeZone *
tpt_user_make_zone (TptUser *self)
{
  GTimeZone *zone;

  g_return_val_if_fail (self == NULL || TPT_IS_USER (self), NULL);

  if (self == NULL || self->timezone == NULL || *self->timezone == '\0')
    return g_time_zone_new_local ();
  zone = tpt_time_zone_new (self->timezone);

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/**
 * tpt_user_get_unknown_zone:
 * @self: (nullable): the connected account
 *
 * Returns: (nullable): the name of the account's zone where nobody here knows what it is, so that
 *   times are in UTC, which has to be said
 */
const char *
tpt_user_get_unknown_zone (TptUser *self)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (self == NULL || TPT_IS_USER (self), NULL);

  if (self == NULL || self->timezone == NULL || *self->timezone == '\0')
    return NULL;
  zone = tpt_time_zone_new (self->timezone);

  return zone == NULL ? self->timezone : NULL;
}
