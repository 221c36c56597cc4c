/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-health-page.h"

#include "tpt-history-group.h"
#include "tpt-missed-group.h"
#include "tpt-set-aside-group.h"

struct _TptHealthPage
{
  AdwPreferencesPage parent_instance;

  /* Template widgets */
  TptHistoryGroup *history;
  TptSetAsideGroup *set_aside;
  TptMissedGroup *missed;
};

G_DEFINE_FINAL_TYPE (TptHealthPage, tpt_health_page, ADW_TYPE_PREFERENCES_PAGE)

static void
tpt_health_page_class_init (TptHealthPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TPT_TYPE_HISTORY_GROUP);
  g_type_ensure (TPT_TYPE_SET_ASIDE_GROUP);
  g_type_ensure (TPT_TYPE_MISSED_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-health-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptHealthPage, history);
  gtk_widget_class_bind_template_child (widget_class, TptHealthPage, set_aside);
  gtk_widget_class_bind_template_child (widget_class, TptHealthPage, missed);
}

static void
tpt_health_page_init (TptHealthPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_health_page_set_workspace (TptHealthPage *self,
                               TptWorkspace  *workspace)
{
  tpt_history_group_set_workspace (self->history, workspace);
  tpt_set_aside_group_set_workspace (self->set_aside, workspace);
  tpt_missed_group_set_workspace (self->missed, workspace);
}
