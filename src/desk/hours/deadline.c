// The deadlines of a complaint, worked out and explained: own targets first, then what the profile asks for, then put in order. Nothing
// here reads a clock or a database.
#include "desk/hours/deadline.h"
#include "base/words.h"

#include "desk/hours/arithmetic.h"

#define ENUMERATED_MOST 5 // business days that are told one by one

typedef struct Case {
  Arena *arena;
  const BusinessHours *hours;
  const Targets *targets;
  int64_t severity, received_at;
} Case;

const char *deadline_name(DeadlineKind kind) {
  static const char *const names[DEADLINE_KIND_COUNT] = {
    [DEADLINE_ACKNOWLEDGE] = "Acknowledgement",
    [DEADLINE_FIRST_ANSWER] = "First answer",
    [DEADLINE_RESOLUTION] = "Resolution",
    [DEADLINE_LEGAL_ACKNOWLEDGE] = "Written acknowledgement",
    [DEADLINE_SUMMARY] = "Summary resolution communication",
    [DEADLINE_FINAL_RESPONSE] = "Final response",
    [DEADLINE_EXCEPTIONAL_RESPONSE] = "Final response after a holding response",
  };
  return kind < DEADLINE_KIND_COUNT ? names[kind] : "";
}

const char *business_time_words(Arena *arena, int64_t minutes) {
  int hours = (int)(minutes / 60), rest = (int)(minutes % 60);
  const char *hours_words = arena_printf(arena, tr_n("%d business hour", "%d business hours", hours), hours);
  if (!hours) return arena_printf(arena, tr_n("%d business minute", "%d business minutes", rest), rest);
  if (!rest) return hours_words;
  const char *minutes_words = arena_printf(arena, tr_n("%d minute", "%d minutes", rest), rest);
  return arena_say(arena, "%s and %s", hours_words, minutes_words);
}

static Arithmetic begin(const Case *of) { return (Arithmetic){of->arena, of->hours, g_string_new(NULL)}; }

static void add(const Case *of, Arithmetic *steps, DeadlineKind kind, int64_t starts_at, int64_t due_at, DeadlineList *out) {
  *list_add(of->arena, out) = (Deadline){.kind = kind,
                                         .name = deadline_name(kind),
                                         .is_legal = kind >= DEADLINE_OWN_COUNT,
                                         .starts_at = starts_at,
                                         .due_at = due_at,
                                         .arithmetic = arena_strdup(of->arena, steps->text->str)};
  g_string_free(steps->text, TRUE);
}

// Business minutes from the next opening on.
static int64_t count_minutes(const Case *of, Arithmetic *steps, int64_t minutes, int64_t *out_start) {
  const BusinessHours *hours = of->hours;
  int64_t start = hours_next_opening(hours, of->received_at), due = hours_add(hours, of->received_at, minutes);
  *out_start = start;
  if (start == HOURS_NEVER || due == HOURS_NEVER) {
    *out_start = of->received_at;
    arithmetic_say(steps, "The desk is not open for %s within %d years, so this never falls due.",
                   business_time_words(of->arena, minutes), HOURS_HORIZON / 366);
    return HOURS_NEVER;
  }
  if (start != of->received_at) arithmetic_say(steps, "The clock starts %s.", arithmetic_moment(steps, start));
  arithmetic_left_out(steps, DAYS_OF_DESK, hours_day_of(hours, of->received_at), hours_day_of(hours, due));
  arithmetic_clock_changes(steps, start, due);
  const char *long_enough = business_time_words(of->arena, minutes), *end = arithmetic_moment(steps, due);
  if (minutes == 1 || minutes == 60)
    arithmetic_say(steps, "%s ends %s.", long_enough, end);
  else
    arithmetic_say(steps, "%s end %s.", long_enough, end);
  return due;
}

static void own_target(const Case *of, DeadlineKind kind, DeadlineList *out) {
  int64_t start, minutes = of->targets->minutes[of->severity][kind];
  if (minutes <= 0) return;
  Arithmetic steps = begin(of);
  arithmetic_received(&steps, of->received_at);
  int64_t due = count_minutes(of, &steps, minutes, &start);
  add(of, &steps, kind, start, due, out);
}

int64_t deadline_own(Arena *arena, const BusinessHours *hours, const char *first, int64_t from, int64_t minutes,
                     const char **out_arithmetic) {
  const Case of = {.arena = arena, .hours = hours, .received_at = moment_clamp(from)};
  Arithmetic steps = begin(&of);
  int64_t start;
  g_string_append(steps.text, first);
  int64_t due = count_minutes(&of, &steps, minutes, &start);
  *out_arithmetic = arena_strdup(arena, steps.text->str);
  g_string_free(steps.text, TRUE);
  return due;
}

static void by_own_target(const Case *of, const LegalRule *rule, DeadlineList *out) {
  int64_t start, minutes = of->targets->minutes[of->severity][DEADLINE_ACKNOWLEDGE];
  bool has_own = minutes > 0;
  if (!has_own) minutes = targets_default.minutes[of->severity][DEADLINE_ACKNOWLEDGE];
  Arithmetic steps = begin(of);
  arithmetic_received(&steps, of->received_at);
  arithmetic_say(&steps, "%s gives no number; %s counts: %s.", rule->source,
                 has_own ? "the desk’s own target" : "the desk has no target of its own, so the program’s",
                 business_time_words(of->arena, minutes));
  int64_t due = count_minutes(of, &steps, minutes, &start);
  add(of, &steps, rule->kind, start, due, out);
}

// The day from which business days follow. What comes in on no business day, or after close of business, may be treated as received on
// the next one, for this rule alone (DISP 1.5.3 G).
static Day day_taken_as_receipt(const Case *of, Arithmetic *steps) {
  const BusinessHours *hours = of->hours;
  Day day = hours_day_of(hours, of->received_at), next = hours_day_after(hours, DAYS_OF_LAW, day, 1);
  if (hours_counts(hours, DAYS_OF_LAW, day) && of->received_at <= hours_close_of(hours, day)) return day;
  if (!hours_counts(hours, DAYS_OF_LAW, day))
    arithmetic_say(steps, "That is no business day, so it may be treated as received on the next one, %s (DISP 1.5.3 G).",
                   day_words_short(of->arena, next));
  else
    arithmetic_say(
      steps,
      "That is after close of business at %s, so it may be treated as received on the next business day, %s (DISP 1.5.3 G).",
      hours_clock_words(of->arena, hours, hours_close_of(hours, day)), day_words_short(of->arena, next));
  return next;
}

// Tells which days were counted, and that the list of public holidays may not reach so far.
static void count_days(const Case *of, Arithmetic *steps, Day from, Day last, int64_t number) {
  const BusinessHours *hours = of->hours;
  Arena *arena = of->arena;
  arithmetic_left_out(steps, DAYS_OF_LAW, from, last);
  if (number <= ENUMERATED_MOST) {
    for (int64_t i = 1; i <= number; i++)
      arithmetic_say(steps, "Business day %d: %s.", (int)i, day_words_short(arena, hours_day_after(hours, DAYS_OF_LAW, from, i)));
  } else {
    arithmetic_say(steps, "Business day 1 is %s, business day %d is %s; Saturdays and Sundays do not count.",
                   day_words_short(arena, hours_day_after(hours, DAYS_OF_LAW, from, 1)), (int)number, day_words(arena, last));
  }
  int year = day_date(last).year;
  bool is_known = false;
  list_each(const Holiday, holiday, &hours->holidays)
    is_known = is_known || (holiday->is_public && (!holiday->year || holiday->year == year));
  if (!is_known)
    arithmetic_say(steps, "The desk knows no public holiday of %d; should one lie between, there is more time than this.", year);
}

static void by_business_days(const Case *of, const LegalRule *rule, DeadlineList *out) {
  const BusinessHours *hours = of->hours;
  bool is_close = rule->measure == MEASURE_CLOSE_OF_DAYS;
  Arithmetic steps = begin(of);
  arithmetic_received(&steps, of->received_at);
  Day from = is_close ? day_taken_as_receipt(of, &steps) : hours_day_of(hours, of->received_at);
  Day last = from ? hours_day_after(hours, DAYS_OF_LAW, from, rule->amount) : 0;
  int64_t due = HOURS_NEVER;
  if (last) {
    count_days(of, &steps, from, last, rule->amount);
    due = is_close ? hours_close_of(hours, last) : hours_end_of(hours, last);
    if (is_close)
      arithmetic_say(&steps, "Close of business is %s; resolved by then, a summary resolution communication is enough (%s).",
                     arithmetic_moment(&steps, due), rule->source);
    else
      arithmetic_say(&steps, "It is due by the end of that day (%s).", rule->source);
  } else {
    arithmetic_say(&steps, "There are no %d business days within %d years.", (int)rule->amount, HOURS_HORIZON / 366);
  }
  add(of, &steps, rule->kind, of->received_at, due, out);
}

static void by_weeks(const Case *of, const LegalRule *rule, DeadlineList *out) {
  Arithmetic steps = begin(of);
  Day from = hours_day_of(of->hours, of->received_at), last = from + 7 * rule->amount;
  arithmetic_received(&steps, of->received_at);
  arithmetic_say(&steps, "%d weeks after %s is %s; every day counts, and nothing pauses this clock.", (int)rule->amount,
                 day_words_short(of->arena, from), day_words(of->arena, last));
  arithmetic_say(&steps, "It is due by the end of that day (%s).", rule->source);
  add(of, &steps, rule->kind, of->received_at, hours_end_of(of->hours, last), out);
}

static int compare(const void *a, const void *b) {
  const Deadline *one = a, *other = b;
  if (one->due_at != other->due_at) return one->due_at < other->due_at ? -1 : 1;
  return (one->kind > other->kind) - (one->kind < other->kind);
}

void deadlines_of(Arena *arena, const BusinessHours *hours, const Targets *targets, LegalProfile profile, int64_t severity,
                  int64_t received_at, DeadlineList *out) {
  static void (*const measures[])(const Case *of, const LegalRule *rule, DeadlineList *out) = {
    [MEASURE_OWN_TARGET] = by_own_target,
    [MEASURE_CLOSE_OF_DAYS] = by_business_days,
    [MEASURE_END_OF_DAYS] = by_business_days,
    [MEASURE_END_OF_WEEKS] = by_weeks,
  };
  const Case of = {arena, hours, targets, CLAMP(severity, 0, DEADLINE_SEVERITIES - 1), moment_clamp(received_at)};
  const ProfileRules *rules = profile_rules(profile);
  *out = (DeadlineList){0};
  for (unsigned kind = 0; kind < DEADLINE_OWN_COUNT; kind++) own_target(&of, kind, out);
  for (size_t i = 0; i < rules->count; i++) measures[rules->rules[i].measure](&of, &rules->rules[i], out);
  if (out->count) qsort(out->items, out->count, sizeof *out->items, compare);
}

static const char *span_words(Arena *arena, int64_t span) {
  return span < CLOCK_MINUTE ? "less than a minute" : clock_span(arena, span);
}

DeadlineStanding deadline_standing(Arena *arena, int64_t due_at, int64_t met_at, int64_t now) {
  int64_t at = met_at ? met_at : now, left = due_at == HOURS_NEVER ? HOURS_NEVER : due_at - at;
  DeadlineStanding standing = {.span = MAX(left, 0), .late_by = left < 0 ? -left : 0};
  if (left < 0) {
    standing.state = met_at ? DEADLINE_MET_LATE : DEADLINE_LATE;
    standing.words = arena_printf(arena, met_at ? tr("met %s late") : tr("%s late"), span_words(arena, -left));
  } else if (met_at) {
    standing.state = DEADLINE_MET;
    standing.words = due_at == HOURS_NEVER || !left ? "met"
                                                    : arena_say(arena, "met %s before it was due", span_words(arena, left));
  } else {
    standing.state = DEADLINE_RUNNING;
    standing.words = due_at == HOURS_NEVER ? "never due" : arena_say(arena, "%s left", span_words(arena, left));
  }
  return standing;
}
