// What went wrong in the handling, as the customer says it: any phrase of a reason names it, unless the phrase is denied
// ("was not rude"). Praise names no failure, so a clearly pleasant message gives none.
#include "insight/engine.h"

#define PLEASANT 0.5

void read_reasons(Arena *arena, const Study *study, Reading *reading) {
  const Scan *scan = study->scan;
  if (reading->valence > PLEASANT) return;
  for (size_t i = 0; i < scan->sentences.count; i++) {
    list_each(Match, match, &study->matches[i]) {
      if (match->kind != MATCH_REASON || !match->row->says[0].percent) continue;
      if (is_negated(scan, &scan->sentences.items[i], match->first)) continue;
      Reason reason = (Reason)match->row->says[0].label;
      reading->reasons[reason] = true;
      span_add(arena, reading, scan, match->first, match->last, reason_word(reason), match->row->says[0].percent / 100.0);
    }
  }
}
