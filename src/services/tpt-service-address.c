/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-service-address.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-listener-client.h"
#include "tpt-services.h"

/**
 * tpt_service_address_read:
 * @variable: of the environment
 * @standard: where that is not set, or empty
 *
 * Where Calendly is. A sign-in is sent there, so that the rule is that of a relay's address.
 *
 * Returns: (transfer full) (nullable): without a slash at its end; %NULL with
 *   %TPT_SERVICES_ERROR_ENVIRONMENT
 */
char *
tpt_service_address_read (const char  *variable,
                          const char  *standard,
                          GError     **error)
{
  const char *text = g_getenv (variable);
  g_autofree char *shown = NULL;
  char *address;

  if (text == NULL || *text == '\0')
    return g_strdup (standard);
  address = tpt_listener_client_check_url (text, NULL);
  if (address != NULL)
    return address;
  shown = g_utf8_make_valid (text, -1);
  /* Translators: the name of an environment variable, and what is in it */
  g_set_error (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_ENVIRONMENT,
               _("%s is “%s”, which is no address that a sign-in may be sent to. It looks like "
                 "https://calendly.example.com; http:// is for this computer only."),
               variable, shown);

  return NULL;
}
