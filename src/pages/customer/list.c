// The list of customers and the card beside a conversation.
#include "base/text.h"
#include "pages/customer/customer.h"
#include "pages/customers.html.h"
#include "pages/pages.h"

static const char *escaped(Arena *arena, const char *text) {
  return arena_take(arena, g_uri_escape_string(text ? text : "", NULL, false));
}

static bool customers_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *text = web_query(request, "text"), *after = web_query(request, "after"), *id_text = web_query(request, "id");
  CustomersPage page = {.text = text ? text : ""};
  gint64 id = 0;
  Shell shell;
  if (id_text) g_ascii_string_to_signed(id_text, 10, 0, G_MAXINT64, &id, NULL);
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) ||
      !customer_list(visit->arena, visit->desk, page.text, after, id, &page.page, error))
    return false;
  const CustomerRow *last = page.page.has_more ? &page.page.rows.items[page.page.rows.count - 1] : NULL;
  if (last)
    page.more = arena_printf(visit->arena, "/customers?text=%s&after=%s&id=%" G_GINT64_FORMAT, escaped(visit->arena, page.text),
                             escaped(visit->arena, last->sort_key), last->id);
  shell.title = "Customers";
  render_customers(response->body, &shell, &page);
  return true;
}

static bool customer_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  CustomerView view = {0};
  int64_t id = 0;
  return web_path_int(request, "customer", &id, error) && customer_render(visit, response, id, &view, error);
}

bool customer_card_load(const Visit *visit, int64_t customer_id, CustomerCard *out, GError **error) {
  CustomerNoteList notes = {0}, history = {0};
  LikenessList same;
  out->customer = customer_find(visit->arena, visit->desk, customer_id, error);
  if (!out->customer || !customer_phones(visit->arena, visit->desk, customer_id, &out->phones, error) ||
      !customer_notes(visit->arena, visit->desk, customer_id, &notes, &history, error) ||
      !customer_likenesses(visit->arena, visit->desk, customer_id, false, &same, error))
    return false;
  out->notes = (int64_t)notes.count;
  out->same = (int64_t)same.count;
  return true;
}

// More than a form's usual room: a note may be long.
#define NOTE_LIMIT (64 * 1024)

const WebRoute customer_routes[] = {
  {WEB_GET, "/customers", PERMISSION_READ, customers_page, 0},
  {WEB_GET, "/customers/same", PERMISSION_READ, customer_twins_page, 0},
  {WEB_GET, "/customers/:customer", PERMISSION_READ, customer_page, 0},
  {WEB_POST, "/customers/:customer/name", PERMISSION_ANSWER, customer_post_name, 0},
  {WEB_POST, "/customers/:customer/addresses", PERMISSION_ANSWER, customer_post_address, 0},
  {WEB_POST, "/customers/:customer/addresses/remove", PERMISSION_ANSWER, customer_post_address_remove, 0},
  {WEB_POST, "/customers/:customer/addresses/mark", PERMISSION_ANSWER, customer_post_address_mark, 0},
  {WEB_POST, "/customers/:customer/phones", PERMISSION_ANSWER, customer_post_phone, 0},
  {WEB_POST, "/customers/:customer/phones/:phone/remove", PERMISSION_ANSWER, customer_post_phone_remove, 0},
  {WEB_POST, "/customers/:customer/preferences", PERMISSION_ANSWER, customer_post_preferences, 0},
  {WEB_POST, "/customers/:customer/organisation", PERMISSION_ANSWER, customer_post_organisation, 0},
  {WEB_POST, "/customers/:customer/notes", PERMISSION_ANSWER, customer_post_note, NOTE_LIMIT},
  {WEB_POST, "/customers/:customer/notes/:note", PERMISSION_ANSWER, customer_post_note_change, NOTE_LIMIT},
  {WEB_GET, "/customers/:customer/same/:other", PERMISSION_READ, customer_same_page, 0},
  {WEB_POST, "/customers/:customer/same/:other/merge", PERMISSION_ANSWER, customer_post_merge, 0},
  {WEB_POST, "/customers/:customer/same/:other/apart", PERMISSION_ANSWER, customer_post_apart, 0},
  {WEB_POST, "/customers/:customer/merges/:merge/undo", PERMISSION_ANSWER, customer_post_unmerge, 0},
  {WEB_GET, "/organisations", PERMISSION_READ, organisations_page, 0},
  {WEB_POST, "/organisations", PERMISSION_ANSWER, organisations_post, 0},
  {WEB_GET, "/organisations/:organisation", PERMISSION_READ, organisation_page, 0},
  {WEB_POST, "/organisations/:organisation", PERMISSION_ANSWER, organisation_post, 0},
  {WEB_POST, "/organisations/:organisation/domains", PERMISSION_ANSWER, organisation_post_domain, 0},
  {WEB_POST, "/organisations/:organisation/domains/remove", PERMISSION_ANSWER, organisation_post_domain_remove, 0},
  {WEB_GET, "/organisations/:organisation/same", PERMISSION_READ, organisation_alike_page, 0},
  {WEB_GET, "/organisations/:organisation/same/:other", PERMISSION_READ, organisation_unite_page, 0},
  {WEB_POST, "/organisations/:organisation/same/:other/merge", PERMISSION_ANSWER, organisation_post_merge, 0},
  {WEB_POST, "/organisations/:organisation/merges/:merge/undo", PERMISSION_ANSWER, organisation_post_unmerge, 0},
  {0},
};
