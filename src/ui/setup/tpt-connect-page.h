/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-connection.h"

G_BEGIN_DECLS

#define TPT_TYPE_CONNECT_PAGE (tpt_connect_page_get_type ())

/**
 * TptConnectPage:
 *
 * Signing in: with the browser, or with a personal access token. What goes wrong is told
 * inline, with Retry. Signal
 * `connected`.
 */
G_DECLARE_FINAL_TYPE (TptConnectPage, tpt_connect_page, TPT, CONNECT_PAGE, AdwBin)

GtkWidget  *tpt_connect_page_new        (void);
void        tpt_connect_page_set_connection (TptConnectPage *self,
                                             TptConnection  *connection);
const char *tpt_connect_page_get_problem (TptConnectPage *self);
gboolean    tpt_connect_page_go_back    (TptConnectPage *self);

G_END_DECLS
