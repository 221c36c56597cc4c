/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-test.h"
#include "tpt-webhook-signature.h"

#define KEY "a-signing-key"
#define BODY "{\"event\":\"invitee.created\"}"

static const char *const one_key[] = { KEY, NULL };

static gboolean
verify (const char        *header,
        const char        *body,
        const char *const *keys)
{
  g_autoptr (GError) error = NULL;
  gint64 time = -1;
  gboolean right = tpt_webhook_signature_verify (header, body, strlen (body), keys, &time, &error);

  if (right)
    g_assert_no_error (error);
  else
    g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SIGNATURE);

  return right;
}

/* Known answers: made with openssl dgst -sha256 -hmac. */
static void
test_known (void)
{
  static const struct
  {
    const char *key;
    gint64      time;
    const char *body;
    const char *header;
  } cases[] = {
    { "a-signing-key", 1492774577, "{\"event\":\"invitee.created\"}",
      "t=1492774577,v1=6261266ef029a8ec2b09abee5b3359a60c247dd06ff0d721b9c6676fa1286ff1" },
    { "k", 0, "",
      "t=0,v1=6b4a4b8b3c40f1e8f53a3d36682e5f99f7ad2ac1df1c93dfe336f329167641e7" },
    { "Jefe", 999999999999999, "what do ya want for nothing?",
      "t=999999999999999,v1=aab9e0681d4b5b06847615603438205b35ca982967129a13919e664775954ea7" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *keys[] = { cases[i].key, NULL };
      g_autofree char *header = tpt_webhook_signature_sign (cases[i].time, cases[i].body,
                                                            strlen (cases[i].body), cases[i].key);
      gint64 time = -1;

      g_assert_cmpstr (header, ==, cases[i].header);
      g_assert_true (tpt_webhook_signature_verify (header, cases[i].body, strlen (cases[i].body),
                                                   keys, &time, NULL));
      g_assert_cmpint (time, ==, cases[i].time);
    }
}

/* RFC 4231, test cases 1, 2, 6 and 7: the HMAC below us, with its short and long keys. */
static void
test_rfc4231 (void)
{
  g_autofree char *long_key = g_strnfill (131, '\xaa');
  g_autofree char *short_key = g_strnfill (20, '\x0b');
  const struct
  {
    const char *key;
    const char *text;
    const char *mac;
  } cases[] = {
    { short_key, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    { "Jefe", "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    { long_key, "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
    { long_key,
      "This is a test using a larger than block-size key and a larger than block-size data. The "
      "key needs to be hashed before being used by the HMAC algorithm.",
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256,
                                                        (const guchar *) cases[i].key,
                                                        strlen (cases[i].key), cases[i].text, -1);
      g_autofree char *signed_text = g_strdup_printf ("7.%s", cases[i].text);
      g_autofree char *expected_mac = g_compute_hmac_for_string (
          G_CHECKSUM_SHA256, (const guchar *) cases[i].key, strlen (cases[i].key), signed_text, -1);
      g_autofree char *expected = g_strdup_printf ("t=7,v1=%s", expected_mac);
      g_autofree char *header = tpt_webhook_signature_sign (7, cases[i].text,
                                                            strlen (cases[i].text), cases[i].key);

      /* GLib's HMAC agrees with the RFC, and ours with GLib's over what Calendly signs. */
      g_assert_cmpstr (mac, ==, cases[i].mac);
      g_assert_cmpstr (header, ==, expected);
    }
}

static const struct
{
  const char *form;
  gboolean    right;
} forms[] = {
  { "t=1000,v1=%s", TRUE },
  { "t=1000,v0=anything,v1=%s", TRUE },
  { "t=1000,v1=%s,v2=a=b;c", TRUE },
  { "t=1000,v1=0000000000000000000000000000000000000000000000000000000000000000,v1=%s", TRUE },
  { "t=1000,v1=%s,v1=%s", TRUE },
  { "", FALSE },
  { "%s", FALSE },
  { "v1=%s", FALSE },
  { "v1=%s,t=1000", FALSE },
  { "t=1000", FALSE },
  { "t=1000,", FALSE },
  { "t=1000,v0=%s", FALSE },
  { "t=1000,V1=%s", FALSE },
  { "T=1000,v1=%s", FALSE },
  { "t=1000,v1=%S", FALSE },
  { "t=1000,v1=%s0", FALSE },
  { "t=1000,v1=0%s", FALSE },
  { "t=1000,v1=", FALSE },
  { "t=1000,v1=%s,", FALSE },
  { "t=1000,,v1=%s", FALSE },
  { "t=1000,v1", FALSE },
  { "t=1000,v1=%s,x", FALSE },
  { "t=1000,v1=%s,=x", FALSE },
  { "t=1000,v1=%s,v1=abc", FALSE },
  { "t=1000, v1=%s", FALSE },
  { " t=1000,v1=%s", FALSE },
  { "t=1000,v1=%s ", FALSE },
  { "t= 1000,v1=%s", FALSE },
  { "t=1000\t,v1=%s", FALSE },
  { "t=1000;v1=%s", FALSE },
  { "t=1000,t=1000,v1=%s", FALSE },
  { "t=1000,v1=%s,t=1000", FALSE },
  { "t=1000,v1=%s, t=1000,v1=%s", FALSE },
  { "t=,v1=%s", FALSE },
  { "t=-1000,v1=%s", FALSE },
  { "t=+1000,v1=%s", FALSE },
  { "t=1e3,v1=%s", FALSE },
  { "t=1000.0,v1=%s", FALSE },
  { "t=01000,v1=%s", FALSE }, /* well formed, but the digits are signed as they stand */
  { "t=1001,v1=%s", FALSE },
  { "t=0000000000001000,v1=%s", FALSE },
  { "t=1000,v1=%s,n=\xc3\xa9", FALSE },
};

/* %s stands for the right MAC, %S for it in upper case. */
static void
test_grammar (void)
{
  g_autofree char *header = tpt_webhook_signature_sign (1000, BODY, strlen (BODY), KEY);
  const char *mac = strstr (header, "v1=") + 3;
  g_autofree char *upper = g_ascii_strup (mac, -1);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GString) text = g_string_new (forms[i].form);

      g_string_replace (text, "%s", mac, 0);
      g_string_replace (text, "%S", upper, 0);
      g_test_message ("%s", text->str);
      g_assert_cmpint (verify (text->str, BODY, one_key), ==, forms[i].right);
    }
}

static void
test_forged (void)
{
  g_autofree char *header = tpt_webhook_signature_sign (1000, BODY, strlen (BODY), KEY);
  g_autofree char *other = tpt_webhook_signature_sign (1000, BODY, strlen (BODY), "another");
  g_autofree char *mac = g_strndup (strstr (header, "v1=") + 3, 63);
  g_autofree char *short_mac = g_strdup_printf ("t=1000,v1=%s", mac);
  g_autofree char *base64 = g_base64_encode ((const guchar *) mac, 32);
  g_autofree char *as_base64 = g_strdup_printf ("t=1000,v1=%s", base64);
  g_autofree char *filler = g_strnfill (10 * 1024, 'x');
  g_autofree char *huge = g_strdup_printf ("%s,x=%s", header, filler);
  const char *const no_keys[] = { NULL };
  const char *const empty_keys[] = { "", NULL };

  g_assert_true (verify (header, BODY, one_key));
  g_assert_false (verify (NULL, BODY, one_key));
  g_assert_false (verify (other, BODY, one_key));
  g_assert_false (verify (short_mac, BODY, one_key));
  g_assert_false (verify (as_base64, BODY, one_key));
  g_assert_false (verify (huge, BODY, one_key));
  g_assert_false (verify (header, "{ \"event\": \"invitee.created\" }", one_key));
  g_assert_false (verify (header, "", one_key));
  g_assert_false (verify (header, BODY, no_keys));
  g_assert_false (verify (header, BODY, empty_keys));
}

/* While a key is rolled both are right; afterwards the old one is not. */
static void
test_roll (void)
{
  const char *const both[] = { "new", "old", NULL };
  const char *const after[] = { "new", NULL };
  g_autofree char *by_old = tpt_webhook_signature_sign (1000, BODY, strlen (BODY), "old");
  g_autofree char *by_new = tpt_webhook_signature_sign (1000, BODY, strlen (BODY), "new");

  g_assert_true (verify (by_old, BODY, both));
  g_assert_true (verify (by_new, BODY, both));
  g_assert_false (verify (by_old, BODY, after));
  g_assert_true (verify (by_new, BODY, after));
}

static void
test_bit_flips (void)
{
  g_autofree char *header = tpt_webhook_signature_sign (1000, BODY, strlen (BODY), KEY);
  g_autofree char *body = g_strdup (BODY);
  gsize length = strlen (body);

  for (gsize bit = 0; bit < 8 * length; bit++)
    {
      body[bit / 8] ^= (char) (1 << (bit % 8));
      g_assert_false (tpt_webhook_signature_verify (header, body, length, one_key, NULL, NULL));
      body[bit / 8] ^= (char) (1 << (bit % 8));
    }
  for (gsize bit = 0; bit < 8 * strlen (header); bit++)
    {
      g_autofree char *flipped = g_strdup (header);

      flipped[bit / 8] ^= (char) (1 << (bit % 8));
      g_assert_false (verify (flipped, body, one_key));
    }
  g_assert_true (verify (header, body, one_key));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/webhook-signature/known", test_known);
  g_test_add_func ("/webhook-signature/rfc4231", test_rfc4231);
  g_test_add_func ("/webhook-signature/grammar", test_grammar);
  g_test_add_func ("/webhook-signature/forged", test_forged);
  g_test_add_func ("/webhook-signature/roll", test_roll);
  g_test_add_func ("/webhook-signature/bit-flips", test_bit_flips);

  return g_test_run ();
}
