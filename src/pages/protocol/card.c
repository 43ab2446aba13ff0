// The card above the composer. The customer's latest message chooses the protocol; the agent may take another until they write again.
#include "pages/protocol/card.h"

#include "desk/template/template.h"
#include "pages/pages.h"

#include <string.h>

#define SCRIPTS_SHOWN 6

bool card_step_is_checked(const ProtocolStep *step) { return step->check != CHECK_NONE; }

static const Message *latest_of_customer(const Thread *thread) {
  const Message *latest = NULL;
  list_each(const Message, message, &thread->messages)
    if (message->kind == MESSAGE_CUSTOMER) latest = message;
  return latest;
}

// With the names of this conversation.
static bool fill_examples(const Visit *visit, int64_t number, Protocol *protocol, GError **error) {
  ScriptFacts facts;
  if (!script_facts(visit->arena, visit->desk, visit->staff, number, &facts, error)) return false;
  list_each(ProtocolStep, step, &protocol->steps) step->example = script_fill(visit->arena, step->example, &facts, NULL);
  return true;
}

bool card_load(const Visit *visit, const Thread *thread, View view, ProtocolCard *out, GError **error) {
  const Message *latest = latest_of_customer(thread);
  const ShownReading *reading = latest && latest->reading && latest->reading->is_read ? latest->reading : NULL;
  Behaviour behaviour = reading ? reading->behaviour : BEHAVIOUR_CALM;
  Protocol *protocol = NULL;
  GuideNameList all = {0};
  const Language *language = NULL;
  *out = (ProtocolCard){.visit = visit, .number = thread->conversation->number, .view = view};
  if (!protocol_at_hand(visit->arena, visit->desk, visit->staff->id, out->number, latest, &protocol, error) ||
      !protocol_names_here(visit->arena, visit->desk, &all, error) ||
      !template_language_in(visit->arena, visit->desk, out->number, &language, error) ||
      !script_suggest(visit->arena, visit->desk, behaviour, reading ? reading->need : NEED_UNCLEAR, language_code(language),
                      SCRIPTS_SHOWN, &out->scripts, error))
    return false;
  if (protocol && !fill_examples(visit, out->number, protocol, error)) return false;
  out->protocol = protocol;
  out->is_chosen = protocol && !protocol_is(visit->arena, protocol, protocol_word_for(latest));
  *list_add(visit->arena, &out->protocols) = (Choice){"", "as the reading says", false};
  list_each(const GuideName, each, &all)
    *list_add(visit->arena, &out->protocols) = (Choice){each->word, each->title, protocol && each->id == protocol->guide.id};
  return true;
}

bool card_post_protocol(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (!web_path_int(request, "number", &number, error) ||
      !protocol_choose(visit->desk, visit->staff->id, number, guide_field(visit, "protocol"), error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#composer", number,
                                      shell_view_again(visit, view)));
  return true;
}
