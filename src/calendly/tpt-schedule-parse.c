/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-schedule-parse.h"

#include "tpt-api-error.h"
#include "tpt-fields.h"

#define NOUN "user_availability_schedule.rules"

/* 1 is Monday; 0 for anything that is no day of the week. */
static int
parse_weekday (const char *text)
{
  static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday",
                                      "friday", "saturday", "sunday" };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (days); i++)
    {
      if (strcmp (text, days[i]) == 0)
        return (int) i + 1;
    }

  return 0;
}

/* "09:30" as minutes since midnight; -1 where it is no time of a day. "24:00" ends one. */
static int
parse_clock (const char *text)
{
  int hours;
  int minutes;

  if (text == NULL || strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0])
      || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return -1;
  hours = (text[0] - '0') * 10 + text[1] - '0';
  minutes = (text[3] - '0') * 10 + text[4] - '0';

  return minutes < 60 && hours * 60 + minutes <= 24 * 60 ? hours * 60 + minutes : -1;
}

static gboolean
is_date (const char *text)
{
  g_autofree char *time = g_strconcat (text, "T00:00:00Z", NULL);
  TptTime parsed;

  return strlen (text) == 10 && tpt_time_parse (time, &parsed, NULL);
}

static void
complain (TptFields  *fields,
          const char *what)
{
  if (*fields->error == NULL)
    g_set_error (fields->error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL, NOUN ": %s", what);
}

/* What day a rule is about. */
static TptScheduleHours
parse_day (TptFields *rule)
{
  TptScheduleHours hours = { 0, "", 0, 0 };
  gboolean weekly = tpt_fields_choice (rule, "type", "wday", "date");
  g_autofree char *day = tpt_fields_text (rule, weekly ? "wday" : "date", TPT_FIELD_NEEDED);

  if (day == NULL)
    return hours;
  if (weekly)
    hours.weekday = parse_weekday (day);
  else if (is_date (day))
    g_strlcpy (hours.date, day, sizeof hours.date);
  if (hours.weekday == 0 && *hours.date == '\0')
    complain (rule, "no such day");

  return hours;
}

static void
parse_rule (TptSchedule *schedule,
            TptFields   *rule)
{
  TptScheduleHours hours = parse_day (rule);
  const TptJsonValue *intervals = tpt_fields_array (rule, "intervals", TPT_FIELD_NEEDED);

  if (tpt_json_value_get_first (intervals) == NULL && *hours.date != '\0')
    g_array_append_val (schedule->hours, hours);
  for (const TptJsonValue *item = tpt_json_value_get_first (intervals); item != NULL;
       item = tpt_json_value_get_next (intervals, item))
    {
      TptFields fields = { tpt_fields_item (rule, "intervals", item), NOUN, rule->error };
      g_autofree char *from = tpt_fields_text (&fields, "from", TPT_FIELD_NEEDED);
      g_autofree char *to = tpt_fields_text (&fields, "to", TPT_FIELD_NEEDED);

      hours.from = parse_clock (from);
      hours.to = parse_clock (to);
      if (hours.from < 0 || hours.to <= hours.from)
        complain (&fields, "no interval");
      g_array_append_val (schedule->hours, hours);
    }
}

/**
 * tpt_schedule_parse:
 * @object: a schedule as `GET /user_availability_schedules` has it
 *
 * Returns: (transfer full) (nullable): the schedule; %NULL with %TPT_API_ERROR_PROTOCOL, which
 *   names the field
 */
TptSchedule *
tpt_schedule_parse (const TptJsonValue  *object,
                    GError             **error)
{
  g_autoptr (TptSchedule) schedule = tpt_schedule_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "user_availability_schedule", &local };
  const TptJsonValue *rules = tpt_fields_array (&fields, "rules", TPT_FIELD_NEEDED);

  schedule->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  schedule->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  schedule->user = tpt_fields_text (&fields, "user", TPT_FIELD_TYPED);
  schedule->timezone = tpt_fields_text (&fields, "timezone", TPT_FIELD_NEEDED);
  schedule->is_default = tpt_fields_flag (&fields, "default", TPT_FIELD_TYPED);
  for (const TptJsonValue *item = tpt_json_value_get_first (rules); item != NULL;
       item = tpt_json_value_get_next (rules, item))
    {
      TptFields rule = { tpt_fields_item (&fields, "rules", item), NOUN, &local };

      if (rule.object != NULL)
        parse_rule (schedule, &rule);
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&schedule);
}
