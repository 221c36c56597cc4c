/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  TPT_CARD_LOADING,
  TPT_CARD_EMPTY,
  TPT_CARD_ERROR,
  TPT_CARD_CONTENT,
} TptCardState;

#define TPT_TYPE_DASHBOARD_CARD (tpt_dashboard_card_get_type ())

/**
 * TptDashboardCard:
 *
 * The frame of a card: heading, a note beside it, and one of four states: loading, empty with
 * its reason, error with its
 * reason and Retry, content. Properties `title`, `content`. Signals `retry`; `more`: the user
 * wants to see the rest.
 */
G_DECLARE_FINAL_TYPE (TptDashboardCard, tpt_dashboard_card, TPT, DASHBOARD_CARD, AdwBin)

GtkWidget    *tpt_dashboard_card_new         (const char       *title,
                                              GtkWidget        *content);
TptCardState  tpt_dashboard_card_get_state   (TptDashboardCard *self);
void          tpt_dashboard_card_set_title   (TptDashboardCard *self,
                                              const char       *title);
void          tpt_dashboard_card_set_note    (TptDashboardCard *self,
                                              const char       *note);
void          tpt_dashboard_card_set_more    (TptDashboardCard *self,
                                              const char       *label);
void          tpt_dashboard_card_show_loading (TptDashboardCard *self);
void          tpt_dashboard_card_show_empty  (TptDashboardCard *self,
                                              const char       *icon_name,
                                              const char       *reason,
                                              const char       *action_label,
                                              const char       *action_name);
void          tpt_dashboard_card_show_error  (TptDashboardCard *self,
                                              const char       *reason);
void          tpt_dashboard_card_show_content (TptDashboardCard *self);

G_END_DECLS
