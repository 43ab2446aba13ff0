// What a restriction says, in words, and what an answer now would break of it. A warning is all it is: whoever answers may know better.
#include "desk/boundary/boundary.h"

#include "base/text.h"
#include "base/words.h"

bool measure_restricts(const Measure *measure, int64_t now) {
  return measure && measure->state == MEASURE_HOLDS && measure->ends_at > now &&
         (measure->kind == MEASURE_RESTRICTION || measure->kind == MEASURE_ENDING);
}

const char *channels_words(Arena *arena, int64_t channels) {
  static const struct {
    BoundaryChannel bit;
    const char *word;
  } words[] = {{CHANNEL_MAIL, N_("by e-mail")},
               {CHANNEL_PHONE, N_("by phone")},
               {CHANNEL_COUNTER, N_("at the counter")},
               {CHANNEL_LETTER, N_("by letter")}};
  g_autoptr(GString) out = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (channels & words[i].bit) g_string_append_printf(out, "%s%s", out->len ? tr(" or ") : "", tr_of(words[i].word));
  return arena_strdup(arena, out->str);
}

static const char *days_words(Arena *arena, int64_t days) {
  static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  g_autoptr(GString) out = g_string_new(NULL);
  if (days == 0x1F) return tr("Monday to Friday");
  for (int day = 0; day < 7; day++)
    if (days & INT64_C(1) << day) g_string_append_printf(out, "%s%s", out->len ? ", " : "", tr_of(names[day]));
  return arena_strdup(arena, out->str);
}

static const char *hours_words(Arena *arena, const Measure *measure) {
  if (!measure->to_minute) return "";
  return arena_say(arena, "between %02d:%02d and %02d:%02d", (int)(measure->from_minute / 60), (int)(measure->from_minute % 60),
                   (int)(measure->to_minute / 60), (int)(measure->to_minute % 60));
}

static void add(GString *out, const char *words) {
  if (text_is_blank(words)) return;
  if (out->len) g_string_append(out, ", ");
  g_string_append(out, words);
}

const char *boundary_terms(Arena *arena, const Measure *measure) {
  g_autoptr(GString) out = g_string_new(NULL);
  if (measure->kind == MEASURE_ENDING) return tr("we do not answer messages about this matter");
  if (measure->kind != MEASURE_RESTRICTION) return "";
  if (measure->contact_name) words_append(out, "only %s answers", measure->contact_name);
  const char *days = days_words(arena, measure->days);
  if (measure->channels) add(out, channels_words(arena, measure->channels));
  if (*days) add(out, arena_say(arena, "only on %s", days));
  add(out, hours_words(arena, measure));
  add(out, measure->place);
  if (!text_is_blank(measure->subject)) add(out, arena_say(arena, "about: %s", measure->subject));
  return arena_strdup(arena, out->str);
}

const char *boundary_terms_kept(Arena *arena, const Measure *measure) {
  int before = words_use(0);
  const char *terms = boundary_terms(arena, measure);
  words_use(before);
  return terms;
}

static bool is_now(const Measure *measure, int64_t now, GTimeZone *zone) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
  int weekday = g_date_time_get_day_of_week(here) - 1, minute = g_date_time_get_hour(here) * 60 + g_date_time_get_minute(here);
  if (measure->days && !(measure->days & INT64_C(1) << weekday)) return false;
  return !measure->to_minute || (minute >= measure->from_minute && minute < measure->to_minute);
}

const char *boundary_warning(Arena *arena, const Measure *holds, const Staff *staff, int64_t now, GTimeZone *zone) {
  if (!measure_restricts(holds, now)) return NULL;
  if (holds->kind == MEASURE_ENDING)
    return "Contact with this person has ended about this matter. If what they write is new, tell a supervisor and answer it; otherwise leave it "
           "unanswered.";
  if (holds->contact_id && holds->contact_name && holds->contact_id != staff->id)
    return arena_say(
      arena,
      "A restriction holds: only %s answers this person. Hand the conversation over, or write a note; you can still "
      "send if it cannot wait.",
      holds->contact_name);
  if (holds->channels && !(holds->channels & CHANNEL_MAIL))
    return arena_say(arena, "A restriction holds: this person is answered %s, and not by e-mail.",
                     channels_words(arena, holds->channels));
  if (!is_now(holds, now, zone)) {
    const char *days = days_words(arena, holds->days), *hours = hours_words(arena, holds);
    g_autoptr(GString) when = g_string_new(NULL);
    if (*days) add(when, arena_say(arena, "only on %s", days));
    add(when, hours);
    return arena_say(arena, "A restriction holds: this person is answered %s. Now is outside of that.", when->str);
  }
  return NULL;
}
