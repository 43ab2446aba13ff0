// Reading the drafts that the coach is measured by, and scoring it on them.
#include "insight/coach/drafts.h"

#include "base/error.h"

#define HELD_OUT 3 // one of so many

static const char *with_breaks(Arena *arena, const char *line) {
  g_auto(GStrv) parts = g_strsplit(line, "\\n", -1);
  return arena_take(arena, g_strjoinv("\n", parts));
}

bool coach_examples_read(Arena *arena, const char *path, CoachExampleList *out, GError **error) {
  g_autofree char *name = g_path_get_basename(path);
  char *dot = strrchr(name, '.');
  if (dot) *dot = '\0';
  CoachRule rule;
  if (!coach_rule_from_word(name, &rule)) return error_set(error, ERROR_INVALID, "%s is named after no rule.", path);
  char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, error)) return false;
  g_auto(GStrv) lines = g_strsplit(arena_take(arena, text), "\n", -1);
  const char *message = NULL;
  bool holds_out = !strstr(path, "/later/");
  int count[2] = {0};
  for (size_t i = 0; lines[i]; i++) {
    const char *line = lines[i];
    if (g_str_has_prefix(line, "==")) message = line[2] ? with_breaks(arena, line + 3) : NULL;
    if ((line[0] != '+' && line[0] != '-') || line[1] != ' ') continue;
    bool is_good = line[0] == '+';
    bool is_held_out = ++count[is_good] % HELD_OUT == 0 && holds_out;
    *list_add(arena, out) = (CoachExample){rule, message, with_breaks(arena, line + 2), is_good, is_held_out};
  }
  return true;
}

bool coach_example_is_advised(const CoachExample *example) {
  g_autoptr(Arena) arena = arena_new();
  CoachInput input = {.draft = example->draft, .draft_length = strlen(example->draft)};
  if (example->message) {
    input.message = example->message;
    input.message_length = strlen(example->message);
    input.reading = insight_read(arena, example->message, strlen(example->message));
  }
  const Coaching *coaching = coach_draft(arena, &input);
  list_each(const Advice, advice, &coaching->advice)
    if (advice->rule == example->rule) return true;
  return false;
}

CoachScore coach_score(const CoachExampleList *examples, CoachRule rule, bool is_held_out) {
  CoachScore score = {0};
  list_each(const CoachExample, example, examples) {
    if (example->rule != rule || example->is_held_out != is_held_out) continue;
    bool is_advised = coach_example_is_advised(example);
    score.good += example->is_good;
    score.bad += !example->is_good;
    score.good_advised += example->is_good && is_advised;
    score.bad_advised += !example->is_good && is_advised;
  }
  return score;
}

double coach_precision(const CoachScore *score) {
  int64_t said = score->good_advised + score->bad_advised;
  return said ? (double)score->bad_advised / (double)said : 1;
}

double coach_recall(const CoachScore *score) { return score->bad ? (double)score->bad_advised / (double)score->bad : 1; }
