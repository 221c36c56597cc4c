/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-config.h"

#include <string.h>

#include "tpt-relay-box.h"
#include "tpt-relay-error.h"
#include "tpt-relay-journal.h"
#include "tpt-relay-secret.h"

#define GROUP_RELAY "relay"
#define GROUP_KEYS  "keys"
#define KEY_SHORTEST 8
#define KEY_LONGEST 512
#define ADMIN_TOKEN_SHORTEST 32
#define LIMIT_MAX 1000000
#define MEBIBYTE (G_GINT64_CONSTANT (1) << 20)
#define EXBIBYTE (G_GINT64_CONSTANT (1) << 60)

static const char *const relay_keys[] = {
  "listen", "public_url", "journal", "organizations", "calendly_api_url", "tolerance_seconds",
  "retention_days", "admin_listen", "limit_per_device", "limit_per_address",
  "channel_limit_bytes", "disk_reserve_bytes", NULL,
};
static const char *const keys_keys[] = {
  "webhook_signing_keys", "admin_token", "operator_public_key", NULL,
};

void
tpt_relay_config_free (TptRelayConfig *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->listen, tpt_relay_address_free);
  g_clear_pointer (&self->admin_listen, tpt_relay_address_free);
  g_free (self->public_url);
  g_free (self->journal);
  g_strfreev (self->organizations);
  g_free (self->calendly_api_url);
  g_free (self->webhook_keys_path);
  tpt_relay_secret_free_lines (self->webhook_keys);
  tpt_relay_secret_free_lines (self->admin_tokens);
  g_free (self->operator_key);
  g_free (self);
}

/* A misspelt key would otherwise be a setting that silently does nothing. */
static gboolean
check_known (GKeyFile           *file,
             const char         *group,
             const char *const  *known,
             GError            **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      if (!g_strv_contains (known, keys[i]))
        return tpt_relay_error_config (error, "Unknown key %s in [%s]", keys[i], group);
    }

  return TRUE;
}

static gboolean
check_groups (GKeyFile  *file,
              GError   **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (strcmp (groups[i], GROUP_RELAY) != 0 && strcmp (groups[i], GROUP_KEYS) != 0)
        return tpt_relay_error_config (error, "Unknown group [%s]", groups[i]);
    }

  return check_known (file, GROUP_RELAY, relay_keys, error) &&
         check_known (file, GROUP_KEYS, keys_keys, error);
}

/* Of two lines with one key the later would silently count, in whatever group of the same name it
 * stands. @text was read by GLib before. */
static gboolean
check_once (const char  *text,
            GError     **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *group = "";

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *equals = strchr (line, '=');

      if (line[0] == '[')
        group = line;
      if (line[0] == '[' || line[0] == '#' || equals == NULL)
        continue;
      *equals = '\0';
      g_strchomp (line);
      if (!g_hash_table_add (seen, g_strconcat (group, line, NULL)))
        return tpt_relay_error_config (error, "Key %s stands twice in %s", line, group);
    }

  return TRUE;
}

static gboolean
load_file (GKeyFile    *file,
           const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local_error))
    return tpt_relay_error_config (error, "%s", local_error->message);
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &local_error))
    return tpt_relay_error_config (error, "%s: %s", path, local_error->message);

  return check_once (text, error) && check_groups (file, error);
}

/* Whether there is a file to read now. What systemd hands to the service alone, only the service
 * can read, and only while it runs; it checks once more when it starts. */
static gboolean
is_to_be_read (TptRelayConfig *self,
               const char     *path)
{
  return path != NULL && self->purpose != TPT_RELAY_CONFIG_JOURNAL &&
         (self->purpose == TPT_RELAY_CONFIG_SERVE || !tpt_relay_secret_is_of_service (path));
}

/**
 * tpt_relay_config_load_keys:
 *
 * Reads the file with the signing keys again, after the operator has put a new one on top.
 *
 * Returns: FALSE with TPT_RELAY_ERROR_CONFIG; the keys of before stay then
 */
gboolean
tpt_relay_config_load_keys (TptRelayConfig  *self,
                            GError         **error)
{
  char **keys;

  if (!is_to_be_read (self, self->webhook_keys_path))
    keys = g_new0 (char *, 1);
  else
    keys = tpt_relay_secret_read_lines (self->webhook_keys_path, KEY_SHORTEST, KEY_LONGEST, error);
  if (keys == NULL)
    return FALSE;
  tpt_relay_secret_free_lines (self->webhook_keys);
  self->webhook_keys = keys;

  return TRUE;
}

static gboolean
load_admin_token (TptRelayConfig  *self,
                  GKeyFile        *file,
                  GError         **error)
{
  g_autofree char *path = g_key_file_get_string (file, GROUP_KEYS, "admin_token", NULL);

  if ((path != NULL) != (self->admin_listen != NULL))
    return tpt_relay_error_config (error, path != NULL ? "admin_token needs admin_listen"
                                                       : "admin_listen needs admin_token");
  if (!is_to_be_read (self, path))
    return TRUE;
  self->admin_tokens = tpt_relay_secret_read_lines (path, ADMIN_TOKEN_SHORTEST, KEY_LONGEST, error);

  return self->admin_tokens != NULL;
}

static gboolean
load_operator_key (TptRelayConfig  *self,
                   GKeyFile        *file,
                   GError         **error)
{
  guint8 key[TPT_RELAY_KEY_SIZE];
  guint8 relay_key[TPT_RELAY_KEY_SIZE];
  guint8 shared[TPT_RELAY_KEY_SIZE];

  self->operator_key = g_key_file_get_string (file, GROUP_KEYS, "operator_public_key", NULL);
  if (self->operator_key == NULL)
    return TRUE;
  if (!tpt_relay_box_decode_fixed (self->operator_key, key, sizeof key))
    return tpt_relay_error_config (error, "operator_public_key is not the base64 of 32 bytes");
  if (!tpt_relay_box_begin (key, relay_key, shared, NULL))
    return tpt_relay_error_config (error, "operator_public_key is a key that seals nothing");

  return TRUE;
}

static gboolean
load_keys (TptRelayConfig  *self,
           GKeyFile        *file,
           GError         **error)
{
  self->webhook_keys_path = g_key_file_get_string (file, GROUP_KEYS, "webhook_signing_keys", NULL);

  return tpt_relay_config_load_keys (self, error) && load_admin_token (self, file, error) &&
         load_operator_key (self, file, error);
}

static gboolean
load_number (GKeyFile    *file,
             const char  *key,
             guint        minimum,
             guint        maximum,
             guint       *value,
             GError     **error)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP_RELAY, key, NULL);
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, minimum, maximum, &number, NULL))
    return tpt_relay_error_config (error, "%s=%s: must be a number from %u to %u", key, text,
                                   minimum, maximum);
  *value = (guint) number;

  return TRUE;
}

/* @minimum: of what is not 0, which is none */
static gboolean
load_bytes (GKeyFile    *file,
            const char  *key,
            gint64       minimum,
            gint64      *value,
            GError     **error)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP_RELAY, key, NULL);
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, EXBIBYTE, &number, NULL) ||
      (number != 0 && (gint64) number < minimum))
    return tpt_relay_error_config (error, "%s=%s: must be 0 or a number from %" G_GINT64_FORMAT
                                   " to %" G_GINT64_FORMAT, key, text, minimum, EXBIBYTE);
  *value = (gint64) number;

  return TRUE;
}

static gboolean
load_limits (TptRelayConfig  *self,
             GKeyFile        *file,
             GError         **error)
{
  self->limit_per_device = 3000;
  self->limit_per_address = 600;
  self->channel_limit_bytes = 64 * MEBIBYTE;
  self->disk_reserve_bytes = 64 * MEBIBYTE;

  return load_number (file, "limit_per_device", 0, LIMIT_MAX, &self->limit_per_device, error) &&
         load_number (file, "limit_per_address", 0, LIMIT_MAX, &self->limit_per_address, error) &&
         load_bytes (file, "channel_limit_bytes", MEBIBYTE, &self->channel_limit_bytes, error) &&
         load_bytes (file, "disk_reserve_bytes", MEBIBYTE, &self->disk_reserve_bytes, error);
}

static char *
without_slash (char *url)
{
  gsize length = strlen (url);

  if (length > 0 && url[length - 1] == '/')
    url[length - 1] = '\0';

  return url;
}

/* A token travels to this address: TLS, or not further than this machine. */
static gboolean
check_url (const char  *key,
           const char  *url,
           GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GInetAddress) address = NULL;
  gboolean is_local;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return tpt_relay_error_config (error, "%s=%s: not an address of the form https://HOST", key,
                                   url);
  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  is_local = strcmp (g_uri_get_host (uri), "localhost") == 0 ||
             (address != NULL && g_inet_address_get_is_loopback (address));
  if (strcmp (g_uri_get_scheme (uri), "https") == 0 ||
      (is_local && strcmp (g_uri_get_scheme (uri), "http") == 0))
    return TRUE;

  return tpt_relay_error_config (error, "%s=%s: must be https (http on loopback only)", key, url);
}

/* With a slip in here nobody could enrol, and the relay would not know why. */
static gboolean
check_organization (const char  *text,
                    GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *prefix = "/organizations/";
  const char *id;

  if (uri != NULL && strcmp (g_uri_get_scheme (uri), "https") == 0 &&
      g_uri_get_host (uri) != NULL && g_uri_get_query (uri) == NULL &&
      g_uri_get_fragment (uri) == NULL && g_str_has_prefix (g_uri_get_path (uri), prefix))
    {
      id = g_uri_get_path (uri) + strlen (prefix);
      if (id[0] != '\0' && strchr (id, '/') == NULL)
        return TRUE;
    }

  return tpt_relay_error_config (error, "organizations: %s is not an address of the form "
                                 "https://api.calendly.com/organizations/ID", text);
}

static gboolean
load_organizations (TptRelayConfig  *self,
                    GKeyFile        *file,
                    GError         **error)
{
  self->organizations = g_key_file_get_string_list (file, GROUP_RELAY, "organizations", NULL, NULL);
  if (self->organizations == NULL || self->organizations[0] == NULL)
    return tpt_relay_error_config (error, "organizations is missing: nobody could enrol");
  for (guint i = 0; self->organizations[i] != NULL; i++)
    {
      if (!check_organization (self->organizations[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_urls (TptRelayConfig  *self,
           GKeyFile        *file,
           GError         **error)
{
  self->public_url = g_key_file_get_string (file, GROUP_RELAY, "public_url", NULL);
  if (self->public_url == NULL)
    return tpt_relay_error_config (error, "public_url is missing");
  without_slash (self->public_url);
  self->calendly_api_url = g_key_file_get_string (file, GROUP_RELAY, "calendly_api_url", NULL);
  if (self->calendly_api_url == NULL)
    self->calendly_api_url = g_strdup ("https://api.calendly.com");
  without_slash (self->calendly_api_url);

  return check_url ("public_url", self->public_url, error) &&
         check_url ("calendly_api_url", self->calendly_api_url, error);
}

/* Never further than this machine: what is told there is for the operator alone. */
static gboolean
load_admin_place (TptRelayConfig  *self,
                  GKeyFile        *file,
                  GError         **error)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP_RELAY, "admin_listen", NULL);

  if (text == NULL)
    return TRUE;
  self->admin_listen = tpt_relay_address_parse (text, FALSE, error);
  if (self->admin_listen == NULL)
    {
      g_prefix_error (error, "admin_listen: ");
      return FALSE;
    }
  if (self->admin_listen->path != NULL &&
      g_strcmp0 (self->admin_listen->path, self->listen->path) == 0)
    return tpt_relay_error_config (error, "admin_listen=%s: is the same as listen", text);

  return TRUE;
}

static gboolean
load_places (TptRelayConfig  *self,
             GKeyFile        *file,
             const char      *listen_option,
             const char      *journal_option,
             gboolean         allow_any_address,
             GError         **error)
{
  g_autofree char *listen_text = g_key_file_get_string (file, GROUP_RELAY, "listen", NULL);

  self->journal = g_key_file_get_string (file, GROUP_RELAY, "journal", NULL);
  if (journal_option != NULL)
    {
      g_free (self->journal);
      self->journal = g_strdup (journal_option);
    }
  if (self->journal == NULL)
    return tpt_relay_error_config (error, "journal is missing");
  if (!tpt_relay_journal_check_location (self->journal, error))
    return FALSE;

  if (listen_option == NULL && listen_text == NULL)
    return tpt_relay_error_config (error, "listen is missing");
  self->listen = tpt_relay_address_parse (listen_option != NULL ? listen_option : listen_text,
                                          allow_any_address, error);

  return self->listen != NULL;
}

/**
 * tpt_relay_config_load:
 * @listen: (nullable): instead of the file's
 * @journal: (nullable): instead of the file's
 * @allow_any_address: listen on more than loopback
 * @purpose: which keys are read
 *
 * Returns: (transfer full): NULL with TPT_RELAY_ERROR_CONFIG, the first thing that is wrong
 */
TptRelayConfig *
tpt_relay_config_load (const char             *path,
                       const char             *listen,
                       const char             *journal,
                       gboolean                allow_any_address,
                       TptRelayConfigPurpose   purpose,
                       GError                **error)
{
  g_autoptr (TptRelayConfig) self = g_new0 (TptRelayConfig, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  self->purpose = purpose;
  self->tolerance_seconds = 180;
  self->retention_days = 30;
  if (!load_file (file, path, error) ||
      !load_places (self, file, listen, journal, allow_any_address, error) ||
      !load_admin_place (self, file, error) ||
      !load_urls (self, file, error) ||
      !load_organizations (self, file, error) ||
      !load_number (file, "tolerance_seconds", 1, 86400, &self->tolerance_seconds, error) ||
      !load_number (file, "retention_days", 1, 3650, &self->retention_days, error) ||
      !load_limits (self, file, error) ||
      !load_keys (self, file, error))
    return NULL;

  return g_steal_pointer (&self);
}
