// Phrases: the tables of all rules, made once into a vocabulary and a list of patterns, then matched over every sentence in one
// walk. A word knows its number (and the numbers of what it begins with, for `frustrat*`); each number knows the patterns that may
// begin with it. A pattern is tried from there, element by element, with a few skips where it has gaps, so the work a word is
// bounded by the tables and not by the text. The lexicon of the reader next door is no help here: it knows only its own words,
// and a coach must also see the nouns that nobody listed.
#include "insight/coach/study.h"

#define ELEMENTS_MOST 14
#define GAP_MOST 9

typedef struct Element {
  uint16_t set; // of words, one of which must stand here
  uint8_t gap;  // words that may be skipped before it
  bool is_optional;
} Element;

typedef struct Pattern {
  const PhraseRow *row;
  Element elements[ELEMENTS_MOST];
  uint8_t count;
  bool at_start, at_end; // of a sentence
} Pattern;
LIST_DEFINE(Pattern)

typedef struct Entry { // of the vocabulary
  const char *text;
  uint32_t size;
  bool is_prefix;
  IntList patterns; // that may begin with it
} Entry;
LIST_DEFINE(Entry)

struct Vocabulary {
  Arena *arena;
  EntryList entries; // 0 stands for none
  uint16_t *slots;
  size_t room;
  uint32_t prefix_sizes; // bit N: there are prefixes of N bytes
  PatternList patterns;
  TextList sets;     // how each set is written
  uint32_t *members; // hash set of set << 16 | word
  size_t member_room, member_count;
};

static uint32_t hash_of(const char *text, size_t size, bool is_prefix) { // FNV-1a
  uint32_t hash = is_prefix ? UINT32_C(0x9E3779B9) : UINT32_C(2166136261);
  for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)text[i]) * UINT32_C(16777619);
  return hash;
}

static size_t slot_of(const Vocabulary *vocabulary, const char *text, size_t size, bool is_prefix) {
  size_t slot = hash_of(text, size, is_prefix) & (vocabulary->room - 1);
  for (; vocabulary->slots[slot]; slot = (slot + 1) & (vocabulary->room - 1)) {
    const Entry *entry = &vocabulary->entries.items[vocabulary->slots[slot]];
    if (entry->size == size && entry->is_prefix == is_prefix && memcmp(entry->text, text, size) == 0) break;
  }
  return slot;
}

// ---- Building ----

static uint16_t intern(Vocabulary *vocabulary, const char *text, size_t size) {
  bool is_prefix = text[size - 1] == '*';
  if (is_prefix) size--;
  size_t slot = slot_of(vocabulary, text, size, is_prefix);
  if (vocabulary->slots[slot]) return vocabulary->slots[slot];
  if (is_prefix) vocabulary->prefix_sizes |= UINT32_C(1) << size;
  uint16_t number = (uint16_t)vocabulary->entries.count;
  if (vocabulary->entries.count * 2 > vocabulary->room) g_error("coach: the vocabulary is full");
  *list_add(vocabulary->arena, &vocabulary->entries) = (Entry){.text = text, .size = (uint32_t)size, .is_prefix = is_prefix};
  vocabulary->slots[slot] = number;
  return number;
}

static size_t member_slot(const Vocabulary *vocabulary, uint32_t member) {
  size_t slot = (member * UINT32_C(0x9E3779B1)) >> 8 & (vocabulary->member_room - 1);
  while (vocabulary->members[slot] && vocabulary->members[slot] != member) slot = (slot + 1) & (vocabulary->member_room - 1);
  return slot;
}

static size_t run_of(const char *text, const char *end, char separator) {
  const char *found = memchr(text, separator, (size_t)(end - text));
  return (size_t)((found ? found : end) - text);
}

// The set of the alternatives that are written "a|b|c"; sets that are written alike are one.
static uint16_t set_of(Vocabulary *vocabulary, const char *text, size_t size) {
  for (size_t i = 1; i < vocabulary->sets.count; i++) {
    if (strlen(vocabulary->sets.items[i]) == size && memcmp(vocabulary->sets.items[i], text, size) == 0) return (uint16_t)i;
  }
  uint16_t number = (uint16_t)vocabulary->sets.count;
  *list_add(vocabulary->arena, &vocabulary->sets) = arena_strndup(vocabulary->arena, text, size);
  for (const char *at = text, *end = text + size; at < end;) {
    size_t run = run_of(at, end, '|');
    uint32_t member = (uint32_t)number << 16 | intern(vocabulary, at, run);
    size_t slot = member_slot(vocabulary, member);
    if (!vocabulary->members[slot] && ++vocabulary->member_count * 2 > vocabulary->member_room)
      g_error("coach: too many alternatives");
    vocabulary->members[slot] = member;
    at += run + 1;
  }
  return number;
}

static Pattern pattern_of(Vocabulary *vocabulary, const PhraseRow *row, const char *phrase, const char *end) {
  Pattern pattern = {.row = row};
  uint8_t gap = 0;
  while (phrase < end) {
    size_t size = run_of(phrase, end, ' ');
    if (size == 1 && *phrase == '^')
      pattern.at_start = true;
    else if (size == 1 && *phrase == '$')
      pattern.at_end = true;
    else if (size == 2 && *phrase == '~')
      gap = (uint8_t)(phrase[1] - '0');
    else if (size) {
      if (pattern.count == ELEMENTS_MOST || gap > GAP_MOST) g_error("coach: a phrase too long: %s", row->phrases);
      bool is_optional = *phrase == '[';
      uint16_t set = is_optional ? set_of(vocabulary, phrase + 1, size - 2) : set_of(vocabulary, phrase, size);
      pattern.elements[pattern.count++] = (Element){set, gap, is_optional};
      gap = 0;
    }
    phrase += size + 1;
  }
  return pattern;
}

// Notes the pattern with every word that it may begin with: those of its first element, and of the next while they are optional.
static void note_beginnings(Vocabulary *vocabulary, size_t number) {
  for (size_t i = 0; i < vocabulary->patterns.items[number].count; i++) {
    Element element = vocabulary->patterns.items[number].elements[i];
    const char *at = vocabulary->sets.items[element.set], *end = at + strlen(at);
    while (at < end) {
      size_t run = run_of(at, end, '|');
      IntList *list = &vocabulary->entries.items[intern(vocabulary, at, run)].patterns;
      if (!list->count || list->items[list->count - 1] != (int64_t)number) *list_add(vocabulary->arena, list) = (int64_t)number;
      at += run + 1;
    }
    if (!element.is_optional) return;
  }
}

static void add_table(Vocabulary *vocabulary, const PhraseTable *table) {
  for (size_t i = 0; i < table->count; i++) {
    const char *at = table->rows[i].phrases, *end = at + strlen(at);
    while (at < end) {
      size_t run = run_of(at, end, ',');
      Pattern pattern = pattern_of(vocabulary, &table->rows[i], at, at + run);
      if (pattern.count) {
        *list_add(vocabulary->arena, &vocabulary->patterns) = pattern;
        note_beginnings(vocabulary, vocabulary->patterns.count - 1);
      }
      at += run + 1;
    }
  }
}

static const PhraseTable *const english[] = {
  &i_not_we_phrases,       &accusing_you_phrases, &perspective_first_phrases,  &concrete_phrases,
  &restate_phrases,        &warm_ends_phrases,    &one_apology_phrases,        &options_phrases,
  &no_policy_talk_phrases, &on_your_team_phrases, &problem_not_person_phrases, &agree_next_step_phrases,
  &polite_request_phrases, &empathy_phrases,      &tone_guard_phrases,         &steps_phrases};
static const PhraseTable *const german[] = {&german_phrases};

static Vocabulary *vocabulary_build(const PhraseTable *const *tables, size_t count) {
  Arena *arena = arena_new(); // lives as long as the process
  Vocabulary *vocabulary = arena_make(arena, Vocabulary);
  vocabulary->arena = arena;
  vocabulary->room = 16384;
  vocabulary->slots = arena_make_array(arena, uint16_t, vocabulary->room);
  vocabulary->member_room = 65536;
  vocabulary->members = arena_make_array(arena, uint32_t, vocabulary->member_room);
  list_add(arena, &vocabulary->entries);
  *list_add(arena, &vocabulary->sets) = "";
  for (size_t i = 0; i < count; i++) add_table(vocabulary, tables[i]);
  return vocabulary;
}

const Vocabulary *vocabulary_english(void) {
  static Vocabulary *built;
  if (g_once_init_enter(&built)) g_once_init_leave(&built, vocabulary_build(english, G_N_ELEMENTS(english)));
  return built;
}

const Vocabulary *vocabulary_german(void) {
  static Vocabulary *built;
  if (g_once_init_enter(&built)) g_once_init_leave(&built, vocabulary_build(german, G_N_ELEMENTS(german)));
  return built;
}

void vocabulary_ids(const Vocabulary *vocabulary, const char *folded, size_t size, uint16_t out_ids[WORD_IDS]) {
  size_t count = 1;
  memset(out_ids, 0, WORD_IDS * sizeof *out_ids);
  if (!size) return;
  out_ids[0] = vocabulary->slots[slot_of(vocabulary, folded, size, false)];
  for (size_t part = 2; part <= size && part < 32 && count < WORD_IDS; part++) {
    if (!(vocabulary->prefix_sizes >> part & 1)) continue;
    uint16_t id = vocabulary->slots[slot_of(vocabulary, folded, part, true)];
    if (id) out_ids[count++] = id;
  }
}

// ---- Matching ----

static bool is_member(const Vocabulary *vocabulary, uint16_t set, const Word *word) {
  for (size_t i = 0; i < WORD_IDS; i++) {
    uint32_t member = (uint32_t)set << 16 | word->ids[i];
    if (word->ids[i] && vocabulary->members[member_slot(vocabulary, member)]) return true;
  }
  return false;
}

// Matches elements[from …] from word `at` on; gives the word after the match, or 0. As deep as a pattern has elements.
static uint32_t match_rest(const Vocabulary *vocabulary, const Passage *passage, const Pattern *pattern, size_t from, uint32_t at,
                           uint32_t end) {
  if (from == pattern->count) return !pattern->at_end || at == end ? at : 0;
  const Element *element = &pattern->elements[from];
  for (uint32_t skip = 0; skip <= element->gap && at + skip < end; skip++) {
    if (!is_member(vocabulary, element->set, &passage->words.items[at + skip])) continue;
    uint32_t after = match_rest(vocabulary, passage, pattern, from + 1, at + skip + 1, end);
    if (after) return after;
  }
  return element->is_optional ? match_rest(vocabulary, passage, pattern, from + 1, at, end) : 0;
}

typedef struct Walk {            // over one sentence
  uint32_t reach[MARK_COUNT];    // the word after what was found of each mark
  uint32_t shielded[MARK_COUNT]; // likewise after a shield
} Walk;

static void keep(Arena *arena, Passage *passage, Walk *walk, const Hit *best, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const Hit *hit = &best[i];
    if (hit->first < walk->shielded[hit->mark] || hit->last < walk->reach[hit->mark]) continue;
    walk->reach[hit->mark] = hit->last + 1;
    *list_add(arena, &passage->hits) = *hit;
    passage->counts[hit->mark]++;
  }
}

static void match_at(Arena *arena, const Vocabulary *vocabulary, Passage *passage, const Line *line, uint32_t at, Walk *walk) {
  const Word *word = &passage->words.items[at];
  Hit best[MARK_COUNT]; // the longest of each mark from here
  size_t count = 0;
  uint32_t end = line->first + line->count;
  for (size_t i = 0; i < WORD_IDS; i++) {
    if (!word->ids[i]) continue;
    const IntList *list = &vocabulary->entries.items[word->ids[i]].patterns;
    for (size_t j = 0; j < list->count; j++) {
      const Pattern *pattern = &vocabulary->patterns.items[list->items[j]];
      if (pattern->at_start && at != line->first) continue;
      uint32_t after = match_rest(vocabulary, passage, pattern, 0, at, end);
      if (after <= at) continue;
      Mark mark = pattern->row->mark;
      if (pattern->row->is_shield) {
        walk->shielded[mark] = MAX(walk->shielded[mark], after);
        continue;
      }
      size_t place = 0;
      while (place < count && best[place].mark != mark) place++;
      if (place == count) best[count++] = (Hit){mark, pattern->row, at, at};
      if (after - 1 >= best[place].last) best[place] = (Hit){mark, pattern->row, at, after - 1};
    }
  }
  keep(arena, passage, walk, best, count);
}

void passage_match(Arena *arena, Passage *passage) {
  const Vocabulary *vocabulary = passage->vocabulary;
  list_each(const Line, line, &passage->lines) {
    Walk walk = {0};
    for (uint32_t at = line->first; at < line->first + line->count; at++)
      if (!passage->words.items[at].is_quoted) match_at(arena, vocabulary, passage, line, at, &walk);
  }
}
