// The page of readings, its export, and what administrators may change.
#include "pages/learning.html.h"
#include "pages/pages.h"

#include "base/json.h"
#include "desk/audit/audit.h"

#include <string.h>

static bool learning_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  LearningPage page = {.may_change = role_may(visit->staff->role, PERMISSION_ADMINISTER)};
  Shell shell;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !learning_report(visit->arena, visit->desk, &page.report, error))
    return false;
  learning_tables(visit->arena, &page.report, &page.tables);
  shell.title = "Readings";
  render_learning(response->body, &shell, &page);
  return true;
}

// A line of JSON each: whoever wants to train with them needs the texts; who judged is left out.
static void write_lesson(const Visit *visit, const ExportedLesson *lesson, GString *out) {
  static const char *const kinds[CORRECTION_KIND_COUNT] = {
    [CORRECTION_EMOTION] = "emotion", [CORRECTION_BEHAVIOUR] = "behaviour", [CORRECTION_NEED] = "need"};
  g_autoptr(Json) json = json_object();
  json_object_set_new(json, "id", json_integer(lesson->id));
  json_object_set_new(json, "conversation", json_integer(lesson->number));
  json_object_set_new(json, "message", json_integer(lesson->message_id));
  json_object_set_new(json, "at", json_string(clock_iso(visit->arena, lesson->made_at)));
  json_object_set_new(json, "kind", json_string(lesson->kind < CORRECTION_KIND_COUNT ? kinds[lesson->kind] : ""));
  json_object_set_new(json, "read", json_string(correction_value_word(lesson->kind, lesson->read_value)));
  json_object_set_new(json, "said", json_string(correction_value_word(lesson->kind, lesson->value)));
  json_object_set_new(json, "engine", json_string(lesson->engine));
  json_object_set_new(json, "text", json_string(lesson->text));
  g_string_append(out, json_text(visit->arena, json));
  g_string_append_c(out, '\n');
}

static bool learning_download(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  g_autoptr(GString) lines = g_string_new(NULL);
  for (int64_t after = 0;;) {
    ExportedLessonList lessons = {0};
    if (!learning_export(visit->arena, visit->desk, after, &lessons, error)) return false;
    list_each(const ExportedLesson, lesson, &lessons) write_lesson(visit, lesson, lines);
    if (lessons.count < EXPORT_PAGE) break;
    after = lessons.items[lessons.count - 1].id;
  }
  Bytes bytes = bytes_of(arena_copy(visit->arena, lines->str, lines->len + 1), lines->len);
  web_download(response, "judgements.jsonl", "application/x-ndjson", bytes, false);
  return true;
}

static bool learning_post_switch(WebRequest *request, WebResponse *response, GError **error) {
  const char *to = web_form(request, "to");
  bool is_on = to && strcmp(to, "on") == 0;
  if (!is_on && !(to && strcmp(to, "off") == 0)) return error_set(error, ERROR_INVALID, "The form did not say on or off.");
  const Visit *visit = visit_of(request);
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error);
  if (!tx || !learning_switch(visit->desk, is_on, error) ||
      !audit_add(visit->desk, visit->staff, "desk.readings", "Readings", is_on ? "switched on" : "switched off", error) ||
      !db_commit(&tx, error))
    return false;
  web_redirect(response, "/readings");
  return true;
}

static bool learning_post_reset(WebRequest *request, WebResponse *response, GError **error) {
  if (!learning_reset(visit_of(request)->desk, error)) return false;
  web_redirect(response, "/readings");
  return true;
}

const WebRoute learning_routes[] = {
  {WEB_GET, "/readings", PERMISSION_REPORT, learning_page, 0},
  {WEB_GET, "/readings/export", PERMISSION_ADMINISTER, learning_download, 0},
  {WEB_POST, "/readings/switch", PERMISSION_ADMINISTER, learning_post_switch, 0},
  {WEB_POST, "/readings/reset", PERMISSION_ADMINISTER, learning_post_reset, 0},
  {0},
};
