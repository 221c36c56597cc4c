/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-inbox-dialog.h"

#include "tpt-choice.h"
#include "tpt-customer-check.h"
#include "tpt-customer-picker.h"
#include "tpt-customer-suggestion.h"
#include "tpt-domain.h"
#include "tpt-field.h"
#include "tpt-literal.h"
#include "tpt-text.h"

#include <glib/gi18n.h>

/* A dialog while it is open. What it has no use for is NULL. */
typedef struct
{
  TptWorkspace *workspace;
  TptInboxEntry *entry;
  GtkDropDown *customers;
  GtkDropDown *people;     /* nobody, then the stakeholders of @listed */
  TptCustomer *listed;     /* the chosen one, as it was when its stakeholders were listed */
  GtkEditable *name;
  GtkLabel *problem;       /* with @name */
  AdwMessageDialog *dialog; /* that asks for @name */
  GtkCheckButton *whole_domain;
  char *domain;            /* that everybody can be chosen at, or NULL */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->workspace);
  g_object_unref (question->entry);
  g_clear_object (&question->listed);
  g_free (question->domain);
  g_free (question);
}

/* A domain of a company, as far as can be told from the address. */
static char *
find_domain (TptInboxEntry *entry)
{
  g_autofree char *domain = tpt_inbox_entry_dup_domain (entry);
  const char *registrable = domain != NULL ? tpt_domain_get_registrable (domain) : NULL;

  if (registrable == NULL || entry->match->reason == TPT_MATCH_FREE_MAIL)
    return NULL;

  return g_strdup (registrable);
}

static Question *
question_new (TptWorkspace  *workspace,
              TptInboxEntry *entry)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_object_ref (workspace);
  question->entry = g_object_ref (entry);
  question->domain = find_domain (entry);

  return question;
}

static AdwMessageDialog *
create_dialog (GtkWidget     *parent,
               TptInboxEntry *entry,
               const char    *heading)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (entry);
  g_autofree char *body = tpt_literal_line (invitee->email);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));

  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (dialog, "cancel");

  return dialog;
}

static void
customer_chosen_cb (GtkDropDown      *customers,
                    GParamSpec       *pspec,
                    AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "link",
                                           gtk_drop_down_get_selected_item (customers) != NULL);
}

/* All customers by name, the likeliest chosen. */
static GtkWidget *
create_customers (Question         *question,
                  AdwMessageDialog *dialog)
{
  GtkWidget *customers = tpt_customer_picker_new (question->workspace->portfolio, 0);
  const GPtrArray *candidates = question->entry->match->candidates;

  g_signal_connect (customers, "notify::selected-item", G_CALLBACK (customer_chosen_cb), dialog);
  if (candidates->len > 0)
    {
      const TptMatchCandidate *best = g_ptr_array_index (candidates, 0);

      tpt_customer_picker_select (GTK_DROP_DOWN (customers), best->customer->id);
    }
  customer_chosen_cb (GTK_DROP_DOWN (customers), NULL, dialog);
  question->customers = GTK_DROP_DOWN (customers);

  return customers;
}

/* This address alone, or everybody at the domain: a group of two, where there are two. */
static void
append_scope (Question  *question,
              GtkWidget *box)
{
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (question->entry);
  g_autofree char *address = tpt_literal_line (invitee->email);
  g_autofree char *only = g_strdup_printf (_("Only %s"), address);
  g_autofree char *all = NULL;
  GtkWidget *one;

  if (question->domain == NULL)
    return;
  all = g_strdup_printf (_("Everybody at %s"), question->domain);
  one = tpt_choice_new (only);
  question->whole_domain = GTK_CHECK_BUTTON (tpt_choice_new (all));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (one), question->whole_domain);
  gtk_check_button_set_active (question->whole_domain, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->whole_domain));
  gtk_box_append (GTK_BOX (box), one);
}

static gboolean
is_whole_domain (Question *question)
{
  return question->whole_domain != NULL && gtk_check_button_get_active (question->whole_domain);
}

static void
open_dialog (AdwMessageDialog *dialog,
             Question         *question,
             GtkWidget        *extra,
             GCallback         answered)
{
  adw_message_dialog_set_extra_child (dialog, extra);
  g_signal_connect_data (dialog, "response", answered, question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
describe_person (TptStakeholder *person)
{
  g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (person));
  g_autofree char *email = tpt_literal_part (tpt_stakeholder_get_email (person));

  if (person->name == NULL || *person->name == '\0' || *email == '\0')
    return g_steal_pointer (&name);

  return g_strjoin (" · ", name, email, NULL);
}

/* The one whom a candidate is about, else nobody: only a person can say that two addresses are the
 * same person's. */
static gboolean
is_likely (Question       *question,
           TptStakeholder *person)
{
  const GPtrArray *candidates = question->entry->match->candidates;

  for (guint i = 0; i < candidates->len; i++)
    {
      const TptMatchCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->stakeholder != NULL && candidate->stakeholder->id == person->id)
        return TRUE;
    }

  return FALSE;
}

static void
fill_people (GtkDropDown *customers,
             GParamSpec  *pspec,
             Question    *question)
{
  TptCustomerItem *item = gtk_drop_down_get_selected_item (customers);
  TptCustomer *customer = item != NULL ? tpt_customer_item_get_customer (item) : NULL;
  const GPtrArray *people = customer != NULL ? customer->stakeholders : NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  g_set_object (&question->listed, customer);
  gtk_string_list_append (names, _("Nobody in particular"));
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      gtk_string_list_take (names, describe_person (g_ptr_array_index (people, i)));
      if (chosen == 0 && is_likely (question, g_ptr_array_index (people, i)))
        chosen = i + 1;
    }
  gtk_drop_down_set_model (question->people, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (question->people, chosen);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (question->people)),
                          people != NULL && people->len > 0);
}

/* Who it was, if it was somebody who is known already: the address becomes one of theirs. */
static GtkWidget *
create_people (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("Another address of a _stakeholder"));
  GtkWidget *people = gtk_drop_down_new (NULL, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), people);
  gtk_widget_add_css_class (label, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (people), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Another address of a stakeholder"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), people);
  question->people = GTK_DROP_DOWN (people);

  return box;
}

/* Who stands in the list is who is meant, whoever came to the customer or left it since. */
static TptMatchAct *
make_link (Question          *question,
           const char *const *uris)
{
  guint chosen = gtk_drop_down_get_selected (question->people);
  TptCustomer *customer = question->listed;
  TptStakeholder *person;

  if (chosen == 0 || chosen > customer->stakeholders->len)
    return tpt_match_act_new_assign (uris, customer->id);
  person = g_ptr_array_index (customer->stakeholders, chosen - 1);

  return tpt_match_act_new_identify (uris, customer->id, person->id);
}

static void
customer_answered_cb (AdwMessageDialog *dialog,
                      const char       *response,
                      gpointer          user_data)
{
  Question *question = user_data;
  TptCustomerItem *item = gtk_drop_down_get_selected_item (question->customers);
  g_auto (GStrv) uris = tpt_inbox_entry_list_uris (question->entry);
  g_autofree char *name = NULL;
  g_autofree char *done = NULL;

  if (!g_str_equal (response, "link") || item == NULL)
    return;
  name = tpt_literal_part (tpt_customer_item_get_name (item));
  done = g_strdup_printf (_("Linked to %s"), name);
  tpt_inbox_model_act (question->workspace->inbox,
                       make_link (question, (const char *const *) uris), done);
}

/** tpt_inbox_dialog_ask_customer: to whom else these bookings belong */
void
tpt_inbox_dialog_ask_customer (GtkWidget     *parent,
                               TptWorkspace  *workspace,
                               TptInboxEntry *entry)
{
  AdwMessageDialog *dialog = create_dialog (parent, entry, _("Link to a Customer"));
  Question *question = question_new (workspace, entry);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_message_dialog_add_response (dialog, "link", _("_Link"));
  adw_message_dialog_set_response_appearance (dialog, "link", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "link");
  gtk_box_append (GTK_BOX (box), create_customers (question, dialog));
  gtk_box_append (GTK_BOX (box), create_people (question));
  g_signal_connect (question->customers, "notify::selected-item", G_CALLBACK (fill_people),
                    question);
  fill_people (question->customers, NULL, question);
  open_dialog (dialog, question, box, G_CALLBACK (customer_answered_cb));
}

static void
name_answered_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  gpointer          user_data)
{
  Question *question = user_data;
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (question->entry);
  g_auto (GStrv) uris = tpt_inbox_entry_list_uris (question->entry);
  g_autoptr (TptCustomer) draft = tpt_customer_new ();
  TptStakeholder *person;
  g_autofree char *name = NULL;
  g_autofree char *done = NULL;

  if (!g_str_equal (response, "create"))
    return;
  draft->name = g_strdup (gtk_editable_get_text (question->name));
  if (is_whole_domain (question))
    {
      g_strfreev (draft->domains);
      draft->domains = g_strsplit (question->domain, ";", 1);
    }
  if (question->entry->match->reason != TPT_MATCH_INVALID)
    {
      person = tpt_stakeholder_new ();
      person->name = g_strdup (invitee->name);
      tpt_stakeholder_add_email (person, question->entry->key);
      person->phone = g_strdup (invitee->phone);
      person->timezone = g_strdup (invitee->timezone);
      g_ptr_array_add (draft->stakeholders, person);
    }
  name = tpt_literal_part (draft->name);
  done = g_strdup_printf (_("%s is a customer now"), name);
  tpt_inbox_model_act (question->workspace->inbox,
                       tpt_match_act_new_create (draft, (const char *const *) uris), done);
}

/* What is wrong is told as long as there is something to mend, and of nothing nothing is said. */
static void
name_changed_cb (GtkEditable *name,
                 Question    *question)
{
  g_autoptr (TptCustomer) wanted = tpt_customer_new ();
  g_autofree char *problem = NULL;

  wanted->name = tpt_text_line (gtk_editable_get_text (name));
  problem = tpt_customer_check_name (question->workspace->portfolio, wanted);
  adw_message_dialog_set_response_enabled (question->dialog, "create", problem == NULL);
  tpt_field_tell (question->problem, *wanted->name != '\0' ? problem : NULL);
}

static GtkWidget *
create_name (Question *question)
{
  GtkWidget *name = gtk_entry_new ();
  g_autofree char *guess =
    question->domain != NULL ? tpt_customer_suggestion_make_name (question->domain) : NULL;

  question->name = GTK_EDITABLE (name);
  gtk_entry_set_activates_default (GTK_ENTRY (name), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _("Name of the customer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the customer"), -1);
  gtk_editable_set_text (GTK_EDITABLE (name), guess != NULL ? guess : "");

  return name;
}

static GtkWidget *
create_problem (void)
{
  GtkWidget *problem =
    g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                  "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  gtk_widget_add_css_class (problem, "error");

  return problem;
}

/** tpt_inbox_dialog_ask_name: what a new customer is called, and who belongs to it */
void
tpt_inbox_dialog_ask_name (GtkWidget     *parent,
                           TptWorkspace  *workspace,
                           TptInboxEntry *entry)
{
  AdwMessageDialog *dialog = create_dialog (parent, entry, _("New Customer"));
  Question *question = question_new (workspace, entry);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *name = create_name (question);
  GtkWidget *problem = create_problem ();

  adw_message_dialog_add_response (dialog, "create", _("C_reate"));
  adw_message_dialog_set_response_appearance (dialog, "create", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "create");
  question->dialog = dialog;
  question->problem = GTK_LABEL (problem);
  g_signal_connect (name, "changed", G_CALLBACK (name_changed_cb), question);
  name_changed_cb (question->name, question);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), problem);
  append_scope (question, box);
  open_dialog (dialog, question, box, G_CALLBACK (name_answered_cb));
}

static void
rule_answered_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  gpointer          user_data)
{
  Question *question = user_data;
  TptCustomerItem *item = gtk_drop_down_get_selected_item (question->customers);
  const char *pattern = is_whole_domain (question) ? question->domain : question->entry->key;
  gboolean ignore = g_str_equal (response, "ignore");
  g_autofree char *shown = tpt_literal_part (pattern);
  g_autofree char *name = NULL;
  g_autofree char *done = NULL;

  if (!ignore && (!g_str_equal (response, "link") || item == NULL))
    return;
  if (!ignore)
    name = tpt_literal_part (tpt_customer_item_get_name (item));
  done = ignore ? g_strdup_printf (_("%s is always set aside"), shown)
                : g_strdup_printf (_("%s always belongs to %s"), shown, name);
  tpt_inbox_model_act (question->workspace->inbox,
                       tpt_match_act_new_rule (pattern,
                                               ignore ? 0 : tpt_customer_item_get_id (item)),
                       done);
}

/** tpt_inbox_dialog_ask_rule: whose an address or a domain is, once for all */
void
tpt_inbox_dialog_ask_rule (GtkWidget     *parent,
                           TptWorkspace  *workspace,
                           TptInboxEntry *entry)
{
  AdwMessageDialog *dialog = create_dialog (parent, entry, _("Make a Rule"));
  Question *question = question_new (workspace, entry);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_message_dialog_add_response (dialog, "ignore", _("Always _Ignore"));
  adw_message_dialog_add_response (dialog, "link", _("Always _Link"));
  adw_message_dialog_set_response_appearance (dialog, "link", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "link");
  append_scope (question, box);
  gtk_box_append (GTK_BOX (box), create_customers (question, dialog));
  open_dialog (dialog, question, box, G_CALLBACK (rule_answered_cb));
}
