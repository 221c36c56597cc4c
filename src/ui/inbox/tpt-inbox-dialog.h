/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-inbox-entry.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

/* Questions that the inbox asks before it acts; the act is the model's matter once answered. */

void tpt_inbox_dialog_ask_customer (GtkWidget     *parent,
                                    TptWorkspace  *workspace,
                                    TptInboxEntry *entry);
void tpt_inbox_dialog_ask_name     (GtkWidget     *parent,
                                    TptWorkspace  *workspace,
                                    TptInboxEntry *entry);
void tpt_inbox_dialog_ask_rule     (GtkWidget     *parent,
                                    TptWorkspace  *workspace,
                                    TptInboxEntry *entry);

G_END_DECLS
