/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-link-panel.h"

#include <glib/gi18n.h>

#include "tpt-busy-button.h"
#include "tpt-drop-down.h"
#include "tpt-fold-box.h"
#include "tpt-hint-box.h"
#include "tpt-link-advice.h"
#include "tpt-link-result.h"
#include "tpt-link-words.h"
#include "tpt-literal.h"

#define ORIGIN "customer-page"

/* More event types than this are searched sooner than read. */
#define MANY 10

struct _TptLinkPanel
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptCustomer *customer;
  GCancellable *cancellable;
  TptEventType *recommended;
  char *reason;
  char *origin;            /* of what is being made, for Retry */
  TptLinkFetch fetch;      /* what the advice under way, or else the next one, does */
  char *unfetched;         /* why the event types did not come the last time, or NULL */
  gboolean is_unreached;   /* the failure in view: the service was not there */

  /* Template widgets */
  GtkStack *stack;
  GtkDropDown *event_type;
  GtkDropDown *stakeholder;
  GtkDropDown *email;
  GListStore *event_types;
  GListStore *stakeholders;
  GtkStringList *emails;
  TptHintBox *failed;
  GtkLabel *hint;
  TptBusyButton *generate;
  GtkRevealer *failure_revealer;
  GtkLabel *failure;
  TptLinkResult *result;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load_anew (TptLinkPanel *self);

G_DEFINE_FINAL_TYPE (TptLinkPanel, tpt_link_panel, ADW_TYPE_BIN)

static void
show_failure (TptLinkPanel *self,
              const char   *reason)
{
  g_autofree char *text = tpt_literal_line (reason);

  gtk_label_set_text (self->failure, text);
  gtk_revealer_set_reveal_child (self->failure_revealer, TRUE);
  g_signal_emit (self, signals[TOAST], 0, text);
}

static void
hide_failure (TptLinkPanel *self)
{
  self->is_unreached = FALSE;
  gtk_revealer_set_reveal_child (self->failure_revealer, FALSE);
}

/* The service is there again, and what was said of it may not be true any more. */
static void
synced_cb (TptLinkPanel *self)
{
  if (self->is_unreached)
    hide_failure (self);
  if (self->unfetched != NULL)
    load_anew (self);
}

/* The reason belongs to the recommended kind only; any other was the user's own choice. */
static void
update_hint (TptLinkPanel *self)
{
  gpointer selected = gtk_drop_down_get_selected_item (self->event_type);
  gboolean recommended = selected != NULL && selected == (gpointer) self->recommended;

  gtk_label_set_text (self->hint, recommended && self->reason != NULL ? self->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), recommended && self->reason != NULL);
}

/* Which of their addresses, where there is a choice; the primary one unless somebody chooses. */
static void
fill_emails (TptLinkPanel *self)
{
  TptStakeholder *person = gtk_drop_down_get_selected_item (self->stakeholder);
  static const char *const none[] = { NULL };
  const char *const *emails = person != NULL ? (const char *const *) person->emails : none;

  gtk_string_list_splice (self->emails, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->emails)), emails);
  gtk_drop_down_set_selected (self->email, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->email), emails[0] != NULL && emails[1] != NULL);
}

static void
fill_stakeholders (TptLinkPanel   *self,
                   TptStakeholder *right_one)
{
  GPtrArray *people = self->customer->stakeholders;
  guint position = 0;

  g_list_store_splice (self->stakeholders, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->stakeholders)),
                       people->pdata, people->len);
  if (right_one == NULL || !g_list_store_find (self->stakeholders, right_one, &position))
    position = 0;
  gtk_drop_down_set_selected (self->stakeholder, position);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stakeholder), people->len > 0);
}

static const char *
choose_page (TptLinkPanel        *self,
             const TptLinkAdvice *advice)
{
  if (!tpt_workspace_is_connected (self->workspace))
    return "disconnected";
  if (advice->event_types->len > 0)
    return "content";

  return self->unfetched != NULL ? "failed" : "empty";
}

/* Who asked for the newest list is told as well. */
static void
note_fetched (TptLinkPanel *self,
              const GError *failure)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->unfetched, g_free);
  if (failure == NULL)
    return;
  self->unfetched = tpt_literal_line (failure->message);
  /* Translators: a sentence that says why */
  text = g_strdup_printf (_("The event types could not be fetched: %s"), self->unfetched);
  g_object_set (self->failed, "text", text, NULL);
  if (self->fetch == TPT_LINK_FETCH_ALWAYS)
    g_signal_emit (self, signals[TOAST], 0, text);
}

static void
advice_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptLinkPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptLinkAdvice) advice = NULL;

  advice = tpt_link_advice_load_finish (TPT_WORKSPACE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (advice == NULL)
    {
      g_info ("Reading event types: %s", error->message);
      self->fetch = TPT_LINK_FETCH_NEVER;
      g_object_set (self->failed, "text", _("The event types could not be read."), NULL);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  if (advice->is_fetched || advice->event_types->len > 0)
    note_fetched (self, advice->failure);
  self->fetch = TPT_LINK_FETCH_NEVER;
  g_set_object (&self->recommended, advice->recommended);
  g_clear_pointer (&self->reason, g_free);
  /* Translators: %s is a sentence that says why */
  if (advice->reason != NULL)
    self->reason = g_strdup_printf (_("Recommended: %s"), advice->reason);
  g_list_store_splice (self->event_types, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->event_types)),
                       advice->event_types->pdata, advice->event_types->len);
  gtk_drop_down_set_selected (self->event_type, 0);
  gtk_drop_down_set_enable_search (self->event_type, advice->event_types->len > MANY);
  fill_stakeholders (self, advice->stakeholder);
  update_hint (self);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self, advice));
}

static void
load (TptLinkPanel *self)
{
  if (self->customer == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tpt_link_advice_load_async (self->workspace, self->customer, self->fetch, self->cancellable,
                              advice_cb, g_object_ref (self));
}

/* What there is may be told of now, and why it is not. */
static void
load_anew (TptLinkPanel *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "disconnected") == 0)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  self->fetch = MAX (self->fetch, TPT_LINK_FETCH_WHERE_NONE);
  load (self);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptLinkPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autofree char *text = NULL;

  link = tpt_link_maker_make_finish (TPT_LINK_MAKER (source), result, &error);
  tpt_busy_button_set_busy (self->generate, FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (link == NULL)
    {
      self->is_unreached =
        g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
      show_failure (self, error->message);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link->url);
  text = tpt_link_words_copied (link);
  g_signal_emit (self, signals[TOAST], 0, text);
  /* Who looks at somebody else by now is told what was made, and not shown it on a wrong page. */
  if (self->customer != NULL && link->customer == self->customer->id)
    tpt_link_result_set_link (self->result, link);
}

static void
store_changed_cb (TptLinkPanel *self,
                  guint         flags,
                  GArray       *customers)
{
  /* What is being fetched is read when it has come. */
  if ((flags & TPT_CHANGE_EVENT_TYPES) != 0 && self->fetch == TPT_LINK_FETCH_NEVER)
    load (self);
  if ((flags & TPT_CHANGE_LINKS) != 0 && self->customer != NULL
      && tpt_workspace_change_names (customers, self->customer->id))
    tpt_link_result_check (self->result, self->workspace->store);
}

static void
generate_cb (TptLinkPanel *self)
{
  tpt_link_panel_generate (self, ORIGIN);
}

static void
try_again_cb (TptLinkPanel *self)
{
  g_autofree char *origin = g_strdup (self->origin);

  tpt_link_panel_generate (self, origin);
}

static void
refresh_cb (TptLinkPanel *self)
{
  self->fetch = TPT_LINK_FETCH_ALWAYS;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
result_copied_cb (TptLinkPanel *self,
                  const char   *text)
{
  g_signal_emit (self, signals[TOAST], 0, text);
}

static char *
name_event_type (TptEventType *event_type)
{
  return event_type != NULL ? tpt_link_words_event_type (event_type) : NULL;
}

/* What a search in the list of event types looks at. */
static char *
get_search_text (TptEventType *event_type,
                 gpointer      user_data)
{
  return name_event_type (event_type);
}

static char *
name_stakeholder (TptStakeholder *stakeholder)
{
  return stakeholder != NULL ? tpt_link_words_stakeholder (stakeholder) : NULL;
}

/* What a list shows may be as long as somebody liked it: the end gives way, and the whole is in
 * the tooltip. */
static void
setup_item_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               TptLinkPanel             *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_item_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              TptLinkPanel             *self)
{
  gpointer item = gtk_list_item_get_item (list_item);
  g_autofree char *text = TPT_IS_EVENT_TYPE (item) ? name_event_type (item)
                          : GTK_IS_STRING_OBJECT (item)
                            ? tpt_literal_line (gtk_string_object_get_string (item))
                            : name_stakeholder (item);
  GtkWidget *label = gtk_list_item_get_child (list_item);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static void
tpt_link_panel_dispose (GObject *object)
{
  TptLinkPanel *self = TPT_LINK_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->customer);
  g_clear_object (&self->recommended);

  G_OBJECT_CLASS (tpt_link_panel_parent_class)->dispose (object);
}

static void
tpt_link_panel_finalize (GObject *object)
{
  TptLinkPanel *self = TPT_LINK_PANEL (object);

  g_free (self->reason);
  g_free (self->origin);
  g_free (self->unfetched);

  G_OBJECT_CLASS (tpt_link_panel_parent_class)->finalize (object);
}

static void
tpt_link_panel_class_init (TptLinkPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tpt_link_panel_dispose;
  object_class->finalize = tpt_link_panel_finalize;

  signals[TOAST] =
    g_signal_new ("toast", TPT_TYPE_LINK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TPT_TYPE_BUSY_BUTTON);
  g_type_ensure (TPT_TYPE_FOLD_BOX);
  g_type_ensure (TPT_TYPE_HINT_BOX);
  g_type_ensure (TPT_TYPE_LINK_RESULT);
  g_type_ensure (TPT_TYPE_EVENT_TYPE);
  g_type_ensure (TPT_TYPE_STAKEHOLDER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/links/tpt-link-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, event_type);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, stakeholder);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, email);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, event_types);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, stakeholders);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, emails);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, failed);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, hint);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, generate);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, failure_revealer);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, failure);
  gtk_widget_class_bind_template_child (widget_class, TptLinkPanel, result);
  gtk_widget_class_bind_template_callback (widget_class, update_hint);
  gtk_widget_class_bind_template_callback (widget_class, fill_emails);
  gtk_widget_class_bind_template_callback (widget_class, generate_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, refresh_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_copied_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_item_cb);
}

static void
tpt_link_panel_init (TptLinkPanel *self)
{
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
    G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_search_text), NULL, NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_expression (self->event_type, name);
  tpt_drop_down_set_placeholder (self->stakeholder, _("No stakeholder yet"));
  tpt_drop_down_set_label (self->event_type, _("Meeting"));
  tpt_drop_down_set_label (self->stakeholder, _("With"));
  tpt_drop_down_set_label (self->email, _("E-mail address"));
}

/** tpt_link_panel_set_customer: for whom links are made */
void
tpt_link_panel_set_customer (TptLinkPanel *self,
                             TptWorkspace *workspace,
                             TptCustomer  *customer)
{
  g_return_if_fail (TPT_IS_LINK_PANEL (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (TPT_IS_CUSTOMER (customer));

  if (self->workspace == NULL)
    {
      self->workspace = g_object_ref (workspace);
      g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self,
                               G_CONNECT_SWAPPED);
      if (workspace->connection != NULL)
        g_signal_connect_object (workspace->connection, "notify::state", G_CALLBACK (load_anew),
                                 self, G_CONNECT_SWAPPED);
      if (workspace->engine != NULL)
        g_signal_connect_object (workspace->engine, "notify::last-sync-at",
                                 G_CALLBACK (synced_cb), self, G_CONNECT_SWAPPED);
    }
  if (self->customer == NULL || self->customer->id != customer->id)
    {
      tpt_link_result_set_link (self->result, NULL);
      hide_failure (self);
      self->fetch = MAX (self->fetch, TPT_LINK_FETCH_WHERE_NONE);
      gtk_stack_set_visible_child_name (self->stack, "loading");
    }
  g_set_object (&self->customer, customer);
  load (self);
}

/**
 * tpt_link_panel_generate:
 * @origin: the place that it was asked from, for the ledger
 *
 * Makes the link that the panel shows: at first the recommended kind for the right person. Copies
 * it and says so; a failure is said as well and stays in view with its reason.
 */
void
tpt_link_panel_generate (TptLinkPanel *self,
                         const char   *origin)
{
  TptLinkRequest request = { .kind = TPT_LINK_SINGLE_USE, .origin = origin };
  GtkStringObject *email;

  g_return_if_fail (TPT_IS_LINK_PANEL (self));
  g_return_if_fail (self->customer != NULL);

  if (tpt_busy_button_get_busy (self->generate))
    return;
  if (!tpt_workspace_is_connected (self->workspace) || self->workspace->link_maker == NULL)
    {
      g_signal_emit (self, signals[TOAST], 0, _("Connect your Calendly account first"));
      return;
    }
  hide_failure (self);
  g_free (self->origin);
  self->origin = g_strdup (origin);
  request.customer = self->customer;
  request.event_type = gtk_drop_down_get_selected_item (self->event_type);
  request.stakeholder = gtk_drop_down_get_selected_item (self->stakeholder);
  email = gtk_drop_down_get_selected_item (self->email);
  if (email != NULL)
    request.email = gtk_string_object_get_string (email);
  tpt_busy_button_set_busy (self->generate, TRUE);
  tpt_link_maker_make_async (self->workspace->link_maker, &request, NULL, made_cb,
                             g_object_ref (self));
}
