// How somebody reads: the language the desk speaks to them, and the zone of their times.
#include "base/text.h"
#include "base/words.h"
#include "desk/hours/hours.h"
#include "desk/staff.sql.h"
#include "desk/staff/staff.h"

bool staff_set_reader(Desk *desk, int64_t staff_id, const char *language, const char *zone, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = text_trim(arena, zone);
  const char *problem = *name ? hours_zone_problem(arena, name) : NULL;
  if (problem) return error_set(error, ERROR_INVALID, "%s", problem);
  if (*language && words_from_code(language) < 0)
    return error_set(error, ERROR_INVALID, "The desk does not speak this language.");
  int64_t changed = 0;
  return staff_update_reader(desk->db, staff_id, language, name, &changed, error) &&
         (changed == 1 || error_set(error, ERROR_NOT_FOUND, "This person is not here any more."));
}

bool staff_zone_chosen(Arena *arena, Desk *desk, int64_t staff_id, const char **out, GError **error) {
  *out = NULL;
  if (!staff_select_zone(arena, desk->db, staff_id, out, error)) return false;
  if (!*out) *out = "";
  return true;
}

int staff_speak_to(const Staff *staff) { return words_use(words_from_code(staff->language)); }
