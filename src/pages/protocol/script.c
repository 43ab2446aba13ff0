// The pages of scripts. A search is an address, so that it can be kept and sent to a colleague.
#include "pages/scripts.html.h"

#include "base/text.h"
#include "pages/pages.h"

#include <string.h>

static const char *query(const Visit *visit, const char *name) {
  const char *text = web_query(visit->request, name);
  return text ? text_one_line(visit->arena, text) : "";
}

static bool read_search(const Visit *visit, const char *language, ScriptSearch *out, GError **error) {
  TextList situations = {0}, languages = {0};
  out->filter = GUIDE_ANY;
  out->filter.words = query(visit, "q");
  out->filter.situation = query(visit, "situation");
  out->filter.language = web_query(visit->request, "language") ? query(visit, "language") : language;
  out->filter.retired = strcmp(query(visit, "retired"), "yes") == 0;
  behaviour_from_word(query(visit, "behaviour"), &out->filter.behaviour);
  need_from_word(query(visit, "need"), &out->filter.need);
  out->is_narrowed = *out->filter.words || *out->filter.situation || out->filter.retired ||
                     out->filter.behaviour < BEHAVIOUR_COUNT || out->filter.need < NEED_COUNT ||
                     strcmp(out->filter.language, language) != 0;
  choices_of_behaviours(visit->arena, out->filter.behaviour, &out->behaviours);
  choices_of_needs(visit->arena, out->filter.need, &out->needs);
  out->behaviours.items[0].words = out->needs.items[0].words = "any";
  *list_add(visit->arena, &out->situations) = (Choice){"", "any", !*out->filter.situation};
  if (!guide_situations(visit->arena, visit->desk, GUIDE_SCRIPT, &situations, error) ||
      !guide_languages_in_use(visit->arena, visit->desk, &languages, error))
    return false;
  if (languages.count) {
    choices_of_languages(visit->arena, out->filter.language, &out->languages);
    out->languages.items[0].words = "any";
  }
  list_each(const Text, situation, &situations)
    *list_add(visit->arena, &out->situations) = (Choice){*situation, *situation, strcmp(*situation, out->filter.situation) == 0};
  return true;
}

static void add_part(GString *address, const char *name, const char *value) {
  if (text_is_blank(value)) return;
  g_autofree char *escaped = g_uri_escape_string(value, NULL, false);
  g_string_append_printf(address, "%c%s=%s", strchr(address->str, '?') ? '&' : '?', name, escaped);
}

static const char *next_address(const Visit *visit, const ScriptSearch *search, const GuidePage *page) {
  if (!page->has_more) return NULL;
  g_autoptr(GString) address = g_string_new(visit->request->path);
  add_part(address, "q", search->filter.words);
  add_part(address, "behaviour", search->filter.behaviour < BEHAVIOUR_COUNT ? behaviour_word(search->filter.behaviour) : "");
  add_part(address, "need", search->filter.need < NEED_COUNT ? need_word(search->filter.need) : "");
  add_part(address, "situation", search->filter.situation);
  add_part(address, "language", search->filter.language);
  add_part(address, "retired", search->filter.retired ? "yes" : "");
  add_part(address, "after", page->next_key);
  add_part(address, "id", arena_printf(visit->arena, "%" G_GINT64_FORMAT, page->next_id));
  return arena_strndup(visit->arena, address->str, address->len);
}

bool script_search_load(const Visit *visit, const char *language, ScriptsView *out, GError **error) {
  gint64 after = 0;
  *out = (ScriptsView){.visit = visit};
  g_ascii_string_to_signed(query(visit, "id"), 10, 1, G_MAXINT64, &after, NULL);
  if (!read_search(visit, language, &out->search, error) ||
      !guide_list(visit->arena, visit->desk, GUIDE_SCRIPT, &out->search.filter, query(visit, "after"), after, &out->page, error))
    return false;
  list_each(const Guide, guide, &out->page.rows) script_read(visit->arena, guide, list_add(visit->arena, &out->scripts));
  out->next = next_address(visit, &out->search, &out->page);
  return true;
}

bool scripts_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ScriptsView view;
  Shell shell;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error) || !script_search_load(visit, "", &view, error)) return false;
  shell.title = "Scripts";
  render_scripts(response->body, &shell, &view);
  return true;
}

bool script_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ScriptView view = {.visit = visit};
  TextList marks = {0};
  Shell shell;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error) ||
      !script_find(visit->arena, visit->desk, web_path_text(request, "word"), &view.script, error))
    return false;
  script_blanks(visit->arena, view.script.text, &marks);
  list_each(const Text, mark, &marks)
    if (!script_knows(*mark)) *list_add(visit->arena, &view.by_hand) = *mark;
  shell.title = view.script.head.title;
  render_script(response->body, &shell, &view);
  return true;
}

static bool show_form(const Visit *visit, WebResponse *response, ScriptForm *form, GError **error) {
  Shell shell;
  if (!shell_open(visit, RAIL_GUIDES, "plain", &shell, error)) return false;
  form->visit = visit;
  choices_of_behaviours(visit->arena, form->script.head.behaviour, &form->behaviours);
  choices_of_needs(visit->arena, form->script.head.need, &form->needs);
  choices_of_checks(visit->arena, form->script.head.step, &form->steps);
  choices_of_languages(visit->arena, form->script.head.language, &form->languages);
  form->steps.items[0].words = "no certain step";
  form->variables = (ScriptVariables){script_variables, script_variable_count};
  shell.title = form->word ? "Change a script" : "A new script";
  render_script_form(response->body, &shell, form);
  return true;
}

bool script_new_page(WebRequest *request, WebResponse *response, GError **error) {
  ScriptForm form = {
    .script = {.head = {.title = "", .situation = "", .language = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR},
               .text = ""}};
  return show_form(visit_of(request), response, &form, error);
}

bool script_edit_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ScriptForm form = {.word = web_path_text(request, "word")};
  if (!script_find(visit->arena, visit->desk, form.word, &form.script, error)) return false;
  form.seen = form.script.guide.version;
  return show_form(visit, response, &form, error);
}

bool script_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *word = web_path_text(request, "word"), *kept = NULL;
  ScriptForm form = {.word = strcmp(word, "new") == 0 ? NULL : word, .seen = visit_form_int(visit, "seen")};
  guide_head_of_form(visit, &form.script.head);
  form.script.text = guide_field(visit, "text");
  if (form.word && !form.seen) return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  g_autoptr(GError) refusal = NULL;
  if (script_keep(visit->arena, visit->desk, visit->staff, form.word, form.word ? form.seen : 0, &form.script.head,
                  form.script.text, &kept, &refusal)) {
    web_redirect(response, arena_printf(visit->arena, "/scripts/%s?kept=yes", kept));
    return true;
  }
  form.problem = guide_problem(&refusal, &response->status);
  if (form.problem) {
    if (response->status == 409 && !guide_newest(visit, GUIDE_SCRIPT, form.word, &form.seen, error)) return false;
    return show_form(visit, response, &form, error);
  }
  g_propagate_error(error, g_steal_pointer(&refusal));
  return false;
}

const WebRoute script_routes[] = {
  {WEB_GET, "/scripts", PERMISSION_READ, scripts_page, 0},
  {WEB_GET, "/scripts/new", PERMISSION_SUPERVISE, script_new_page, 0},
  {WEB_GET, "/scripts/:word", PERMISSION_READ, script_page, 0},
  {WEB_GET, "/scripts/:word/edit", PERMISSION_SUPERVISE, script_edit_page, 0},
  {WEB_GET, "/scripts/:word/history", PERMISSION_READ, guide_history_page, 0},
  {WEB_POST, "/scripts/:word", PERMISSION_SUPERVISE, script_post, 0},
  {WEB_POST, "/scripts/:word/restore", PERMISSION_SUPERVISE, guide_post_restore, 0},
  {WEB_POST, "/scripts/:word/retire", PERMISSION_SUPERVISE, guide_post_retire, 0},
  {0},
};
