// Merging two conversations. Order: find who survives; lock both, the lower number first, so that two merges at once wait for each
// other and never in a circle; move what hangs on the messages; then settle where both stand. A merge can be undone later
// (unmerge.c) because every message keeps the number it was written under, every merged conversation the one that took it, and how both
// stood is written down first.
#include "desk/complaint/happen.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/regroup.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"
#include "desk/draft.sql.h"
#include "desk/field.sql.h"
#include "desk/follow.sql.h"
#include "desk/link.sql.h"
#include "desk/mention.sql.h"
#include "desk/message.sql.h"
#include "desk/offer.sql.h"
#include "desk/protocol.sql.h"
#include "desk/reflection.sql.h"
#include "desk/remedy.sql.h"
#include "desk/tag.sql.h"

bool conversation_survivor(Desk *desk, int64_t number, int64_t *out, GError **error) {
  bool found = false;
  if (!conversation_select_survivor(desk->db, number, &found, out, error)) return false;
  return found || error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
}

typedef struct Merge {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  const ConversationStand *from, *into; // as they stood before
  TakenFeeling *feeling;                // of what they hold together; NULL: nothing was read
} Merge;

static bool lock_both(Merge *merge, int64_t from, int64_t into, GError **error) {
  const ConversationStand *low = stand_load(merge->arena, merge->desk, MIN(from, into), error);
  const ConversationStand *high = low ? stand_load(merge->arena, merge->desk, MAX(from, into), error) : NULL;
  merge->from = from < into ? low : high;
  merge->into = from < into ? high : low;
  return low && high;
}

static bool move_messages(Merge *merge, GError **error) {
  Db *db = merge->desk->db;
  int64_t from = merge->from->number, into = merge->into->number, moved = 0, count = 0;
  int64_t depth = MAX(merge->into->merge_depth, merge->from->merge_depth + 1);
  return conversation_select_count(db, from, &count, error) && message_move(db, from, into, &moved, error) &&
         mail_id_move(db, from, into, error) && outbox_move(db, from, into, error) && machine_topic_move(db, from, into, error) &&
         draft_unite_texts(db, from, into, "\n\n", "\n", error) && draft_unite_files(db, from, into, error) &&
         draft_unite_older(db, from, into, error) && draft_delete_united_older(db, from, into, error) &&
         draft_delete_united(db, from, into, error) && draft_move(db, from, into, error) && offer_move(db, from, into, error) &&
         remedy_move(db, from, into, error) && script_use_move(db, from, into, error) && reflection_move(db, from, into, error) &&
         participant_unite(db, into, from, error) && conversation_mailbox_unite(db, into, from, error) &&
         conversation_mailbox_insert(db, into, merge->from->mailbox_id, &moved, error) && mention_move(db, from, into, error) &&
         follow_unite(db, into, from, error) && conversation_tag_unite(db, into, from, error) &&
         field_value_unite(db, into, from, error) && link_unite(db, into, from, clock_now(merge->desk->clock), error) &&
         conversation_take_latest(db, into, from, error) &&
         conversation_take_feeling(merge->arena, db, into, &merge->feeling, error) &&
         conversation_update_survivor(db, into, depth, count, error) && conversation_update_merged(db, from, into, error);
}

// It comes back when the first of those that are open comes back.
static void unite_snoozing(const ConversationStand *from, ConversationStand *after) {
  if (from->state != CONVERSATION_OPEN) return;
  bool is_asleep = from->snoozed_until && (after->state != CONVERSATION_OPEN || after->snoozed_until);
  int64_t until = after->snoozed_until ? MIN(from->snoozed_until, after->snoozed_until) : from->snoozed_until;
  after->snoozed_until = is_asleep ? until : 0;
  if (!after->woke_at) after->woke_at = is_asleep ? 0 : from->woke_at;
}

// Whoever has waited longest still waits since then, and what is open in one of them is open. The more urgent counts.
ConversationStand merge_united(const ConversationStand *from, const ConversationStand *into) {
  ConversationStand after = *into;
  unite_snoozing(from, &after);
  after.priority = MAX(from->priority, into->priority);
  if (from->state == CONVERSATION_OPEN) {
    after.state = CONVERSATION_OPEN;
    after.solved_at = 0;
  }
  if (from->waiting_since && (!after.waiting_since || from->waiting_since < after.waiting_since))
    after.waiting_since = from->waiting_since;
  if (!after.assignee_id || into->is_with_gone) after.assignee_id = from->assignee_id;
  if (!after.team_id) after.team_id = from->team_id;
  after.last_message_at = MAX(from->last_message_at, into->last_message_at);
  return after;
}

static bool settle(const Merge *merge, GError **error) {
  ConversationStand survivor = merge_united(merge->from, merge->into), gone = *merge->from;
  gone.state = CONVERSATION_MERGED;
  gone.waiting_since = gone.solved_at = 0;
  const TakenFeeling *feeling = merge->feeling;
  survivor.is_upset = feeling && feeling->is_read && stand_is_upset(feeling->behaviour, feeling->valence, feeling->intensity);
  const char *from = arena_printf(merge->arena, "#%" G_GINT64_FORMAT, merge->from->number);
  const char *into = arena_printf(merge->arena, "#%" G_GINT64_FORMAT, merge->into->number);
  return stand_save(merge->desk, merge->from, &gone, error) && stand_save(merge->desk, merge->into, &survivor, error) &&
         complaint_unite(merge->arena, merge->desk, merge->actor, merge->from->number, merge->into->number, error) &&
         event_add(merge->desk, merge->from->number, EVENT_MERGED_AWAY, merge->actor, into, error) &&
         event_add(merge->desk, merge->into->number, EVENT_MERGED, merge->actor, from, error);
}

bool conversation_merge(Desk *desk, const Staff *actor, int64_t from, int64_t into, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Merge merge = {.arena = arena, .desk = desk, .actor = actor};
  if (!conversation_survivor(desk, into, &into, error)) return false;
  if (from == into) return error_set(error, ERROR_INVALID, "A conversation cannot be merged into itself; name another number.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock_both(&merge, from, into, error)) return false;
  if (merge.from->merge_depth + 1 >= MERGES_DEEP)
    return error_set(error, ERROR_INVALID, "#%jd holds %d merges in a row already; merge the other way round.", from,
                     MERGES_DEEP - 1);
  return merge_note(arena, desk, actor, merge.from, merge.into, error) && move_messages(&merge, error) && settle(&merge, error) &&
         db_commit(&tx, error);
}
