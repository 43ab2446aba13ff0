// Looking at a draft that was read: marks, what it shares with the customer's message, what the writer does; and adding advice.
#include "insight/coach/study.h"

#include <stdlib.h>

// ---- Marks ----

const Hit *find_mark(const Passage *passage, Mark mark) {
  if (!passage->counts[mark]) return NULL;
  list_each(const Hit, hit, &passage->hits)
    if (hit->mark == mark) return hit;
  return NULL;
}

const Hit *find_mark_after(const Passage *passage, const Line *line, Mark mark, uint32_t word) {
  if (!passage->counts[mark]) return NULL;
  size_t low = 0, high = passage->hits.count; // the first hit from `word` on
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (passage->hits.items[middle].first < word)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < passage->hits.count && passage->hits.items[low].first < line->first + line->count; low++)
    if (passage->hits.items[low].mark == mark) return &passage->hits.items[low];
  return NULL;
}

bool word_is(const Word *word, const char *folded) { return strcmp(word->folded, folded) == 0; }

bool word_in(const Word *word, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (word->folded[0] == words[i][0] && strcmp(word->folded, words[i]) == 0) return true;
  return false;
}

const Hit *find_mark_in(const Passage *passage, const Line *line, Mark mark) {
  return find_mark_after(passage, line, mark, line->first);
}

const Line *line_of(const Passage *passage, uint32_t word) {
  return &passage->lines.items[MIN(passage->words.items[word].sentence, passage->lines.count - 1)];
}

bool has_specifics(const Passage *passage, const Line *line) {
  if (line ? find_mark_in(passage, line, MARK_TIME) != NULL : has_mark(passage, MARK_TIME)) return true;
  size_t from = line ? line->first : 0, to = line ? line->first + line->count : passage->words.count;
  for (size_t i = from; i < to; i++) {
    const Word *word = &passage->words.items[i];
    if (!word->is_quoted && (word->is_number || word->is_name)) return true;
  }
  return false;
}

// ---- The customer's message ----

static uint32_t *stem_place(const CoachStudy *study, uint32_t stem) {
  size_t slot = stem & (study->stem_room - 1);
  while (study->stems[slot] && study->stems[slot] != stem) slot = (slot + 1) & (study->stem_room - 1);
  return &study->stems[slot];
}

void stems_note(CoachStudy *study, Arena *scratch) {
  study->stem_room = 64;
  while (study->stem_room < study->message.words.count * 2) study->stem_room *= 2;
  study->stems = arena_make_array(scratch, uint32_t, study->stem_room);
  list_each(const Word, word, &study->message.words)
    if (word->stem) *stem_place(study, word->stem) = word->stem;
}

#define SHARED_MOST 12 // enough to know; keeps the work linear

size_t shared_matter(const CoachStudy *study, uint32_t first, uint32_t last, bool with_generic) {
  uint32_t found[SHARED_MOST];
  size_t count = 0;
  for (uint32_t i = first; i <= last && count < SHARED_MOST; i++) {
    const Word *word = &study->draft.words.items[i];
    if (!word->stem || (word->is_generic && !with_generic)) continue;
    bool is_new = true;
    for (size_t j = 0; j < count; j++) is_new = is_new && found[j] != word->stem;
    if (is_new && *stem_place(study, word->stem)) found[count++] = word->stem;
  }
  return count;
}

static bool is_determiner(const Word *word) {
  static const char *const words[] = {"my", "the", "a", "an", "our", "your", "his", "her", "their", "this"};
  return word_in(word, words, G_N_ELEMENTS(words));
}

static bool is_person(const Word *word) {
  static const char *const words[] = {"daughter", "son",    "mother",     "father",   "mum",     "mom",       "dad",
                                      "husband",  "wife",   "partner",    "baby",     "kids",    "children",  "child",
                                      "family",   "friend", "boss",       "brother",  "sister",  "neighbour", "neighbor",
                                      "landlord", "driver", "technician", "engineer", "manager", "doctor",    "grandmother"};
  return word_in(word, words, G_N_ELEMENTS(words));
}

// "the kettle leaks", "the zip broke": the last word of a run may be what the thing does.
static bool is_doing(const Word *word, const Word *next) {
  static const char *const verbs[] = {"broke", "broken", "fell", "leak", "says", "threw", "deleted", "kept", "came"};
  static const char *const behind_nouns[] = {"are",   "were", "have", "had", "and", "or", "that",
                                             "which", "from", "with", "for", "i",   "of"};
  size_t size = strlen(word->folded);
  if (size > 4 && (strcmp(word->folded + size - 2, "ed") == 0 || strcmp(word->folded + size - 3, "ing") == 0)) return true;
  if (word_in(word, verbs, G_N_ELEMENTS(verbs))) return true;
  bool ends_in_s = size > 3 && word->folded[size - 1] == 's' && word->folded[size - 2] != 's';
  return ends_in_s && next && !word_in(next, behind_nouns, G_N_ELEMENTS(behind_nouns));
}

// The words from `from` on that name a thing: how many.
static size_t noun_run(const Passage *message, size_t from) {
  const Word *words = message->words.items;
  size_t size = 0;
  while (from + size < message->words.count && size < 3) {
    const Word *word = &words[from + size];
    bool is_plain = word->stem && !word->is_number && word->sentence == words[from].sentence && (size == 0 || !word->after_break);
    if (!is_plain) break;
    size++;
  }
  while (size) {
    const Word *last = &words[from + size - 1];
    const Word *next = from + size < message->words.count && words[from + size].sentence == last->sentence ? last + 1 : NULL;
    if (!last->is_generic && !is_person(last) && !(size > 1 && is_doing(last, next))) break;
    size--;
  }
  return size;
}

// "your blue lamp": what the message names first; "my" and "our" name what matters most to them.
const char *matter_of(const CoachStudy *study) {
  const Passage *message = &study->message;
  static const char *const own[] = {"my", "our"}, *const sizes[] = {"new", "old", "big", "small", "little", "whole"};
  const char *best = NULL;
  bool best_is_own = false;
  for (size_t i = 0; i + 1 < message->words.count && i < 400; i++) {
    const Word *word = &message->words.items[i];
    bool is_own = word_in(word, own, G_N_ELEMENTS(own));
    if (!is_determiner(word) || (best && (best_is_own || !is_own))) continue;
    size_t from = i + 1;
    if (word_in(&message->words.items[from], sizes, G_N_ELEMENTS(sizes)) && from + 1 < message->words.count) from++;
    const Word *first = &message->words.items[from];
    size_t size = first->sentence == word->sentence && !first->after_break ? noun_run(message, from) : 0;
    uint32_t bytes = size ? first[size - 1].end - first->start : 0;
    if (!size || bytes > 48 || memchr(message->text + first->start, '\n', bytes)) continue;
    best = arena_printf(study->arena, "%s %.*s", is_own ? "your" : "the", (int)bytes, message->text + first->start);
    best_is_own = is_own;
  }
  return best;
}

// ---- What I do ----

static bool is_state(const Word *word) { // a verb that does nothing for anyone
  static const char *const words[] = {
    "understand", "see",         "hear",      "know",          "realise",   "realize",   "sorry",     "afraid",     "hope",
    "hoping",     "appreciate",  "feel",      "imagine",       "think",     "guess",     "believe",   "need",       "happy",
    "glad",       "pleased",     "looking",   "look",          "apologise", "apologize", "regret",    "sympathise", "notice",
    "gather",     "say",         "agree",     "wonder",        "wondering", "be",        "been",      "very",       "truly",
    "really",     "so",          "not",       "have",          "had",       "has",       "read",      "noted",      "heard",
    "understood", "appreciated", "seen",      "sure",          "aware",     "certain",   "told",      "only",       "terribly",
    "deeply",     "sincerely",   "require",   "suggest",       "assume",    "assure",    "recommend", "a",          "the",
    "your",       "an",          "delighted", "thinking",      "hearing",   "imagining", "lost",      "missed",     "love",
    "expect",     "like",        "value",     "understanding", "in",        "with",      "here",      "on",         "at",
    "angry",      "upset",       "annoyed",   "frustrated",    "cross",     "also",      "sad",       "grateful",   "from"};
  return word_in(word, words, G_N_ELEMENTS(words));
}

static bool is_done(const Word *word) { // "refunded", "sent"
  static const char *const words[] = {"sent", "found",   "spoke", "took", "made",  "put",   "got",   "booked",  "paid",
                                      "left", "gave",    "wrote", "held", "set",   "rang",  "built", "drew",    "began",
                                      "went", "brought", "chose", "did",  "dealt", "spent", "kept",  "rebooked"};
  size_t size = strlen(word->folded);
  return (size > 3 && strcmp(word->folded + size - 2, "ed") == 0) || word_in(word, words, G_N_ELEMENTS(words));
}

static bool is_deed(const Word *word) { // a verb in its plain form after "I"
  static const char *const words[] = {"refund", "send",   "call",   "ring", "write", "check", "book",   "ask",     "pay",
                                      "cancel", "credit", "return", "mail", "phone", "post",  "order",  "arrange", "repair",
                                      "bring",  "swap",   "email",  "move", "ship",  "text",  "collect"};
  return word_in(word, words, G_N_ELEMENTS(words));
}

// From the word after "I" on: the verb, when it is something that I do.
static bool action_after(const Passage *passage, uint32_t at, uint32_t end, Action *out) {
  static const char *const helpers[] = {"have", "will", "am", "can", "could", "would", "shall", "may", "might", "must"};
  static const char *const between[] = {"just",   "now",         "already", "also",   "going",      "to",      "like",
                                        "want",   "happily",     "gladly",  "then",   "already",    "today",   "personally",
                                        "be",     "love",        "always",  "would",  "certainly",  "too",     "of",
                                        "course", "immediately", "been",    "able",   "therefore",  "myself",  "glad",
                                        "happy",  "prepared",    "ready",   "simply", "definitely", "quickly", "directly"};
  static const char *const somebody[] = {"a", "an", "the", "someone", "somebody", "it", "this", "your"};
  bool has_helper = false;
  for (uint32_t steps = 0; at < end && steps < 7; at++, steps++) {
    const Word *word = &passage->words.items[at];
    bool is_helper = word_in(word, helpers, G_N_ELEMENTS(helpers));
    bool gets_done = has_helper && word_is(word, "have") && at + 1 < end && word_in(&word[1], somebody, G_N_ELEMENTS(somebody));
    if (!gets_done && (is_helper || word_in(word, between, G_N_ELEMENTS(between)))) {
      has_helper |= is_helper;
      continue;
    }
    bool is_past = is_done(word);
    if (!gets_done && (is_state(word) || !(has_helper || is_past || is_deed(word)))) return false;
    *out = (Action){.last = at, .is_past = is_past};
    return true;
  }
  return false;
}

bool find_action(const Passage *passage, uint32_t from, uint32_t to, Action *out) {
  for (uint32_t at = from; at < to; at++) {
    const Word *word = &passage->words.items[at];
    if (word->is_quoted) continue;
    uint32_t end = MIN(to, line_of(passage, at)->first + line_of(passage, at)->count);
    if (word_is(word, "let") && at + 2 < end && word_is(&word[1], "me")) {
      static const char *const idle[] = {"know", "say", "assure", "tell", "start", "begin", "explain", "make"};
      if (word_in(&word[2], idle, G_N_ELEMENTS(idle))) continue;
      *out = (Action){.first = at, .last = at + 2};
      return true;
    }
    if (!word_is(word, "i")) continue;
    bool is_denied = false;
    for (uint32_t next = at + 1; next < end && next < at + 4; next++) is_denied |= word_is(&passage->words.items[next], "not");
    if (is_denied || !action_after(passage, at + 1, end, out)) continue;
    out->first = at;
    return true;
  }
  return false;
}

// ---- Advice ----

static void add(CoachStudy *study, Advice advice) {
  size_t same = 0;
  list_each(const Advice, other, &study->out->advice) same += other->rule == advice.rule;
  if (same >= ADVICE_A_RULE) return;
  // The first of a rule says what matters; its repetitions stand behind other rules.
  double repeated = same == 0 ? 1 : 0.5 / (double)same;
  // A draft may hold any bytes; what is offered is text.
  if (!g_utf8_validate(advice.instead, -1, NULL))
    advice.instead = arena_take(study->arena, g_utf8_make_valid(advice.instead, -1));
  if (!g_utf8_validate(advice.why, -1, NULL)) advice.why = arena_take(study->arena, g_utf8_make_valid(advice.why, -1));
  advice.weight = coach_rules[advice.rule].strength * CLAMP(advice.weight, 0, 1) * repeated;
  *list_add(study->arena, &study->out->advice) = advice;
}

void advise_bytes(CoachStudy *study, CoachRule rule, size_t start, size_t end, double severity, const char *why,
                  const char *instead) {
  add(study,
      (Advice){.rule = rule, .start = (int64_t)start, .end = (int64_t)end, .why = why, .instead = instead, .weight = severity});
}

void advise_at(CoachStudy *study, CoachRule rule, uint32_t first, uint32_t last, double severity, const char *why,
               const char *instead) {
  const Word *words = study->draft.words.items;
  advise_bytes(study, rule, words[first].start, words[last].end, severity, why, instead);
}

void advise_opening(CoachStudy *study, CoachRule rule, double severity, const char *why, const char *instead) {
  int64_t at = study->draft.lines.items[0].start;
  if (study->draft.lines.items[0].is_item) at = study->draft.begin;
  add(study, (Advice){rule, at, at, why, arena_printf(study->arena, "%s ", instead), true, severity});
}

void advise_closing(CoachStudy *study, CoachRule rule, double severity, const char *why, const char *instead) {
  const Line *line = &study->draft.lines.items[study->draft.lines.count - 1];
  bool is_closed = line->end > 0 && strchr(".?!:;)\"", study->draft.text[line->end - 1]) != NULL;
  const char *join = line->is_item ? "\n" : is_closed ? " " : ". ";
  add(study, (Advice){rule, line->end, line->end, why, arena_printf(study->arena, "%s%s", join, instead), true, severity});
}

void step_met(CoachStudy *study, CoachStep step, uint32_t first, uint32_t last) {
  if (study->out->steps[step]) return;
  study->out->steps[step] = true;
  study->out->step_spans[step] = (StepSpan){study->draft.words.items[first].start, study->draft.words.items[last].end};
}

const char *words_text(const CoachStudy *study, uint32_t first, uint32_t last) {
  const Word *words = study->draft.words.items;
  return arena_strndup(study->arena, study->draft.text + words[first].start, words[last].end - words[first].start);
}

uint32_t clause_end(const Passage *passage, uint32_t word) {
  uint32_t end = line_of(passage, word)->first + line_of(passage, word)->count;
  while (word + 1 < end && !passage->words.items[word + 1].after_break) word++;
  return word;
}

const char *capital_as(const CoachStudy *study, uint32_t word, const char *text) {
  bool is_capital = g_ascii_isupper(study->draft.text[study->draft.words.items[word].start]);
  bool is_i = text[0] == 'I' && !g_ascii_isalpha(text[1]);
  if (!*text || is_i || (text[0] & 0x80)) return text;
  char *copy = arena_strdup(study->arena, text);
  copy[0] = is_capital ? g_ascii_toupper(copy[0]) : g_ascii_tolower(copy[0]);
  return copy;
}

uint32_t clause_start(const Passage *passage, uint32_t word) {
  while (word > line_of(passage, word)->first && !passage->words.items[word].after_break) word--;
  return word;
}

const char *advice_wording(const CoachStudy *study, const Hit *hit, uint32_t last) {
  const char *shape = hit->row->instead, *rest = strstr(shape, "%s");
  if (!rest) return capital_as(study, hit->first, arena_strndup(study->arena, shape, strcspn(shape, ".")));
  const char *tail = last > hit->last ? words_text(study, hit->last + 1, last) : "";
  const char *text = arena_printf(study->arena, "%.*s%s%s%s", (int)(rest - shape), shape, *tail ? " " : "", tail, rest + 2);
  return capital_as(study, hit->first, text);
}
