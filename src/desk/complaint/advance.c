// Letting an event happen to a complaint: the table says whether it may and where it leads, the guards here check what the table says
// in words, and then the row, its place, the tallies and a step are written together.
//
// Who acts on a complaint that is the supervisors' takes it over. An event that moves no stage stands in the journal only; once a
// complaint is closed it takes news, a promise that is settled, and what went wrong, and nothing else until it is opened again.
#include "base/words.h"
#include "desk/complaint/clock.h"
#include "desk/complaint/stored.h"

#include "base/text.h"
#include "desk/complaint.sql.h"
#include "desk/conversation/stand.h"
#include "desk/staff.sql.h"

#define DETAIL_MOST 4000
#define OUTSIDE_MOST 2000

typedef struct Advance {
  Arena *arena;
  Desk *desk;
  const Complaint *before;
  Complaint after;
  ComplaintMove move;           // with what it says made fit to be kept
  const Transition *transition; // NULL: it moves no stage
} Advance;

// Guards: true with `*out_holds`, or false with an error. What is missing is said in the words of the table unless there are better.
typedef bool Guard(const Advance *advance, bool *out_holds, GError **error);

static bool guard_assessment(const Advance *advance, bool *out_holds, GError **error) {
  *out_holds = !text_is_blank(advance->after.seeks);
  return true;
}

static bool guard_message(const Advance *advance, bool *out_holds, GError **error) {
  int64_t kind = 0;
  *out_holds = false;
  return advance->move.message_id == 0 ||
         complaint_message_is_ours(advance->desk->db, advance->before->number, advance->move.message_id, out_holds, &kind, error);
}

static bool guard_routes(const Advance *advance, bool *out_holds, GError **error) {
  *out_holds = !text_is_blank(advance->after.outside);
  return true;
}

static bool guard_reason(const Advance *advance, bool *out_holds, GError **error) {
  *out_holds = !text_is_blank(advance->move.detail);
  return true;
}

static bool guard_nothing_open(const Advance *advance, bool *out_holds, GError **error) {
  const char *matter = NULL;
  if (!complaint_open_matter(advance->arena, advance->desk, advance->before->number, &matter, error)) return false;
  *out_holds = !matter;
  return *out_holds || error_set(error, ERROR_CONFLICT, "%s", matter);
}

static Guard *guard_of(ComplaintEvent event) {
  static Guard *const guards[COMPLAINT_EVENT_COUNT] = {
    [COMPLAINT_ASSESS] = guard_assessment, [COMPLAINT_INVESTIGATE] = guard_reason,     [COMPLAINT_ANSWER] = guard_message,
    [COMPLAINT_REFUSE] = guard_routes,     [COMPLAINT_CLOSE] = guard_nothing_open,     [COMPLAINT_REOPEN] = guard_reason,
    [COMPLAINT_WITHDRAW] = guard_reason,   [COMPLAINT_FINAL_RESPONSE] = guard_message,
  };
  return guards[event];
}

static bool check_transition(Advance *advance, GError **error) {
  ComplaintStage stage = advance->before->stage;
  advance->transition = lifecycle_find(stage, advance->move.event);
  if (!advance->transition)
    return error_set(error, ERROR_CONFLICT,
                     "The complaint is %s, and from there \xE2\x80\x9C%s\xE2\x80\x9D does not happen. Look again: "
                     "somebody may have been faster.",
                     text_fold(advance->arena, stage_title(stage)), complaint_event_title(advance->move.event));
  advance->after.stage = advance->transition->to;
  Guard *guard = guard_of(advance->move.event);
  bool holds = true;
  if (!advance->transition->guard || !guard) return true;
  return guard(advance, &holds, error) && (holds || error_set(error, ERROR_CONFLICT, "%s", advance->transition->guard));
}

// What stands in the journal only. News by a person say what it means that the customer wrote again, and need a sentence.
static bool check_entry(Advance *advance, GError **error) {
  const Complaint *before = advance->before;
  ComplaintEvent event = advance->move.event;
  bool is_news = event == COMPLAINT_NEWS;
  if (is_news && complaint_is_open(before))
    return error_set(error, ERROR_CONFLICT, "It is open, so there are no news to settle.");
  if (is_news && !advance->move.by_customer && text_is_blank(advance->move.detail))
    return error_set(error, ERROR_CONFLICT, "Say in a sentence why it stays closed.");
  bool may_when_closed = is_news || event == COMPLAINT_PROMISE_SETTLED || event == COMPLAINT_REASON ||
                         event == COMPLAINT_MERGED || (event == COMPLAINT_HAND_OVER && before->has_news);
  bool holds = true;
  Guard *guard = guard_of(event);
  if (guard && !guard(advance, &holds, error)) return false;
  if (!holds) return error_set(error, ERROR_CONFLICT, "Name the message that shows it.");
  if (complaint_is_open(before) || may_when_closed) return true;
  return error_set(error, ERROR_CONFLICT, "The complaint is closed; reopen it first.");
}

static bool hand_over(Advance *advance, GError **error) {
  const char *name = "the supervisors";
  if (advance->move.owner_id) {
    name = NULL;
    if (!staff_select_active_name(advance->arena, advance->desk->db, advance->move.owner_id, &name, error)) return false;
    if (!name) return error_set(error, ERROR_NOT_FOUND, "The person to hand it to is not here any more; choose another.");
  }
  const char *why = advance->move.detail;
  advance->move.detail = arena_say(advance->arena, "to %s%s%s", name, *why ? ": " : "", why);
  advance->after.owner_id = advance->move.owner_id;
  return true;
}

static void open_again(Complaint *complaint) {
  complaint->settled_at = complaint->closed_at = 0;
  complaint->has_news = false;
  complaint->outside = "";
}

static bool apply(Advance *advance, GError **error) {
  Complaint *after = &advance->after;
  const ComplaintMove *move = &advance->move;
  int64_t at = move->happened_at;
  if (move->event == COMPLAINT_HAND_OVER) return hand_over(advance, error);
  if (move->actor && !after->owner_id && complaint_is_open(after)) after->owner_id = move->actor->id;
  if (move->event == COMPLAINT_AGREE || move->event == COMPLAINT_REFUSE) after->settled_at = at;
  if (move->event == COMPLAINT_DECLINE || move->event == COMPLAINT_REOPEN || move->event == COMPLAINT_ANSWER) open_again(after);
  if (after->stage == STAGE_CLOSED && advance->before->stage != STAGE_CLOSED) after->closed_at = at;
  if (move->event == COMPLAINT_NEWS) after->has_news = move->by_customer;
  return true;
}

// The words of a refusal say the routes too: the step stands when the complaint has moved on.
static const char *detail_of(const Advance *advance) {
  const char *detail = advance->move.detail, *outside = advance->after.outside;
  if (advance->move.event != COMPLAINT_REFUSE) return detail;
  return arena_say(advance->arena, "%s%sWhere they can go from here: %s", detail, *detail ? "\n" : "", outside);
}

static bool evidence_is_here(const Advance *advance, GError **error) {
  int64_t message = advance->move.message_id, kind = 0;
  bool found = message == 0;
  if (!found && !complaint_message_exists(advance->desk->db, advance->before->number, message, &found, &kind, error))
    return false;
  return found || error_set(error, ERROR_INVALID, "The message that is named as evidence is not in this conversation.");
}

static Advance prepare(Arena *arena, Desk *desk, const Complaint *before, const ComplaintMove *move) {
  Advance advance = {.arena = arena, .desk = desk, .before = before, .after = *before, .move = *move};
  advance.move.detail = text_clamp(arena, text_trim(arena, move->detail ? move->detail : ""), DETAIL_MOST);
  if (!move->happened_at) advance.move.happened_at = clock_now(desk->clock);
  if (move->event == COMPLAINT_REFUSE && move->outside)
    advance.after.outside = text_clamp(arena, text_trim(arena, move->outside), OUTSIDE_MOST);
  return advance;
}

bool complaint_advance_within(Arena *arena, Desk *desk, int64_t number, const ComplaintMove *move, GError **error) {
  const Complaint *before = complaint_load(arena, desk, number, error);
  if (!before) return false;
  if (move->event == COMPLAINT_RECEIVE) return error_set(error, ERROR_CONFLICT, "It is a complaint already.");
  Advance advance = prepare(arena, desk, before, move);
  bool moves = move->event < COMPLAINT_HAND_OVER;
  if (!evidence_is_here(&advance, error)) return false;
  if (moves ? !check_transition(&advance, error) : !check_entry(&advance, error)) return false;
  if (!apply(&advance, error)) return false;
  advance.move.detail = detail_of(&advance);
  bool opens = move->event == COMPLAINT_REOPEN;
  if (opens && !complaint_opens_conversation(arena, desk, move->actor, number, error)) return false;
  return complaint_clocks_note(arena, desk, before, &advance.after, &advance.move, error) &&
         complaint_save(desk, before, &advance.after, error) &&
         complaint_step_add(desk, number, &advance.move, before->stage, advance.after.stage, error);
}

bool complaint_advance(Desk *desk, int64_t number, const ComplaintMove *move, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  ComplaintMove final = {
    .event = COMPLAINT_FINAL_RESPONSE, .actor = move->actor, .message_id = move->message_id, .happened_at = move->happened_at};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && stand_load(arena, desk, number, error) && complaint_advance_within(arena, desk, number, move, error) &&
         (!move->is_final || complaint_advance_within(arena, desk, number, &final, error)) && db_commit(&tx, error);
}
