// Giving a remedy. The form stands in the panel of its conversation and on a page of its own, where it comes back when something is to be
// said about it: a mistake, that it goes beyond one's authority (then it can be asked for), or that something was given meanwhile.
#include "base/words.h"
#include "pages/pages.h"
#include "pages/remedy.html.h"

static const char *field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool render(const Visit *visit, WebResponse *response, RemedyForm *form, GError **error) {
  Thread thread;
  RemedyBox box;
  Shell shell;
  if (!shell_open(visit, RAIL_VIEW, "plain", &shell, error) ||
      !conversation_show(visit->arena, visit->desk, form->number, 0, &thread, error) ||
      !remedy_box_load(visit, form->number, thread.conversation->customer_id, form->view, &box, error))
    return false;
  form->authorities = box.form.authorities;
  form->seen = box.form.seen;
  if (text_is_blank(form->hours)) form->hours = box.form.hours;
  if (!form->amount) *form = box.form;
  shell.title = arena_say(visit->arena, "A remedy for #%jd", form->number);
  shell.view = form->view;
  render_remedy_page(response->body, &shell, thread.conversation, &box, form);
  return true;
}

bool remedy_form_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RemedyForm form = {.view = VIEW_OPEN};
  view_from_word(web_query(request, "view"), &form.view);
  return web_path_int(request, "number", &form.number, error) &&
         conversation_survivor(visit->desk, form.number, &form.number, error) && render(visit, response, &form, error);
}

// What a person wrote wrong is said beside the form.
static bool read_form(const Visit *visit, RemedyForm *form, RemedyDraft *out) {
  g_autoptr(GError) problem = NULL;
  Arena *arena = visit->arena;
  const char *then = field(visit, "then"), *currency = currency_read(arena, form->currency);
  gint64 hours = 0;
  *out = (RemedyDraft){
    .number = form->number, .currency = currency, .reason = form->reason, .seen_id = visit_form_int(visit, "seen")};
  out->ask = strcmp(then, "ask") == 0;
  if (!remedy_kind_from_word(field(visit, "kind"), &out->kind)) return form->problem = "Choose what is given.", false;
  form->kind = out->kind;
  if (!currency) return form->problem = "Give the currency as three letters, such as EUR.", false;
  if (!text_is_blank(form->amount) && !money_read(arena, form->amount, currency, &out->amount, &problem))
    return form->problem = arena_strdup(arena, problem->message), false;
  if (!out->ask) return true;
  if (!g_ascii_string_to_signed(form->hours, 10, 1, REMEDY_ASK_MOST / CLOCK_HOUR, &hours, NULL))
    return form->problem = "Say in how many hours the decision is needed: 1 to 720.", false;
  out->ask_within = hours * CLOCK_HOUR;
  return true;
}

static bool show_again(const Visit *visit, WebResponse *response, RemedyForm *form, int status, GError **error) {
  response->status = status;
  return render(visit, response, form, error);
}

bool remedy_post_give(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RemedyForm form = {.view = VIEW_OPEN, .amount = field(visit, "amount"), .currency = field(visit, "currency")};
  form.reason = field(visit, "reason");
  form.hours = text_trim(visit->arena, field(visit, "hours"));
  view_from_word(web_form(request, "view"), &form.view);
  RemedyDraft draft;
  RemedyOutcome outcome;
  int64_t id;
  g_autoptr(GError) refusal = NULL;
  if (!web_path_int(request, "number", &form.number, error) ||
      !conversation_survivor(visit->desk, form.number, &form.number, error))
    return false;
  if (!read_form(visit, &form, &draft)) return show_again(visit, response, &form, 422, error);
  if (!remedy_give(visit->arena, visit->desk, visit->staff, &draft, &outcome, &id, &form.why, &refusal)) {
    if (!error_is(refusal, ERROR_INVALID)) return g_propagate_error(error, g_steal_pointer(&refusal)), false;
    form.problem = arena_strdup(visit->arena, refusal->message);
    return show_again(visit, response, &form, 422, error);
  }
  form.has_changed = outcome == REMEDY_CHANGED;
  if (form.has_changed) return show_again(visit, response, &form, 409, error);
  if (outcome == REMEDY_ABOVE) return show_again(visit, response, &form, 422, error);
  Remedy given = {.id = id, .number = form.number};
  web_redirect(response, remedy_conversation_path(visit, &given, form.view));
  return true;
}
