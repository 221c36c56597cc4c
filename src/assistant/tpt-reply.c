/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-reply.h"

G_DEFINE_FINAL_TYPE (TptReply, tpt_reply, G_TYPE_OBJECT)

static void
tpt_reply_finalize (GObject *object)
{
  TptReply *self = TPT_REPLY (object);

  g_free (self->name);
  g_free (self->text);
  g_clear_object (&self->customer);
  g_clear_object (&self->stakeholder);
  g_free (self->email);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_object (&self->link);
  g_clear_pointer (&self->meetings, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_reply_parent_class)->finalize (object);
}

static void
tpt_reply_class_init (TptReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_reply_finalize;
}

static void
tpt_reply_init (TptReply *self)
{
}

/** tpt_reply_new: @intent is a literal */
TptReply *
tpt_reply_new (const char *intent)
{
  TptReply *self = g_object_new (TPT_TYPE_REPLY, NULL);

  self->intent = intent;

  return self;
}
