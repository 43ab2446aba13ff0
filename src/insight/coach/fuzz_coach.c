// libFuzzer target: any bytes, before and after the first NUL a draft and a message, give sound advice and steps, and JSON.
#include "insight/coach.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(const char *text, size_t size, int64_t start, int64_t end) {
  bool is_sound = start >= 0 && start <= end && (size_t)end <= size && ((size_t)start == size || (text[start] & 0xC0) != 0x80) &&
                  ((size_t)end == size || (text[end] & 0xC0) != 0x80);
  if (!is_sound) g_error("a place at %lld-%lld of %zu", (long long)start, (long long)end, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = (const char *)data;
  const char *nul = size ? memchr(text, '\0', size) : NULL;
  CoachInput input = {.draft = text, .draft_length = nul ? (size_t)(nul - text) : size};
  if (nul) {
    input.message = nul + 1;
    input.message_length = size - input.draft_length - 1;
    input.reading = insight_read(arena, input.message, input.message_length);
  }
  const Coaching *coaching = coach_draft(arena, &input);
  list_each(const Advice, advice, &coaching->advice) {
    check_place(text, input.draft_length, advice->start, advice->end);
    if (!*advice->instead || !*advice->why || advice->weight < 0 || advice->weight > 1) g_error("empty advice");
  }
  for (CoachStep step = 0; step < STEP_COUNT; step++)
    if (coaching->steps[step])
      check_place(text, input.draft_length, coaching->step_spans[step].start, coaching->step_spans[step].end);
  g_autoptr(Json) json = coaching_to_json(coaching);
  if (json_array_size(json_object_get(json, "advice")) != coaching->advice.count) g_error("advice is missing in the JSON");
  return 0;
}
