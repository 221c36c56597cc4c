/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-log.h"

#include <libsoup/soup.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tpt-config.h"
#include "tpt-libraries.h"
#ifdef TPT_HAVE_POSTGRES
#include "tpt-relay-journal-postgres.h"
#endif

/* Fields of ours; what else GLib hands over is of no use to an operator. */
#define PREFIX "TPT_"
#define PAIRS_MAX 8

/* RFC 8259, section 7. What is no UTF-8 has been replaced before. */
static void
append_string (GString    *out,
               const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (out, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *c);
      else
        g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

static void
append_member (GString    *out,
               const char *name,
               const char *value)
{
  g_string_append_c (out, out->len > 1 ? ',' : '{');
  append_string (out, name);
  g_string_append_c (out, ':');
  append_string (out, value);
}

static const char *
get_level_name (GLogLevelFlags level)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return "error";

  return (level & G_LOG_LEVEL_WARNING) != 0 ? "warning" : "info";
}

static char *
dup_value (const GLogField *field)
{
  return field->length < 0 ? g_strdup (field->value)
                           : g_strndup (field->value, (gsize) field->length);
}

/**
 * tpt_relay_log_print:
 *
 * Returns: (transfer full): one line of JSON: when, how bad, what, and the fields of ours
 */
char *
tpt_relay_log_print (GLogLevelFlags   level,
                     const GLogField *fields,
                     gsize            count)
{
  GString *out = g_string_new ("{");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");

  g_string_truncate (out, 0);
  append_member (out, "time", time);
  append_member (out, "level", get_level_name (level));
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *value = dup_value (&fields[i]);

      if (strcmp (fields[i].key, "MESSAGE") == 0)
        {
          append_member (out, "message", value);
        }
      else if (g_str_has_prefix (fields[i].key, PREFIX))
        {
          g_autofree char *name = g_ascii_strdown (fields[i].key + strlen (PREFIX), -1);

          append_member (out, name, value);
        }
    }
  g_string_append_c (out, '}');

  return g_string_free (out, FALSE);
}

static int
get_priority (GLogLevelFlags level)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return 3;

  return (level & G_LOG_LEVEL_WARNING) != 0 ? 4 : 6;
}

/* With the number in front by which systemd knows how bad it is, where it is systemd that reads
 * (sd-daemon(3)). */
static GLogWriterOutput
write_cb (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            count,
          gpointer         user_data)
{
  g_autofree char *line = NULL;

  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) != 0)
    return G_LOG_WRITER_HANDLED;
  line = tpt_relay_log_print (level, fields, count);
  if (g_getenv ("JOURNAL_STREAM") != NULL)
    fprintf (stderr, "<%d>%s\n", get_priority (level), line);
  else
    fprintf (stderr, "%s\n", line);

  return G_LOG_WRITER_HANDLED;
}

/* From now on everything that is logged, here and in the libraries, is a line of JSON. */
void
tpt_relay_log_start (void)
{
  g_log_set_writer_func (write_cb, NULL, NULL);
}

/**
 * tpt_relay_log_event:
 * @event: a word; the name of a field and its value follow, and so on in pairs to NULL
 *
 * Logs something that an operator may look for later: names of devices, numbers, digests; nothing
 * of a person and no secret.
 */
void
tpt_relay_log_event (const char *event,
                     ...)
{
  GLogField fields[1 + PAIRS_MAX] = { { "MESSAGE", event, -1 } };
  char keys[PAIRS_MAX][64];
  const char *name;
  gsize count = 1;
  va_list arguments;

  va_start (arguments, event);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      g_assert (count <= PAIRS_MAX);
      g_snprintf (keys[count - 1], sizeof keys[0], PREFIX "%s", name);
      fields[count] = (GLogField) { keys[count - 1], va_arg (arguments, const char *), -1 };
      count++;
    }
  va_end (arguments);
  g_log_structured_array (G_LOG_LEVEL_MESSAGE, fields, count);
}

/* Returns: (transfer full) (array zero-terminated=1): as tpt_libraries_list () has it */
static char **
list_libraries (void)
{
  g_autofree char *soup = g_strdup_printf ("%u.%u.%u", soup_get_major_version (),
                                           soup_get_minor_version (), soup_get_micro_version ());
  g_auto (GStrv) libraries = tpt_libraries_list (soup, sqlite3_libversion ());
#ifdef TPT_HAVE_POSTGRES
  g_autofree char *libpq = tpt_relay_journal_postgres_dup_library_version ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) libraries);
  g_strv_builder_add_many (builder, "libpq", libpq, NULL);

  return g_strv_builder_end (builder);
#else
  return g_steal_pointer (&libraries);
#endif
}

/* Returns: (transfer full): on one line */
char *
tpt_relay_log_print_libraries (void)
{
  g_auto (GStrv) libraries = list_libraries ();

  return tpt_libraries_print ((const char *const *) libraries);
}

/* What runs here, in the first line of the log. */
void
tpt_relay_log_versions (void)
{
  g_auto (GStrv) libraries = list_libraries ();
  GLogField fields[2 + PAIRS_MAX] = { { "MESSAGE", "started", -1 },
                                      { PREFIX "VERSION", TPT_VERSION, -1 } };
  char keys[PAIRS_MAX][64];
  gsize count = 2;

  for (guint i = 0; libraries[i] != NULL; i += 2)
    {
      g_assert (count < G_N_ELEMENTS (fields));
      g_snprintf (keys[i / 2], sizeof keys[0], PREFIX "%s", libraries[i]);
      fields[count++] = (GLogField) { keys[i / 2], libraries[i + 1], -1 };
    }
  g_log_structured_array (G_LOG_LEVEL_MESSAGE, fields, count);
}
