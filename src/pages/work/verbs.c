// What the forms of the panel do. Each changes one thing and leads back to the conversation; what cannot be done brings the page back with a
// sentence beside the form.
#include "pages/work/work.h"

#include "desk/conversation/work.h"
#include "desk/link/link.h"
#include "pages/conversation/conversation.h"
#include "pages/pages.h"

#include <string.h>

static bool refused(const Visit *visit, WebResponse *response, int64_t number, const WorkInput *input, GError **error) {
  Composer composer = {.work = input};
  response->status = 422;
  return conversation_render(visit, response, number, &composer, error);
}

// To where the form stands, also where the panel is a sheet.
static void back(const Visit *visit, WebResponse *response, int64_t number) {
  View view = VIEW_OPEN;
  view_from_word(web_form(visit->request, "view"), &view);
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#work", number,
                                      shell_view_again(visit, view)));
}

// `form` names what comes back when it could not be done.
static bool settle(const Visit *visit, WebResponse *response, int64_t number, const char *form, bool worked, GError *refusal,
                   GError **error) {
  if (worked) {
    back(visit, response, number);
    return true;
  }
  bool can_be_said = error_is(refusal, ERROR_INVALID) || error_is(refusal, ERROR_CONFLICT) || error_is(refusal, ERROR_NOT_FOUND);
  if (!can_be_said) {
    g_propagate_error(error, refusal);
    return false;
  }
  WorkInput input = {
    .form = form, .problem = arena_strdup(visit->arena, refusal->message), .typed = web_form(visit->request, form)};
  g_error_free(refusal);
  return refused(visit, response, number, &input, error);
}

static bool open_form(WebRequest *request, const Visit **out_visit, int64_t *out_number, GError **error) {
  *out_visit = visit_of(request);
  return web_path_int(request, "number", out_number, error);
}

// "staff-3", "team-2", "nobody".
bool work_post_hand(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number;
  GError *refusal = NULL;
  const char *to = web_form(request, "to");
  if (!open_form(request, &visit, &number, error)) return false;
  gint64 id = 0;
  const char *dash = to ? strchr(to, '-') : NULL;
  if (dash && !g_ascii_string_to_signed(dash + 1, 10, 0, G_MAXINT64, &id, NULL)) id = -1;
  bool is_team = to && g_str_has_prefix(to, "team-");
  bool worked = is_team ? conversation_assign_team(visit->desk, visit->staff, number, id, &refusal)
                        : conversation_assign(visit->desk, visit->staff, number, id, &refusal);
  return settle(visit, response, number, "assign", worked, refusal, error);
}

bool work_post_priority(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number;
  GError *refusal = NULL;
  Priority priority = PRIORITY_COUNT;
  if (!open_form(request, &visit, &number, error)) return false;
  priority_from_word(web_form(request, "priority"), &priority);
  bool worked = conversation_set_priority(visit->desk, visit->staff, number, priority, &refusal);
  return settle(visit, response, number, "priority", worked, refusal, error);
}

bool work_post_snooze(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number, until = 0;
  GError *refusal = NULL;
  WorkInput input = {.form = "snooze"};
  if (!open_form(request, &visit, &number, error)) return false;
  if (!snooze_read(visit, &until, &input.problem)) return refused(visit, response, number, &input, error);
  bool worked = conversation_snooze(visit->desk, visit->staff, number, until, &refusal);
  return settle(visit, response, number, "snooze", worked, refusal, error);
}

bool work_post_tag(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number;
  GError *refusal = NULL;
  const char *name = web_form(request, "tag");
  if (!open_form(request, &visit, &number, error)) return false;
  bool worked = tag_add(visit->desk, visit->staff, number, name ? name : "", &refusal);
  return settle(visit, response, number, "tag", worked, refusal, error);
}

bool work_post_untag(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number;
  GError *refusal = NULL;
  if (!open_form(request, &visit, &number, error)) return false;
  bool worked = tag_remove(visit->desk, visit->staff, number, visit_form_int(visit, "remove"), &refusal);
  return settle(visit, response, number, "tag", worked, refusal, error);
}

// All that are asked for: a checkbox that is not ticked sends nothing.
static bool read_fields(const Visit *visit, int64_t number, FieldEntryList *out, GError **error) {
  FieldList fields = {0};
  if (!field_of(visit->arena, visit->desk, number, &fields, error)) return false;
  list_each(const Field, field, &fields) {
    const char *name = arena_printf(visit->arena, "field-%" G_GINT64_FORMAT, field->id);
    const char *text = web_form(visit->request, name);
    if (text || field->kind == FIELD_CHECKBOX) *list_add(visit->arena, out) = (FieldEntry){.id = field->id, .text = text};
  }
  return true;
}

bool work_post_fields(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number;
  GError *refusal = NULL;
  WorkInput input = {.form = "fields", .problem = "Something is not right yet; nothing was kept."};
  bool has_problem = false;
  if (!open_form(request, &visit, &number, error) || !read_fields(visit, number, &input.fields, error)) return false;
  bool worked = field_fill(visit->arena, visit->desk, visit->staff, number, &input.fields, &has_problem, &refusal);
  if (has_problem) return refused(visit, response, number, &input, error);
  return settle(visit, response, number, "fields", worked, refusal, error);
}

static bool set_follow(WebRequest *request, WebResponse *response, bool follows, GError **error) {
  const Visit *visit;
  int64_t number;
  if (!open_form(request, &visit, &number, error) ||
      !(follows ? conversation_follow : conversation_unfollow)(visit->desk, visit->staff, number, error))
    return false;
  back(visit, response, number);
  return true;
}
bool work_post_follow(WebRequest *request, WebResponse *response, GError **error) {
  return set_follow(request, response, true, error);
}
bool work_post_unfollow(WebRequest *request, WebResponse *response, GError **error) {
  return set_follow(request, response, false, error);
}

// "1042" or "#1042".
static int64_t read_other(const Visit *visit) {
  const char *text = text_trim(visit->arena, web_form(visit->request, "link"));
  gint64 other = 0;
  return g_ascii_string_to_signed(*text == '#' ? text + 1 : text, 10, 1, G_MAXINT64, &other, NULL) ? other : 0;
}

bool work_post_link(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number, other = 0;
  GError *refusal = NULL;
  WorkInput input = {
    .form = "link", .problem = "That is no number of a conversation; give one such as 1042.", .typed = web_form(request, "link")};
  if (!open_form(request, &visit, &number, error)) return false;
  other = read_other(visit);
  if (!other) return refused(visit, response, number, &input, error);
  bool worked = link_add(visit->desk, visit->staff, number, other, &refusal);
  return settle(visit, response, number, "link", worked, refusal, error);
}

bool work_post_unlink(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit;
  int64_t number;
  GError *refusal = NULL;
  if (!open_form(request, &visit, &number, error)) return false;
  bool worked = link_remove(visit->desk, visit->staff, number, visit_form_int(visit, "remove"), &refusal);
  return settle(visit, response, number, "link", worked, refusal, error);
}
