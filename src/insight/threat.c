// Threats that no list foresees, by their parts: somebody who means to ("I will", "my brother is going to", "someone should"), a
// deed that hurts, and a person, a body or a place that it is done to. The deed may be plain ("strangle") or one that only
// hurts when a person follows at once ("throw him"). Left out: deeds that are denied, done to the writer, told of others, or
// part of an idiom. Phrases (behaviour_words.c, threat_words.c) say the rest.
#include "insight/behaviour.h"
#include "insight/engine.h"

#define LOOK_FOR_INTENT 9 // words before the deed
#define LOOK_FOR_ACTOR 4  // words before the intent
#define LOOK_FOR_TARGET 6 // words after a plain deed
#define LOOK_NEAR 4       // words after one that needs a person at once

#define PERSONS (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_TARGET) | CLASS_BIT(CLASS_STAFF) | CLASS_BIT(CLASS_KIN))
#define DEEDS (CLASS_BIT(CLASS_HURT) | CLASS_BIT(CLASS_STRIKE) | CLASS_BIT(CLASS_DEADLY))

static bool is_in_idiom(const MatchList *matches, size_t at) {
  list_each(Match, match, matches) {
    if (match->kind == MATCH_BEHAVIOUR && !match->row->says[0].percent && match->first <= at && at <= match->last) return true;
  }
  return false;
}

static bool is_of(const Scan *scan, size_t at, uint32_t classes) { return scan->tokens.items[at].classes & classes; }

// Who means to do it stands before the intent: me or mine, somebody who should, or nobody at the start of a sentence
// ("gonna kill him"). A third person means nothing to us: that is a report.
static bool has_actor(const Scan *scan, const Sentence *sentence, size_t intent, size_t *out_first) {
  *out_first = intent;
  if (intent == sentence->first) return true;
  for (size_t back = 1; back <= LOOK_FOR_ACTOR && intent >= sentence->first + back; back++) {
    size_t at = intent - back;
    if (is_of(scan, at, CLASS_BIT(CLASS_THIRD))) return false;
    if (is_of(scan, at, CLASS_BIT(CLASS_FIRST))) return *out_first = at, true;
    if (back <= 2 && is_of(scan, at, CLASS_BIT(CLASS_TARGET)) && !is_of(scan, at, CLASS_BIT(CLASS_YOU)))
      return *out_first = at, true;
  }
  return false;
}

static bool finds_intent(const Scan *scan, const Sentence *sentence, size_t deed, size_t *out_first) {
  for (size_t back = 1; back <= LOOK_FOR_INTENT && deed >= sentence->first + back; back++) {
    size_t at = deed - back;
    if (is_of(scan, at, CLASS_BIT(CLASS_NEGATION)) && back <= 3) return false;
    if (is_of(scan, at, CLASS_BIT(CLASS_INTENT)) && has_actor(scan, sentence, at, out_first)) return true;
  }
  return false;
}

// A person behind the deed; or for a plain one a body or place that is not the writer's own.
static bool finds_target(const Scan *scan, const Sentence *sentence, size_t deed, size_t *out_last) {
  bool is_plain = is_of(scan, deed, CLASS_BIT(CLASS_DEADLY)), is_owned = false;
  size_t end = MIN(sentence->first + sentence->count, deed + 1 + (is_plain ? LOOK_FOR_TARGET : LOOK_NEAR));
  for (size_t at = deed + 1; at < end; at++) {
    if (is_of(scan, at, CLASS_BIT(CLASS_FIRST) | CLASS_BIT(CLASS_HARMLESS) | CLASS_BIT(CLASS_HINGE))) return false;
    if (is_of(scan, at, CLASS_BIT(CLASS_YOUR))) {
      is_owned = true, end = MIN(sentence->first + sentence->count, end + 2);
      continue;
    }
    bool is_target = is_of(scan, at, PERSONS) || (is_owned && is_of(scan, at, CLASS_BIT(CLASS_BODY))) ||
                     (is_owned && is_plain && is_of(scan, at, CLASS_BIT(CLASS_PLACE)));
    if (is_target) return *out_last = at, true;
  }
  return false;
}

bool sentence_threatens(const Scan *scan, const Sentence *sentence, const MatchList *matches, size_t *out_first,
                        size_t *out_last) {
  size_t end = sentence->first + sentence->count;
  for (size_t at = sentence->first; at < end; at++) {
    if (!is_of(scan, at, DEEDS) || scan->tokens.items[at].in_quotes || is_in_idiom(matches, at)) continue;
    if (finds_target(scan, sentence, at, out_last) && finds_intent(scan, sentence, at, out_first)) return true;
  }
  return false;
}
