/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void       tpt_test_screen_init   (int          *argc,
                                   char       ***argv);
GtkWidget *tpt_test_screen_show   (GtkWidget    *widget,
                                   int           width,
                                   int           height);
void       tpt_test_screen_settle (GtkWidget    *window);
void       tpt_test_screen_shoot  (GtkWidget    *window,
                                   const char   *name);
void       tpt_test_screen_close  (GtkWidget    *window);
gboolean   tpt_test_screen_shows  (GtkWidget    *widget,
                                   const char   *text);
void       tpt_test_screen_assert_plain (GtkWidget *widget,
                                         int        least);
void       tpt_test_screen_await  (GtkWidget    *widget,
                                   const char   *text,
                                   gboolean      wanted);
GtkWidget *tpt_test_screen_find_window (GType    type);
GtkWidget *tpt_test_screen_find   (GtkWidget    *widget,
                                   GType         type,
                                   guint         number);
void       tpt_test_screen_press  (GtkWidget    *widget,
                                   const char   *label);
double     tpt_test_screen_get_place (GtkWidget *widget,
                                      GtkWidget *within);
guint      tpt_test_screen_count  (GtkWidget    *widget,
                                   GType         type);

G_END_DECLS
