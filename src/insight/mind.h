// Mind: the trained models that readings lean on, and how a passage is shown to them.
#pragma once

#include "insight/engine.h"
#include "insight/graph.h"
#include "insight/net.h"

struct Mind {
  const Model *emotions; // linear, over n-grams; its outputs, in the order of Emotion, hold the calibration of the blend with
  const Net *net;        // the net, and the thresholds of the final probabilities
  const Graph *graph;
  const Model *abuse; // linear, one output
};

// What is built into the program.
const Mind *mind_get(void);
// Differs when any of the built-in models does.
uint64_t mind_mark(void);
// For the tools that measure: feelings are read with another from now on. Not while anything is being read.
void mind_use(const Mind *mind);
// From the bytes of the files of a model of feelings, which must outlive the mind; it has no other models.
typedef enum MindFile { MIND_LINEAR, MIND_WORDS, MIND_NET, MIND_GRAPH, MIND_FILE_COUNT } MindFile;
extern const char *const mind_file_names[MIND_FILE_COUNT];
bool mind_open(Arena *arena, Mind *out, const Bytes files[MIND_FILE_COUNT], GError **error);

// The probability of each emotion for the passage in the set, which feeling_features filled with the kinds of mind->emotions.
void mind_feel(const Mind *mind, const FeatureSet *set, double *out_probabilities);

// The features of the sentences `first` … `first + count - 1`: those of features_take, and with FEATURE_LISTS what the word
// lists hear in them. The study has its matches and voices.
void feeling_features(FeatureSet *set, unsigned kinds, const Study *study, size_t first, size_t count);
// The same for a text on its own, as it was when a model was trained.
// `out_heard`, which may be NULL, gets the valence and the intensity that the lists hear.
void feeling_features_of_text(FeatureSet *set, unsigned kinds, const char *text, size_t length, Reading *out_heard);
