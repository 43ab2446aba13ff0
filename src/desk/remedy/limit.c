// Setting limits. A limit is never changed: the one for the same role, kind, scope and days is ended and the new one begins, so that it
// stays known who allowed what, and when. Requests that wait are then open to other roles.
#include "desk/remedy/limit.h"

#include "desk/remedy.sql.h"
#include "desk/remedy/stored.h"

#include <string.h>

bool limit_list(Arena *arena, Desk *desk, RemedyLimitList *out, GError **error) {
  return limit_select_holding(arena, desk->db, out, error);
}

bool limit_history(Arena *arena, Desk *desk, RemedyLimitList *out, GError **error) {
  return limit_select_ended(arena, desk->db, out, error);
}

bool limit_may_change(const Staff *actor, StaffRole role) {
  if (!role_may(actor->role, PERMISSION_SUPERVISE) || role >= ROLE_COUNT) return false;
  return role < actor->role || role_may(actor->role, PERMISSION_ADMINISTER);
}

static bool check_actor(const Staff *actor, StaffRole role, GError **error) {
  return limit_may_change(actor, role) || error_set(error, ERROR_FORBIDDEN,
                                                    "You may set limits for roles below your own; those of \"%s\" are for an "
                                                    "administrator.",
                                                    role_word(role));
}

static bool is_usable(const RemedyLimit *limit, GError **error) {
  bool has_kind = limit->kind == LIMIT_ANY_KIND || (limit->kind >= 0 && limit->kind < REMEDY_KIND_COUNT);
  if (!has_kind || limit->scope >= LIMIT_SCOPE_COUNT ||
      (has_kind && limit->kind >= 0 && !remedy_kind_may_cost((RemedyKind)limit->kind)))
    return error_set(error, ERROR_INVALID, "There is no such limit; choose from the lists.");
  if (limit->scope == LIMIT_EACH ? limit->days != 0 : limit->days < 1 || limit->days > LIMIT_DAYS_MOST)
    return error_set(error, ERROR_INVALID, "A total goes over 1 to %d days.", LIMIT_DAYS_MOST);
  if (limit->amount == LIMIT_NO_BOUND)
    return limit->scope == LIMIT_EACH || error_set(error, ERROR_INVALID, "A total needs an amount.");
  if (limit->amount < 0 || limit->amount > MONEY_MOST)
    return error_set(error, ERROR_INVALID, "The amount is none that a limit can have.");
  return currency_find(limit->currency, NULL) || error_set(error, ERROR_INVALID, "This currency is not known.");
}

// Scope EACH has no purses of its own, so this one is free.
bool limit_take_turn(Desk *desk, GError **error) { return purse_take(desk->db, LIMIT_EACH, 0, error); }

static bool update_deciders(Desk *desk, StaffRole role, GError **error) {
  return !role_may(role, PERMISSION_SUPERVISE) || remedy_update_deciders(desk->db, role, INT64_C(1) << role, error);
}

bool limit_set(Desk *desk, const Staff *actor, const RemedyLimit *limit, GError **error) {
  if (!check_actor(actor, limit->role, error) || !is_usable(limit, error)) return false;
  int64_t now = clock_now(desk->clock);
  const char *currency = limit->amount == LIMIT_NO_BOUND ? "" : limit->currency;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && limit_take_turn(desk, error) &&
         limit_end_same(desk->db, limit->role, limit->kind, limit->scope, limit->days, actor->id, now, error) &&
         limit_insert(desk->db, limit->role, limit->kind, limit->scope, limit->amount, currency, limit->days, actor->id, now,
                      error) &&
         update_deciders(desk, limit->role, error) && db_commit(&tx, error);
}

bool limit_end(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  RemedyLimit *limit = NULL;
  int64_t changed = 0;
  if (!limit_select(arena, desk->db, id, &limit, error)) return false;
  if (!limit) return error_set(error, ERROR_NOT_FOUND, "This limit holds no more; look again.");
  if (!check_actor(actor, limit->role, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && limit_take_turn(desk, error) &&
         limit_update_ended(desk->db, id, actor->id, clock_now(desk->clock), &changed, error) &&
         update_deciders(desk, limit->role, error) && db_commit(&tx, error);
}

static bool allows(const RemedyLimitList *limits, StaffRole role, RemedyKind kind, int64_t amount, const char *currency) {
  bool has_one = false;
  list_each(const RemedyLimit, limit, limits) {
    if (limit->role != role || limit->scope != LIMIT_EACH || (limit->kind != LIMIT_ANY_KIND && limit->kind != kind)) continue;
    has_one = true;
    if (limit->amount != LIMIT_NO_BOUND && (limit->amount < amount || strcmp(limit->currency, currency) != 0)) return false;
  }
  return has_one;
}

bool limit_deciders(Arena *arena, Desk *desk, RemedyKind kind, int64_t amount, const char *currency, int64_t *out,
                    GError **error) {
  RemedyLimitList limits = {0};
  *out = 0;
  if (!limit_list(arena, desk, &limits, error)) return false;
  for (unsigned role = 0; role < ROLE_COUNT; role++)
    if (role_may(role, PERMISSION_SUPERVISE) && allows(&limits, role, kind, amount, currency)) *out |= INT64_C(1) << role;
  return true;
}
