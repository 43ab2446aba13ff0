// When a chore's turn is. One that runs every so often has its turn by the clock; one that runs whenever the database has changed has
// none while nothing changes, so that a desk where nothing happens costs next to nothing. Either rests four times as long as it took,
// so that none takes more than a fifth of a core. Moments and spans are of one clock that never goes back.
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct Turn {
  int64_t every;   // at most so often; 0: whenever the database has changed
  int64_t next_at; // not before
  bool has_news;   // the database has changed since it ran; those that go by the clock do not ask
} Turn;

bool turn_is_due(const Turn *turn, int64_t now);
void turn_took(Turn *turn, int64_t began_at, int64_t ended_at);
// How long until one of them is due though nothing changes, at most `longest`.
int64_t turns_patience(const Turn *turns, int64_t count, int64_t now, int64_t longest);
