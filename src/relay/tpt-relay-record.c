/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-record.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

void
tpt_relay_device_record_free (TptRelayDeviceRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->user);
  g_free (self->organization);
  g_free (self->role);
  g_free (self);
}

void
tpt_relay_channel_record_free (TptRelayChannelRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->user);
  g_free (self->key);
  g_free (self);
}

void
tpt_relay_event_record_free (TptRelayEventRecord *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->people, g_bytes_unref);
  g_clear_pointer (&self->box, g_bytes_unref);
  g_free (self);
}

void
tpt_relay_flow_record_free (TptRelayFlowRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self);
}

/* Frees what is in it, but for the marks from which the next look goes on. */
void
tpt_relay_changes_clear (TptRelayChanges *self)
{
  g_clear_pointer (&self->news, g_array_unref);
  g_clear_pointer (&self->acked, g_array_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_pointer (&self->code_key, g_bytes_unref);
}

void
tpt_relay_audit_record_free (TptRelayAuditRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->what);
  g_free (self->detail);
  g_free (self);
}

/**
 * tpt_relay_audit_record_sum:
 * @hash: (out) (array fixed-size=32):
 *
 * What @self's hash must be: SHA-256 over lines that an auditor can write by hand: the previous
 * hash in lower-case hex, id, at, what, count and detail, with a line feed between them.
 */
void
tpt_relay_audit_record_sum (const TptRelayAuditRecord *self,
                            guint8                    *hash)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < TPT_RELAY_HASH_SIZE; i++)
    g_string_append_printf (text, "%02x", self->previous[i]);
  g_string_append_printf (text,
                          "\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%" G_GINT64_FORMAT
                          "\n%s", self->id, self->at, self->what, self->count,
                          self->detail != NULL ? self->detail : "");
  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, text->str, text->len, hash) < 0)
    g_error ("SHA-256 is not available");
}
