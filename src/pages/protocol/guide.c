// What the pages of protocols and scripts share.
#include "base/words.h"
#include "pages/history.html.h"

#include "desk/protocol/effect.h"

#include "base/text.h"
#include "pages/pages.h"

#include <string.h>

#define MINUS "\xE2\x88\x92"

static void add(Arena *arena, ChoiceList *out, const char *value, const char *words, bool is_chosen) {
  *list_add(arena, out) = (Choice){value, words, is_chosen};
}

void choices_of_behaviours(Arena *arena, Behaviour chosen, ChoiceList *out) {
  add(arena, out, "", "no certain behaviour", chosen == BEHAVIOUR_COUNT);
  for (Behaviour each = 0; each < BEHAVIOUR_COUNT; each++)
    add(arena, out, behaviour_word(each), behaviour_word(each), each == chosen);
}

void choices_of_needs(Arena *arena, Need chosen, ChoiceList *out) {
  add(arena, out, "", "no certain need", chosen == NEED_UNCLEAR);
  for (Need each = 0; each < NEED_COUNT; each++) add(arena, out, need_word(each), need_word(each), each == chosen);
}

void choices_of_languages(Arena *arena, const char *chosen, ChoiceList *out) {
  add(arena, out, "", "no certain language", text_is_blank(chosen));
  for (int i = 0; i < words_count(); i++)
    if (!words_is_pseudo(i)) add(arena, out, words_code(i), words_name(i), strcmp(words_code(i), chosen ? chosen : "") == 0);
}

void choices_of_checks(Arena *arena, StepCheck chosen, ChoiceList *out) {
  for (StepCheck each = 0; each < CHECK_COUNT; each++)
    add(arena, out, step_check_word(each), step_check_title(each), each == chosen);
}

bool guide_may_edit(const Visit *visit) { return role_may(visit->staff->role, PERMISSION_SUPERVISE); }

const char *guide_path(const Guide *guide) { return guide->kind == GUIDE_PROTOCOL ? "protocols" : "scripts"; }

static const char *version_words(const Visit *visit, int64_t version, int64_t restored, const char *made_by, int64_t made_at,
                                 bool is_retired) {
  const char *number = arena_say(visit->arena, "Version %jd", version);
  if (!made_by) return arena_say(visit->arena, "%s, came with the program", number);
  const char *what = restored ? arena_say(visit->arena, ", back to version %jd", restored) : "";
  return arena_say(visit->arena, "%s%s%s, by %s, %s", number, what, is_retired ? ", retired" : "", made_by,
                   moment_exact(visit, made_at));
}

const char *guide_version_words(const Visit *visit, const Guide *guide) {
  return version_words(visit, guide->version, guide->restored, guide->made_by, guide->made_at, guide->is_retired);
}

const char *history_version_words(const Visit *visit, const GuideVersion *version) {
  return version_words(visit, version->version, version->restored, version->made_by, version->made_at, version->is_retired);
}

const char *guide_for_words(Arena *arena, const GuideHead *head) {
  const char *words = head->behaviour < BEHAVIOUR_COUNT ? tr_of(behaviour_word(head->behaviour)) : "";
  if (head->need < NEED_COUNT) words = arena_say(arena, "%s%sneeds %s", words, *words ? ", " : "", need_word(head->need));
  if (!text_is_blank(head->situation)) words = arena_printf(arena, "%s%s%s", words, *words ? ", " : "", head->situation);
  int language = words_from_code(head->language);
  if (language >= 0 && language != words_language()) // what is in the reader's own needs no word
    words = arena_printf(arena, "%s%s%s", words, *words ? ", " : "", words_name(language));
  return words;
}

static const char *number_words(Arena *arena, double value) {
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(digits, sizeof digits, "%.2f", value < 0 ? -value : value);
  bool is_nothing = strcmp(digits, "0.00") == 0;
  *strchr(digits, '.') = *words_decimal_point();
  return arena_printf(arena, "%s%s", is_nothing ? "" : value < 0 ? MINUS : "+", digits);
}

const char *guide_effect_words(Arena *arena, const GuideEffect *sums) {
  Effect effect = effect_of(sums);
  if (sums->uses == 0) return "Not used yet.";
  const char *used = sums->uses == 1 ? "Used once" : arena_say(arena, "Used %jd times", sums->uses);
  if (!effect.is_known)
    return arena_say(arena, "%s. Not enough yet to say how it went: %jd of %d customers wrote again.", used, sums->heard,
                     EFFECT_LEAST);
  const char *verdict = effect.low > 0 ? "better" : effect.high < 0 ? "worse" : "no clear change";
  return arena_say(
    arena, "%s. The customer\xE2\x80\x99s next message went from %s to %s (n = %jd): %s, change %s, 95 %% between %s and %s.",
    used, number_words(arena, effect.before), number_words(arena, effect.after), sums->heard, verdict,
    number_words(arena, effect.change), number_words(arena, effect.low), number_words(arena, effect.high));
}

bool guide_missing_languages(const Visit *visit, GuideLanguageList *out, GError **error) {
  GuideLanguageList all = {0};
  if (!role_may(visit->staff->role, PERMISSION_ADMINISTER)) return true;
  if (!guide_languages(visit->arena, visit->desk, &all, error)) return false;
  list_each(const GuideLanguage, language, &all)
    if (!language->is_here) *list_add(visit->arena, out) = *language;
  return true;
}

bool guide_post_language(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  if (!guide_add_language(visit->desk, visit->staff, guide_field(visit, "language"), error)) return false;
  web_redirect(response, "/protocols");
  return true;
}

const char *guide_field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text_trim(visit->arena, text) : "";
}

void guide_head_of_form(const Visit *visit, GuideHead *out) {
  *out = (GuideHead){.title = guide_field(visit, "title"),
                     .situation = text_one_line(visit->arena, guide_field(visit, "situation")),
                     .language = words_from_code(guide_field(visit, "language")) >= 0 ? guide_field(visit, "language") : "",
                     .behaviour = BEHAVIOUR_COUNT,
                     .need = NEED_UNCLEAR};
  behaviour_from_word(guide_field(visit, "behaviour"), &out->behaviour);
  need_from_word(guide_field(visit, "need"), &out->need);
  step_check_from_word(guide_field(visit, "step"), &out->step);
}

const char *guide_problem(GError **refusal, int *out_status) {
  if (!error_is(*refusal, ERROR_INVALID) && !error_is(*refusal, ERROR_CONFLICT)) return NULL;
  *out_status = error_is(*refusal, ERROR_CONFLICT) ? 409 : 422;
  return (*refusal)->message;
}

bool guide_newest(const Visit *visit, GuideKind kind, const char *word, int64_t *out, GError **error) {
  const Guide *guide = guide_find(visit->arena, visit->desk, kind, word, error);
  if (guide) *out = guide->version;
  return guide != NULL;
}

static GuideKind kind_of(const Visit *visit) {
  return g_str_has_prefix(visit->request->path, "/protocols/") ? GUIDE_PROTOCOL : GUIDE_SCRIPT;
}

// The version whose changes are shown, and the one before it.
static void choose_shown(const Visit *visit, HistoryView *view) {
  const char *asked = web_query(visit->request, "version");
  gint64 wanted = 0;
  if (asked) g_ascii_string_to_signed(asked, 10, 1, G_MAXINT64, &wanted, NULL);
  for (size_t i = 0; i < view->versions.count; i++) {
    const GuideVersion *version = &view->versions.items[i];
    if (view->shown && version->version != wanted) continue;
    view->shown = version;
    view->before = i + 1 < view->versions.count ? version + 1 : NULL;
    if (!wanted || version->version == wanted) break;
  }
}

bool guide_history_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  HistoryView view = {.visit = visit};
  Shell shell;
  GuideHead head;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error)) return false;
  view.guide = guide_find(visit->arena, visit->desk, kind_of(visit), web_path_text(request, "word"), error);
  if (!view.guide || !guide_history(visit->arena, visit->desk, view.guide->id, &view.versions, error)) return false;
  guide_read(visit->arena, view.guide->content, &head, NULL);
  view.title = head.title;
  choose_shown(visit, &view);
  guide_changes(visit->arena, view.before ? view.before->content : "", view.shown->content, &view.changes);
  shell.title = arena_say(visit->arena, "History of %s", head.title);
  render_history(response->body, &shell, &view);
  return true;
}

static void lead_back(const Visit *visit, WebResponse *response, GuideKind kind, const char *word, const char *what) {
  web_redirect(response,
               arena_printf(visit->arena, "/%s/%s?kept=%s", kind == GUIDE_PROTOCOL ? "protocols" : "scripts", word, what));
}

bool guide_post_restore(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *word = web_path_text(request, "word");
  if (!guide_restore(visit->desk, visit->staff, kind_of(visit), word, visit_form_int(visit, "version"), error)) return false;
  lead_back(visit, response, kind_of(visit), word, "restored");
  return true;
}

bool guide_post_retire(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *word = web_path_text(request, "word");
  bool retires = strcmp(guide_field(visit, "retired"), "no") != 0;
  if (!guide_retire(visit->desk, visit->staff, kind_of(visit), word, retires, error)) return false;
  lead_back(visit, response, kind_of(visit), word, retires ? "retired" : "offered");
  return true;
}
