/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-shortcuts.h"
#include "tpt-trouble-page.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_WINDOW (tpt_window_get_type ())

/**
 * TptWindow:
 *
 * The window: the customers at the side, a page beside them. It stands before there is anything
 * to show; the content
 * comes with tpt_window_set_workspace (), or tpt_window_show_trouble () says why it does not.
 * Signals `retry` and
 * `session-only` and `start-anew` are the answers to that.
 */
G_DECLARE_FINAL_TYPE (TptWindow, tpt_window, TPT, WINDOW, AdwApplicationWindow)

TptWindow    *tpt_window_new              (GtkApplication *application,
                                           GSettings      *settings);
TptWorkspace *tpt_window_get_workspace    (TptWindow      *self);
void          tpt_window_set_workspace    (TptWindow      *self,
                                           TptWorkspace   *workspace,
                                           gboolean        session_only);
const char   *tpt_window_get_view         (TptWindow      *self);
void          tpt_window_present_soon     (TptWindow      *self);
void          tpt_window_show_loading     (TptWindow      *self,
                                           const char     *text);
void          tpt_window_show_trouble     (TptWindow      *self,
                                           const char     *icon_name,
                                           const char     *title,
                                           const char     *text,
                                           TptRemedy       remedies);
void          tpt_window_show_setup       (TptWindow      *self);
void          tpt_window_show_dashboard   (TptWindow      *self);
void          tpt_window_show_inbox       (TptWindow      *self);
void          tpt_window_show_customers   (TptWindow      *self);
void          tpt_window_show_customer    (TptWindow      *self,
                                           gint64          customer);
void          tpt_window_focus_search     (TptWindow      *self);
void          tpt_window_go_back          (TptWindow      *self);
void          tpt_window_copy_link        (TptWindow      *self);
void          tpt_window_act_on_customer  (TptWindow      *self,
                                           const char     *action);
void          tpt_window_toast            (TptWindow      *self,
                                           const char     *text);

/* tpt-window-actions.c */
extern const TptShortcut tpt_window_shortcuts[];

void          tpt_window_install_actions  (GtkWidgetClass *widget_class);

G_END_DECLS
