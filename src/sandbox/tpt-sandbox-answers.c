/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-answers.h"

static const char *const texts[] = {
  "The numbers of the last quarter, please.", "Roll-out to our second site",
  "Müssen wir etwas vorbereiten?\nWir sind zu dritt.", "=SUM(A1:A9) looked wrong in the export",
};

void
tpt_sandbox_answers_add (JsonArray  *answers,
                         const char *question,
                         const char *answer,
                         gint64      position)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "question", question);
  json_object_set_string_member (object, "answer", answer);
  json_object_set_int_member (object, "position", position);
  json_array_add_object_element (answers, object);
}

/* What somebody may have answered to the questions of @event_type; NULL when it asks none. */
JsonArray *
tpt_sandbox_answers_example (TptSandboxEventType *event_type,
                             TptSandboxRandom    *random)
{
  JsonArray *answers;
  guint n_questions = json_array_get_length (event_type->questions);

  if (n_questions == 0)
    return NULL;

  answers = json_array_new ();
  for (guint i = 0; i < n_questions; i++)
    {
      JsonObject *question = json_array_get_object_element (event_type->questions, i);
      JsonArray *choices = json_object_get_array_member (question, "answer_choices");
      const char *answer = texts[tpt_sandbox_random_below (random, G_N_ELEMENTS (texts))];

      if (json_array_get_length (choices) > 0)
        answer = json_array_get_string_element (
          choices, tpt_sandbox_random_below (random, json_array_get_length (choices)));
      else if (g_str_equal (json_object_get_string_member (question, "type"), "phone_number"))
        answer = "+1 202-555-0147";
      if (!json_object_get_boolean_member (question, "required")
          && tpt_sandbox_random_chance (random, 40))
        continue;
      tpt_sandbox_answers_add (answers, json_object_get_string_member (question, "name"),
                               answer, json_object_get_int_member (question, "position"));
    }

  return answers;
}

/* The kind of @event_type's first location, NULL when it has none, and its fixed text or number. */
const char *
tpt_sandbox_answers_location (TptSandboxEventType  *event_type,
                              const char          **location)
{
  JsonObject *first;

  if (event_type->locations == NULL || json_array_get_length (event_type->locations) == 0)
    return NULL;

  first = json_array_get_object_element (event_type->locations, 0);
  *location = json_object_get_string_member_with_default (first, "location", NULL);
  if (*location == NULL)
    *location = json_object_get_string_member_with_default (first, "phone_number", NULL);

  return json_object_get_string_member (first, "kind");
}
