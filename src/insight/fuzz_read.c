// libFuzzer target: any bytes give a sound reading, whose JSON comes back as the same reading.
#include "insight/insight.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = (const char *)data;
  const Reading *reading = insight_read(arena, text, size);
  list_each(Span, span, &reading->spans) {
    bool is_sound = span->start >= 0 && span->start < span->end && (size_t)span->end <= size &&
                    (text[span->start] & 0xC0) != 0x80 && ((size_t)span->end == size || (text[span->end] & 0xC0) != 0x80);
    if (!is_sound) g_error("span %s %lld-%lld of %zu", span->label, (long long)span->start, (long long)span->end, size);
  }
  g_autoptr(Json) json = reading_to_json(reading);
  const Reading *back = reading_from_json(arena, json);
  if (!back) g_error("the JSON of a reading was refused");
  g_autoptr(Json) again = reading_to_json(back);
  if (!json_equal(json, again)) g_error("the JSON of a reading changed");
  return 0;
}
