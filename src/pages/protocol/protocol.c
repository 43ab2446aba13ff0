// The pages of protocols. The form has a row for each step and two empty ones; a row that is emptied is a step less, and the numbers
// beside the rows are their order.
#include "pages/protocols.html.h"

#include "base/text.h"
#include "pages/pages.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MOST (PROTOCOL_STEPS_MOST + 2)
#define EMPTY_ROWS 2

bool protocols_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ProtocolList protocols = {0};
  GuidePage retired;
  GuideFilter filter = GUIDE_ANY;
  filter.retired = true;
  GuideLanguageList missing = {0};
  Shell shell;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error) || !protocol_list(visit->arena, visit->desk, &protocols, error) ||
      !guide_list(visit->arena, visit->desk, GUIDE_PROTOCOL, &filter, "", 0, &retired, error) ||
      !guide_missing_languages(visit, &missing, error))
    return false;
  shell.title = "Protocols";
  render_protocols(response->body, &shell, &protocols, &retired.rows, &missing);
  return true;
}

bool protocol_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Protocol protocol;
  Shell shell;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error) ||
      !protocol_find(visit->arena, visit->desk, web_path_text(request, "word"), &protocol, error))
    return false;
  shell.title = protocol.head.title;
  render_protocol(response->body, &shell, &protocol);
  return true;
}

static bool show_form(const Visit *visit, WebResponse *response, ProtocolForm *form, GError **error) {
  Arena *arena = visit->arena;
  Shell shell;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error)) return false;
  form->visit = visit;
  for (size_t i = 0; i < MIN(form->protocol.steps.count + EMPTY_ROWS, ROWS_MOST); i++) {
    StepRow *row = list_add(arena, &form->rows);
    row->place = (int64_t)i + 1;
    if (i < form->protocol.steps.count) row->step = form->protocol.steps.items[i];
    choices_of_checks(arena, row->step.check, &row->checks);
  }
  choices_of_behaviours(arena, form->protocol.head.behaviour, &form->behaviours);
  choices_of_languages(arena, form->protocol.head.language, &form->languages);
  shell.title = form->word ? "Change a protocol" : "A new protocol";
  render_protocol_form(response->body, &shell, form);
  return true;
}

bool protocol_new_page(WebRequest *request, WebResponse *response, GError **error) {
  ProtocolForm form = {
    .protocol.head = {.title = "", .situation = "", .language = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR},
    .protocol.why = ""};
  return show_form(visit_of(request), response, &form, error);
}

bool protocol_edit_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ProtocolForm form = {.word = web_path_text(request, "word")};
  if (!protocol_find(visit->arena, visit->desk, form.word, &form.protocol, error)) return false;
  form.seen = form.protocol.guide.version;
  return show_form(visit, response, &form, error);
}

typedef struct PlacedStep {
  int64_t place, row;
  ProtocolStep step;
} PlacedStep;

static int by_place(const void *left, const void *right) {
  const PlacedStep *a = left, *b = right;
  return a->place != b->place ? (a->place < b->place ? -1 : 1) : a->row < b->row ? -1 : 1;
}

static const char *row_field(const Visit *visit, const char *name, int row) {
  return guide_field(visit, arena_printf(visit->arena, "%s%d", name, row));
}

static void read_steps(const Visit *visit, ProtocolStepList *out) {
  PlacedStep placed[ROWS_MOST];
  size_t count = 0;
  for (int row = 1; row <= ROWS_MOST; row++) {
    ProtocolStep step = {.key = row_field(visit, "key", row),
                         .title = row_field(visit, "title", row),
                         .action = row_field(visit, "action", row),
                         .example = row_field(visit, "example", row)};
    step_check_from_word(row_field(visit, "check", row), &step.check);
    if (!*step.title && !*step.action && !*step.example) continue;
    int64_t place = visit_form_int(visit, arena_printf(visit->arena, "place%d", row));
    placed[count++] = (PlacedStep){place ? place : row, row, step};
  }
  if (count) qsort(placed, count, sizeof *placed, by_place);
  for (size_t i = 0; i < count; i++) *list_add(visit->arena, out) = placed[i].step;
}

bool protocol_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *word = web_path_text(request, "word"), *kept = NULL;
  ProtocolForm form = {.word = strcmp(word, "new") == 0 ? NULL : word, .seen = visit_form_int(visit, "seen")};
  guide_head_of_form(visit, &form.protocol.head);
  form.protocol.why = guide_field(visit, "why");
  read_steps(visit, &form.protocol.steps);
  if (form.word && !form.seen) return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  g_autoptr(GError) refusal = NULL;
  if (protocol_keep(visit->arena, visit->desk, visit->staff, form.word, form.word ? form.seen : 0, &form.protocol, &kept,
                    &refusal)) {
    web_redirect(response, arena_printf(visit->arena, "/protocols/%s?kept=yes", kept));
    return true;
  }
  form.problem = guide_problem(&refusal, &response->status);
  if (form.problem) {
    if (response->status == 409 && !guide_newest(visit, GUIDE_PROTOCOL, form.word, &form.seen, error)) return false;
    return show_form(visit, response, &form, error);
  }
  g_propagate_error(error, g_steal_pointer(&refusal));
  return false;
}

const WebRoute protocol_routes[] = {
  {WEB_GET, "/protocols", PERMISSION_READ, protocols_page, 0},
  {WEB_POST, "/guides/languages", PERMISSION_ADMINISTER, guide_post_language, 0},
  {WEB_GET, "/protocols/new", PERMISSION_SUPERVISE, protocol_new_page, 0},
  {WEB_GET, "/protocols/:word", PERMISSION_READ, protocol_page, 0},
  {WEB_GET, "/protocols/:word/edit", PERMISSION_SUPERVISE, protocol_edit_page, 0},
  {WEB_GET, "/protocols/:word/history", PERMISSION_READ, guide_history_page, 0},
  {WEB_POST, "/protocols/:word", PERMISSION_SUPERVISE, protocol_post, 0},
  {WEB_POST, "/protocols/:word/restore", PERMISSION_SUPERVISE, guide_post_restore, 0},
  {WEB_POST, "/protocols/:word/retire", PERMISSION_SUPERVISE, guide_post_retire, 0},
  {0},
};
