// The bulletin: others hear what one says, once and in order, the one who says it does not, and a wait can be ended. On SQLite nobody
// hears anything.
#include "db/testing.h"

#define LONG (20 * CLOCK_SECOND) // never reached when all is well
#define SHORT (30 * CLOCK_MILLISECOND)

static DbBulletin *open_bulletin(const char *where, const char *channel) {
  g_autoptr(GError) error = NULL;
  DbBulletin *bulletin = db_bulletin_open(where, channel, &error);
  g_assert_no_error(error);
  return bulletin;
}

static void others_hear_what_one_says(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  db_testing_open(arena, &where);
  g_autoptr(DbBulletin) one = open_bulletin(where, "rapport_words"), two = open_bulletin(where, "rapport_words");
  g_autoptr(DbBulletin) elsewhere = open_bulletin(where, "rapport_other");
  db_bulletin_say(one, "first");
  db_bulletin_say(one, "it's $1 \"second\"");
  bool is_shared = db_bulletin_is_shared(two);
  g_autofree char *first = db_bulletin_wait(two, is_shared ? LONG : SHORT),
                  *second = db_bulletin_wait(two, is_shared ? LONG : SHORT);
  g_assert_cmpstr(first, ==, is_shared ? "first" : NULL);
  g_assert_cmpstr(second, ==, is_shared ? "it's $1 \"second\"" : NULL);
  g_assert_null(db_bulletin_wait(two, SHORT));
  g_assert_null(db_bulletin_wait(one, SHORT)); // its own words are no news
  g_assert_null(db_bulletin_wait(elsewhere, SHORT));
}

static void a_wait_can_be_ended(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  db_testing_open(arena, &where);
  g_autoptr(DbBulletin) bulletin = open_bulletin(where, "rapport_words");
  db_bulletin_wake(bulletin);
  int64_t before = g_get_monotonic_time();
  g_assert_null(db_bulletin_wait(bulletin, LONG));
  g_assert_cmpint(g_get_monotonic_time() - before, <, LONG / 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/bulletin/others-hear", others_hear_what_one_says);
  g_test_add_func("/bulletin/woken", a_wait_can_be_ended);
  return g_test_run();
}
