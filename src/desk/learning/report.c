// What supervisors see of learning, and what administrators do with it.
#include "desk/learning/stored.h"

#include "desk/learning.sql.h"
#include "desk/learning/from.h"
#include "desk/setting.sql.h"

#include <stdlib.h>

#define FROM "learning-from" // setting: judgements up to this one are not learnt from

bool learning_from(Desk *desk, int64_t *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *value = NULL;
  if (!setting_select(arena, desk->db, FROM, &value, error)) return false;
  *out = value ? g_ascii_strtoll(value, NULL, 10) : 0;
  return true;
}

bool learning_report(Arena *arena, Desk *desk, LearningReport *out, GError **error) {
  *out = (LearningReport){0};
  int64_t from = 0;
  return learning_is_on(desk, &out->is_on, error) && learning_is_due(desk, &out->is_due, error) &&
         learning_from(desk, &from, error) && learnt_newest(arena, desk->db, &out->learnt, error) &&
         accuracy_select(arena, desk->db, &out->accuracy, error) &&
         agreement_select(arena, desk->db, from, &out->agreement, error);
}

bool learning_export(Arena *arena, Desk *desk, int64_t after, ExportedLessonList *out, GError **error) {
  return lesson_export(arena, desk->db, after, EXPORT_PAGE, out, error);
}

bool learning_reset(Desk *desk, GError **error) {
  int64_t newest = 0;
  char value[24];
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !correction_newest(desk->db, &newest, error)) return false;
  g_snprintf(value, sizeof value, "%" G_GINT64_FORMAT, newest);
  return learnt_accuracy_forget(desk->db, error) && learnt_forget(desk->db, error) && setting_set(desk->db, FROM, value, error) &&
         db_commit(&tx, error);
}
