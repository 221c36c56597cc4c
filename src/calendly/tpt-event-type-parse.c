/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-type-parse.h"

#include "tpt-fields.h"

typedef struct
{
  const char *category;
  const char *pattern;
} Guess;

/* The first that fits wins. */
static const Guess GUESSES[] = {
  { "qbr", "\\b(qbr|ebr|quarterly|(executive )?business review)\\b" },
  { "onboarding", "\\b(on-?boarding|kick-?\\s?off|implementation|go-?live|welcome|training)\\b" },
  { "demo", "\\b(demo|demonstration|walk-?\\s?through|product tour|showcase)\\b" },
  { "check-in", "\\b(check-?\\s?in|catch-?\\s?up|touch-?\\s?(base|point)|sync|pulse|1:1|one-on-one|"
                "status call)\\b" },
};

static char *
parse_location_kind (TptFields *parent)
{
  const TptJsonValue *array = tpt_fields_array (parent, "locations", TPT_FIELD_LOOSE);
  TptFields fields = { tpt_json_value_get_first (array), "event_type.locations", parent->error };

  return tpt_fields_text (&fields, "kind", TPT_FIELD_LOOSE);
}

static char *
parse_profile_owner (TptFields *parent)
{
  TptFields fields = { tpt_fields_object (parent, "profile", TPT_FIELD_LOOSE), "event_type.profile",
                       parent->error };

  return tpt_fields_text (&fields, "owner", TPT_FIELD_LOOSE);
}

/**
 * tpt_event_type_guess_category:
 * @name: (nullable): the name of an event type
 *
 * Returns: what it probably is for: "qbr", "check-in", "demo", "onboarding", else "other"
 */
const char *
tpt_event_type_guess_category (const char *name)
{
  static GRegex *regexes[G_N_ELEMENTS (GUESSES)];
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (GUESSES); i++)
        {
          regexes[i]
              = g_regex_new (GUESSES[i].pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
          g_assert (regexes[i] != NULL);
        }
      g_once_init_leave (&once, 1);
    }
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (GUESSES); i++)
    {
      if (g_regex_match (regexes[i], name, 0, NULL))
        return GUESSES[i].category;
    }

  return "other";
}

/**
 * tpt_event_type_parse:
 * @object: an event type as `GET /event_types` has it
 *
 * Returns: (transfer full) (nullable): the event type; %NULL with %TPT_API_ERROR_PROTOCOL, which
 *   names the field
 */
TptEventType *
tpt_event_type_parse (const TptJsonValue  *object,
                      GError             **error)
{
  g_autoptr (TptEventType) type = tpt_event_type_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "event_type", &local };

  type->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  type->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  type->slug = tpt_fields_text (&fields, "slug", TPT_FIELD_TYPED);
  type->scheduling_url = tpt_fields_text (&fields, "scheduling_url", TPT_FIELD_NEEDED);
  type->description = tpt_fields_text (&fields, "description_plain", TPT_FIELD_LOOSE);
  type->kind = tpt_fields_text (&fields, "kind", TPT_FIELD_TYPED);
  type->pooling_type = tpt_fields_text (&fields, "pooling_type", TPT_FIELD_TYPED);
  type->type = tpt_fields_text (&fields, "type", TPT_FIELD_TYPED);
  type->category = g_strdup (tpt_event_type_guess_category (type->name));
  type->color = tpt_fields_text (&fields, "color", TPT_FIELD_LOOSE);
  type->profile_owner = parse_profile_owner (&fields);
  type->location_kind = parse_location_kind (&fields);
  type->duration = tpt_fields_number (&fields, "duration", TPT_FIELD_TYPED);
  type->active = tpt_fields_flag (&fields, "active", TPT_FIELD_NEEDED);
  type->secret = tpt_fields_flag (&fields, "secret", TPT_FIELD_LOOSE);
  type->is_paid = tpt_fields_flag (&fields, "is_paid", TPT_FIELD_LOOSE);
  type->deleted = tpt_fields_time (&fields, "deleted_at", TPT_FIELD_TYPED) != TPT_TIME_NONE;
  type->created_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
  type->updated_at = tpt_fields_time (&fields, "updated_at", TPT_FIELD_TYPED);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&type);
}
