// Making, postponing and settling promises. Each locks the conversation, and a complaint's journal says what happened.
#include "desk/complaint/promise.h"
#include "base/words.h"

#include "base/text.h"
#include "desk/complaint.sql.h"
#include "desk/complaint/stored.h"
#include "desk/conversation/stand.h"
#include "desk/promise.sql.h"

#define RESULT_MOST 2000

bool promise_list(Arena *arena, Desk *desk, int64_t number, PromiseList *out, GError **error) {
  return promise_select_of(arena, desk->db, number, PROMISES_SHOWN, out, error);
}

// The journal of the complaint when there is one, else the conversation's.
static bool tell(Arena *arena, Desk *desk, const Staff *actor, int64_t number, ComplaintEvent event, const char *detail,
                 GError **error) {
  bool exists = false;
  int64_t stage = 0;
  ComplaintMove move = {.event = event, .actor = actor, .detail = detail};
  if (!complaint_exists(desk->db, number, &exists, &stage, error)) return false;
  return exists ? complaint_advance_within(arena, desk, number, &move, error)
                : event_add(desk, number, EVENT_COMPLAINT, actor, complaint_event_title(event), error);
}

static bool day_may_be(Desk *desk, int64_t due_at, GError **error) {
  bool is_ahead = due_at > clock_now(desk->clock) && due_at < clock_now(desk->clock) + 3700 * CLOCK_DAY;
  return is_ahead || error_set(error, ERROR_INVALID, "A promise needs a day to come.");
}

bool promise_make(Desk *desk, const Staff *actor, int64_t number, int64_t due_at, const char *words, int64_t *out_id,
                  GError **error) {
  g_autoptr(Arena) arena = arena_new();
  words = text_clamp(arena, text_one_line(arena, words), PROMISE_WORDS_MOST);
  if (text_is_blank(words)) return error_set(error, ERROR_INVALID, "Say what is promised.");
  if (!day_may_be(desk, due_at, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && stand_load(arena, desk, number, error) &&
         promise_insert(desk->db, number, actor->id, clock_now(desk->clock), due_at, words, out_id, error) &&
         tell(arena, desk, actor, number, COMPLAINT_PROMISE, words, error) && db_commit(&tx, error);
}

// The promise as it stands with its conversation locked. A merge may come between looking and locking.
static Promise *lock(Arena *arena, Desk *desk, int64_t promise_id, GError **error) {
  Promise *promise = NULL;
  if (!promise_select(arena, desk->db, promise_id, &promise, error)) return NULL;
  if (!promise) return error_set(error, ERROR_NOT_FOUND, "There is no such promise."), NULL;
  const ConversationStand *stand = stand_load_survivor(arena, desk, promise->number, error);
  if (!stand) return NULL;
  promise->number = stand->number;
  return promise;
}

static bool was_running(int64_t changed, GError **error) {
  return changed || error_set(error, ERROR_CONFLICT, "Somebody said already what became of this promise.");
}

bool promise_settle(Desk *desk, const Staff *actor, int64_t promise_id, bool kept, const char *result, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  result = text_clamp(arena, text_trim(arena, result), RESULT_MOST);
  if (!kept && text_is_blank(result)) return error_set(error, ERROR_INVALID, "Say what came in the way, and what happens now.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const Promise *promise = tx ? lock(arena, desk, promise_id, error) : NULL;
  if (!promise || !promise_update_settled(desk->db, promise_id, kept ? PROMISE_KEPT : PROMISE_BROKEN, clock_now(desk->clock),
                                          actor->id, result, &changed, error))
    return false;
  const char *detail = arena_printf(arena, "%s: %s%s%s", kept ? "Kept" : "Not kept", promise->words, *result ? ". " : "", result);
  return was_running(changed, error) && tell(arena, desk, actor, promise->number, COMPLAINT_PROMISE_SETTLED, detail, error) &&
         db_commit(&tx, error);
}

bool promise_postpone(Desk *desk, const Staff *actor, int64_t promise_id, int64_t due_at, const char *why, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  why = text_clamp(arena, text_trim(arena, why), RESULT_MOST);
  if (text_is_blank(why)) return error_set(error, ERROR_INVALID, "Say why it takes longer, and that they know.");
  if (!day_may_be(desk, due_at, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const Promise *promise = tx ? lock(arena, desk, promise_id, error) : NULL;
  if (!promise || !promise_update_due(desk->db, promise_id, due_at, &changed, error)) return false;
  const char *detail = arena_say(arena, "A later day for: %s. %s", promise->words, why);
  return was_running(changed, error) && tell(arena, desk, actor, promise->number, COMPLAINT_PROMISE, detail, error) &&
         db_commit(&tx, error);
}

bool promise_list_running(Arena *arena, Desk *desk, int64_t after_due, int64_t after_id, PromiseRowList *out, bool *out_has_more,
                          GError **error) {
  if (!promise_select_running(arena, desk->db, after_due, after_id, PROMISE_PAGE + 1, out, error)) return false;
  *out_has_more = out->count > PROMISE_PAGE;
  out->count = MIN(out->count, PROMISE_PAGE);
  return true;
}

bool promise_count_due(Desk *desk, int64_t before, int64_t *out, GError **error) {
  return promise_count_due_before(desk->db, before, PROMISES_COUNTED, out, error);
}

bool promise_share(Desk *desk, int64_t since, PromiseShare *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  PromiseShare *share = NULL;
  if (!promise_count_settled(arena, desk->db, since, &share, error)) return false;
  *out = *share;
  return true;
}
