// Handing on. The event names nobody, so that nobody's handing on can be counted, and no reason is asked for.
#include "desk/complaint/happen.h"
#include "desk/conversation/stand.h"
#include "desk/exposure.sql.h"
#include "desk/exposure/exposure.h"
#include "desk/staff.sql.h"

bool exposure_is_hard_one(Desk *desk, int64_t number, bool *out, GError **error) {
  int64_t found = 0;
  return exposure_is_hard(desk->db, number, out, &found, error);
}

bool exposure_hand_on(Arena *arena, Desk *desk, const Staff *actor, int64_t number, const char **out_name, GError **error) {
  IntList colleagues = {0};
  int64_t next = 0;
  bool is_hard = false;
  *out_name = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *before = tx ? stand_load(arena, desk, number, error) : NULL;
  if (!before) return false;
  if (before->assignee_id != actor->id)
    return error_set(error, ERROR_CONFLICT, "#%" G_GINT64_FORMAT " is not with you, so there is nothing to hand on.", number);
  if (!exposure_is_hard_one(desk, number, &is_hard, error)) return false;
  if (!is_hard)
    return error_set(error, ERROR_CONFLICT,
                     "Nothing hostile was read in #%" G_GINT64_FORMAT ". Hand it back, or correct the reading first.", number);
  if (!exposure_select_colleagues(arena, desk->db, number, actor->id, clock_now(desk->clock), &colleagues, error) ||
      !exposure_gentlest(desk, &colleagues, &next, error))
    return false;
  if (next && !staff_select_active_name(arena, desk->db, next, out_name, error)) return false;
  ConversationStand after = *before;
  after.assignee_id = *out_name ? next : 0;
  return stand_save(desk, before, &after, error) && event_add(desk, number, EVENT_HANDED_ON, NULL, "", error) &&
         complaint_note_assigned(arena, desk, NULL, before, &after, error) && db_commit(&tx, error);
}
