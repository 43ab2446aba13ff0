// Alerts: the list, and one with its steps, its evidence, and what ends it.
#include "pages/boundary/conduct.h"

#include "base/words.h"

#include "pages/alert.html.h"

#include <string.h>

const char *alert_state(const Visit *visit, const SafetyAlert *alert) {
  Arena *arena = visit->arena;
  switch (alert->state) {
  case SAFETY_OPEN:
    return alert->raised_name
             ? arena_say(arena, "raised by %s, %s; nobody has taken it yet", alert->raised_name,
                         moment_ago(visit, alert->raised_at))
             : arena_say(arena, "raised by a reading, %s; nobody has taken it yet", moment_ago(visit, alert->raised_at));
  case SAFETY_TAKEN:
    return alert->taken_by == visit->staff->id
             ? arena_say(arena, "with you, %s", moment_ago(visit, alert->taken_at))
             : arena_say(arena, "with %s, %s", alert->taken_name, moment_ago(visit, alert->taken_at));
  case SAFETY_CLOSED:
    return arena_say(arena, "closed by %s, %s", alert->closed_name ? alert->closed_name : "",
                     moment_ago(visit, alert->closed_at));
  case SAFETY_FALSE_ALARM: return "a false alarm";
  }
  return "";
}

bool alerts_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *before = web_query(request, "before");
  AlertsPage page = {0};
  Shell shell;
  gint64 from = 0;
  if (before && !g_ascii_string_to_signed(before, 10, 1, G_MAXINT64, &from, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  if (!shell_open(visit, RAIL_CONDUCT, "plain", &shell, error) ||
      !safety_list(visit->arena, visit->desk, from, &page.alerts, &page.has_more, error))
    return false;
  shell.title = "Alerts";
  render_alerts_page(response->body, &shell, &page);
  return true;
}

// The numbers that the desk keeps, in the words of a step; one that is not set says who sets it.
static const char *fill(Arena *arena, const char *text, const Policy *policy) {
  const struct {
    const char *mark, *value, *otherwise;
  } values[] = {
    {"{{emergency}}", policy->emergency_number, "the emergency number"},
    {"{{helpline}}", policy->helpline, "a helpline (an administrator sets it: rapport set helpline)"},
    {"{{safety contact}}", policy->safety_contact, "nobody is named (an administrator sets it: rapport set safety-contact)"}};
  g_autoptr(GString) out = g_string_new(text);
  for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
    g_string_replace(out, values[i].mark, text_is_blank(values[i].value) ? tr_of(values[i].otherwise) : values[i].value, 0);
  return arena_strdup(arena, out->str);
}

static void make_steps(AlertPage *page, const Policy *policy) {
  Arena *arena = page->visit->arena;
  list_each(const ProtocolStep, step, &page->protocol.steps) {
    AlertStep *made = list_add(arena, &page->steps);
    *made = (AlertStep){.step = step, .action = fill(arena, step->action, policy), .example = fill(arena, step->example, policy)};
    list_each(const SafetyTick, tick, &page->file.ticks)
      if (strcmp(tick->step, step->key) == 0) made->tick = tick;
  }
}

static bool show(const Visit *visit, WebResponse *response, int64_t id, const char *words, const char *problem, GError **error) {
  AlertPage page = {.visit = visit, .words = words, .problem = problem};
  Policy policy;
  Shell shell;
  if (!shell_open(visit, RAIL_CONDUCT, "plain", &shell, error) ||
      !safety_file(visit->arena, visit->desk, id, &page.file, error) || !policy_load(visit->arena, visit->desk, &policy, error) ||
      !protocol_find_here(visit->arena, visit->desk, safety_protocol(page.file.alert->kind), &page.protocol, error))
    return false;
  make_steps(&page, &policy);
  shell.title = safety_title(page.file.alert->kind);
  render_alert_page(response->body, &shell, &page);
  return true;
}

bool alert_page(WebRequest *request, WebResponse *response, GError **error) {
  int64_t id;
  return web_path_int(request, "alert", &id, error) && show(visit_of(request), response, id, "", NULL, error);
}

static bool done(const Visit *visit, WebResponse *response, bool worked, GError *problem, GError **error) {
  int64_t id = 0;
  if (!web_path_int(visit->request, "alert", &id, error)) {
    g_clear_error(&problem);
    return false;
  }
  if (worked) {
    web_redirect(response, arena_printf(visit->arena, "/safety/%" G_GINT64_FORMAT, id));
    return true;
  }
  if (!error_is(problem, ERROR_INVALID) && !error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, problem);
    return false;
  }
  const char *words = web_form(visit->request, "outcome"), *said = arena_strdup(visit->arena, problem->message);
  response->status = error_is(problem, ERROR_CONFLICT) ? 409 : 422;
  g_error_free(problem);
  return show(visit, response, id, words ? words : "", said, error);
}

bool alert_post_take(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *problem = NULL;
  int64_t id;
  if (!web_path_int(request, "alert", &id, error)) return false;
  bool worked = safety_take(visit->desk, visit->staff, id, &problem);
  return done(visit, response, worked, problem, error);
}

bool alert_post_tick(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *step = web_form(request, "step"), *back = web_form(request, "undo");
  GError *problem = NULL;
  int64_t id;
  if (!web_path_int(request, "alert", &id, error)) return false;
  bool worked = safety_tick(visit->desk, visit->staff, id, step ? step : back ? back : "", step != NULL, &problem);
  return done(visit, response, worked, problem, error);
}

bool alert_post_close(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *outcome = web_form(request, "outcome");
  GError *problem = NULL;
  int64_t id;
  if (!web_path_int(request, "alert", &id, error)) return false;
  bool worked = safety_close(visit->desk, visit->staff, id, outcome ? outcome : "", &problem);
  return done(visit, response, worked, problem, error);
}

bool alert_post_false(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Behaviour behaviour = BEHAVIOUR_COUNT;
  GError *problem = NULL;
  int64_t id;
  if (!web_path_int(request, "alert", &id, error)) return false;
  if (!behaviour_from_word(web_form(request, "they"), &behaviour)) behaviour = BEHAVIOUR_COUNT;
  bool worked = safety_false_alarm(visit->desk, visit->staff, id, behaviour, &problem);
  return done(visit, response, worked, problem, error);
}

bool alert_evidence(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Bytes bundle;
  int64_t id, at;
  if (!web_path_int(request, "alert", &id, error) || !web_path_int(request, "bundle", &at, error) ||
      !safety_evidence(visit->arena, visit->desk, id, at, &bundle, error))
    return false;
  const char *name = arena_printf(visit->arena, "evidence-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-signed.json", id, at);
  web_download(response, name, "application/json", bundle, false);
  return true;
}
