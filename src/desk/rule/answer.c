// An answer by itself, from a script. The same bounds as for an acknowledgement (received/answering.c): only to a person, who is who they
// say, whose address takes mail, and only so often; and one rule answers one conversation once a day. It is automatic mail: it does not
// end the customer's waiting, and no machine answers it.
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/mailbox/mailbox.h"
#include "desk/message.sql.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/automatic.h"
#include "desk/policy/policy.h"
#include "desk/protocol/script.h"
#include "desk/rule.sql.h"

typedef struct Answering {
  Arena *arena;
  Desk *desk;
  const RuleFacts *facts;
  CustomerMessage *customer;
  const Mailbox *mailbox;
  MailboxList mailboxes;
} Answering;

static bool look(Answering *answering, const Rule *rule, const char **why_not, GError **error) {
  Arena *arena = answering->arena;
  Desk *desk = answering->desk;
  const RuleFacts *facts = answering->facts;
  int64_t now = clock_now(desk->clock), sent = 0, of_mailbox = 0, undeliverable = 0, doubtful = 0, one = 0;
  bool is_known = false, has_fired = false;
  Policy policy;
  if (!policy_load(arena, desk, &policy, error) || !mailbox_list(arena, desk, &answering->mailboxes, error) ||
      !message_select_last_customer(arena, desk->db, facts->number, &answering->customer, error))
    return false;
  list_each(const Mailbox, mailbox, &answering->mailboxes)
    if (mailbox->id == facts->mailbox_id) answering->mailbox = mailbox;
  const CustomerMessage *customer = answering->customer;
  if (!customer || !answering->mailbox || !mail_address_is_valid(customer->answer_to) ||
      mailbox_is_ours(arena, &answering->mailboxes, customer->answer_to, NULL)) {
    *why_not = "there is no address to answer to";
    return true;
  }
  const char *key = mail_address_key(arena, customer->answer_to);
  int64_t hour = now - CLOCK_HOUR;
  if (!rule_is_doubtful(desk->db, facts->number, customer->id, &doubtful, error) ||
      !rule_fired_since(desk->db, rule->id, facts->number, now - CLOCK_DAY, &has_fired, &one, error) ||
      !outbox_automatic_since(desk->db, key, hour, policy.answers_an_hour, &sent, error) ||
      !outbox_automatic_of_mailbox(desk->db, facts->mailbox_id, hour, policy.mailbox_answers_an_hour, &of_mailbox, error) ||
      !customer_address_is_undeliverable(desk->db, key, &is_known, &undeliverable, error))
    return false;
  if (facts->machine != MAIL_PERSON)
    *why_not = "a machine wrote";
  else if (doubtful)
    *why_not = "it may not be from a person, or not from whoever it names";
  else if (customer->made_at < now - policy.reopen_within)
    *why_not = "it is of long ago";
  else if (has_fired)
    *why_not = "this rule did so within the last day";
  else if (undeliverable)
    *why_not = "mail to this address came back";
  else if (sent >= policy.answers_an_hour || of_mailbox >= policy.mailbox_answers_an_hour)
    *why_not = "there was enough automatic mail this hour";
  return true;
}

static bool queue(const Answering *answering, const char *body, GError **error) {
  const RuleFacts *facts = answering->facts;
  const CustomerMessage *customer = answering->customer;
  bool is_answer = g_ascii_strncasecmp(facts->subject, "re:", 3) == 0;
  ConversationStand stand = {.number = facts->number};
  const AutomaticDraft draft = {.mailbox = answering->mailbox,
                                .to = {customer->author_name, customer->answer_to},
                                .subject = arena_printf(answering->arena, "%s%s [#%" G_GINT64_FORMAT "]",
                                                        is_answer ? "" : "Re: ", facts->subject, facts->number),
                                .body = body,
                                .signature = answering->mailbox->signature,
                                .in_reply_to = customer->mail_id,
                                .about = AUTOMATIC_BY_RULE,
                                .made_at = clock_now(answering->desk->clock)};
  return outbox_write_automatic(answering->arena, answering->desk, &stand, &draft, error);
}

bool rule_answer(Arena *arena, Desk *desk, const Rule *rule, const RuleFacts *facts, const char *word, const char **why_not,
                 GError **error) {
  Answering answering = {.arena = arena, .desk = desk, .facts = facts};
  g_autoptr(GError) refusal = NULL;
  Script script;
  ScriptFacts values;
  Staff house = {.name = desk->name, .email = ""};
  *why_not = NULL;
  if (!script_find(arena, desk, word, &script, &refusal)) {
    if (!error_is(refusal, ERROR_NOT_FOUND)) return g_propagate_error(error, g_steal_pointer(&refusal)), false;
    *why_not = "the script is gone";
    return true;
  }
  if (!look(&answering, rule, why_not, error)) return false;
  if (*why_not) return true;
  if (!script_facts(arena, desk, &house, facts->number, &values, error)) return false;
  const char *body = script_fill(arena, script.text, &values, NULL);
  if (*script_blank_names(arena, body)) {
    *why_not = "the script has a blank that the desk cannot fill here";
    return true;
  }
  return queue(&answering, body, error);
}
