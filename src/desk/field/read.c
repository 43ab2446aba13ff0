// What people type into a field, kept in one way of writing: "12,5" and "12.50" are the same number, a choice is one of those there are.
#include "base/text.h"
#include "desk/field/field.h"

#include <math.h>

static bool no(const char **out_problem, const char *sentence) {
  *out_problem = sentence;
  return false;
}

static bool read_number(Arena *arena, const char *text, const char **out, const char **out_problem) {
  g_autofree char *plain = g_strdup(text);
  char *end = NULL;
  g_strdelimit(plain, ",", '.');
  bool is_plain = strspn(plain, "+-0123456789.") == strlen(plain);
  double value = g_ascii_strtod(plain, &end);
  if (!is_plain || end == plain || *end || !isfinite(value) || fabs(value) > 1e15)
    return no(out_problem, "This is no number; write it like 12 or 12.5.");
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  *out = arena_strdup(arena, g_ascii_formatd(buffer, sizeof buffer, "%.15g", value == 0 ? 0 : value));
  return true;
}

static bool read_date(Arena *arena, const char *text, const char **out, const char **out_problem) {
  g_auto(GStrv) parts = g_strsplit(text, "-", 4);
  guint64 year = 0, month = 0, day = 0;
  bool is_date = strlen(text) == 10 && g_strv_length(parts) == 3 &&
                 g_ascii_string_to_unsigned(parts[0], 10, 1, 9999, &year, NULL) &&
                 g_ascii_string_to_unsigned(parts[1], 10, 1, 12, &month, NULL) &&
                 g_ascii_string_to_unsigned(parts[2], 10, 1, 31, &day, NULL) &&
                 g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
  *out = arena_strdup(arena, text);
  return is_date || no(out_problem, "This is no date; write it like 2026-11-22.");
}

static bool read_choice(Arena *arena, const Field *field, const char *text, const char **out, const char **out_problem) {
  TextList choices = field_choices(arena, field);
  list_each(const Text, choice, &choices)
    if (strcmp(*choice, text) == 0) {
      *out = *choice;
      return true;
    }
  *out = text;
  return g_strcmp0(field->value, text) == 0 || no(out_problem, "This is none of the choices; take one of the list.");
}

bool field_read(Arena *arena, const Field *field, const char *text, const char **out, const char **out_problem) {
  const char *clean = text_one_line(arena, text);
  *out = clean;
  *out_problem = NULL;
  if (!*clean) return true;
  if (text_length(clean) > FIELD_VALUE_MOST) return no(out_problem, "This is too long for a field; 500 characters at most.");
  switch (field->kind) {
  case FIELD_NUMBER: return read_number(arena, clean, out, out_problem);
  case FIELD_DATE: return read_date(arena, clean, out, out_problem);
  case FIELD_CHOICE: return read_choice(arena, field, clean, out, out_problem);
  case FIELD_CHECKBOX: *out = "1"; return true;
  case FIELD_TEXT:
  case FIELD_KIND_COUNT: break;
  }
  return true;
}
