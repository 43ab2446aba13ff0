// Tallies: counts for the rail, of conversations, complaints and mails. Internal to the desk.
//
// A tally is one row that many want to change. What a transaction adds is noted, and written just before it commits, in the order of the
// tallies' names: so whoever holds one waits for nothing but the next by name, and two transactions cannot wait for each other in a circle
// (40P01), whatever rows they take before: conversations, the staff whose turn it is, the audit journal. It is held no longer than the commit.
#pragma once

#include "desk/desk.h"

bool tally_change(Desk *desk, const char *name, int64_t delta, GError **error); // inside the caller's transaction; nothing for 0
// What this transaction adds to it, and which no statement sees yet.
int64_t tally_pending(const Desk *desk, const char *name);

// What is noted now, for a savepoint: whatever is taken back to there counts for nothing.
typedef struct TallyMark TallyMark;
const TallyMark *tally_mark(Arena *arena, const Desk *desk);
void tally_return_to(Desk *desk, const TallyMark *mark);

// ——— what goes along with transactions (happening/happening.h)
void tally_join(Arena *arena, Desk *desk);
void tally_leave(Desk *desk); // forgets what is noted: a transaction begins, or the desk is closed
bool tally_write(Desk *desk, GError **error);
