// Many conversations at once, written with set-based SQL: a desk that grew for years, made in a minute or two for a million. Messages take
// one of twenty thousand bodies, of words that are as common and as rare as in a language (the n-th commonest of thirty thousand comes
// 1/n as often as the commonest), and every conversation has numbers of its own. SQLite only.
#include "bench.h"

#include "desk/search/stored.h"

#include <math.h>

#define BODIES 20000
#define FIRST_DOC "(1 << 40)" // SEARCH_DOC_FIRST
#define FIRST_ORDER G_STRINGIFY(BENCH_FIRST_ORDER)
#define WORDS 30000
#define BODY_WORDS 45 // in the middle

// The commonest are words that a person looks for; the others are made of syllables, each always the same.
static const char *word_at(Arena *arena, int rank) {
  static const char *const common[] = {"the", "and", "to",   "you",  "my", "light", "order", "please",
                                       "is",  "not", "have", "bell", "we", "it",    "when",  "thank"};
  static const char *const syllables[] = {"ba",  "den", "ko",  "lis", "mar", "no",  "pel", "ri",
                                          "san", "tu",  "ver", "wo",  "zi",  "gal", "hem", "fo"};
  if (rank < (int)G_N_ELEMENTS(common)) return common[rank];
  g_autoptr(GString) word = g_string_new(NULL);
  for (int left = rank; left > 0; left /= 16) g_string_append(word, syllables[left % 16]);
  return arena_strndup(arena, word->str, word->len);
}

G_STATIC_ASSERT(SEARCH_DOC_FIRST == INT64_C(1) << 40);

static void add_body(GRand *dice, const char *const *words, int n, GString *sql) {
  g_autoptr(GString) body = g_string_new(NULL);
  g_autoptr(GHashTable) once = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GString) distinct = g_string_new(NULL);
  int count = g_rand_int_range(dice, BODY_WORDS / 2, BODY_WORDS * 3 / 2);
  for (int i = 0; i < count; i++) {
    const char *word = words[(int)exp(g_rand_double(dice) * log(WORDS)) - 1];
    g_string_append_printf(body, i == 0 ? "%s" : i % 9 == 0 ? ". %s" : " %s", word);
    if (g_hash_table_add(once, (void *)(uintptr_t)word)) g_string_append_printf(distinct, distinct->len ? " %s" : "%s", word);
  }
  g_string_append_printf(sql, "INSERT INTO words VALUES (%d, 'Hello. %s.', '%s');", n, body->str, distinct->str);
}

static bool add_bodies(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GRand) dice = g_rand_new_with_seed(7);
  g_autoptr(GString) sql = g_string_new("CREATE TEMP TABLE words (n INTEGER PRIMARY KEY, body TEXT, words TEXT);"
                                        "CREATE TEMP TABLE k AS SELECT value AS n FROM json_each('[0,1,2,3,4,5,6,7]');");
  const char **words = arena_make_array(arena, const char *, WORDS);
  for (int i = 0; i < WORDS; i++) words[i] = word_at(arena, i);
  for (int n = 0; n < BODIES; n++) add_body(dice, words, n, sql);
  for (int i = 0; i < WORDS; i++)
    g_string_append_printf(sql, "INSERT OR IGNORE INTO search_word (word) VALUES ('%s');", words[i]);
  return db_run_script(desk->db, sql->str, error);
}

static const char rows[] =
  "CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %1$ld) SELECT i FROM c;"
  "INSERT INTO customer (id, name, made_at) SELECT 100 + i, 'Customer Number ' || i, 1 FROM n;"
  "INSERT INTO customer_address SELECT 'c' || i || '@customers.example', 'c' || i || '@customers.example', 100 + i, 0, 1 FROM n;"
  "INSERT INTO conversation (id, customer_id, customer_name, customer_address, mailbox_id, subject, state, assignee_id, opened_at, waiting_since, last_message_at, last_message_id,"
  " solved_at, queue_key, message_count, snippet, is_read, behaviour, emotion, need, valence, intensity)"
  " SELECT 1000 + i, 100 + i, 'Customer Number ' || i, 'c' || i || '@customers.example', 1, 'About the order GC-' || (" FIRST_ORDER
  " + i), i %% 2, CASE WHEN i %% 3 = 0 THEN 1 END, %2$ld + i * 1000000,"
  " CASE WHEN i %% 4 = 0 THEN %2$ld + i * 1000000 END, %2$ld + i * 1000000, i * 8, CASE WHEN i %% 2 = 1 THEN %2$ld + i * 1000000 END,"
  " CASE WHEN i %% 4 = 0 THEN %2$ld + i * 1000000 ELSE 4000000000000000000 - (%2$ld + i * 1000000) END,"
  " CASE WHEN i %% 10 = 0 THEN 8 ELSE 2 END, 'The light stopped working on the second evening. I have changed the batteries twice.', 1, i %% 3, i %% 28, i %% 5,"
  " -0.4, 2.0 FROM n;"
  "UPDATE conversation SET snoozed_until = %2$ld + (id + 200000000) * 1000000, queue_key = 4000000000000000000 + %2$ld + (id + 200000000) * 1000000"
  " WHERE (id - 1000) %% 50 = 4;"
  "INSERT INTO participant SELECT 1000 + i, 'c' || i || '@customers.example', 'c' || i || '@customers.example', 'Customer Number ' || i FROM n;"
  "INSERT INTO message (id, conversation_id, kind, staff_id, author_name, author_address, answer_to, recipients, made_at, claimed_at, subject, body,"
  " quoted, state, machine, mail_id)"
  " SELECT i * 8 + k.n, 1000 + i, k.n %% 2, CASE WHEN k.n %% 2 = 1 THEN 1 END, CASE WHEN k.n %% 2 = 0 THEN 'Customer Number ' || i ELSE 'Mira Lindqvist' END,"
  " CASE WHEN k.n %% 2 = 0 THEN 'c' || i || '@customers.example' ELSE 'help@godwit.example' END,"
  " CASE WHEN k.n %% 2 = 0 THEN 'c' || i || '@customers.example' ELSE '' END, CASE WHEN k.n %% 2 = 1 THEN 'c' || i || '@customers.example' ELSE '' END,"
  " %2$ld + i * 1000000 + k.n, 0, 'About the order GC-' || (" FIRST_ORDER
  " + i), w.body, '', CASE WHEN k.n %% 2 = 1 THEN 2 ELSE 0 END, 0,"
  " 'm' || i || '.' || k.n || '@customers.example' FROM n JOIN k ON k.n < CASE WHEN i %% 10 = 0 THEN 8 ELSE 2 END JOIN words w ON w.n = (i * 8 + k.n) * 7919 %% 20000;"
  "INSERT INTO mail_id SELECT mail_id, id, conversation_id FROM message;"
  "INSERT INTO reading (message_id, engine, is_read, language, behaviour, emotion, need, need_margin, valence, intensity, abuse, flags, reasons, evidence, detail)"
  " SELECT id, 'bench', 1, 'en', 1, 9, 3, 0.4, -0.5, 2.0, 0.1, 0, 1, '10 25 disappointment 700' || char(10) || '40 60 security 500' || char(10), '{}'"
  " FROM message WHERE kind = 0;"
  "INSERT INTO event (conversation_id, happened_at, kind, detail) SELECT 1000 + i, %2$ld + i * 1000000, 0, '' FROM n;"
  "INSERT INTO event (conversation_id, happened_at, kind, staff_id, detail) SELECT 1000 + i, %2$ld + i * 1000000, 2, 1, '' FROM n;"
  "INSERT INTO tally SELECT 'open', count(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL;"
  "INSERT INTO tally SELECT 'snoozed', count(*) FROM conversation WHERE snoozed_until IS NOT NULL;"
  "INSERT INTO tally SELECT 'solved', count(*) FROM conversation WHERE state = 1;"
  "INSERT INTO tally SELECT 'open/' || COALESCE(assignee_id, 0), count(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL GROUP BY assignee_id;"
  "INSERT INTO tag (id, name, name_key, made_at) VALUES (1, 'refund', 'refund', 1);"
  "INSERT INTO conversation_tag SELECT 1000 + i, 1 FROM n WHERE i %% 50 = 0;"
  "INSERT INTO complaint (conversation_id, stage, origin, received_at, made_at, severity, is_safety, about, seeks, present, desired, profile, channels_before,"
  " outside, has_news, next_due_at, queue_key) SELECT 1000 + i, 2, 0, %2$ld + i * 1000000, %2$ld + i * 1000000, 0, 0, '', '', '', '', 0, 0, '', 0,"
  " %2$ld + i * 1000000, %2$ld + i * 1000000 FROM n WHERE i %% 100 = 0;"
  "INSERT INTO tally SELECT 'complaint/assessed', count(*) FROM complaint;"
  "INSERT INTO follow SELECT id, 1, CASE WHEN state = 0 THEN queue_key END FROM conversation"
  " WHERE id %% 1000 = 0 OR (state = 0 AND snoozed_until IS NULL AND id > (SELECT MAX(id) - 200 FROM conversation));"
  "UPDATE tally SET count = (SELECT count(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL AND waiting_since IS NOT NULL) WHERE name = 'waiting';"
  "INSERT INTO mention (message_id, staff_id, conversation_id, made_at) SELECT i * 8 + 1, 1, 1000 + i, %2$ld + i * 1000000 FROM n WHERE i %% 100 = 10;"
  "INSERT INTO draft (staff_id, conversation_id, kind, text, cc, bcc, version, writer, saved_at) SELECT 1, 1000 + i, 0, 'Thank you for', '', '', 1, '', %2$ld + i * 1000000 FROM n WHERE i %% 100 = 20;"
  "UPDATE conversation SET due_at = last_message_at WHERE id %% 100 = 0;"
  "UPDATE conversation SET is_upset = 1 WHERE id %% 40 = 0;"
  "UPDATE tally SET count = (SELECT count(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL AND is_upset = 1) WHERE name = 'upset';";

// What search knows, as search_catch_up would have written it, word for word but not in order.
static const char documents[] =
  "INSERT OR IGNORE INTO search_word (word, reversed) SELECT w, (WITH RECURSIVE r(at, t) AS (SELECT length(w), '' UNION ALL SELECT at - 1, t || substr(w, at, 1)"
  " FROM r WHERE at > 0) SELECT t FROM r WHERE at = 0) FROM (SELECT CAST(" FIRST_ORDER " + i AS TEXT) AS w FROM n"
  " UNION ALL SELECT CAST(i AS TEXT) FROM n WHERE i >= 100 UNION ALL SELECT 'c' || i FROM n WHERE i >= 10);"
  "INSERT OR IGNORE INTO search_word (word) SELECT 'c' || i FROM n WHERE i < 10;"
  "INSERT INTO search_part (rowid, word) SELECT id, word FROM search_word WHERE reversed IS NULL;"
  "INSERT INTO search_doc (id, conversation_id, up_to, words) SELECT " FIRST_DOC " - i, 1000 + i, 4000000000000000000,"
  " char(57344) || 's' || (i % 2) || ' ' || CASE WHEN i % 50 = 4 THEN char(57344) || 'z ' WHEN i % 2 = 0 THEN char(57344) || 'o ' ELSE '' END || char(57344) || 'a' || (CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END)"
  " || ' ' || char(57344) || 'm1 ' || char(57344) || 'p1 ' || char(57344) || 'k0 ' || char(57344) || 'k1 ' || char(57344) || 'n' || (1000 + i) || ' '"
  " || CASE WHEN i % 4 = 0 AND i % 50 <> 4 THEN char(57344) || 'w ' ELSE '' END || CASE WHEN i % 50 = 0 THEN char(57344) || 't1 ' ELSE '' END || char(57344) || 'Fc' || i || ' '"
  " || 'about order gc customer number customers example c' || i || ' ' || i || ' ' || (" FIRST_ORDER " + i) || ' '"
  " || strftime(char(57344) || 'd%Y ' || char(57344) || 'd%Y%m ' || char(57344) || 'd%Y%m%d ', c.last_message_at / 1000000, 'unixepoch')"
  " || (SELECT group_concat(w.words, ' ') FROM k JOIN words w ON w.n = (n.i * 8 + k.n) * 7919 % 20000 WHERE k.n < CASE WHEN n.i % 10 = 0 THEN 8 ELSE 2 END)"
  " FROM n JOIN conversation c ON c.id = 1000 + i;"
  "INSERT INTO search_index (rowid, words) SELECT d.id, d.words FROM (SELECT id FROM search_doc ORDER BY (" FIRST_DOC
  " - id) / 100, id) AS o"
  " JOIN search_doc d ON d.id = o.id;"
  "UPDATE search_doc SET up_to = (SELECT MAX(id) FROM event);"
  "UPDATE search_state SET up_to = (SELECT MAX(id) FROM event);"
  "DROP TABLE n; DROP TABLE words;";

bool fill_desk(Desk *desk, int64_t count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t first = clock_now(desk->clock) - count * CLOCK_SECOND;
  return db_run_script(desk->db, "PRAGMA synchronous = OFF; BEGIN;", error) && add_bodies(desk, error) &&
         db_run_script(desk->db, arena_printf(arena, rows, (long)count, (long)first), error) &&
         db_run_script(desk->db, documents, error) &&
         db_run_script(desk->db, "COMMIT; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE);", error);
}
