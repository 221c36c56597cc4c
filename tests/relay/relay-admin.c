/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-admin.h"

#include <gio/gunixsocketaddress.h>

/* Before relay_start (). */
void
relay_add_admin (Relay *self)
{
  g_autofree char *token = g_build_filename (self->directory, "admin-token", NULL);
  g_autofree char *lines = g_strdup_printf ("admin_listen=unix:%s/admin.sock\n[keys]\n"
                                            "admin_token=%s\n", self->directory, token);
  g_autofree char *text = NULL;
  g_autoptr (GString) config = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (self->config, &text, NULL, NULL));
  config = g_string_new (text);
  g_assert_cmpuint (g_string_replace (config, "[keys]\n", lines, 0), ==, 1);
  g_file_set_contents (self->config, config->str, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (token, RELAY_ADMIN_TOKEN "\n", -1, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
}

/* At the operator's address, see relay_send (). */
GSocketConnection *
relay_send_admin (Relay      *self,
                  const char *method,
                  const char *path,
                  const char *fields,
                  const char *body)
{
  g_autofree char *place = g_build_filename (self->directory, "admin.sock", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (place);
  Relay elsewhere = *self;

  elsewhere.address = G_SOCKET_CONNECTABLE (address);

  return relay_send (&elsewhere, method, path, fields, body);
}

/* With whatever token stands in @fields. */
Reply *
relay_knock_admin (Relay      *self,
                   const char *method,
                   const char *path,
                   const char *fields,
                   const char *body)
{
  g_autoptr (GSocketConnection) connection = relay_send_admin (self, method, path, fields, body);
  g_autofree char *answer = relay_read_all (connection);

  return reply_parse (answer);
}

Reply *
relay_ask_admin (Relay      *self,
                 const char *method,
                 const char *path,
                 const char *body)
{
  return relay_knock_admin (self, method, path, RELAY_ADMIN_FIELD, body);
}

/* The file with the signing keys. */
void
relay_write_keys (Relay      *self,
                  const char *text)
{
  g_autofree char *path = g_build_filename (self->directory, "keys", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

/* A line of the metrics, without what stands before all of their names; -1 where there is none. */
double
relay_get_metric (Relay      *self,
                  const char *name)
{
  g_autoptr (Reply) reply = relay_ask_admin (self, "GET", "/metrics", "");
  g_autofree char *start = g_strdup_printf ("\ntouchpoint_relay_%s ", name);
  const char *line = strstr (reply->body, start);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_nonnull (strstr (reply->head, "Content-Type: text/plain; version=0.0.4"));

  return line != NULL ? g_ascii_strtod (line + strlen (start), NULL) : -1;
}
