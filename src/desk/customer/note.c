// Notes about a customer, for the team. Changing one writes a new row and retires the old: what stood there before stays readable, with who
// wrote it.
#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/customer/stored.h"

static bool is_usable(const char *words, GError **error) {
  return text_length(words) <= CUSTOMER_NOTE_MOST ||
         error_set(error, ERROR_INVALID, "A note has at most %d characters.", CUSTOMER_NOTE_MOST);
}

bool customer_notes(Arena *arena, Desk *desk, int64_t id, CustomerNoteList *out, CustomerNoteList *out_history, GError **error) {
  return customer_note_select(arena, desk->db, id, CUSTOMER_NOTES_SHOWN, out, error) &&
         customer_note_select_history(arena, desk->db, id, CUSTOMER_NOTES_SHOWN, out_history, error);
}

bool customer_note_add(Desk *desk, const Staff *actor, int64_t id, const char *words, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_trim(arena, words);
  CustomerLock *lock = NULL;
  if (!*clean) return error_set(error, ERROR_INVALID, "The note is empty; write what the team should know.");
  if (!is_usable(clean, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && customer_hold(arena, desk, id, &lock, error) &&
         customer_note_insert(desk->db, id, NULL, clean, actor->id, clock_now(desk->clock), error) && db_commit(&tx, error);
}

bool customer_note_change(Desk *desk, const Staff *actor, int64_t id, int64_t note_id, const char *words, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_trim(arena, words);
  CustomerLock *lock = NULL;
  bool found = false;
  int64_t first = 0;
  if (!is_usable(clean, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !customer_hold(arena, desk, id, &lock, error) || !customer_note_retire(desk->db, id, note_id, &found, &first, error))
    return false;
  if (!found)
    return error_set(error, ERROR_CONFLICT, "Somebody changed this note first; load the page again to see what it says now.");
  return customer_note_insert(desk->db, id, &first, clean, actor->id, clock_now(desk->clock), error) && db_commit(&tx, error);
}
