/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-email.h"

#include <string.h>

#include "tpt-domain.h"
#include "tpt-text.h"

/* RFC 5321, section 4.5.3.1.1 */
#define MAX_LOCAL_PART 64

static gboolean
is_local_part (const char *text)
{
  if (*text == '\0' || strlen (text) > MAX_LOCAL_PART)
    return FALSE;

  for (const char *next = text; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);

      if (g_ascii_isalnum (*next))
        continue;
      if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter)
          || strchr ("<>()[],;:\\\"@", (int) *next) != NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_email_normalize:
 * @text: (nullable): an address as a person writes it
 *
 * Two addresses are the same person's when this gives the same text: case plays no part, neither
 * before the @ (every mail service of today ignores it) nor after, and the domain is in its ASCII
 * form. Quoted local parts are refused: no calendar hands them out.
 *
 * Returns: (transfer full) (nullable): `local@domain`, or %NULL when @text is no e-mail address
 */
char *
tpt_email_normalize (const char *text)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *composed = NULL;
  g_autofree char *local = NULL;
  g_autofree char *domain = NULL;
  char *at;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  trimmed = tpt_text_trim (text);
  at = strrchr (trimmed, '@');
  if (at == NULL)
    return NULL;
  *at = '\0';
  domain = tpt_domain_normalize (at + 1);
  if (domain == NULL || !is_local_part (trimmed))
    return NULL;
  if (g_str_is_ascii (trimmed))
    local = g_ascii_strdown (trimmed, -1);
  else
    {
      composed = g_utf8_normalize (trimmed, -1, G_NORMALIZE_NFC);
      local = g_utf8_casefold (composed, -1);
    }

  return g_strconcat (local, "@", domain, NULL);
}

/** tpt_email_get_domain: what stands behind the @ of a normalized address, within its text */
const char *
tpt_email_get_domain (const char *email)
{
  const char *at;

  g_return_val_if_fail (email != NULL, NULL);

  at = strrchr (email, '@');
  g_return_val_if_fail (at != NULL, NULL);

  return at + 1;
}
