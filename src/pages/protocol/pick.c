// Putting a script into an answer. Without scripts of the page the answer as it stands travels along, becomes the writer's draft, and
// the text is added below it. With them the text is put where the writer stands, and the desk is only told that it was.
#include "base/words.h"
#include "pages/pick.html.h"

#include "base/json.h"
#include "base/text.h"
#include "desk/draft/draft.h"
#include "desk/template/template.h"
#include "pages/conversation/write.h"
#include "pages/pages.h"
#include "pages/protocol/card.h"

#include <string.h>

#define WRITING_LIMIT (2 * REPLY_ATTACHMENTS_MOST)
#define FOUND_MOST 20

static const char *path_of(const Visit *visit, int64_t number, const char *rest) {
  View view = VIEW_OPEN;
  const char *asked = web_form(visit->request, "view");
  view_from_word(asked ? asked : web_query(visit->request, "view"), &view);
  return arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "%s?view=%s", number, rest, view_word(view));
}

static const char *below(Arena *arena, const char *text, const char *more) {
  if (text_is_blank(text)) return more;
  return text_is_blank(more) ? text : arena_printf(arena, "%s\n\n%s", text_trim(arena, text), more);
}

// The answer as it stands in the form, with `more` below it.
static bool keep_form(const Visit *visit, int64_t number, const char *more, GError **error) {
  Written written = written_read(visit, number);
  written.draft.text = below(visit->arena, written.draft.text, more);
  return written_keep(visit, &written, DRAFT_REPLY, true, error);
}

// From a page without the answer's form: what the writer's draft holds stays.
static bool keep_draft(const Visit *visit, int64_t number, const char *more, GError **error) {
  static const MailAttachmentList none = {0};
  Draft *draft = NULL;
  IntList kept = {0};
  if (!draft_load(visit->arena, visit->desk, visit->staff->id, number, DRAFT_REPLY, &draft, error)) return false;
  if (draft)
    list_each(const DraftAttachment, file, &draft->attachments) *list_add(visit->arena, &kept) = file->id;
  DraftInput input = {.text = below(visit->arena, draft ? draft->text : "", more),
                      .cc = draft ? draft->cc : "",
                      .bcc = draft ? draft->bcc : "",
                      .kept = &kept,
                      .added = &none,
                      .base = draft ? draft->version : 0};
  return draft_keep(visit->desk, visit->staff->id, number, DRAFT_REPLY, &input, error);
}

bool pick_post_insert(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  Script script;
  ScriptFacts facts;
  if (!written_number(visit, &number, error) ||
      !script_find(visit->arena, visit->desk, guide_field(visit, "script"), &script, error) ||
      !script_facts(visit->arena, visit->desk, visit->staff, number, &facts, error))
    return false;
  const char *text = script_fill(visit->arena, script.text, &facts, NULL);
  bool has_form = web_form(request, "text") != NULL;
  if (!(has_form ? keep_form(visit, number, text, error) : keep_draft(visit, number, text, error)) ||
      !script_pick(visit->desk, visit->staff->id, number, &script, error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "%s#composer", path_of(visit, number, "")));
  return true;
}

bool pick_post_keep(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  if (!written_number(visit, &number, error) || !keep_form(visit, number, "", error)) return false;
  web_redirect(response, path_of(visit, number, "/scripts"));
  return true;
}

// What is looked for as long as nobody says otherwise: scripts in the customer's language, when the desk has a set in it.
static bool language_for(const Visit *visit, int64_t number, const char **out, GError **error) {
  const Language *language = NULL;
  bool has_set = false;
  if (!template_language_in(visit->arena, visit->desk, number, &language, error) ||
      !guide_has_language(visit->arena, visit->desk, language_code(language), &has_set, error))
    return false;
  *out = has_set ? language_code(language) : "";
  return true;
}

bool pick_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PickView view = {0};
  ScriptFacts facts;
  const char *language = NULL;
  Shell shell;
  if (!shell_open(visit, RAIL_VIEW, "plain", &shell, error) || !written_number(visit, &view.number, error) ||
      !script_facts(visit->arena, visit->desk, visit->staff, view.number, &facts, error) ||
      !language_for(visit, view.number, &language, error) || !script_search_load(visit, language, &view.scripts, error))
    return false;
  list_each(Script, script, &view.scripts.scripts) script->text = script_fill(visit->arena, script->text, &facts, NULL);
  view.here = arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "/scripts", view.number);
  shell.title = arena_say(visit->arena, "Scripts for #%jd", view.number);
  render_pick(response->body, &shell, &view);
  return true;
}

static Json *found_json(const Visit *visit, const Script *script, const ScriptFacts *facts) {
  TextList missing = {0};
  const char *text = script_fill(visit->arena, script->text, facts, &missing);
  Json *item = json_object(), *names = json_array();
  list_each(const Text, name, &missing) json_array_append_new(names, json_string(*name));
  json_object_set_new(item, "script", json_string(script->guide.word));
  json_object_set_new(item, "title", json_string(script->head.title));
  json_object_set_new(item, "for", json_string(guide_for_words(visit->arena, &script->head)));
  json_object_set_new(item, "text", json_string(text));
  json_object_set_new(item, "missing", names);
  return item;
}

// With nothing to look for: those that fit the customer's latest reading.
static bool find(const Visit *visit, int64_t number, ScriptList *out, GError **error) {
  const char *language = NULL;
  ScriptsView view;
  Thread thread;
  if (!language_for(visit, number, &language, error) || !script_search_load(visit, language, &view, error)) return false;
  if (!view.search.is_narrowed) {
    if (!conversation_show(visit->arena, visit->desk, number, 0, &thread, error)) return false;
    const Conversation *conversation = thread.conversation;
    Behaviour behaviour = conversation->is_read ? conversation->behaviour : BEHAVIOUR_CALM;
    if (!script_suggest(visit->arena, visit->desk, behaviour, conversation->is_read ? conversation->need : NEED_UNCLEAR, language,
                        FOUND_MOST, out, error))
      return false;
  }
  if (out->count == 0) *out = view.scripts;
  return true;
}

bool pick_find(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  ScriptList found = {0};
  ScriptFacts facts;
  if (!written_number(visit, &number, error) || !find(visit, number, &found, error) ||
      !script_facts(visit->arena, visit->desk, visit->staff, number, &facts, error))
    return false;
  g_autoptr(Json) answer = json_object();
  Json *scripts = json_array();
  for (size_t i = 0; i < MIN(found.count, FOUND_MOST); i++)
    json_array_append_new(scripts, found_json(visit, &found.items[i], &facts));
  json_object_set_new(answer, "scripts", scripts);
  response->type = "application/json";
  g_string_append(response->body, json_text(visit->arena, answer));
  return true;
}

bool pick_post_use(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  Script script;
  if (!written_number(visit, &number, error) ||
      !script_find(visit->arena, visit->desk, web_path_text(request, "word"), &script, error) ||
      !script_pick(visit->desk, visit->staff->id, number, &script, error))
    return false;
  response->type = "application/json";
  g_string_append(response->body, "{}");
  return true;
}

const WebRoute guide_routes[] = {
  {WEB_POST, "/conversations/:number/protocol", PERMISSION_ANSWER, card_post_protocol, 0},
  {WEB_POST, "/conversations/:number/insert", PERMISSION_ANSWER, pick_post_insert, WRITING_LIMIT},
  {WEB_GET, "/conversations/:number/scripts", PERMISSION_ANSWER, pick_page, 0},
  {WEB_POST, "/conversations/:number/scripts", PERMISSION_ANSWER, pick_post_keep, WRITING_LIMIT},
  {WEB_GET, "/conversations/:number/scripts/find", PERMISSION_ANSWER, pick_find, 0},
  {WEB_POST, "/conversations/:number/scripts/:word/use", PERMISSION_ANSWER, pick_post_use, 0},
  {0},
};
