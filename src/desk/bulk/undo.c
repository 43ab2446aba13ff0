// Putting back what was done to many. Each conversation in a transaction of its own, and only where it still stands as the action left it.
#include "desk/bulk/bulk.h"

#include "desk/bulk.sql.h"
#include "desk/complaint/happen.h"
#include "desk/conversation/change.h"
#include "desk/conversation/regroup.h"
#include "desk/staff.sql.h"
#include "desk/team.sql.h"

typedef struct Undoing {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  const Batch *batch;
  const BatchItem *item;
  const ConversationStand *now;
} Undoing;

static bool change(const Undoing *undoing, ChangeKind kind, int64_t value, bool *out_is_back, GError **error) {
  Changed changed = {0};
  return conversation_change(undoing->arena, undoing->desk, undoing->actor, undoing->item->number, &(Change){kind, value},
                             &changed, error) &&
         ((*out_is_back = changed.is_change) || true);
}

static bool is_as_left(const Undoing *undoing) {
  const ConversationStand *now = undoing->now;
  const Batch *batch = undoing->batch;
  const BatchItem *item = undoing->item;
  switch (batch->kind) {
  case BULK_ASSIGN: return now->assignee_id == item->became_assignee;
  case BULK_TEAM: return now->team_id == batch->value && now->assignee_id == item->became_assignee;
  case BULK_PRIORITY: return (int64_t)now->priority == batch->value;
  case BULK_SNOOZE: return now->snoozed_until == batch->value;
  case BULK_SOLVE: return now->state == CONVERSATION_SOLVED && now->solved_at == item->became_solved;
  case BULK_TAG:
  case BULK_UNTAG:
  case BULK_MERGE:
  case BULK_KIND_COUNT: break;
  }
  return true; // the change itself tells
}

// As it was, also when turns would give it to somebody else by now.
static bool put_back_team(const Undoing *undoing, GError **error) {
  const BatchItem *item = undoing->item;
  Db *db = undoing->desk->db;
  ConversationStand after = *undoing->now;
  const char *team = "", *name = "";
  after.team_id = item->was_team;
  after.assignee_id = item->was_assignee;
  if ((after.team_id && !team_select_active_name(undoing->arena, db, after.team_id, &team, error)) ||
      (after.assignee_id && !staff_select_active_name(undoing->arena, db, after.assignee_id, &name, error)))
    return false;
  if (!team || !name) return error_set(error, ERROR_CONFLICT, "Who had it is not here any more.");
  bool is_handed = after.assignee_id != undoing->now->assignee_id;
  EventKind kind = after.assignee_id ? EVENT_ASSIGNED : EVENT_UNASSIGNED;
  return stand_save(undoing->desk, undoing->now, &after, error) &&
         event_add(undoing->desk, after.number, EVENT_TEAM, undoing->actor, team, error) &&
         (!is_handed || event_add(undoing->desk, after.number, kind, undoing->actor, name, error)) &&
         complaint_note_assigned(undoing->arena, undoing->desk, undoing->actor, undoing->now, &after, error);
}

// Whoever waited waits on, since then.
static bool put_back_open(const Undoing *undoing, GError **error) {
  const BatchItem *item = undoing->item;
  ConversationStand after = *undoing->now;
  bool is_still_to_come = item->was_snoozed > clock_now(undoing->desk->clock);
  after.state = CONVERSATION_OPEN;
  after.solved_at = 0;
  after.waiting_since = item->was_waiting;
  after.snoozed_until = is_still_to_come ? item->was_snoozed : 0;
  after.woke_at = item->was_woke;
  return stand_save(undoing->desk, undoing->now, &after, error) &&
         event_add(undoing->desk, after.number, EVENT_REOPENED, undoing->actor, "", error);
}

static bool put_back(const Undoing *undoing, bool *out_is_back, GError **error) {
  const BatchItem *item = undoing->item;
  bool is_still_to_come = item->was_snoozed > clock_now(undoing->desk->clock);
  *out_is_back = false;
  if (!is_as_left(undoing)) return true;
  switch (undoing->batch->kind) {
  case BULK_ASSIGN: return change(undoing, CHANGE_ASSIGNEE, item->was_assignee, out_is_back, error);
  case BULK_PRIORITY: return change(undoing, CHANGE_PRIORITY, item->was_priority, out_is_back, error);
  case BULK_SNOOZE: return change(undoing, CHANGE_SNOOZE, is_still_to_come ? item->was_snoozed : 0, out_is_back, error);
  case BULK_TAG: return change(undoing, CHANGE_TAG_REMOVE, undoing->batch->value, out_is_back, error);
  case BULK_UNTAG: return change(undoing, CHANGE_TAG_ADD, undoing->batch->value, out_is_back, error);
  case BULK_TEAM: return put_back_team(undoing, error) && (*out_is_back = true);
  case BULK_SOLVE: return put_back_open(undoing, error) && (*out_is_back = true);
  case BULK_MERGE:
  case BULK_KIND_COUNT: break;
  }
  return true;
}

static bool undo_stand(Undoing *undoing, bool *out_is_back, GError **error) {
  g_autoptr(DbTx) tx = db_begin(undoing->desk->db, error);
  undoing->now = tx ? stand_load(undoing->arena, undoing->desk, undoing->item->number, error) : NULL;
  return undoing->now && put_back(undoing, out_is_back, error) && db_commit(&tx, error);
}

static bool undo_merge(const Undoing *undoing, bool *out_is_back, GError **error) {
  return *out_is_back = conversation_unmerge(undoing->desk, undoing->actor, undoing->item->number, error);
}

static bool undo_one(Undoing *undoing, BulkUndone *out, GError **error) {
  g_autoptr(GError) problem = NULL;
  bool is_back = false, is_merge = undoing->batch->kind == BULK_MERGE;
  bool worked = is_merge ? undo_merge(undoing, &is_back, &problem) : undo_stand(undoing, &is_back, &problem);
  bool is_left = error_is(problem, ERROR_NOT_FOUND) || error_is(problem, ERROR_CONFLICT) || error_is(problem, ERROR_INVALID);
  if (!worked && !is_left) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  if (worked && is_back)
    out->put_back += 1;
  else
    *list_add(undoing->arena, &out->left) = undoing->item->number;
  return true;
}

bool bulk_undo(Arena *arena, Desk *desk, const Staff *actor, int64_t id, BulkUndone *out, GError **error) {
  Batch batch;
  BatchItemList items = {0};
  int64_t claimed = 0;
  *out = (BulkUndone){0};
  if (!bulk_find(arena, desk, actor, id, &batch, error)) return false;
  if (batch.undone_at) return error_set(error, ERROR_CONFLICT, "This was put back already.");
  if (!bulk_may_undo(desk, &batch))
    return error_set(error, ERROR_CONFLICT, "This can be put back for ten minutes, which are over.");
  if (!batch_claim_undo(desk->db, id, clock_now(desk->clock), &claimed, error)) return false;
  if (!claimed) return error_set(error, ERROR_CONFLICT, "This was put back already.");
  if (!batch_item_select_changed(arena, desk->db, id, &items, error)) return false;
  list_each(const BatchItem, item, &items) {
    Undoing undoing = {.arena = arena, .desk = desk, .actor = actor, .batch = &batch, .item = item};
    if (!undo_one(&undoing, out, error)) return false;
  }
  return true;
}
