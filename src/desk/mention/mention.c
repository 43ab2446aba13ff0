// Reading and keeping mentions. Names are compared folded, so "@ines" calls Inês. The longest name that fits counts: "@Mira Lindqvist" is
// not also a call for a Mira Lind.
#include "desk/mention/mention.h"

#include "base/text.h"
#include "desk/mention.sql.h"
#include "desk/notify/notify.h"
#include "desk/staff/staff.h"

#define CALLED_MOST 20

typedef struct Name {
  const char *whole, *first; // folded; first: NULL where somebody else has it too
} Name;

static const char *first_of(Arena *arena, const char *folded) { return arena_strndup(arena, folded, strcspn(folded, " ")); }

static Name *names_of(Arena *arena, const StaffList *people) {
  Name *names = arena_make_array(arena, Name, people->count + 1);
  for (size_t i = 0; i < people->count; i++) {
    names[i].whole = text_fold(arena, people->items[i].name);
    names[i].first = first_of(arena, names[i].whole);
  }
  for (size_t i = 0; i < people->count; i++)
    for (size_t j = 0; j < people->count; j++) {
      bool is_other = i != j && people->items[i].is_active && people->items[j].is_active;
      if (is_other && strcmp(first_of(arena, names[j].whole), first_of(arena, names[i].whole)) == 0) names[i].first = NULL;
    }
  return names;
}

static bool is_word(const char *at) {
  gunichar letter = *at ? g_utf8_get_char(at) : ' ';
  return g_unichar_isalnum(letter) || letter == '_';
}

// How much of what stands at `at` is this name as a whole word; 0: none of it.
static size_t fits(const char *at, const char *name) {
  size_t length = name ? strlen(name) : 0;
  return length && strncmp(at, name, length) == 0 && !is_word(at + length) ? length : 0;
}

static size_t called_at(const char *at, const StaffList *people, const Name *names) {
  size_t best = 0, found = people->count;
  for (size_t i = 0; i < people->count; i++) {
    size_t first = people->items[i].is_active ? fits(at, names[i].first) : 0, length = MAX(fits(at, names[i].whole), first);
    if (length <= best) continue;
    best = length;
    found = i;
  }
  return found;
}

static bool begins_a_word(const char *text, const char *at) {
  return at == text || !is_word(g_utf8_prev_char(at)); // mira@godwit.example calls nobody
}

void mention_read(Arena *arena, const char *text, const StaffList *people, StaffList *out) {
  const char *folded = text_fold(arena, text);
  const Name *names = names_of(arena, people);
  bool *is_called = arena_make_array(arena, bool, people->count + 1);
  for (const char *at = strchr(folded, '@'); at; at = strchr(at + 1, '@'))
    if (begins_a_word(folded, at)) is_called[called_at(at + 1, people, names)] = true;
  for (size_t i = 0; i < people->count && out->count < CALLED_MOST; i++)
    if (is_called[i] && people->items[i].is_active) *list_add(arena, out) = people->items[i];
}

static bool tell(Arena *arena, Desk *desk, const ConversationStand *stand, const Staff *writer, const Staff *called,
                 int64_t message_id, GError **error) {
  NoticeDraft draft = {.kind = NOTICE_MENTIONED,
                       .number = stand->number,
                       .message_id = message_id,
                       .actor_id = writer->id,
                       .detail = "",
                       .words = ""};
  return notify_person(arena, desk, called->id, &draft, error);
}

bool mention_keep(Arena *arena, Desk *desk, const ConversationStand *stand, const Staff *writer, int64_t message_id,
                  const char *text, GError **error) {
  StaffList people = {0}, called = {0};
  g_autoptr(GString) who = g_string_new(NULL);
  if (!strchr(text, '@')) return true;
  if (!staff_list(arena, desk, &people, error)) return false;
  mention_read(arena, text, &people, &called);
  list_each(const Staff, person, &called) {
    if (person->id == writer->id) continue;
    if (!mention_insert(desk->db, message_id, person->id, stand->number, clock_now(desk->clock), error) ||
        !tell(arena, desk, stand, writer, person, message_id, error))
      return false;
    g_string_append_printf(who, "%s%s", who->len ? ", " : "", person->name);
  }
  return !who->len || event_add(desk, stand->number, EVENT_MENTIONED, writer, who->str, error);
}

bool mention_see(Desk *desk, int64_t staff_id, int64_t number, GError **error) {
  bool is_there = false;
  int64_t one = 0;
  if (!mention_exists_unseen(desk->db, staff_id, number, &is_there, &one, error)) return false;
  return !is_there || mention_update_seen(desk->db, staff_id, number, clock_now(desk->clock), &one, error);
}
