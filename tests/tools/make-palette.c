/* make-palette.c: searches the eight cluster colours of a theme
 *
 *   make-palette light|dark|light-contrast|dark-contrast [SEED] [STEPS]
 *
 * Starts from eight fresh hues wished for, and climbs: first until every pair (gold and the grey of
 * noise included) differs by CIEDE2000 ≥ WANTED for every kind of sight and every colour has the
 * contrast its theme needs, then back towards the wishes without falling below.  Prints the colours
 * for ins-theme.c.  Build: cc -O2 make-palette.c -lm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "colour-math.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N 8
#define WANTED 12.6

typedef struct
{
  const char *name;
  unsigned background, gold, noise;
  double contrast;
  unsigned wish[N];
} Task;

/* The wishes are the colours in use: a search for better ones starts there. */
static const Task tasks[] = {
  { "light",
    0xffffff,
    0xe5a50a,
    0x8d8c8a,
    3.15,
    { 0x267dff, 0x1aa565, 0xba2867, 0x6138d8, 0x007a7c, 0xca1b00, 0x0c367f, 0xbd67a9 } },
  { "dark",
    0x1e1e1e,
    0xf5c211,
    0x79787d,
    3.15,
    { 0x406fb4, 0x13c27c, 0xd92e74, 0xa57bff, 0x66f2e5, 0xe87c3a, 0xc1f4a9, 0xe6a8ff } },
  { "light-contrast",
    0xffffff,
    0xd99a00,
    0x6f6e73,
    4.5,
    { 0x0c6cf1, 0x0f8451, 0xe41043, 0x6604b3, 0x005a68, 0x903b00, 0x13175f, 0xa8529d } },
  { "dark-contrast",
    0x000000,
    0xf8d22a,
    0x8f8f94,
    4.5,
    { 0x3b8dff, 0x3fcb87, 0xd35073, 0xb465b3, 0x2dffea, 0xee8b44, 0xbffda5, 0xefa9fd } },
};

static uint64_t state;

static double
uniform (void)
{
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) / 9007199254740992.0;
}

static Triple
unpack (unsigned rgb)
{
  return (Triple){ { (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0 } };
}

static unsigned
pack (Triple c)
{
  return (unsigned)(c.v[0] * 255 + .5) << 16 | (unsigned)(c.v[1] * 255 + .5) << 8
         | (unsigned)(c.v[2] * 255 + .5);
}

static double
from_wish (const Task *task, int i, Triple c)
{
  return ciede2000 (linear_to_lab (rgb_to_linear (unpack (task->wish[i]))),
                    linear_to_lab (rgb_to_linear (c)));
}

static double
least_pair (const Task *task, const Triple *colours)
{
  double least = 1e9;
  for (int i = 0; i < N; i++)
    {
      double gold = smallest_difference (colours[i], unpack (task->gold));
      double noise = smallest_difference (colours[i], unpack (task->noise)) * 1.15;
      least = fmin (least, fmin (gold, noise));
      for (int j = 0; j < i; j++)
        least = fmin (least, smallest_difference (colours[i], colours[j]));
    }
  return least;
}

/* More is better. */
static double
score (const Task *task, const Triple *colours)
{
  double least = least_pair (task, colours), far = 0, dull = 0;
  for (int i = 0; i < N; i++)
    {
      Triple lab = linear_to_lab (rgb_to_linear (colours[i]));
      double c = contrast (colours[i], unpack (task->background));
      if (c < task->contrast)
        return -1000 + c;
      far += pow (from_wish (task, i, colours[i]) / 10, 2);
      dull += fmax (0, 50 - hypot (lab.v[1], lab.v[2])) / 5;
    }
  return (least < WANTED ? -40 * (WANTED - least) : 0) - far - dull;
}

int
main (int argc, char **argv)
{
  const Task *task = NULL;
  Triple now[N];
  double best;
  long steps = argc > 3 ? atol (argv[3]) : 60000;

  for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
    if (argc > 1 && strcmp (argv[1], tasks[i].name) == 0)
      task = &tasks[i];
  if (!task)
    return fprintf (stderr, "make-palette light|dark|light-contrast|dark-contrast [SEED]\n"), 2;
  state = argc > 2 ? strtoull (argv[2], NULL, 10) : 1;
  for (int i = 0; i < N; i++)
    now[i] = unpack (task->wish[i]);
  for (int i = 0; i < N; i++) /* into the contrast's range */
    while (contrast (now[i], unpack (task->background)) < task->contrast)
      for (int c = 0; c < 3; c++)
        now[i].v[c] = task->background > 0x808080 ? now[i].v[c] * .99 : 1 - (1 - now[i].v[c]) * .99;
  best = score (task, now);
  for (long s = 0; s < steps; s++)
    {
      int i = (int)(uniform () * N);
      double reach = 0.25 * (1 - (double)s / steps) + 0.01, heat = 1.5 * (1 - (double)s / steps), t;
      Triple old = now[i];
      for (int c = 0; c < 3; c++)
        now[i].v[c] = fmin (1, fmax (0, now[i].v[c] + reach * (2 * uniform () - 1)));
      now[i] = unpack (pack (now[i]));
      t = score (task, now);
      if (t >= best || uniform () < exp ((t - best) / (heat + 1e-9)))
        best = t;
      else
        now[i] = old;
    }
  printf ("%s: score %.2f, smallest difference %.2f\n", task->name, best, least_pair (task, now));
  for (int i = 0; i < N; i++)
    printf ("  0x%06x contrast %.2f\n", pack (now[i]),
            contrast (now[i], unpack (task->background)));
  return 0;
}
