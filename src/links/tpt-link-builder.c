/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-link-builder.h"

#include "tpt-config.h"
#include "tpt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (tpt-link-builder-error-quark, tpt_link_builder_error)

/* Nothing says how long a value may be; what is shorter than this came back whole. */
#define MAX_TRACKING 100
#define MAX_PREFILL 200

static const char *const own_keys[] = {
  "name", "first_name", "last_name", "email",
  "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", NULL,
};

static void
append (GString    *query,
        const char *key,
        const char *value)
{
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append_printf (query, "%s=", key);
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/* A name for a form field: no line feeds, no invisible letters that turn the text around. */
static void
append_prefill (GString    *query,
                const char *key,
                const char *value)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;
  glong letters = 0;

  for (const char *next = valid;
       next != NULL && *next != '\0' && letters < MAX_PREFILL;
       next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);
      GUnicodeType type = g_unichar_type (letter);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT)
        continue;
      g_string_append_unichar (clean, letter);
      letters++;
    }

  g_strstrip (clean->str);
  if (*clean->str != '\0')
    append (query, key, clean->str);
}

/* Only what every page on the way leaves as it is. */
static void
append_tracking (GString    *query,
                 const char *key,
                 const char *value)
{
  g_autofree char *clean = g_strndup (value != NULL ? value : "", MAX_TRACKING);

  g_strcanon (clean, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", '-');
  if (*clean != '\0')
    append (query, key, clean);
}

/* What the address carried already stays, but for what the link itself has to say. */
static void
append_kept (GString    *query,
             const char *old)
{
  g_auto (GStrv) parts = g_strsplit (old != NULL ? old : "", "&", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *key = g_strndup (*part, strcspn (*part, "="));

      if (**part == '\0' || g_strv_contains (own_keys, key))
        continue;
      if (query->len > 0)
        g_string_append_c (query, '&');
      g_string_append (query, *part);
    }
}

/**
 * tpt_link_builder_build:
 *
 * The booking page's address with the invitee's name and address filled in and with the tracking
 * id, which comes back in the booking's `tracking` (help.calendly.com: “Pre-populate invitee
 * information”, “UTM parameters”). Blanks become `%20`: the page shows a `+` as it is.
 *
 * Returns: (transfer full) (nullable): %NULL with %TPT_LINK_BUILDER_ERROR_ADDRESS
 */
char *
tpt_link_builder_build (const TptLinkDraft  *draft,
                        GError             **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *term = NULL;
  const char *scheme;

  g_return_val_if_fail (draft != NULL && draft->booking_url != NULL, NULL);

  uri = g_uri_parse (draft->booking_url, G_URI_FLAGS_ENCODED, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if ((g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
      || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0')
    {
      g_autofree char *shown = tpt_text_cut (draft->booking_url, 80);

      g_set_error (error, TPT_LINK_BUILDER_ERROR, TPT_LINK_BUILDER_ERROR_ADDRESS,
                   _("The booking page has no usable address: “%s”"), shown);
      return NULL;
    }

  if (draft->customer != 0)
    term = g_strdup_printf ("customer-%" G_GINT64_FORMAT, draft->customer);
  append_kept (query, g_uri_get_query (uri));
  append_prefill (query, "name", draft->name);
  append_prefill (query, "email", draft->email);
  append (query, "utm_source", "touchpoint");
  append_tracking (query, "utm_medium", draft->origin);
  append_tracking (query, "utm_campaign", draft->campaign);
  append_tracking (query, "utm_term", term);
  append_tracking (query, "utm_content", draft->id);

  return g_uri_join_with_user (G_URI_FLAGS_ENCODED, scheme, g_uri_get_user (uri),
                               g_uri_get_password (uri),
                               g_uri_get_auth_params (uri), g_uri_get_host (uri),
                               g_uri_get_port (uri),
                               g_uri_get_path (uri), query->str, g_uri_get_fragment (uri));
}
