// A customer is found by the key of an address. The first name we hear is kept; a later mail does not rename anybody.
#include "desk/customer/customer.h"

#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/customer/stored.h"
#include "mail/mail.h"

static bool name_once(Arena *arena, Desk *desk, int64_t id, const char *name, GError **error) {
  int64_t changed = 0;
  if (text_is_blank(name)) return true;
  return customer_name_once(desk->db, id, name, &changed, error) && (!changed || customer_index(arena, desk, id, error));
}

bool customer_of_address(Arena *arena, Desk *desk, const char *address, const char *name, int64_t *out_id, GError **error) {
  const char *key = mail_address_is_valid(address) ? mail_address_key(arena, address) : "";
  const char *clean = text_clamp(arena, text_one_line(arena, name), CUSTOMER_NAME_MOST);
  if (*key) {
    bool found = false;
    if (!customer_select_by_address(desk->db, key, &found, out_id, error)) return false;
    if (found) return name_once(arena, desk, *out_id, clean, error);
  }
  int64_t now = clock_now(desk->clock), added = 0;
  if (!customer_insert(desk->db, clean, "", "", now, out_id, error) ||
      (*key && !customer_address_insert(desk->db, key, address, *out_id, now, &added, error)))
    return false;
  // Another connection was faster; the caller's transaction is rolled back and run again.
  if (*key && added != 1)
    return error_set(error, ERROR_BUSY, "The customer %s is being added by another process; try again.", address);
  return customer_index(arena, desk, *out_id, error);
}
