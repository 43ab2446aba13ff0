// The questions, and keeping, finding and forgetting one's own answers.
#include "desk/reflection/reflection.h"

#include "base/text.h"
#include "desk/reflection.sql.h"

static const struct {
  const char *word, *questions[REFLECTION_QUESTIONS];
} moments[REFLECTION_COUNT] = {
  [REFLECTION_BEFORE] = {"before",
                         {"What do I need just now?", "What is my intention?",
                          "What can I contribute that makes sense to them?"}},
  [REFLECTION_AFTER] = {"after", {"What was it really about, for them?", "What did I do that helped?", "What do I take along?"}},
};

const char *reflection_word(ReflectionMoment moment) { return moment < REFLECTION_COUNT ? moments[moment].word : ""; }

bool reflection_from_word(const char *word, ReflectionMoment *out) {
  for (unsigned moment = 0; moment < REFLECTION_COUNT; moment++)
    if (word && strcmp(moments[moment].word, word) == 0) {
      *out = moment;
      return true;
    }
  return false;
}

const char *reflection_question(ReflectionMoment moment, size_t index) {
  return moment < REFLECTION_COUNT && index < REFLECTION_QUESTIONS ? moments[moment].questions[index] : "";
}

const char *reflection_answer(const Reflection *reflection, size_t index) {
  if (!reflection) return "";
  return index == 0 ? reflection->first : index == 1 ? reflection->second : reflection->third;
}

bool reflection_load(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, ReflectionMoment moment, Reflection **out,
                     GError **error) {
  return reflection_select(arena, desk->db, staff_id, number, moment, out, error);
}

bool reflection_keep(Desk *desk, int64_t staff_id, int64_t number, ReflectionMoment moment, const char *const answers[],
                     GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *kept[REFLECTION_QUESTIONS];
  bool is_blank = true;
  for (size_t i = 0; i < REFLECTION_QUESTIONS; i++) {
    kept[i] = text_trim(arena, answers[i]);
    is_blank &= !*kept[i];
    if (text_length(kept[i]) > REFLECTION_MOST)
      return error_set(error, ERROR_INVALID, "An answer has at most %d characters; it is meant to take half a minute.",
                       REFLECTION_MOST);
  }
  if (is_blank) return reflection_delete_of(desk->db, staff_id, number, moment, error);
  g_autoptr(GError) problem = NULL;
  if (reflection_upsert(desk->db, staff_id, number, moment, kept[0], kept[1], kept[2], clock_now(desk->clock), &problem))
    return true;
  if (error_is(problem, ERROR_CONFLICT)) // its number leads nowhere
    return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

bool reflection_list(Arena *arena, Desk *desk, int64_t staff_id, int64_t before, ReflectionList *out, bool *out_has_more,
                     GError **error) {
  if (!reflection_select_own(arena, desk->db, staff_id, before ? before : INT64_MAX, REFLECTION_PAGE + 1, out, error))
    return false;
  *out_has_more = out->count > REFLECTION_PAGE;
  if (*out_has_more) out->count = REFLECTION_PAGE;
  return true;
}

bool reflection_forget(Desk *desk, int64_t staff_id, int64_t id, GError **error) {
  int64_t changed = 0;
  if (!reflection_delete(desk->db, staff_id, id, &changed, error)) return false;
  return changed || error_set(error, ERROR_NOT_FOUND, "There is no such reflection of yours.");
}
