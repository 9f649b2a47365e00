/* make-sample-words.h: what the sample shop sells, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct
{
  const char *name;
  int pence;
} Item;

/* A family: every item in every style.  @seasonal: sold from September to December only. */
typedef struct
{
  const char *styles[9];
  Item items[12];
  gboolean seasonal;
} Family;

static const Family families[] = {
  { { "Assam", "Darjeeling", "Earl Grey", "Lapsang", "Sencha", "Jasmine", "Peppermint",
      "Rosé hibiscus" },
    { { "loose tea, 100 g", 620 },
      { "tea bags, box of 20", 345 },
      { "tea in a gift tin", 1150 },
      { "tasting set, 6 × 10 g", 1495 } },
    FALSE },
  { { "Sky blue", "Sage", "Oat", "Charcoal", "Crème", "Ink spot" },
    { { "mug", 850 },
      { "espresso cup", 525 },
      { "teapot", 2650 },
      { "milk jug", 995 },
      { "side plate", 775 },
      { "soup bowl", 925 },
      { "butter dish", 1650 },
      { "egg cup", 295 },
      { "sugar bowl", 895 },
      { "cake stand, 10\"", 2450 },
      { "serving plate, 12\"", 1850 } },
    FALSE },
  { { "Meadow", "Swallow", "Harbour", "Orchard", "Nordlys", "Café" },
    { { "notebook A5", 595 },
      { "notebook A6", 395 },
      { "pocket diary", 450 },
      { "wrapping paper, 3 m", 325 },
      { "gift tags, pack of 12", 195 },
      { "pencils, 6 colours", 375 },
      { "letter set", 695 },
      { "sticky notes", 225 },
      { "wooden ruler, 12\"", 165 },
      { "birthday card", 185 },
      { "desk pad", 850 } },
    FALSE },
  { { "Fig & cedar", "Sea salt", "Beeswax", "Crème brûlée", "Winter spice", "Lavender", "Rhubarb" },
    { { "pillar candle, 4\"", 575 },
      { "pillar candle, 6\"", 795 },
      { "tea lights, pack of 24", 425 },
      { "scented candle", 1250 },
      { "travel candle", 650 },
      { "taper candles, pair", 365 },
      { "room mist", 895 } },
    FALSE },
  { { "Gingham", "Herringbone", "Blueberry", "Lemon grove", "Sørland stripe" },
    { { "tea towel", 650 },
      { "apron", 1695 },
      { "oven glove", 995 },
      { "napkins, set of 4", 1150 },
      { "pot holder", 475 },
      { "bread bag", 825 },
      { "table runner", 1895 } },
    FALSE },
  { { "Olive", "Oatmeal", "Rose", "Juniper", "Citrus" },
    { { "soap bar", 395 },
      { "bath salts", 725 },
      { "hand balm", 850 },
      { "soap dish", 595 },
      { "flannel", 345 },
      { "soap, box of 3", 1095 } },
    FALSE },
  { { "Small", "Classic", "Heritage", "Copper" },
    { { "seed tin", 875 },
      { "plant labels, pack of 10", 325 },
      { "watering can", 1850 },
      { "twine ball", 285 },
      { "terracotta pot, 5\"", 445 },
      { "herb kit", 1195 },
      { "bird feeder", 1350 } },
    FALSE },
  { { "Silver", "Red", "Frost", "Julestjerne" },
    { { "paper star", 495 },
      { "glass bauble", 375 },
      { "advent calendar", 1495 },
      { "wreath ring", 950 },
      { "crackers, box of 6", 1650 },
      { "gingerbread cutter", 245 },
      { "stocking", 1195 } },
    TRUE },
};

/* Invoices in a thousand. */
static const struct
{
  const char *name;
  guint share;
} countries[] = {
  { "United Kingdom", 700 }, { "Ireland", 70 }, { "Germany", 55 }, { "France", 50 },
  { "Netherlands", 30 },     { "Belgium", 25 }, { "Spain", 20 },   { "Portugal", 15 },
  { "Denmark", 12 },         { "Norway", 10 },  { "Sweden", 8 },   { "Switzerland", 5 },
};
