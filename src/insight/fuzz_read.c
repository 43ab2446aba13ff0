// libFuzzer target: any bytes give a sound reading, whose JSON comes back as the same reading, and sound passages to fold.
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
  OffenceList offences = {0};
  insight_offences(arena, text, size, &offences);
  int64_t done = 0;
  list_each(Offence, offence, &offences) {
    bool is_sound = offence->start >= done && offence->start < offence->end && (size_t)offence->end <= size &&
                    (text[offence->start] & 0xC0) != 0x80 &&
                    ((size_t)offence->end == size || (text[offence->end] & 0xC0) != 0x80);
    if (!is_sound) g_error("offence %lld-%lld of %zu", (long long)offence->start, (long long)offence->end, size);
    done = offence->end;
  }
  g_autoptr(Json) json = reading_to_json(reading);
  const Reading *back = reading_from_json(arena, json);
  if (!back) g_error("the JSON of a reading was refused");
  g_autoptr(Json) again = reading_to_json(back);
  if (!json_equal(json, again)) g_error("the JSON of a reading changed");
  return 0;
}
