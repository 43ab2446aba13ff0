// insight_abuse_lines DATA: the lines that the abuse model is trained from, for insight_train, on standard output. DATA is a folder with
// the public sets in the folders named below; doc/insight-behaviour.md says where each comes from and under which licence.
// ConvAbuse counts three times, being the only one where people speak to somebody who serves them; complaints and bank
// queries teach that displeasure is no abuse, sentences with words of identity that those words are none. Which lines of a
// large set are taken is decided by a hash of the text, so the same data give the same lines.
#include "base/list.h"
#include "insight/csv.h"
#include "insight/identity.h"

#include <stdio.h>
#include <stdlib.h>

#define CONVERSATION_TIMES 3
#define DISPLEASED_TIMES 6
#define TAUGHT_TIMES 8
#define DAVIDSON_OFFENSIVE_SHARE 28 // percent of the offensive tweets: mostly one vulgar dialect, labelled by outsiders
#define BANK_SHARE 20               // percent
#define STORY_SENTENCES_SHARE 14    // percent

static bool is_taken(const char *text, unsigned percent) { return g_str_hash(text) % 100 < percent; }

static char *read_file(Arena *arena, const char *data, const char *name) {
  g_autofree char *path = g_build_filename(data, name, NULL);
  char *text = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(path, &text, NULL, &error)) {
    fprintf(stderr, "insight_abuse_lines: %s\n", error->message);
    exit(66);
  }
  return arena_take(arena, text);
}

// White space made single; addresses and names of Twitter made alike.
static void print_line(const char *text, double target) {
  g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
  g_autoptr(GString) line = g_string_new(NULL);
  for (char **word = words; *word; word++) {
    if (!**word || g_str_has_prefix(*word, "http") || strcmp(*word, "RT") == 0) continue;
    if (line->len) g_string_append_c(line, ' ');
    g_string_append(line, (*word)[0] == '@' ? "@user" : *word);
  }
  if (!line->len) return;
  if (target > 0)
    printf("%s\t0:%.3f\n", line->str, target);
  else
    printf("%s\t-\n", line->str);
}

typedef struct Row {
  const char *const *names;
  char *values[64];
  size_t count;
} Row;

static const char *value_of(const Row *row, const char *name) {
  for (size_t i = 0; i < row->count; i++) {
    if (strcmp(row->names[i], name) == 0) return row->values[i];
  }
  return "";
}

typedef void (*RowUse)(const Row *row);

static void each_row(Arena *arena, const char *data, const char *file, RowUse use) {
  char *rest = read_file(arena, data, file);
  const char *names[64];
  Row row = {.names = names};
  bool is_last = false;
  for (size_t i = 0; !is_last; i++) {
    char *name = csv_field(&rest, &is_last);
    if (i < G_N_ELEMENTS(names)) names[i] = name, row.count = i + 1;
  }
  while (*rest) {
    is_last = false;
    for (size_t i = 0; i < row.count; i++) row.values[i] = "";
    for (size_t i = 0; !is_last; i++) {
      char *value = csv_field(&rest, &is_last);
      if (i < row.count) row.values[i] = value;
    }
    use(&row);
  }
}

// Each annotator gave 1, 0, -1, -2 or -3; the target is the share who gave less than nothing.
static void use_conversation(const Row *row) {
  double abusive = 0, all = 0;
  for (size_t i = 0; i < row->count; i++) {
    const char *column = strstr(row->names[i], "is_abuse.");
    if (!column || row->values[i][0] != '1') continue;
    all++, abusive += column[strlen("is_abuse.")] == '-';
  }
  for (int i = 0; all > 0 && i < CONVERSATION_TIMES; i++) print_line(value_of(row, "user"), abusive / all);
}

static void use_tweet(const Row *row) {
  double all = g_ascii_strtod(value_of(row, "count"), NULL);
  double rude = g_ascii_strtod(value_of(row, "hate_speech"), NULL) + g_ascii_strtod(value_of(row, "offensive_language"), NULL);
  const char *text = value_of(row, "tweet");
  if (all <= 0 || (rude / all >= 0.5 && !is_taken(text, DAVIDSON_OFFENSIVE_SHARE))) return;
  g_autoptr(GRegex) entities = g_regex_new("&#?\\w+;", 0, 0, NULL);
  g_autofree char *plain = g_regex_replace_literal(entities, text, -1, 0, " ", 0, NULL);
  print_line(plain ? plain : text, rude / all);
}

static void use_spans(const Row *row) { print_line(value_of(row, "text"), strcmp(value_of(row, "spans"), "[]") != 0); }
static void use_talk(const Row *row) { print_line(value_of(row, "comment"), strcmp(value_of(row, "toxic"), "True") == 0); }

static void use_request(const Row *row) { // the politest half; rude ones may be rude
  if (g_ascii_strtod(value_of(row, "Normalized Score"), NULL) > 0) print_line(value_of(row, "Request"), 0);
}

// Sentences of office mail: label, tab, sentence.
static void use_mail(Arena *arena, const char *data) {
  g_auto(GStrv) lines = g_strsplit(read_file(arena, data, "email_intent/Ask0729-fixed.txt"), "\n", -1);
  for (char **line = lines; *line; line++) {
    const char *tab = strchr(*line, '\t');
    if (tab && g_utf8_validate(tab, -1, NULL)) print_line(tab + 1, 0);
  }
}

static void use_query(const Row *row) {
  if (is_taken(value_of(row, "text"), BANK_SHARE)) print_line(value_of(row, "text"), 0);
}

static void use_story(const Row *row) {
  g_auto(GStrv) sentences = g_regex_split_simple("(?<=[.!?])\\s+", value_of(row, "Consumer complaint narrative"), 0, 0);
  for (char **sentence = sentences; sentences && *sentence; sentence++) {
    size_t size = strlen(*sentence);
    if (size > 20 && size < 300 && is_taken(*sentence, STORY_SENTENCES_SHARE)) print_line(*sentence, 0);
  }
}

static void print_filled(const char *const *sentences, size_t sentence_count, const char *const *words, size_t word_count) {
  for (size_t i = 0; i < sentence_count; i++) {
    g_auto(GStrv) parts = g_strsplit(sentences[i], "{}", 2);
    for (size_t j = 0; j < word_count; j++) {
      g_autofree char *line = g_strconcat(parts[0], words[j], parts[1], NULL);
      print_line(line, 0);
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: insight_abuse_lines DATA > LINES.tsv\n");
    return 64;
  }
  g_autoptr(Arena) arena = arena_new();
  each_row(arena, argv[1], "hostility/convabuse/ConvAbuseEMNLPtrain.csv", use_conversation);
  each_row(arena, argv[1], "hostility/davidson/labeled_data.csv", use_tweet);
  each_row(arena, argv[1], "hostility/toxic_spans/tsd_train.csv", use_spans);
  each_row(arena, argv[1], "hostility/toxic_spans/tsd_trial.csv", use_spans);
  each_row(arena, argv[1], "hostility/wikipedia_talk_toxicity/comments.csv", use_talk);
  each_row(arena, argv[1], "cfpb_complaints/complaints_with_narrative.csv", use_story);
  each_row(arena, argv[1], "banking77/train.csv", use_query);
  each_row(arena, argv[1], "politeness/wikipedia.annotated.csv", use_request);
  each_row(arena, argv[1], "politeness/stack-exchange.annotated.csv", use_request);
  use_mail(arena, argv[1]);
  for (int i = 0; i < TAUGHT_TIMES; i++)
    print_filled(taught_sentences, taught_sentence_count, identity_words, identity_taught_count);
  print_filled(harsh_sentences, harsh_sentence_count, harsh_words, harsh_word_count);
  for (size_t i = 0; i < displeased_sentence_count * DISPLEASED_TIMES; i++)
    print_line(displeased_sentences[i % displeased_sentence_count], 0);
  return 0;
}
