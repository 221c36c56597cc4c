/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-recap.h"

G_DEFINE_FINAL_TYPE (TptRecap, tpt_recap, G_TYPE_OBJECT)

static void
tpt_recap_finalize (GObject *object)
{
  TptRecap *self = TPT_RECAP (object);

  g_free (self->uri);
  g_free (self->event);
  g_free (self->status);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->action_items);
  g_free (self->discussion);
  g_free (self->share_link);

  G_OBJECT_CLASS (tpt_recap_parent_class)->finalize (object);
}

static void
tpt_recap_class_init (TptRecapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_recap_finalize;
}

static void
tpt_recap_init (TptRecap *self)
{
}

TptRecap *
tpt_recap_new (void)
{
  return g_object_new (TPT_TYPE_RECAP, NULL);
}
