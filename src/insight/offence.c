// Which words of a text the shield may fold. Sentence by sentence: the phrases and the model that make a message hostile or abusive
// (behaviour.c) say which words do it; around them the clause is taken, from one break or joining word to the next. Where the rest of
// the clause tells of the matter (things, times, numbers, what failed, what is wanted), only the harsh words themselves are; what is
// left beside them and only goes on about the reader ("all of you") goes along, and where little would be left, all of the sentence.
#include "insight/behaviour.h"
#include "insight/mind.h"

#define TRAILING_MOST 7      // words
#define LEFT_WORTH_READING 3 // words of a sentence or clause; fewer go with their neighbours
#define TELLS_OF_MATTER (CLASS_BIT(CLASS_ITEM) | CLASS_BIT(CLASS_PERIOD) | CLASS_BIT(CLASS_NUMBER) | CLASS_BIT(CLASS_KIN))
#define HARSH                                                                                                                    \
  (CLASS_BIT(CLASS_INSULT) | CLASS_BIT(CLASS_SLIGHT) | CLASS_BIT(CLASS_PROFANITY) | CLASS_BIT(CLASS_VULGAR) |                    \
   CLASS_BIT(CLASS_SLUR))
#define LEADS_IN (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR) | CLASS_BIT(CLASS_BE) | CLASS_BIT(CLASS_BOOSTER))

typedef struct Search {
  const Scan *scan;
  const MatchList *matches; // of the sentence
  const Sentence *sentence;
  Arena *arena; // of the result
  OffenceList *out;
} Search;

typedef struct Stretch { // of tokens, both inclusive
  size_t first, last;
  Behaviour level;
  bool is_threat;
} Stretch;
LIST_DEFINE(Stretch)

static bool begins_clause(const Scan *scan, size_t at) {
  const Token *token = &scan->tokens.items[at];
  if (token->after_break || (token->classes & CLASS_BIT(CLASS_HINGE))) return true;
  const Lexicon *lexicon = lexicon_get();
  return token->word == lexicon_word(lexicon, "and", 3) || token->word == lexicon_word(lexicon, "but", 3) ||
         token->word == lexicon_word(lexicon, "so", 2);
}

static Stretch clause_around(const Search *search, const Stretch *words) {
  Stretch clause = *words;
  size_t end = search->sentence->first + search->sentence->count - 1;
  while (clause.first > search->sentence->first && !begins_clause(search->scan, clause.first)) clause.first--;
  while (clause.last < end && !begins_clause(search->scan, clause.last + 1)) clause.last++;
  return clause;
}

// Whether tokens `first` … `last`, those between `words` aside, tell of the matter.
static bool holds_matter(const Search *search, size_t first, size_t last, const Stretch *words) {
  const Token *tokens = search->scan->tokens.items;
  for (size_t i = first; i <= last; i++) {
    bool is_harsh = i >= words->first && i <= words->last;
    if (!is_harsh && ((tokens[i].classes & TELLS_OF_MATTER) || g_ascii_isdigit(search->scan->text[tokens[i].start]))) return true;
  }
  list_each(Match, match, search->matches) {
    bool is_there = match->first >= first && match->last <= last && (match->last < words->first || match->first > words->last);
    if (is_there && (match->kind == MATCH_GAP || match->kind == MATCH_REASON)) return true;
  }
  return false;
}

// Whether what a clause says beside the harsh words is worth reading: enough of it, and about the matter.
static bool tells_of_matter(const Search *search, const Stretch *clause, const Stretch *words) {
  size_t rest = clause->last - clause->first + 1 - (words->last - words->first + 1);
  return rest >= LEFT_WORTH_READING && holds_matter(search, clause->first, clause->last, words);
}

// A short rest that goes on about the reader and tells nothing: "all of you", "and so is your mother".
static bool is_trailing(const Search *search, size_t first, size_t last) {
  static const Stretch none = {.first = SIZE_MAX};
  if (last - first + 1 > TRAILING_MOST || holds_matter(search, first, last, &none)) return false;
  bool is_to_you = false;
  for (size_t i = first; i <= last; i++) {
    uint32_t classes = search->scan->tokens.items[i].classes;
    if (classes & CLASS_BIT(CLASS_FIRST)) return false;
    is_to_you = is_to_you || (classes & (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR) | HARSH));
  }
  return is_to_you;
}

// "are a complete" before "idiot", "and bloody useless" after it.
static Stretch whole_insult(const Search *search, const Stretch *words) {
  const Token *tokens = search->scan->tokens.items;
  Stretch wide = *words;
  size_t end = search->sentence->first + search->sentence->count - 1;
  while (wide.first > search->sentence->first && (tokens[wide.first - 1].classes & (LEADS_IN | HARSH)) &&
         !tokens[wide.first].after_break)
    wide.first--;
  while (wide.last < end && (tokens[wide.last + 1].classes & HARSH)) wide.last++;
  return wide;
}

static void put(const Search *search, size_t start, size_t end, const Stretch *what) {
  OffenceList *out = search->out;
  Offence *before = out->count ? &out->items[out->count - 1] : NULL;
  if (before && (int64_t)start <= before->end) {
    before->end = MAX(before->end, (int64_t)end);
    before->level = MAX(before->level, what->level);
    before->is_threat = before->is_threat || what->is_threat;
  } else if (end > start && out->count < SPANS_MOST)
    *list_add(search->arena, out) = (Offence){(int64_t)start, (int64_t)end, what->level, what->is_threat};
}

// With the blanks and marks up to the next word, so that no comma is left alone.
static size_t end_with_marks(const Search *search, size_t last) {
  const Token *tokens = search->scan->tokens.items;
  size_t end = search->sentence->first + search->sentence->count - 1;
  if (last >= end) return search->sentence->end;
  return tokens[last + 1].start > tokens[last].end ? tokens[last + 1].start : tokens[last].end;
}

static void fold(const Search *search, const StretchList *stretches) {
  const Token *tokens = search->scan->tokens.items;
  g_autofree bool *folded = g_new0(bool, search->sentence->count);
  size_t left = search->sentence->count;
  Stretch all = {.first = search->sentence->first, .last = search->sentence->first + search->sentence->count - 1};
  list_each(Stretch, stretch, stretches) {
    all.level = MAX(all.level, stretch->level);
    all.is_threat = all.is_threat || stretch->is_threat;
    for (size_t i = stretch->first; i <= stretch->last; i++) {
      left -= !folded[i - all.first];
      folded[i - all.first] = true;
    }
  }
  for (size_t i = 0; i < search->sentence->count; i++) {
    size_t last = i;
    while (!folded[i] && last + 1 < search->sentence->count && !folded[last + 1]) last++;
    if (!folded[i] && is_trailing(search, all.first + i, all.first + last))
      for (size_t j = i; j <= last; j++) folded[j] = true, left--;
    i = last;
  }
  bool names_matter = false; // "my parcel" is few words, and what it is about
  for (size_t i = 0; i < search->sentence->count; i++)
    names_matter = names_matter || (!folded[i] && (tokens[all.first + i].classes & CLASS_BIT(CLASS_ITEM)));
  if (left < LEFT_WORTH_READING && !(names_matter && left > 1)) {
    put(search, tokens[all.first].start, search->sentence->end, &all);
    return;
  }
  for (size_t i = 0; i < search->sentence->count; i++) {
    if (!folded[i]) continue;
    size_t last = i;
    while (last + 1 < search->sentence->count && folded[last + 1]) last++;
    bool ends_clause = last + 1 == search->sentence->count || begins_clause(search->scan, all.first + last + 1);
    size_t end = ends_clause ? end_with_marks(search, all.first + last) : tokens[all.first + last].end;
    put(search, tokens[all.first + i].start, end, &all);
    i = last;
  }
}

static void add(Arena *scratch, const Search *search, StretchList *list, const Stretch *words) {
  Stretch clause = clause_around(search, words), wide = whole_insult(search, words);
  *list_add(scratch, list) = tells_of_matter(search, &clause, &wide) ? wide : clause;
}

static void search_sentence(Arena *scratch, const Search *search, double probability) {
  const Scan *scan = search->scan;
  const Sentence *sentence = search->sentence;
  StretchList found = {0};
  list_each(Match, match, search->matches) {
    Blow blow = match_blow(scan, sentence, search->matches, match);
    Behaviour level = blow_level(blow);
    if (level >= BEHAVIOUR_HOSTILE)
      add(scratch, search, &found, &(Stretch){match->first, match->last, level, blow == BLOW_THREAT});
  }
  Stretch threat = {.level = BEHAVIOUR_ABUSIVE, .is_threat = true};
  if (sentence_threatens(scan, sentence, search->matches, &threat.first, &threat.last)) add(scratch, search, &found, &threat);
  Behaviour supported = sentence_level(scan, sentence, probability);
  for (size_t i = sentence->first; supported >= BEHAVIOUR_HOSTILE && i < sentence->first + sentence->count; i++)
    if (scan->tokens.items[i].classes & HARSH) add(scratch, search, &found, &(Stretch){i, i, supported, false});
  if (found.count) fold(search, &found);
}

// Without one the model bears nothing out, so it need not be asked.
static bool has_harsh_word(const Scan *scan) {
  list_each(Token, token, &scan->tokens)
    if (token->classes & HARSH) return true;
  return false;
}

// Telling the language costs more than all the rest, and most texts hold nothing harsh: so it is asked last.
void insight_offences(Arena *arena, const char *text, size_t length, OffenceList *out) {
  g_autoptr(Arena) scratch = arena_new();
  Scan scan = {.text = text, .length = length};
  size_t before = out->count;
  if (length) scan_text(scratch, &scan);
  if (!scan.sentences.count) return;
  MatchList *matches = arena_make_array(scratch, MatchList, scan.sentences.count);
  Suspicion *suspicions = arena_make_array(scratch, Suspicion, scan.sentences.count);
  for (size_t i = 0; i < scan.sentences.count; i++)
    lexicon_match(scratch, lexicon_get(), &scan, &scan.sentences.items[i], &matches[i]);
  if (has_harsh_word(&scan)) suspect_abuse(&(Study){.scratch = scratch, .scan = &scan, .mind = mind_get()}, suspicions);
  for (size_t i = 0; i < scan.sentences.count; i++) {
    Search search = {&scan, &matches[i], &scan.sentences.items[i], arena, out};
    if (search.sentence->count) search_sentence(scratch, &search, suspicions[i].probability);
  }
  if (out->count > before && !language_is_english(language_of(&scan))) out->count = before;
}
