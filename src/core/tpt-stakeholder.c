/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-stakeholder.h"

#include "tpt-text.h"

G_DEFINE_FINAL_TYPE (TptStakeholder, tpt_stakeholder, G_TYPE_OBJECT)

/* Where the text of one part is; %NULL for the e-mail addresses, which are several. */
static char **
find_text (TptStakeholder      *self,
           TptStakeholderParts  part)
{
  switch (part)
    {
    case TPT_STAKEHOLDER_NAME:
      return &self->name;
    case TPT_STAKEHOLDER_ROLE:
      return &self->role;
    case TPT_STAKEHOLDER_PHONE:
      return &self->phone;
    case TPT_STAKEHOLDER_TIMEZONE:
      return &self->timezone;
    case TPT_STAKEHOLDER_EMAILS:
    default:
      return NULL;
    }
}

static const char *
get_text (TptStakeholder      *self,
          TptStakeholderParts  part)
{
  char **text = find_text (self, part);

  return *text != NULL ? *text : "";
}

static void
tpt_stakeholder_finalize (GObject *object)
{
  TptStakeholder *self = TPT_STAKEHOLDER (object);

  g_free (self->name);
  g_strfreev (self->emails);
  g_free (self->role);
  g_free (self->phone);
  g_free (self->timezone);

  G_OBJECT_CLASS (tpt_stakeholder_parent_class)->finalize (object);
}

static void
tpt_stakeholder_class_init (TptStakeholderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_stakeholder_finalize;
}

static void
tpt_stakeholder_init (TptStakeholder *self)
{
  self->emails = g_new0 (char *, 1);
}

TptStakeholder *
tpt_stakeholder_new (void)
{
  return g_object_new (TPT_TYPE_STAKEHOLDER, NULL);
}

/** tpt_stakeholder_get_label: the name, else the first e-mail address; never %NULL */
const char *
tpt_stakeholder_get_label (TptStakeholder *self)
{
  g_return_val_if_fail (TPT_IS_STAKEHOLDER (self), "");

  if (!tpt_text_is_blank (self->name))
    return self->name;

  return self->emails[0] != NULL ? self->emails[0] : "";
}

/** tpt_stakeholder_get_email: (transfer none) (nullable): the one to write to */
const char *
tpt_stakeholder_get_email (TptStakeholder *self)
{
  g_return_val_if_fail (TPT_IS_STAKEHOLDER (self), NULL);

  return self->emails[0];
}

/** tpt_stakeholder_has_email: whether @email (nullable) is one of theirs, in any case of letters */
gboolean
tpt_stakeholder_has_email (TptStakeholder *self,
                           const char     *email)
{
  g_return_val_if_fail (TPT_IS_STAKEHOLDER (self), FALSE);

  for (char **next = self->emails; email != NULL && *next != NULL; next++)
    {
      if (g_ascii_strcasecmp (*next, email) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * tpt_stakeholder_add_email:
 * @email: (nullable): goes behind those that are there
 *
 * Returns: %FALSE where there is nothing to add: it is one of theirs already, or none at all
 */
gboolean
tpt_stakeholder_add_email (TptStakeholder *self,
                           const char     *email)
{
  guint count;

  g_return_val_if_fail (TPT_IS_STAKEHOLDER (self), FALSE);

  if (email == NULL || *email == '\0' || tpt_stakeholder_has_email (self, email))
    return FALSE;

  count = g_strv_length (self->emails);
  self->emails = g_renew (char *, self->emails, count + 2);
  self->emails[count] = g_strdup (email);
  self->emails[count + 1] = NULL;

  return TRUE;
}

/** tpt_stakeholder_set_emails: @emails instead of those that are there, each once, in that order */
void
tpt_stakeholder_set_emails (TptStakeholder    *self,
                            const char *const *emails)
{
  g_auto (GStrv) former = NULL;

  g_return_if_fail (TPT_IS_STAKEHOLDER (self));
  g_return_if_fail (emails != NULL);

  former = g_steal_pointer (&self->emails);
  self->emails = g_new0 (char *, 1);
  for (; *emails != NULL; emails++)
    tpt_stakeholder_add_email (self, *emails);
}

/** tpt_stakeholder_compare: the parts in which the two differ; an empty text is no text */
TptStakeholderParts
tpt_stakeholder_compare (TptStakeholder *self,
                         TptStakeholder *other)
{
  TptStakeholderParts parts = 0;

  g_return_val_if_fail (TPT_IS_STAKEHOLDER (self), 0);
  g_return_val_if_fail (TPT_IS_STAKEHOLDER (other), 0);

  for (guint part = TPT_STAKEHOLDER_NAME; part < TPT_STAKEHOLDER_EMAILS; part <<= 1)
    {
      if (!g_str_equal (get_text (self, part), get_text (other, part)))
        parts |= part;
    }
  if (!g_strv_equal ((const char *const *) self->emails, (const char *const *) other->emails))
    parts |= TPT_STAKEHOLDER_EMAILS;

  return parts;
}

/**
 * tpt_stakeholder_write:
 *
 * Gives @parts the values of @wanted, as somebody wrote them by hand. A part that was emptied is
 * open to lists again.
 */
void
tpt_stakeholder_write (TptStakeholder      *self,
                       TptStakeholder      *wanted,
                       TptStakeholderParts  parts)
{
  g_return_if_fail (TPT_IS_STAKEHOLDER (self));
  g_return_if_fail (TPT_IS_STAKEHOLDER (wanted));

  for (guint part = TPT_STAKEHOLDER_NAME; part < TPT_STAKEHOLDER_EMAILS; part <<= 1)
    {
      char **text = find_text (self, part);
      const char *said = get_text (wanted, part);

      if ((parts & part) == 0)
        continue;
      g_free (*text);
      *text = *said != '\0' ? g_strdup (said) : NULL;
      if (*said != '\0')
        self->by_hand |= part;
      else
        self->by_hand &= ~part;
    }
  if ((parts & TPT_STAKEHOLDER_EMAILS) != 0)
    tpt_stakeholder_set_emails (self, (const char *const *) wanted->emails);
}
