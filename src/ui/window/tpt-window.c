/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-window.h"

#include "tpt-entrance.h"
#include "tpt-literal.h"
#include "tpt-loading-page.h"
#include "tpt-notices.h"
#include "tpt-pages.h"
#include "tpt-preferences-toast.h"
#include "tpt-setup-page.h"
#include "tpt-sidebar.h"
#include "tpt-sync-button.h"
#include "tpt-toast.h"

#include <glib/gi18n.h>

struct _TptWindow
{
  AdwApplicationWindow parent_instance;

  TptWorkspace *workspace;
  GSettings *settings;
  gulong portfolio_handler;
  TptEntrance *entrance;

  /* Made when they are first needed */
  TptSetupPage *setup;
  TptTroublePage *trouble;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *views;
  TptLoadingPage *loading;
  AdwBin *trouble_bin;
  AdwBin *setup_bin;
  AdwLeaflet *leaflet;
  TptSidebar *sidebar;
  GtkWidget *content;
  AdwWindowTitle *title;
  GtkWidget *copy_button;
  TptSyncButton *sync_button;
  TptNotices *notices;
  TptPages *pages;
};

G_DEFINE_FINAL_TYPE (TptWindow, tpt_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  RETRY,
  SESSION_ONLY,
  START_ANEW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_title (TptWindow  *self,
           const char *title)
{
  g_autofree char *line = tpt_literal_line (title);
  g_autofree char *window_title = g_strdup_printf ("%s – %s", line, TPT_APP_NAME);

  adw_window_title_set_title (self->title, line);
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

/* Who walks through the list beside the page goes on with it; in a narrow window, where the list
 * went away, the page has the keyboard. The leaflet would hand it to the header bar. */
static void
show_content (TptWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean in_sidebar = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar));

  adw_leaflet_set_visible_child (self->leaflet, self->content);
  if (!in_sidebar)
    return;
  if (adw_leaflet_get_folded (self->leaflet))
    {
      /* A page that still loads has nothing to focus yet. */
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
      gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
    }
  else if (GTK_IS_TEXT (focus))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (focus));
  else
    gtk_widget_grab_focus (focus);
}

static void
show_page (TptWindow  *self,
           const char *title,
           gboolean    is_customer)
{
  gtk_stack_set_visible_child_name (self->views, "main");
  set_title (self, title);
  show_content (self);
  gtk_widget_set_visible (self->copy_button, is_customer);
}

static gboolean
shows_content (TptWindow *self)
{
  return g_str_equal (tpt_window_get_view (self), "main");
}

static void
retry_cb (TptWindow *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
session_only_cb (TptWindow *self)
{
  g_signal_emit (self, signals[SESSION_ONLY], 0);
}

static void
start_anew_cb (TptWindow *self)
{
  g_signal_emit (self, signals[START_ANEW], 0);
}

static void
customer_chosen_cb (TptSidebar *sidebar,
                    gint64      customer,
                    TptWindow  *self)
{
  tpt_window_show_customer (self, customer);
}

static void
setup_finished_cb (TptWindow *self)
{
  tpt_window_show_dashboard (self);
}

/* First start: only when there is really nothing yet, and only until it was put off once. */
static gboolean
wants_setup (TptWindow *self)
{
  TptConnection *connection = self->workspace->connection;

  return !g_settings_get_boolean (self->settings, "setup-skipped")
         && g_list_model_get_n_items (G_LIST_MODEL (self->workspace->portfolio)) == 0
         && connection != NULL
         && tpt_connection_get_state (connection) == TPT_CONNECTION_DISCONNECTED;
}

static void
portfolio_loaded_cb (TptPortfolio *portfolio,
                     GParamSpec   *pspec,
                     TptWindow    *self)
{
  if (tpt_portfolio_get_state (portfolio) == TPT_PORTFOLIO_LOADING)
    return;
  g_clear_signal_handler (&self->portfolio_handler, portfolio);
  if (wants_setup (self))
    tpt_window_show_setup (self);
  else
    tpt_window_show_dashboard (self);
  tpt_entrance_show (self->entrance, TRUE);
}

static gboolean
tpt_window_close_request (GtkWindow *window)
{
  tpt_entrance_keep_size (TPT_WINDOW (window)->entrance);

  return GTK_WINDOW_CLASS (tpt_window_parent_class)->close_request (window);
}

static void
tpt_window_dispose (GObject *object)
{
  TptWindow *self = TPT_WINDOW (object);

  if (self->workspace != NULL)
    g_clear_signal_handler (&self->portfolio_handler, self->workspace->portfolio);
  g_clear_pointer (&self->entrance, tpt_entrance_free);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tpt_window_parent_class)->dispose (object);
}

static void
tpt_window_class_init (TptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tpt_window_close_request;

  signals[RETRY] = g_signal_new ("retry", TPT_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[START_ANEW] = g_signal_new ("start-anew", TPT_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SESSION_ONLY] = g_signal_new ("session-only", TPT_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TPT_TYPE_LOADING_PAGE);
  g_type_ensure (TPT_TYPE_NOTICES);
  g_type_ensure (TPT_TYPE_PAGES);
  g_type_ensure (TPT_TYPE_SIDEBAR);
  g_type_ensure (TPT_TYPE_SYNC_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/touchpoint/ui/window/tpt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TptWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, views);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, loading);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, trouble_bin);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, setup_bin);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, content);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, TptWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, customer_chosen_cb);
  tpt_window_install_actions (widget_class);
}

static void
tpt_window_init (TptWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

#ifdef TPT_DEVEL
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
}

TptWindow *
tpt_window_new (GtkApplication *application,
                GSettings      *settings)
{
  TptWindow *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (TPT_TYPE_WINDOW, "application", application, NULL);
  self->settings = g_object_ref (settings);
  self->entrance = tpt_entrance_new (GTK_WINDOW (self), settings);

  return self;
}

/** tpt_window_get_workspace: (transfer none) (nullable): %NULL until the record is open */
TptWorkspace *
tpt_window_get_workspace (TptWindow *self)
{
  g_return_val_if_fail (TPT_IS_WINDOW (self), NULL);

  return self->workspace;
}

/** tpt_window_get_view: "loading", "trouble", "setup" or "main" */
const char *
tpt_window_get_view (TptWindow *self)
{
  g_return_val_if_fail (TPT_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->views);
}

/** tpt_window_set_workspace: hands in what every page works on, and shows the content; once */
void
tpt_window_set_workspace (TptWindow    *self,
                          TptWorkspace *workspace,
                          gboolean      session_only)
{
  g_return_if_fail (TPT_IS_WINDOW (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  tpt_sidebar_set_workspace (self->sidebar, workspace);
  tpt_pages_set_workspace (self->pages, workspace, self->settings);
  tpt_notices_set_workspace (self->notices, workspace);
  tpt_notices_set_session_only (self->notices, session_only);
  tpt_sync_button_set_workspace (self->sync_button, workspace);

  self->portfolio_handler = g_signal_connect (workspace->portfolio, "notify::state",
                                              G_CALLBACK (portfolio_loaded_cb), self);
  tpt_entrance_prepare (self->entrance);
  portfolio_loaded_cb (workspace->portfolio, NULL, self);
}

/**
 * tpt_window_present_soon:
 *
 * Presents the window as soon as there is something in it, and at the latest after a moment.
 */
void
tpt_window_present_soon (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (g_str_equal (tpt_window_get_view (self), "loading"))
    tpt_entrance_wait (self->entrance);
  else
    gtk_window_present (GTK_WINDOW (self));
}

/** tpt_window_show_loading: @text (nullable): what is waited for, once that takes long */
void
tpt_window_show_loading (TptWindow  *self,
                         const char *text)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  tpt_loading_page_set_text (self->loading, text);
  gtk_stack_set_visible_child_name (self->views, "loading");
}

/** tpt_window_show_trouble: see tpt_trouble_page_show () */
void
tpt_window_show_trouble (TptWindow  *self,
                         const char *icon_name,
                         const char *title,
                         const char *text,
                         TptRemedy   remedies)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (self->trouble == NULL)
    {
      self->trouble = TPT_TROUBLE_PAGE (tpt_trouble_page_new ());
      g_signal_connect_object (self->trouble, "retry", G_CALLBACK (retry_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->trouble, "start-anew", G_CALLBACK (start_anew_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->trouble, "session-only", G_CALLBACK (session_only_cb), self,
                               G_CONNECT_SWAPPED);
      adw_bin_set_child (self->trouble_bin, GTK_WIDGET (self->trouble));
    }
  tpt_trouble_page_show (self->trouble, icon_name, title, text, remedies);
  gtk_stack_set_visible_child_name (self->views, "trouble");
  tpt_entrance_show (self->entrance, FALSE);
}

/** tpt_window_show_setup: the first steps: signing in, importing customers */
void
tpt_window_show_setup (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  if (self->setup == NULL)
    {
      self->setup = TPT_SETUP_PAGE (tpt_setup_page_new (self->workspace, self->settings));
      g_signal_connect_object (self->setup, "finished", G_CALLBACK (setup_finished_cb), self,
                               G_CONNECT_SWAPPED);
      adw_bin_set_child (self->setup_bin, GTK_WIDGET (self->setup));
    }
  gtk_stack_set_visible_child_name (self->views, "setup");
}

void
tpt_window_show_dashboard (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (self->workspace == NULL)
    return;
  tpt_pages_show_dashboard (self->pages);
  tpt_sidebar_select (self->sidebar, 0);
  show_page (self, _("Dashboard"), FALSE);
}

/** tpt_window_show_inbox: who belongs to no customer */
void
tpt_window_show_inbox (TptWindow *self)
{
  GtkWidget *page;

  g_return_if_fail (TPT_IS_WINDOW (self));

  if (self->workspace == NULL || self->workspace->inbox == NULL)
    return;
  page = tpt_pages_show_inbox (self->pages);
  tpt_sidebar_select_inbox (self->sidebar);
  show_page (self, _("Match Inbox"), FALSE);
  gtk_widget_grab_focus (page);
}

/**
 * tpt_window_show_customers:
 *
 * The list at the side, which is a page of its own in a narrow window.
 */
void
tpt_window_show_customers (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (!shows_content (self))
    return;
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar));
  gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
}

void
tpt_window_show_customer (TptWindow *self,
                          gint64     customer)
{
  TptCustomerItem *item;

  g_return_if_fail (TPT_IS_WINDOW (self));

  item = self->workspace != NULL ? tpt_portfolio_find (self->workspace->portfolio, customer) : NULL;
  if (item == NULL)
    return;
  tpt_sidebar_select (self->sidebar, customer);
  tpt_pages_show_customer (self->pages, customer);
  show_page (self, tpt_customer_item_get_name (item), TRUE);
}

void
tpt_window_focus_search (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (!shows_content (self))
    return;
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar));
  tpt_sidebar_focus_search (self->sidebar);
}

/**
 * tpt_window_go_back:
 *
 * From the page to the list in a narrow window, else from a customer to the dashboard.
 */
void
tpt_window_go_back (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (!shows_content (self))
    return;
  if (!adw_leaflet_get_folded (self->leaflet))
    tpt_window_show_dashboard (self);
  else if (adw_leaflet_get_visible_child (self->leaflet) == self->content)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar));
  else
    adw_leaflet_set_visible_child (self->leaflet, self->content);
}

/** tpt_window_copy_link: makes and copies a link for the customer in view */
void
tpt_window_copy_link (TptWindow *self)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (!shows_content (self) || !tpt_pages_copy_link (self->pages))
    tpt_window_toast (self, _("Open a customer first"));
}

/** tpt_window_act_on_customer: @action: of the page of a customer, for the one in view */
void
tpt_window_act_on_customer (TptWindow  *self,
                            const char *action)
{
  g_return_if_fail (TPT_IS_WINDOW (self));

  if (!shows_content (self) || !tpt_pages_act (self->pages, action))
    tpt_window_toast (self, _("Open a customer first"));
}

/** tpt_window_toast: shows @text, which is no markup, for a moment, where it can be seen */
void
tpt_window_toast (TptWindow  *self,
                  const char *text)
{
  g_return_if_fail (TPT_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  if (!tpt_preferences_toast_above (GTK_WINDOW (self), text))
    adw_toast_overlay_add_toast (self->toasts, tpt_toast_new (text));
}
