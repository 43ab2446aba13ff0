// Sharing the work out: whose a conversation is, how urgent, when it comes back, who follows it, who was called. All are there for any
// conversation that is not merged away: ERROR_NOT_FOUND, or ERROR_CONFLICT that names where it went on. Doing what is done already
// changes nothing and says nothing. conversation_assign, conversation_solve and conversation_reopen stand in verbs.h; the same inside a
// transaction, as a value, in change.h.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

// To a team; 0: to none. Who has it and is not in the team hands it over: to whose turn it is when the team takes turns and somebody has
// room, to nobody otherwise. ERROR_NOT_FOUND for a team that was retired.
bool conversation_assign_team(Desk *desk, const Staff *actor, int64_t number, int64_t team_id, GError **error);
bool conversation_set_priority(Desk *desk, const Staff *actor, int64_t number, Priority priority, GError **error);
// Puts it off: it is open, but in no queue and no tally but those of "snoozed" until then, or until the customer writes. 0: it comes back
// now. ERROR_INVALID for a time that is past or more than a year away, ERROR_CONFLICT for a solved one.
bool conversation_snooze(Desk *desk, const Staff *actor, int64_t number, int64_t until, GError **error);
// Brings back what is due, at most 200; `*out_count` how many. They stand among those who wait until somebody answers, notes, solves
// or puts them off again.
bool conversation_wake_due(Desk *desk, int64_t *out_count, GError **error);

// Who follows a conversation hears of it as if it were theirs (see StaffMails).
bool conversation_follow(Desk *desk, const Staff *actor, int64_t number, GError **error);
bool conversation_unfollow(Desk *desk, const Staff *actor, int64_t number, GError **error);
bool conversation_followers(Arena *arena, Desk *desk, int64_t number, StaffList *out, GError **error); // by name, at most 50
