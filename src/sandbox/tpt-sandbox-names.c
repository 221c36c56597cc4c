/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-names.h"

static const TptSandboxRegion regions[] = {
  { "Europe/Stockholm", "+46 70 174 06",
    { "Åsa", "Björn", "Elin", "Göran",
      "Ingrid", "Lars", "Maja", "Sven" },
    { "Lindqvist", "Öberg", "Hallström", "Nyberg",
      "Sjögren", "Wallin", "Ek", "Åkesson" } },
  { "America/New_York", "+1 212 555 01",
    { "Alicia", "Brandon", "Denise", "Jamal",
      "Kate", "Marcus", "Nora", "Theodore" },
    { "Whitfield", "O'Donnell", "Carver", "Haynes",
      "McAllister", "Prescott", "Stone", "Van Dyke" } },
  { "Europe/Berlin", "+49 30 2300 01",
    { "Anke", "Dieter", "Friederike", "Jürgen",
      "Katrin", "Moritz", "Sabine", "Uwe" },
    { "Müller", "Schröder", "Weiß", "Köhler",
      "Brandt", "Hoffmann", "von Arnim", "Zöllner" } },
  { "Asia/Kolkata", "+91 98 7650 01",
    { "Aarav", "Deepika", "Ishaan", "Kavya",
      "Meera", "Rohan", "Sunita", "Vikram" },
    { "Iyer", "Chatterjee", "Deshpande", "Kulkarni",
      "Menon", "Rao", "Srinivasan", "Bhatt" } },
  { "America/Los_Angeles", "+1 415 555 01",
    { "Camila", "Derek", "Grace", "Hector",
      "Jennifer", "Luis", "Monique", "Tyler" },
    { "Nguyen", "Castillo", "Fong", "Jensen",
      "Park", "Ramirez", "Sandoval", "Yamamoto" } },
  { "Europe/Paris", "+33 1 99 00 01",
    { "Aurélie", "Benoît", "Chloé", "François",
      "Hélène", "Jérôme", "Noémie", "Thibault" },
    { "Lefèvre", "Garnier", "Dubois", "Mercier",
      "D'Aubigné", "Rousseau", "Béranger", "Petit" } },
  { "Asia/Tokyo", "+81 3 0123 45",
    { "Akiko", "Daichi", "Haruka", "Kenji",
      "Mei", "Ryota", "Sakura", "Takumi" },
    { "Fujimoto", "Hayashi", "Ishikawa", "Kobayashi",
      "Matsuda", "Ogawa", "Takahashi", "Watanabe" } },
  { "America/Sao_Paulo", "+55 11 5550 01",
    { "Ana", "Caio", "Fernanda", "João",
      "Letícia", "Mateus", "Renata", "Thiago" },
    { "Gonçalves", "Araújo", "Barbosa", "Nascimento",
      "Pereira", "Ribeiro", "dos Santos", "Vieira" } },
  { "Europe/London", "+44 20 7946 01",
    { "Alistair", "Bronwyn", "Fiona", "Gareth",
      "Imogen", "Nigel", "Priyanka", "Zara" },
    { "Ashworth", "Bannister", "Cholmondeley", "Fairclough",
      "Llewellyn", "Okonkwo", "Patel", "Thornton" } },
  { "Europe/Warsaw", "+48 22 100 01",
    { "Agnieszka", "Bartosz", "Elżbieta", "Grzegorz",
      "Katarzyna", "Łukasz", "Małgorzata", "Wojciech" },
    { "Kowalska", "Wiśniewski", "Zieliński", "Wójcik",
      "Dąbrowski", "Szczepański", "Mazur", "Gołąb" } },
  { "Africa/Lagos", "+234 1 555 01",
    { "Adaeze", "Babatunde", "Chinedu", "Folake",
      "Ifeoma", "Kelechi", "Ngozi", "Tunde" },
    { "Adeyemi", "Balogun", "Eze", "Nwosu",
      "Obi", "Okafor", "Olawale", "Uche" } },
  { "Australia/Adelaide", "+61 8 5550 01",
    { "Callum", "Georgia", "Harrison", "Kirra",
      "Lachlan", "Matilda", "Olivia", "Xavier" },
    { "Bradshaw", "Carmody", "Donnelly", "Gallagher",
      "Hargreaves", "Kiernan", "Papadopoulos", "Tran" } },
  { "America/Mexico_City", "+52 55 5550 01",
    { "Alejandra", "César", "Guadalupe", "Joaquín",
      "María José", "Raúl", "Sofía", "Ximena" },
    { "Hernández", "Ibáñez", "Jiménez", "Muñoz",
      "Ordóñez", "Peña", "Quiñones", "Zúñiga" } },
  { "Asia/Kathmandu", "+977 1 555 01",
    { "Anjali", "Bikash", "Dipesh", "Gita",
      "Kabita", "Prakash", "Sabina", "Suman" },
    { "Adhikari", "Basnet", "Gurung", "Karki",
      "Shrestha", "Tamang", "Thapa", "Rai" } },
};

static const char *const first_words[] = {
  "Halvorsen", "Northgate", "Blue Heron", "Cedar & Stone", "Meridian", "Lumen", "Ostrava",
  "Pinecrest", "Silverlake", "Tamarind", "Umbra", "Vireo", "Westhaven", "Yarrow", "Zephyr",
  "Alder", "Bright Harbour", "Copperfield", "Drumlin", "Eastwind", "Fjordline", "Granite Peak",
  "Hollis", "Ironwood", "Juniper", "Kestrel", "Larkspur", "Mistral", "Nimbus", "Orchard",
  "Palisade", "Quill", "Redwood", "Saffron", "Terrace", "Upland", "Verdant", "Willow", "Amber",
  "Beacon", "Cobalt", "Delta",
};

static const char *const second_words[] = {
  "Shipping", "Analytics", "Robotics", "Foods", "Insurance", "Energy", "Biotech", "Logistics",
  "Media", "Textiles", "Payments", "Learning", "Clinics", "Aerospace", "Software", "Furniture",
  "Mobility", "Hotels", "Materials", "Studios", "Water", "Retail", "Optics",
};

const TptSandboxRegion *
tpt_sandbox_names_region (guint index)
{
  return &regions[index % G_N_ELEMENTS (regions)];
}

/* A different company for each @index: the numbers of words have no common divisor, then
 * ordinals follow. */
char *
tpt_sandbox_names_company (guint index)
{
  guint round = index / (G_N_ELEMENTS (first_words) * G_N_ELEMENTS (second_words));
  const char *first = first_words[index % G_N_ELEMENTS (first_words)];
  const char *second = second_words[index % G_N_ELEMENTS (second_words)];

  if (round == 0)
    return g_strdup_printf ("%s %s", first, second);

  return g_strdup_printf ("%s %s %u", first, second, round + 1);
}

/* "Cedar & Stone Foods" → "cedar-stone-foods". Letters outside ASCII lose their marks. */
char *
tpt_sandbox_names_slug (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  GString *slug = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (slug, g_ascii_tolower (*c));
      else if (*c != '\'' && slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }
  if (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);

  return g_string_free (slug, FALSE);
}

/* "Åsa Öberg" at "kestrel.example" → "asa.oberg@kestrel.example". */
char *
tpt_sandbox_names_email (const char *name,
                         const char *domain)
{
  g_autofree char *slug = tpt_sandbox_names_slug (name);

  return g_strconcat (g_strdelimit (slug, "-", '.'), "@", domain, NULL);
}
