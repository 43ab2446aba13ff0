// Two who may be one: the list of likely pairs, both side by side, joining them, keeping them apart, and taking a joining back.
#include "base/text.h"
#include "desk/customer.sql.h"
#include "pages/customer/customer.h"
#include "pages/pages.h"
#include "pages/same.html.h"

bool customer_twins_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *by = web_query(request, "by"), *after = web_query(request, "after"), *id_text = web_query(request, "id");
  TwinsPage page = {.by_phone = by && strcmp(by, "phone") == 0};
  TwinPage twins;
  gint64 id = 0;
  Shell shell;
  if (id_text) g_ascii_string_to_signed(id_text, 10, 0, G_MAXINT64, &id, NULL);
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) ||
      !customer_twins(visit->arena, visit->desk, page.by_phone, after, id, &twins, error))
    return false;
  list_each(const Twin, twin, &twins.rows) *list_add(visit->arena, &page.rows) = (TwinView){twin, customer_reason(twin->reasons)};
  if (twins.has_more)
    page.more = arena_printf(visit->arena, "/customers/same?by=%s&after=%s&id=%" G_GINT64_FORMAT,
                             page.by_phone ? "phone" : "name",
                             arena_take(visit->arena, g_uri_escape_string(twins.next_key, NULL, false)), twins.next_id);
  shell.title = "Who may be the same";
  render_twins(response->body, &shell, &page);
  return true;
}

static bool load_side(const Visit *visit, int64_t id, Side *out, GError **error) {
  RemedyList remedies = {0};
  out->customer = customer_find(visit->arena, visit->desk, id, error);
  if (!out->customer) return false;
  out->title = customer_title(out->customer);
  return customer_stand(visit->arena, visit->desk, id, &out->stand, error) &&
         customer_select_addresses(visit->arena, visit->desk->db, id, &out->addresses, error) &&
         customer_phones(visit->arena, visit->desk, id, &out->phones, error) &&
         customer_conversations(visit->arena, visit->desk, id, 0, 0, &out->past, error) &&
         customer_remedies(visit->arena, visit->desk, id, &remedies, &out->sums, error);
}

static void find_reasons(const Visit *visit, int64_t other, const LikenessList *found, SamePage *page) {
  list_each(const Likeness, likeness, found)
    for (unsigned reason = 0; likeness->id == other && reason < SAME_REASON_COUNT; reason++)
      if (likeness->reasons & INT64_C(1) << reason) *list_add(visit->arena, &page->reasons) = same_reason_words(reason);
}

static bool read_pair(const Visit *visit, int64_t *out_left, int64_t *out_right, GError **error) {
  return web_path_int(visit->request, "customer", out_left, error) && web_path_int(visit->request, "other", out_right, error);
}

static bool show_pair(const Visit *visit, WebResponse *response, SamePage *page, GError **error) {
  int64_t left = 0, right = 0;
  LikenessList found;
  Shell shell;
  page->visit = visit;
  if (!read_pair(visit, &left, &right, error) || !shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) ||
      !load_side(visit, left, &page->left, error) || !load_side(visit, right, &page->right, error) ||
      !customer_likenesses(visit->arena, visit->desk, left, true, &found, error))
    return false;
  if (left == right) return error_set(error, ERROR_INVALID, "This is one customer and not two.");
  find_reasons(visit, right, &found, page);
  if (page->problem) response->status = 409;
  shell.title = "Two customers, side by side";
  render_same(response->body, &shell, page);
  return true;
}

// Whom somebody means by what they typed: a number counts when a customer has it; else whoever the search finds, but not `left` itself.
static bool find_meant(const Visit *visit, int64_t left, const char *typed, CustomerPage *out, int64_t *out_id, GError **error) {
  gint64 id = 0;
  bool is_number = g_ascii_string_to_signed(*typed == '#' ? typed + 1 : typed, 10, 1, G_MAXINT64, &id, NULL);
  CustomerPage found = {0};
  *out = (CustomerPage){0};
  *out_id = 0;
  if (is_number && id != left && customer_find(visit->arena, visit->desk, id, NULL)) {
    *out_id = id;
    return true;
  }
  if (!*typed) return true;
  if (!customer_list(visit->arena, visit->desk, typed, "", 0, &found, error)) return false;
  out->has_more = found.has_more;
  list_each(const CustomerRow, row, &found.rows)
    if (row->id != left) *list_add(visit->arena, &out->rows) = *row;
  if (out->rows.count == 1 && !out->has_more) *out_id = out->rows.items[0].id;
  return true;
}

// "/customers/12/same/with?with=moor"
static bool choose_other(const Visit *visit, WebResponse *response, GError **error) {
  const char *with = web_query(visit->request, "with");
  SameChoicePage page = {.visit = visit, .typed = text_trim(visit->arena, with ? with : "")};
  CustomerPage found;
  int64_t left = 0, meant = 0;
  Shell shell;
  if (!web_path_int(visit->request, "customer", &left, error)) return false;
  page.customer = customer_find(visit->arena, visit->desk, left, error);
  if (!page.customer || !find_meant(visit, left, page.typed, &found, &meant, error)) return false;
  if (meant) {
    web_redirect(response, arena_printf(visit->arena, "/customers/%" G_GINT64_FORMAT "/same/%" G_GINT64_FORMAT, left, meant));
    return true;
  }
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error)) return false;
  page.title = customer_title(page.customer);
  page.rows = found.rows;
  page.has_more = found.has_more;
  if (page.rows.count == 0) response->status = 422;
  shell.title = "Whom do you mean?";
  render_same_choice(response->body, &shell, &page);
  return true;
}

bool customer_same_page(WebRequest *request, WebResponse *response, GError **error) {
  SamePage page = {0};
  if (strcmp(web_path_text(request, "other"), "with") == 0) return choose_other(visit_of(request), response, error);
  return show_pair(visit_of(request), response, &page, error);
}

// ":customer" is who stays.
bool customer_post_merge(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  SamePage page = {0};
  g_autoptr(GError) problem = NULL;
  int64_t left = 0, right = 0, merge = 0;
  if (!read_pair(visit, &left, &right, error)) return false;
  bool stays_right = visit_form_int(visit, "stays") == right;
  int64_t into = stays_right ? right : left, from = stays_right ? left : right;
  if (customer_merge(visit->desk, visit->staff, from, into, &merge, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/customers/%" G_GINT64_FORMAT "?kept=merges#merges", into));
    return true;
  }
  if (!error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.problem = problem->message;
  return show_pair(visit, response, &page, error);
}

bool customer_post_apart(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t left = 0, right = 0;
  if (!read_pair(visit, &left, &right, error) || !customer_keep_apart(visit->desk, visit->staff, left, right, error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "/customers/%" G_GINT64_FORMAT "?kept=same#same", left));
  return true;
}

bool customer_post_unmerge(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  CustomerView view = {.part = "merges"};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0, merge = 0, left = 0;
  if (!web_path_int(request, "customer", &id, error) || !web_path_int(request, "merge", &merge, error)) return false;
  if (customer_unmerge(visit->desk, visit->staff, merge, &left, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/customers/%" G_GINT64_FORMAT "?kept=%s#same", id,
                                        left ? "merges-but-cases" : "merges"));
    return true;
  }
  if (!error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  view.problem = problem->message;
  return customer_render(visit, response, id, &view, error);
}
