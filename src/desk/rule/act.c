// What a rule does: each deed in its order, as a person's verb would do it, with the desk itself as who did it. What cannot be done
// (somebody left, a complaint is open, the database forbids it) is said in the log and does not keep the rest from being done: each deed
// has a savepoint of its own.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "base/log.h"
#include "base/text.h"
#include "desk/boundary/boundary.h"
#include "desk/complaint/complaint.h"
#include "desk/conversation/change.h"
#include "desk/conversation/entry.h"
#include "desk/conversation/tally.h"
#include "desk/hours/hours.h"
#include "desk/notify/notify.h"
#include "desk/rule.sql.h"
#include "desk/staff.sql.h"

typedef struct Deed { // being done
  Arena *arena;
  Desk *desk;
  const Rule *rule;
  RuleFacts *facts;
  const RuleAction *action;
  const char *done, *why_not; // what the log says of it; both NULL: it stood so already
} Deed;

static int64_t number_of(const Deed *deed) { return g_ascii_strtoll(deed->action->value, NULL, 10); }

static bool change(Deed *deed, ChangeKind kind, int64_t value, const char *done, GError **error) {
  Changed changed = {0};
  if (!conversation_change(deed->arena, deed->desk, NULL, deed->facts->number, &(Change){kind, value}, &changed, error))
    return false;
  if (changed.is_change) deed->done = done;
  return true;
}

// Under a restriction its contact answers, or the supervisors, and no rule hands it to somebody whom it protects.
static bool is_bound(Deed *deed, bool *out, GError **error) {
  BoundaryCase *open = NULL;
  Measure *holds = NULL;
  if (!boundary_of_customer(deed->arena, deed->desk, deed->facts->customer_id, &open, &holds, error)) return false;
  *out = holds && (holds->kind == MEASURE_RESTRICTION || holds->kind == MEASURE_ENDING);
  if (*out) deed->why_not = "a restriction says who answers them";
  return true;
}

// Who left, or is not here yet, gets nothing; the log says who.
static bool is_missing(Deed *deed, int64_t id, bool *out, GError **error) {
  const char *name = NULL;
  Staff *person = NULL;
  *out = false;
  if (!staff_select_active_name(deed->arena, deed->desk->db, id, &name, error)) return false;
  if (name) return true;
  if (!staff_select_by_id(deed->arena, deed->desk->db, id, &person, error)) return false;
  if (person) deed->why_not = arena_say(deed->arena, person->is_active ? "%s is not here yet" : "%s has left", person->name);
  *out = person != NULL;
  return true;
}

static bool assign(Deed *deed, GError **error) {
  bool bound = false, missing = false;
  if (!is_bound(deed, &bound, error) || bound) return bound;
  if (number_of(deed) && !is_missing(deed, number_of(deed), &missing, error)) return false;
  if (missing) return true;
  return change(deed, CHANGE_ASSIGNEE, number_of(deed), number_of(deed) ? "given to somebody" : "handed back", error);
}

static bool give_to_team(Deed *deed, GError **error) {
  bool bound = false;
  if (!is_bound(deed, &bound, error) || bound) return bound;
  return change(deed, CHANGE_TEAM, number_of(deed), "given to a team", error);
}

static bool set_priority(Deed *deed, GError **error) {
  Priority priority;
  if (!priority_from_word(deed->action->value, &priority)) return true;
  return change(deed, CHANGE_PRIORITY, priority, arena_say(deed->arena, "priority %s", deed->action->value), error);
}

static bool tag(Deed *deed, GError **error) { return change(deed, CHANGE_TAG_ADD, number_of(deed), "tagged", error); }
static bool untag(Deed *deed, GError **error) { return change(deed, CHANGE_TAG_REMOVE, number_of(deed), "tag taken off", error); }

static bool note(Deed *deed, GError **error) {
  ConversationStand *stand = stand_load(deed->arena, deed->desk, deed->facts->number, error);
  int64_t id = 0;
  if (!stand) return false;
  Entry entry = {.kind = MESSAGE_NOTE,
                 .author_name = arena_say(deed->arena, "Rule: %s", deed->rule->name),
                 .author_address = "",
                 .answer_to = "",
                 .recipients = "",
                 .subject = "",
                 .body = deed->action->words,
                 .quoted = "",
                 .made_at = clock_now(deed->desk->clock)};
  deed->done = "note kept";
  return entry_add(deed->arena, deed->desk, stand, &entry, &id, error) &&
         event_add(deed->desk, deed->facts->number, EVENT_NOTED, NULL, "", error);
}

static bool answer(Deed *deed, GError **error) {
  deed->done = "answered";
  return rule_answer(deed->arena, deed->desk, deed->rule, deed->facts, deed->action->value, &deed->why_not, error);
}

// What somebody said is none stays none.
static bool complain(Deed *deed, GError **error) {
  const RuleFacts *facts = deed->facts;
  if (facts->is_complaint) return true;
  if (facts->is_denied) deed->why_not = "somebody said that it is none";
  if (facts->machine != MAIL_PERSON) deed->why_not = "a machine wrote";
  if (deed->why_not) return true;
  deed->done = "made a complaint";
  const char *why = arena_say(deed->arena, "By rule: %s", deed->rule->name);
  return complaint_receive_within(deed->arena, deed->desk, NULL, facts->number, ORIGIN_RULE, why, error);
}

static bool snooze(Deed *deed, GError **error) {
  BusinessHours hours;
  if (!hours_load(deed->arena, deed->desk, &hours, error)) return false;
  int64_t until = hours_next_opening(&hours, hours_add(&hours, clock_now(deed->desk->clock), number_of(deed)));
  if (until == HOURS_NEVER) deed->why_not = "the desk never opens";
  return until == HOURS_NEVER || change(deed, CHANGE_SNOOZE, until, "snoozed", error);
}

static bool solve(Deed *deed, GError **error) { return change(deed, CHANGE_STATE, CONVERSATION_SOLVED, "solved", error); }

static bool hearers(Deed *deed, IntList *out, GError **error) {
  int64_t who = number_of(deed);
  if (who < 0) return rule_supervisors(deed->arena, deed->desk->db, ROLE_SUPERVISOR, out, error);
  int64_t id = who ? who : deed->facts->assignee_id;
  bool missing = false;
  if (who && !is_missing(deed, who, &missing, error)) return false;
  if (missing) return true;
  if (id)
    *list_add(deed->arena, out) = id;
  else
    deed->why_not = "nobody has it";
  return true;
}

static bool notify(Deed *deed, GError **error) {
  IntList people = {0};
  NoticeDraft draft = {.kind = NOTICE_BY_RULE, .number = deed->facts->number, .detail = deed->action->words, .words = ""};
  deed->done = "told somebody";
  if (!hearers(deed, &people, error)) return false;
  list_each(const Int, person, &people)
    if (!notify_person(deed->arena, deed->desk, *person, &draft, error)) return false;
  return true;
}

static bool stop(Deed *deed, GError **error) { return true; }

static bool own_field(Deed *deed, const Field **out, GError **error) {
  FieldList *fields = arena_make(deed->arena, FieldList);
  if (!field_list(deed->arena, deed->desk, fields, error)) return false;
  deed->why_not = rule_action_gone(deed->arena, fields, deed->action);
  *out = rule_field_named(fields, deed->action->own);
  return true;
}

static bool fill(Deed *deed, GError **error) {
  const Field *field = NULL;
  bool is_change = false;
  if (!own_field(deed, &field, error)) return false;
  if (deed->why_not) return true;
  const char *text = rule_own_text(deed->arena, field, deed->action->value, deed->facts->today);
  if (!field_set(deed->arena, deed->desk, NULL, deed->facts->number, field->id, text, &is_change, error)) return false;
  if (is_change) deed->done = arena_say(deed->arena, "\xE2\x80\x9C%s\xE2\x80\x9D filled in", field->name);
  return true;
}

static bool empty(Deed *deed, GError **error) {
  const Field *field = NULL;
  bool is_change = false;
  if (!own_field(deed, &field, error)) return false;
  if (deed->why_not) return true;
  if (!field_set(deed->arena, deed->desk, NULL, deed->facts->number, field->id, "", &is_change, error)) return false;
  if (is_change) deed->done = arena_say(deed->arena, "\xE2\x80\x9C%s\xE2\x80\x9D emptied", field->name);
  return true;
}

static bool (*const deeds[DO_COUNT])(Deed *deed, GError **error) = {
  [DO_ASSIGN] = assign, [DO_TEAM] = give_to_team, [DO_PRIORITY] = set_priority, [DO_TAG] = tag,
  [DO_UNTAG] = untag,   [DO_NOTE] = note,         [DO_ANSWER] = answer,         [DO_COMPLAINT] = complain,
  [DO_SNOOZE] = snooze, [DO_SOLVE] = solve,       [DO_NOTIFY] = notify,         [DO_STOP] = stop,
  [DO_FILL] = fill,     [DO_EMPTY] = empty,
};

// Only what may go better when the whole is done again ends the whole.
static bool ends_all(const GError *failure) { return failure->domain != RAPPORT_ERROR || error_may_pass(failure); }

// In a savepoint: what fails has left nothing behind, and the log says why.
static bool attempt(Deed *deed, GError **error) {
  g_autoptr(GError) failure = NULL;
  size_t noted = happening_count(deed->desk);
  const TallyMark *counted = tally_mark(deed->arena, deed->desk);
  g_autoptr(DbSavepoint) savepoint = db_savepoint(deed->desk->db, error);
  if (!savepoint) return false;
  if (deeds[deed->action->deed](deed, &failure)) return db_release(&savepoint, error);
  if (ends_all(failure)) {
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
  }
  if (error_is(failure, ERROR_BROKEN)) log_warning("rule", "undone: %s", failure->message);
  happening_forget(deed->desk, noted);
  tally_return_to(deed->desk, counted);
  deed->why_not = arena_strdup(deed->arena, failure->message);
  return db_return_to(&savepoint, error);
}

static void say(GString *outcome, const char *words, const char *why_not) {
  if (!words && !why_not) return;
  if (outcome->len) g_string_append(outcome, "; ");
  g_string_append_printf(outcome, "%s%s%s", why_not ? "not " : "", words ? words : "done", why_not ? ": " : "");
  if (why_not) g_string_append(outcome, why_not);
}

// What the log calls a deed that was refused.
static const char *refused_words(RuleDeed deed) {
  static const char *const words[DO_COUNT] = {[DO_ASSIGN] = "given",
                                              [DO_TEAM] = "given to a team",
                                              [DO_PRIORITY] = "changed",
                                              [DO_TAG] = "tagged",
                                              [DO_UNTAG] = "untagged",
                                              [DO_ANSWER] = "answered",
                                              [DO_COMPLAINT] = "made a complaint",
                                              [DO_SNOOZE] = "snoozed",
                                              [DO_SOLVE] = "solved",
                                              [DO_NOTIFY] = "told",
                                              [DO_NOTE] = "noted",
                                              [DO_FILL] = "filled in",
                                              [DO_EMPTY] = "emptied"};
  return words[deed] ? words[deed] : "done";
}

bool rule_fire(Arena *arena, Desk *desk, const Rule *rule, RuleFacts *facts, RuleMoment moment, bool *out_stops, GError **error) {
  g_autoptr(GString) outcome = g_string_new(NULL);
  *out_stops = false;
  list_each(const RuleAction, action, &rule->actions) {
    Deed deed = {.arena = arena, .desk = desk, .rule = rule, .facts = facts, .action = action};
    if (!attempt(&deed, error)) return false;
    say(outcome, deed.why_not ? refused_words(action->deed) : deed.done, deed.why_not);
    *out_stops = *out_stops || action->deed == DO_STOP;
  }
  if (!outcome->len) g_string_append(outcome, *out_stops ? "stopped here" : "it stood so already");
  const char *detail = arena_printf(arena, "%s: %s", rule->name, outcome->str);
  return rule_firing_insert(desk->db, rule->id, facts->number, clock_now(desk->clock), moment, outcome->str, error) &&
         event_add(desk, facts->number, EVENT_RULE, NULL, detail, error);
}
