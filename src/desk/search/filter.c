// One function a filter, in one table that is also the help beside the box. Each turns its value into facts as document.c and
// search.sql write them.
#include "desk/search/filter.h"

#include "base/text.h"
#include "desk/complaint/complaint.h"
#include "desk/hours/hours.h"
#include "desk/mailbox/mailbox.h"
#include "desk/search.sql.h"
#include "desk/search/words.h"

#include <stdio.h>

#define NAMES_MOST 20 // things of one name that a filter takes
#define FIRST_YEAR 1970

void query_problem(QueryReading *reading, const char *format, ...) {
  va_list args;
  va_start(args, format);
  *list_add(reading->arena, &reading->search->problems) = arena_vprintf(reading->arena, format, args);
  va_end(args);
}

static void add_fact(QueryReading *reading, FilterAnswer *out, const char *letters, int64_t id) {
  if (out->any_of.count < NAMES_MOST)
    *list_add(reading->arena, &out->any_of) = arena_printf(reading->arena, SEARCH_MARK "%s%" G_GINT64_FORMAT, letters, id);
}

static void add_word(QueryReading *reading, FilterAnswer *out, const char *fact) {
  *list_add(reading->arena, &out->any_of) = arena_printf(reading->arena, SEARCH_MARK "%s", fact);
}

static bool holds(Arena *arena, const char *text, const char *folded) { return strstr(text_fold(arena, text), folded) != NULL; }

// ——— who and where

static bool from(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  out->place = 'F';
  return true;
}

static bool to(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  out->place = 'T';
  return true;
}

static bool tag(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  SearchNameList tags = {0};
  if (!search_select_tags(reading->arena, reading->desk->db, &tags, error)) return false;
  const char *key = text_fold(reading->arena, value);
  list_each(const SearchName, each, &tags)
    if (strcmp(each->key, key) == 0) add_fact(reading, out, "t", each->id);
  if (!out->any_of.count) query_problem(reading, "There is no tag “%s”.", value);
  return true;
}

static bool in(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  SearchNameList teams = {0};
  MailboxList mailboxes = {0};
  if (!search_select_teams(reading->arena, reading->desk->db, &teams, error) ||
      !mailbox_list(reading->arena, reading->desk, &mailboxes, error))
    return false;
  const char *folded = text_fold(reading->arena, value);
  list_each(const SearchName, team, &teams)
    if (strstr(team->key, folded)) add_fact(reading, out, "g", team->id);
  list_each(const Mailbox, mailbox, &mailboxes)
    if (holds(reading->arena, mailbox->address, folded) || holds(reading->arena, mailbox->name, folded))
      add_fact(reading, out, "m", mailbox->id);
  if (!out->any_of.count) query_problem(reading, "There is no team or mailbox “%s”.", value);
  return true;
}

static bool with(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  StaffList staff = {0};
  const char *folded = text_fold(reading->arena, value);
  if (strcmp(folded, "attachment") == 0) return add_word(reading, out, "f"), true;
  if (strcmp(folded, "note") == 0) return add_word(reading, out, "k2"), true;
  if (strcmp(folded, "answer") == 0) return add_word(reading, out, "k1"), true;
  if (strcmp(folded, "nobody") == 0) return add_word(reading, out, "a0"), true;
  if (strcmp(folded, "me") == 0) {
    reading->search->is_personal = true;
    return add_fact(reading, out, "a", reading->who->id), true;
  }
  if (!staff_list(reading->arena, reading->desk, &staff, error)) return false;
  list_each(const Staff, person, &staff)
    if (holds(reading->arena, person->name, folded)) add_fact(reading, out, "a", person->id);
  if (!out->any_of.count)
    query_problem(
      reading,
      "Nobody here is called “%s”. What a conversation can be with: attachment, note, answer, me, nobody, or a colleague.",
      value);
  return true;
}

// ——— how it stands

typedef enum WhoseFact { ANYBODYS, MINE, READ } WhoseFact; // READ: it comes from a reading
static const struct {
  const char *word, *fact;
  WhoseFact whose; // MINE: with the number of who asks
} states[] = {{"open", "o", ANYBODYS},    {"solved", "s1", ANYBODYS},     {"closed", "s1", ANYBODYS},
              {"snoozed", "z", ANYBODYS}, {"waiting", "w", ANYBODYS},     {"complaint", "c", ANYBODYS},
              {"upset", "u", READ},       {"unassigned", "a0", ANYBODYS}, {"mine", "a", MINE},
              {"followed", "y", MINE},    {"mentioned", "x", MINE},       {"urgent", "p3", ANYBODYS}};

static bool is(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  const char *folded = text_fold(reading->arena, value);
  for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
    if (strcmp(states[i].word, folded) != 0) continue;
    if (states[i].whose == READ && !reading->shows_readings)
      return query_problem(reading, "Readings are switched off, so nobody can be found as %s.", states[i].word), true;
    reading->search->is_personal |= states[i].whose == MINE;
    if (states[i].whose == MINE)
      add_fact(reading, out, states[i].fact, reading->who->id);
    else
      add_word(reading, out, states[i].fact);
    return true;
  }
  query_problem(reading,
                "“is:%s” is not known. After is: stands open, solved, waiting, snoozed, complaint, upset, unassigned, mine, "
                "followed, mentioned or urgent.",
                value);
  return true;
}

static bool stage(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  ComplaintStage found;
  if (stage_from_word(text_fold(reading->arena, value), &found))
    add_fact(reading, out, "cs", found);
  else
    query_problem(
      reading,
      "There is no stage “%s”. The stages are received, acknowledged, assessed, investigated, answered, agreed, refused, "
      "remedied, followed-up and closed.",
      value);
  return true;
}

static bool priority(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  static const char *const words[] = {"low", "normal", "high", "urgent"};
  g_auto(GStrv) wanted = g_strsplit(text_fold(reading->arena, value), ",", G_N_ELEMENTS(words) + 1);
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_strv_contains((const char *const *)wanted, words[i])) add_fact(reading, out, "p", (int64_t)i);
  if (!out->any_of.count) query_problem(reading, "“priority:%s” is not known. It is low, normal, high or urgent.", value);
  return true;
}

// ——— when

static bool read_day(QueryReading *reading, const char *value, Day *out, GError **error) {
  BusinessHours hours;
  int year, month, day;
  char rest;
  *out = 0;
  if (!hours_load(reading->arena, reading->desk, &hours, error)) return false;
  Day today = hours_day_of(&hours, clock_now(reading->desk->clock));
  const char *folded = text_fold(reading->arena, value);
  if (strcmp(folded, "today") == 0)
    *out = today;
  else if (strcmp(folded, "yesterday") == 0)
    *out = today - 1;
  else if (sscanf(value, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3 && year >= FIRST_YEAR)
    *out = day_from_date(year, month, day);
  if (!*out)
    query_problem(reading, "“%s” is no day. A day is written as year, month and day, like 2026-11-22, or today, or yesterday.",
                  value);
  return true;
}

static bool before(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  Day day;
  if (!read_day(reading, value, &day, error)) return false;
  if (day) reading->before = reading->before ? MIN(reading->before, day) : day;
  out->is_day = day != 0;
  return true;
}

static bool after(QueryReading *reading, const char *value, FilterAnswer *out, GError **error) {
  Day day;
  if (!read_day(reading, value, &day, error)) return false;
  if (day) reading->after = MAX(reading->after, day);
  out->is_day = day != 0;
  return true;
}

static GDate date_of(Day day) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  return date;
}

// The days from `first` to before `end` as whole years, whole months and single days: some dozens of words at most.
void filter_days(QueryReading *reading, TextList *out) {
  if (!reading->after && !reading->before) return;
  GDate now;
  g_date_clear(&now, 1);
  g_date_set_time_t(&now, (time_t)(clock_now(reading->desk->clock) / CLOCK_SECOND));
  Day day = MAX(reading->after, day_from_date(FIRST_YEAR, 1, 1));
  Day end = reading->before ? reading->before : day_from_date(g_date_get_year(&now) + 2, 1, 1);
  while (day < end) {
    GDate date = date_of(day);
    int year = g_date_get_year(&date), month = (int)g_date_get_month(&date), number = g_date_get_day(&date);
    Day year_ends = day_from_date(year + 1, 1, 1), month_ends = month == 12 ? year_ends : day_from_date(year, month + 1, 1);
    if (month == 1 && number == 1 && year_ends <= end) {
      *list_add(reading->arena, out) = arena_printf(reading->arena, SEARCH_MARK "d%04d", year);
      day = year_ends;
    } else if (number == 1 && month_ends <= end) {
      *list_add(reading->arena, out) = arena_printf(reading->arena, SEARCH_MARK "d%04d%02d", year, month);
      day = month_ends;
    } else {
      *list_add(reading->arena, out) = arena_printf(reading->arena, SEARCH_MARK "d%04d%02d%02d", year, month, number);
      day++;
    }
  }
}

// ——— the table

static const struct {
  const char *name;
  bool (*answer)(QueryReading *reading, const char *value, FilterAnswer *out, GError **error);
  SearchFilter help;
} filters[] = {
  {"is", is, {"is:open", "open, solved, waiting, snoozed, complaint, upset, unassigned, mine, followed, mentioned, urgent"}},
  {"from", from, {"from:finch", "who wrote: a name or an address, or a part of it"}},
  {"to", to, {"to:help", "to which of our addresses, or to whom we wrote"}},
  {"in", in, {"in:returns", "a team or a mailbox"}},
  {"tag", tag, {"tag:refund", "a tag"}},
  {"with", with, {"with:attachment", "attachment, note, answer; me, nobody, or a colleague whose it is"}},
  {"has", with, {"has:note", "the same as with:"}},
  {"stage", stage, {"stage:assessed", "where its complaint stands"}},
  {"priority", priority, {"priority:high", "low, normal, high, urgent; several with commas"}},
  {"before", before, {"before:2026-11-22", "something was said before that day"}},
  {"after", after, {"after:yesterday", "something was said on that day or later"}},
};

const SearchFilter *search_filters(size_t *out_count) {
  static SearchFilter table[G_N_ELEMENTS(filters)];
  static gsize is_made = 0;
  if (g_once_init_enter(&is_made)) {
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) table[i] = filters[i].help;
    g_once_init_leave(&is_made, 1);
  }
  *out_count = G_N_ELEMENTS(filters);
  return table;
}

bool filter_is_known(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(filters); i++)
    if (strcmp(filters[i].name, name) == 0) return true;
  return false;
}

bool filter_answer(QueryReading *reading, const char *name, const char *value, FilterAnswer *out, GError **error) {
  *out = (FilterAnswer){0};
  if (text_is_blank(value)) {
    query_problem(reading, "After “%s:” something has to stand.", name);
    return true;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
    if (strcmp(filters[i].name, name) != 0) continue;
    if (!filters[i].answer(reading, value, out, error)) return false;
    out->is_fine = out->any_of.count || out->place || out->is_day;
    return true;
  }
  return true;
}
