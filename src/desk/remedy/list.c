// Remedies of one conversation, and those that wait for approval. A page asks for one row more than it shows.
#include "desk/conversation/conversation.h"
#include "desk/remedy.sql.h"

Remedy *remedy_find(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Remedy *remedy = NULL;
  if (!remedy_select(arena, desk->db, id, &remedy, error)) return NULL;
  if (!remedy) error_set(error, ERROR_NOT_FOUND, "There is no such remedy.");
  return remedy;
}

bool remedy_list_of(Arena *arena, Desk *desk, int64_t number, RemedyList *out, GError **error) {
  RemedyList newest = {0};
  if (!remedy_select_of(arena, desk->db, number, REMEDIES_SHOWN, &newest, error)) return false;
  for (size_t i = newest.count; i > 0; i--) *list_add(arena, out) = newest.items[i - 1];
  return true;
}

bool remedy_stand(Desk *desk, int64_t number, RemedyStand *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  RemedyStand *stand = NULL;
  if (!remedy_select_stand(arena, desk->db, number, &stand, error)) return false;
  *out = *stand;
  return true;
}

// What a role without the permission may decide is nothing, whatever its limits say.
static int64_t bit_of(const Staff *actor) { return role_may(actor->role, PERMISSION_SUPERVISE) ? INT64_C(1) << actor->role : 0; }

bool remedy_approvals(Arena *arena, Desk *desk, const Staff *actor, bool is_mine, int64_t after_due, int64_t after_id,
                      RemedyPage *out, GError **error) {
  *out = (RemedyPage){0};
  if (!remedy_select_waiting(arena, desk->db, actor->id, bit_of(actor), is_mine ? 1 : 0, after_due, after_id, LIST_PAGE + 1,
                             &out->rows, error))
    return false;
  out->has_more = out->rows.count > LIST_PAGE;
  if (!out->has_more) return true;
  out->rows.count = LIST_PAGE;
  out->next_key = out->rows.items[LIST_PAGE - 1].due_at;
  out->next_id = out->rows.items[LIST_PAGE - 1].id;
  return true;
}

bool remedy_approvals_count(Desk *desk, const Staff *actor, int64_t *out, GError **error) {
  *out = 0;
  return !bit_of(actor) || remedy_count_waiting(desk->db, actor->id, bit_of(actor), out, error);
}
