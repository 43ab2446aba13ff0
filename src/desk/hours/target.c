// The desk's own targets and its legal profile: defaults, keeping, and a target as a person writes it.
#include "base/text.h"
#include "desk/hours.sql.h"
#include "desk/hours/deadline.h"

#define H(hours) ((hours)*60)

// Our own choice, for a desk that is open eight hours a day: about a day, half a day and an hour to say that it is here; a first answer
// within two days at most; a resolution within two weeks, or two days when harm may come of it.
const Targets targets_default = {{
  {H(8), H(16), H(80)},
  {H(8), H(8), H(40)},
  {H(4), H(4), H(24)},
  {H(1), H(2), H(16)},
}};

bool targets_load(Desk *desk, Targets *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  TargetRowList rows = {0};
  *out = targets_default;
  if (!target_select_all(arena, desk->db, &rows, error)) return false;
  list_each(const TargetRow, row, &rows) {
    if (row->severity < 0 || row->severity >= DEADLINE_SEVERITIES) continue;
    int64_t *minutes = out->minutes[row->severity];
    minutes[DEADLINE_ACKNOWLEDGE] = CLAMP(row->acknowledge, 0, TARGET_MOST);
    minutes[DEADLINE_FIRST_ANSWER] = CLAMP(row->first_answer, 0, TARGET_MOST);
    minutes[DEADLINE_RESOLUTION] = CLAMP(row->resolution, 0, TARGET_MOST);
  }
  return true;
}

bool targets_set(Desk *desk, const Targets *targets, GError **error) {
  const int64_t(*m)[DEADLINE_OWN_COUNT] = targets->minutes;
  for (int severity = 0; severity < DEADLINE_SEVERITIES; severity++)
    for (int kind = 0; kind < DEADLINE_OWN_COUNT; kind++)
      if (m[severity][kind] < 0 || m[severity][kind] > TARGET_MOST)
        return error_set(error, ERROR_INVALID, "A target is between nothing and %d hours.", TARGET_MOST / 60);
  return target_set_all(desk->db, m[0][0], m[0][1], m[0][2], m[1][0], m[1][1], m[1][2], m[2][0], m[2][1], m[2][2], m[3][0],
                        m[3][1], m[3][2], error);
}

bool profile_load(Desk *desk, LegalProfile *out, GError **error) {
  int64_t profile = 0;
  if (!hours_select_profile(desk->db, &profile, error)) return false;
  *out = profile >= 0 && profile < PROFILE_COUNT ? (LegalProfile)profile : PROFILE_NONE;
  return true;
}

bool profile_set(Desk *desk, LegalProfile profile, GError **error) {
  if (profile >= PROFILE_COUNT) return error_set(error, ERROR_INVALID, "There is no such legal profile.");
  return hours_update_profile(desk->db, profile, error);
}

// The unit behind a number: how many minutes it is; 0 when it is none.
static int64_t read_unit(const char **at) {
  static const struct {
    const char *word;
    int64_t minutes;
  } units[] = {{"hours", 60}, {"hour", 60}, {"h", 60}, {"minutes", 1}, {"minute", 1}, {"min", 1}, {"m", 1}};
  while (**at == ' ') (*at)++;
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
    size_t length = strlen(units[i].word);
    if (g_ascii_strncasecmp(*at, units[i].word, length) != 0 || g_ascii_isalpha((*at)[length])) continue;
    *at += length;
    return units[i].minutes;
  }
  return 0;
}

const char *target_read(Arena *arena, const char *text, int64_t *out_minutes) {
  const char *at = text_one_line(arena, text);
  *out_minutes = 0;
  if (!*at || strcmp(at, "0") == 0) return NULL;
  while (*at) {
    char *rest = NULL;
    guint64 number = g_ascii_isdigit(*at) ? g_ascii_strtoull(at, &rest, 10) : 0;
    int64_t unit = 0;
    if (rest) at = rest, unit = read_unit(&at);
    if (!unit) return "Write it as 8 h, 45 min or 1 h 30 min.";
    if (number > TARGET_MOST) return "That is longer than a year.";
    *out_minutes += (int64_t)number * unit;
    if (*out_minutes > TARGET_MOST) return "That is longer than a year.";
    while (*at == ' ') at++;
  }
  return NULL;
}

const char *target_write(Arena *arena, int64_t minutes) {
  int hours = (int)(minutes / 60), rest = (int)(minutes % 60);
  if (minutes <= 0) return "";
  if (!hours) return arena_printf(arena, "%d min", rest);
  return rest ? arena_printf(arena, "%d h %d min", hours, rest) : arena_printf(arena, "%d h", hours);
}
