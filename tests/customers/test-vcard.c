/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-vcard.h"
#include "tpt-test.h"

static GPtrArray *
parse (const char *text,
       gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return tpt_vcard_parse (bytes);
}

static void
assert_card (GPtrArray  *cards,
             guint       index,
             const char *expected)
{
  const TptPersonCard *card = g_ptr_array_index (cards, index);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s|%s|%s|%s|%s", card->name, card->organization, card->role,
                          card->phone, card->timezone);
  for (guint i = 0; i < card->emails->len; i++)
    g_string_append_printf (text, "|%s", (const char *) g_ptr_array_index (card->emails, i));
  g_assert_null (card->problem);
  g_assert_cmpstr (text->str, ==, expected);
}

/* RFC 6350: folding within a word, escapes, quoted parameters, groups, URIs, several of each. */
static void
test_vcard_4 (void)
{
  g_autoptr (GPtrArray) cards = parse (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Mar\r\n ía\\, Dr.\r\nN:María;Ana;;Dr.;\r\n"
    "ORG;SORT-AS=\"Acme; The: \":Acme\\; Sons;Research\r\nitem1.EMAIL;TYPE=work:old@acme.com\r\n"
    "item2.EMAIL;PREF=1;TYPE=\"work,internet\":mailto:ana@acme.com\r\n"
    "TEL;VALUE=uri:tel:+1-555-0100\r\nTEL:+1-555-0199\r\nTITLE:CTO\r\nTZ:Europe/Madrid\r\n"
    "NOTE:a\\nb: c\r\nEND:VCARD\r\n",
    -1);

  g_assert_cmpuint (cards->len, ==, 1);
  assert_card (cards, 0,
               "Ana María, Dr.|Acme; Sons|CTO|+1-555-0100|Europe/Madrid|ana@acme.com|old@acme.com");
}

/* RFC 2426 as address books write it: lower case, tabs, a picture, a list of people. */
static void
test_vcard_3 (void)
{
  g_autoptr (GPtrArray) cards = parse (
    "\xef\xbb\xbf" "begin:vcard\nversion:3.0\nn:Doe;Jo\norg:Beta Inc\n"
    "email;type=INTERNET,pref:jo@beta.example\nphoto;encoding=b;type=jpeg:AAAA\n\tBBBB==\n"
    "tz:-05:00\nend:vcard\n\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:Friends\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:Last\nTITLE:Boss\nROLE:Decides\nEND:VCARD",
    -1);

  g_assert_cmpuint (cards->len, ==, 2);
  assert_card (cards, 0, "Jo Doe|Beta Inc|(null)|(null)|(null)|jo@beta.example");
  assert_card (cards, 1, "Last|(null)|Decides|(null)|(null)");
  g_assert_cmpuint (((TptPersonCard *) g_ptr_array_index (cards, 1))->number, ==, 3);
}

/* Version 2.1: quoted-printable over several lines, charsets, values without a name, an agent. */
static void
test_vcard_21 (void)
{
  g_autoptr (GPtrArray) cards = parse (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=\r\n"
    "ller;J=C3=B6rg\r\nORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:M=FCller GmbH\r\n"
    "EMAIL;INTERNET:a@mueller.example\r\nEMAIL;PREF;INTERNET:b@mueller.example\r\n"
    "AGENT:\r\nBEGIN:VCARD\r\nFN:Somebody Else\r\nEMAIL:else@x.example\r\nEND:VCARD\r\n"
    "TEL;WORK;VOICE:0123\r\nEND:VCARD\r\n",
    -1);

  g_assert_cmpuint (cards->len, ==, 1);
  assert_card (cards, 0,
               "Jörg Müller|Müller GmbH|(null)|0123|(null)|b@mueller.example|a@mueller.example");
}

/* From the most preferred to the least, then those of whom nothing is said, as they stand. */
static void
test_vcard_preference (void)
{
  g_autoptr (GPtrArray) cards = parse (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nEMAIL:none1@x.example\r\n"
    "EMAIL;PREF=100:last@x.example\r\nEMAIL;PREF=2:second@x.example\r\n"
    "EMAIL:none2@x.example\r\nEMAIL:\r\nEMAIL;TYPE=pref:first@x.example\r\n"
    "EMAIL;PREF=1:also@x.example\r\nEMAIL;PREF=101:odd@x.example\r\nEND:VCARD\r\n",
    -1);

  assert_card (cards, 0,
               "Ana|(null)|(null)|(null)|(null)|first@x.example|also@x.example|odd@x.example|"
               "second@x.example|last@x.example|none1@x.example|none2@x.example");
}

/* No file makes it fail: other charsets, nothing at all, cards without an end, noise. */
/* What is copied from a web page has blanks that nobody sees. */
static void
test_vcard_blanks (void)
{
  g_autoptr (GPtrArray) cards = parse (
    "BEGIN:VCARD\nFN:\302\240Ana\302\240Silva\342\200\213\nORG:\357\273\277Acme\\n Works\342\200\257;x\n"
    "TITLE:\302\240\nEMAIL:\302\240\nEMAIL:ana@acme.com\302\240\nEND:VCARD\n",
    -1);

  g_assert_cmpuint (cards->len, ==, 1);
  assert_card (cards, 0, "Ana Silva|Acme Works|(null)|(null)|(null)|ana@acme.com");
}

static void
test_vcard_hostile (void)
{
  static const char latin[] = "BEGIN:VCARD\nFN:M\xfcller\nORG:X\nEND:VCARD\n";
  static const char utf16[] = "\xff\xfe" "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0F\0N\0:\0\xe4\0\n\0"
                              "E\0N\0D\0:\0V\0C\0A\0R\0D\0\n\0";
  static const char zeros[] = "BEGIN:VCARD\nFN:a\0b\nEND:VCARD\n";
  g_autoptr (GPtrArray) from_latin = parse (latin, -1);
  g_autoptr (GPtrArray) from_utf16 = parse (utf16, sizeof utf16 - 1);
  g_autoptr (GPtrArray) from_zeros = parse (zeros, sizeof zeros - 1);
  g_autoptr (GPtrArray) empty = parse ("", 0);
  g_autoptr (GPtrArray) noise = parse ("END:VCARD\n:::\n;;;\n=\n\\\nBEGIN:VEVENT\n", -1);
  g_autoptr (GPtrArray) cut = parse ("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:A=4=\n", -1);
  g_autoptr (GBytes) card = g_bytes_new_static (latin, sizeof latin - 1);
  g_autoptr (GBytes) csv = g_bytes_new_static ("name\nAcme\n", 10);

  assert_card (from_latin, 0, "Müller|X|(null)|(null)|(null)");
  assert_card (from_utf16, 0, "ä|(null)|(null)|(null)|(null)");
  assert_card (from_zeros, 0, "a b|(null)|(null)|(null)|(null)");
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (noise->len, ==, 0);
  g_assert_cmpuint (cut->len, ==, 1);
  g_assert_nonnull (((TptPersonCard *) g_ptr_array_index (cut, 0))->problem);
  g_assert_true (tpt_vcard_is_card (card));
  g_assert_false (tpt_vcard_is_card (csv));
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/vcard/4.0", test_vcard_4);
  g_test_add_func ("/vcard/3.0", test_vcard_3);
  g_test_add_func ("/vcard/2.1", test_vcard_21);
  g_test_add_func ("/vcard/preference", test_vcard_preference);
  g_test_add_func ("/vcard/blanks", test_vcard_blanks);
  g_test_add_func ("/vcard/hostile", test_vcard_hostile);

  return g_test_run ();
}
