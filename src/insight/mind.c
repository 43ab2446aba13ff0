// The built-in models, opened once; and the features of a passage. Beside n-grams, a model of feelings is shown what our word lists
// hear: each row that speaks (named by its first phrase, so that rows may move), whether it is denied, how strongly each label
// is heard, in fifths, and the valence. That lifts the 28 labels more than any other kind of feature (doc/insight.md).
#include "insight/mind.h"

#include "base/embedded.h"

#include <math.h>

#define STEPS 5 // of a score

extern const EmbeddedFile insight_models[];
extern const size_t insight_models_count;

static Bytes model_bytes(const char *name) {
  for (size_t i = 0; i < insight_models_count; i++)
    if (strcmp(insight_models[i].name, name) == 0) return insight_models[i].bytes;
  g_error("no model %s", name);
}

uint64_t mind_mark(void) {
  uint64_t mark = 0;
  for (size_t i = 0; i < insight_models_count; i++) {
    Bytes bytes = insight_models[i].bytes; // their own checksums are at the end
    mark = mark * UINT64_C(1099511628211) + bytes_checksum((const char *)bytes.data + bytes.size - 8, 8);
  }
  return mark;
}

const char *const mind_file_names[MIND_FILE_COUNT] = {"emotion.model", "emotion.words", "emotion.net", "emotion.graph"};

static bool open_models(Model *linear, Net *net, Graph *graph, const Bytes *files, GError **error) {
  if (!model_open(linear, files[MIND_LINEAR], error) || !net_open(net, files[MIND_WORDS], files[MIND_NET], error) ||
      !graph_open(graph, files[MIND_GRAPH], error))
    return false;
  return (linear->outputs == EMOTION_COUNT && net->outputs == EMOTION_COUNT) ||
         error_set(error, ERROR_BROKEN, "The model has other labels.");
}

bool mind_open(Arena *arena, Mind *out, const Bytes files[MIND_FILE_COUNT], GError **error) {
  Model *model = arena_make(arena, Model);
  Net *net = arena_make(arena, Net);
  Graph *graph = arena_make(arena, Graph);
  *out = (Mind){.emotions = model, .net = net, .graph = graph};
  return open_models(model, net, graph, files, error);
}

static Model builtin_model, builtin_abuse;
static Net builtin_net;
static Graph builtin_graph;
static const Mind builtin = {.emotions = &builtin_model, .net = &builtin_net, .graph = &builtin_graph, .abuse = &builtin_abuse};

static const Mind *chosen = &builtin; // but for tools, always this one

static void open_builtin(void) {
  g_autoptr(GError) error = NULL;
  Bytes files[MIND_FILE_COUNT];
  for (size_t i = 0; i < MIND_FILE_COUNT; i++) files[i] = model_bytes(mind_file_names[i]);
  if (!open_models(&builtin_model, &builtin_net, &builtin_graph, files, &error) ||
      !model_open(&builtin_abuse, model_bytes("abuse.model"), &error))
    g_error("a built-in model: %s", error->message);
}

const Mind *mind_get(void) {
  static gsize is_open = 0;
  if (g_once_init_enter(&is_open)) {
    open_builtin();
    g_once_init_leave(&is_open, 1);
  }
  return chosen;
}

void mind_use(const Mind *mind) {
  static Mind mixed;
  mind_get();
  mixed = *mind;
  mixed.abuse = &builtin_abuse;
  chosen = &mixed;
}

void mind_feel(const Mind *mind, const FeatureSet *set, double *out_probabilities) {
  double linear[MODEL_OUTPUTS], net[MODEL_OUTPUTS], logits[EMOTION_COUNT], share = (double)mind->net->share;
  model_score(mind->emotions, set, linear);
  net_score(mind->net, set, net);
  for (size_t i = 0; i < EMOTION_COUNT; i++) {
    const ModelOutput *output = &mind->emotions->output[i];
    logits[i] = (double)output->slope * ((1 - share) * linear[i] + share * net[i]) + (double)output->shift;
  }
  graph_apply(mind->graph, logits, out_probabilities);
}

static uint32_t row_number(const Row *row) { // of its first phrase, FNV-1a
  uint32_t hash = UINT32_C(2166136261);
  for (const char *c = row->phrases; *c && *c != ','; c++) hash = (hash ^ (unsigned char)*c) * UINT32_C(16777619);
  return hash;
}

static void add_rows(FeatureSet *set, const Study *study, size_t number) {
  const Sentence *sentence = &study->scan->sentences.items[number];
  list_each(Match, match, &study->matches[number]) {
    if (match->kind != MATCH_EMOTION) continue;
    feature_add_own(set, is_negated(study->scan, sentence, match->first) ? "denied row" : "row", row_number(match->row));
  }
}

static void add_scores(FeatureSet *set, const Study *study, size_t first, size_t count) {
  bool is_silent = true;
  double sum = 0;
  for (size_t label = 0; label < EMOTION_NEUTRAL; label++) {
    double score = 0;
    for (size_t i = first; i < first + count; i++) score = MAX(score, study->voices[i].scores[label]);
    uint32_t step = (uint32_t)(score * STEPS + 0.5);
    if (!step) continue;
    is_silent = false;
    feature_add_own(set, "score", (uint32_t)label * (STEPS + 1) + step);
  }
  if (is_silent) feature_add_own(set, "silent", 0);
  for (size_t i = first; i < first + count; i++) sum += study->voices[i].sum;
  feature_add_own(set, "valence", (uint32_t)(valence_of_sum(sum) * STEPS + STEPS + 0.5));
}

void feeling_features(FeatureSet *set, unsigned kinds, const Study *study, size_t first, size_t count) {
  const Scan *scan = study->scan;
  size_t from = count ? scan->sentences.items[first].start : 0, to = count ? scan->sentences.items[first + count - 1].end : 0;
  features_take(set, kinds, scan->text, from, to);
  if (!(kinds & FEATURE_LISTS)) return;
  for (size_t i = first; i < first + count; i++) add_rows(set, study, i);
  add_scores(set, study, first, count);
}

void feeling_features_of_text(FeatureSet *set, unsigned kinds, const char *text, size_t length, Reading *out_heard) {
  g_autoptr(Arena) scratch = arena_new();
  Scan scan = {.text = text, .length = length};
  if (length) scan_passage(scratch, &scan, 0, length);
  Study study = {.scratch = scratch, .scan = &scan};
  study.matches = arena_make_array(scratch, MatchList, scan.sentences.count + 1);
  for (size_t i = 0; i < scan.sentences.count; i++)
    lexicon_match(scratch, lexicon_get(), &scan, &scan.sentences.items[i], &study.matches[i]);
  Reading heard = {0};
  hear_emotions(&study, out_heard ? out_heard : &heard);
  feeling_features(set, kinds, &study, 0, scan.sentences.count);
}
