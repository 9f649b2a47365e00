/* colour-math.h: contrast, CIEDE2000 and simulated colour vision, for palettes and their test
 *
 * Difference: Sharma, Wu & Dalal (2005).  Simulation: Machado, Oliveira & Fernandes (2009) at full
 * severity, and Viénot, Brettel & Mollon (1999) for red and green blindness.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

typedef struct
{
  double v[3];
} Triple;

typedef struct
{
  const char *name;
  double m[3][3]; /* on linear RGB */
} Sight;

#define N_SIGHTS 6

static const Sight sights[N_SIGHTS] = {
  { "normal", { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
  { "protan",
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } } },
  { "deutan",
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } } },
  { "tritan",
    { { 1.255528, -0.076749, -0.178779 },
      { -0.078411, 0.930809, 0.147602 },
      { 0.004733, 0.691367, 0.303900 } } },
  { "protan (Viénot)",
    { { 0.11238, 0.88762, 0 }, { 0.11238, 0.88762, 0 }, { 0.00401, -0.00401, 1 } } },
  { "deutan (Viénot)",
    { { 0.29275, 0.70725, 0 }, { 0.29275, 0.70725, 0 }, { -0.02234, 0.02234, 1 } } },
};

static inline double
to_linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static inline Triple
rgb_to_linear (Triple rgb)
{
  return (Triple){ { to_linear (rgb.v[0]), to_linear (rgb.v[1]), to_linear (rgb.v[2]) } };
}

static inline double
luminance (Triple linear)
{
  return 0.2126 * linear.v[0] + 0.7152 * linear.v[1] + 0.0722 * linear.v[2];
}

/* WCAG 2: 1 … 21 */
static inline double
contrast (Triple rgb_a, Triple rgb_b)
{
  double a = luminance (rgb_to_linear (rgb_a)) + 0.05;
  double b = luminance (rgb_to_linear (rgb_b)) + 0.05;
  return a > b ? a / b : b / a;
}

static inline Triple
see (const Sight *sight, Triple linear)
{
  Triple out;
  for (int i = 0; i < 3; i++)
    {
      double s = 0;
      for (int j = 0; j < 3; j++)
        s += sight->m[i][j] * linear.v[j];
      out.v[i] = s < 0 ? 0 : s > 1 ? 1 : s;
    }
  return out;
}

static inline double
lab_curve (double t)
{
  return t > 216.0 / 24389.0 ? cbrt (t) : (24389.0 / 27.0 * t + 16) / 116;
}

/* D65 */
static inline Triple
linear_to_lab (Triple c)
{
  double x = 0.4124564 * c.v[0] + 0.3575761 * c.v[1] + 0.1804375 * c.v[2];
  double y = 0.2126729 * c.v[0] + 0.7151522 * c.v[1] + 0.0721750 * c.v[2];
  double z = 0.0193339 * c.v[0] + 0.1191920 * c.v[1] + 0.9503041 * c.v[2];
  double fx = lab_curve (x / 0.95047), fy = lab_curve (y), fz = lab_curve (z / 1.08883);
  return (Triple){ { 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) } };
}

static inline double
hue_degrees (double a, double b)
{
  double h = (a == 0 && b == 0) ? 0 : atan2 (b, a) * 180 / 3.14159265358979323846;
  return h < 0 ? h + 360 : h;
}

static inline double
ciede2000 (Triple p, Triple q)
{
  const double rad = 3.14159265358979323846 / 180;
  double c1 = hypot (p.v[1], p.v[2]), c2 = hypot (q.v[1], q.v[2]);
  double c7 = pow ((c1 + c2) / 2, 7);
  double g = 0.5 * (1 - sqrt (c7 / (c7 + 6103515625.0)));
  double a1 = (1 + g) * p.v[1], a2 = (1 + g) * q.v[1];
  double cp1 = hypot (a1, p.v[2]), cp2 = hypot (a2, q.v[2]);
  double h1 = hue_degrees (a1, p.v[2]), h2 = hue_degrees (a2, q.v[2]);
  double dl = q.v[0] - p.v[0], dc = cp2 - cp1, dh = h2 - h1, hm = h1 + h2;
  double lm, cm, cm7, t, sl, sc, sh, rt, turn, dhh;

  if (cp1 * cp2 == 0)
    dh = 0;
  else
    {
      if (fabs (h1 - h2) > 180)
        {
          dh += dh > 0 ? -360 : 360;
          hm += hm < 360 ? 360 : -360;
        }
      hm /= 2;
    }
  dhh = 2 * sqrt (cp1 * cp2) * sin (dh / 2 * rad);
  lm = (p.v[0] + q.v[0]) / 2;
  cm = (cp1 + cp2) / 2;
  t = 1 - 0.17 * cos ((hm - 30) * rad) + 0.24 * cos (2 * hm * rad) + 0.32 * cos ((3 * hm + 6) * rad)
      - 0.20 * cos ((4 * hm - 63) * rad);
  turn = 30 * exp (-pow ((hm - 275) / 25, 2));
  cm7 = pow (cm, 7);
  sl = 1 + 0.015 * pow (lm - 50, 2) / sqrt (20 + pow (lm - 50, 2));
  sc = 1 + 0.045 * cm;
  sh = 1 + 0.015 * cm * t;
  rt = -2 * sqrt (cm7 / (cm7 + 6103515625.0)) * sin (2 * turn * rad);
  return sqrt (pow (dl / sl, 2) + pow (dc / sc, 2) + pow (dhh / sh, 2)
               + rt * (dc / sc) * (dhh / sh));
}

/* The smallest difference between two colours over every kind of sight. */
static inline double
smallest_difference (Triple rgb_a, Triple rgb_b)
{
  Triple a = rgb_to_linear (rgb_a), b = rgb_to_linear (rgb_b);
  double least = 1e9;
  for (int s = 0; s < N_SIGHTS; s++)
    {
      double d =
          ciede2000 (linear_to_lab (see (&sights[s], a)), linear_to_lab (see (&sights[s], b)));
      if (d < least)
        least = d;
    }
  return least;
}
