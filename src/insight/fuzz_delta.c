// libFuzzer target: whatever a desk's delta holds under a fitting mark and checksum, it is refused or it reads soundly.
#include "insight/engine.h"
#include "insight/mind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(GByteArray *out, uint64_t value) {
  for (size_t i = 0; i < 8; i++) g_byte_array_append(out, &(const unsigned char){value >> (8 * i) & 0xFF}, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_byte_array_append(bytes, (const unsigned char *)"RAPPDLT1", 8);
  put(bytes, insight_base_mark());
  if (size) g_byte_array_append(bytes, data, (guint)size);
  put(bytes, bytes_checksum(bytes->data, bytes->len));
  const InsightDelta *delta = insight_delta_open(arena, bytes_of(bytes->data, bytes->len), NULL);
  if (!delta) return 0;
  static const char text[] = "The rig went by the board, and nobody answers! Thank you.";
  const Reading *reading = insight_read_with(arena, delta, text, sizeof text - 1);
  for (size_t i = 0; i < EMOTION_COUNT; i++)
    if (!(reading->emotions[i] >= 0 && reading->emotions[i] <= 1)) g_error("a probability of %f", reading->emotions[i]);
  if (reading->main >= EMOTION_COUNT || reading->behaviour >= BEHAVIOUR_COUNT || reading->need > NEED_UNCLEAR)
    g_error("an answer of no kind");
  return 0;
}
