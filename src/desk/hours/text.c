// Hours as a person writes them. A weekday is a line of openings, "09:00-12:30, 13:30-17:00"; a dash may be any dash or "to", a time may
// leave out its minutes or have a full stop before them ("9", "9.30"). What is wrong is said in a sentence.
#include "base/text.h"
#include "base/words.h"
#include "desk/hours/wall.h"

#define DAY_MINUTES (24 * 60)
#define ZONE_MOST 64 // bytes

const char *hours_zone_problem(Arena *arena, const char *zone) {
  const char *allowed = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_+-/";
  const char *problem = arena_say(arena, "\"%s\" is no time zone; give one such as Europe/London.",
                                  text_clamp(arena, zone ? zone : "", 40));
  if (text_is_blank(zone) || strlen(zone) > ZONE_MOST || zone[strspn(zone, allowed)] || !g_ascii_isalpha(zone[0])) return problem;
  g_autoptr(GTimeZone) found = g_time_zone_new_identifier(zone);
  return found ? NULL : problem;
}

static void skip_blanks(const char **at) {
  for (; **at && g_unichar_isspace(g_utf8_get_char(*at)); *at = text_next(*at)) {}
}

static bool read_number(const char **at, int digits_most, int64_t *out) {
  int digits = 0;
  for (*out = 0; g_ascii_isdigit(**at); (*at)++, digits++) {
    if (digits == digits_most) return false;
    *out = *out * 10 + g_ascii_digit_value(**at);
  }
  return digits > 0;
}

// "9", "9:00", "09.30", "24:00"; minutes have two digits.
static bool read_time(const char **at, int64_t *out) {
  int64_t hour, minute = 0;
  skip_blanks(at);
  if (!read_number(at, 2, &hour)) return false;
  if (**at == ':' || **at == '.') {
    const char *begin = ++*at;
    if (!read_number(at, 2, &minute) || *at - begin != 2) return false;
  }
  *out = hour * 60 + minute;
  return minute < 60 && *out <= DAY_MINUTES;
}

static bool read_dash(const char **at) {
  skip_blanks(at);
  if (g_str_has_prefix(*at, "to")) {
    *at += 2;
    return true;
  }
  static const gunichar dashes[] = {'-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212};
  gunichar dash = g_utf8_get_char(*at);
  for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++) {
    if (dash != dashes[i]) continue;
    *at = text_next(*at);
    return true;
  }
  return false;
}

static const char *time_words(Arena *arena, int64_t minute) {
  return arena_printf(arena, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static const char *opening_words(Arena *arena, const Opening *opening) {
  return arena_printf(arena, "%s–%s", time_words(arena, opening->opens_at), time_words(arena, opening->closes_at));
}

static const char *order_problem(Arena *arena, const Opening *opening) {
  if (opening->opens_at < opening->closes_at) return NULL;
  if (opening->opens_at == opening->closes_at) return arena_say(arena, "%s has no length.", opening_words(arena, opening));
  return arena_say(arena, "%s ends before it starts. For a night, write %s–24:00 here and 00:00–%s on the next day.",
                   opening_words(arena, opening), time_words(arena, opening->opens_at), time_words(arena, opening->closes_at));
}

static const char *overlap_problem(Arena *arena, const OpeningList *openings) {
  for (size_t i = 0; i < openings->count; i++)
    for (size_t k = i + 1; k < openings->count; k++) {
      const Opening *one = &openings->items[i], *other = &openings->items[k];
      if (one->opens_at < other->closes_at && other->opens_at < one->closes_at)
        return arena_say(arena, "%s and %s overlap.", opening_words(arena, one), opening_words(arena, other));
    }
  return NULL;
}

static void sort_openings(OpeningList *openings) {
  for (size_t i = 1; i < openings->count; i++)
    for (size_t k = i; k > 0 && openings->items[k].opens_at < openings->items[k - 1].opens_at; k--) {
      Opening later = openings->items[k - 1];
      openings->items[k - 1] = openings->items[k];
      openings->items[k] = later;
    }
}

static const char *read_all(Arena *arena, int64_t weekday, const char *text, OpeningList *out) {
  for (const char *at = text;;) {
    Opening opening = {.weekday = weekday};
    if (!read_time(&at, &opening.opens_at) || !read_dash(&at) || !read_time(&at, &opening.closes_at))
      return arena_say(arena, "\"%s\" are no hours; write them as 09:00-12:30, 13:30-17:00, or leave it empty.",
                       text_clamp(arena, text_one_line(arena, text), 40));
    const char *problem = order_problem(arena, &opening);
    if (problem) return problem;
    *list_add(arena, out) = opening;
    if (out->count > HOURS_OPENINGS_MOST)
      return arena_say(arena, "More than %d openings a day are too many.", HOURS_OPENINGS_MOST);
    skip_blanks(&at);
    if (!*at) return NULL;
    if (*at != ',' && *at != ';') return "Between two openings comes a comma, as in 09:00-12:30, 13:30-17:00.";
    at++;
  }
}

const char *hours_read_openings(Arena *arena, int64_t weekday, const char *text, OpeningList *out) {
  OpeningList read = {0};
  if (text_is_blank(text)) return NULL;
  const char *problem = read_all(arena, weekday, text, &read);
  if (!problem) problem = overlap_problem(arena, &read);
  if (problem) return problem;
  sort_openings(&read);
  list_each(const Opening, opening, &read) *list_add(arena, out) = *opening;
  return NULL;
}

const char *hours_write_openings(Arena *arena, const BusinessHours *hours, int64_t weekday) {
  const char *text = "";
  list_each(const Opening, opening, &hours->openings) {
    if (opening->weekday != weekday) continue;
    text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", opening_words(arena, opening));
  }
  return text;
}
