// Changing what is kept about a customer. What went well leads back to its part of the page; what was typed wrong stands in it with a sentence.
#include "base/text.h"
#include "desk/customer/organisation.h"
#include "pages/customer/customer.h"
#include "pages/pages.h"

// Leads back, or shows the page again with what is wrong, or fails with what is nobody's typing.
static bool end(const Visit *visit, WebResponse *response, int64_t id, const char *part, bool is_done, GError **problem,
                CustomerView *view, GError **error) {
  if (is_done) {
    web_redirect(response, arena_printf(visit->arena, "/customers/%" G_GINT64_FORMAT "?kept=%s#%s", id, part, part));
    return true;
  }
  if (!error_is(*problem, ERROR_INVALID) && !error_is(*problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(problem));
    return false;
  }
  view->part = part;
  view->problem = arena_strdup(visit->arena, (*problem)->message);
  return customer_render(visit, response, id, view, error);
}

typedef bool Keep(const Visit *visit, int64_t id, CustomerView *view, GError **error);

static bool keep(WebRequest *request, WebResponse *response, const char *part, Keep *verb, GError **error) {
  const Visit *visit = visit_of(request);
  CustomerView view = {0};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (!web_path_int(request, "customer", &id, error)) return false;
  bool is_done = verb(visit, id, &view, &problem);
  return end(visit, response, id, part, is_done, &problem, &view, error);
}

static bool keep_name(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  view->typed = guide_field(visit, "name");
  return customer_rename(visit->desk, id, view->typed, error);
}
bool customer_post_name(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "name", keep_name, error);
}

static bool keep_address(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  view->typed = guide_field(visit, "address");
  return customer_add_address(visit->desk, id, view->typed, &view->owner, error);
}
bool customer_post_address(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "contacts", keep_address, error);
}

static bool drop_address(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  return customer_remove_address(visit->desk, id, guide_field(visit, "key"), error);
}
bool customer_post_address_remove(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "contacts", drop_address, error);
}

static bool mark_address(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  return customer_mark_address(visit->desk, id, guide_field(visit, "key"), visit_form_int(visit, "undeliverable") == 1, error);
}
bool customer_post_address_mark(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "contacts", mark_address, error);
}

static bool keep_phone(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  view->typed = guide_field(visit, "phone");
  return customer_add_phone(visit->desk, id, view->typed, error);
}
bool customer_post_phone(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "phones", keep_phone, error);
}

static bool drop_phone(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  int64_t phone = 0;
  return web_path_int(visit->request, "phone", &phone, error) && customer_remove_phone(visit->desk, id, phone, error);
}
bool customer_post_phone_remove(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "phones", drop_phone, error);
}

static bool keep_preferences(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  view->preferences = (CustomerPreferences){.address_as = guide_field(visit, "address_as"),
                                            .language = guide_field(visit, "language"),
                                            .best_hours = guide_field(visit, "best_hours"),
                                            .likes = guide_field(visit, "likes")};
  if (!customer_channel_from_word(guide_field(visit, "channel"), &view->preferences.channel))
    return error_set(error, ERROR_INVALID, "Choose how they like to be reached from the list.");
  return customer_prefer(visit->desk, id, &view->preferences, error);
}
bool customer_post_preferences(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "preferences", keep_preferences, error);
}

static bool keep_organisation(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  int64_t organisation = 0;
  view->typed = guide_field(visit, "organisation");
  return (text_is_blank(view->typed) || organisation_named(visit->desk, view->typed, &organisation, error)) &&
         customer_join_organisation(visit->desk, id, organisation, error);
}
bool customer_post_organisation(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "organisation", keep_organisation, error);
}

static bool keep_note(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  view->typed = guide_field(visit, "words");
  return customer_note_add(visit->desk, visit->staff, id, view->typed, error);
}
bool customer_post_note(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "notes", keep_note, error);
}

static bool change_note(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  int64_t note = 0;
  bool is_taken_down = *guide_field(visit, "down");
  view->typed = is_taken_down ? "" : guide_field(visit, "words");
  return web_path_int(visit->request, "note", &note, error) &&
         customer_note_change(visit->desk, visit->staff, id, note, view->typed, error);
}
bool customer_post_note_change(WebRequest *request, WebResponse *response, GError **error) {
  return keep(request, response, "notes", change_note, error);
}
