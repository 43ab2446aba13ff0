// Reporting conduct: a page with the sentences of one message, so that the evidence is what was said and not what is remembered. And what
// is one press: calling a supervisor, and saying what a mail under a restriction was.
#include "pages/boundary/conduct.h"

#include "desk/conversation/verbs.h"
#include "pages/report.html.h"

#include <string.h>

#define SENTENCES_MOST 60
#define SENTENCE_SHOWN 300 // characters

static bool ends_sentence(const char *at) {
  return strchr(".!?\n", *at) && (at[1] == '\0' || g_ascii_isspace(at[1]) || *at == '\n');
}

// Offsets are bytes of the body, white space aside.
void report_sentences(Arena *arena, const char *body, ReportChoiceList *out) {
  const char *start = body;
  for (const char *at = body; *start && out->count < SENTENCES_MOST; at++) {
    if (*at && !ends_sentence(at)) continue;
    const char *end = *at ? at + 1 : at;
    const char *from = start;
    while (from < end && g_ascii_isspace(*from)) from++;
    size_t length = (size_t)(end - from);
    while (length && g_ascii_isspace(from[length - 1])) length--;
    if (length)
      *list_add(arena, out) = (ReportChoice){
        arena_printf(arena, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, (int64_t)(from - body),
                     (int64_t)(from - body) + (int64_t)length),
        text_clamp(arena, text_one_line(arena, arena_strndup(arena, from, length)), SENTENCE_SHOWN)};
    if (!*at) return;
    start = end;
  }
}

static const char *field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static const char *view_of(const Visit *visit) {
  View view = VIEW_OPEN;
  const char *word = visit->request->method == WEB_POST ? web_form(visit->request, "view") : web_query(visit->request, "view");
  view_from_word(word, &view);
  return view_word(view);
}

static void lead_back(const Visit *visit, WebResponse *response, int64_t number, int64_t message_id) {
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#m%" G_GINT64_FORMAT, number,
                                      view_of(visit), message_id));
}

static bool show(const Visit *visit, WebResponse *response, int64_t message_id, const char *problem, GError **error) {
  Shell shell;
  MessageWords *said = NULL;
  ReportPage page = {.message_id = message_id, .view = view_of(visit), .note = field(visit, "note"), .problem = problem};
  if (!level_from_word(web_form(visit->request, "level"), &page.level)) page.level = LEVEL_COUNT;
  if (!boundary_message(visit->arena, visit->desk, message_id, &said, error) ||
      !shell_open(visit, RAIL_VIEW, "plain", &shell, error))
    return false;
  page.number = said->number;
  page.author = said->author;
  report_sentences(visit->arena, said->body, &page.sentences);
  shell.title = "Report conduct";
  if (problem) response->status = 422;
  render_report_page(response->body, &shell, &page);
  return true;
}

bool conduct_report_page(WebRequest *request, WebResponse *response, GError **error) {
  int64_t message_id;
  return web_path_int(request, "message", &message_id, error) && show(visit_of(request), response, message_id, NULL, error);
}

// "12-40"; "": the whole message.
static void read_words(const Visit *visit, IncidentDraft *draft) {
  const char *text = field(visit, "words"), *dash = strchr(text, '-');
  if (!dash) return;
  draft->start = g_ascii_strtoll(text, NULL, 10);
  draft->end = g_ascii_strtoll(dash + 1, NULL, 10);
}

bool conduct_post_report(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  IncidentDraft draft = {.note = field(visit, "note")};
  int64_t case_id = 0, number = 0;
  g_autoptr(GError) problem = NULL;
  if (!web_path_int(request, "message", &draft.message_id, error)) return false;
  if (!level_from_word(web_form(request, "level"), &draft.level))
    return show(visit, response, draft.message_id, "Say how bad it was.", error);
  read_words(visit, &draft);
  if (!boundary_report(visit->desk, visit->staff, &draft, &case_id, &problem)) {
    if (error_is(problem, ERROR_INVALID))
      return show(visit, response, draft.message_id, arena_strdup(visit->arena, problem->message), error);
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  if (!message_conversation(visit->desk, draft.message_id, &number, error)) return false;
  lead_back(visit, response, number, draft.message_id);
  return true;
}

bool conduct_post_safety(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  SafetyKind kind;
  int64_t message_id, alert = 0, number = 0;
  if (!safety_from_word(web_form(request, "kind"), &kind))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!web_path_int(request, "message", &message_id, error) ||
      !safety_raise(visit->desk, visit->staff, message_id, kind, &alert, error) ||
      !message_conversation(visit->desk, message_id, &number, error))
    return false;
  lead_back(visit, response, number, message_id);
  return true;
}

bool conduct_post_tray(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *finding = field(visit, "finding");
  int64_t message_id, number = 0, measure = visit_form_int(visit, "measure");
  if (!web_path_int(request, "message", &message_id, error)) return false;
  bool worked = strcmp(finding, "appeal") == 0 && measure
                  ? appeal_note(visit->desk, visit->staff, measure, message_id, "", error)
                  : tray_read(visit->desk, visit->staff, message_id, strcmp(finding, "new") == 0 ? FINDING_NEW : FINDING_SAME,
                              error);
  if (!worked || !message_conversation(visit->desk, message_id, &number, error)) return false;
  const char *next = web_form(request, "next");
  if (next)
    web_redirect(response, visit_path(next));
  else
    lead_back(visit, response, number, message_id);
  return true;
}
