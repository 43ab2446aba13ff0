// `./dev bench`: what reading a message costs on one core. The messages are the insight library's own cases, a sentence or two each, and
// mails of ten of them; beside the time stand messages a second and, as a floor, how many times the cost of looking at each byte once.
#include "bench.h"
#include "insight/cases.h"
#include "insight/insight.h"

#include <stdio.h>

#define ROUNDS 40
#define JOINED 10

static double bytes_micros(const TextList *texts) { // FNV-1a of each
  uint64_t sum = 0;
  int64_t began = thread_cpu();
  for (int round = 0; round < ROUNDS; round++) {
    list_each(Text, text, texts) {
      uint64_t hash = UINT64_C(14695981039346656037);
      for (const char *at = *text; *at; at++) hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
      sum += hash;
    }
  }
  int64_t cost = thread_cpu() - began;
  if (!sum) printf(" "); // so that it is not left out
  return (double)cost / 1e3 / ROUNDS / (double)texts->count;
}

static double read_micros(const TextList *texts) {
  g_autoptr(Arena) one = arena_new();
  int64_t began = thread_cpu();
  for (int round = 0; round < ROUNDS; round++) {
    list_each(Text, text, texts) {
      arena_reset(one);
      insight_read(one, *text, strlen(*text));
    }
  }
  return (double)(thread_cpu() - began) / 1e3 / ROUNDS / (double)texts->count;
}

static void measure(const char *title, const TextList *texts) {
  size_t bytes = 0;
  list_each(Text, text, texts) bytes += strlen(*text);
  read_micros(texts); // warms up
  double cost = read_micros(texts);
  printf("reading %-24s %7.1f µs each (%zu bytes), %.0f a second on one core, %.0f times a look at each byte\n", title, cost,
         bytes / texts->count, 1e6 / cost, cost / bytes_micros(texts));
}

int main(void) {
  g_autoptr(Arena) arena = arena_new();
  TextList messages = {0}, mails = {0};
  for (size_t i = 0; i < reading_case_count; i++) *list_add(arena, &messages) = reading_cases[i].text;
  for (size_t i = 0; i + JOINED <= messages.count; i += JOINED) {
    g_autoptr(GString) mail = g_string_new(NULL);
    for (size_t j = i; j < i + JOINED; j++) g_string_append_printf(mail, "%s\n\n", messages.items[j]);
    *list_add(arena, &mails) = arena_strdup(arena, mail->str);
  }
  measure("a short message", &messages);
  measure("a mail of ten of them", &mails);
  return 0;
}
