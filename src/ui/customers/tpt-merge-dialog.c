/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-merge-dialog.h"

#include "tpt-choice.h"
#include "tpt-customer-picker.h"
#include "tpt-forecast-view.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

/* A dialog while it is open. */
typedef struct
{
  TptWorkspace *workspace;
  TptCustomerItem *item;
  GtkDropDown *others;
  GtkWidget *names;        /* which of the two stays */
  GtkCheckButton *own_name;
  GtkCheckButton *other_name;
  TptForecastView *forecast;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->workspace);
  g_object_unref (question->item);
  g_free (question);
}

static TptCustomerItem *
get_other (Question *question)
{
  return gtk_drop_down_get_selected_item (question->others);
}

static TptCustomerItem *
get_staying (Question *question)
{
  return gtk_check_button_get_active (question->other_name) ? get_other (question)
                                                            : question->item;
}

static TptCustomerItem *
get_going (Question *question)
{
  return gtk_check_button_get_active (question->other_name) ? question->item
                                                            : get_other (question);
}

static TptMatchAct *
make_act (gpointer user_data)
{
  Question *question = user_data;

  if (get_other (question) == NULL)
    return NULL;

  return tpt_match_act_new_merge (tpt_customer_item_get_id (get_staying (question)),
                                  tpt_customer_item_get_id (get_going (question)));
}

static void
name_choice (GtkCheckButton  *choice,
             TptCustomerItem *item)
{
  g_autofree char *name = tpt_literal_part (tpt_customer_item_get_name (item));
  g_autofree char *text = g_strdup_printf (_("Keep the name “%s”"), name);

  tpt_choice_set_text (choice, text);
}

/* Two customers of one name are what a merge is for most often. */
static gboolean
are_names_different (TptCustomerItem *one,
                     TptCustomerItem *other)
{
  return g_strcmp0 (tpt_customer_item_get_name (one), tpt_customer_item_get_name (other)) != 0;
}

static void
changed_cb (Question *question)
{
  TptCustomerItem *other = get_other (question);
  gboolean is_asked = other != NULL && are_names_different (question->item, other);
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  gtk_widget_set_visible (question->names, is_asked);
  if (!is_asked)
    gtk_check_button_set_active (question->own_name, TRUE);
  if (other == NULL)
    {
      tpt_forecast_view_update (question->forecast,
                                _("Choose the customer who becomes one with this one."), "");
      return;
    }
  name_choice (question->own_name, question->item);
  name_choice (question->other_name, other);
  name = tpt_literal_part (tpt_customer_item_get_name (get_staying (question)));
  heading = g_strdup_printf (_("Goes to %s"), name);
  tpt_forecast_view_update (question->forecast, NULL, heading);
}

static void
ready_cb (TptForecastView  *forecast,
          GParamSpec       *pspec,
          AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "merge", tpt_forecast_view_is_ready (forecast));
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  TptMatchAct *act = g_str_equal (response, "merge") ? make_act (question) : NULL;
  g_autofree char *going = NULL;
  g_autofree char *staying = NULL;
  g_autofree char *done = NULL;

  if (act == NULL)
    return;
  going = tpt_literal_part (tpt_customer_item_get_name (get_going (question)));
  staying = tpt_literal_part (tpt_customer_item_get_name (get_staying (question)));
  done = g_strdup_printf (_("%s is part of %s now"), going, staying);
  tpt_inbox_model_act (question->workspace->inbox, act, done);
  if (window != NULL && get_going (question) == question->item)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-customer", "x",
                                tpt_customer_item_get_id (get_staying (question)));
}

static GtkWidget *
create_content (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *others = tpt_customer_picker_new (question->workspace->portfolio,
                                               tpt_customer_item_get_id (question->item));
  GtkWidget *forecast = tpt_forecast_view_new (
    tpt_inbox_model_get_inbox (question->workspace->inbox), make_act, question);

  question->others = GTK_DROP_DOWN (others);
  question->forecast = TPT_FORECAST_VIEW (forecast);
  question->names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  question->own_name = GTK_CHECK_BUTTON (tpt_choice_new (NULL));
  question->other_name = GTK_CHECK_BUTTON (tpt_choice_new (NULL));
  gtk_check_button_set_group (question->other_name, question->own_name);
  gtk_check_button_set_active (question->own_name, TRUE);
  gtk_box_append (GTK_BOX (question->names), GTK_WIDGET (question->own_name));
  gtk_box_append (GTK_BOX (question->names), GTK_WIDGET (question->other_name));
  gtk_box_append (GTK_BOX (box), others);
  gtk_box_append (GTK_BOX (box), question->names);
  gtk_box_append (GTK_BOX (box), forecast);

  return box;
}

/* One who is alone has nobody to become one with. */
static gboolean
is_alone (TptWorkspace *workspace)
{
  return g_list_model_get_n_items (G_LIST_MODEL (workspace->portfolio)) < 2;
}

/** tpt_merge_dialog_ask: with whom a customer becomes one; the workspace has an inbox */
void
tpt_merge_dialog_ask (GtkWidget       *parent,
                      TptWorkspace    *workspace,
                      TptCustomerItem *item)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  g_autofree char *name = tpt_literal_part (tpt_customer_item_get_name (item));
  g_autofree char *body =
    is_alone (workspace) ? g_strdup_printf (_("%s is the only customer."), name)
                         : g_strdup_printf (_("%s and another customer become one."), name);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (window, _("Merge Customers"), body));
  Question *question = NULL;

  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (dialog, "cancel");
  if (!is_alone (workspace))
    {
      question = g_new0 (Question, 1);
      question->workspace = g_object_ref (workspace);
      question->item = g_object_ref (item);
      adw_message_dialog_add_response (dialog, "merge", _("_Merge"));
      adw_message_dialog_set_response_appearance (dialog, "merge", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_response_enabled (dialog, "merge", FALSE);
      adw_message_dialog_set_extra_child (dialog, create_content (question));
      g_signal_connect (question->forecast, "notify::ready", G_CALLBACK (ready_cb), dialog);
      g_signal_connect_swapped (question->others, "notify::selected-item", G_CALLBACK (changed_cb),
                                question);
      g_signal_connect_swapped (question->other_name, "toggled", G_CALLBACK (changed_cb),
                                question);
      g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question,
                             question_free, 0);
      changed_cb (question);
    }
  gtk_window_present (GTK_WINDOW (dialog));
}
