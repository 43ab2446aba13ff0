// Teams, for supervisors: who is in them, whose mail they get, whether they take turns, and how much each person has room for.
#pragma once

#include "desk/mailbox/mailbox.h"
#include "desk/team/team.h"
#include "pages/shell/shell.h"

typedef struct TeamCard {
  const Team *team;
  const char *name; // this and what follows: as kept, or as it was typed
  bool takes_turns;
  TeamMemberList people; // everybody
  MailboxList mailboxes; // all of them
  IntList ticked;        // of these
  const char *problem;   // NULL: none, and the card is closed
} TeamCard;
LIST_DEFINE(TeamCard)

typedef struct TeamRoom { // for how much somebody has room
  const TeamMember *person;
  const char *capacity; // as kept, or as it was typed
  bool is_away;
  const char *problem;
} TeamRoom;
LIST_DEFINE(TeamRoom)

typedef struct TeamPage {
  Shell shell;
  TeamCardList teams; // active
  TeamList retired;
  TeamRoomList rooms;
  const char *kept, *problem; // of the whole
  const char *name;           // of a new team, as it was typed; NULL: nothing
  bool takes_turns;
  const char *new_problem;
  const TeamDraft *typed; // for the team `typed_team`; NULL: nothing
  int64_t typed_team;
  const char *card_problem;
  int64_t room_of;
  const char *room_typed, *room_problem;
  bool room_away;
} TeamPage;

bool team_card_has(const TeamCard *card, int64_t mailbox); // ticked
