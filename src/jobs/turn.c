// A turn waits for the clock, and for news where it has no time of its own.
#include "jobs/turn.h"

#include <glib.h>

#define REST 4 // times what it took

static bool is_wanted(const Turn *turn) { return turn->every > 0 || turn->has_news; }

bool turn_is_due(const Turn *turn, int64_t now) { return is_wanted(turn) && turn->next_at <= now; }

void turn_took(Turn *turn, int64_t began_at, int64_t ended_at) {
  turn->has_news = false;
  turn->next_at = ended_at + MAX(turn->every, REST * (ended_at - began_at));
}

int64_t turns_patience(const Turn *turns, int64_t count, int64_t now, int64_t longest) {
  int64_t patience = longest;
  for (int64_t i = 0; i < count; i++)
    if (is_wanted(&turns[i])) patience = CLAMP(turns[i].next_at - now, 0, patience);
  return patience;
}
