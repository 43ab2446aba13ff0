// Learning anew from all judgements. They are read in one statement, learnt from without holding the database, and the result is kept in
// one short transaction. Judgements that arrive meanwhile are for the next time.
#include "desk/learning/from.h"
#include "desk/learning/stored.h"
#include "desk/learning/taught.h"

#include "base/log.h"
#include "desk/learning.sql.h"

#include <string.h>

bool learning_is_due(Desk *desk, bool *out, GError **error) {
  int64_t newest = 0, from = 0;
  if (!learning_take_up(desk, error) || !correction_newest(desk->db, &newest, error) || !learning_from(desk, &from, error))
    return false;
  *out = desk->taught->is_refused || newest > MAX(desk->taught->up_to, from);
  return true;
}

// The message is the name of a lesson, so that whoever changes their mind about it, and says more of it, leaves it on its side of what is
// held out.
static CorrectionList corrections_of(Arena *arena, const StoredLessonList *stored) {
  CorrectionList corrections = {0};
  list_each(const StoredLesson, lesson, stored)
    *list_add(arena, &corrections) = (Correction){.id = arena_printf(arena, "%" G_GINT64_FORMAT, lesson->message_id),
                                                  .text = lesson->text,
                                                  .length = strlen(lesson->text),
                                                  .kind = (CorrectionKind)lesson->kind,
                                                  .right = (int)lesson->value};
  return corrections;
}

static bool keep_accuracy(Desk *desk, int64_t learnt_id, const LearningScore *scores, GError **error) {
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++)
    if (!learnt_accuracy_put(desk->db, learnt_id, kind, scores[kind].held_out, scores[kind].right_before,
                             scores[kind].right_after, error))
      return false;
  return true;
}

static bool keep(Desk *desk, int64_t up_to, size_t count, Bytes packed, const LearningScore *scores, GError **error) {
  int64_t id = 0;
  bool is_first = false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !learnt_put(desk->db, clock_now(desk->clock), up_to, (int64_t)count, packed,
                         desk->taught->is_refused ? desk->taught->made_at : 0, &is_first, &id, error))
    return false;
  if (!is_first) return true; // another node learnt the same meanwhile
  return keep_accuracy(desk, id, scores, error) && learnt_trim(desk->db, up_to, bytes_of_text(""), error) &&
         db_announce(desk->db, error) && db_commit(&tx, error);
}

bool learning_renew(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t up_to = 0, from = 0;
  bool is_due = false;
  StoredLessonList stored = {0};
  if (!learning_is_due(desk, &is_due, error) || !is_due) return !is_due;
  if (!correction_newest(desk->db, &up_to, error) || !learning_from(desk, &from, error) ||
      !lesson_select(arena, desk->db, from, up_to, LESSONS_MOST, &stored, error))
    return false;
  CorrectionList corrections = corrections_of(arena, &stored);
  const InsightDelta *delta = insight_learn(arena, &corrections);
  if (!keep(desk, up_to, stored.count, insight_delta_pack(arena, delta), insight_delta_scores(delta), error)) return false;
  log_info("learning", "judgements learnt from: %zu", stored.count);
  return true;
}
