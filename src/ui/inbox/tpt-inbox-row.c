/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-inbox-row.h"

#include "tpt-chip.h"
#include "tpt-customer-names.h"
#include "tpt-fold-box.h"
#include "tpt-format.h"
#include "tpt-literal.h"
#include "tpt-wrap.h"

#include <glib/gi18n.h>

struct _TptInboxRow
{
  GtkListBoxRow parent_instance;

  TptInboxEntry *entry;

  /* Template widgets */
  GtkLabel *name;
  TptChip *reason;
  GtkLabel *perhaps;
  GtkLabel *who;
  GtkLabel *why;
  GtkRevealer *revealer;
  GtkBox *candidates;
};

G_DEFINE_FINAL_TYPE (TptInboxRow, tpt_inbox_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
name_reason (TptMatchReason reason)
{
  switch (reason)
    {
    case TPT_MATCH_AMBIGUOUS:
      return C_("match", "Ambiguous");
    case TPT_MATCH_FREE_MAIL:
      return C_("match", "Free mail");
    case TPT_MATCH_INTERNAL:
      return C_("match", "Colleague");
    case TPT_MATCH_INVALID:
      return C_("match", "No valid address");
    case TPT_MATCH_NONE:
    case TPT_MATCH_STAKEHOLDER:
    case TPT_MATCH_DOMAIN:
    case TPT_MATCH_MANUAL:
    case TPT_MATCH_IGNORED:
    case TPT_MATCH_RULED:
    case TPT_MATCH_RULED_OUT:
    default:
      return C_("match", "Unknown domain");
    }
}

static char *
describe_meetings (TptInboxEntry *entry,
                   GTimeZone     *zone,
                   TptTime        now)
{
  TptMeeting *latest = g_ptr_array_index (entry->meetings, 0);
  g_autofree char *name = tpt_literal_part (tpt_meeting_get_title (latest));
  g_autofree char *when = tpt_format_date_time_part (latest->start, zone, now);
  g_autoptr (GHashTable) uris = g_hash_table_new (g_str_hash, g_str_equal);
  guint more;

  tpt_inbox_entry_collect_meetings (entry, uris);
  more = g_hash_table_size (uris) - 1;
  if (more == 0)
    /* Translators: name of a meeting, its date and time */
    return g_strdup_printf (_("%s, %s"), name, when);

  return g_strdup_printf (ngettext ("%s, %s, and %u more meeting", "%s, %s, and %u more meetings",
                                    more),
                          name, when, more);
}

static char *
describe_who (TptInboxEntry *entry,
              GTimeZone     *zone,
              TptTime        now)
{
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (entry);
  g_autofree char *meetings = describe_meetings (entry, zone, now);
  g_autofree char *email = tpt_literal_part (invitee->email);

  if (*email == '\0' || invitee->name == NULL || *invitee->name == '\0')
    return g_steal_pointer (&meetings);

  return g_strjoin (" · ", email, meetings, NULL);
}

static GtkWidget *
create_text (const char *text,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  tpt_wrap_label (GTK_LABEL (label));
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* The name as it was written, with what tells two guesses of one name apart. */
static char *
name_customer (TptInboxEntry           *entry,
               const TptMatchCandidate *candidate)
{
  const GPtrArray *candidates = entry->match->candidates;

  for (guint i = 0; i < candidates->len; i++)
    {
      const TptMatchCandidate *other = g_ptr_array_index (candidates, i);

      if (other->customer->id != candidate->customer->id
          && g_strcmp0 (other->customer->name, candidate->customer->name) == 0)
        return tpt_customer_names_distinguish (candidate->customer);
    }

  return g_strdup (candidate->customer->name);
}

/* The customer, or the person there who gets one more address. */
static char *
name_candidate (TptInboxEntry           *entry,
                const TptMatchCandidate *candidate)
{
  g_autofree char *name = name_customer (entry, candidate);
  g_autofree char *customer = NULL;
  g_autofree char *person = NULL;

  if (!tpt_inbox_entry_is_news_of (entry, candidate->stakeholder))
    return tpt_literal_line (name);
  customer = tpt_literal_part (name);
  person = tpt_literal_part (tpt_stakeholder_get_label (candidate->stakeholder));

  /* Translators: a person and the customer they belong to */
  return g_strdup_printf (_("%s at %s"), person, customer);
}

/* A button with the key that does the same, the customer's name and why it may be that one. */
static GtkWidget *
create_candidate (TptInboxEntry           *entry,
                  const TptMatchCandidate *candidate,
                  int                      number)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *key = g_strdup_printf ("%d", number);
  g_autofree char *name = name_candidate (entry, candidate);
  g_autofree char *part = tpt_literal_part (name);
  g_autofree char *reason = tpt_literal_line (candidate->reason);
  g_autofree char *label = g_strdup_printf (_("Link to %s"), part);
  GtkWidget *cap = gtk_label_new (key);

  gtk_widget_add_css_class (cap, "tpt-key");
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), create_text (name, "heading"));
  gtk_box_append (GTK_BOX (texts), create_text (reason, "caption"));
  gtk_box_append (GTK_BOX (box), cap);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "inbox.link");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);

  return button;
}

static void
show_candidates (TptInboxRow *self)
{
  const GPtrArray *candidates = self->entry->match->candidates;

  for (guint i = 0; i < candidates->len; i++)
    gtk_box_append (self->candidates,
                    create_candidate (self->entry, g_ptr_array_index (candidates, i),
                                      (int) i + 1));
  gtk_widget_set_visible (GTK_WIDGET (self->candidates), candidates->len > 0);
}

/* The best guess, so that a glance and one key are enough. */
static void
show_perhaps (TptInboxRow *self)
{
  const GPtrArray *candidates = self->entry->match->candidates;
  const TptMatchCandidate *best = candidates->len > 0 ? g_ptr_array_index (candidates, 0) : NULL;
  g_autofree char *name = best != NULL ? tpt_literal_part (best->customer->name) : NULL;
  g_autofree char *text = NULL;

  if (name != NULL)
    /* Translators: name of a customer, as a guess */
    text = g_strdup_printf (_("%s?"), name);
  gtk_label_set_text (self->perhaps, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->perhaps), text != NULL);
}

static void
tpt_inbox_row_dispose (GObject *object)
{
  g_clear_object (&TPT_INBOX_ROW (object)->entry);

  G_OBJECT_CLASS (tpt_inbox_row_parent_class)->dispose (object);
}

static void
tpt_inbox_row_class_init (TptInboxRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_inbox_row_dispose;

  g_type_ensure (TPT_TYPE_CHIP);
  g_type_ensure (TPT_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/inbox/tpt-inbox-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, name);
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, reason);
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, perhaps);
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, who);
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, why);
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, TptInboxRow, candidates);
}

static void
tpt_inbox_row_init (TptInboxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tpt_inbox_row_new (TptInboxEntry *entry,
                   GTimeZone     *zone,
                   TptTime        now)
{
  TptInboxRow *self = g_object_new (TPT_TYPE_INBOX_ROW, NULL);
  const char *reason = name_reason (entry->match->reason);
  g_autofree char *name = tpt_literal_line (tpt_inbox_entry_get_label (entry));
  g_autofree char *part = tpt_literal_part (tpt_inbox_entry_get_label (entry));
  g_autofree char *why = tpt_literal_line (entry->explanation);
  g_autofree char *label = NULL;

  self->entry = g_object_ref (entry);
  gtk_label_set_text (self->name, name);
  tpt_inbox_row_refresh (self, zone, now);
  gtk_label_set_text (self->why, why);
  tpt_chip_set_text (self->reason, reason);
  show_perhaps (self);
  show_candidates (self);
  label = entry->match->candidates->len > 0
            ? g_strjoin (", ", part, reason, gtk_label_get_text (self->perhaps), NULL)
            : g_strjoin (", ", part, reason, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);

  return GTK_WIDGET (self);
}

TptInboxEntry *
tpt_inbox_row_get_entry (TptInboxRow *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_ROW (self), NULL);

  return self->entry;
}

/** tpt_inbox_row_set_open: whether what can be done is shown */
void
tpt_inbox_row_set_open (TptInboxRow *self,
                        gboolean     open)
{
  g_return_if_fail (TPT_IS_INBOX_ROW (self));

  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_widget_set_visible (GTK_WIDGET (self->perhaps),
                          !open && *gtk_label_get_text (self->perhaps) != '\0');
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

/** tpt_inbox_row_refresh: tells the time of the meeting as it is told @now in @zone */
void
tpt_inbox_row_refresh (TptInboxRow *self,
                       GTimeZone   *zone,
                       TptTime      now)
{
  g_autofree char *who = NULL;

  g_return_if_fail (TPT_IS_INBOX_ROW (self));

  who = describe_who (self->entry, zone, now);
  gtk_label_set_text (self->who, who);
}
