/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-html.h"

#define STYLE \
  "body{font:16px/1.5 sans-serif;color:#1a2b3c;background:#f4f6f9;margin:0;padding:2rem 1rem}" \
  "main{max-width:34rem;margin:auto;background:#fff;border:1px solid #d5dde6;" \
  "border-radius:10px;padding:1.5rem 2rem}" \
  "h1{font-size:1.4rem;margin-top:0}label{display:block;margin:.6rem 0}" \
  "input[type=text],input[type=email],textarea,select{display:block;width:100%;padding:.45rem;" \
  "box-sizing:border-box;border:1px solid #9fb0c3;border-radius:5px;font:inherit}" \
  "button{font:inherit;padding:.5rem 1.4rem;border-radius:20px;border:1px solid #0069ff;" \
  "background:#0069ff;color:#fff;margin-right:.6rem;cursor:pointer}" \
  "button.plain{background:#fff;color:#0069ff}.error{color:#b00020;font-weight:bold}" \
  "small{color:#5a6b7d}"

/* A page with its head and heading; tpt_sandbox_html_reply () closes it. */
GString *
tpt_sandbox_html_open (const char *title)
{
  GString *page = g_string_new (NULL);

  tpt_sandbox_html_add (page,
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<title>%s</title>\n", title);
  g_string_append (page, "<style>" STYLE "</style>\n</head>\n<body>\n<main>\n");
  tpt_sandbox_html_add (page, "<h1>%s</h1>\n", title);

  return page;
}

/* Appends @format with every %s escaped for text and attributes alike. */
void
tpt_sandbox_html_add (GString    *page,
                      const char *format,
                      ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (page, text);
}

/* A hidden field, left out when @value is NULL. */
void
tpt_sandbox_html_hidden (GString    *page,
                         const char *name,
                         const char *value)
{
  if (value != NULL)
    tpt_sandbox_html_add (page, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n", name, value);
}

void
tpt_sandbox_html_field (GString    *page,
                        const char *label,
                        const char *name,
                        const char *type,
                        const char *value,
                        gboolean    required)
{
  tpt_sandbox_html_add (page, "<label>%s <input type=\"%s\" name=\"%s\" value=\"%s\"%s></label>\n",
                        label, type, name, value != NULL ? value : "",
                        required ? " required" : "");
}

/* Closes @page, which becomes ours, and answers with it. */
void
tpt_sandbox_html_reply (TptSandboxRequest *request,
                        guint              status,
                        GString           *page)
{
  g_string_append (page, "</main>\n</body>\n</html>\n");
  tpt_sandbox_reply_text (request, status, "text/html; charset=utf-8", page->str);
  g_string_free (page, TRUE);
}

/* A page that says one thing. */
void
tpt_sandbox_html_notice (TptSandboxRequest *request,
                         guint              status,
                         const char        *title,
                         const char        *text)
{
  GString *page = tpt_sandbox_html_open (title);

  tpt_sandbox_html_add (page, "<p>%s</p>\n", text);
  tpt_sandbox_html_reply (request, status, page);
}

/* "Mon, 23 Nov 2026, 09:30 (Europe/Berlin)". An unknown zone falls back to UTC. */
char *
tpt_sandbox_html_time (gint64      time,
                       const char *zone_name)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / TPT_SANDBOX_SECOND);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone)
                                             : g_date_time_ref (utc);
  g_autofree char *text = g_date_time_format (local, "%a, %e %b %Y, %H:%M");

  return g_strdup_printf ("%s (%s)", text, zone != NULL ? zone_name : "UTC");
}
