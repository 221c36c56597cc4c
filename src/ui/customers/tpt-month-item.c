/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-month-item.h"

#include "tpt-format.h"

struct _TptMonthItem
{
  GObject parent_instance;

  TptMonth month;
};

enum
{
  PROP_LABEL = 1,
  PROP_HELD,
  PROP_UPCOMING,
  PROP_CANCELED,
  PROP_NO_SHOW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TptMonthItem, tpt_month_item, G_TYPE_OBJECT)

static void
tpt_month_item_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TptMonthItem *self = TPT_MONTH_ITEM (object);

  switch (property_id)
    {
    case PROP_LABEL:
      g_value_take_string (value, tpt_format_month (self->month.first_day));
      break;
    case PROP_HELD:
      g_value_set_uint (value, self->month.held);
      break;
    case PROP_UPCOMING:
      g_value_set_uint (value, self->month.upcoming);
      break;
    case PROP_CANCELED:
      g_value_set_uint (value, self->month.canceled);
      break;
    case PROP_NO_SHOW:
      g_value_set_uint (value, self->month.no_show);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_month_item_class_init (TptMonthItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tpt_month_item_get_property;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HELD] = g_param_spec_uint ("held", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_UPCOMING] = g_param_spec_uint ("upcoming", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CANCELED] = g_param_spec_uint ("canceled", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NO_SHOW] = g_param_spec_uint ("no-show", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tpt_month_item_init (TptMonthItem *self)
{
}

TptMonthItem *
tpt_month_item_new (const TptMonth *month)
{
  TptMonthItem *self = g_object_new (TPT_TYPE_MONTH_ITEM, NULL);

  self->month = *month;

  return self;
}

const TptMonth *
tpt_month_item_get_month (TptMonthItem *self)
{
  g_return_val_if_fail (TPT_IS_MONTH_ITEM (self), NULL);

  return &self->month;
}
