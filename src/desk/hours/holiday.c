// Holidays: adding, taking out, and the sets that come with the program.
//
// England and Wales: schedule 1 of the Banking and Financial Dealings Act 1971 with the days that are proclaimed each year (New Year's
// Day, early May) and Good Friday and Christmas Day, which are holidays by common law; when one falls on a weekend, the next working
// day stands in for it. The days are as published on gov.uk/bank-holidays and agree with that rule (hours_test.c computes it).
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/hours.sql.h"
#include "desk/hours/wall.h"

#define DAY(year, month, day, name)                                                                                              \
  { 0, year, month, day, name, "england-and-wales", true }

static const Holiday england_and_wales[] = {
  DAY(2024, 1, 1, "New Year’s Day"),
  DAY(2024, 3, 29, "Good Friday"),
  DAY(2024, 4, 1, "Easter Monday"),
  DAY(2024, 5, 6, "Early May bank holiday"),
  DAY(2024, 5, 27, "Spring bank holiday"),
  DAY(2024, 8, 26, "Summer bank holiday"),
  DAY(2024, 12, 25, "Christmas Day"),
  DAY(2024, 12, 26, "Boxing Day"),

  DAY(2025, 1, 1, "New Year’s Day"),
  DAY(2025, 4, 18, "Good Friday"),
  DAY(2025, 4, 21, "Easter Monday"),
  DAY(2025, 5, 5, "Early May bank holiday"),
  DAY(2025, 5, 26, "Spring bank holiday"),
  DAY(2025, 8, 25, "Summer bank holiday"),
  DAY(2025, 12, 25, "Christmas Day"),
  DAY(2025, 12, 26, "Boxing Day"),

  DAY(2026, 1, 1, "New Year’s Day"),
  DAY(2026, 4, 3, "Good Friday"),
  DAY(2026, 4, 6, "Easter Monday"),
  DAY(2026, 5, 4, "Early May bank holiday"),
  DAY(2026, 5, 25, "Spring bank holiday"),
  DAY(2026, 8, 31, "Summer bank holiday"),
  DAY(2026, 12, 25, "Christmas Day"),
  DAY(2026, 12, 28, "Boxing Day (substitute day)"),

  DAY(2027, 1, 1, "New Year’s Day"),
  DAY(2027, 3, 26, "Good Friday"),
  DAY(2027, 3, 29, "Easter Monday"),
  DAY(2027, 5, 3, "Early May bank holiday"),
  DAY(2027, 5, 31, "Spring bank holiday"),
  DAY(2027, 8, 30, "Summer bank holiday"),
  DAY(2027, 12, 27, "Christmas Day (substitute day)"),
  DAY(2027, 12, 28, "Boxing Day (substitute day)"),

  DAY(2028, 1, 3, "New Year’s Day (substitute day)"),
  DAY(2028, 4, 14, "Good Friday"),
  DAY(2028, 4, 17, "Easter Monday"),
  DAY(2028, 5, 1, "Early May bank holiday"),
  DAY(2028, 5, 29, "Spring bank holiday"),
  DAY(2028, 8, 28, "Summer bank holiday"),
  DAY(2028, 12, 25, "Christmas Day"),
  DAY(2028, 12, 26, "Boxing Day"),
};

static const HolidaySet sets[] = {
  {"england-and-wales", "Bank holidays of England and Wales, 2024 to 2028", "gov.uk/bank-holidays", england_and_wales,
   G_N_ELEMENTS(england_and_wales)},
  {"none", "None: imported days go, days named here stay", "", NULL, 0},
};

const HolidaySet *holiday_set_at(size_t index) { return index < G_N_ELEMENTS(sets) ? &sets[index] : NULL; }

const HolidaySet *holiday_set_find(const char *word) {
  for (size_t i = 0; word && i < G_N_ELEMENTS(sets); i++)
    if (strcmp(sets[i].word, word) == 0) return &sets[i];
  return NULL;
}

static const char *days_as_json(Arena *arena, const HolidaySet *set) {
  g_autoptr(Json) days = json_array();
  for (size_t i = 0; i < set->count; i++) {
    const Holiday *day = &set->days[i];
    json_array_append_new(days, json_pack("{sIsIsIss}", "year", (json_int_t)day->year, "month", (json_int_t)day->month, "day",
                                          (json_int_t)day->day, "name", day->name));
  }
  return json_text(arena, days);
}

bool holiday_import(Desk *desk, const HolidaySet *set, int64_t *out_added, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && holiday_delete_imported(desk->db, error) &&
         holiday_insert_set(desk->db, days_as_json(arena, set), set->word, out_added, error) && db_commit(&tx, error);
}

const char *holiday_problem(Arena *arena, const Holiday *holiday) {
  // A day of every year is looked at in a leap year, so that 29 February is one.
  if (!day_from_date(holiday->year ? holiday->year : 2024, holiday->month, holiday->day)) {
    if (holiday->year && day_from_date(2024, holiday->month, holiday->day))
      return arena_say(arena, "%d has no %d %s.", (int)holiday->year, (int)holiday->day, month_title(holiday->month));
    return "There is no such date; write it as 2026-12-24.";
  }
  if (holiday->year && (holiday->year < 1970 || holiday->year > 9000)) return "The year is too far away.";
  return NULL;
}

static bool check(Arena *arena, Desk *desk, const Holiday *holiday, GError **error) {
  int64_t count = 0;
  const char *problem = text_is_blank(holiday->name)                   ? "The day needs a name; arithmetic calls it by that."
                        : text_length(holiday->name) > HOURS_NAME_MOST ? "The name is too long."
                                                                       : holiday_problem(arena, holiday);
  if (problem) return error_set(error, ERROR_INVALID, "%s", problem);
  return holiday_count(desk->db, &count, error) &&
         (count < HOURS_HOLIDAYS_MOST ||
          error_set(error, ERROR_INVALID, "There are %d holidays already; take some out first.", HOURS_HOLIDAYS_MOST));
}

bool holiday_add(Desk *desk, const Holiday *holiday, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  if (!check(arena, desk, holiday, error)) return false;
  if (holiday_insert(desk->db, holiday->year, holiday->month, holiday->day, text_one_line(arena, holiday->name),
                     holiday->is_public, &problem))
    return true;
  if (error_is(problem, ERROR_CONFLICT)) return error_set(error, ERROR_CONFLICT, "This day is named here already.");
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

bool holiday_remove(Desk *desk, int64_t id, GError **error) {
  int64_t changed = 0;
  return holiday_delete(desk->db, id, &changed, error) &&
         (changed == 1 || error_set(error, ERROR_NOT_FOUND, "This holiday is not in the list any more."));
}
