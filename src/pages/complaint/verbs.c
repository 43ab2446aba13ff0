// What the panel's forms do. Each lets one thing happen and leads back to the panel; what cannot happen (somebody was faster, something is
// missing) brings the page back with the sentence that says so and with what was written.
#include "base/words.h"
#include "pages/complaint/panel.h"

#include "desk/complaint/suggestion.h"
#include "desk/conversation/verbs.h"
#include "desk/hours/hours.h"
#include "pages/conversation/conversation.h"

#include <string.h>

static const char *field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool is_yes(const Visit *visit, const char *name) { return strcmp(field(visit, name), "yes") == 0; }

static void return_to_panel(const Visit *visit, WebResponse *response, int64_t number) {
  View view = VIEW_OPEN;
  view_from_word(web_form(visit->request, "view"), &view);
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#complaint", number,
                                      shell_view_again(visit, view)));
}

// Where the conversation went on, for who writes while somebody merges.
static bool read_number(const Visit *visit, int64_t *out, GError **error) {
  return web_path_int(visit->request, "number", out, error) && conversation_survivor(visit->desk, *out, out, error);
}

// `refusal`: why it was not done; what a person can put right comes back with the page, the rest is an error.
static bool come_back(const Visit *visit, WebResponse *response, int64_t number, ComplaintEvent event, GError *refusal,
                      GError **error) {
  bool is_theirs = error_is(refusal, ERROR_INVALID) || error_is(refusal, ERROR_CONFLICT) || error_is(refusal, ERROR_NOT_FOUND);
  if (!is_theirs) {
    g_propagate_error(error, refusal);
    return false;
  }
  PanelInput input = {.problem = arena_strdup(visit->arena, refusal->message),
                      .event = event,
                      .detail = field(visit, "detail"),
                      .outside = web_form(visit->request, "outside")};
  Composer composer = {.panel = &input};
  response->status = error_is(refusal, ERROR_CONFLICT) ? 409 : 422;
  g_error_free(refusal);
  return conversation_render(visit, response, number, &composer, error);
}

static bool done(const Visit *visit, WebResponse *response, int64_t number, ComplaintEvent event, bool worked, GError *refusal,
                 GError **error) {
  if (!worked) return come_back(visit, response, number, event, refusal, error);
  return_to_panel(visit, response, number);
  return true;
}

bool complaint_post_make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  const char *why = "";
  int64_t number;
  if (!read_number(visit, &number, error)) return false;
  bool by_reading = strcmp(field(visit, "origin"), "reading") == 0;
  if (by_reading && !complaint_suggestion(visit->arena, visit->desk, number, &why, error)) return false;
  if (by_reading && why) why = arena_say(visit->arena, "Read as one: %s", why);
  bool worked = complaint_receive(visit->desk, visit->staff, number, by_reading ? ORIGIN_READING : ORIGIN_PERSON, why ? why : "",
                                  &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

bool complaint_post_deny(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  if (!read_number(visit, &number, error) || !complaint_deny(visit->desk, visit->staff, number, error)) return false;
  conversation_return(visit, response, number);
  return true;
}

// Two who press at once: the second one sees first what the first one did.
static bool stage_is_as_seen(const Visit *visit, int64_t number, GError **error) {
  Complaint *complaint = NULL;
  ComplaintStage seen;
  if (!stage_from_word(field(visit, "stage"), &seen)) return true;
  if (!complaint_find(visit->arena, visit->desk, number, &complaint, error)) return false;
  if (!complaint || complaint->stage == seen) return true;
  return error_set(error, ERROR_CONFLICT, "Somebody was faster: the complaint is %s now. Look again, then go on.",
                   text_fold(visit->arena, stage_title(complaint->stage)));
}

static bool is_by_customer(ComplaintEvent event) { return event == COMPLAINT_AGREE || event == COMPLAINT_DECLINE; }

// The others come with verbs of their own, which write down more than a word.
static bool is_said_by_hand(ComplaintEvent event) {
  return (event > COMPLAINT_RECEIVE && event <= COMPLAINT_WITHDRAW) || event == COMPLAINT_NEWS ||
         event == COMPLAINT_FINAL_RESPONSE;
}

bool complaint_post_happen(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number;
  ComplaintMove move = {.actor = visit->staff,
                        .message_id = visit_form_int(visit, "message"),
                        .detail = field(visit, "detail"),
                        .outside = web_form(request, "outside")};
  if (!read_number(visit, &number, error)) return false;
  if (!complaint_event_from_word(field(visit, "event"), &move.event) || !is_said_by_hand(move.event))
    return error_set(error, ERROR_INVALID, "The form does not say what happened.");
  move.by_customer = is_by_customer(move.event);
  move.is_final = is_yes(visit, "final");
  bool worked = stage_is_as_seen(visit, number, &refusal) && complaint_advance(visit->desk, number, &move, &refusal);
  return done(visit, response, number, move.event, worked, refusal, error);
}

bool complaint_post_assess(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number;
  Assessment assessment = {.severity = SEVERITY_MODERATE,
                           .is_safety = is_yes(visit, "safety"),
                           .about = field(visit, "about"),
                           .seeks = field(visit, "seeks")};
  if (!read_number(visit, &number, error)) return false;
  severity_from_word(field(visit, "severity"), &assessment.severity);
  bool worked = complaint_assess(visit->desk, visit->staff, number, &assessment, &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

bool complaint_post_gap(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number;
  Gap gap = {field(visit, "present"), field(visit, "desired")};
  if (!read_number(visit, &number, error)) return false;
  bool worked = complaint_gap_confirm(visit->desk, visit->staff, number, &gap, &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

static Reason read_reason(const Visit *visit) {
  gint64 reason = REASON_COUNT + 1; // none of them
  g_ascii_string_to_signed(field(visit, "reason"), 10, 0, REASON_COUNT, &reason, NULL);
  return (Reason)reason;
}

bool complaint_post_reason(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number;
  ComplaintReason reason = {.reason = read_reason(visit), .feeling = EMOTION_NEUTRAL, .note = field(visit, "note")};
  if (!read_number(visit, &number, error)) return false;
  emotion_from_word(field(visit, "feeling"), &reason.feeling);
  reason.source = strcmp(field(visit, "source"), "reading") == 0 ? REASON_FROM_READING : REASON_BY_AGENT;
  bool worked = complaint_reason_set(visit->desk, visit->staff, number, &reason, &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

bool complaint_post_reason_remove(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number;
  if (!read_number(visit, &number, error)) return false;
  bool worked = complaint_reason_remove(visit->desk, visit->staff, number, read_reason(visit), &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

bool complaint_post_effort(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number, channels = 0;
  gint64 attempts = -1, channel;
  if (!read_number(visit, &number, error)) return false;
  list_each(const WebField, each, web_form_fields(request))
    if (strcmp(each->name, "channel") == 0 && each->value &&
        g_ascii_string_to_signed(each->value, 10, 0, EFFORT_CHANNEL_COUNT - 1, &channel, NULL))
      channels |= INT64_C(1) << channel;
  const char *given = text_trim(visit->arena, field(visit, "attempts"));
  if (*given && !g_ascii_string_to_signed(given, 10, 0, G_MAXINT64, &attempts, NULL)) attempts = EFFORT_ATTEMPTS_MOST + 1;
  bool worked = complaint_effort_set(visit->desk, visit->staff, number, attempts, channels, &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

bool complaint_post_owner(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number;
  ComplaintMove move = {.event = COMPLAINT_HAND_OVER,
                        .actor = visit->staff,
                        .owner_id = visit_form_int(visit, "owner"),
                        .detail = field(visit, "detail")};
  if (!read_number(visit, &number, error)) return false;
  bool worked = complaint_advance(visit->desk, number, &move, &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

// ——— promises

// "2026-11-25": until the desk closes on that day; 0 when it is no day.
static bool read_day(const Visit *visit, int64_t *out, GError **error) {
  unsigned year = 0, month = 0, day = 0;
  BusinessHours hours;
  *out = 0;
  bool is_date = sscanf(field(visit, "due"), "%4u-%2u-%2u", &year, &month, &day) == 3;
  Day date = is_date ? day_from_date(year, month, day) : 0;
  if (date == 0) return true;
  if (!hours_load(visit->arena, visit->desk, &hours, error)) return false;
  *out = hours_close_of(&hours, date);
  return true;
}

bool complaint_post_promise(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t number, due_at, id;
  if (!read_number(visit, &number, error) || !read_day(visit, &due_at, error)) return false;
  bool worked = promise_make(visit->desk, visit->staff, number, due_at, field(visit, "words"), &id, &refusal);
  return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
}

// From the panel back to the panel, from the list of promises back to that.
static bool promise_done(const Visit *visit, WebResponse *response, bool worked, GError *refusal, GError **error) {
  int64_t number = visit_form_int(visit, "number");
  if (number && conversation_survivor(visit->desk, number, &number, NULL))
    return done(visit, response, number, COMPLAINT_EVENT_COUNT, worked, refusal, error);
  if (!worked) {
    g_propagate_error(error, refusal);
    return false;
  }
  web_redirect(response, "/promises");
  return true;
}

bool promise_post_settle(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "promise", &id, error)) return false;
  bool worked = promise_settle(visit->desk, visit->staff, id, is_yes(visit, "kept"), field(visit, "result"), &refusal);
  return promise_done(visit, response, worked, refusal, error);
}

bool promise_post_postpone(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id, due_at;
  if (!web_path_int(request, "promise", &id, error) || !read_day(visit, &due_at, error)) return false;
  bool worked = promise_postpone(visit->desk, visit->staff, id, due_at, field(visit, "detail"), &refusal);
  return promise_done(visit, response, worked, refusal, error);
}
