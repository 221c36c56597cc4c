/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-join-link.h"

#include <string.h>

/* Longer than what any conference service makes; a longer one is made to hide something. */
#define MAX_BYTES 2048

static gboolean
is_plain (const char *address)
{
  if (strnlen (address, MAX_BYTES + 1) > MAX_BYTES)
    return FALSE;
  for (; *address != '\0'; address++)
    {
      guchar byte = (guchar) *address;

      /* Spaces and backslashes are read in two ways by two programs; other than ASCII has to come
       * escaped (RFC 3986). */
      if (byte <= 0x20 || byte >= 0x7f || byte == '\\')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;
  for (; *host != '\0'; host++)
    {
      if (!g_ascii_isalnum (*host) && *host != '.' && *host != '-')
        return FALSE;
    }

  return TRUE;
}

/* An escape in the host is decoded by one program and not by another. */
static gboolean
has_plain_authority (const char *address)
{
  const char *authority = strstr (address, "//");

  return authority != NULL
         && memchr (authority + 2, '%', strcspn (authority + 2, "/?#")) == NULL;
}

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost");
}

static GUri *
parse (const char *address,
       gboolean    from_service)
{
  g_autoptr (GUri) uri = NULL;

  if (address == NULL || !is_plain (address) || !has_plain_authority (address))
    return NULL;
  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || !is_host (g_uri_get_host (uri)))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https")
      && !(from_service && g_str_equal (g_uri_get_scheme (uri), "http")
           && is_loopback (g_uri_get_host (uri))))
    return NULL;

  return g_steal_pointer (&uri);
}

/**
 * tpt_join_link_check:
 * @address: (nullable): an address that came with a meeting, so from anybody
 *
 * Only what is surely the page of a host over TLS may be opened by a click: `https`, a host name,
 * no user name before it, no character that could mean something else to the program that opens
 * it.
 *
 * Returns: (transfer full) (nullable): the address to open, written anew from its parts; %NULL
 *   when it must not be opened
 */
char *
tpt_join_link_check (const char *address)
{
  g_autoptr (GUri) uri = parse (address, FALSE);

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

/**
 * tpt_join_link_host:
 *
 * (nullable): whose page it is, to be shown before it is opened; %NULL when it must not be opened
 */
char *
tpt_join_link_host (const char *address)
{
  g_autoptr (GUri) uri = parse (address, FALSE);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/**
 * tpt_service_link_check:
 * @address: (nullable): an address that the scheduling service itself made, such as that of its
 *   reschedule page
 *
 * The same rule, but a service on this very computer, as for a demonstration, may do without TLS.
 */
char *
tpt_service_link_check (const char *address)
{
  g_autoptr (GUri) uri = parse (address, TRUE);

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}
