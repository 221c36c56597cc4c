/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-protocol-error.h"

G_BEGIN_DECLS

/* Sizes of X25519 keys and of XSalsa20-Poly1305's nonce, in bytes. */
#define TPT_RELAY_KEY_SIZE   32
#define TPT_RELAY_NONCE_SIZE 24

void      tpt_relay_box_make_keys      (guint8         public_key[TPT_RELAY_KEY_SIZE],
                                        guint8         secret_key[TPT_RELAY_KEY_SIZE]);
gboolean  tpt_relay_box_begin          (const guint8   device_key[TPT_RELAY_KEY_SIZE],
                                        guint8         relay_key[TPT_RELAY_KEY_SIZE],
                                        guint8         shared[TPT_RELAY_KEY_SIZE],
                                        GError       **error);
GBytes   *tpt_relay_box_seal           (const guint8   shared[TPT_RELAY_KEY_SIZE],
                                        const void    *body,
                                        gsize          length,
                                        guint8         nonce[TPT_RELAY_NONCE_SIZE]);
GBytes   *tpt_relay_box_open           (const guint8   relay_key[TPT_RELAY_KEY_SIZE],
                                        const guint8   secret_key[TPT_RELAY_KEY_SIZE],
                                        const guint8   nonce[TPT_RELAY_NONCE_SIZE],
                                        GBytes        *box,
                                        GError       **error);
char     *tpt_relay_box_encode         (const void    *bytes,
                                        gsize          length);
gboolean  tpt_relay_box_decode_fixed   (const char    *base64,
                                        guint8        *bytes,
                                        gsize          length);
GBytes   *tpt_relay_box_decode         (const char    *base64);

G_END_DECLS
