// See bulk.h. What is chosen travels in the form as `chosen` fields, so nothing is kept between two requests but the batch itself, and in
// the browser for ten minutes which one it was.
#include "pages/bulk/bulk.h"
#include "base/words.h"

#include "pages/bulk.html.h"
#include "pages/pages.h"

#include <string.h>

#define COOKIE "batch"

static View view_of(const Visit *visit) {
  View view = VIEW_OPEN;
  view_from_word(web_form(visit->request, "view"), &view);
  return view;
}

static IntList chosen_of(const Visit *visit) {
  IntList numbers = {0};
  const WebFieldList *fields = web_form_fields(visit->request);
  list_each(const WebField, field, fields) {
    gint64 number = 0;
    bool is_one = strcmp(field->name, "chosen") == 0 && field->value &&
                  g_ascii_string_to_signed(field->value, 10, 1, G_MAXINT64, &number, NULL);
    if (is_one) *list_add(visit->arena, &numbers) = number;
  }
  return numbers;
}

static bool load_choices(BulkPage *page, GError **error) {
  const Visit *visit = page->visit;
  StaffList everybody = {0};
  TeamList teams = {0};
  if (!staff_list(visit->arena, visit->desk, &everybody, error) || !team_list(visit->arena, visit->desk, &teams, error) ||
      !tag_suggestions(visit, &page->known, error))
    return false;
  list_each(const Staff, person, &everybody)
    if (person->is_active && person->has_joined && role_may(person->role, PERMISSION_ANSWER))
      *list_add(visit->arena, &page->people) = *person;
  list_each(const Team, team, &teams)
    if (team->is_active) *list_add(visit->arena, &page->teams) = *team;
  page->snoozes = snooze_choices(visit);
  return true;
}

static bool show(const Visit *visit, WebResponse *response, const IntList *numbers, const char *problem, GError **error) {
  BulkPage page = {.visit = visit, .view = view_of(visit), .problem = problem};
  Shell shell;
  if (!shell_open(visit, RAIL_VIEW, "plain", &shell, error) || !load_choices(&page, error) ||
      !bulk_rows(visit->arena, visit->desk, numbers, &page.rows, error))
    return false;
  page.is_one_customer = page.rows.count > 1;
  list_each(const BulkRow, row, &page.rows) page.is_one_customer &= row->customer_id == page.rows.items[0].customer_id;
  if (page.rows.count == 0 && !page.problem) page.problem = "Nothing is chosen; tick conversations in the list first.";
  if (page.problem) response->status = 422;
  shell.title = "Several conversations";
  shell.view = page.view;
  render_bulk(response->body, &shell, &page);
  return true;
}

bool bulk_post_choose(WebRequest *request, WebResponse *response, GError **error) {
  IntList numbers = chosen_of(visit_of(request));
  return show(visit_of(request), response, &numbers, NULL, error);
}

// "staff-3", "team-2", "nobody" say both what is done and to whom.
static bool read_hand(const Visit *visit, BulkKind *kind, int64_t *value) {
  const char *to = web_form(visit->request, "to"), *dash = to ? strchr(to, '-') : NULL;
  gint64 id = 0;
  if (!to || (dash && !g_ascii_string_to_signed(dash + 1, 10, 0, G_MAXINT64, &id, NULL))) return false;
  *kind = g_str_has_prefix(to, "team-") ? BULK_TEAM : BULK_ASSIGN;
  *value = id;
  return true;
}

static bool read_value(const Visit *visit, const IntList *numbers, BulkKind *kind, int64_t *value, GError **error) {
  const char *problem = NULL;
  Priority priority = PRIORITY_COUNT;
  switch (*kind) {
  case BULK_ASSIGN:
  case BULK_TEAM:
    return read_hand(visit, kind, value) || error_set(error, ERROR_INVALID, "Give them to whom? Choose somebody or a team.");
  case BULK_PRIORITY:
    priority_from_word(web_form(visit->request, "priority"), &priority);
    *value = priority;
    return true;
  case BULK_SNOOZE: return snooze_read(visit, value, &problem) || error_set(error, ERROR_INVALID, "%s", problem);
  case BULK_TAG: return tag_make(visit->desk, web_form(visit->request, "tag"), value, error);
  case BULK_UNTAG: *value = visit_form_int(visit, "tag"); return true;
  case BULK_MERGE: // into the oldest
    *value = numbers->count ? numbers->items[0] : 0;
    list_each(const Int, number, numbers) *value = MIN(*value, *number);
    return true;
  case BULK_SOLVE:
  case BULK_KIND_COUNT: break;
  }
  return true;
}

static bool to_me(const Visit *visit, BulkKind *kind, int64_t *value) {
  if (g_strcmp0(web_form(visit->request, "do"), "mine") != 0) return false;
  *kind = BULK_ASSIGN;
  *value = visit->staff->id;
  return true;
}

static void remember(const Visit *visit, WebResponse *response, const Batch *batch) {
  const char *id = arena_printf(visit->arena, "%" G_GINT64_FORMAT, batch->id);
  if (batch->changed) web_set_cookie(response, &(WebCookie){COOKIE, id, BULK_UNDO});
}

static void forget(WebResponse *response) { web_set_cookie(response, &(WebCookie){COOKIE, "", 0}); }

bool bulk_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  IntList numbers = chosen_of(visit);
  BulkKind kind = BULK_KIND_COUNT;
  int64_t value = 0;
  Batch batch;
  GError *refusal = NULL;
  bool is_known = to_me(visit, &kind, &value) || bulk_kind_from_word(web_form(request, "do"), &kind);
  bool worked = is_known && (value || read_value(visit, &numbers, &kind, &value, &refusal)) &&
                bulk_do(visit->arena, visit->desk, visit->staff, kind, value, &numbers, &batch, &refusal);
  if (!is_known) error_set(&refusal, ERROR_INVALID, "Choose what shall be done to them.");
  if (worked) {
    remember(visit, response, &batch);
    web_redirect(response, arena_printf(visit->arena, "/?view=%s&batch=%" G_GINT64_FORMAT,
                                        shell_view_again(visit, view_of(visit)), batch.id));
    return true;
  }
  if (error_is(refusal, ERROR_INVALID) || error_is(refusal, ERROR_CONFLICT) || error_is(refusal, ERROR_NOT_FOUND)) {
    const char *problem = arena_strdup(visit->arena, refusal->message);
    g_error_free(refusal);
    return show(visit, response, &numbers, problem, error);
  }
  g_propagate_error(error, refusal);
  return false;
}

static const char *joined(Arena *arena, const IntList *numbers, const char *between, const char *before) {
  g_autoptr(GString) text = g_string_new(NULL);
  list_each(const Int, number, numbers)
    g_string_append_printf(text, "%s%s%" G_GINT64_FORMAT, text->len ? between : "", before, *number);
  return arena_strdup(arena, text->str);
}

bool bulk_post_undo(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  BulkUndone undone;
  if (!web_path_int(request, "batch", &id, error) || !bulk_undo(visit->arena, visit->desk, visit->staff, id, &undone, error))
    return false;
  forget(response);
  web_redirect(response, arena_printf(visit->arena, "/?view=%s&batch=%" G_GINT64_FORMAT "&left=%s",
                                      shell_view_again(visit, view_of(visit)), id, joined(visit->arena, &undone.left, ".", "")));
  return true;
}

bool bulk_post_put_away(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  forget(response);
  web_redirect(response, arena_printf(visit->arena, "/?view=%s", shell_view_again(visit, view_of(visit))));
  return true;
}

static const char *done_words(const Visit *visit, const Batch *batch) {
  Arena *arena = visit->arena;
  const char *label = batch->label;
  int64_t until = 0;
  switch (batch->kind) {
  case BULK_ASSIGN: return *label ? arena_say(arena, "Given to %s", label) : "Given back to nobody";
  case BULK_TEAM: return *label ? arena_say(arena, "Given to the team %s", label) : "Taken from their teams";
  case BULK_PRIORITY: return arena_say(arena, "Priority set to %s", label);
  case BULK_SNOOZE:
    return clock_parse_iso(label, &until) ? arena_say(arena, "Snoozed until %s", moment_exact(visit, until)) : "Brought back";
  case BULK_SOLVE: return "Solved";
  case BULK_TAG: return arena_say(arena, "Tagged \"%s\"", label);
  case BULK_UNTAG: return arena_say(arena, "The tag \"%s\" taken off", label);
  case BULK_MERGE: return arena_say(arena, "Merged into %s", label);
  case BULK_KIND_COUNT: break;
  }
  return "Done";
}

static const char *sentence_of(const Visit *visit, const Batch *batch) {
  if (batch->undone_at) return "Put back as it was.";
  if (!batch->changed) return "Nothing changed; they stood so already, or could not be changed.";
  return arena_printf(visit->arena, "%s: %" G_GINT64_FORMAT " %s.", done_words(visit, batch), batch->changed,
                      batch->changed == 1 ? "conversation" : "conversations");
}

// "1004.1007" to "#1004, #1007"; anything else is nothing.
static const char *left_of(const Visit *visit) {
  IntList numbers = {0};
  const char *text = web_query(visit->request, "left");
  g_auto(GStrv) parts = g_strsplit(text ? text : "", ".", BULK_MOST + 1);
  for (char **part = parts; *part; part++) {
    gint64 number = 0;
    if (g_ascii_string_to_signed(*part, 10, 1, G_MAXINT64, &number, NULL)) *list_add(visit->arena, &numbers) = number;
  }
  return numbers.count ? joined(visit->arena, &numbers, ", ", "#") : NULL;
}

static int64_t id_of(const char *text) {
  gint64 id = 0;
  return text && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL) ? id : 0;
}

static bool offer_again(const Visit *visit, BulkNotice *out, GError **error) {
  int64_t id = id_of(web_cookie(visit->request, COOKIE));
  Batch *batch = NULL;
  if (!id || !role_may(visit->staff->role, PERMISSION_ANSWER)) return true;
  if (!bulk_fresh(visit->arena, visit->desk, visit->staff, id, &batch, error)) return false;
  if (batch) *out = (BulkNotice){.batch = batch, .sentence = sentence_of(visit, batch), .may_undo = true};
  return true;
}

bool bulk_notice_load(const Visit *visit, bool is_list, BulkNotice *out, GError **error) {
  int64_t id = id_of(web_query(visit->request, "batch"));
  *out = (BulkNotice){0};
  if (!id) return !is_list || offer_again(visit, out, error);
  Batch *batch = arena_make(visit->arena, Batch);
  g_autoptr(GError) problem = NULL;
  if (!bulk_find(visit->arena, visit->desk, visit->staff, id, batch, &problem)) {
    if (error_is(problem, ERROR_NOT_FOUND)) return true; // somebody else's, or a damaged address
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  out->batch = batch;
  out->sentence = sentence_of(visit, batch);
  out->may_undo = bulk_may_undo(visit->desk, batch);
  out->left = batch->undone_at ? left_of(visit) : NULL;
  list_each(const BulkItem, item, &batch->items)
    if (*item->problem && !batch->undone_at) *list_add(visit->arena, &out->problems) = *item;
  return true;
}

const WebRoute bulk_routes[] = {
  {WEB_POST, "/bulk", PERMISSION_ANSWER, bulk_post, 0},
  {WEB_POST, "/bulk/choose", PERMISSION_ANSWER, bulk_post_choose, 0},
  {WEB_POST, "/bulk/:batch/undo", PERMISSION_ANSWER, bulk_post_undo, 0},
  {WEB_POST, "/bulk/:batch/put-away", PERMISSION_ANSWER, bulk_post_put_away, 0},
  {0},
};
