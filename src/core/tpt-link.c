/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-link.h"

#include <sys/random.h>

G_DEFINE_FINAL_TYPE (TptLink, tpt_link, G_TYPE_OBJECT)

static const char *const state_names[] = {
  "open", "booked", "rescheduled", "canceled", "expired", "superseded",
};

static void
tpt_link_finalize (GObject *object)
{
  TptLink *self = TPT_LINK (object);

  g_free (self->id);
  g_free (self->booking_url);
  g_free (self->url);
  g_free (self->event_type);
  g_free (self->event_type_name);
  g_free (self->customer_name);
  g_free (self->invitee_name);
  g_free (self->invitee_email);
  g_free (self->origin);
  g_free (self->invitee);
  g_free (self->meeting);
  g_free (self->reason);

  G_OBJECT_CLASS (tpt_link_parent_class)->finalize (object);
}

static void
tpt_link_class_init (TptLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_link_finalize;
}

static void
tpt_link_init (TptLink *self)
{
}

TptLink *
tpt_link_new (void)
{
  return g_object_new (TPT_TYPE_LINK, NULL);
}

/**
 * tpt_link_make_id:
 *
 * Returns: (transfer full): 20 random characters of [A-Za-z0-9], 119 bits, so that nobody can
 *   guess a colleague's link
 */
char *
tpt_link_make_id (void)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  char id[21] = { 0 };

  for (int i = 0; i < 20;)
    {
      guint8 byte;

      if (getrandom (&byte, 1, 0) != 1)
        g_error ("The system has no random numbers: %s", g_strerror (errno));
      /* Bytes beyond the last whole multiple of 62 would make some letters likelier than others. */
      if (byte < 62 * 4)
        id[i++] = letters[byte % 62];
    }

  return g_strdup (id);
}

const char *
tpt_link_state_to_string (TptLinkState state)
{
  g_return_val_if_fail ((gsize) state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

gboolean
tpt_link_state_from_string (const char   *text,
                            TptLinkState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_names); i++)
    {
      if (g_strcmp0 (text, state_names[i]) == 0)
        {
          *state = (TptLinkState) i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
tpt_link_kind_to_string (TptLinkKind kind)
{
  return kind == TPT_LINK_REUSABLE ? "reusable" : "single_use";
}

/** tpt_attribution_to_string: "tracking", "chain", "inferred", or %NULL while nobody booked */
const char *
tpt_attribution_to_string (TptAttribution attribution)
{
  switch (attribution)
    {
    case TPT_ATTRIBUTION_TRACKING:
      return "tracking";
    case TPT_ATTRIBUTION_CHAIN:
      return "chain";
    case TPT_ATTRIBUTION_INFERRED:
      return "inferred";
    case TPT_ATTRIBUTION_NONE:
    default:
      return NULL;
    }
}
