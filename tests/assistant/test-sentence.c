/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sentence.h"
#include "tpt-test.h"

typedef struct
{
  const char *text;
  const char *name;
  gboolean with_me;
} Case;

static void
assert_all (const char *intent,
            const Case *cases,
            gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (TptSentence) sentence = tpt_sentence_parse (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_nonnull (sentence);
      g_assert_cmpstr (sentence->intent, ==, intent);
      g_assert_cmpstr (sentence->name, ==, cases[i].name);
      g_assert_cmpint (sentence->with_me, ==, cases[i].with_me);
    }
}

static void
test_sentence_send_link (void)
{
  static const Case cases[] = {
    { "Send Calendly link to Ana Silva", "Ana Silva", FALSE },
    { "send calendly link to \"Ana Silva\"", "Ana Silva", FALSE },
    { "  SEND   a LINK  to ana@acme.com. ", "ana@acme.com", FALSE },
    { "link for Acme", "Acme", FALSE },
    { "link Acme", "Acme", FALSE },
    { "Book Ana", "Ana", FALSE },
    { "book a meeting with Ana Silva", "Ana Silva", FALSE },
    { "please schedule a call with Acme Corp", "Acme Corp", FALSE },
    { "Send Ana Silva a link", "Ana Silva", FALSE },
    { "send ‘Ana’ the calendly link", "‘Ana’", FALSE },
    { "copy link for 'Ana'", "Ana", FALSE },
    { "Create a single-use link for Links Ltd", "Links Ltd", FALSE },
  };

  assert_all ("send-link", cases, G_N_ELEMENTS (cases));
}

static void
test_sentence_last_scheduled (void)
{
  static const Case cases[] = {
    { "When did Acme last schedule with me?", "Acme", TRUE },
    { "when did “Acme Corp” last book", "Acme Corp", FALSE },
    { "When has Acme last booked with me", "Acme", TRUE },
    { "when did I last meet with Acme?", "Acme", TRUE },
    { "last meeting with Acme", "Acme", FALSE },
    { "Last booking Acme", "Acme", FALSE },
    { "when was my last meeting with Acme Ltd?", "Acme Ltd", FALSE },
    { "Acme last meeting with me", "Acme", TRUE },
  };

  assert_all ("last-scheduled", cases, G_N_ELEMENTS (cases));
}

static void
test_sentence_show_bookings (void)
{
  static const Case cases[] = {
    { "Show Calendly bookings for Acme", "Acme", FALSE },
    { "show me all meetings of Acme with me", "Acme", TRUE },
    { "meetings of Acme", "Acme", FALSE },
    { "bookings Acme", "Acme", FALSE },
    { "Acme's meetings", "Acme", FALSE },
    { "Acme meetings", "Acme", FALSE },
    { "what meetings does Acme have?", "Acme", FALSE },
    { "list bookings for Send Link Inc", "Send Link Inc", FALSE },
    { "SHOW BOOKINGS FOR <b>x</b> & Ω שלום", "<b>x</b> & Ω שלום", FALSE },
  };

  assert_all ("show-bookings", cases, G_N_ELEMENTS (cases));
}

static void
test_sentence_unknown (void)
{
  static const char *const texts[] = { "", "  ", "?", "hello world", "send", "link", "meetings",
                                       "\xff\xfe" };
  g_autofree char *letters = g_strnfill (100000, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TptSentence) sentence = tpt_sentence_parse (texts[i]);

      g_assert_null (sentence);
    }
  g_assert_null (tpt_sentence_parse (letters));
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/sentence/send-link", test_sentence_send_link);
  g_test_add_func ("/sentence/last-scheduled", test_sentence_last_scheduled);
  g_test_add_func ("/sentence/show-bookings", test_sentence_show_bookings);
  g_test_add_func ("/sentence/unknown", test_sentence_unknown);

  return g_test_run ();
}
