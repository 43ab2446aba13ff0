// Moments as text and back. The calendar is computed with gmtime_r on the shifted moment, so that labelling fifty rows of a
// list costs no allocation but the label. Months are named in the reader's language, whatever the machine's locale says.
#include "base/clock.h"

#include "base/words.h"

#include <time.h>

static int64_t system_now(const Clock *clock) {
  (void)clock;
  return g_get_real_time();
}

static int64_t standing_now(const Clock *clock) { return clock->set_to; }

const Clock clock_system = {.now = system_now};

int64_t clock_now(const Clock *clock) { return clock->now(clock); }

Clock clock_standing_at(int64_t moment) { return (Clock){.now = standing_now, .set_to = moment}; }

// Whole seconds, rounded towards the past also before 1970.
static int64_t seconds_of(int64_t moment) { return moment / CLOCK_SECOND - (moment % CLOCK_SECOND < 0 ? 1 : 0); }

static struct tm calendar_of(int64_t seconds) {
  struct tm parts = {0};
  time_t at = (time_t)seconds;
  gmtime_r(&at, &parts);
  return parts;
}

static char *put_two(char *at, int value, char after) {
  at[0] = (char)('0' + value / 10 % 10);
  at[1] = (char)('0' + value % 10);
  at[2] = after;
  return at + 3;
}

// By hand: a page shows a hundred of these, and printf would be a tenth of what it costs.
const char *clock_iso(Arena *arena, int64_t moment) {
  struct tm at = calendar_of(seconds_of(moment));
  int year = at.tm_year + 1900;
  if (year < 0 || year > 9999)
    return arena_printf(arena, "%d-%02d-%02dT%02d:%02d:%02dZ", year, at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec);
  char *text = arena_alloc(arena, sizeof "2026-11-22T09:15:00Z");
  char *rest = put_two(text, year / 100, '-') - 1; // the year's second half follows at once
  rest = put_two(put_two(put_two(rest, year % 100, '-'), at.tm_mon + 1, '-'), at.tm_mday, 'T');
  put_two(put_two(put_two(rest, at.tm_hour, ':'), at.tm_min, ':'), at.tm_sec, 'Z');
  return text;
}

bool clock_parse_iso(const char *text, int64_t *out_moment) {
  if (!text) return false;
  g_autoptr(GDateTime) read = g_date_time_new_from_iso8601(text, NULL); // without a default zone the text must name one
  if (!read) return false;
  *out_moment = g_date_time_to_unix(read) * CLOCK_SECOND + g_date_time_get_microsecond(read);
  return true;
}

static int64_t offset_of(GTimeZone *zone, int64_t seconds) {
  int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return interval < 0 ? 0 : g_time_zone_get_offset(zone, interval);
}

static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
                                     N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

const char *words_date(Arena *arena, int year, int month, int day) {
  return arena_say(arena, "%d %s %d", day, months[CLAMP(month, 1, 12) - 1], year);
}

const char *clock_exact(Arena *arena, int64_t moment, GTimeZone *zone) {
  g_autoptr(GTimeZone) local = zone ? NULL : g_time_zone_new_local();
  int64_t seconds = seconds_of(moment);
  struct tm at = calendar_of(seconds + offset_of(zone ? zone : local, seconds));
  return arena_say(arena, "%d %s %d, %02d:%02d", at.tm_mday, months[at.tm_mon], at.tm_year + 1900, at.tm_hour, at.tm_min);
}

typedef enum SpanForm { SPAN_PLAIN, SPAN_AGO, SPAN_AHEAD, SPAN_FORMS } SpanForm;

// Whole phrases, since a language may bend the word in them: "4 Tage", "vor 4 Tagen".
static const struct {
  int64_t below, unit; // spans shorter than `below` are counted in `unit`
  const char *words[SPAN_FORMS][2];
} steps[] = {
  {CLOCK_HOUR, CLOCK_MINUTE, {{NN_("{} min", "{} min")}, {NN_("{} min ago", "{} min ago")}, {NN_("in {} min", "in {} min")}}},
  {CLOCK_DAY, CLOCK_HOUR, {{NN_("{} h", "{} h")}, {NN_("{} h ago", "{} h ago")}, {NN_("in {} h", "in {} h")}}},
  {14 * CLOCK_DAY, CLOCK_DAY, {{NN_("{} day", "{} days")}, {NN_("{} day ago", "{} days ago")}, {NN_("in {} day", "in {} days")}}},
  {730 * CLOCK_DAY,
   7 * CLOCK_DAY,
   {{NN_("{} week", "{} weeks")}, {NN_("{} week ago", "{} weeks ago")}, {NN_("in {} week", "in {} weeks")}}},
  {INT64_MAX,
   365 * CLOCK_DAY,
   {{NN_("{} year", "{} years")}, {NN_("{} year ago", "{} years ago")}, {NN_("in {} year", "in {} years")}}},
};

static const char *span_words(Arena *arena, int64_t span, SpanForm form) {
  size_t step = 0;
  while (step + 1 < G_N_ELEMENTS(steps) && span >= steps[step].below) step++;
  return words_count_said(arena, steps[step].words[form][0], steps[step].words[form][1], span / steps[step].unit);
}

const char *clock_span(Arena *arena, int64_t span) {
  return span < CLOCK_MINUTE ? tr("just now") : span_words(arena, span, SPAN_PLAIN);
}

const char *clock_ago(Arena *arena, int64_t span) {
  return span < CLOCK_MINUTE ? tr("just now") : span_words(arena, span, SPAN_AGO);
}

const char *clock_ahead(Arena *arena, int64_t span) {
  return span < CLOCK_MINUTE ? tr("in a moment") : span_words(arena, span, SPAN_AHEAD);
}
