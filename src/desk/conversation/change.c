// See change.h. Order: lock, let the kind's function say what is different afterwards and what the journal says, save, write the
// journal, and tell the complaint when it changed hands. Doing what is done already changes nothing and says nothing.
#include "desk/conversation/change.h"

#include "desk/complaint/happen.h"
#include "desk/staff.sql.h"
#include "desk/tag/put.h"
#include "desk/team.sql.h"
#include "desk/team/turn.h"

typedef struct Changing {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  const ConversationStand *before;
  ConversationStand *after;
  int64_t value, now;
  EventKind event;
  const char *detail;
  const char *assignee; // the name of whoever gets it beside what was asked for
  bool is_change;
} Changing;

static bool change_assignee(Changing *changing, GError **error) {
  const char *name = "";
  if (changing->value && !staff_select_active_name(changing->arena, changing->desk->db, changing->value, &name, error))
    return false;
  if (!name) return error_set(error, ERROR_NOT_FOUND, "The person to assign to is not here any more; choose another.");
  changing->is_change = changing->before->assignee_id != changing->value;
  changing->after->assignee_id = changing->value;
  changing->event = changing->value ? EVENT_ASSIGNED : EVENT_UNASSIGNED;
  changing->detail = name;
  return true;
}

// Who has it and is in the team keeps it.
static bool hand_over(Changing *changing, GError **error) {
  bool is_member = false;
  int64_t one = 0, team_id = changing->value;
  ConversationStand *after = changing->after;
  if (after->assignee_id && !team_member_exists(changing->desk->db, team_id, after->assignee_id, &is_member, &one, error))
    return false;
  if (is_member) return true;
  after->assignee_id = 0;
  return after->state != CONVERSATION_OPEN ||
         team_turn(changing->arena, changing->desk, team_id, after->number, &after->assignee_id, &changing->assignee, error);
}

static bool change_team(Changing *changing, GError **error) {
  const char *name = "";
  if (changing->value && !team_select_active_name(changing->arena, changing->desk->db, changing->value, &name, error))
    return false;
  if (!name) return error_set(error, ERROR_NOT_FOUND, "This team is not here any more; choose another.");
  changing->is_change = changing->before->team_id != changing->value;
  changing->after->team_id = changing->value;
  changing->event = EVENT_TEAM;
  changing->detail = name;
  return !changing->is_change || !changing->value || hand_over(changing, error);
}

static bool change_priority(Changing *changing, GError **error) {
  if (changing->value < 0 || changing->value >= PRIORITY_COUNT)
    return error_set(error, ERROR_INVALID, "There is no such priority; choose low, normal, high or urgent.");
  changing->is_change = changing->before->priority != changing->value;
  changing->after->priority = (Priority)changing->value;
  changing->event = EVENT_PRIORITY;
  changing->detail = priority_word((Priority)changing->value);
  return true;
}

static bool change_snooze(Changing *changing, GError **error) {
  int64_t until = changing->value, now = changing->now;
  if (until && until <= now) return error_set(error, ERROR_INVALID, "This time is past; choose one that is still to come.");
  if (until > now + SNOOZE_MOST) return error_set(error, ERROR_INVALID, "A conversation can be put off for a year at most.");
  if (until && changing->before->state != CONVERSATION_OPEN)
    return error_set(error, ERROR_CONFLICT, "#%jd is solved; reopen it before it is put off.", changing->before->number);
  changing->is_change = changing->before->snoozed_until != until;
  changing->after->snoozed_until = until;
  changing->after->woke_at = until ? 0 : now;
  changing->event = until ? EVENT_SNOOZED : EVENT_WOKE;
  changing->detail = until ? clock_iso(changing->arena, until) : "";
  return true;
}

static bool change_state(Changing *changing, GError **error) {
  const char *forbidden = NULL;
  bool solves = changing->value == CONVERSATION_SOLVED;
  if (!solves && changing->value != CONVERSATION_OPEN)
    return error_set(error, ERROR_INVALID, "A conversation can be solved or open.");
  changing->is_change = (changing->before->state == CONVERSATION_SOLVED) != solves;
  changing->event = solves ? EVENT_SOLVED : EVENT_REOPENED;
  changing->after->state = solves ? CONVERSATION_SOLVED : CONVERSATION_OPEN;
  changing->after->solved_at = solves ? changing->now : 0;
  if (!changing->is_change || !solves) return true;
  changing->after->waiting_since = 0;
  if (!complaint_forbids_solving(changing->arena, changing->desk, changing->before->number, &forbidden, error)) return false;
  return !forbidden || error_set(error, ERROR_CONFLICT, "%s", forbidden);
}

static bool change_tag(Changing *changing, bool is_added, GError **error) {
  changing->event = is_added ? EVENT_TAGGED : EVENT_UNTAGGED;
  return tag_put(changing->arena, changing->desk, changing->before->number, changing->value, is_added, &changing->is_change,
                 &changing->detail, error);
}
static bool change_tag_add(Changing *changing, GError **error) { return change_tag(changing, true, error); }
static bool change_tag_remove(Changing *changing, GError **error) { return change_tag(changing, false, error); }

static bool (*const kinds[CHANGE_COUNT])(Changing *changing, GError **error) = {
  [CHANGE_ASSIGNEE] = change_assignee,     [CHANGE_TEAM] = change_team,   [CHANGE_PRIORITY] = change_priority,
  [CHANGE_SNOOZE] = change_snooze,         [CHANGE_STATE] = change_state, [CHANGE_TAG_ADD] = change_tag_add,
  [CHANGE_TAG_REMOVE] = change_tag_remove,
};

// That a team brought somebody along, or took it from them, is said beside it.
static bool tell_assignee(const Changing *changing, GError **error) {
  const ConversationStand *before = changing->before, *after = changing->after;
  if (before->assignee_id == after->assignee_id) return true;
  bool is_said = changing->event == EVENT_ASSIGNED || changing->event == EVENT_UNASSIGNED;
  EventKind kind = after->assignee_id ? EVENT_ASSIGNED : EVENT_UNASSIGNED;
  const char *name = changing->assignee ? changing->assignee : "";
  return (is_said || event_add(changing->desk, after->number, kind, changing->actor, name, error)) &&
         complaint_note_assigned(changing->arena, changing->desk, changing->actor, before, after, error);
}

static bool keep(const Changing *changing, GError **error) {
  return stand_save(changing->desk, changing->before, changing->after, error) &&
         event_add(changing->desk, changing->before->number, changing->event, changing->actor, changing->detail, error) &&
         tell_assignee(changing, error);
}

bool conversation_change(Arena *arena, Desk *desk, const Staff *actor, int64_t number, const Change *change, Changed *out,
                         GError **error) {
  if (change->kind >= CHANGE_COUNT) return error_set(error, ERROR_INVALID, "There is no such change.");
  const ConversationStand *before = stand_load(arena, desk, number, error);
  if (!before) return false;
  ConversationStand after = *before;
  Changing changing = {.arena = arena,
                       .desk = desk,
                       .actor = actor,
                       .before = before,
                       .after = &after,
                       .value = change->value,
                       .detail = "",
                       .now = clock_now(desk->clock)};
  if (!kinds[change->kind](&changing, error)) return false;
  if (out) *out = (Changed){.is_change = changing.is_change, .before = *before, .after = after};
  return !changing.is_change || keep(&changing, error);
}

bool conversation_change_alone(Desk *desk, const Staff *actor, int64_t number, ChangeKind kind, int64_t value, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && conversation_change(arena, desk, actor, number, &(Change){kind, value}, NULL, error) && db_commit(&tx, error);
}
