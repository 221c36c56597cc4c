/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-domain.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <libpsl.h>
#include <stdlib.h>
#include <string.h>

#include "tpt-free-mail.h"
#include "tpt-text.h"

/* Limits of RFC 1035, section 2.3.4. */
#define MAX_DOMAIN 253
#define MAX_LABEL 63

static gboolean
is_label (const char *label,
          gsize       length)
{
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-' && label[i] != '_')
        return FALSE;
    }

  return TRUE;
}

/* The last label of a name is never a number: then it is an address. */
static gboolean
is_name (const char *domain)
{
  const char *label = domain;
  const char *dot;

  if (strlen (domain) > MAX_DOMAIN)
    return FALSE;

  while ((dot = strchr (label, '.')) != NULL)
    {
      if (!is_label (label, (gsize) (dot - label)))
        return FALSE;
      label = dot + 1;
    }

  return is_label (label, strlen (label)) && strspn (label, "0123456789") != strlen (label);
}

static int
compare_cb (const void *key,
            const void *entry)
{
  return strcmp (key, *(const char *const *) entry);
}

static gboolean
is_listed (const char        *domain,
           const char *const *more)
{
  return bsearch (domain, tpt_free_mail_domains, tpt_free_mail_n_domains, sizeof (char *),
                  compare_cb) != NULL
         || (more != NULL && g_strv_contains (more, domain));
}

/**
 * tpt_domain_normalize:
 * @text: (nullable): a domain as a person writes it, in any script
 *
 * Returns: (transfer full) (nullable): the same in lower case and ASCII (IDNA), without the
 *   root's dot; %NULL when it is no domain
 */
char *
tpt_domain_normalize (const char *text)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *lower = NULL;
  gsize length;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  trimmed = tpt_text_trim (text);
  length = strlen (trimmed);
  if (length > 1 && trimmed[length - 1] == '.')
    trimmed[length - 1] = '\0';
  /* Nearly every domain, for which IDNA would make no difference. */
  ascii = g_str_is_ascii (trimmed) ? g_steal_pointer (&trimmed) : g_hostname_to_ascii (trimmed);
  if (ascii == NULL)
    return NULL;
  lower = g_ascii_strdown (ascii, -1);

  return is_name (lower) ? g_steal_pointer (&lower) : NULL;
}

/**
 * tpt_domain_get_parent: the domain above the normalized @domain, within its text, or %NULL when
 * there is none
 */
const char *
tpt_domain_get_parent (const char *domain)
{
  const char *dot;

  g_return_val_if_fail (domain != NULL, NULL);

  dot = strchr (domain, '.');

  return dot != NULL ? dot + 1 : NULL;
}

/**
 * tpt_domain_get_registrable:
 *
 * Returns: (nullable): the part of the normalized @domain that somebody registered, within its
 *   text; %NULL for a public suffix
 */
const char *
tpt_domain_get_registrable (const char *domain)
{
  g_return_val_if_fail (domain != NULL, NULL);

  return psl_registrable_domain (psl_builtin (), domain);
}

/** tpt_domain_is_within: whether @domain is @ancestor or lies below it; both normalized */
gboolean
tpt_domain_is_within (const char *domain,
                      const char *ancestor)
{
  g_return_val_if_fail (domain != NULL && ancestor != NULL, FALSE);

  for (; domain != NULL; domain = tpt_domain_get_parent (domain))
    {
      if (strcmp (domain, ancestor) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * tpt_domain_is_public_suffix: whether strangers to each other register names below @domain
 * (publicsuffix.org)
 */
gboolean
tpt_domain_is_public_suffix (const char *domain)
{
  g_return_val_if_fail (domain != NULL, FALSE);

  return psl_is_public_suffix (psl_builtin (), domain) != 0;
}

/**
 * tpt_domain_is_free_mail:
 * @more: (nullable): normalized domains beyond the built-in list
 *
 * Returns: whether anybody can have an address at @domain, so that it tells nothing about a company
 */
gboolean
tpt_domain_is_free_mail (const char        *domain,
                         const char *const *more)
{
  g_return_val_if_fail (domain != NULL, FALSE);

  return is_listed (domain, more);
}

/**
 * tpt_domain_find_problem:
 * @text: a domain as a person writes it
 * @domain: (out) (nullable): the normalized domain, or %NULL when @text is none at all
 *
 * Returns: (transfer full) (nullable): a sentence that says why @text can be no customer's
 *   domain, or %NULL when it can
 */
char *
tpt_domain_find_problem (const char         *text,
                         const char *const  *own_domains,
                         const char *const  *free_mail,
                         char              **domain)
{
  g_return_val_if_fail (text != NULL && domain != NULL, NULL);

  *domain = tpt_domain_normalize (text);
  if (*domain == NULL)
    return g_strdup_printf (_("“%s” is not a domain"), text);
  if (tpt_domain_is_public_suffix (*domain))
    return g_strdup_printf (_("“%s” is a public suffix: everybody can register names below it"),
                            text);
  if (tpt_domain_is_free_mail (*domain, free_mail))
    return g_strdup_printf (_("“%s” is a free-mail domain: it belongs to no one company"), text);

  for (; own_domains != NULL && *own_domains != NULL; own_domains++)
    {
      g_autofree char *own = tpt_domain_normalize (*own_domains);

      if (own != NULL && tpt_domain_is_within (*domain, own))
        return g_strdup_printf (_("“%s” is your own organisation's domain"), text);
    }

  return NULL;
}
