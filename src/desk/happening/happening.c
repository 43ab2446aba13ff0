// The notes of one transaction, and the round before its commit. The list grows while it is gone through: a rule that assigns writes a
// line of its own. Conversations are settled once each, however much happened in them, after the rules have done what they do.
#include "desk/happening/happening.h"

#include "desk/conversation/tally.h"
#include "desk/due/settle.h"
#include "desk/notify/notify.h"
#include "desk/rule/stored.h"

typedef struct Turn {
  int64_t rule_id, root, times;
} Turn;
LIST_DEFINE(Turn)

struct Happenings {
  Arena *arena; // of the notes; made when there is one
  HappeningList list;
  TurnList turns;
  int64_t roots;   // how many there are
  int64_t by_rule; // the root of what is noted now; HAPPENING_OF_ITSELF
};

static void forget(struct Happenings *notes) {
  if (notes->arena) arena_free(notes->arena);
  *notes = (struct Happenings){.by_rule = HAPPENING_OF_ITSELF};
}

static void begins(void *own) {
  Desk *desk = own;
  forget(desk->happenings);
  tally_leave(desk);
}

void happening_note(Desk *desk, const Happening *happening) {
  struct Happenings *notes = desk->happenings;
  if (!notes->arena) notes->arena = arena_new();
  Happening *kept = list_add(notes->arena, &notes->list);
  *kept = *happening;
  kept->detail = arena_strdup(notes->arena, happening->detail ? happening->detail : "");
  kept->author_key = arena_strdup(notes->arena, happening->author_key ? happening->author_key : "");
  kept->words = arena_strdup(notes->arena, happening->words ? happening->words : "");
  kept->root = notes->by_rule == HAPPENING_OF_ITSELF ? notes->roots++ : notes->by_rule;
}

void happening_heard(Desk *desk, EventKind kind, int64_t number, int64_t message_id, bool is_by_machine, const char *author_key,
                     const char *words) {
  happening_note(desk, &(Happening){.kind = kind,
                                    .number = number,
                                    .is_heard = true,
                                    .is_by_machine = is_by_machine,
                                    .message_id = message_id,
                                    .author_key = author_key,
                                    .words = words});
}

void happening_of_field(Desk *desk, int64_t field_id) {
  HappeningList *list = &desk->happenings->list;
  list->items[list->count - 1].field_id = field_id;
}

size_t happening_count(Desk *desk) { return desk->happenings->list.count; }
void happening_forget(Desk *desk, size_t count) { desk->happenings->list.count = MIN(desk->happenings->list.count, count); }

void happening_by_rule(Desk *desk, int64_t root) { desk->happenings->by_rule = root; }

int64_t happening_new_root(Desk *desk) { return desk->happenings->roots++; }

HappeningTurn happening_take_turn(Desk *desk, int64_t rule_id, int64_t root) {
  struct Happenings *notes = desk->happenings;
  if (!notes->arena) notes->arena = arena_new();
  list_each(Turn, turn, &notes->turns)
    if (turn->rule_id == rule_id && turn->root == root) return turn->times++ == 1 ? TURN_SECOND : TURN_LATER;
  *list_add(notes->arena, &notes->turns) = (Turn){rule_id, root, 1};
  return TURN_FIRST;
}

static bool was_named(const HappeningList *list, size_t before, int64_t number) {
  for (size_t i = 0; i < before; i++)
    if (list->items[i].number == number) return true;
  return false;
}

static bool settle_all(Arena *arena, Desk *desk, const HappeningList *list, GError **error) {
  for (size_t i = 0; i < list->count; i++)
    if (!was_named(list, i, list->items[i].number) && !due_settle(arena, desk, list->items[i].number, error)) return false;
  return true;
}

static bool follow_up(Desk *desk, GError **error) {
  const HappeningList *list = &desk->happenings->list;
  if (list->count == 0) return true;
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < list->count; i++) { // it grows
    Happening happening = list->items[i];
    if (!rule_happen(arena, desk, &happening, error)) return false;
  }
  if (!settle_all(arena, desk, list, error)) return false;
  for (size_t i = 0; i < list->count; i++)
    if (!notify_happening(arena, desk, &list->items[i], error)) return false;
  return true;
}

// Tallies come last, when nothing else is to be waited for.
static bool settles(void *own, GError **error) { return follow_up(own, error) && tally_write(own, error); }

void happening_join(Arena *arena, Desk *desk) {
  tally_join(arena, desk);
  desk->happenings = arena_make(arena, struct Happenings);
  desk->happenings->by_rule = HAPPENING_OF_ITSELF;
  db_accompany(desk->db, &(DbCompanion){begins, settles, desk});
}

void happening_leave(Desk *desk) {
  forget(desk->happenings);
  tally_leave(desk);
}
