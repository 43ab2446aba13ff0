// take_corpus PATH… takes every file below the paths into a fresh desk as one mail each, and shows that nothing is lost: each becomes
// a conversation, or stands in quarantine or among the failed mails, can be shown, and its original comes back byte for byte.
// take_corpus --csv COLUMN FILE… does the same with one column of a CSV file, each cell wrapped as a mail from a person of its own.
// Prints counts and the slowest mail; exit 1 when anything is lost. The clock moves on a minute with each mail.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"

#include <stdio.h>

typedef struct Corpus {
  TestDesk *test;
  int64_t taken, known, lost, html;
  int64_t slowest;
  char slowest_name[300];
} Corpus;

static bool can_be_shown(Corpus *corpus, Arena *arena, const ReceivedResult *result, GError **error) {
  Thread thread;
  if (!result->number) return true;
  if (!conversation_show(arena, corpus->test->desk, result->number, 0, &thread, error)) return false;
  list_each(const Message, message, &thread.messages) {
    const char *html = NULL;
    if (message->id != result->message_id || !message->has_html) continue;
    if (!message_html(arena, corpus->test->desk, message->id, &html, error)) return false;
    mail_html_sanitise(arena, html, &(MailHtmlOptions){0});
    corpus->html++;
  }
  return true;
}

static bool comes_back(Corpus *corpus, Arena *arena, const ReceivedResult *result, Bytes raw, GError **error) {
  Bytes kept;
  return received_original(arena, corpus->test->desk, result->received_id, &kept, error) && bytes_equal(kept, raw);
}

static void take_one(Corpus *corpus, const char *name, Bytes raw) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  int64_t began = g_get_monotonic_time();
  ReceivedInput input = {.raw = raw, .mail = mail_parse(arena, raw), .envelope_to = "help@godwit.example"};
  ReceivedResult result = {0};
  corpus->test->clock.set_to += CLOCK_MINUTE;
  bool is_safe = received_take(arena, corpus->test->desk, &input, &result, &error) &&
                 comes_back(corpus, arena, &result, raw, &error) && can_be_shown(corpus, arena, &result, &error);
  int64_t took = g_get_monotonic_time() - began;
  corpus->taken++;
  corpus->known += result.was_known;
  if (!is_safe) {
    corpus->lost++;
    printf("lost: %s: %s\n", name, error ? error->message : "the original differs");
  }
  if (took <= corpus->slowest) return;
  corpus->slowest = took;
  g_strlcpy(corpus->slowest_name, name, sizeof corpus->slowest_name);
}

static void take_path(Corpus *corpus, const char *path) {
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  if (folder) {
    for (const char *name; (name = g_dir_read_name(folder));) {
      g_autofree char *inside = g_build_filename(path, name, NULL);
      take_path(corpus, inside);
    }
    return;
  }
  g_autofree char *bytes = NULL;
  size_t size = 0;
  if (g_file_get_contents(path, &bytes, &size, NULL)) take_one(corpus, path, bytes_of(bytes, size));
}

// Reads one cell of RFC 4180 CSV from `*at` and moves behind it; true when it was the last of its row.
static bool read_cell(const char **at, GString *cell) {
  const char *p = *at;
  bool is_quoted = *p == '"';
  g_string_truncate(cell, 0);
  if (is_quoted) p++;
  for (; *p; p++) {
    if (is_quoted && *p == '"' && p[1] == '"')
      p++;
    else if (is_quoted && *p == '"')
      is_quoted = false;
    else if (!is_quoted && (*p == ',' || *p == '\n' || *p == '\r'))
      break;
    if (*p != '"' || is_quoted) g_string_append_c(cell, *p);
  }
  bool is_last = *p != ',';
  while (*p == '\r') p++;
  *at = *p ? p + 1 : p;
  return is_last;
}

static void take_cell(Corpus *corpus, int64_t row, const GString *cell) {
  g_autofree char *name = g_strdup_printf("row %" G_GINT64_FORMAT, row);
  g_autofree char *mail = g_strdup_printf("From: Customer %" G_GINT64_FORMAT " <c%" G_GINT64_FORMAT
                                          "@customers.example>\nTo: help@godwit.example\n"
                                          "Subject: A complaint\nMessage-ID: <row%" G_GINT64_FORMAT "@customers.example>\n"
                                          "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n",
                                          row, row, row, cell->str);
  take_one(corpus, name, bytes_of_text(mail));
}

static void take_csv(Corpus *corpus, const char *path, const char *column) {
  g_autofree char *text = NULL;
  g_autoptr(GString) cell = g_string_new(NULL);
  if (!g_file_get_contents(path, &text, NULL, NULL)) return;
  int64_t wanted = -1, row = 0;
  for (const char *at = text; *at; row++) {
    bool is_last = false;
    for (int64_t i = 0; !is_last; i++) {
      is_last = read_cell(&at, cell);
      if (row == 0 && strcmp(cell->str, column) == 0) wanted = i;
      if (row > 0 && i == wanted && cell->len) take_cell(corpus, row, cell);
    }
  }
}

static int report(Corpus *corpus) {
  g_autoptr(GError) error = NULL;
  DeskCounts counts = {0};
  TextList findings = {0};
  bool is_sound = desk_count(corpus->test->desk, &counts, &error) &&
                  desk_verify(corpus->test->arena, corpus->test->desk, &findings, &error);
  list_each(const Text, finding, &findings) printf("problem: %s\n", *finding);
  printf("%" G_GINT64_FORMAT " mails taken, %" G_GINT64_FORMAT " of them the same as another; %" G_GINT64_FORMAT
         " conversations, %" G_GINT64_FORMAT " messages, %" G_GINT64_FORMAT " originals, %" G_GINT64_FORMAT
         " in quarantine, %" G_GINT64_FORMAT " failed, %" G_GINT64_FORMAT " HTML parts made safe; %" G_GINT64_FORMAT " lost\n",
         corpus->taken, corpus->known, counts.conversations, counts.messages, counts.originals, counts.quarantined, counts.failed,
         corpus->html, corpus->lost);
  printf("the slowest took %" G_GINT64_FORMAT " ms: %s\n", corpus->slowest / 1000, corpus->slowest_name);
  return is_sound && findings.count == 0 && corpus->lost == 0 && counts.originals + corpus->known == corpus->taken ? 0 : 1;
}

int main(int argc, char **argv) {
  g_autoptr(TestDesk) test = test_desk_new();
  Corpus corpus = {.test = test};
  bool is_csv = argc > 2 && strcmp(argv[1], "--csv") == 0;
  for (int i = is_csv ? 3 : 1; i < argc; i++) {
    if (is_csv)
      take_csv(&corpus, argv[i], argv[2]);
    else
      take_path(&corpus, argv[i]);
  }
  return report(&corpus);
}
