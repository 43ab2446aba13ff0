// What the kinds of due are called, and the warning as a person writes it.
#include "base/text.h"
#include "desk/due/due.h"

const char *due_kind_title(DueKind kind) {
  static const char *const titles[DUE_KIND_COUNT] = {[DUE_FIRST_ANSWER] = "First answer",
                                                     [DUE_NEXT_ANSWER] = "Next answer",
                                                     [DUE_RESOLUTION] = "Resolution",
                                                     [DUE_COMPLAINT] = "Complaint"};
  return kind < DUE_KIND_COUNT ? titles[kind] : "";
}

const char *due_warning_read(Arena *arena, const char *text, DueWarning *out) {
  const char *line = text_one_line(arena, text);
  *out = (DueWarning){0};
  char *rest = NULL;
  guint64 number = g_ascii_isdigit(*line) ? g_ascii_strtoull(line, &rest, 10) : 0;
  while (rest && *rest == ' ') rest++;
  if (!rest || *rest != '%') return target_read(arena, line, &out->minutes);
  if (rest[1] || number > 90) return "Write it as 25 %, up to 90, or as 30 min.";
  out->percent = (int64_t)number;
  return NULL;
}

const char *due_warning_write(Arena *arena, DueWarning warning) {
  return warning.percent ? arena_printf(arena, "%d %%", (int)warning.percent) : target_write(arena, warning.minutes);
}
