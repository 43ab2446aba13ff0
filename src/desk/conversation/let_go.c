// What is open is with nobody who left. They may have left long ago and what they solved comes back, or have left just now: then it goes
// where whoever disabled them said it should: to a person, to whose turn it is in its team, else to nobody, and so to all who look. Under a
// restriction it goes to nobody: whom the restriction names gets it by themselves, and nobody whom it protects gets it by this.
#include "desk/conversation/stand.h"

#include "desk/boundary/boundary.h"
#include "desk/staff.sql.h"
#include "desk/staff/secret.h"
#include "desk/team/turn.h"

// What was loaded knows it; whoever gets it only now is looked up.
static bool is_with_gone(Arena *arena, Desk *desk, const ConversationStand *before, const ConversationStand *kept, bool *out,
                         GError **error) {
  const char *name = NULL;
  *out = false;
  if (!kept->assignee_id || kept->state != CONVERSATION_OPEN) return true;
  if (before && before->assignee_id == kept->assignee_id) return *out = before->is_with_gone, true;
  if (!staff_select_active_name(arena, desk->db, kept->assignee_id, &name, error)) return false;
  *out = !name;
  return true;
}

static bool is_restricted(Arena *arena, Desk *desk, int64_t customer_id, bool *out, GError **error) {
  BoundaryCase *open = NULL;
  Measure *holds = NULL;
  if (!boundary_of_customer(arena, desk, customer_id, &open, &holds, error)) return false;
  *out = holds && (holds->kind == MEASURE_RESTRICTION || holds->kind == MEASURE_ENDING);
  return true;
}

bool stand_let_go(Arena *arena, Desk *desk, const ConversationStand *before, ConversationStand *kept, GError **error) {
  StaffLeft *left = NULL;
  const char *name = NULL;
  bool is_gone = false, restricted = false;
  if (!is_with_gone(arena, desk, before, kept, &is_gone, error)) return false;
  if (!is_gone) return true;
  if (!staff_select_left(arena, desk->db, kept->assignee_id, &left, error) ||
      !is_restricted(arena, desk, kept->customer_id, &restricted, error))
    return false;
  kept->assignee_id = 0;
  if (!left || restricted) return true;
  if (left->leaves == LEAVES_TO_PERSON) kept->assignee_id = left->to_id;
  bool has_turns = left->leaves == LEAVES_TO_TURNS && kept->team_id;
  return !has_turns || team_turn(arena, desk, kept->team_id, kept->number, &kept->assignee_id, &name, error);
}

// Of whom it was taken from, and to whom it went; nothing where it had been with nobody.
static bool tell(Arena *arena, Desk *desk, const ConversationStand *before, const ConversationStand *kept, GError **error) {
  const char *name = NULL;
  StaffLeft *left = NULL;
  if (kept->assignee_id)
    return staff_select_active_name(arena, desk->db, kept->assignee_id, &name, error) &&
           event_add(desk, kept->number, EVENT_ASSIGNED, NULL, name ? name : "", error);
  return staff_select_left(arena, desk->db, before->assignee_id, &left, error) &&
         event_add(desk, kept->number, EVENT_UNASSIGNED, NULL, left && before->is_with_gone ? left->name : "", error);
}

bool stand_tell_let_go(Arena *arena, Desk *desk, const ConversationStand *before, const ConversationStand *after,
                       const ConversationStand *kept, GError **error) {
  bool is_let_go = after->assignee_id != kept->assignee_id;
  if (!is_let_go || !before || before->assignee_id == kept->assignee_id) return true;
  return tell(arena, desk, before, kept, error); // their complaints went to the supervisors when they left
}
