/* ins-questions.h: the nine questions a loyalty programme has to answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-identity.h"

G_BEGIN_DECLS

#define INS_N_QUESTIONS 9

/**
 * InsQuestion:
 * @question: for people, translated
 * @answer: a sentence with the project's figures, or why there is none
 * @is_answered: FALSE if the results do not answer it
 */
typedef struct
{
  const char *question;
  char *answer;
  gboolean is_answered;
} InsQuestion;

/* Answers from results that have a profile; @identities: names of its clusters, those marked as
 * Insiders taken together.  @currency: (nullable).  Free with ins_questions_clear(). */
void ins_questions_answer (const InsResults *results, const InsIdentity *identities,
                           const char *currency, InsQuestion questions[INS_N_QUESTIONS]);
void ins_questions_clear (InsQuestion questions[INS_N_QUESTIONS]);

G_END_DECLS
