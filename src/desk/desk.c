// Opening the desk: connect, bring the schema up to date, and read what the desk knows about itself. The secret is made once;
// two processes that start at the same moment agree on one, because only the first insert stays.
#include "desk/desk.h"

#include "base/text.h"
#include "desk/customer/customer.h"
#include "desk/happening/happening.h"
#include "desk/learning/taught.h"
#include "desk/protocol/guide.h"
#include "desk/rule/stored.h"
#include "desk/setting.sql.h"

#include <sodium.h>

static void close_db(void *db) { db_close(db); }

static bool load_secret(Arena *arena, Desk *desk, GError **error) {
  const char *stored = NULL;
  if (!setting_select(arena, desk->db, "secret", &stored, error)) return false;
  if (!stored) {
    unsigned char fresh[DESK_SECRET_SIZE];
    random_fill(desk->random, fresh, sizeof fresh);
    if (!setting_insert_once(desk->db, "secret", text_hex(arena, bytes_of(fresh, sizeof fresh)), error)) return false;
    if (!setting_select(arena, desk->db, "secret", &stored, error)) return false;
  }
  size_t size = 0;
  if (!stored || sodium_hex2bin(desk->secret, sizeof desk->secret, stored, strlen(stored), NULL, &size, NULL) != 0 ||
      size != sizeof desk->secret)
    return error_set(error, ERROR_BROKEN, "The desk's secret is damaged; restore the database from a backup.");
  return true;
}

bool desk_read_name(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = NULL;
  if (!setting_select(arena, desk->db, "name", &name, error)) return false;
  if (!name) name = "Customer desk";
  if (g_strcmp0(desk->name, name) != 0) desk->name = arena_strdup(desk->arena, name);
  return true;
}

static void leave(void *desk) {
  learning_forget_taught(desk);
  happening_leave(desk);
  rules_forget(desk);
}

static Desk *join(Arena *arena, Db *db, const Clock *clock, Random *random, GError **error) {
  Desk *desk = arena_make(arena, Desk);
  *desk = (Desk){.arena = arena, .db = db, .clock = clock, .random = random};
  happening_join(arena, desk);
  arena_defer(arena, leave, desk);
  return load_secret(arena, desk, error) && desk_read_name(desk, error) ? desk : NULL;
}

Desk *desk_join(Arena *arena, const char *where, const Clock *clock, Random *random, GError **error) {
  Db *db = db_open(where, error);
  if (!db) return NULL;
  arena_defer(arena, close_db, db);
  return join(arena, db, clock, random, error);
}

Desk *desk_open(Arena *arena, const char *where, const Clock *clock, Random *random, GError **error) {
  Db *db = db_open(where, error);
  if (!db) return NULL;
  arena_defer(arena, close_db, db);
  if (!db_migrate(db, desk_migrations, desk_migration_count, clock, error)) return NULL;
  Desk *desk = join(arena, db, clock, random, error);
  return desk && guide_ship(desk, error) && customer_index_missing(desk, error) ? desk : NULL;
}

bool desk_rename(Desk *desk, const char *name, GError **error) {
  if (!setting_set(desk->db, "name", name, error)) return false;
  desk->name = name;
  return true;
}
