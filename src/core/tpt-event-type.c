/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-type.h"

const char *const tpt_event_type_categories[] = {
  "qbr", "check-in", "demo", "onboarding", "other", NULL,
};

G_DEFINE_FINAL_TYPE (TptEventType, tpt_event_type, G_TYPE_OBJECT)

static void
tpt_event_type_finalize (GObject *object)
{
  TptEventType *self = TPT_EVENT_TYPE (object);

  g_free (self->uri);
  g_free (self->name);
  g_free (self->slug);
  g_free (self->scheduling_url);
  g_free (self->description);
  g_free (self->kind);
  g_free (self->pooling_type);
  g_free (self->type);
  g_free (self->category);
  g_free (self->own_category);
  g_free (self->color);
  g_free (self->profile_owner);
  g_free (self->location_kind);

  G_OBJECT_CLASS (tpt_event_type_parent_class)->finalize (object);
}

static void
tpt_event_type_class_init (TptEventTypeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_event_type_finalize;
}

static void
tpt_event_type_init (TptEventType *self)
{
}

TptEventType *
tpt_event_type_new (void)
{
  return g_object_new (TPT_TYPE_EVENT_TYPE, NULL);
}

/** tpt_event_type_get_category: (transfer none) (nullable): what it is for */
const char *
tpt_event_type_get_category (TptEventType *self)
{
  g_return_val_if_fail (TPT_IS_EVENT_TYPE (self), NULL);

  return self->own_category != NULL ? self->own_category : self->category;
}

/**
 * tpt_event_type_is_schedulable:
 *
 * whether a link for it can be made: switched on, not deleted, a standard type
 */
gboolean
tpt_event_type_is_schedulable (TptEventType *self)
{
  g_return_val_if_fail (TPT_IS_EVENT_TYPE (self), FALSE);

  return self->active && !self->deleted && g_strcmp0 (self->type, "AdhocEventType") != 0;
}

/** tpt_event_type_is_hidden: whether a list leaves it out at first: nobody can or should find it */
gboolean
tpt_event_type_is_hidden (TptEventType *self)
{
  g_return_val_if_fail (TPT_IS_EVENT_TYPE (self), FALSE);

  return self->secret || !tpt_event_type_is_schedulable (self);
}
