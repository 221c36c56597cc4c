/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-key-memo.h"

#include <string.h>

void
tpt_key_memo_clear (TptKeyMemo *self)
{
  for (guint i = 0; i < TPT_KEY_MEMO_SLOTS; i++)
    g_clear_pointer (&self->texts[i], g_free);
}

/* Resources differ at their end, addresses at their beginning. */
static guint
choose_slot (const char *text)
{
  gsize length = strlen (text);
  guint mixed = (guint) length;

  for (gsize i = 0; i < 4 && i < length; i++)
    mixed = mixed * 31 + (guchar) text[i] + 7 * (guint) (guchar) text[length - 1 - i];

  return mixed % TPT_KEY_MEMO_SLOTS;
}

/** tpt_key_memo_get: what @func makes of @text, which has to be the same each time */
gint64
tpt_key_memo_get (TptKeyMemo *self,
                  const char *text,
                  TptKeyFunc  func,
                  gpointer    user_data)
{
  guint slot = choose_slot (text);

  if (self->texts[slot] == NULL || strcmp (self->texts[slot], text) != 0)
    {
      g_free (self->texts[slot]);
      self->texts[slot] = g_strdup (text);
      self->keys[slot] = func (text, user_data);
    }

  return self->keys[slot];
}
