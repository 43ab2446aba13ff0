// See turn.h. Order: lock the members, look who has room and had no turn for longest, or of a hard conversation least of such, and note that they had it now.
#include "desk/team/turn.h"

#include "desk/conversation/tally.h"
#include "desk/exposure/exposure.h"
#include "desk/team.sql.h"

static bool choose(Desk *desk, int64_t number, const IntList *with_room, int64_t *out, GError **error) {
  bool is_hard = false;
  if (!exposure_is_hard_one(desk, number, &is_hard, error)) return false;
  *out = with_room->count ? with_room->items[0] : 0;
  return !is_hard || exposure_gentlest(desk, with_room, out, error);
}

// With what the same transaction gave them already.
static int64_t open_now(Arena *arena, const Desk *desk, const TurnTaker *taker) {
  return taker->open + tally_pending(desk, arena_printf(arena, "open/%" G_GINT64_FORMAT, taker->staff_id));
}

bool team_turn(Arena *arena, Desk *desk, int64_t team_id, int64_t number, int64_t *out_staff_id, const char **out_name,
               GError **error) {
  IntList members = {0}, with_room = {0};
  TurnTakerList takers = {0};
  int64_t now = clock_now(desk->clock);
  *out_staff_id = 0;
  if (!team_lock_members(arena, desk->db, team_id, now, &members, error)) return false;
  if (members.count == 0) return true;
  if (!team_select_takers(arena, desk->db, team_id, now, &takers, error)) return false;
  list_each(const TurnTaker, taker, &takers)
    if (!taker->capacity || open_now(arena, desk, taker) < taker->capacity) *list_add(arena, &with_room) = taker->staff_id;
  if (!choose(desk, number, &with_room, out_staff_id, error)) return false;
  list_each(const TurnTaker, taker, &takers)
    if (taker->staff_id == *out_staff_id) *out_name = taker->name;
  return !*out_staff_id || team_take_turn(desk->db, team_id, *out_staff_id, now, error);
}
