// Letters: a template that supervisors edit (a script "conduct-…"), filled, and sent into the conversation of the case. It is the one in the
// customer's language where the desk speaks it, and so are the days and terms that are put in; English otherwise. A letter is no answer to what the customer asked for: their waiting goes on, the clock of a first answer is not met, and nothing of theirs is quoted
// back at them.
#include "desk/boundary/stored.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/conversation/entry.h"
#include "desk/customer.sql.h"
#include "desk/hours/wall.h"
#include "desk/mailbox/mailbox.h"
#include "desk/message.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/protocol/script.h"
#include "desk/template/template.h"

const char *boundary_day(Arena *arena, int64_t at) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_local(utc);
  return arena_say(arena, "%d %s %d", g_date_time_get_day_of_month(here), month_title(g_date_time_get_month(here)),
                   g_date_time_get_year(here));
}

const char *boundary_title(Arena *arena, MeasureKind kind) {
  return words_language() ? tr_of(measure_title(kind)) : text_fold(arena, measure_title(kind));
}

// In the language that is spoken, where it was written in that; in English otherwise.
static bool find_letter(Arena *arena, Desk *desk, const char *word, Script *out, GError **error) {
  const char *here = guide_word_in(arena, word, words_code(words_language()));
  g_autoptr(GError) problem = NULL;
  if (script_find(arena, desk, here, out, &problem)) return true;
  if (!error_is(problem, ERROR_NOT_FOUND)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  return script_find(arena, desk, word, out, error);
}

bool boundary_fill(Arena *arena, Desk *desk, const Staff *writer, int64_t number, const char *word, const LetterValue *values,
                   const char **out, GError **error) {
  Script script;
  ScriptFacts facts;
  if (!find_letter(arena, desk, word, &script, error) || !script_facts(arena, desk, writer, number, &facts, error)) return false;
  g_autoptr(GString) text = g_string_new(script_fill(arena, script.text, &facts, NULL));
  for (const LetterValue *each = values; each->name; each++)
    if (!text_is_blank(each->value)) g_string_replace(text, arena_printf(arena, "{{%s}}", each->name), each->value, 0);
  *out = arena_strdup(arena, text->str);
  return true;
}

typedef struct Sending {
  const Staff *writer;
  ConversationStand *stand;
  const CustomerMessage *customer;
  const Mailbox *mailbox;
  const char *text;
} Sending;

static const char *sender_of(Arena *arena, Desk *desk, const Sending *sending) {
  const char *house = text_is_blank(sending->mailbox->name) ? desk->name : sending->mailbox->name;
  return sending->writer->id ? mailbox_sender(arena, sending->mailbox, sending->writer->name) : house;
}

static bool queue(Arena *arena, Desk *desk, const Sending *sending, const Entry *entry, int64_t message_id, GError **error) {
  OutboxDraft draft = {.message_id = message_id,
                       .number = sending->stand->number,
                       .mailbox = sending->mailbox,
                       .from_name = entry->author_name,
                       .subject = entry->subject,
                       .text = entry->body,
                       .signature = text_trim(arena, sending->mailbox->signature),
                       .message_id_header = entry->mail_id,
                       .in_reply_to = sending->customer->mail_id,
                       .about = AUTOMATIC_CONDUCT};
  const char *name = text_one_line(arena, sending->customer->author_name);
  *list_add(arena, &draft.to) = (MailAddress){name, sending->customer->answer_to};
  if (sending->customer->mail_id) *list_add(arena, &draft.references) = sending->customer->mail_id;
  return outbox_add(arena, desk, &draft, error);
}

static bool send(Arena *arena, Desk *desk, const Sending *sending, int64_t *out_message, GError **error) {
  int64_t number = sending->stand->number;
  Entry entry = {.kind = MESSAGE_AUTOMATIC,
                 .state = MESSAGE_WAITING,
                 .staff_id = sending->writer->id,
                 .author_name = sender_of(arena, desk, sending),
                 .author_address = sending->mailbox->address,
                 .answer_to = "",
                 .recipients = sending->customer->answer_to,
                 .subject = arena_say(arena, "How we write to each other [#%jd]", (intmax_t)number),
                 .body = text_trim(arena, sending->text),
                 .quoted = "",
                 .made_at = clock_now(desk->clock),
                 .mail_id = outbox_new_mail_id(arena, desk, number, sending->mailbox)};
  return entry_add(arena, desk, sending->stand, &entry, out_message, error) &&
         queue(arena, desk, sending, &entry, *out_message, error);
}

// Whoever wrote last in a conversation of several may be somebody else, and a conversation may be another customer's by now: then the letter
// goes to an address of theirs, and follows no mail.
static bool address_it(Arena *arena, Desk *desk, int64_t customer_id, CustomerMessage **customer, GError **error) {
  CustomerAddressList addresses = {0};
  if (!customer_select_addresses(arena, desk->db, customer_id, &addresses, error)) return false;
  const char *key = *customer ? mail_address_key(arena, (*customer)->answer_to) : "";
  list_each(const CustomerAddress, address, &addresses)
    if (strcmp(address->address_key, key) == 0) return true;
  *customer = NULL;
  if (!addresses.count) return true;
  *customer = arena_make(arena, CustomerMessage);
  **customer = (CustomerMessage){.author_name = "", .answer_to = addresses.items[0].address};
  return true;
}

bool boundary_send(Arena *arena, Desk *desk, const Staff *writer, const CaseStand *stand, const char *text, int64_t *out_message,
                   GError **error) {
  CustomerMessage *customer = NULL;
  Sending sending = {.writer = writer, .text = text, .stand = stand_load_survivor(arena, desk, stand->number, error)};
  *out_message = 0;
  if (!sending.stand || !message_select_last_customer(arena, desk->db, sending.stand->number, &customer, error) ||
      !address_it(arena, desk, stand->customer_id, &customer, error))
    return false;
  sending.customer = customer;
  sending.mailbox = mailbox_find(arena, desk, sending.stand->mailbox_id, error);
  if (!sending.mailbox) return false;
  if (!customer || !mail_address_is_valid(customer->answer_to)) return true;
  int before;
  bool is_sent = template_speak(arena, desk, stand->number, &before, error) && send(arena, desk, &sending, out_message, error);
  words_use(before);
  return is_sent;
}
