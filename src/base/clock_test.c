// Clock: labels in fixed zones, round trips, and what is no moment.
#include "base/clock.h"

#define AUTUMN INT64_C(1795338900000000) // 2026-11-22T09:15:00Z

static void iso_is_utc_and_whole_seconds(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(clock_iso(arena, AUTUMN), ==, "2026-11-22T09:15:00Z");
  g_assert_cmpstr(clock_iso(arena, AUTUMN + 999999), ==, "2026-11-22T09:15:00Z");
  g_assert_cmpstr(clock_iso(arena, 0), ==, "1970-01-01T00:00:00Z");
  g_assert_cmpstr(clock_iso(arena, -1), ==, "1969-12-31T23:59:59Z");
}

static void iso_is_read_with_its_zone(void) {
  int64_t moment = 0;
  g_assert_true(clock_parse_iso("2026-11-22T09:15:00Z", &moment));
  g_assert_cmpint(moment, ==, AUTUMN);
  g_assert_true(clock_parse_iso("2026-11-22T10:15:00+01:00", &moment));
  g_assert_cmpint(moment, ==, AUTUMN);
  g_assert_true(clock_parse_iso("2026-11-22T09:15:00.250000Z", &moment));
  g_assert_cmpint(moment, ==, AUTUMN + 250 * CLOCK_MILLISECOND);
}

static void what_is_no_moment_is_refused(void) {
  static const char *const texts[] = {NULL,
                                      "",
                                      "yesterday",
                                      "2026-11-22",
                                      "2026-11-22T09:15:00",
                                      "2026-13-01T00:00:00Z",
                                      "2026-11-22T25:00:00Z",
                                      "2026-11-22T09:15:00Z x"};
  int64_t moment = 42;
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) g_assert_false(clock_parse_iso(texts[i], &moment));
  g_assert_cmpint(moment, ==, 42);
}

static void writing_and_reading_agree(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(3);
  for (int i = 0; i < 2000; i++) {
    g_autoptr(Arena) arena = arena_new();
    int64_t moment = (int64_t)g_rand_double_range(rand, -6e10, 2.5e11) * CLOCK_SECOND;
    int64_t read = 0;
    g_assert_true(clock_parse_iso(clock_iso(arena, moment), &read));
    g_assert_cmpint(read, ==, moment);
  }
}

static void exact_follows_the_zone_and_its_summer_time(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autoptr(GTimeZone) east = g_time_zone_new_offset(2 * 3600);
  g_assert_cmpstr(clock_exact(arena, AUTUMN, utc), ==, "22 Nov 2026, 09:15");
  g_assert_cmpstr(clock_exact(arena, AUTUMN, east), ==, "22 Nov 2026, 11:15");
  g_assert_cmpstr(clock_exact(arena, AUTUMN + 14 * CLOCK_HOUR, east), ==, "23 Nov 2026, 01:15");
  g_assert_nonnull(clock_exact(arena, AUTUMN, NULL));
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier("CET-1CEST,M3.5.0,M10.5.0/3");
  g_assert_nonnull(berlin);
  g_assert_cmpstr(clock_exact(arena, AUTUMN, berlin), ==, "22 Nov 2026, 10:15");
  g_assert_cmpstr(clock_exact(arena, AUTUMN - 120 * CLOCK_DAY, berlin), ==, "25 Jul 2026, 11:15");
}

// One moment is two days in two zones, and an hour that the clocks skip or repeat has its own reading.
static void a_moment_is_read_where_the_reader_is(void) {
  g_autoptr(Arena) arena = arena_new();
  static const struct {
    const char *iso, *zone, *words;
  } cases[] = {
    {"2026-12-31T23:30:00Z", "Asia/Tokyo", "1 Jan 2027, 08:30"},
    {"2026-12-31T23:30:00Z", "America/New_York", "31 Dec 2026, 18:30"},
    {"2026-03-29T00:59:00Z", "Europe/Berlin", "29 Mar 2026, 01:59"},
    {"2026-03-29T01:00:00Z", "Europe/Berlin", "29 Mar 2026, 03:00"},
    {"2026-10-25T00:30:00Z", "Europe/Berlin", "25 Oct 2026, 02:30"},
    {"2026-10-25T01:30:00Z", "Europe/Berlin", "25 Oct 2026, 02:30"},
    {"2026-06-01T22:10:00Z", "Asia/Kathmandu", "2 Jun 2026, 03:55"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(cases[i].zone);
    int64_t at = 0;
    g_assert_true(clock_parse_iso(cases[i].iso, &at));
    g_assert_cmpstr(clock_exact(arena, at, zone), ==, cases[i].words);
  }
}

static void spans_are_said_as_people_do(void) {
  static const struct {
    int64_t span;
    const char *words;
  } examples[] = {
    {-5, "just now"},
    {59 * CLOCK_SECOND, "just now"},
    {CLOCK_MINUTE, "1 min"},
    {59 * CLOCK_MINUTE, "59 min"},
    {CLOCK_HOUR, "1 h"},
    {23 * CLOCK_HOUR + 59 * CLOCK_MINUTE, "23 h"},
    {CLOCK_DAY, "1 day"},
    {13 * CLOCK_DAY, "13 days"},
    {14 * CLOCK_DAY, "2 weeks"},
    {38 * CLOCK_DAY, "5 weeks"},
    {800 * CLOCK_DAY, "2 years"},
    {INT64_MAX, "292471 years"},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) g_assert_cmpstr(clock_span(arena, examples[i].span), ==, examples[i].words);
  g_assert_cmpstr(clock_ago(arena, 30 * CLOCK_SECOND), ==, "just now");
  g_assert_cmpstr(clock_ago(arena, 3 * CLOCK_DAY), ==, "3 days ago");
  g_assert_cmpstr(clock_ahead(arena, CLOCK_DAY), ==, "in 1 day");
}

static void a_standing_clock_moves_only_when_set(void) {
  Clock clock = clock_standing_at(AUTUMN);
  g_assert_cmpint(clock_now(&clock), ==, AUTUMN);
  clock.set_to += CLOCK_DAY;
  g_assert_cmpint(clock_now(&clock), ==, AUTUMN + CLOCK_DAY);
}

static void the_system_clock_shows_this_century(void) {
  int64_t now = clock_now(&clock_system);
  g_assert_cmpint(now, >, INT64_C(1600000000000000));
  g_assert_cmpint(now, <, INT64_C(4102444800000000));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/clock/iso/is-utc-and-whole-seconds", iso_is_utc_and_whole_seconds);
  g_test_add_func("/clock/iso/is-read-with-its-zone", iso_is_read_with_its_zone);
  g_test_add_func("/clock/iso/what-is-no-moment-is-refused", what_is_no_moment_is_refused);
  g_test_add_func("/clock/iso/writing-and-reading-agree", writing_and_reading_agree);
  g_test_add_func("/clock/exact/follows-the-zone-and-its-summer-time", exact_follows_the_zone_and_its_summer_time);
  g_test_add_func("/clock/exact/is-where-the-reader-is", a_moment_is_read_where_the_reader_is);
  g_test_add_func("/clock/span/is-said-as-people-do", spans_are_said_as_people_do);
  g_test_add_func("/clock/a-standing-clock-moves-only-when-set", a_standing_clock_moves_only_when_set);
  g_test_add_func("/clock/the-system-clock-shows-this-century", the_system_clock_shows_this_century);
  return g_test_run();
}
