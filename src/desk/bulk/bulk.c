// Doing one thing to many. Order: write the batch; then for each conversation, in a transaction of its own, change it and write down how
// it stood before. What is wrong with one of them is kept beside it.
#include "desk/bulk/bulk.h"

#include "desk/bulk.sql.h"
#include "desk/conversation/change.h"
#include "desk/conversation/verbs.h"
#include "desk/staff.sql.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"

static const char *const words[BULK_KIND_COUNT] = {
  [BULK_ASSIGN] = "assign", [BULK_TEAM] = "team", [BULK_PRIORITY] = "priority", [BULK_SNOOZE] = "snooze",
  [BULK_SOLVE] = "solve",   [BULK_TAG] = "tag",   [BULK_UNTAG] = "untag",       [BULK_MERGE] = "merge"};

const char *bulk_kind_word(BulkKind kind) { return kind < BULK_KIND_COUNT ? words[kind] : ""; }

bool bulk_kind_from_word(const char *word, BulkKind *out) {
  for (unsigned kind = 0; kind < BULK_KIND_COUNT; kind++)
    if (word && strcmp(words[kind], word) == 0) {
      *out = kind;
      return true;
    }
  return false;
}

static Change change_of(BulkKind kind, int64_t value) {
  static const ChangeKind kinds[BULK_KIND_COUNT] = {
    [BULK_ASSIGN] = CHANGE_ASSIGNEE,  [BULK_TEAM] = CHANGE_TEAM,   [BULK_PRIORITY] = CHANGE_PRIORITY,
    [BULK_SNOOZE] = CHANGE_SNOOZE,    [BULK_SOLVE] = CHANGE_STATE, [BULK_TAG] = CHANGE_TAG_ADD,
    [BULK_UNTAG] = CHANGE_TAG_REMOVE, [BULK_MERGE] = CHANGE_COUNT};
  return (Change){kinds[kind], kind == BULK_SOLVE ? CONVERSATION_SOLVED : value};
}

// What the value means, in words; an error when it means nothing for any of them.
static bool label_of(Arena *arena, Desk *desk, BulkKind kind, int64_t value, const char **out, GError **error) {
  Team *team = NULL;
  Tag *tag = NULL;
  *out = "";
  switch (kind) {
  case BULK_ASSIGN:
    if (value && !staff_select_active_name(arena, desk->db, value, out, error)) return false;
    return *out || error_set(error, ERROR_INVALID, "The person to assign to is not here any more; choose another.");
  case BULK_TEAM:
    if (!value) return true;
    if (!team_find(arena, desk, value, &team, error)) return false;
    *out = team->name;
    return team->is_active || error_set(error, ERROR_INVALID, "This team is not here any more; choose another.");
  case BULK_PRIORITY:
    *out = priority_word((Priority)value);
    return (value >= 0 && value < PRIORITY_COUNT) || error_set(error, ERROR_INVALID, "There is no such priority.");
  case BULK_SNOOZE:
    *out = value ? clock_iso(arena, value) : "";
    return !value || value > clock_now(desk->clock) ||
           error_set(error, ERROR_INVALID, "This time is past; choose one that is still to come.");
  case BULK_TAG:
  case BULK_UNTAG:
    if (!tag_find(arena, desk, value, &tag, error)) return false;
    *out = tag->name;
    return true;
  case BULK_MERGE: *out = arena_printf(arena, "#%" G_GINT64_FORMAT, value); return true;
  case BULK_SOLVE: return true;
  case BULK_KIND_COUNT: break;
  }
  return error_set(error, ERROR_INVALID, "There is no such action.");
}

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

static bool keep_item(Desk *desk, int64_t batch, int64_t number, const char *problem, const Changed *changed, GError **error) {
  const ConversationStand *was = &changed->before, *is = &changed->after;
  return batch_item_insert(desk->db, batch, number, problem, changed->is_change, or_null(&was->assignee_id),
                           or_null(&was->team_id), was->priority, or_null(&was->snoozed_until), or_null(&was->woke_at),
                           or_null(&was->waiting_since), or_null(&is->assignee_id), or_null(&is->solved_at), error);
}

static bool change_one(Arena *arena, Desk *desk, const Staff *actor, const Batch *batch, int64_t number, GError **error) {
  Changed changed = {0};
  Change change = change_of(batch->kind, batch->value);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && conversation_change(arena, desk, actor, number, &change, &changed, error) &&
         keep_item(desk, batch->id, number, "", &changed, error) && db_commit(&tx, error);
}

// A merge is a transaction of its own; that it was done is written down after it.
static bool merge_one(Arena *arena, Desk *desk, const Staff *actor, const Batch *batch, int64_t number, GError **error) {
  Thread from = {0}, into = {0};
  Changed merged = {.is_change = number != batch->value};
  if (!conversation_show(arena, desk, number, 0, &from, error) || !conversation_show(arena, desk, batch->value, 0, &into, error))
    return false;
  if (from.conversation->customer_id != into.conversation->customer_id)
    return error_set(error, ERROR_CONFLICT, "#%jd is another customer's; merge it from its own page if you mean it.", number);
  if (merged.is_change && !conversation_merge(desk, actor, number, batch->value, error)) return false;
  return keep_item(desk, batch->id, number, "", &merged, error);
}

// Only what may pass keeps the whole from going on.
static bool do_one(Arena *arena, Desk *desk, const Staff *actor, const Batch *batch, int64_t number, GError **error) {
  g_autoptr(GError) problem = NULL;
  bool is_done = batch->kind == BULK_MERGE ? merge_one(arena, desk, actor, batch, number, &problem)
                                           : change_one(arena, desk, actor, batch, number, &problem);
  if (is_done) return true;
  if (error_is(problem, ERROR_NOT_FOUND) || error_is(problem, ERROR_CONFLICT) || error_is(problem, ERROR_INVALID))
    return error_is(problem, ERROR_NOT_FOUND) || keep_item(desk, batch->id, number, problem->message, &(Changed){0}, error);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

static IntList each_once(Arena *arena, const IntList *numbers) {
  IntList once = {0};
  g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
  list_each(Int, number, numbers)
    if (g_hash_table_add(seen, number)) *list_add(arena, &once) = *number;
  return once;
}

static bool is_among(const IntList *numbers, int64_t number) {
  list_each(const Int, each, numbers)
    if (*each == number) return true;
  return false;
}

bool bulk_do(Arena *arena, Desk *desk, const Staff *actor, BulkKind kind, int64_t value, const IntList *numbers, Batch *out,
             GError **error) {
  IntList once = each_once(arena, numbers);
  Batch batch = {.kind = kind, .value = value};
  if (once.count == 0) return error_set(error, ERROR_INVALID, "Nothing is chosen; tick the conversations first.");
  if (once.count > BULK_MOST) return error_set(error, ERROR_INVALID, "At most %d conversations are changed at once.", BULK_MOST);
  if (kind == BULK_MERGE && (!is_among(&once, value) || once.count < 2))
    return error_set(error, ERROR_INVALID, "Choose at least two conversations, and one of them to merge the others into.");
  if (!label_of(arena, desk, kind, value, &batch.label, error) ||
      !batch_insert(desk->db, actor->id, kind, value, batch.label, clock_now(desk->clock), &batch.id, error))
    return false;
  list_each(const Int, number, &once)
    if (!do_one(arena, desk, actor, &batch, *number, error)) return false;
  return bulk_find(arena, desk, actor, batch.id, out, error);
}

bool bulk_find(Arena *arena, Desk *desk, const Staff *actor, int64_t id, Batch *out, GError **error) {
  Batch *batch = NULL;
  if (!batch_select(arena, desk->db, id, actor->id, &batch, error)) return false;
  if (!batch) return error_set(error, ERROR_NOT_FOUND, "There is no such action of yours.");
  *out = *batch;
  return batch_item_select(arena, desk->db, id, &out->items, error);
}

bool bulk_fresh(Arena *arena, Desk *desk, const Staff *actor, int64_t id, Batch **out, GError **error) {
  if (!batch_select(arena, desk->db, id, actor->id, out, error)) return false;
  if (*out && !bulk_may_undo(desk, *out)) *out = NULL;
  return true;
}

bool bulk_may_undo(const Desk *desk, const Batch *batch) {
  return !batch->undone_at && batch->changed && clock_now(desk->clock) - batch->made_at < BULK_UNDO;
}

bool bulk_rows(Arena *arena, Desk *desk, const IntList *numbers, BulkRowList *out, GError **error) {
  g_autoptr(GString) list = g_string_new(NULL);
  list_each(const Int, number, numbers) g_string_append_printf(list, "%s%" G_GINT64_FORMAT, list->len ? "," : "", *number);
  return numbers->count == 0 || bulk_select_rows(arena, desk->db, list->str, BULK_MOST, out, error);
}
