/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-split-dialog.h"

#include "tpt-choice.h"
#include "tpt-forecast-view.h"
#include "tpt-literal.h"
#include "tpt-text.h"

#include <glib/gi18n.h>

/* More than that are scrolled, in that height. A list that scrolls asks for the height of its lines
 * where none is wrapped, and so would cut a few long ones. */
#define FEW 6
#define HEIGHT 220

/* A dialog while it is open. */
typedef struct
{
  TptWorkspace *workspace;
  TptCustomer *customer;   /* as it was when the dialog was opened */
  GtkEditable *name;
  GPtrArray *domains;      /* (element-type GtkCheckButton) borrowed; what each stands for is its */
  GPtrArray *people;       /* widget name, and so the e-mail address of a stakeholder */
  TptForecastView *forecast;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->workspace);
  g_object_unref (question->customer);
  g_ptr_array_unref (question->domains);
  g_ptr_array_unref (question->people);
  g_free (question);
}

static GStrv
list_chosen (GPtrArray *choices)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();

  for (guint i = 0; i < choices->len; i++)
    {
      GtkWidget *choice = g_ptr_array_index (choices, i);

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)))
        g_strv_builder_add (chosen, gtk_widget_get_name (choice));
    }

  return g_strv_builder_end (chosen);
}

/* Returns: (transfer full) */
static char *
get_name (Question *question)
{
  return tpt_text_line (gtk_editable_get_text (question->name));
}

static TptMatchAct *
make_act (gpointer user_data)
{
  Question *question = user_data;
  g_auto (GStrv) domains = list_chosen (question->domains);
  g_auto (GStrv) people = list_chosen (question->people);
  g_autoptr (TptCustomer) draft = tpt_customer_new ();

  draft->name = get_name (question);
  if (*draft->name == '\0' || (*domains == NULL && *people == NULL))
    return NULL;

  return tpt_match_act_new_split (question->customer->id, draft,
                                  (const char *const *) domains, (const char *const *) people);
}

static void
changed_cb (Question *question)
{
  g_auto (GStrv) domains = list_chosen (question->domains);
  g_auto (GStrv) people = list_chosen (question->people);
  g_autofree char *name = get_name (question);
  g_autofree char *shown = tpt_literal_part (name);
  g_autofree char *heading = g_strdup_printf (_("Goes to %s"), shown);
  const char *hint = NULL;

  if (*domains == NULL && *people == NULL)
    hint = _("Choose who goes to the new customer.");
  else if (*name == '\0')
    hint = _("Give the new customer a name.");
  tpt_forecast_view_update (question->forecast, hint, heading);
}

static void
ready_cb (TptForecastView  *forecast,
          GParamSpec       *pspec,
          AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "split", tpt_forecast_view_is_ready (forecast));
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;
  TptMatchAct *act = g_str_equal (response, "split") ? make_act (question) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *done = NULL;

  if (act == NULL)
    return;
  name = get_name (question);
  shown = tpt_literal_part (name);
  done = g_strdup_printf (_("%s is a customer now"), shown);
  tpt_inbox_model_act (question->workspace->inbox, act, done);
}

static void
append_choice (GtkBox     *box,
               GPtrArray  *choices,
               const char *text,
               const char *value)
{
  GtkWidget *choice = tpt_choice_new (text);

  gtk_widget_set_name (choice, value);
  gtk_box_append (box, choice);
  g_ptr_array_add (choices, choice);
}

static void
append_heading (GtkBox     *box,
                const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  if (gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL)
    gtk_widget_set_margin_top (label, 6);
  gtk_box_append (box, label);
}

static void
append_domains (Question *question,
                GtkBox   *box)
{
  if (*question->customer->domains != NULL)
    append_heading (box, _("Domains"));
  for (char **next = question->customer->domains; *next != NULL; next++)
    {
      g_autofree char *text = tpt_literal_line (*next);

      append_choice (box, question->domains, text, *next);
    }
}

/* Who has no address cannot be told from others, and stays. */
static void
append_people (Question *question,
               GtkBox   *box)
{
  for (guint i = 0; i < question->customer->stakeholders->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (question->customer->stakeholders, i);
      g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (person));
      g_autofree char *email = tpt_literal_part (tpt_stakeholder_get_email (person));
      g_autofree char *text = person->name != NULL && *person->name != '\0'
                                ? g_strdup_printf ("%s (%s)", name, email)
                                : g_strdup (email);

      if (*person->emails == NULL)
        continue;
      if (question->people->len == 0)
        append_heading (box, _("Stakeholders"));
      append_choice (box, question->people, text, *person->emails);
    }
}

static GtkWidget *
create_choices (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller;

  append_domains (question, GTK_BOX (box));
  append_people (question, GTK_BOX (box));
  if (question->domains->len + question->people->len <= FEW)
    return box;
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);

  return scroller;
}

static GtkWidget *
create_content (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *forecast = tpt_forecast_view_new (
    tpt_inbox_model_get_inbox (question->workspace->inbox), make_act, question);

  gtk_entry_set_activates_default (GTK_ENTRY (name), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _("Name of the new customer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the new customer"), -1);
  question->name = GTK_EDITABLE (name);
  question->forecast = TPT_FORECAST_VIEW (forecast);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), create_choices (question));
  gtk_box_append (GTK_BOX (box), forecast);

  return box;
}

static void
connect (Question         *question,
         AdwMessageDialog *dialog)
{
  GPtrArray *const choices[] = { question->domains, question->people };

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      for (guint j = 0; j < choices[i]->len; j++)
        g_signal_connect_swapped (g_ptr_array_index (choices[i], j), "toggled",
                                  G_CALLBACK (changed_cb), question);
    }
  g_signal_connect_swapped (question->name, "changed", G_CALLBACK (changed_cb), question);
  g_signal_connect (question->forecast, "notify::ready", G_CALLBACK (ready_cb), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question, question_free, 0);
}

/** tpt_split_dialog_ask: who leaves a customer for a new one; the workspace has an inbox */
void
tpt_split_dialog_ask (GtkWidget       *parent,
                      TptWorkspace    *workspace,
                      TptCustomerItem *item)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  g_autofree char *name = tpt_literal_part (tpt_customer_item_get_name (item));
  g_autofree char *body = g_strdup_printf (_("A part of %s becomes a customer of its own."), name);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (window, _("Split Customer"), body));
  Question *question = g_new0 (Question, 1);
  GtkWidget *content;

  question->workspace = g_object_ref (workspace);
  question->customer = g_object_ref (tpt_customer_item_get_customer (item));
  question->domains = g_ptr_array_new ();
  question->people = g_ptr_array_new ();
  content = g_object_ref_sink (create_content (question));
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (dialog, "cancel");
  connect (question, dialog);
  if (question->domains->len + question->people->len > 0)
    {
      adw_message_dialog_add_response (dialog, "split", _("_Split"));
      adw_message_dialog_set_response_appearance (dialog, "split", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, "split");
      adw_message_dialog_set_response_enabled (dialog, "split", FALSE);
      adw_message_dialog_set_extra_child (dialog, content);
      changed_cb (question);
    }
  else
    adw_message_dialog_set_body (
      dialog, _("This customer has neither a domain nor a stakeholder with an e-mail address."));
  g_object_unref (content);
  gtk_window_present (GTK_WINDOW (dialog));
}
