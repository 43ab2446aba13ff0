// See tally.h. The notes are a short list: one for each name that a transaction changes.
#include "desk/conversation/tally.h"

#include "base/list.h"
#include "desk/conversation.sql.h"

#include <stdlib.h>
#include <string.h>

typedef struct TallyNote {
  const char *name;
  int64_t delta;
} TallyNote;
LIST_DEFINE(TallyNote)

struct Tallies {
  Arena *arena; // of the notes; made when there is one
  TallyNoteList notes;
};

static TallyNote *find(const Desk *desk, const char *name) {
  list_each(TallyNote, note, &desk->tallies->notes)
    if (strcmp(note->name, name) == 0) return note;
  return NULL;
}

int64_t tally_pending(const Desk *desk, const char *name) {
  const TallyNote *note = find(desk, name);
  return note ? note->delta : 0;
}

bool tally_change(Desk *desk, const char *name, int64_t delta, GError **error) {
  struct Tallies *tallies = desk->tallies;
  if (delta == 0) return true;
  if (!db_is_in_transaction(desk->db)) return tally_add(desk->db, name, delta, error);
  TallyNote *note = find(desk, name);
  if (note) {
    note->delta += delta;
    return true;
  }
  if (!tallies->arena) tallies->arena = arena_new();
  *list_add(tallies->arena, &tallies->notes) = (TallyNote){arena_strdup(tallies->arena, name), delta};
  return true;
}

struct TallyMark {
  size_t count;
  int64_t deltas[]; // of the notes there were; their names and order stay
};

const TallyMark *tally_mark(Arena *arena, const Desk *desk) {
  const TallyNoteList *notes = &desk->tallies->notes;
  TallyMark *mark = arena_alloc(arena, sizeof *mark + notes->count * sizeof *mark->deltas);
  mark->count = notes->count;
  for (size_t i = 0; i < notes->count; i++) mark->deltas[i] = notes->items[i].delta;
  return mark;
}

void tally_return_to(Desk *desk, const TallyMark *mark) {
  TallyNoteList *notes = &desk->tallies->notes;
  notes->count = mark->count;
  for (size_t i = 0; i < mark->count; i++) notes->items[i].delta = mark->deltas[i];
}

static int by_name(const void *one, const void *other) {
  return strcmp(((const TallyNote *)one)->name, ((const TallyNote *)other)->name);
}

bool tally_write(Desk *desk, GError **error) {
  TallyNoteList *notes = &desk->tallies->notes;
  if (notes->count == 0) return true;
  qsort(notes->items, notes->count, sizeof *notes->items, by_name);
  list_each(const TallyNote, note, notes)
    if (note->delta && !tally_add(desk->db, note->name, note->delta, error)) return false;
  return true;
}

void tally_leave(Desk *desk) {
  if (desk->tallies->arena) arena_free(desk->tallies->arena);
  *desk->tallies = (struct Tallies){0};
}

void tally_join(Arena *arena, Desk *desk) { desk->tallies = arena_make(arena, struct Tallies); }
