// Conversations that a mail names by its ids, for a person to choose from: nothing is joined by that alone.
#include "desk/conversation.sql.h"
#include "desk/conversation/verbs.h"
#include "desk/message.sql.h"

#define IDS_MOST 20
#define FOUND_MOST 5

static bool add_survivor(Arena *arena, Desk *desk, int64_t number, int64_t except, IntList *out, GError **error) {
  bool found = false;
  if (!conversation_select_survivor(desk->db, number, &found, &number, error)) return false;
  if (!found || number == except || out->count >= FOUND_MOST) return true;
  list_each(const Int, known, out)
    if (*known == number) return true;
  *list_add(arena, out) = number;
  return true;
}

bool conversation_named_by(Arena *arena, Desk *desk, const TextList *ids, int64_t except, IntList *out, GError **error) {
  for (size_t i = 0; i < MIN(ids->count, IDS_MOST) && out->count < FOUND_MOST; i++) {
    MailIdMarkList marks = {0};
    if (!mail_id_find(arena, desk->db, ids->items[i], &marks, error)) return false;
    list_each(const MailIdMark, mark, &marks)
      if (!add_survivor(arena, desk, mark->number, except, out, error)) return false;
  }
  return true;
}

bool message_conversation(Desk *desk, int64_t message_id, int64_t *out_number, GError **error) {
  g_autoptr(GError) problem = NULL;
  if (message_select_number(desk->db, message_id, out_number, &problem)) return true;
  if (error_is(problem, ERROR_NOT_FOUND)) return error_set(error, ERROR_NOT_FOUND, "There is no such message.");
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}
