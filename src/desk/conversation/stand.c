// Tallies are changed in the order of their names, so that two transactions cannot wait for each other in a circle.
#include "desk/conversation/stand.h"

#include "desk/conversation.sql.h"
#include "desk/happening/happening.h"

int64_t stand_queue_key(const ConversationStand *stand) {
  if (stand->state == CONVERSATION_MERGED) return STAND_FAR;
  if (stand->state == CONVERSATION_SOLVED) return STAND_FAR - stand->solved_at;
  return stand->waiting_since ? stand->waiting_since : STAND_FAR - stand->last_message_at;
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
  if (!stand) error_set(error, ERROR_NOT_FOUND, "There is no conversation #%" G_GINT64_FORMAT ".", number);
  return stand;
}

ConversationStand *stand_load(Arena *arena, Desk *desk, int64_t number, GError **error) {
  ConversationStand *stand = lock(arena, desk, number, error);
  if (!stand || stand->state != CONVERSATION_MERGED) return stand;
  error_set(error, ERROR_CONFLICT, "#%" G_GINT64_FORMAT " was merged into #%" G_GINT64_FORMAT "; go on there.", number,
            stand->merged_into);
  return NULL;
}

// Another merge may come between looking and locking, so the chain is walked with what is locked.
ConversationStand *stand_load_survivor(Arena *arena, Desk *desk, int64_t number, GError **error) {
  for (int step = 0; step <= MERGES_DEEP; step++) {
    ConversationStand *stand = lock(arena, desk, number, error);
    if (!stand || stand->state != CONVERSATION_MERGED) return stand;
    number = stand->merged_into;
  }
  error_set(error, ERROR_BROKEN, "The merges of #%" G_GINT64_FORMAT " lead nowhere; restore the database from a backup.", number);
  return NULL;
}

bool tally_change(Desk *desk, const char *name, int64_t delta, GError **error) {
  return delta == 0 || tally_add(desk->db, name, delta, error);
}

static bool is_open(const ConversationStand *stand) { return stand && stand->state == CONVERSATION_OPEN; }
static bool is_solved(const ConversationStand *stand) { return stand && stand->state == CONVERSATION_SOLVED; }

static bool is_open_and_upset(const ConversationStand *stand) { return is_open(stand) && stand->is_upset; }

static bool change_assigned(Desk *desk, int64_t assignee, int64_t delta, GError **error) {
  char name[40];
  g_snprintf(name, sizeof name, "open/%" G_GINT64_FORMAT, assignee);
  return tally_change(desk, name, delta, error);
}

static bool change_tallies(Desk *desk, const ConversationStand *before, const ConversationStand *after, GError **error) {
  if (!tally_change(desk, "open", is_open(after) - is_open(before), error)) return false;
  int64_t old = is_open(before) ? before->assignee_id : -1, new = is_open(after) ? after->assignee_id : -1;
  if (old != new) {
    int64_t first = MIN(old, new), second = MAX(old, new);
    if (first >= 0 && !change_assigned(desk, first, first == new ? 1 : -1, error)) return false;
    if (second >= 0 && !change_assigned(desk, second, second == new ? 1 : -1, error)) return false;
  }
  return tally_change(desk, "solved", is_solved(after) - is_solved(before), error) &&
         tally_change(desk, "upset", is_open_and_upset(after) - is_open_and_upset(before), error);
}

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

bool stand_save(Desk *desk, const ConversationStand *before, const ConversationStand *after, GError **error) {
  return conversation_update_stand(desk->db, after->number, after->state, or_null(&after->assignee_id),
                                   or_null(&after->waiting_since), or_null(&after->solved_at), stand_queue_key(after),
                                   after->is_upset, error) &&
         change_tallies(desk, before, after, error);
}

bool event_add(Desk *desk, int64_t number, EventKind kind, const Staff *actor, const char *detail, GError **error) {
  happening_note(desk, &(Happening){.kind = kind, .number = number, .actor_id = actor ? actor->id : 0, .detail = detail});
  return event_insert(desk->db, number, clock_now(desk->clock), kind, actor ? &actor->id : NULL, detail, error) &&
         db_announce(desk->db, error);
}
