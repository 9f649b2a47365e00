/* ins-filter-step.c: which lines count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "data/ins-filter.h"
#include "pipeline/ins-choices.h"
#include "pipeline/ins-step.h"

struct _InsFilterStep
{
  InsStep parent;
  int anonymous, price_rule, cancellations, outliers;
  gint64 first_anonymous_id;
  double min_price, min_amount, max_amount, outlier_limit;
  char *products, *countries, *customers, *date_from, *date_to, *require;
  gboolean cap;
};

G_DECLARE_FINAL_TYPE (InsFilterStep, ins_filter_step, INS, FILTER_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsFilterStep, ins_filter_step, INS_TYPE_STEP)

INS_DEFINE_CHOICES ("InsAnonymous", anonymous,
                    { INS_ANONYMOUS_LEAVE_OUT, N_ ("Leave out"), "leave-out" },
                    { INS_ANONYMOUS_PER_INVOICE, N_ ("New customer per invoice"), "per-invoice" })
INS_DEFINE_CHOICES ("InsPriceRule", price_rule, { INS_PRICE_OFF, N_ ("Any"), "off" },
                    { INS_PRICE_ABOVE, N_ ("Above"), "above" },
                    { INS_PRICE_AT_LEAST, N_ ("At least"), "at-least" })
INS_DEFINE_CHOICES ("InsCancellations", cancellations,
                    { INS_CANCELLATIONS_PAIR, N_ ("Take the sale back"), "pair" },
                    { INS_CANCELLATIONS_NEGATIVE, N_ ("Count as return"), "negative" })
INS_DEFINE_CHOICES ("InsOutliers", outliers, { INS_OUTLIERS_OFF, N_ ("Keep"), "off" },
                    { INS_OUTLIERS_IQR, N_ ("Outside quartiles"), "iqr" },
                    { INS_OUTLIERS_Z, N_ ("Outside standard deviations"), "z" })

static gint32
parse_date (const char *text)
{
  gint32 days = INS_DATE_MISSING;

  ins_text_to_date (text, strlen (text), "%Y-%m-%d", &days, NULL);
  return days;
}

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  InsFilterStep *self = INS_FILTER_STEP (step);
  InsFilterRules rules = {
    .anonymous = (InsAnonymous)self->anonymous,
    .first_anonymous_id = self->first_anonymous_id,
    .price_rule = (InsPriceRule)self->price_rule,
    .min_price = self->min_price,
    .products = self->products,
    .countries = self->countries,
    .customers = self->customers,
    .cancellations = (InsCancellations)self->cancellations,
    .date_from = parse_date (self->date_from),
    .date_to = parse_date (self->date_to),
    .min_amount = self->min_amount < 0 ? NAN : self->min_amount,
    .max_amount = self->max_amount < 0 ? NAN : self->max_amount,
    .outliers = (InsOutliers)self->outliers,
    .outlier_limit = self->outlier_limit,
    .cap = self->cap,
    .require = self->require,
  };

  return ins_filter_apply (context->inputs.import->table, &rules, run, error);
}

#define OFFSET(name) G_STRUCT_OFFSET (InsFilterStep, name)

static InsParam *
add (InsStepClass *step, GParamSpec *spec, InsParamKind kind, gsize offset, const char *visible_if)
{
  InsParam *param = ins_step_class_add_param (step, spec, kind, offset);

  param->visible_if = visible_if;
  return param;
}

static void
add_text (InsStepClass *step, const char *name, const char *nick, const char *blurb,
          const char *value, InsParamKind kind, const char *candidates, gsize offset)
{
  InsParam *param = ins_step_class_add_param (
      step, g_param_spec_string (name, nick, blurb, value, INS_PARAM_FLAGS), kind, offset);

  param->candidates = candidates;
}

static void
add_amounts (InsStepClass *step)
{
  InsParam *param;

  param = add (step,
               g_param_spec_double ("min-amount", N_ ("Smallest Amount"),
                                    N_ ("Lines of a smaller amount are left out"), -1, 1e12, -1,
                                    INS_PARAM_FLAGS),
               INS_PARAM_DOUBLE, OFFSET (min_amount), NULL);
  param->auto_text = "off";
  param->useful_min = 0;
  param->useful_max = 1e6;
  param = add (step,
               g_param_spec_double ("max-amount", N_ ("Largest Amount"),
                                    N_ ("Lines of a larger amount are left out"), -1, 1e12, -1,
                                    INS_PARAM_FLAGS),
               INS_PARAM_DOUBLE, OFFSET (max_amount), NULL);
  param->auto_text = "off";
  param->useful_min = 0;
  param->useful_max = 1e6;
}

static void
add_outliers (InsStepClass *step)
{
  InsParam *param;

  add (step,
       g_param_spec_enum ("outliers", N_ ("Extreme Quantities"),
                          N_ ("What is far outside the usual quantities"), outliers_get_type (),
                          INS_OUTLIERS_OFF, INS_PARAM_FLAGS),
       INS_PARAM_CHOICE, OFFSET (outliers), NULL);
  param = add (step,
               g_param_spec_double ("outlier-limit", N_ ("How Far"),
                                    N_ ("Quartile distances (1.5 is usual) or standard deviations "
                                        "(3 is usual)"),
                                    0, 1000, 1.5, INS_PARAM_FLAGS),
               INS_PARAM_DOUBLE, OFFSET (outlier_limit), "outliers=iqr|z");
  param->useful_max = 10;
  add (step,
       g_param_spec_boolean ("cap", N_ ("Cut Down to the Limit"),
                             N_ ("Keep the line with the largest quantity allowed instead of "
                                 "leaving it out"),
                             FALSE, INS_PARAM_FLAGS),
       INS_PARAM_BOOL, OFFSET (cap), "outliers=iqr|z");
}

static void
add_rules (InsStepClass *step)
{
  InsParam *param;

  add (step,
       g_param_spec_enum ("anonymous", N_ ("Lines without Customer"),
                          N_ ("They count in the totals only, or become customers who do not "
                              "exist, one per invoice"),
                          anonymous_get_type (), INS_ANONYMOUS_LEAVE_OUT, INS_PARAM_FLAGS),
       INS_PARAM_CHOICE, OFFSET (anonymous), NULL);
  param = add (step,
               g_param_spec_int64 ("first-anonymous-id", N_ ("First New Number"),
                                   N_ ("Number of the first made-up customer"), 0, G_MAXINT32,
                                   19000, INS_PARAM_FLAGS),
               INS_PARAM_INT, OFFSET (first_anonymous_id), "anonymous=per-invoice");
  param->useful_max = 1e9;
  add (step,
       g_param_spec_enum ("price-rule", N_ ("Unit Price"), N_ ("Which unit prices count"),
                          price_rule_get_type (), INS_PRICE_ABOVE, INS_PARAM_FLAGS),
       INS_PARAM_CHOICE, OFFSET (price_rule), NULL);
  param = add (step,
               g_param_spec_double ("min-price", N_ ("Price Limit"),
                                    N_ ("Lines with a lower unit price are left out"), 0, 1e9, 0.04,
                                    INS_PARAM_FLAGS),
               INS_PARAM_DOUBLE, OFFSET (min_price), "price-rule=above|at-least");
  param->useful_max = 1000;
  param->increment = 0.01;
  add_text (step, "products", N_ ("Product Codes Left Out"),
            N_ ("Services, not goods; [no-digit] is every code without a digit, * any letters"),
            "[no-digit],C2,gift_*", INS_PARAM_LIST, "services", OFFSET (products));
  add_text (step, "countries", N_ ("Countries Left Out"), N_ ("Their lines are left out"), "",
            INS_PARAM_LIST, "countries", OFFSET (countries));
  add_text (step, "customers", N_ ("Customers Left Out"), N_ ("Their lines are left out"), "",
            INS_PARAM_LIST, "customers", OFFSET (customers));
  add (step,
       g_param_spec_enum ("cancellations", N_ ("Cancellations"),
                          N_ ("Whether a return takes the sale it cancels away with it"),
                          cancellations_get_type (), INS_CANCELLATIONS_PAIR, INS_PARAM_FLAGS),
       INS_PARAM_CHOICE, OFFSET (cancellations), NULL);
  add_text (step, "date-from", N_ ("First Day"), N_ ("Earlier lines are left out"), "",
            INS_PARAM_DATE, NULL, OFFSET (date_from));
  add_text (step, "date-to", N_ ("Last Day"), N_ ("Later lines are left out"), "", INS_PARAM_DATE,
            NULL, OFFSET (date_to));
}

static void
ins_filter_step_class_init (InsFilterStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);

  step->id = "filter";
  step->title = N_ ("Filter");
  step->blurb = N_ ("Leaves out lines that say nothing about customers");
  step->version = 1;
  step->stage = INS_STAGE_FILTER;
  step->needs = 1u << INS_STAGE_DATA;
  step->run = run;
  add_rules (step);
  add_amounts (step);
  add_outliers (step);
  add_text (step, "require", N_ ("Features Required"),
            N_ ("Customers who lack one of these features are left out"), "", INS_PARAM_LIST,
            "features", OFFSET (require));
}

static void
ins_filter_step_init (InsFilterStep *self)
{
}
