// What the pages of protocols and scripts share: who may change them, their history, and their effect in words.
#pragma once

#include "desk/protocol/protocol.h"
#include "desk/protocol/script.h"
#include "pages/shell/shell.h"

typedef struct Choice { // one of a select
  const char *value, *words;
  bool is_chosen;
} Choice;
LIST_DEFINE(Choice)

void choices_of_behaviours(Arena *arena, Behaviour chosen, ChoiceList *out);
void choices_of_needs(Arena *arena, Need chosen, ChoiceList *out);
void choices_of_languages(Arena *arena, const char *chosen, ChoiceList *out); // those that the program has words in
void choices_of_checks(Arena *arena, StepCheck chosen, ChoiceList *out);

bool guide_may_edit(const Visit *visit);
const char *guide_version_words(const Visit *visit, const Guide *guide); // "Version 3 by Mira Lindqvist, 22 Nov 2026, 09:15"
const char *guide_for_words(Arena *arena, const GuideHead *head);        // "frustrated, security, Delay"; "" for no certain one
const char *guide_effect_words(Arena *arena, const GuideEffect *effect);
const char *guide_path(const Guide *guide); // "protocols", "scripts"

typedef struct HistoryView {
  const Visit *visit;
  const Guide *guide;
  GuideVersionList versions;
  const GuideVersion *shown;  // whose changes are shown
  const GuideVersion *before; // against this one; NULL: it is the first
  GuideChangeList changes;
  const char *title;
} HistoryView;
const char *history_version_words(const Visit *visit, const GuideVersion *version);

// Pages of both kinds: the kind is told by the path.
WebHandler guide_history_page, guide_post_restore, guide_post_retire, guide_post_language;
// Sets of the program's that this desk has not, for those who may add them.
bool guide_missing_languages(const Visit *visit, GuideLanguageList *out, GError **error);
// The text of a form field, trimmed; "" when absent.
const char *guide_field(const Visit *visit, const char *name);
void guide_head_of_form(const Visit *visit, GuideHead *out);
// What could not be kept because of what was written comes back to the form; anything else is an error. NULL when it was kept.
const char *guide_problem(GError **refusal, int *out_status);
// After a conflict: the version that counts now, so that keeping again is on purpose.
bool guide_newest(const Visit *visit, GuideKind kind, const char *word, int64_t *out, GError **error);
