// Carrying out: it was paid or sent, on a day that somebody says, which may lie before the desk was told and never ahead.
#include "base/text.h"
#include "desk/complaint/complaint.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/stored.h"

#define HOW_MOST 200 // characters

static bool is_possible(const StoredRemedy *remedy, GError **error) {
  if (remedy->carried_out_at) return error_set(error, ERROR_CONFLICT, "This was carried out already.");
  if (remedy->state != REMEDY_GRANTED && remedy->state != REMEDY_APPROVED)
    return error_set(error, ERROR_CONFLICT, "This is %s, so there is nothing to carry out.", remedy_state_word(remedy->state));
  return true;
}

// A complaint that is agreed is remedied with the last remedy that was still to be carried out.
static bool tell_complaint(Arena *arena, Desk *desk, const Staff *actor, int64_t number, GError **error) {
  Complaint *complaint = NULL;
  RemedyStand left;
  if (!complaint_find(arena, desk, number, &complaint, error) || !remedy_stand(desk, number, &left, error)) return false;
  if (!complaint || complaint->stage != STAGE_AGREED || left.granted || left.waiting) return true;
  ComplaintMove move = {.event = COMPLAINT_REMEDY, .actor = actor, .detail = "What was agreed is carried out."};
  return complaint_advance_within(arena, desk, number, &move, error);
}

bool remedy_carry_out(Desk *desk, const Staff *actor, int64_t id, int64_t at, const char *how, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  ConversationStand *stand = NULL;
  StoredRemedy *remedy = NULL;
  if (at <= 0 || at > clock_now(desk->clock))
    return error_set(error, ERROR_INVALID, "The day lies ahead; say it when it is done.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const char *clean = text_clamp(arena, text_one_line(arena, how), HOW_MOST);
  return tx && remedy_load(arena, desk, id, &stand, &remedy, error) && is_possible(remedy, error) &&
         remedy_update_carried_out(desk->db, id, actor->id, at, clean, error) &&
         remedy_note(arena, desk, remedy, EVENT_REMEDY_CARRIED_OUT, actor, error) &&
         tell_complaint(arena, desk, actor, stand->number, error) && db_commit(&tx, error);
}
