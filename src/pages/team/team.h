// Teams, for supervisors: who is in them, whose mail they get, whether they take turns, and how much each person has room for.
#pragma once

#include "desk/mailbox/mailbox.h"
#include "desk/team/team.h"
#include "pages/shell/shell.h"

typedef struct TeamCard {
  const Team *team;
  TeamMemberList people; // everybody
  MailboxList mailboxes; // all of them
} TeamCard;
LIST_DEFINE(TeamCard)

typedef struct TeamPage {
  Shell shell;
  TeamCardList teams; // active
  TeamList retired;
  TeamMemberList people; // for their room
  const char *problem;
  const char *name; // as it was typed
} TeamPage;
