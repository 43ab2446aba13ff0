// What there was with a customer: conversations with what they took, how they felt, what was given and promised. Each is one statement,
// however many conversations there are.
#include "desk/customer.sql.h"
#include "desk/customer/stored.h"

#define MARKS_MOST 4000

const char *customer_outcome_words(int64_t outcome) {
  return outcome == COMPLAINT_AGREE      ? "agreed"
         : outcome == COMPLAINT_REFUSE   ? "refused"
         : outcome == COMPLAINT_WITHDRAW ? "withdrawn"
                                         : "";
}

static void count_one(Arena *arena, const EffortMarkList *marks, const CustomerMark *of, int64_t now,
                      CustomerConversationList *rows) {
  list_each(CustomerConversation, row, rows) {
    if (row->number != of->number) continue;
    Effort effort = {0};
    effort_count(arena, marks, of->waiting_since != 0, of->solved_at, now, &effort);
    row->repeats = effort.repeats;
    row->waited = effort.waited;
    list_each(const EffortMark, mark, marks) row->messages += mark->kind == MESSAGE_CUSTOMER;
    return;
  }
}

// The messages of all shown conversations come in one list, those of each together.
static bool count_effort(Arena *arena, Desk *desk, int64_t id, CustomerConversationList *rows, GError **error) {
  CustomerMarkList all = {0};
  if (rows->count == 0) return true;
  int64_t since = rows->items[rows->count - 1].last_message_at;
  if (!customer_select_effort_marks(arena, desk->db, id, since, MARKS_MOST, &all, error)) return false;
  EffortMarkList marks = {0};
  for (size_t i = 0; i < all.count; i++) {
    const CustomerMark *mark = &all.items[i];
    *list_add(arena, &marks) = (EffortMark){.message_id = mark->message_id, .made_at = mark->made_at, .kind = mark->kind};
    if (i + 1 < all.count && all.items[i + 1].number == mark->number) continue;
    count_one(arena, &marks, mark, clock_now(desk->clock), rows);
    marks = (EffortMarkList){0};
  }
  return true;
}

bool customer_conversations(Arena *arena, Desk *desk, int64_t id, int64_t before_at, int64_t before_number,
                            CustomerConversations *out, GError **error) {
  *out = (CustomerConversations){0};
  if (!customer_select_conversations(arena, desk->db, id, before_at ? before_at : INT64_MAX,
                                     before_number ? before_number : INT64_MAX, CUSTOMER_CONVERSATIONS_SHOWN + 1, &out->rows,
                                     error))
    return false;
  out->has_more = out->rows.count > CUSTOMER_CONVERSATIONS_SHOWN;
  if (out->has_more) out->rows.count = CUSTOMER_CONVERSATIONS_SHOWN;
  return count_effort(arena, desk, id, &out->rows, error);
}

bool customer_stand(Arena *arena, Desk *desk, int64_t id, CustomerStand *out, GError **error) {
  CustomerStand *stand = NULL;
  if (!customer_select_stand(arena, desk->db, id, &stand, error)) return false;
  *out = *stand;
  return true;
}

bool customer_mood(Arena *arena, Desk *desk, int64_t id, MoodPointList *out, GError **error) {
  MoodPointList newest_first = {0};
  if (!customer_select_mood(arena, desk->db, id, MOOD_POINTS, &newest_first, error)) return false;
  for (size_t i = newest_first.count; i > 0; i--) *list_add(arena, out) = newest_first.items[i - 1];
  return true;
}

bool customer_remedies(Arena *arena, Desk *desk, int64_t id, RemedyList *out, RemedySumList *out_sums, GError **error) {
  return customer_select_remedies(arena, desk->db, id, CUSTOMER_REMEDIES_SHOWN, out, error) &&
         customer_select_remedy_sums(arena, desk->db, id, out_sums, error);
}

bool customer_promises(Arena *arena, Desk *desk, int64_t id, PromiseList *out, GError **error) {
  return customer_select_promises(arena, desk->db, id, PROMISES_SHOWN, out, error);
}
