// Rules that happen. For each line of a journal: which moment it is, which rules look at that, whether they hold, and what they do. The
// conversation is loaded once, and again after a rule has changed it. What a rule writes has the root of what set it off, and a rule that
// fired for a root does not fire for it again.
#include "desk/rule/stored.h"

#include "desk/conversation.sql.h"
#include "desk/rule.sql.h"

static const struct {
  EventKind event;
  RuleMoment moment;
} moments[] = {
  {EVENT_OPENED, WHEN_OPENED},
  {EVENT_RECEIVED, WHEN_WROTE},
  {EVENT_REPLIED, WHEN_ANSWERED},
  {EVENT_NOTED, WHEN_NOTED},
  {EVENT_SOLVED, WHEN_SOLVED},
  {EVENT_REOPENED, WHEN_REOPENED},
  {EVENT_ASSIGNED, WHEN_ASSIGNED},
  {EVENT_UNASSIGNED, WHEN_ASSIGNED},
  {EVENT_TEAM, WHEN_ASSIGNED},
  {EVENT_COMPLAINT, WHEN_COMPLAINT},
  {EVENT_WOKE, WHEN_WOKE},
  {EVENT_TARGET_NEAR, WHEN_TARGET_NEAR},
  {EVENT_TARGET_MISSED, WHEN_TARGET_MISSED},
};

RuleMoment rule_moment_of(EventKind event) {
  for (size_t i = 0; i < G_N_ELEMENTS(moments); i++)
    if (moments[i].event == event) return moments[i].moment;
  return WHEN_COUNT;
}

static bool anybody_looks(const struct Rules *rules, RuleMoment moment) {
  list_each(const Rule, rule, &rules->list)
    if (rule->moments & (INT64_C(1) << moment)) return true;
  return false;
}

static bool say_again(Desk *desk, const Rule *rule, const RuleFacts *facts, RuleMoment moment, GError **error) {
  return rule_firing_insert(desk->db, rule->id, facts->number, clock_now(desk->clock), moment,
                            "nothing: it would have fired again for what it set off itself", error);
}

static bool go_through(Arena *arena, Desk *desk, const Happening *happening, RuleMoment moment, GError **error) {
  RuleFacts *facts = NULL;
  ConversationStand *stand = NULL;
  bool stops = false, locked = false;
  for (size_t i = 0; i < desk->rules->list.count && !stops; i++) {
    const Rule *rule = &desk->rules->list.items[i];
    if (!(rule->moments & (INT64_C(1) << moment))) continue;
    if (!facts && !rule_facts_load(arena, desk, happening->number, true, &facts, error)) return false;
    if (!facts || facts->state == CONVERSATION_MERGED) return true;
    if (!rule_holds(arena, rule, facts)) continue;
    if (!locked && !conversation_lock(arena, desk->db, facts->number, &stand, error)) return false;
    locked = true;
    HappeningTurn turn = happening_take_turn(desk, rule->id, happening->root);
    if (turn != TURN_FIRST) {
      if (turn == TURN_SECOND && !say_again(desk, rule, facts, moment, error)) return false;
      continue;
    }
    happening_by_rule(desk, happening->root);
    bool worked = rule_fire(arena, desk, rule, facts, moment, &stops, error);
    happening_by_rule(desk, HAPPENING_OF_ITSELF);
    if (!worked) return false;
    facts = NULL;
  }
  return true;
}

bool rule_happen(Arena *arena, Desk *desk, const Happening *happening, GError **error) {
  RuleMoment moment = rule_moment_of(happening->kind);
  bool must_be_heard = moment == WHEN_OPENED || moment == WHEN_WROTE;
  if (moment == WHEN_COUNT || (must_be_heard && !happening->is_heard)) return true;
  if (!rules_take_up(desk, error)) return false;
  return !anybody_looks(desk->rules, moment) || go_through(arena, desk, happening, moment, error);
}
