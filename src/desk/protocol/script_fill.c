// Filling a script: what the desk can say, and the marks of what it cannot. A mark is {{name}}, where a name is small letters, digits,
// dots, underscores and spaces, at most NAME_MOST of them; anything else between braces is text like any other.
#include "desk/protocol/script.h"

#include "base/text.h"
#include "desk/mailbox/mailbox.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/stored.h"
#include "desk/template/template.h"

#define NAME_MOST 40
#define FRIDAY 5

// In the order of ScriptFacts.
typedef enum Variable {
  CUSTOMER_NAME,
  CUSTOMER_FIRST,
  AGENT_NAME,
  AGENT_FIRST,
  NUMBER,
  SUBJECT,
  PRESENT,
  DESIRED,
  TODAY,
  NEXT_WORKING_DAY,
  COMPANY,
  OUR_ADDRESS,
  VARIABLE_COUNT
} Variable;

const ScriptVariable script_variables[VARIABLE_COUNT] = {
  [CUSTOMER_NAME] = {"customer.name", "the customer\xE2\x80\x99s name"},
  [CUSTOMER_FIRST] = {"customer.first", "what the customer likes to be called, else their first name"},
  [AGENT_NAME] = {"agent.name", "your name"},
  [AGENT_FIRST] = {"agent.first", "your first name"},
  [NUMBER] = {"number", "the conversation\xE2\x80\x99s number"},
  [SUBJECT] = {"subject", "its subject"},
  [PRESENT] = {"present", "how things are, in the customer\xE2\x80\x99s words"},
  [DESIRED] = {"desired", "what they want, in their words"},
  [TODAY] = {"date", "today, such as Monday, 23 November"},
  [NEXT_WORKING_DAY] = {"next.day", "the next working day"},
  [COMPANY] = {"company", "the name of the mailbox they wrote to"},
  [OUR_ADDRESS] = {"our.address", "its address"},
};
const size_t script_variable_count = VARIABLE_COUNT;
_Static_assert(VARIABLE_COUNT <= G_N_ELEMENTS(((ScriptFacts *)0)->values), "each variable has its value");

static const char *first_name(Arena *arena, const char *name) {
  const char *clean = text_one_line(arena, name);
  if (strchr(clean, '@') || strchr(clean, ',')) return ""; // an address, or the last name first
  return arena_strndup(arena, clean, strcspn(clean, " "));
}

static const char *day_of(Arena *arena, const Language *language, GTimeZone *zone, int64_t now, bool next_working_day) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now / CLOCK_SECOND);
  g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
  int weekday = g_date_time_get_day_of_week(local), days = weekday >= FRIDAY ? 8 - weekday : 1;
  return language_day(arena, language, now + (next_working_day ? days * CLOCK_DAY : 0), zone);
}

static void add_gap(Arena *arena, const char *stored, ScriptFacts *out) {
  g_autoptr(Json) json = stored ? json_read(stored, NULL) : NULL;
  const Reading *reading = json ? reading_from_json(arena, json) : NULL;
  if (!reading) return;
  out->values[PRESENT] = reading->present;
  out->values[DESIRED] = reading->desired;
}

ScriptFacts script_facts_alone(Arena *arena, const Staff *writer) {
  ScriptFacts facts = {0};
  facts.values[AGENT_NAME] = writer->name;
  facts.values[AGENT_FIRST] = first_name(arena, writer->name);
  return facts;
}

bool script_facts(Arena *arena, Desk *desk, const Staff *writer, int64_t number, ScriptFacts *out, GError **error) {
  FactsRow *row = NULL;
  *out = script_facts_alone(arena, writer);
  const Language *language = NULL;
  if (!script_select_facts(arena, desk->db, number, &row, error)) return false;
  if (!row) return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  if (!template_language_in(arena, desk, number, &language, error)) return false;
  Mailbox mailbox = {.zone = row->mailbox_zone};
  g_autoptr(GTimeZone) zone = mailbox_zone(&mailbox);
  int64_t now = clock_now(desk->clock);
  const char *first = first_name(arena, row->customer_name), *called = row->customer_called;
  out->values[CUSTOMER_NAME] = *first ? text_one_line(arena, row->customer_name) : "";
  out->values[CUSTOMER_FIRST] = text_is_blank(called) ? first : called;
  out->values[NUMBER] = arena_printf(arena, "#%" G_GINT64_FORMAT, number);
  out->values[SUBJECT] = text_one_line(arena, row->subject);
  out->values[TODAY] = day_of(arena, language, zone, now, false);
  out->values[NEXT_WORKING_DAY] = day_of(arena, language, zone, now, true);
  out->values[COMPANY] = text_is_blank(row->mailbox_name) ? desk->name : row->mailbox_name;
  out->values[OUR_ADDRESS] = row->mailbox_address;
  add_gap(arena, row->reading, out);
  return true;
}

typedef struct Blank {
  const char *start, *end; // of the whole, with its braces
  const char *name;
} Blank;

static bool is_of_name(char c) { return g_ascii_islower(c) || g_ascii_isdigit(c) || c == '.' || c == '_' || c == ' '; }

// Each "{{" is looked at once and no further than a name is long.
static bool next_blank(Arena *arena, const char *text, Blank *out) {
  for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
    if (at[1] != '{') continue;
    const char *name = at + 2;
    size_t length = 0;
    while (length <= NAME_MOST && is_of_name(name[length])) length++;
    if (length > NAME_MOST || name[length] != '}' || name[length + 1] != '}') continue;
    const char *clean = text_trim(arena, arena_strndup(arena, name, length));
    if (!*clean) continue;
    *out = (Blank){at, name + length + 2, clean};
    return true;
  }
  return false;
}

static void add_once(Arena *arena, TextList *list, const char *name) {
  list_each(const Text, each, list)
    if (strcmp(*each, name) == 0) return;
  *list_add(arena, list) = name;
}

#define BLANKS_LISTED 50

void script_blanks(Arena *arena, const char *text, TextList *out) {
  for (Blank blank; out->count < BLANKS_LISTED && next_blank(arena, text, &blank); text = blank.end)
    add_once(arena, out, blank.name);
}

bool script_has_blank(const char *text) {
  g_autoptr(Arena) arena = arena_new();
  Blank blank;
  return text && next_blank(arena, text, &blank);
}

const char *script_blank_names(Arena *arena, const char *text) {
  TextList blanks = {0};
  g_autoptr(GString) names = g_string_new(NULL);
  script_blanks(arena, text, &blanks);
  list_each(const Text, name, &blanks) g_string_append_printf(names, "%s{{%s}}", names->len ? ", " : "", *name);
  return arena_strndup(arena, names->str, names->len);
}

static int variable_of(const char *name) {
  for (int i = 0; i < VARIABLE_COUNT; i++)
    if (strcmp(script_variables[i].name, name) == 0) return i;
  return -1;
}

bool script_knows(const char *name) { return variable_of(name) >= 0; }

const char *script_fill(Arena *arena, const char *text, const ScriptFacts *facts, TextList *missing) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (Blank blank; next_blank(arena, text, &blank); text = blank.end) {
    int variable = variable_of(blank.name);
    const char *value = variable >= 0 ? facts->values[variable] : NULL;
    g_string_append_len(out, text, blank.start - text);
    if (!text_is_blank(value)) {
      g_string_append(out, text_trim(arena, value));
      continue;
    }
    g_string_append_printf(out, "{{%s}}", blank.name);
    if (missing) add_once(arena, missing, blank.name);
  }
  g_string_append(out, text);
  return arena_strndup(arena, out->str, out->len);
}
