/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TptShortcut:
 * @action: detailed name of the action
 * @keys: accelerators, separated by a blank
 * @group: heading in the shortcuts window, marked for translation
 * @title: what it does, marked for translation
 * @by_widget: a widget answers to the key itself; the application must not take it away from
 * popovers and entries
 *
 * An action together with its keys. Tables of them end with an entry without an action.
 */
typedef struct
{
  const char *action;
  const char *keys;
  const char *group;
  const char *title;
  gboolean by_widget;
} TptShortcut;

void       tpt_shortcuts_apply      (GtkApplication    *application,
                                     const TptShortcut *table);
GtkWidget *tpt_shortcuts_window_new (const TptShortcut *const *tables);

G_END_DECLS
