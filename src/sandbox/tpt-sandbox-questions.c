/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-answers.h"
#include "tpt-sandbox-booking-page.h"
#include "tpt-sandbox-html.h"

/* Whether the prefill "a1=2,3" or the answer itself chooses the @number-th choice, counted from
 * 1. */
static gboolean
is_chosen (const char *value,
           const char *choice,
           guint       number)
{
  g_auto (GStrv) parts = g_strsplit_set (value, ",\n", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      if (g_str_equal (*part, choice) || g_ascii_strtoull (*part, NULL, 10) == number)
        return TRUE;
    }

  return FALSE;
}

static void
show_choices (GString    *page,
              const char *field,
              JsonObject *question,
              const char *value)
{
  JsonArray *choices = json_object_get_array_member (question, "answer_choices");
  gboolean many = g_str_equal (json_object_get_string_member (question, "type"), "multi_select");

  for (guint i = 0; i < json_array_get_length (choices); i++)
    {
      const char *choice = json_array_get_string_element (choices, i);

      tpt_sandbox_html_add (page,
                            "<label><input type=\"%s\" name=\"%s\" value=\"%s\"%s> %s</label>\n",
                            many ? "checkbox" : "radio", field, choice,
                            is_chosen (value, choice, i + 1) ? " checked" : "", choice);
    }
}

/* The questions of @event_type as fields a1, a2, … with the answers of @values filled in. */
void
tpt_sandbox_questions_show (GString             *page,
                            TptSandboxEventType *event_type,
                            GHashTable          *values)
{
  for (guint i = 0; i < json_array_get_length (event_type->questions); i++)
    {
      JsonObject *question = json_array_get_object_element (event_type->questions, i);
      const char *name = json_object_get_string_member (question, "name");
      const char *type = json_object_get_string_member (question, "type");
      g_autofree char *field = g_strdup_printf ("a%u", i + 1);
      const char *value = values != NULL ? g_hash_table_lookup (values, field) : NULL;
      gboolean required = json_object_get_boolean_member (question, "required");

      if (value == NULL)
        value = "";
      tpt_sandbox_html_add (page, "<p>%s%s</p>\n", name, required ? " *" : "");
      if (g_str_has_suffix (type, "_select"))
        show_choices (page, field, question, value);
      else if (g_str_equal (type, "text"))
        tpt_sandbox_html_add (page, "<textarea name=\"%s\">%s</textarea>\n", field, value);
      else
        tpt_sandbox_html_add (page, "<input type=\"text\" name=\"%s\" value=\"%s\">\n",
                              field, value);
    }
}

/* The answers of a form, NULL when there are none; @complete: whether every required question
 * has one. */
JsonArray *
tpt_sandbox_questions_read (TptSandboxEventType *event_type,
                            GHashTable          *form,
                            gboolean            *complete)
{
  JsonArray *answers = json_array_new ();

  *complete = TRUE;
  for (guint i = 0; i < json_array_get_length (event_type->questions); i++)
    {
      JsonObject *question = json_array_get_object_element (event_type->questions, i);
      g_autofree char *field = g_strdup_printf ("a%u", i + 1);
      const char *answer = g_hash_table_lookup (form, field);

      if (answer != NULL && *answer != '\0')
        tpt_sandbox_answers_add (answers, json_object_get_string_member (question, "name"), answer,
                                 json_object_get_int_member (question, "position"));
      else if (json_object_get_boolean_member (question, "required"))
        *complete = FALSE;
    }
  if (json_array_get_length (answers) == 0)
    g_clear_pointer (&answers, json_array_unref);

  return answers;
}
