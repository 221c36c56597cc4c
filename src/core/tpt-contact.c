/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-contact.h"

G_DEFINE_FINAL_TYPE (TptContact, tpt_contact, G_TYPE_OBJECT)

static void
tpt_contact_finalize (GObject *object)
{
  TptContact *self = TPT_CONTACT (object);

  g_free (self->uri);
  g_free (self->name);
  g_strfreev (self->emails);
  g_strfreev (self->phones);
  g_free (self->timezone);
  g_free (self->job_title);
  g_free (self->company);

  G_OBJECT_CLASS (tpt_contact_parent_class)->finalize (object);
}

static void
tpt_contact_class_init (TptContactClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_contact_finalize;
}

static void
tpt_contact_init (TptContact *self)
{
}

TptContact *
tpt_contact_new (void)
{
  return g_object_new (TPT_TYPE_CONTACT, NULL);
}
