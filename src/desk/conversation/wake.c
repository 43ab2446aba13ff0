// What was put off comes back when its time has come: one transaction each, so that a customer who writes at that moment waits for
// nobody else's. Several nodes may do it at once; each conversation comes back once.
#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/work.h"

#define WOKEN_AT_ONCE 200

static bool wake_one(Desk *desk, int64_t number, int64_t *count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const ConversationStand *before = tx ? stand_load_survivor(arena, desk, number, error) : NULL;
  if (!before) return false;
  int64_t now = clock_now(desk->clock);
  if (!before->snoozed_until || before->snoozed_until > now) return true; // somebody was faster
  ConversationStand after = *before;
  after.woke_at = before->snoozed_until;
  after.snoozed_until = 0;
  *count += 1;
  return stand_save(desk, before, &after, error) && event_add(desk, after.number, EVENT_WOKE, NULL, "", error) &&
         db_commit(&tx, error);
}

bool conversation_wake_due(Desk *desk, int64_t *out_count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList due = {0};
  *out_count = 0;
  if (!conversation_select_due(arena, desk->db, clock_now(desk->clock), WOKEN_AT_ONCE, &due, error)) return false;
  list_each(const Int, number, &due)
    if (!wake_one(desk, *number, out_count, error)) return false;
  return true;
}
