// How likely each sentence is abuse, by the model models/abuse.model (doc/insight-behaviour.md is its card), and which of its words
// weigh most. A short message is scored as a whole too, for what is said in two breaths ("Oh really? You pig."). The
// model ranks; what a message counts as is decided in behaviour.c with the words found there.
#include "insight/mind.h"

#define SHORT_MESSAGE 280 // bytes that are also scored as a whole
#define WORTH_A_WORD 0.5  // probability from which on the heaviest word is looked for

static double score(const Model *model, FeatureSet *set, const Scan *scan, size_t from, size_t to) {
  double margin;
  features_take(set, model->kinds, scan->text, from, to);
  if (!set->count) return 0;
  model_score(model, set, &margin);
  return model_probability(model, 0, margin);
}

// The token of the scan whose features move the score most; the set holds the sentence. The two cut words alike, but only the
// scan's offsets are known to stand between characters.
static const Token *heaviest_token(const Model *model, const FeatureSet *set, const Scan *scan, const Sentence *sentence) {
  double parts[FEATURE_TOKENS] = {0}, most = 0;
  size_t heaviest = FEATURE_TOKENS;
  for (size_t i = 0; i < set->count; i++) {
    const Feature *feature = &set->items[i];
    if (feature->last >= set->token_count) continue;
    double part = model_part(model, set, feature, 0) / (feature->last - feature->first + 1);
    for (size_t at = feature->first; at <= feature->last; at++) parts[at] += part;
  }
  for (size_t at = 0; at < set->token_count; at++) {
    if (set->tokens[at].is_word && parts[at] > most) most = parts[at], heaviest = at;
  }
  for (size_t i = sentence->first; heaviest < FEATURE_TOKENS && i < sentence->first + sentence->count; i++) {
    const Token *token = &scan->tokens.items[i];
    if (token->start <= set->tokens[heaviest].start && set->tokens[heaviest].start < token->end) return token;
  }
  return NULL;
}

double suspect_abuse(const Study *study, Suspicion *out_sentences) {
  const Scan *scan = study->scan;
  const Model *model = study->mind->abuse;
  FeatureSet *set = feature_set_of_thread();
  double most = 0;
  for (size_t i = 0; i < scan->sentences.count; i++) {
    const Sentence *sentence = &scan->sentences.items[i];
    Suspicion *suspicion = &out_sentences[i];
    suspicion->probability = score(model, set, scan, sentence->start, sentence->end);
    const Token *token = suspicion->probability >= WORTH_A_WORD ? heaviest_token(model, set, scan, sentence) : NULL;
    if (token) suspicion->start = token->start, suspicion->end = token->end;
    most = MAX(most, suspicion->probability);
  }
  bool is_short = scan->sentences.count > 1 && scan->length <= SHORT_MESSAGE;
  return is_short ? MAX(most, score(model, set, scan, 0, scan->length)) : most;
}
