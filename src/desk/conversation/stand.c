// Where a conversation stands. Its row is written at once; what that adds to the tallies is noted (tally.h).
#include "desk/conversation/stand.h"

#include "desk/conversation.sql.h"
#include "desk/follow.sql.h"
#include "desk/happening/happening.h"

int64_t stand_queue_key(const ConversationStand *stand) {
  if (stand->state == CONVERSATION_MERGED) return STAND_FAR;
  if (stand->state == CONVERSATION_SOLVED) return STAND_FAR - stand->solved_at;
  if (stand->snoozed_until) return STAND_FAR + stand->snoozed_until;
  int64_t since = stand->waiting_since ? stand->waiting_since : stand->woke_at;
  return since ? since : STAND_FAR - stand->last_message_at;
}

bool stand_is_at_hand(const ConversationStand *stand) {
  return stand && stand->state == CONVERSATION_OPEN && !stand->snoozed_until;
}

void stand_let_wait(ConversationStand *stand, int64_t since) {
  stand->state = CONVERSATION_OPEN;
  stand->solved_at = stand->snoozed_until = stand->woke_at = 0;
  if (!stand->waiting_since) stand->waiting_since = since;
}

bool stand_is_upset(Behaviour behaviour, double valence, double intensity) {
  return behaviour >= BEHAVIOUR_HOSTILE || (behaviour == BEHAVIOUR_FRUSTRATED && (intensity >= 2 || valence <= -0.4));
}

bool stand_reads_upset(const Reading *reading) {
  return reading->is_read && stand_is_upset(reading->behaviour, reading->valence, reading->intensity);
}

static ConversationStand *lock(Arena *arena, Desk *desk, int64_t number, GError **error) {
  ConversationStand *stand = NULL;
  if (!conversation_lock(arena, desk->db, number, &stand, error)) return NULL;
  if (!stand) error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  return stand;
}

ConversationStand *stand_load(Arena *arena, Desk *desk, int64_t number, GError **error) {
  ConversationStand *stand = lock(arena, desk, number, error);
  if (!stand || stand->state != CONVERSATION_MERGED) return stand;
  error_set(error, ERROR_CONFLICT, "#%jd was merged into #%jd; go on there.", number, stand->merged_into);
  return NULL;
}

// Another merge may come between looking and locking, so the chain is walked with what is locked.
ConversationStand *stand_load_survivor(Arena *arena, Desk *desk, int64_t number, GError **error) {
  for (int step = 0; step <= MERGES_DEEP; step++) {
    ConversationStand *stand = lock(arena, desk, number, error);
    if (!stand || stand->state != CONVERSATION_MERGED) return stand;
    number = stand->merged_into;
  }
  error_set(error, ERROR_BROKEN, "The merges of #%jd lead nowhere; restore the database from a backup.", number);
  return NULL;
}

static bool is_solved(const ConversationStand *stand) { return stand && stand->state == CONVERSATION_SOLVED; }
static bool is_snoozed(const ConversationStand *stand) {
  return stand && stand->state == CONVERSATION_OPEN && stand->snoozed_until;
}
static bool is_upset(const ConversationStand *stand) { return stand_is_at_hand(stand) && stand->is_upset; }

static bool is_waiting(const ConversationStand *stand) { return stand_is_at_hand(stand) && stand->waiting_since; }

static bool change_numbered(Desk *desk, const char *what, int64_t id, int64_t delta, GError **error) {
  char name[40];
  g_snprintf(name, sizeof name, "%s/%" G_GINT64_FORMAT, what, id);
  return tally_change(desk, name, delta, error);
}

// From one of them to another; `none` is neither.
static bool move_count(Desk *desk, const char *what, int64_t old, int64_t new, int64_t none, GError **error) {
  return old == new || ((old == none || change_numbered(desk, what, old, -1, error)) &&
                        (new == none || change_numbered(desk, what, new, 1, error)));
}

static bool change_tallies(Desk *desk, const ConversationStand *before, const ConversationStand *after, GError **error) {
  bool was = stand_is_at_hand(before), is = stand_is_at_hand(after);
  return tally_change(desk, "open", is - was, error) &&
         move_count(desk, "open", was ? before->assignee_id : -1, is ? after->assignee_id : -1, -1, error) &&
         tally_change(desk, "snoozed", is_snoozed(after) - is_snoozed(before), error) &&
         tally_change(desk, "solved", is_solved(after) - is_solved(before), error) &&
         move_count(desk, "team", was ? before->team_id : 0, is ? after->team_id : 0, 0, error) &&
         tally_change(desk, "upset", is_upset(after) - is_upset(before), error) &&
         tally_change(desk, "waiting", is_waiting(after) - is_waiting(before), error);
}

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

// Where it stands in the list of those who follow it; a new one is followed by nobody.
static bool place_for_followers(Desk *desk, const ConversationStand *before, const ConversationStand *after, GError **error) {
  int64_t old = stand_queue_key(before), key = stand_queue_key(after);
  bool was = before->state == CONVERSATION_OPEN, is = after->state == CONVERSATION_OPEN;
  return (was == is && (!is || old == key)) || follow_place(desk->db, after->number, is ? &key : NULL, error);
}

bool stand_save(Desk *desk, const ConversationStand *before, const ConversationStand *after, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  ConversationStand kept = *after;
  if (!stand_let_go(arena, desk, before, &kept, error)) return false;
  if (kept.state != CONVERSATION_OPEN) kept.snoozed_until = kept.woke_at = 0;
  if (!before) kept.priority = MAX(kept.priority, PRIORITY_NORMAL);
  return conversation_update_stand(desk->db, kept.number, kept.state, or_null(&kept.assignee_id), or_null(&kept.waiting_since),
                                   or_null(&kept.solved_at), stand_queue_key(&kept), kept.is_upset, or_null(&kept.team_id),
                                   kept.priority, or_null(&kept.snoozed_until), or_null(&kept.woke_at), error) &&
         (!before || place_for_followers(desk, before, &kept, error)) && change_tallies(desk, before, &kept, error) &&
         stand_tell_let_go(arena, desk, before, after, &kept, error);
}

bool event_add(Desk *desk, int64_t number, EventKind kind, const Staff *actor, const char *detail, GError **error) {
  happening_note(desk, &(Happening){.kind = kind, .number = number, .actor_id = actor ? actor->id : 0, .detail = detail});
  return event_insert(desk->db, number, clock_now(desk->clock), kind, actor ? &actor->id : NULL, detail, error) &&
         db_announce(desk->db, error);
}
