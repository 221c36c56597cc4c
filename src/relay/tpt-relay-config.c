/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-relay-box.h"
#include "tpt-relay-error.h"

#define GROUP_RELAY "relay"
#define GROUP_KEYS  "keys"
#define SECRET_MAX  (64 * 1024)

static const char *const relay_keys[] = {
  "listen", "public_url", "journal", "organizations", "calendly_api_url", "tolerance_seconds",
  "retention_days", "admin_listen", "limit_per_device", "limit_per_address", NULL,
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
  g_free (self->public_url);
  g_free (self->journal);
  g_strfreev (self->organizations);
  g_free (self->calendly_api_url);
  g_strfreev (self->webhook_keys);
  g_free (self->operator_key);
  g_free (self);
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_CONFIG, message);

  return FALSE;
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
        return refuse (error, "Unknown key %s in [%s]", keys[i], group);
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
        return refuse (error, "Unknown group [%s]", groups[i]);
    }

  return check_known (file, GROUP_RELAY, relay_keys, error) &&
         check_known (file, GROUP_KEYS, keys_keys, error);
}

/* systemd hands out credentials read-only in a directory of its own, with a mode of its own. */
static gboolean
is_credential (const char *path)
{
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *parent = g_path_get_dirname (path);

  return directory != NULL && strcmp (parent, directory) == 0;
}

static char *
read_descriptor (int          fd,
                 const char  *path,
                 GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize got;

  while ((got = read (fd, buffer, sizeof buffer)) > 0)
    {
      g_string_append_len (text, buffer, got);
      if (text->len > SECRET_MAX)
        break;
    }
  if (got < 0)
    {
      refuse (error, "Key file %s cannot be read: %s", path, g_strerror (errno));
      return NULL;
    }
  if (text->len > SECRET_MAX || strlen (text->str) != text->len)
    {
      refuse (error, "Key file %s is no text of at most 64 KiB", path);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Looks at the file that it has open, so that nobody swaps it in between. Without O_NONBLOCK a pipe
 * in its place would be waited for. */
static char *
read_secret (const char  *path,
             GError     **error)
{
  struct stat status;
  char *text = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      refuse (error, "Key file %s cannot be opened: %s", path, g_strerror (errno));
      return NULL;
    }
  if (fstat (fd, &status) < 0 || !S_ISREG (status.st_mode))
    refuse (error, "Key file %s is no regular file", path);
  else if (!is_credential (path) && status.st_uid != geteuid ())
    refuse (error, "Key file %s belongs to another user", path);
  else if (!is_credential (path) && (status.st_mode & 07777) != 0600)
    refuse (error, "Key file %s has mode %04o; it must be 0600", path,
            (unsigned) status.st_mode & 07777);
  else
    text = read_descriptor (fd, path, error);
  close (fd);

  return text;
}

/* One key a line; empty lines and what follows a # at the start of a line do not count. */
static char **
split_keys (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (line[0] != '\0' && line[0] != '#')
        g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}

static gboolean
load_keys (TptRelayConfig  *self,
           GKeyFile        *file,
           GError         **error)
{
  g_autofree char *path = g_key_file_get_string (file, GROUP_KEYS, "webhook_signing_keys", NULL);
  g_autofree char *text = NULL;
  guint8 key[TPT_RELAY_KEY_SIZE];

  if (path != NULL)
    {
      text = read_secret (path, error);
      if (text == NULL)
        return FALSE;
      self->webhook_keys = split_keys (text);
      if (self->webhook_keys[0] == NULL)
        return refuse (error, "Key file %s holds no key", path);
    }
  else
    {
      self->webhook_keys = g_new0 (char *, 1);
    }

  self->operator_key = g_key_file_get_string (file, GROUP_KEYS, "operator_public_key", NULL);
  if (self->operator_key != NULL &&
      !tpt_relay_box_decode_fixed (self->operator_key, key, sizeof key))
    return refuse (error, "operator_public_key is not the base64 of 32 bytes");

  return TRUE;
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
    return refuse (error, "%s=%s: must be a number from %u to %u", key, text, minimum, maximum);
  *value = (guint) number;

  return TRUE;
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
    return refuse (error, "%s=%s: not an address of the form https://HOST", key, url);
  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  is_local = strcmp (g_uri_get_host (uri), "localhost") == 0 ||
             (address != NULL && g_inet_address_get_is_loopback (address));
  if (strcmp (g_uri_get_scheme (uri), "https") == 0 ||
      (is_local && strcmp (g_uri_get_scheme (uri), "http") == 0))
    return TRUE;

  return refuse (error, "%s=%s: must be https (http on loopback only)", key, url);
}

static gboolean
load_urls (TptRelayConfig  *self,
           GKeyFile        *file,
           GError         **error)
{
  self->public_url = g_key_file_get_string (file, GROUP_RELAY, "public_url", NULL);
  if (self->public_url == NULL)
    return refuse (error, "public_url is missing");
  without_slash (self->public_url);
  self->calendly_api_url = g_key_file_get_string (file, GROUP_RELAY, "calendly_api_url", NULL);
  if (self->calendly_api_url == NULL)
    self->calendly_api_url = g_strdup ("https://api.calendly.com");
  without_slash (self->calendly_api_url);

  self->organizations = g_key_file_get_string_list (file, GROUP_RELAY, "organizations", NULL, NULL);
  if (self->organizations == NULL || self->organizations[0] == NULL)
    return refuse (error, "organizations is missing: nobody could enrol");

  return check_url ("public_url", self->public_url, error) &&
         check_url ("calendly_api_url", self->calendly_api_url, error);
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
    return refuse (error, "journal is missing");
  if (!g_str_has_prefix (self->journal, "sqlite:/"))
    return refuse (error, "journal=%s: must be sqlite:PATH with an absolute path", self->journal);

  if (listen_option == NULL && listen_text == NULL)
    return refuse (error, "listen is missing");
  self->listen = tpt_relay_address_parse (listen_option != NULL ? listen_option : listen_text,
                                          allow_any_address, error);

  return self->listen != NULL;
}

/**
 * tpt_relay_config_load:
 * @listen: (nullable): instead of the file's
 * @journal: (nullable): instead of the file's
 * @allow_any_address: listen on more than loopback
 *
 * Returns: (transfer full): NULL with TPT_RELAY_ERROR_CONFIG, the first thing that is wrong
 */
TptRelayConfig *
tpt_relay_config_load (const char  *path,
                       const char  *listen,
                       const char  *journal,
                       gboolean     allow_any_address,
                       GError     **error)
{
  g_autoptr (TptRelayConfig) self = g_new0 (TptRelayConfig, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  self->tolerance_seconds = 180;
  self->retention_days = 30;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local_error))
    {
      refuse (error, "%s: %s", path, local_error->message);
      return NULL;
    }
  if (!check_groups (file, error) ||
      !load_places (self, file, listen, journal, allow_any_address, error) ||
      !load_urls (self, file, error) ||
      !load_number (file, "tolerance_seconds", 1, 86400, &self->tolerance_seconds, error) ||
      !load_number (file, "retention_days", 1, 3650, &self->retention_days, error) ||
      !load_keys (self, file, error))
    return NULL;

  return g_steal_pointer (&self);
}
