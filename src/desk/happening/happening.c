// The notes of one transaction, and the round before its commit. The list grows while it is gone through: a rule that assigns writes a
// line of its own. Conversations are settled once each, however much happened in them, after the rules have done what they do.
#include "desk/happening/happening.h"

#include "desk/due/settle.h"
#include "desk/notify/notify.h"

struct Happenings {
  Arena *arena; // of the notes; made when there is one
  HappeningList list;
  bool is_by_rule;
};

static void forget(struct Happenings *notes) {
  if (notes->arena) arena_free(notes->arena);
  *notes = (struct Happenings){0};
}

static void begins(void *own) { forget(((Desk *)own)->happenings); }

void happening_note(Desk *desk, const Happening *happening) {
  struct Happenings *notes = desk->happenings;
  if (!notes->arena) notes->arena = arena_new();
  Happening *kept = list_add(notes->arena, &notes->list);
  *kept = *happening;
  kept->detail = arena_strdup(notes->arena, happening->detail ? happening->detail : "");
  kept->author_key = arena_strdup(notes->arena, happening->author_key ? happening->author_key : "");
  kept->words = arena_strdup(notes->arena, happening->words ? happening->words : "");
  kept->is_by_rule = notes->is_by_rule;
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

void happening_by_rule(Desk *desk, bool is_on) { desk->happenings->is_by_rule = is_on; }

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

static bool settles(void *own, GError **error) {
  Desk *desk = own;
  const HappeningList *list = &desk->happenings->list;
  if (list->count == 0) return true;
  g_autoptr(Arena) arena = arena_new();
  if (!settle_all(arena, desk, list, error)) return false;
  for (size_t i = 0; i < list->count; i++)
    if (!notify_happening(arena, desk, &list->items[i], error)) return false;
  return true;
}

void happening_join(Arena *arena, Desk *desk) {
  desk->happenings = arena_make(arena, struct Happenings);
  db_accompany(desk->db, &(DbCompanion){begins, settles, desk});
}

void happening_leave(Desk *desk) { forget(desk->happenings); }
