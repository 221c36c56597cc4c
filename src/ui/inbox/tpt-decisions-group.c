/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-decisions-group.h"

#include <glib/gi18n.h>

#include "tpt-literal.h"
#include "tpt-match-rule.h"
#include "tpt-wrap.h"

/* Nobody reads more, and a page that takes seconds to open helps nobody. */
#define MOST_ROWS 50

struct _TptDecisionsGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  GPtrArray *rule_rows;    /* (element-type GtkWidget): borrowed, of @rules */
  GPtrArray *people_rows;  /* the same, of @people */

  /* Template widgets */
  GtkWidget *none;
  AdwExpanderRow *rules;
  AdwExpanderRow *people;
};

/* What a button takes back. */
typedef struct
{
  TptInboxModel *model;
  TptMatchAct *act;        /* NULL once it was done */
  char *done;
} Retraction;

G_DEFINE_FINAL_TYPE (TptDecisionsGroup, tpt_decisions_group, ADW_TYPE_PREFERENCES_GROUP)

static void
retraction_free (gpointer  data,
                 GClosure *closure)
{
  Retraction *retraction = data;

  g_object_unref (retraction->model);
  g_clear_pointer (&retraction->act, tpt_match_act_free);
  g_free (retraction->done);
  g_free (retraction);
}

static void
clicked_cb (GtkWidget  *button,
            Retraction *retraction)
{
  gtk_widget_set_sensitive (button, FALSE);
  if (retraction->act != NULL)
    tpt_inbox_model_act (retraction->model, g_steal_pointer (&retraction->act), retraction->done);
}

/* Takes @act. */
static GtkWidget *
create_button (TptDecisionsGroup *self,
               const char        *label,
               const char        *what,
               TptMatchAct       *act)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  Retraction *retraction = g_new0 (Retraction, 1);
  /* Translators: what a button says, and for whom, such as "Forget, example.com" */
  g_autofree char *name = g_strdup_printf (C_("button", "%s, %s"), label, what);

  retraction->model = g_object_ref (self->workspace->inbox);
  retraction->act = act;
  /* Translators: %s is an address, a domain or a person */
  retraction->done = g_strdup_printf (_("%s is looked at anew"), what);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), retraction, retraction_free,
                         0);

  return button;
}

/* Takes @button. */
static void
add_row (AdwExpanderRow *expander,
         GPtrArray      *rows,
         const char     *title,
         const char     *subtitle,
         GtkWidget      *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  tpt_wrap_row (row);
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (rows, row);
}

static void
add_rule (TptDecisionsGroup *self,
          TptMatchRule      *rule)
{
  TptCustomerItem *item = rule->customer != 0
                            ? tpt_portfolio_find (self->workspace->portfolio, rule->customer)
                            : NULL;
  g_autofree char *pattern = tpt_literal_line (rule->pattern);
  g_autofree char *name = item != NULL ? tpt_literal_part (tpt_customer_item_get_name (item))
                                       : NULL;
  /* Translators: %s is a customer */
  g_autofree char *whose = name != NULL ? g_strdup_printf (_("Always belongs to %s"), name)
                                        : g_strdup (_("Always set aside"));

  add_row (self->rules, self->rule_rows, pattern, whose,
           create_button (self, _("Forget"), pattern,
                          tpt_match_act_new_forget_rule (rule->pattern)));
}

static void
add_person (TptDecisionsGroup *self,
            TptInboxEntry     *entry)
{
  g_auto (GStrv) uris = tpt_inbox_entry_list_uris (entry);
  g_autofree char *name = tpt_literal_line (tpt_inbox_entry_get_label (entry));
  g_autofree char *address = tpt_literal_line (tpt_inbox_entry_get_invitee (entry)->email);

  add_row (self->people, self->people_rows, name, address != NULL ? address : "",
           create_button (self, _("Put Back"), name,
                          tpt_match_act_new_reset ((const char *const *) uris)));
}

static void
clear_rows (AdwExpanderRow *expander,
            GPtrArray      *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (expander, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* @title: (transfer full) */
static void
show_count (TptDecisionsGroup *self,
            AdwExpanderRow    *expander,
            guint              count,
            char              *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  adw_expander_row_set_subtitle (expander, count > MOST_ROWS ? _("The newest are shown") : "");
  gtk_widget_set_visible (GTK_WIDGET (expander), count > 0);
  gtk_widget_set_visible (self->none, !gtk_widget_get_visible (GTK_WIDGET (self->rules))
                                        && !gtk_widget_get_visible (GTK_WIDGET (self->people)));
  g_free (title);
}

static void
rules_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptDecisionsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules =
    tpt_match_inbox_list_rules_finish (TPT_MATCH_INBOX (source), result, &error);

  if (rules == NULL)
    {
      g_info ("Reading the rules: %s", error->message);
      return;
    }
  clear_rows (self->rules, self->rule_rows);
  for (guint i = 0; i < MIN (rules->len, MOST_ROWS); i++)
    add_rule (self, g_ptr_array_index (rules, rules->len - 1 - i));
  show_count (self, self->rules, rules->len,
              g_strdup_printf (ngettext ("%u rule", "%u rules", rules->len), rules->len));
}

static void
people_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptDecisionsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people =
    tpt_match_inbox_list_finish (TPT_MATCH_INBOX (source), result, &error);

  if (people == NULL)
    {
      g_info ("Reading who was set aside: %s", error->message);
      return;
    }
  clear_rows (self->people, self->people_rows);
  for (guint i = 0; i < MIN (people->len, MOST_ROWS); i++)
    add_person (self, g_ptr_array_index (people, i));
  show_count (self, self->people, people->len,
              g_strdup_printf (ngettext ("%u person is set aside", "%u people are set aside",
                                         people->len), people->len));
}

static void
load (TptDecisionsGroup *self)
{
  TptMatchInbox *inbox = tpt_inbox_model_get_inbox (self->workspace->inbox);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tpt_match_inbox_list_rules_async (inbox, self->cancellable, rules_cb, g_object_ref (self));
  tpt_match_inbox_list_async (inbox, TRUE, self->cancellable, people_cb, g_object_ref (self));
}

static void
tpt_decisions_group_dispose (GObject *object)
{
  TptDecisionsGroup *self = TPT_DECISIONS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_decisions_group_parent_class)->dispose (object);
}

static void
tpt_decisions_group_finalize (GObject *object)
{
  TptDecisionsGroup *self = TPT_DECISIONS_GROUP (object);

  g_ptr_array_unref (self->rule_rows);
  g_ptr_array_unref (self->people_rows);

  G_OBJECT_CLASS (tpt_decisions_group_parent_class)->finalize (object);
}

static void
tpt_decisions_group_class_init (TptDecisionsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_decisions_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_decisions_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/inbox/tpt-decisions-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDecisionsGroup, none);
  gtk_widget_class_bind_template_child (widget_class, TptDecisionsGroup, rules);
  gtk_widget_class_bind_template_child (widget_class, TptDecisionsGroup, people);
}

static void
tpt_decisions_group_init (TptDecisionsGroup *self)
{
  self->rule_rows = g_ptr_array_new ();
  self->people_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_decisions_group_set_workspace (TptDecisionsGroup *self,
                                   TptWorkspace      *workspace)
{
  g_return_if_fail (TPT_IS_DECISIONS_GROUP (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  gtk_widget_set_visible (GTK_WIDGET (self), workspace->inbox != NULL);
  if (workspace->inbox == NULL)
    return;
  /* Where the act failed, the rows are made anew, too, and can be pressed again. */
  g_signal_connect_object (workspace->inbox, "acted", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->inbox, "failed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
}
