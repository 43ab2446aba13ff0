// Reflections: half a minute before a conversation and half a minute after it, for oneself. They belong to their writer alone: every
// call names who asks, no call gives another's, nothing lists, counts, exports or logs them, and no role may.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

typedef enum ReflectionMoment { REFLECTION_BEFORE, REFLECTION_AFTER, REFLECTION_COUNT } ReflectionMoment;
const char *reflection_word(ReflectionMoment moment); // "before", "after"
bool reflection_from_word(const char *word, ReflectionMoment *out);
const char *reflection_question(ReflectionMoment moment, size_t index); // three each

#define REFLECTION_QUESTIONS 3
#define REFLECTION_MOST 1000 // characters an answer

typedef struct Reflection {
  int64_t id, number, made_at, changed_at;
  ReflectionMoment moment;
  const char *first, *second, *third;
  const char *subject; // of the conversation
} Reflection;
LIST_DEFINE(Reflection)

const char *reflection_answer(const Reflection *reflection, size_t index);

// `*out` NULL when they kept none.
bool reflection_load(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, ReflectionMoment moment, Reflection **out,
                     GError **error);
// Keeps the three answers in place of earlier ones; all blank: forgets them. ERROR_INVALID when one is too long.
bool reflection_keep(Desk *desk, int64_t staff_id, int64_t number, ReflectionMoment moment, const char *const answers[],
                     GError **error);
// One's own, the newest first, at most REFLECTION_PAGE before `before` (0: the newest).
#define REFLECTION_PAGE 30
bool reflection_list(Arena *arena, Desk *desk, int64_t staff_id, int64_t before, ReflectionList *out, bool *out_has_more,
                     GError **error);
bool reflection_forget(Desk *desk, int64_t staff_id, int64_t id, GError **error); // ERROR_NOT_FOUND, also for another's
