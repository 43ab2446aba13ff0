// A reading made ready for the page: the words for it, the evidence in the text, and the arc over the conversation.
#pragma once

#include "desk/learning/learning.h"

int reading_strength(double intensity);               // 0 … 10 for the length of the line
const char *reading_strength_words(double intensity); // "no strong feeling", "slight", "moderate", "strong", "extreme"
const char *reading_need_words(Need need);            // "to be recognised and respected"
const char *reading_label_words(const char *label);   // what a span's label says, in plain words
const char *reading_valence_words(double valence);    // "very unpleasant" … "very pleasant"

// A run of a message's text, with or without evidence in it.
typedef struct TextRun {
  const char *text;
  bool is_evidence;
} TextRun;
LIST_DEFINE(TextRun)

// Cuts `text` at its evidence: overlapping words are one run. Every byte of `text` is in exactly one run.
void reading_cut(Arena *arena, const char *text, const SpanList *evidence, TextRunList *out);

typedef struct Quote { // words of the message and what they led to
  const char *words, *meaning;
} Quote;
LIST_DEFINE(Quote)
// The strongest QUOTES_MOST, in the order of the text.
void reading_quotes(Arena *arena, const char *text, const SpanList *evidence, QuoteList *out);
#define QUOTES_MOST 8

TextList reading_flag_words(Arena *arena, const ShownReading *reading);   // "A threat", …
TextList reading_reason_words(Arena *arena, const ShownReading *reading); // "not listened to", …

// What a person may say a reading should have been: "behaviour.calm", as the form sends it.
typedef struct ReadingChoice {
  const char *says, *word;
  bool is_now;
} ReadingChoice;
LIST_DEFINE(ReadingChoice)
// Of the emotions those that people tell apart well, and the one that was read.
void reading_choices(Arena *arena, const ShownReading *reading, CorrectionKind kind, ReadingChoiceList *out);
bool reading_choice_from_word(Arena *arena, const char *says, CorrectionKind *out_kind, int *out_value);

// The arc as a picture of ARC_WIDTH by ARC_HEIGHT, and in a sentence.
typedef struct ArcPicture {
  const char *points; // of the line: "8,34 60,46"
  double start_y, lowest_x, lowest_y, now_x, now_y;
  double start_label_y, now_label_y; // on the side where the line is not
  bool shows_lowest;                 // neither the first nor the last
  double trend_start_y, trend_now_y; // of the slope, through the mean
  bool shows_trend;
  const char *sentence;
} ArcPicture;
#define ARC_WIDTH 250
#define ARC_HEIGHT 96
// NULL when fewer than two messages were read.
const ArcPicture *reading_arc(Arena *arena, const MessageList *messages, const Arc *arc);
