// See turn.h. Order: lock the members, look who had no turn for longest and has room, and note that they had it now.
#include "desk/team/turn.h"

#include "desk/team.sql.h"

bool team_turn(Arena *arena, Desk *desk, int64_t team_id, int64_t *out_staff_id, const char **out_name, GError **error) {
  IntList members = {0};
  TurnTakerList takers = {0};
  *out_staff_id = 0;
  if (!team_lock_members(arena, desk->db, team_id, &members, error)) return false;
  if (members.count == 0) return true;
  if (!team_select_takers(arena, desk->db, team_id, &takers, error)) return false;
  list_each(const TurnTaker, taker, &takers) {
    if (taker->capacity && taker->open >= taker->capacity) continue;
    *out_staff_id = taker->staff_id;
    *out_name = taker->name;
    return team_take_turn(desk->db, team_id, taker->staff_id, clock_now(desk->clock), error);
  }
  return true;
}
