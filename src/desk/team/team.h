// Teams: people who share conversations. A mailbox may belong to a team, whose conversations its new mail becomes; a team may take turns,
// so that each of them goes to the member whose turn it is. Turns pass by whoever is away, works here no more, or has as many open
// conversations as they have room for; when nobody has room the conversation waits with the team for somebody to take it.
#pragma once

#include "base/list.h"
#include "desk/staff/staff.h"

typedef struct Team {
  int64_t id;
  const char *name;
  bool takes_turns, is_active;
  int64_t made_at, members;
} Team;
LIST_DEFINE(Team)

typedef struct TeamMember { // of a team, or whoever might be
  int64_t staff_id;
  const char *name;
  bool is_member, is_away;
  int64_t capacity; // open conversations that turns give them at most, over all their teams; 0: no bound
  int64_t open;     // they have now, without what is snoozed
} TeamMember;
LIST_DEFINE(TeamMember)

typedef struct TeamDraft { // what a team shall be
  const char *name;
  bool takes_turns;
  IntList members, mailboxes; // these and no others
} TeamDraft;

#define TEAM_NAME_MOST 60 // characters
#define TEAM_CAPACITY_MOST 500

// The audit journal says who changed what; `actor` NULL: the command line.
// ERROR_INVALID for a name that is empty or too long, ERROR_CONFLICT for one that a team has, written alike or not.
bool team_make(Desk *desk, const Staff *actor, const char *name, bool takes_turns, int64_t *out_id, GError **error);
bool team_change(Desk *desk, const Staff *actor, int64_t id, const char *name, bool takes_turns,
                 GError **error); // likewise; ERROR_NOT_FOUND
// All of it or nothing. ERROR_INVALID, ERROR_CONFLICT as above, ERROR_NOT_FOUND.
bool team_keep(Desk *desk, const Staff *actor, int64_t id, const TeamDraft *draft, GError **error);
// It gets nothing more and its mailboxes belong to nobody; conversations keep its name. Bringing it back gives no mailbox back.
bool team_retire(Desk *desk, const Staff *actor, int64_t id, GError **error);
bool team_restore(Desk *desk, const Staff *actor, int64_t id, GError **error);
bool team_list(Arena *arena, Desk *desk, TeamList *out, GError **error);          // those that are active first, by name
bool team_find(Arena *arena, Desk *desk, int64_t id, Team **out, GError **error); // ERROR_NOT_FOUND

// Everybody who works here, by name, and whether they are in it.
bool team_members(Arena *arena, Desk *desk, int64_t id, TeamMemberList *out, GError **error);
bool team_set_members(Desk *desk, const Staff *actor, int64_t id, const IntList *staff_ids,
                      GError **error); // these and no others

// For whoever has too much, and whoever is on holiday. ERROR_INVALID for a number that makes no sense.
bool team_set_room(Desk *desk, const Staff *actor, int64_t staff_id, int64_t capacity, bool is_away, GError **error);
// Where the new conversations of a mailbox go; 0: to nobody yet.
bool team_take_mailbox(Desk *desk, const Staff *actor, int64_t team_id, int64_t mailbox_id, GError **error);
