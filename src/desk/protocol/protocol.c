// Protocols as text and back, which one is at hand, and what a supervisor may keep.
//
// Below the head stand "Why: …" and the steps: "# key: Title", then "Check:", "Do:", and "Say:" with its words indented by two spaces.
#include "desk/protocol/protocol.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/keep.h"

#define ACTION_MOST 400   // characters
#define EXAMPLE_MOST 1500 // characters

static void read_step_title(Arena *arena, const char *line, ProtocolStep *out) {
  const char *colon = strchr(line, ':');
  out->key = colon ? text_trim(arena, arena_strndup(arena, line, (size_t)(colon - line))) : guide_word_of(arena, line);
  out->title = text_trim(arena, colon ? colon + 1 : line);
}

static void read_line(Arena *arena, const char *line, Protocol *out) {
  ProtocolStep *step = out->steps.count ? &out->steps.items[out->steps.count - 1] : NULL;
  if (g_str_has_prefix(line, "# ")) {
    step = list_add(arena, &out->steps);
    *step = (ProtocolStep){.action = "", .example = ""};
    read_step_title(arena, line + 2, step);
  } else if (!step) {
    if (g_str_has_prefix(line, "Why:")) out->why = text_trim(arena, line + 4);
  } else if (g_str_has_prefix(line, "Check:")) {
    step_check_from_word(text_trim(arena, line + 6), &step->check);
  } else if (g_str_has_prefix(line, "Do:")) {
    step->action = text_trim(arena, line + 3);
  } else if (g_str_has_prefix(line, "  ") || (!*line && *step->example)) {
    step->example = arena_printf(arena, "%s%s%s", step->example, *step->example ? "\n" : "", *line ? line + 2 : "");
  }
}

void protocol_read(Arena *arena, const char *content, Protocol *out) {
  const char *at;
  out->why = "";
  out->steps = (ProtocolStepList){0};
  guide_read(arena, content, &out->head, &at);
  while (*at && out->steps.count <= PROTOCOL_STEPS_MOST) {
    size_t length = strcspn(at, "\n");
    read_line(arena, arena_strndup(arena, at, length), out);
    at += length + (at[length] == '\n');
  }
  list_each(ProtocolStep, step, &out->steps) step->example = text_trim(arena, step->example);
}

static void write_step(Arena *arena, GString *out, const ProtocolStep *step) {
  g_string_append_printf(out, "\n# %s: %s\n", step->key, text_one_line(arena, step->title));
  if (step->check != CHECK_NONE) g_string_append_printf(out, "Check: %s\n", step_check_word(step->check));
  g_string_append_printf(out, "Do: %s\n", text_one_line(arena, step->action));
  const char *example = text_trim(arena, step->example);
  if (!*example) return;
  g_string_append(out, "Say:\n");
  for (const char *at = example; *at;) {
    size_t length = strcspn(at, "\n");
    if (length) g_string_append_printf(out, "  %.*s", (int)length, at);
    g_string_append_c(out, '\n');
    at += length + (at[length] == '\n');
  }
}

const char *protocol_write(Arena *arena, const Protocol *protocol) {
  g_autoptr(GString) words = g_string_new(NULL);
  if (!text_is_blank(protocol->why)) g_string_append_printf(words, "Why: %s\n", text_one_line(arena, protocol->why));
  list_each(const ProtocolStep, step, &protocol->steps) write_step(arena, words, step);
  return guide_write(arena, &protocol->head, words->str);
}

bool protocol_find(Arena *arena, Desk *desk, const char *word, Protocol *out, GError **error) {
  Guide *guide = guide_find(arena, desk, GUIDE_PROTOCOL, word, error);
  if (!guide) return false;
  out->guide = *guide;
  protocol_read(arena, guide->content, out);
  return true;
}

static int by_behaviour(const void *left, const void *right) {
  const Protocol *a = left, *b = right;
  return (int)a->head.behaviour - (int)b->head.behaviour;
}

bool protocol_list(Arena *arena, Desk *desk, ProtocolList *out, GError **error) {
  GuidePage page;
  if (!guide_list(arena, desk, GUIDE_PROTOCOL, &GUIDE_ANY, "", 0, &page, error)) return false;
  list_each(const Guide, guide, &page.rows) {
    Protocol *protocol = list_add(arena, out);
    protocol->guide = *guide;
    protocol_read(arena, guide->content, protocol);
  }
  if (out->count) qsort(out->items, out->count, sizeof *out->items, by_behaviour); // glibc's is stable: each group stays by title
  return true;
}

static const char *code_here(void) { return words_code(words_language()); }

// "frustrated-de": "frustrated", of which it is the German one.
static const char *base_of(Arena *arena, const Protocol *protocol) {
  const char *word = protocol->guide.word, *suffix = arena_printf(arena, "-%s", protocol->head.language);
  bool has_suffix = *protocol->head.language && g_str_has_suffix(word, suffix);
  return has_suffix ? arena_strndup(arena, word, strlen(word) - strlen(suffix)) : word;
}

bool protocol_is(Arena *arena, const Protocol *protocol, const char *word) { return strcmp(base_of(arena, protocol), word) == 0; }

static bool has_word(const ProtocolList *list, const char *word) {
  list_each(const Protocol, protocol, list)
    if (strcmp(protocol->guide.word, word) == 0) return true;
  return false;
}

// Of those that say the same in several languages the one in the reader's, else the one in English, else each.
static bool is_for_reader(Arena *arena, const ProtocolList *all, const Protocol *protocol) {
  const char *word = protocol->guide.word, *base = base_of(arena, protocol), *here = guide_word_in(arena, base, code_here());
  if (strcmp(word, here) == 0) return true;
  return !has_word(all, here) && (strcmp(word, base) == 0 || !has_word(all, base));
}

bool protocol_list_here(Arena *arena, Desk *desk, ProtocolList *out, GError **error) {
  ProtocolList all = {0};
  if (!protocol_list(arena, desk, &all, error)) return false;
  list_each(const Protocol, protocol, &all)
    if (is_for_reader(arena, &all, protocol)) *list_add(arena, out) = *protocol;
  return true;
}

static bool is_usable_step(const ProtocolStep *step, size_t place, GError **error) {
  if (text_is_blank(step->title)) return error_set(error, ERROR_INVALID, "Step %zu has no title.", place);
  if (text_is_blank(step->action))
    return error_set(error, ERROR_INVALID, "Step %zu does not say what to do; one sentence is enough.", place);
  if (text_length(step->title) > GUIDE_TITLE_MOST || text_length(step->action) > ACTION_MOST ||
      text_length(step->example) > EXAMPLE_MOST)
    return error_set(error, ERROR_INVALID,
                     "Step %zu is too long: a title has at most %d characters, what to do %d, an example %d.", place,
                     GUIDE_TITLE_MOST, ACTION_MOST, EXAMPLE_MOST);
  return true;
}

static bool is_usable(const Protocol *protocol, GError **error) {
  if (text_is_blank(protocol->head.title)) return error_set(error, ERROR_INVALID, "It has no title.");
  if (text_length(protocol->head.title) > GUIDE_TITLE_MOST || text_length(protocol->head.situation) > GUIDE_TITLE_MOST ||
      text_length(protocol->why) > ACTION_MOST)
    return error_set(error, ERROR_INVALID, "A title has at most %d characters, the reason %d.", GUIDE_TITLE_MOST, ACTION_MOST);
  if (protocol->steps.count == 0) return error_set(error, ERROR_INVALID, "A protocol has at least one step.");
  if (protocol->steps.count > PROTOCOL_STEPS_MOST)
    return error_set(error, ERROR_INVALID, "A protocol has at most %d steps; more nobody keeps in mind.", PROTOCOL_STEPS_MOST);
  for (size_t i = 0; i < protocol->steps.count; i++)
    if (!is_usable_step(&protocol->steps.items[i], i + 1, error)) return false;
  return true;
}

static bool key_stands_before(const ProtocolStepList *steps, size_t count, const char *key) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(steps->items[i].key, key) == 0) return true;
  return false;
}

// Each step has a key of its own: what it had, else one made from its title.
static void settle_keys(Arena *arena, ProtocolStepList *steps) {
  for (size_t i = 0; i < steps->count; i++) {
    ProtocolStep *step = &steps->items[i];
    const char *base = guide_word_of(arena, text_is_blank(step->key) ? step->title : step->key), *key = base;
    for (int more = 2; key_stands_before(steps, i, key); more++) key = arena_printf(arena, "%s-%d", base, more);
    step->key = key;
  }
}

bool protocol_keep(Arena *arena, Desk *desk, const Staff *actor, const char *word, int64_t seen, const Protocol *protocol,
                   const char **out_word, GError **error) {
  if (!is_usable(protocol, error)) return false;
  Protocol kept = *protocol;
  kept.steps = (ProtocolStepList){0};
  list_each(const ProtocolStep, step, &protocol->steps) *list_add(arena, &kept.steps) = *step;
  settle_keys(arena, &kept.steps);
  return guide_keep(arena, desk, actor, GUIDE_PROTOCOL, word, seen, protocol_write(arena, &kept), out_word, error);
}

const char *protocol_word_for(const Message *latest) {
  const ShownReading *reading = latest ? latest->reading : NULL;
  if (reading && reading->flags & (1 << FLAG_SELF_HARM)) return PROTOCOL_WELFARE;
  if (reading && reading->flags & (1 << FLAG_THREAT)) return PROTOCOL_THREAT;
  Behaviour behaviour = reading && reading->is_read ? reading->behaviour : BEHAVIOUR_CALM;
  bool is_spoken = latest && latest->channel != MESSAGE_BY_MAIL;
  return is_spoken && behaviour == BEHAVIOUR_CALM ? PROTOCOL_PHONE : behaviour_word(behaviour);
}

static bool load_in_use(Arena *arena, Desk *desk, const char *word, Protocol **out, GError **error) {
  Guide *guide = NULL;
  if (*out || !word) return true;
  if (!guide_select(arena, desk->db, GUIDE_PROTOCOL, word, &guide, error)) return false;
  if (!guide || guide->is_retired) return true;
  *out = arena_make(arena, Protocol);
  (*out)->guide = *guide;
  protocol_read(arena, guide->content, *out);
  return true;
}

// In the reader's language, in English, or in whatever language the desk has it.
static bool load_readable(Arena *arena, Desk *desk, const char *word, Protocol **out, GError **error) {
  TextList others = {0};
  if (!load_in_use(arena, desk, guide_word_in(arena, word, code_here()), out, error) ||
      !load_in_use(arena, desk, word, out, error))
    return false;
  if (*out) return true;
  if (!guide_languages_in_use(arena, desk, &others, error)) return false;
  list_each(const Text, other, &others)
    if (!load_in_use(arena, desk, guide_word_in(arena, word, *other), out, error)) return false;
  return true;
}

bool protocol_find_here(Arena *arena, Desk *desk, const char *word, Protocol *out, GError **error) {
  Protocol *found = NULL;
  if (!load_readable(arena, desk, word, &found, error)) return false;
  if (found) *out = *found;
  return found || protocol_find(arena, desk, word, out, error);
}

bool protocol_at_hand(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, const Message *latest, Protocol **out,
                      GError **error) {
  const char *chosen = NULL;
  *out = NULL;
  if (!protocol_choice_select(arena, desk->db, number, staff_id, latest ? latest->id : 0, &chosen, error)) return false;
  if (!load_in_use(arena, desk, chosen, out, error)) return false;
  return load_readable(arena, desk, protocol_word_for(latest), out, error) &&
         load_readable(arena, desk, behaviour_word(BEHAVIOUR_CALM), out, error);
}

bool protocol_choose(Desk *desk, int64_t staff_id, int64_t number, const char *word, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (!*word) return protocol_choice_delete(desk->db, number, staff_id, error);
  Guide *guide = guide_find(arena, desk, GUIDE_PROTOCOL, word, error);
  g_autoptr(GError) problem = NULL;
  if (!guide) return false;
  if (protocol_choice_upsert(desk->db, number, staff_id, guide->id, &problem)) return true;
  if (error_is(problem, ERROR_CONFLICT)) // its number leads nowhere
    return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%" G_GINT64_FORMAT ".", number);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}
