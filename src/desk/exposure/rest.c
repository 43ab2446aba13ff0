// A break: one moment on the person, until which turns pass them by. It is set to nothing when it is over or when somebody comes back,
// so that nothing tells how often they took one.
#include "desk/exposure.sql.h"
#include "desk/exposure/exposure.h"

bool break_load(Arena *arena, Desk *desk, int64_t staff_id, BreakChoice *out, GError **error) {
  BreakChoice *found = NULL;
  *out = (BreakChoice){.is_offered = true};
  if (!break_select(arena, desk->db, staff_id, &found, error)) return false;
  if (found) *out = *found;
  if (out->until <= clock_now(desk->clock)) out->until = 0;
  return true;
}

static bool set(Desk *desk, int64_t staff_id, int64_t until, GError **error) {
  int64_t changed = 0;
  return break_update(desk->db, staff_id, until, &changed, error);
}

bool break_take(Desk *desk, int64_t staff_id, GError **error) {
  return set(desk, staff_id, clock_now(desk->clock) + BREAK_LENGTH, error);
}

bool break_end(Desk *desk, int64_t staff_id, GError **error) { return set(desk, staff_id, 0, error); }

bool break_offer(Desk *desk, int64_t staff_id, bool is_offered, GError **error) {
  int64_t changed = 0;
  return break_update_offer(desk->db, staff_id, is_offered, &changed, error);
}

bool break_forget_past(Desk *desk, GError **error) {
  int64_t changed = 0;
  return break_clear_past(desk->db, clock_now(desk->clock), &changed, error);
}
