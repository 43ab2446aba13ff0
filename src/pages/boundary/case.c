// One case: what was reported, what holds, what waits, and the journal. Each form does one thing; what cannot be done brings the page back
// with the sentence that says why, and with what was written.
#include "pages/boundary/conduct.h"

#include "base/words.h"

#include "pages/case.html.h"

#include <string.h>

const char *step_who(const BoundaryStep *step) {
  return step->by_customer ? N_("the customer") : step->staff_name ? step->staff_name : N_("the desk");
}

const char *case_words(const CasePage *page, const char *form) {
  return page->input.problem && strcmp(page->input.form, form) == 0 ? page->input.words : "";
}

bool case_has_past(const CasePage *page) {
  list_each(const Measure, measure, &page->file.measures)
    if (measure != page->asked && measure != page->holds) return true;
  list_each(const Appeal, appeal, &page->file.appeals)
    if (appeal->state != APPEAL_OPEN) return true;
  return false;
}

bool case_may_propose(const CasePage *page, MeasureKind kind) {
  return !page->asked && boundary_find_transition(page->file.head->stage, measure_event(kind)) != NULL;
}

const char *measure_people(Arena *arena, const Measure *measure) {
  g_autoptr(GString) out = g_string_new(NULL);
  words_append(out, "asked for by %s", measure->requested_name);
  if (measure->approved_name) words_append(out, ", approved by %s", measure->approved_name);
  if (measure->second_name) words_append(out, " and %s", measure->second_name);
  if (measure->over_name && measure->state != MEASURE_REPLACED)
    words_append(out, ", %s by %s", measure_state_title(measure->state), measure->over_name);
  return arena_strdup(arena, out->str);
}

const char *measure_line(const Visit *visit, const Measure *measure) {
  Arena *arena = visit->arena;
  const char *terms = boundary_terms(arena, measure),
             *from = measure->starts_at ? conduct_day(visit, measure->starts_at) : N_("its approval"),
             *until = conduct_day(visit, measure->ends_at), *review = conduct_day(visit, measure->review_at);
  if (!*terms) return arena_say(arena, "From %s until %s, looked at again on %s", from, until, review);
  return arena_say(arena, "%c%s; from %s until %s, looked at again on %s", g_ascii_toupper(*terms), terms + 1, from, until,
                   review);
}

static bool find_parts(CasePage *page, GError **error) {
  const Visit *visit = page->visit;
  const Staff *me = visit->staff;
  list_each(const Measure, measure, &page->file.measures) {
    if (measure->state == MEASURE_ASKED) page->asked = measure;
    if (measure->state == MEASURE_HOLDS && measure->ends_at > visit->now) page->holds = measure;
  }
  list_each(const Appeal, appeal, &page->file.appeals)
    if (appeal->state == APPEAL_OPEN) page->appeal = appeal;
  list_each(const Incident, incident, &page->file.incidents)
    if (incident->staff_id == me->id)
      page->no_decision = "You reported an incident of this case, so somebody else decides about it.";
  if (page->asked && page->asked->requested_by == me->id)
    page->no_decision = "You asked for this, so somebody else decides about it.";
  if (page->asked && page->asked->approved_by == me->id) page->no_decision = "Your yes is in. A second person decides as well.";
  return !page->appeal || appeal_may_decide(visit->arena, visit->desk, me, page->appeal, &page->no_appeal, error);
}

static const char *news_of(const Visit *visit) {
  static const char *const words[][2] = {
    {"asked", "It waits for approval by somebody else. They see it on their page of conduct."},
    {"holds", "It holds from now on, and the letter is on its way."},
    {"no-address",
     "It holds from now on. There is no address to write to: tell them in another way, and note it in the conversation."},
    {"one-more", "Your yes is in. A second person decides as well."},
    {"declined", "It was declined, and who asked can read why."},
    {"done", "It is done."},
  };
  const char *word = visit->request->method == WEB_GET ? web_query(visit->request, "news") : NULL;
  for (size_t i = 0; word && i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i][0], word) == 0) return words[i][1];
  return NULL;
}

static bool show(const Visit *visit, WebResponse *response, int64_t id, const CaseInput *input, GError **error) {
  CasePage page = {.visit = visit, .input = *input, .news = news_of(visit)};
  Shell shell;
  if (!shell_open(visit, RAIL_CONDUCT, "plain", &shell, error) ||
      !boundary_file(visit->arena, visit->desk, id, &page.file, error) ||
      !tray_of_case(visit->arena, visit->desk, id, &page.tray, error) || !find_parts(&page, error))
    return false;
  shell.title = arena_say(visit->arena, "Conduct: %s", page.file.head->customer_name);
  page.review_day = "";
  render_case_page(response->body, &shell, &page);
  return true;
}

bool case_page(WebRequest *request, WebResponse *response, GError **error) {
  int64_t id;
  return web_path_int(request, "case", &id, error) && show(visit_of(request), response, id, &(CaseInput){0}, error);
}

static const char *field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

// Back to the case with the news, or with what stands in the way.
static bool done(const Visit *visit, WebResponse *response, const char *form, bool worked, const char *news, GError *problem,
                 GError **error) {
  int64_t id;
  if (!web_path_int(visit->request, "case", &id, error)) {
    g_clear_error(&problem);
    return false;
  }
  if (worked) {
    web_redirect(response, arena_printf(visit->arena, "/conduct/%" G_GINT64_FORMAT "?news=%s", id, news));
    return true;
  }
  bool is_theirs = error_is(problem, ERROR_INVALID) || error_is(problem, ERROR_CONFLICT) || error_is(problem, ERROR_FORBIDDEN);
  if (!is_theirs) {
    g_propagate_error(error, problem);
    return false;
  }
  CaseInput input = {.form = form, .words = field(visit, "why"), .problem = arena_strdup(visit->arena, problem->message)};
  response->status = error_is(problem, ERROR_CONFLICT) ? 409 : error_is(problem, ERROR_FORBIDDEN) ? 403 : 422;
  g_error_free(problem);
  return show(visit, response, id, &input, error);
}

bool case_post_close(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id;
  if (!web_path_int(request, "case", &id, error)) return false;
  bool worked = boundary_close(visit->desk, visit->staff, id, field(visit, "why"), &problem);
  return done(visit, response, "close", worked, "done", problem, error);
}

// The part that an address names below its case.
static bool find_part(WebRequest *request, const char *name, BoundaryPart part, int64_t *out, GError **error) {
  int64_t case_id;
  return web_path_int(request, "case", &case_id, error) && web_path_int(request, name, out, error) &&
         boundary_check_part(visit_of(request)->desk, case_id, part, *out, error);
}

bool case_post_set_aside(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id;
  if (!find_part(request, "incident", PART_INCIDENT, &id, error)) return false;
  bool worked = boundary_set_aside(visit->desk, visit->staff, id, field(visit, "why"), &problem);
  return done(visit, response, "aside", worked, "done", problem, error);
}

bool measure_post_decide(WebRequest *request, WebResponse *response, GError **error) {
  static const char *const news[] = {[MEASURE_OUT_DECLINED] = "declined",
                                     [MEASURE_OUT_ONE_MORE] = "one-more",
                                     [MEASURE_OUT_HOLDS] = "holds",
                                     [MEASURE_OUT_NO_ADDRESS] = "no-address"};
  const Visit *visit = visit_of(request);
  const char *then = field(visit, "then");
  MeasureOutcome outcome = MEASURE_OUT_DECLINED;
  GError *problem = NULL;
  int64_t id;
  if (!find_part(request, "measure", PART_MEASURE, &id, error)) return false;
  if (strcmp(then, "approve") != 0 && strcmp(then, "decline") != 0)
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  bool worked = measure_decide(visit->desk, visit->staff, id, strcmp(then, "approve") == 0, field(visit, "why"),
                               pages_origin(visit->pages), &outcome, &problem);
  return done(visit, response, "decide", worked, news[outcome], problem, error);
}

bool measure_post_withdraw(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id;
  if (!find_part(request, "measure", PART_MEASURE, &id, error)) return false;
  bool worked = measure_withdraw(visit->desk, visit->staff, id, &problem);
  return done(visit, response, "withdraw", worked, "done", problem, error);
}

bool measure_post_review(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id, next = 0;
  if (!find_part(request, "measure", PART_MEASURE, &id, error)) return false;
  conduct_read_day(visit, field(visit, "review"), &next);
  bool worked = measure_review(visit->desk, visit->staff, id, strcmp(field(visit, "then"), "lift") == 0, next,
                               field(visit, "why"), &problem);
  return done(visit, response, "review", worked, "done", problem, error);
}

bool measure_post_appeal(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id;
  if (!find_part(request, "measure", PART_MEASURE, &id, error)) return false;
  bool worked = appeal_note(visit->desk, visit->staff, id, 0, field(visit, "why"), &problem);
  return done(visit, response, "appeal", worked, "done", problem, error);
}

bool appeal_post_decide(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id;
  if (!find_part(request, "appeal", PART_APPEAL, &id, error)) return false;
  bool worked = appeal_decide(visit->desk, visit->staff, id, strcmp(field(visit, "then"), "grant") == 0, field(visit, "why"),
                              &problem);
  return done(visit, response, "appeal-decide", worked, "done", problem, error);
}
