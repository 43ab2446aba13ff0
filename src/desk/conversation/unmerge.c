// Undoing a merge. Before a merge how both stand is written down, and what the one gets that it did not have (conversation_merge_part); so
// that afterwards each has its own again, except where somebody changed it since: that stays as they left it. What was written since
// the merge stays in the one that took it. What cannot be told apart any more is said before anything is done.
#include "base/words.h"
#include "desk/complaint/happen.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/regroup.h"
#include "desk/conversation/stand.h"
#include "desk/message.sql.h"
#include "desk/regroup.sql.h"

typedef enum MergePart {
  PART_PARTICIPANT,
  PART_MAILBOX,
  PART_TAG,
  PART_FOLLOWER,
  PART_FIELD,
  PART_LINK,
  PART_PROMISE,
  PART_REFLECTION
} MergePart;

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

static bool insert(Arena *arena, Desk *desk, const Staff *actor, const ConversationStand *from, const ConversationStand *into,
                   int64_t *out_id, GError **error) {
  Complaint *ours = NULL, *theirs = NULL;
  if (!complaint_find(arena, desk, into->number, &ours, error) || !complaint_find(arena, desk, from->number, &theirs, error))
    return false;
  return merge_insert(desk->db, from->number, into->number, actor ? &actor->id : NULL, clock_now(desk->clock), from->state,
                      or_null(&from->assignee_id), or_null(&from->team_id), from->priority, or_null(&from->snoozed_until),
                      or_null(&from->waiting_since), or_null(&from->solved_at), into->state, or_null(&into->assignee_id),
                      or_null(&into->team_id), into->priority, or_null(&into->snoozed_until), or_null(&into->waiting_since),
                      or_null(&into->solved_at), ours != NULL, theirs && theirs->has_news, out_id, error);
}

bool merge_note(Arena *arena, Desk *desk, const Staff *actor, const ConversationStand *from, const ConversationStand *into,
                GError **error) {
  int64_t id = 0, one = from->number, other = into->number;
  Db *db = desk->db;
  return insert(arena, desk, actor, from, into, &id, error) &&
         merge_note_participants(db, id, PART_PARTICIPANT, one, other, error) &&
         merge_note_mailboxes(db, id, PART_MAILBOX, one, other, error) && merge_note_tags(db, id, PART_TAG, one, other, error) &&
         merge_note_followers(db, id, PART_FOLLOWER, one, other, error) &&
         merge_note_fields(db, id, PART_FIELD, one, other, error) && merge_note_links(db, id, PART_LINK, one, other, error) &&
         merge_note_promises(db, id, PART_PROMISE, one, error) && merge_note_reflections(db, id, PART_REFLECTION, one, error);
}

bool conversation_merged_into(Arena *arena, Desk *desk, int64_t number, MergedConversationList *out, GError **error) {
  return merged_select(arena, desk->db, number, out, error);
}

typedef struct Unmerging {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  const ConversationStand *from, *into;
  const MergeRecord *record; // NULL: the merge is older than records of it
} Unmerging;

static bool not_merged(int64_t number, GError **error) {
  return error_set(error, ERROR_CONFLICT, "#%jd is not merged into another one.", number);
}

static bool find(Unmerging *unmerging, int64_t number, bool locks, GError **error) {
  Arena *arena = unmerging->arena;
  Db *db = unmerging->desk->db;
  ConversationStand *from = NULL, *into = NULL;
  MergeRecord *record = NULL;
  if (!conversation_select_stand(arena, db, number, &from, error)) return false;
  if (!from) return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  if (from->state != CONVERSATION_MERGED) return not_merged(number, error);
  int64_t low = MIN(number, from->merged_into), high = MAX(number, from->merged_into), taker = from->merged_into;
  ConversationStand *one = NULL, *other = NULL;
  bool is_found = locks ? conversation_lock(arena, db, low, &one, error) && conversation_lock(arena, db, high, &other, error)
                        : conversation_select_stand(arena, db, low, &one, error) &&
                            conversation_select_stand(arena, db, high, &other, error);
  if (!is_found || !one || !other) return false;
  from = low == number ? one : other;
  into = low == number ? other : one;
  if (from->state != CONVERSATION_MERGED || from->merged_into != taker) return not_merged(number, error);
  if (into->state == CONVERSATION_MERGED)
    return error_set(error, ERROR_CONFLICT, "#%jd was merged into #%jd, which went on in #%jd itself; take that one out first.",
                     number, into->number, into->merged_into);
  unmerging->from = from;
  unmerging->into = into;
  if (!merge_select(arena, db, number, taker, &record, error)) return false;
  unmerging->record = record;
  return true;
}

// Of what a person may have changed since: theirs where they did, as before the merge where not.
static ConversationStand into_after(const Unmerging *unmerging) {
  ConversationStand after = *unmerging->into;
  if (!unmerging->record) return after;
  const ConversationStand *was = &unmerging->record->into, then = merge_united(&unmerging->record->from, was);
  if (after.assignee_id == then.assignee_id) after.assignee_id = was->assignee_id;
  if (after.team_id == then.team_id) after.team_id = was->team_id;
  if (after.priority == then.priority) after.priority = was->priority;
  if (after.snoozed_until == then.snoozed_until) after.snoozed_until = was->snoozed_until;
  if (after.state == then.state && after.solved_at == then.solved_at) {
    after.state = was->state;
    after.solved_at = was->solved_at;
  }
  return after;
}

static ConversationStand from_after(const Unmerging *unmerging, int64_t now) {
  ConversationStand after = *unmerging->from;
  after.merged_into = 0;
  after.state = CONVERSATION_OPEN;
  if (!unmerging->record) return after;
  const ConversationStand *was = &unmerging->record->from;
  after.state = was->state;
  after.solved_at = was->solved_at;
  after.assignee_id = was->assignee_id;
  after.team_id = was->team_id;
  after.priority = was->priority;
  after.snoozed_until = was->snoozed_until > now ? was->snoozed_until : 0;
  return after;
}

static bool move_back(const Unmerging *unmerging, GError **error) {
  Db *db = unmerging->desk->db;
  int64_t from = unmerging->from->number, into = unmerging->into->number, moved = 0;
  return unmerge_messages(db, from, into, &moved, error) && mail_id_move(db, into, from, error) &&
         outbox_move(db, into, from, error) && regroup_move_offers(db, into, from, error) &&
         regroup_move_scripts(db, into, from, error) && unmerge_remedies(db, from, into, error) && unmerge_clear(db, from, error);
}

static bool part_again(const Unmerging *unmerging, GError **error) {
  if (!unmerging->record) return true;
  Db *db = unmerging->desk->db;
  int64_t merge = unmerging->record->id, from = unmerging->from->number, into = unmerging->into->number;
  return unmerge_participants(db, merge, PART_PARTICIPANT, into, error) &&
         unmerge_mailboxes(db, merge, PART_MAILBOX, into, error) && unmerge_tags(db, merge, PART_TAG, into, error) &&
         unmerge_followers(db, merge, PART_FOLLOWER, into, error) && unmerge_fields(db, merge, PART_FIELD, from, into, error) &&
         unmerge_links(db, merge, PART_LINK, into, error) && unmerge_promises(db, merge, PART_PROMISE, from, into, error) &&
         unmerge_reflections(db, merge, PART_REFLECTION, from, into, error) &&
         merge_update_undone(db, merge, clock_now(unmerging->desk->clock), error);
}

// Whoever waited waits again, unless we answered since.
static bool settle(const Unmerging *unmerging, GError **error) {
  Desk *desk = unmerging->desk;
  ConversationStand from = from_after(unmerging, clock_now(desk->clock)), into = into_after(unmerging);
  bool is_answered = false;
  int64_t one = 0;
  const MergeRecord *record = unmerging->record;
  if (record && !unmerge_answered_since(desk->db, into.number, record->made_at, &is_answered, &one, error)) return false;
  bool from_waits = !is_answered && (!record || record->from.waiting_since), into_waits = unmerging->into->waiting_since != 0;
  if (!regroup_recount(unmerging->arena, desk, &from, from_waits, error) ||
      !regroup_recount(unmerging->arena, desk, &into, into_waits, error))
    return false;
  if (from_waits && record) from.waiting_since = record->from.waiting_since;
  const char *forbidden = NULL; // what the complaints had become together may still be open here
  if (!complaint_forbids_solving(unmerging->arena, desk, into.number, &forbidden, error)) return false;
  if (into.waiting_since || forbidden) into.state = CONVERSATION_OPEN, into.solved_at = 0;
  return stand_save(desk, unmerging->from, &from, error) && stand_save(desk, unmerging->into, &into, error);
}

static bool take_complaint_apart(const Unmerging *unmerging, const char **out_stays, bool is_only_look, GError **error) {
  const MergeRecord *record = unmerging->record;
  ComplaintParting parting = {.from = unmerging->from->number,
                              .into = unmerging->into->number,
                              .since = record ? record->made_at : 0,
                              .into_had_one = !record || record->had_complaint,
                              .had_news = record && record->complaint_news,
                              .is_only_look = is_only_look};
  return complaint_part(unmerging->arena, unmerging->desk, unmerging->actor, &parting, out_stays, error);
}

static bool tell(const Unmerging *unmerging, GError **error) {
  int64_t from = unmerging->from->number, into = unmerging->into->number;
  return event_add(unmerging->desk, into, EVENT_UNMERGED, unmerging->actor,
                   arena_printf(unmerging->arena, "#%" G_GINT64_FORMAT, from), error) &&
         event_add(unmerging->desk, from, EVENT_UNMERGED_FROM, unmerging->actor,
                   arena_printf(unmerging->arena, "#%" G_GINT64_FORMAT, into), error);
}

bool conversation_unmerge(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Unmerging unmerging = {.arena = arena, .desk = desk, .actor = actor};
  const char *stays = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && find(&unmerging, number, true, error) && move_back(&unmerging, error) && part_again(&unmerging, error) &&
         take_complaint_apart(&unmerging, &stays, false, error) && settle(&unmerging, error) && tell(&unmerging, error) &&
         db_commit(&tx, error);
}

static void say(const Unmerging *unmerging, Unmerge *out, const char *sentence) {
  *list_add(unmerging->arena, &out->stays) = sentence;
}

static bool look_at_words(const Unmerging *unmerging, Unmerge *out, GError **error) {
  Db *db = unmerging->desk->db;
  const MergeRecord *record = unmerging->record;
  int64_t written = 0, drafts = 0, into = out->into;
  if (!record) {
    say(
      unmerging, out,
      "This merge is older than the desk's memory of merges. Who had it, its tags and its promises are not known; it comes back open and "
      "with nobody.");
    return true;
  }
  if (!unmerge_count_since(db, into, record->made_at, &written, error) ||
      !unmerge_drafts(db, into, record->made_at, &drafts, error))
    return false;
  if (written)
    say(unmerging, out,
        arena_say(unmerging->arena,
                  "What was written since the merge (%jd) stays in #%jd; move a message if it belongs to the other.", written,
                  into));
  if (drafts) say(unmerging, out, arena_say(unmerging->arena, "Drafts that were not sent stay in #%jd.", into));
  return true;
}

bool conversation_unmerge_look(Arena *arena, Desk *desk, int64_t number, Unmerge *out, GError **error) {
  Unmerging unmerging = {.arena = arena, .desk = desk};
  const char *complaint = NULL;
  *out = (Unmerge){.number = number};
  if (!find(&unmerging, number, false, error)) return false;
  out->into = unmerging.into->number;
  if (!unmerge_count_back(desk->db, number, out->into, &out->messages, error) || !look_at_words(&unmerging, out, error) ||
      !take_complaint_apart(&unmerging, &complaint, true, error))
    return false;
  if (complaint) say(&unmerging, out, complaint);
  return true;
}
