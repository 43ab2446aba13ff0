// Assign, hand to a team, give a priority, put off, solve and reopen: each is a change (change.h) as a unit of work of its own.
#include "desk/conversation/change.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"

bool conversation_assign(Desk *desk, const Staff *actor, int64_t number, int64_t assignee_id, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_ASSIGNEE, assignee_id, error);
}

bool conversation_assign_team(Desk *desk, const Staff *actor, int64_t number, int64_t team_id, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_TEAM, team_id, error);
}

bool conversation_set_priority(Desk *desk, const Staff *actor, int64_t number, Priority priority, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_PRIORITY, priority, error);
}

bool conversation_snooze(Desk *desk, const Staff *actor, int64_t number, int64_t until, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_SNOOZE, until, error);
}

bool conversation_solve(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_STATE, CONVERSATION_SOLVED, error);
}

bool conversation_reopen(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_STATE, CONVERSATION_OPEN, error);
}
