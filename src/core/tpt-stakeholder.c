/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-stakeholder.h"

G_DEFINE_FINAL_TYPE (TptStakeholder, tpt_stakeholder, G_TYPE_OBJECT)

static void
tpt_stakeholder_finalize (GObject *object)
{
  TptStakeholder *self = TPT_STAKEHOLDER (object);

  g_free (self->name);
  g_free (self->email);
  g_free (self->role);
  g_free (self->phone);
  g_free (self->timezone);

  G_OBJECT_CLASS (tpt_stakeholder_parent_class)->finalize (object);
}

static void
tpt_stakeholder_class_init (TptStakeholderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_stakeholder_finalize;
}

static void
tpt_stakeholder_init (TptStakeholder *self)
{
}

TptStakeholder *
tpt_stakeholder_new (void)
{
  return g_object_new (TPT_TYPE_STAKEHOLDER, NULL);
}

/** tpt_stakeholder_get_label: the name, else the e-mail address; never %NULL */
const char *
tpt_stakeholder_get_label (TptStakeholder *self)
{
  g_return_val_if_fail (TPT_IS_STAKEHOLDER (self), "");

  if (self->name != NULL && *self->name != '\0')
    return self->name;

  return self->email != NULL ? self->email : "";
}
