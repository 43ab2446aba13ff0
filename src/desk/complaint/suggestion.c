// Why a conversation reads like a complaint, from its readings, and that somebody said it is none. What makes a complaint of one by itself
// is a rule like any other (desk/rule).
#include "desk/complaint/suggestion.h"
#include "base/words.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/stored.h"
#include "desk/conversation/stand.h"

#include <string.h>

#define CLEARLY_UNPLEASANT -0.2 // valence, from -1 to 1

static bool was_settled(Desk *desk, int64_t number, bool *out, GError **error) {
  int64_t stage = 0, staff = 0;
  return complaint_exists(desk->db, number, out, &stage, error) &&
         (*out || complaint_is_denied(desk->db, number, out, &staff, error));
}

static bool has_gap(const ComplaintReading *reading) {
  const char *label = strstr(reading->evidence, " desired ");
  return label || strstr(reading->evidence, " present ");
}

static const char *reads_like_one(Arena *arena, const ComplaintReading *reading) {
  if (reading->behaviour >= BEHAVIOUR_FRUSTRATED) return arena_say(arena, "they sound %s", behaviour_word(reading->behaviour));
  if (reading->reasons) return "something went wrong in how they were treated";
  if (reading->valence <= CLEARLY_UNPLEASANT && has_gap(reading)) return "they are not where they want to be";
  return NULL;
}

bool complaint_suggestion(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  ComplaintReadingList readings = {0};
  bool is_settled = false;
  *out = NULL;
  if (!was_settled(desk, number, &is_settled, error)) return false;
  if (is_settled) return true;
  if (!complaint_select_readings(arena, desk->db, number, &readings, error)) return false;
  for (size_t i = 0; i < readings.count && !*out; i++) *out = reads_like_one(arena, &readings.items[i]);
  return true;
}

bool complaint_deny(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && stand_load(arena, desk, number, error) &&
         complaint_denied_insert(desk->db, number, actor->id, clock_now(desk->clock), error) && db_commit(&tx, error);
}
