// The lexicon: every word of the tables has a number, and every phrase is a path in one trie of numbers. Built once, from
// the tables alone, then read by all threads.
//
// A phrase is written as words with spaces between. An element may be `a|b|c` (one of these words), `{class}` (any word of
// the class), `[optional]` (alternatives allowed inside), or `~N` (up to N words of any kind, N from 1 to 8). Options and few
// alternatives are spelt out as separate paths when the trie is built; many alternatives behind the first word are one edge with
// a set of words, or the paths would multiply. Matching walks the trie from each token with a small
// set of states (node, words that may still be skipped); its size is bounded, so the work per token is.
#include "insight/engine.h"

#define SYMBOL_CLASS UINT32_C(0x80000000) // | class
#define SYMBOL_SET UINT32_C(0xA0000000)   // | number of a WordSet
#define SYMBOL_GAP UINT32_C(0xC0000000)   // | words
#define SET_LEAST 3                       // alternatives that are kept as a set; fewer are spelt out
#define GAP_MOST 8
#define STATES_MOST 48
#define PHRASE_TOKENS_MOST 16 // that a phrase may stretch over, gaps included
#define ELEMENTS_MOST 12

typedef struct WordEntry {
  const char *text;
  uint32_t size, hash;
  uint32_t classes;
  const uint32_t *alias;
  size_t alias_count;
} WordEntry;
LIST_DEFINE(WordEntry)

typedef struct Ending { // a phrase that ends at a node
  const Row *row;
  uint8_t kind;
  uint32_t next; // further one at the same node, 0 for none
} Ending;
LIST_DEFINE(Ending)

typedef struct WordSet { // of one element with many alternatives
  const char *text;      // as it is written in the phrase
  size_t size;
  uint32_t *words;
  size_t count;
  uint32_t classes;
} WordSet;
LIST_DEFINE(WordSet)

typedef struct SetEdge {
  uint32_t set, to;
  uint32_t next; // further one of the same node, 0 for none
} SetEdge;
LIST_DEFINE(SetEdge)

typedef struct Node {
  uint32_t sets;    // number of a SetEdge, 0 for none
  uint32_t endings; // number of an Ending, 0 for none
  uint32_t classes; // that lead on from here
  uint8_t gaps;     // bit N-1: a gap of N leads on from here
  bool has_words;   // words lead on from here
} Node;
LIST_DEFINE(Node)

typedef struct Edge {
  uint32_t from, symbol, to; // to 0: the place is free
} Edge;

struct Lexicon {
  Arena *arena;
  WordEntryList words; // number 0 stands for no word
  uint32_t *word_slots;
  size_t word_room;
  NodeList nodes; // node 0 is the root
  EndingList endings;
  WordSetList sets;
  SetEdgeList set_edges; // number 0 stands for none
  Edge *edges;
  size_t edge_room, edge_count;
};

static uint32_t hash_bytes(const char *bytes, size_t size) { // FNV-1a
  uint32_t hash = UINT32_C(2166136261);
  for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)bytes[i]) * UINT32_C(16777619);
  return hash;
}

static size_t edge_slot(const Lexicon *lexicon, uint32_t from, uint32_t symbol) {
  uint64_t mixed = ((uint64_t)from << 32 | symbol) * UINT64_C(0x9E3779B97F4A7C15);
  size_t slot = (size_t)(mixed >> 32) & (lexicon->edge_room - 1);
  while (lexicon->edges[slot].to && (lexicon->edges[slot].from != from || lexicon->edges[slot].symbol != symbol))
    slot = (slot + 1) & (lexicon->edge_room - 1);
  return slot;
}

uint32_t lexicon_word(const Lexicon *lexicon, const char *folded, size_t size) {
  uint32_t hash = hash_bytes(folded, size);
  for (size_t slot = hash & (lexicon->word_room - 1); lexicon->word_slots[slot]; slot = (slot + 1) & (lexicon->word_room - 1)) {
    const WordEntry *entry = &lexicon->words.items[lexicon->word_slots[slot]];
    if (entry->hash == hash && entry->size == size && memcmp(entry->text, folded, size) == 0) return lexicon->word_slots[slot];
  }
  return 0;
}

uint32_t lexicon_classes(const Lexicon *lexicon, uint32_t word) { return lexicon->words.items[word].classes; }

const uint32_t *lexicon_alias(const Lexicon *lexicon, uint32_t word, size_t *out_count) {
  *out_count = lexicon->words.items[word].alias_count;
  return lexicon->words.items[word].alias;
}

// ---- Building ----

static void word_slots_grow(Lexicon *lexicon) {
  size_t room = lexicon->word_room ? lexicon->word_room * 2 : 8192;
  lexicon->word_slots = arena_make_array(lexicon->arena, uint32_t, room);
  lexicon->word_room = room;
  for (uint32_t i = 1; i < lexicon->words.count; i++) {
    size_t slot = lexicon->words.items[i].hash & (room - 1);
    while (lexicon->word_slots[slot]) slot = (slot + 1) & (room - 1);
    lexicon->word_slots[slot] = i;
  }
}

static uint32_t word_intern(Lexicon *lexicon, const char *text, size_t size) {
  uint32_t found = lexicon_word(lexicon, text, size);
  if (found) return found;
  if (lexicon->words.count * 2 >= lexicon->word_room) word_slots_grow(lexicon);
  uint32_t number = (uint32_t)lexicon->words.count;
  uint32_t hash = hash_bytes(text, size);
  *list_add(lexicon->arena, &lexicon->words) = (WordEntry){.text = text, .size = (uint32_t)size, .hash = hash};
  size_t slot = hash & (lexicon->word_room - 1);
  while (lexicon->word_slots[slot]) slot = (slot + 1) & (lexicon->word_room - 1);
  lexicon->word_slots[slot] = number;
  return number;
}

static void edges_grow(Lexicon *lexicon) {
  Edge *old = lexicon->edges;
  size_t old_room = lexicon->edge_room;
  lexicon->edge_room = old_room ? old_room * 2 : 65536;
  lexicon->edges = arena_make_array(lexicon->arena, Edge, lexicon->edge_room);
  for (size_t i = 0; i < old_room; i++) {
    if (old[i].to) lexicon->edges[edge_slot(lexicon, old[i].from, old[i].symbol)] = old[i];
  }
}

static uint32_t node_step(Lexicon *lexicon, uint32_t from, uint32_t symbol) {
  size_t slot = edge_slot(lexicon, from, symbol);
  if (lexicon->edges[slot].to) return lexicon->edges[slot].to;
  if (lexicon->edge_count * 2 >= lexicon->edge_room) {
    edges_grow(lexicon);
    slot = edge_slot(lexicon, from, symbol);
  }
  uint32_t to = (uint32_t)lexicon->nodes.count;
  list_add(lexicon->arena, &lexicon->nodes);
  lexicon->edges[slot] = (Edge){from, symbol, to};
  lexicon->edge_count++;
  Node *node = &lexicon->nodes.items[from];
  if (symbol >= SYMBOL_SET && symbol < SYMBOL_GAP) {
    *list_add(lexicon->arena, &lexicon->set_edges) = (SetEdge){symbol & 0xFFFFFF, to, node->sets};
    node->sets = (uint32_t)lexicon->set_edges.count - 1;
  } else if (symbol >= SYMBOL_GAP)
    node->gaps |= (uint8_t)(1 << ((symbol & 0xFF) - 1));
  else if (symbol >= SYMBOL_CLASS)
    node->classes |= UINT32_C(1) << (symbol & 0xFF);
  else
    node->has_words = true;
  return to;
}

// Ends the run of characters at a separator.
static size_t run_of(const char *text, const char *end, const char *separators) {
  size_t size = 0;
  while (text + size < end && !strchr(separators, text[size])) size++;
  return size;
}

static uint32_t symbol_of(Lexicon *lexicon, const char *text, size_t size) {
  if (text[0] == '~' && size == 2) {
    int gap = text[1] - '0';
    if (gap < 1 || gap > GAP_MOST) g_error("lexicon: a gap of %.*s", (int)size, text);
    return SYMBOL_GAP | (uint32_t)gap;
  }
  if (text[0] != '{') return word_intern(lexicon, text, size);
  for (uint32_t i = 0; i < CLASS_COUNT; i++) {
    if (strlen(class_names[i]) == size - 2 && memcmp(class_names[i], text + 1, size - 2) == 0) return SYMBOL_CLASS | i;
  }
  g_error("lexicon: no class %.*s", (int)size, text);
}

typedef struct Element {
  const char *text;
  size_t size;
  bool is_optional;
} Element;

static size_t split_elements(const char *phrase, const char *end, Element *elements) {
  size_t count = 0;
  while (phrase < end) {
    size_t size = run_of(phrase, end, " ");
    if (size) {
      if (count == ELEMENTS_MOST) g_error("lexicon: phrase too long: %.*s", (int)(end - phrase), phrase);
      bool is_optional = phrase[0] == '[';
      elements[count++] = is_optional ? (Element){phrase + 1, size - 2, true} : (Element){phrase, size, false};
    }
    phrase += size + 1;
  }
  return count;
}

static size_t alternatives_in(const Element *element) {
  size_t count = 1;
  for (size_t i = 0; i < element->size; i++) count += element->text[i] == '|';
  return count;
}

// The set of the element's alternatives; elements that are written alike share one.
static uint32_t set_intern(Lexicon *lexicon, const Element *element) {
  for (size_t i = 0; i < lexicon->sets.count; i++) {
    const WordSet *set = &lexicon->sets.items[i];
    if (set->size == element->size && memcmp(set->text, element->text, set->size) == 0) return (uint32_t)i;
  }
  WordSet made = {.text = element->text, .size = element->size};
  made.words = arena_make_array(lexicon->arena, uint32_t, alternatives_in(element));
  for (const char *word = element->text, *end = word + element->size; word < end;) {
    size_t size = run_of(word, end, "|");
    uint32_t symbol = symbol_of(lexicon, word, size);
    if (symbol >= SYMBOL_CLASS)
      made.classes |= UINT32_C(1) << (symbol & 0xFF);
    else
      made.words[made.count++] = symbol;
    word += size + 1;
  }
  *list_add(lexicon->arena, &lexicon->sets) = made;
  return (uint32_t)lexicon->sets.count - 1;
}

static bool is_in_set(const WordSet *set, const Token *token) {
  if (set->classes & token->classes) return true;
  for (size_t i = 0; token->word && i < set->count; i++) {
    if (set->words[i] == token->word) return true;
  }
  return false;
}

// Adds the paths of elements[at …] below `node`. Recursion is as deep as a phrase of our own tables has elements.
static void add_paths(Lexicon *lexicon, uint32_t node, const Element *elements, size_t count, MatchKind kind, const Row *row) {
  if (count == 0) {
    uint32_t number = (uint32_t)lexicon->endings.count;
    *list_add(lexicon->arena, &lexicon->endings) = (Ending){row, (uint8_t)kind, lexicon->nodes.items[node].endings};
    lexicon->nodes.items[node].endings = number;
    return;
  }
  if (elements->is_optional) add_paths(lexicon, node, elements + 1, count - 1, kind, row);
  if (node != 0 && alternatives_in(elements) >= SET_LEAST) {
    uint32_t to = node_step(lexicon, node, SYMBOL_SET | set_intern(lexicon, elements));
    add_paths(lexicon, to, elements + 1, count - 1, kind, row);
    return;
  }
  const char *end = elements->text + elements->size;
  for (const char *word = elements->text; word < end;) {
    size_t size = run_of(word, end, "|");
    uint32_t to = node_step(lexicon, node, symbol_of(lexicon, word, size));
    add_paths(lexicon, to, elements + 1, count - 1, kind, row);
    word += size + 1;
  }
}

static void add_table(Lexicon *lexicon, const RowTable *table, MatchKind kind) {
  for (size_t i = 0; i < table->count; i++) {
    const char *end = table->rows[i].phrases + strlen(table->rows[i].phrases);
    for (const char *phrase = table->rows[i].phrases; phrase < end;) {
      size_t size = run_of(phrase, end, ",");
      Element elements[ELEMENTS_MOST];
      size_t count = split_elements(phrase, phrase + size, elements);
      if (count) add_paths(lexicon, 0, elements, count, kind, &table->rows[i]);
      phrase += size + 1;
    }
  }
}

static void add_classes(Lexicon *lexicon) {
  for (size_t i = 0; i < class_row_count; i++) {
    const char *words = class_rows[i].words, *end = words + strlen(words);
    while (words < end) {
      size_t size = run_of(words, end, " ");
      if (size) {
        uint32_t number = word_intern(lexicon, words, size);
        lexicon->words.items[number].classes |= CLASS_BIT(class_rows[i].word_class);
      }
      words += size + 1;
    }
  }
}

static void add_aliases(Lexicon *lexicon) {
  for (size_t i = 0; i < alias_row_count; i++) {
    uint32_t parts[4];
    size_t count = 0;
    const char *meant = alias_rows[i].meant, *end = meant + strlen(meant);
    while (meant < end && count < G_N_ELEMENTS(parts)) {
      size_t size = run_of(meant, end, " ");
      parts[count++] = word_intern(lexicon, meant, size);
      meant += size + 1;
    }
    uint32_t number = word_intern(lexicon, alias_rows[i].written, strlen(alias_rows[i].written));
    lexicon->words.items[number].alias = arena_copy(lexicon->arena, parts, count * sizeof *parts);
    lexicon->words.items[number].alias_count = count;
  }
}

static Lexicon *lexicon_build(void) {
  static const struct {
    const RowTable *table;
    MatchKind kind;
  } tables[] = {{&emotion_rows, MATCH_EMOTION}, {&behaviour_rows, MATCH_BEHAVIOUR}, {&threat_rows, MATCH_BEHAVIOUR},
                {&need_rows, MATCH_NEED},       {&reason_rows, MATCH_REASON},       {&gap_rows, MATCH_GAP}};
  Arena *arena = arena_new(); // lives as long as the process
  Lexicon *lexicon = arena_make(arena, Lexicon);
  lexicon->arena = arena;
  list_add(arena, &lexicon->words);
  list_add(arena, &lexicon->nodes);
  list_add(arena, &lexicon->endings);
  list_add(arena, &lexicon->set_edges);
  word_slots_grow(lexicon);
  edges_grow(lexicon);
  add_classes(lexicon);
  add_aliases(lexicon);
  for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) add_table(lexicon, tables[i].table, tables[i].kind);
  return lexicon;
}

const Lexicon *lexicon_get(void) {
  static Lexicon *built;
  if (g_once_init_enter(&built)) g_once_init_leave(&built, lexicon_build());
  return built;
}

// ---- Matching ----

typedef struct State {
  uint32_t node;
  uint32_t skips; // words that may still be passed over before the next element
} State;

typedef struct Walk {
  const Lexicon *lexicon;
  State states[STATES_MOST];
  size_t count;
} Walk;

static void state_add(Walk *walk, uint32_t node, uint32_t skips) {
  for (size_t i = 0; i < walk->count; i++) {
    if (walk->states[i].node == node && walk->states[i].skips == skips) return;
  }
  if (walk->count < STATES_MOST) walk->states[walk->count++] = (State){node, skips};
}

// Stands at `node` now: there, and behind each gap that begins there.
static void arrive(Walk *walk, uint32_t node) {
  const Node *at = &walk->lexicon->nodes.items[node];
  if (at->has_words || at->classes || at->sets) state_add(walk, node, 0);
  for (uint32_t gap = 1; at->gaps >> (gap - 1); gap++) {
    if (at->gaps >> (gap - 1) & 1)
      state_add(walk, walk->lexicon->edges[edge_slot(walk->lexicon, node, SYMBOL_GAP | gap)].to, gap);
  }
}

static void found(Arena *arena, const Walk *walk, uint32_t node, size_t first, size_t last, MatchList *out) {
  for (uint32_t i = walk->lexicon->nodes.items[node].endings; i; i = walk->lexicon->endings.items[i].next) {
    const Ending *ending = &walk->lexicon->endings.items[i];
    Match *match = list_add(arena, out);
    *match = (Match){(MatchKind)ending->kind, ending->row, first, last};
  }
}

static void follow(Arena *arena, Walk *next, uint32_t node, uint32_t symbol, size_t first, size_t last, MatchList *out) {
  uint32_t to = next->lexicon->edges[edge_slot(next->lexicon, node, symbol)].to;
  if (!to) return;
  arrive(next, to);
  found(arena, next, to, first, last, out);
}

static void match_from(Arena *arena, const Lexicon *lexicon, const Token *tokens, size_t first, size_t end, MatchList *out) {
  Walk walks[2] = {{.lexicon = lexicon}, {.lexicon = lexicon}};
  Walk *now = &walks[0], *next = &walks[1];
  arrive(now, 0);
  for (size_t at = first; at < end && at < first + PHRASE_TOKENS_MOST && now->count; at++) {
    next->count = 0;
    for (size_t i = 0; i < now->count; i++) {
      State state = now->states[i];
      const Node *node = &lexicon->nodes.items[state.node];
      if (node->has_words && tokens[at].word) follow(arena, next, state.node, tokens[at].word, first, at, out);
      for (uint32_t left = tokens[at].classes & node->classes; left; left &= left - 1)
        follow(arena, next, state.node, SYMBOL_CLASS | (uint32_t)__builtin_ctz(left), first, at, out);
      for (uint32_t edge = node->sets; edge; edge = lexicon->set_edges.items[edge].next) {
        if (!is_in_set(&lexicon->sets.items[lexicon->set_edges.items[edge].set], &tokens[at])) continue;
        arrive(next, lexicon->set_edges.items[edge].to);
        found(arena, next, lexicon->set_edges.items[edge].to, first, at, out);
      }
      if (state.skips) state_add(next, state.node, state.skips - 1);
    }
    Walk *swap = now;
    now = next;
    next = swap;
  }
}

// Behaviour words speak whatever longer phrase they stand in (it must not hide a threat), unless that is an idiom.
static bool hides_nothing(const Match *match) { return match->kind == MATCH_BEHAVIOUR && match->row->says[0].percent; }

// Of the matches from one token, keeps for each kind the longest, and drops what lies within an earlier, longer one. Of
// behaviour it keeps everything but what lies within an idiom.
static void keep_longest(Arena *arena, const MatchList *fresh, size_t *reach, MatchList *out) {
  size_t longest[MATCH_KIND_COUNT] = {0}; // last token + 1
  list_each(Match, match, fresh) {
    if (!hides_nothing(match)) longest[match->kind] = MAX(longest[match->kind], match->last + 1);
  }
  size_t kept = out->count;
  list_each(Match, match, fresh) {
    size_t end = match->last + 1;
    bool is_kept = end > reach[match->kind] && (hides_nothing(match) ? end > longest[match->kind] : end == longest[match->kind]);
    for (size_t i = kept; i < out->count; i++) // two paths of one row may meet
      is_kept = is_kept && !(out->items[i].row == match->row && out->items[i].last == match->last);
    if (is_kept) *list_add(arena, out) = *match;
  }
  for (size_t kind = 0; kind < MATCH_KIND_COUNT; kind++) reach[kind] = MAX(reach[kind], longest[kind]);
}

void lexicon_match(Arena *arena, const Lexicon *lexicon, const Scan *scan, const Sentence *sentence, MatchList *out) {
  size_t reach[MATCH_KIND_COUNT] = {0};
  MatchList fresh = {0};
  size_t end = sentence->first + sentence->count;
  for (size_t at = sentence->first; at < end; at++) {
    const Token *token = &scan->tokens.items[at];
    if (!token->word && !token->classes) continue;
    fresh.count = 0;
    match_from(arena, lexicon, scan->tokens.items, at, end, &fresh);
    if (fresh.count) keep_longest(arena, &fresh, reach, out);
  }
}
