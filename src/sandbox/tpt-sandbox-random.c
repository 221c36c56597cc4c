/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-random.h"

/* SplitMix64 of Steele, Lea and Flood: three lines, no weak seeds. */
static guint64
next (TptSandboxRandom *self)
{
  guint64 value = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return value ^ (value >> 31);
}

static char *
letters (TptSandboxRandom *self,
         const char       *alphabet,
         guint             n_letters,
         guint             length)
{
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = alphabet[tpt_sandbox_random_below (self, n_letters)];
  text[length] = '\0';

  return text;
}

void
tpt_sandbox_random_seed (TptSandboxRandom *self,
                         guint64           seed)
{
  self->state = seed;
}

/* A number from 0 to @limit - 1. */
guint
tpt_sandbox_random_below (TptSandboxRandom *self,
                          guint             limit)
{
  g_return_val_if_fail (limit > 0, 0);

  return (guint) ((next (self) >> 32) * limit >> 32);
}

/* A number from @least to @most, both included. */
int
tpt_sandbox_random_range (TptSandboxRandom *self,
                          int               least,
                          int               most)
{
  return least + (int) tpt_sandbox_random_below (self, (guint) (most - least + 1));
}

gboolean
tpt_sandbox_random_chance (TptSandboxRandom *self,
                           guint             percent)
{
  return tpt_sandbox_random_below (self, 100) < percent;
}

/* The older of Calendly's two kinds of ids: sixteen capitals and digits. */
char *
tpt_sandbox_random_short (TptSandboxRandom *self)
{
  return letters (self, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32, 16);
}

char *
tpt_sandbox_random_uuid (TptSandboxRandom *self)
{
  guint64 high = next (self);
  guint64 low = next (self);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%012" G_GINT64_MODIFIER "x",
                          (guint) (high >> 32),
                          (guint) (high >> 16) & 0xffff,
                          (guint) high & 0xfff,
                          ((guint) (low >> 48) & 0x3fff) | 0x8000,
                          low & G_GUINT64_CONSTANT (0xffffffffffff));
}

/* One of the two kinds of ids, so that no client gets used to a shape. */
char *
tpt_sandbox_random_id (TptSandboxRandom *self)
{
  return tpt_sandbox_random_chance (self, 40) ? tpt_sandbox_random_short (self)
                                              : tpt_sandbox_random_uuid (self);
}

char *
tpt_sandbox_random_hex (TptSandboxRandom *self,
                        guint             length)
{
  return letters (self, "0123456789abcdef", 16, length);
}

/* The middle of a single-use link: https://calendly.com/d/abcd-brv8-x3q/… */
char *
tpt_sandbox_random_code (TptSandboxRandom *self)
{
  const char *alphabet = "bcdfghjkmnpqrstvwxyz23456789";
  g_autofree char *first = letters (self, alphabet, 28, 4);
  g_autofree char *second = letters (self, alphabet, 28, 3);
  g_autofree char *third = letters (self, alphabet, 28, 3);

  return g_strdup_printf ("%s-%s-%s", first, second, third);
}
