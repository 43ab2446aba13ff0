// Reading a sample conversation: a head of "name: value" lines, then entries that begin with "--- kind who when". A customer's entry has
// mail headers until the first empty line; entries about a complaint have lines of their own there.
#include "cli/sample_script.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>

typedef struct Script {
  Arena *arena;
  const char *file;
  int64_t line;
  int64_t now;
  const char *mailbox, *assignee;
  bool is_in_headers;
  size_t conversation;
  SampleStepList *steps;
  SampleStep *step; // the entry being read
  GString *body;
} Script;

static const char *const kind_words[] = {
  [STEP_CUSTOMER] = "customer", [STEP_AGENT] = "agent",   [STEP_NOTE] = "note",           [STEP_ASSIGN] = "assign",
  [STEP_SOLVE] = "solve",       [STEP_REOPEN] = "reopen", [STEP_COMPLAINT] = "complaint", [STEP_ASSESS] = "assess",
  [STEP_GAP] = "gap",           [STEP_STAGE] = "stage",   [STEP_OFFER] = "offer",         [STEP_CHOOSE] = "choose",
  [STEP_PROMISE] = "promise",   [STEP_KEPT] = "kept",     [STEP_REMEDY] = "remedy",       [STEP_PAID] = "paid"};
static bool has_head(StepKind kind) {
  return kind == STEP_CUSTOMER || (kind >= STEP_ASSESS && kind != STEP_KEPT && kind != STEP_PAID);
}

static bool fail(const Script *script, GError **error, const char *what) {
  return error_set(error, ERROR_INVALID, "%s:%" G_GINT64_FORMAT ": %s", script->file, script->line, what);
}

// "-6d 09:12" is at that time of day, six days ago; "-90m" and "-5h" count back from now, "+2d 17:00" and "+3h" ahead.
static bool parse_when(const Script *script, const char *when, int64_t *out) {
  char *end;
  int64_t count = g_ascii_strtoll(when, &end, 10);
  if (end == when || ABS(count) > 1000) return false;
  if (*end == 'm' && !end[1]) return *out = script->now + count * CLOCK_MINUTE, true;
  if (*end == 'h' && !end[1]) return *out = script->now + count * CLOCK_HOUR, true;
  if (*end != 'd' || end[1] != ' ') return false;
  int64_t hour = g_ascii_strtoll(end + 2, &end, 10);
  if (*end != ':') return false;
  int64_t minute = g_ascii_strtoll(end + 1, &end, 10);
  if (*end || hour > 23 || minute > 59) return false;
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(script->now / CLOCK_SECOND);
  g_autoptr(GDateTime) day = g_date_time_add_days(now, (int)count);
  g_autoptr(GDateTime) at = g_date_time_new_local(g_date_time_get_year(day), g_date_time_get_month(day),
                                                  g_date_time_get_day_of_month(day), (int)hour, (int)minute, 0);
  *out = g_date_time_to_unix(at) * CLOCK_SECOND;
  return true;
}

static bool parse_past(const Script *script, const char *when, int64_t *out) {
  if (*when != '-' || !parse_when(script, when, out)) return false;
  *out = MIN(*out, script->now);
  return true;
}

static void finish_entry(Script *script) {
  if (script->step) script->step->body = text_trim(script->arena, script->body->str);
  g_string_truncate(script->body, 0);
}

static bool begin_entry(Script *script, const char *line, GError **error) {
  finish_entry(script);
  g_auto(GStrv) words = g_strsplit(line + 4, " ", 3);
  unsigned kind = 0;
  while (kind < G_N_ELEMENTS(kind_words) && (!words[0] || strcmp(kind_words[kind], words[0]) != 0)) kind++;
  if (kind == G_N_ELEMENTS(kind_words))
    return fail(script, error, "there is no such kind of entry; sample/README.md lists them.");
  bool has_who = kind != STEP_CUSTOMER;
  const char *when = line + 4 + strlen(words[0]) + 1;
  if (has_who) when = words[1] && words[2] ? words[2] : "";
  SampleStep step = {
    .kind = kind, .conversation = script->conversation, .file = script->file, .mailbox = script->mailbox, .body = ""};
  if (!parse_past(script, when, &step.happens_at)) return fail(script, error, "the time is written -6d 09:12, -90m or -5h.");
  if (has_who) step.who = arena_strdup(script->arena, words[1]);
  script->step = list_add(script->arena, script->steps);
  *script->step = step;
  script->is_in_headers = has_head(kind);
  return true;
}

static bool read_mail_header(Script *script, const char *name, const char *value, GError **error) {
  SampleStep *step = script->step;
  value = arena_strdup(script->arena, value);
  if (strcmp(name, "From") == 0)
    step->from = value;
  else if (strcmp(name, "Subject") == 0)
    step->subject = value;
  else if (strcmp(name, "Html") == 0)
    step->html_file = value;
  else if (strcmp(name, "Attach") == 0)
    *list_add(script->arena, &step->attachments) = value;
  else if (strcmp(name, "Header") == 0)
    *list_add(script->arena, &step->headers) = value;
  else
    return fail(script, error, "a customer's entry has the lines From, Subject, Attach, Html, Header.");
  return true;
}

static bool read_story_line(Script *script, const char *name, const char *value, GError **error) {
  SampleStep *step = script->step;
  bool is_due = strcmp(name, "Due") == 0;
  if (is_due && !parse_when(script, value, &step->due_at)) return fail(script, error, "a day is written +2d 17:00 or +3h.");
  if (!is_due) *list_add(script->arena, &step->head) = (SampleLine){.name = name, .value = value};
  return true;
}

static bool read_head(Script *script, const char *name, const char *value, GError **error) {
  if (strcmp(name, "mailbox") == 0)
    script->mailbox = arena_strdup(script->arena, value);
  else if (strcmp(name, "assignee") == 0)
    script->assignee = arena_strdup(script->arena, value);
  else if (strcmp(name, "conversation") != 0)
    return fail(script, error, "the head has the lines conversation, mailbox, assignee.");
  return true;
}

static bool read_pair(Script *script, const char *line, GError **error) {
  const char *colon = strchr(line, ':');
  if (!colon) return fail(script, error, "expected \"name: value\".");
  const char *name = arena_strndup(script->arena, line, (size_t)(colon - line));
  const char *value = text_trim(script->arena, colon + 1);
  if (!script->step) return read_head(script, name, value, error);
  return script->step->kind == STEP_CUSTOMER ? read_mail_header(script, name, value, error)
                                             : read_story_line(script, name, arena_strdup(script->arena, value), error);
}

static bool read_line(Script *script, const char *line, GError **error) {
  if (g_str_has_prefix(line, "--- ")) return begin_entry(script, line, error);
  if (!script->step) return text_is_blank(line) || read_pair(script, line, error);
  if (script->is_in_headers) {
    if (*line) return read_pair(script, line, error);
    script->is_in_headers = false;
    return true;
  }
  g_string_append_printf(script->body, "%s\n", line);
  return true;
}

// The head's assignee takes the conversation right after the first mail.
static void assign_first(Script *script, size_t first) {
  if (!script->assignee || first >= script->steps->count) return;
  SampleStep step = {.kind = STEP_ASSIGN,
                     .conversation = script->conversation,
                     .file = script->file,
                     .mailbox = script->mailbox,
                     .who = script->assignee,
                     .body = "",
                     .happens_at = script->steps->items[first].happens_at + CLOCK_SECOND};
  *list_add(script->arena, script->steps) = step;
}

bool sample_script_add(Arena *arena, const char *file, const char *text, size_t conversation, int64_t now, SampleStepList *steps,
                       GError **error) {
  g_autoptr(GString) body = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  Script script = {
    .arena = arena, .file = file, .now = now, .conversation = conversation, .steps = steps, .body = body, .mailbox = ""};
  size_t first = steps->count;
  for (char **line = lines; *line; line++) {
    script.line++;
    if (!read_line(&script, *line, error)) return false;
  }
  finish_entry(&script);
  assign_first(&script, first);
  return true;
}

const char *sample_step_line(const SampleStep *step, const char *name) {
  list_each(const SampleLine, line, &step->head)
    if (strcmp(line->name, name) == 0) return line->value;
  return NULL;
}

static int by_time(const void *left, const void *right, void *unused) {
  const SampleStep *a = left, *b = right;
  return (a->happens_at > b->happens_at) - (a->happens_at < b->happens_at);
}

void sample_script_sort(SampleStepList *steps) {
  g_qsort_with_data(steps->items, (int)steps->count, sizeof *steps->items, by_time, NULL);
}
