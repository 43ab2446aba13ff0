// Somebody leaves. One transaction takes away their way in, gives their complaints to the supervisors and keeps what becomes of their
// conversations; each of these then goes in a transaction of its own, so that a customer who writes at that moment waits for one at most.
// Saving one is what gives it on (conversation/let_go.c); so what comes back later, or was missed, goes the same way.
#include "desk/audit/audit.h"
#include "desk/complaint/happen.h"
#include "desk/staff.sql.h"
#include "desk/staff/secret.h"

#define AT_ONCE 50 // before the page answers

bool staff_burden(Desk *desk, int64_t id, StaffBurden *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  StaffBurden *burden = NULL;
  if (!staff_select_burden(arena, desk->db, id, BURDEN_MOST, &burden, error)) return false;
  *out = *burden;
  return true;
}

// In words for the audit journal; NULL for a person to whom nothing can be given.
static const char *words_of(Arena *arena, Desk *desk, int64_t id, const StaffLeaving *leaving, GError **error) {
  const char *name = NULL;
  if (leaving->leaves != LEAVES_TO_PERSON)
    return leaving->leaves == LEAVES_TO_TURNS ? "their conversations: whose turn it is in the team"
                                              : "their conversations: nobody";
  if (leaving->to_id != id && !staff_select_active_name(arena, desk->db, leaving->to_id, &name, error)) return NULL;
  if (name) return arena_printf(arena, "their conversations: %s", audit_written(arena, name));
  error_set(error, ERROR_INVALID, "The person to give their conversations to is not here any more; choose another.");
  return NULL;
}

static bool close_door(Desk *desk, const Staff *actor, int64_t id, const StaffLeaving *leaving, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const int64_t *to = leaving->leaves == LEAVES_TO_PERSON ? &leaving->to_id : NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const char *words = tx ? words_of(arena, desk, id, leaving, error) : NULL;
  const StaffPerson *person = words ? staff_person(arena, desk, id, error) : NULL;
  if (!person) return false;
  if (!person->is_active) return true; // what was chosen when they left stays
  return staff_update_leaves(desk->db, id, leaving->leaves, to, error) &&
         staff_put_active(arena, desk, actor, id, false, words, error) && db_commit(&tx, error);
}

bool staff_leave(Desk *desk, const Staff *actor, int64_t id, const StaffLeaving *leaving, GError **error) {
  g_autoptr(GError) later = NULL;
  int64_t count = 0;
  if (!close_door(desk, actor, id, leaving, error)) return false;
  staff_hand_back(desk, id, AT_ONCE, &count, &later); // they have left, whatever becomes of this: the rest is done by itself
  return true;
}

static bool hand_back(Desk *desk, int64_t number, int64_t *count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const ConversationStand *stand = tx ? stand_load_survivor(arena, desk, number, error) : NULL;
  if (!stand) return false;
  if (!stand->is_with_gone || stand->state != CONVERSATION_OPEN) return true; // somebody was faster
  *count += 1;
  return stand_save(desk, stand, stand, error) && db_commit(&tx, error);
}

// What became theirs while they left.
static bool release_complaints(Arena *arena, Desk *desk, GError **error) {
  IntList owners = {0};
  if (!staff_select_stranded_owners(arena, desk->db, &owners, error)) return false;
  list_each(const Int, owner, &owners) {
    g_autoptr(DbTx) tx = db_begin(desk->db, error);
    if (!tx || !complaint_note_leaving(desk, *owner, error) || !db_commit(&tx, error)) return false;
  }
  return true;
}

bool staff_hand_back(Desk *desk, int64_t only, int64_t most, int64_t *out_count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList numbers = {0};
  *out_count = 0;
  if (!release_complaints(arena, desk, error) || !staff_select_stranded(arena, desk->db, only, most, &numbers, error))
    return false;
  list_each(const Int, number, &numbers)
    if (!hand_back(desk, *number, out_count, error)) return false;
  return true;
}
