/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where to listen: a Unix socket's path, or an IP address with its port. */
typedef struct
{
  char         *path;
  GInetAddress *inet;
  guint16       port;
} TptRelayAddress;

TptRelayAddress *tpt_relay_address_parse    (const char       *text,
                                             gboolean          allow_any,
                                             GError          **error);
void             tpt_relay_address_free     (TptRelayAddress  *self);
char            *tpt_relay_address_describe (TptRelayAddress  *self,
                                             GSocket          *socket);
GSocket         *tpt_relay_address_listen   (TptRelayAddress  *self,
                                             char            **bound,
                                             GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayAddress, tpt_relay_address_free)

G_END_DECLS
