// The page of one conversation: loads the thread, the list beside it and the counts, and makes each message ready to be shown.
#include "base/words.h"
#include "pages/conversation.html.h"

#include "base/text.h"
#include "desk/mention/mention.h"

#include <string.h>

static MessageView message_view(const Visit *visit, const Message *message) {
  const ShownReading *reading = visit->shows_readings ? message->reading : NULL;
  MessageView view = {.message = message, .reading = reading, .is_mine = message->staff_id == visit->staff->id};
  bool is_theirs = message->kind == MESSAGE_CUSTOMER;
  view.shown = is_theirs ? shield_view(visit, message->body, message->reading, visit->shows_readings)
                         : shield_plain_view(visit, message->body);
  if (is_theirs && !text_is_blank(message->quoted)) view.quoted = shield_view(visit, message->quoted, NULL, false);
  if (!reading || !reading->is_read) return view;
  reading_quotes(visit->arena, message->body, &reading->evidence, &view.quotes);
  shield_quotes(visit, &view.quotes);
  view.flags = reading_flag_words(visit->arena, reading);
  view.reasons = reading_reason_words(visit->arena, reading);
  reading_choices(visit->arena, reading, CORRECTION_BEHAVIOUR, &view.behaviours);
  reading_choices(visit->arena, reading, CORRECTION_EMOTION, &view.emotions);
  reading_choices(visit->arena, reading, CORRECTION_NEED, &view.needs);
  return view;
}

static bool is_among(const IntList *list, int64_t number) {
  list_each(const Int, each, list)
    if (*each == number) return true;
  return false;
}

static bool find_judged(const Visit *visit, const Thread *thread, IntList *out, GError **error) {
  bool is_judged = false;
  list_each(const Message, message, &thread->messages) is_judged |= message->reading && message->reading->judged;
  return !visit->shows_readings || !is_judged ||
         reading_judged_by(visit->arena, visit->desk, visit->staff, thread->conversation->number, out, error);
}

// Each stands below the message that came before it. What is older than the messages that are shown has its place on earlier pages, unless
// it still waits; what is newer than an earlier page, on later ones.
static void place_remedies(const Visit *visit, ThreadView *view) {
  size_t last = view->messages.count, at = 0;
  if (last == 0) return;
  list_each(const Remedy, remedy, &view->remedies.list) {
    while (at + 1 < last && view->messages.items[at + 1].message->made_at <= remedy->asked_at) at++;
    bool is_older = remedy->asked_at < view->messages.items[0].message->made_at;
    if (view->before ? at + 1 == last : is_older && view->thread.has_earlier && remedy->state != REMEDY_WAITING) continue;
    *list_add(visit->arena, &view->messages.items[at].remedies) = *remedy;
  }
}

// Where a conversation opens: the newest that a person wrote. What the desk answered by itself stands below it.
static void mark_latest(const MessageViewList *messages) {
  if (!messages->count) return;
  size_t at = messages->count - 1;
  while (at && messages->items[at].message->kind == MESSAGE_AUTOMATIC) at--;
  messages->items[messages->items[at].message->kind == MESSAGE_AUTOMATIC ? messages->count - 1 : at].is_latest = true;
}

static void make_ready(const Visit *visit, const IntList *judged, ThreadView *view) {
  list_each(const Message, message, &view->thread.messages) {
    MessageView *made = list_add(visit->arena, &view->messages);
    *made = message_view(visit, message);
    made->is_judged_by_me = is_among(judged, message->id);
  }
  mark_latest(&view->messages);
  place_remedies(visit, view);
  if (visit->shows_readings) view->arc = reading_arc(visit->arena, &view->thread.messages, &view->thread.arc);
}

// Where the answer will go, as the desk decides it: to what the customer's latest message said to answer to.
static const char *recipient_of(const Thread *thread) {
  const char *address = thread->conversation->customer_address;
  list_each(const Message, message, &thread->messages)
    if (message->kind == MESSAGE_CUSTOMER) address = message->answer_to;
  return mail_address_is_valid(address) ? address : NULL;
}

static bool read_before(const Visit *visit, int64_t *out, GError **error) {
  const char *before = web_query(visit->request, "before");
  gint64 value = 0;
  if (before && !g_ascii_string_to_signed(before, 10, 1, G_MAXINT64, &value, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  *out = value;
  return true;
}

// A merged number leads to where the conversation went on, and says so there.
static bool lead_on(const Visit *visit, WebResponse *response, const Conversation *merged, GError **error) {
  int64_t survivor;
  View view = VIEW_OPEN;
  view_from_word(web_query(visit->request, "view"), &view);
  if (!conversation_survivor(visit->desk, merged->number, &survivor, error)) return false;
  web_redirect(response,
               arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s&merged=%" G_GINT64_FORMAT "#latest",
                            survivor, view_word(view), merged->number));
  return true;
}

// The number by which one came, if it was indeed merged into this one.
static int64_t merged_number(const Visit *visit, int64_t number) {
  const char *given = web_query(visit->request, "merged");
  gint64 merged = 0;
  int64_t survivor = 0;
  if (!given || !g_ascii_string_to_signed(given, 10, 1, G_MAXINT64, &merged, NULL) || merged == number) return 0;
  return conversation_survivor(visit->desk, merged, &survivor, NULL) && survivor == number ? merged : 0;
}

bool conversation_render(const Visit *visit, WebResponse *response, int64_t number, const Composer *composer, GError **error) {
  ThreadView view = {.visit = visit, .composer = *composer};
  Shell shell;
  ListView list;
  int64_t before = 0;
  if (!read_before(visit, &before, error) || !mention_see(visit->desk, visit->staff->id, number, error) ||
      !shell_open(visit, RAIL_VIEW, "show-thread", &shell, error) ||
      !conversation_show(visit->arena, visit->desk, number, before, &view.thread, error) ||
      !list_view_load(visit, number, &list, error))
    return false;
  if (view.thread.conversation->merged_into) return lead_on(visit, response, view.thread.conversation, error);
  view.merged = merged_number(visit, number);
  view.list = &list;
  view.view = shell.view = list.view;
  if (list.view == (View)VIEW_FOUND) shell.place = RAIL_SEARCH;
  if (visit->request->method == WEB_POST)
    shell.shown_at = arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s%s", number, view_word(list.view),
                                  list_suffix(&list));
  view.before = before;
  view.recipient = recipient_of(&view.thread);
  IntList judged = {0};
  int64_t customer_id = view.thread.conversation->customer_id;
  if (!due_clocks(visit->arena, visit->desk, number, &view.due, error) ||
      !remedy_box_load(visit, number, customer_id, list.view, &view.remedies, error) ||
      !customer_card_load(visit, customer_id, &view.customer, error) ||
      !composer_load(visit, &view.thread, &view.composer, error) ||
      !offer_views(visit, &view.thread, view_word(view.view), &view.offers, error) ||
      !complaint_panel_load(visit, number, view_word(view.view), &view.thread.messages, composer->panel, &view.complaint,
                            error) ||
      !work_panel_load(visit, view.thread.conversation, view_word(view.view), composer->work, &view.work, error) ||
      !card_load(visit, &view.thread, view.view, &view.card, error) ||
      !reflection_folds_load(visit, number, &view.reflections, error) ||
      !care_beside_load(visit, &view.thread, view.view, &view.care, error) ||
      !conduct_view_load(visit, &view.thread, view.view, &view.conduct, error) ||
      !find_judged(visit, &view.thread, &judged, error))
    return false;
  view.composer.offer.complaint = view.complaint.complaint;
  view.composer.next = composer_next(visit, &list);
  view.is_logged = web_query(visit->request, "logged") != NULL;
  view.composer.seen = view.thread.conversation->last_message_id;
  make_ready(visit, &judged, &view);
  shell.title = arena_printf(visit->arena, "#%" G_GINT64_FORMAT " %s", number,
                             shell_line(visit, view.thread.conversation->subject));
  render_conversation_page(response->body, &shell, &list, &view);
  return true;
}

bool conversation_page(WebRequest *request, WebResponse *response, GError **error) {
  int64_t number;
  Composer composer = {0};
  const Visit *visit = visit_of(request);
  if (found_leads_on(visit, response, request->path)) return true;
  return web_path_int(request, "number", &number, error) && notice_see(visit->desk, visit->staff->id, number, error) &&
         conversation_render(visit, response, number, &composer, error);
}

const char *conversation_author(const MessageView *view) {
  const Message *message = view->message;
  if (view->is_mine) return "You";
  if (!text_is_blank(message->author_name)) return message->author_name;
  return text_is_blank(message->author_address) ? "(no name)" : message->author_address;
}

const char *conversation_machine_words(MailKind machine) {
  static const char *const words[] = {
    [MAIL_PERSON] = "", [MAIL_AUTO] = "automatic answer", [MAIL_BOUNCE] = "delivery report", [MAIL_LIST] = "mailing list"};
  return machine < G_N_ELEMENTS(words) ? words[machine] : "";
}

const char *conversation_delivery_words(const Recipient *recipient) {
  switch (recipient->state) {
  case DELIVERY_SENT: return "sent";
  case DELIVERY_FAILED: return "not delivered";
  case DELIVERY_RETURNED: return "came back";
  case DELIVERY_WAITING: break;
  }
  return text_is_blank(recipient->answer) ? "waiting" : "will be tried again";
}

const char *conversation_returned_words(const Message *message) {
  list_each(const Recipient, recipient, &message->sent_to)
    if (recipient->state == DELIVERY_RETURNED) return recipient->answer;
  return message->last_answer;
}

int64_t conversation_seconds_held(const Visit *visit, const MessageView *view) {
  int64_t left = view->message->held_until - visit->now;
  return left > 0 ? (left + CLOCK_SECOND - 1) / CLOCK_SECOND : 0;
}

bool conversation_date_is_odd(const Message *message) {
  return message->claimed_at && ABS(message->claimed_at - message->made_at) > CLOCK_DAY;
}
