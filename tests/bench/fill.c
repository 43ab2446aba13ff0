// Many conversations at once, written with set-based SQL: a desk that grew for years, made in seconds. SQLite only.
#include "bench.h"

// Eight texts of ordinary length; a message takes one of them.
static const char texts[] =
  "CREATE TEMP TABLE words (n INTEGER PRIMARY KEY, body TEXT);"
  "INSERT INTO words VALUES"
  "(0,'Hello, I ordered the blue panniers three weeks ago and they have still not arrived. The tracking page says nothing since the 4th. I need them "
  "for a tour that starts on Friday, and I am getting worried. Could you please tell me where they are?'),"
  "(1,'Thank you for telling me, Agnes. You ordered the blue panniers on the 2nd, you need them by Friday, and nobody has told you where they are. "
  "I have asked the carrier and will write again today before five. If they are lost I can send a second pair by express, or give your money back; "
  "which would you rather have?'),"
  "(2,'The light stopped working on the second evening. I have changed the batteries twice. This is the third time that I write about it and I am "
  "really disappointed that nobody answers.'),"
  "(3,'I am sorry that you had to write three times. I will send a new light today, and you need not send the old one back.'),"
  "(4,'Can you explain how I choose between the two frames? I do not understand the chart, and I would like to.'),"
  "(5,'The number that matters is reach. The smaller frame has 376 mm, the larger 387. I would take the smaller one with the longer post.'),"
  "(6,'That is very kind, thank you so much. Everything arrived, and it fits.'),"
  "(7,'Good to hear. Ride well, and write whenever something rattles.');";

static const char rows[] =
  "CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %1$ld) SELECT i FROM c;"
  "INSERT INTO customer (id, name, made_at) SELECT 100 + i, 'Customer Number ' || i, 1 FROM n;"
  "INSERT INTO customer_address SELECT 'c' || i || '@customers.example', 'c' || i || '@customers.example', 100 + i, 0, 1 FROM n;"
  "INSERT INTO conversation (id, customer_id, customer_name, customer_address, mailbox_id, subject, state, assignee_id, opened_at, waiting_since, last_message_at, last_message_id,"
  " solved_at, queue_key, message_count, snippet, is_read, behaviour, emotion, need, valence, intensity)"
  " SELECT 1000 + i, 100 + i, 'Customer Number ' || i, 'c' || i || '@customers.example', 1, 'About the order GC-' || (20000 + i), i %% 2, CASE WHEN i %% 3 = 0 THEN 1 END, %2$ld + i * 1000000,"
  " CASE WHEN i %% 4 = 0 THEN %2$ld + i * 1000000 END, %2$ld + i * 1000000, i * 8, CASE WHEN i %% 2 = 1 THEN %2$ld + i * 1000000 END,"
  " CASE WHEN i %% 4 = 0 THEN %2$ld + i * 1000000 ELSE 4000000000000000000 - (%2$ld + i * 1000000) END,"
  " CASE WHEN i %% 10 = 0 THEN 8 ELSE 2 END, 'The light stopped working on the second evening. I have changed the batteries twice.', 1, i %% 3, i %% 28, i %% 5,"
  " -0.4, 2.0 FROM n;"
  "INSERT INTO participant SELECT 1000 + i, 'c' || i || '@customers.example', 'c' || i || '@customers.example', 'Customer Number ' || i FROM n;"
  "INSERT INTO message (id, conversation_id, kind, staff_id, author_name, author_address, answer_to, recipients, made_at, claimed_at, subject, body,"
  " quoted, state, machine, mail_id)"
  " SELECT i * 8 + w.n, 1000 + i, w.n %% 2, CASE WHEN w.n %% 2 = 1 THEN 1 END, CASE WHEN w.n %% 2 = 0 THEN 'Customer Number ' || i ELSE 'Mira Lindqvist' END,"
  " CASE WHEN w.n %% 2 = 0 THEN 'c' || i || '@customers.example' ELSE 'help@godwit.example' END,"
  " CASE WHEN w.n %% 2 = 0 THEN 'c' || i || '@customers.example' ELSE '' END, CASE WHEN w.n %% 2 = 1 THEN 'c' || i || '@customers.example' ELSE '' END,"
  " %2$ld + i * 1000000 + w.n, 0, 'About the order GC-' || (20000 + i), w.body, '', CASE WHEN w.n %% 2 = 1 THEN 2 ELSE 0 END, 0,"
  " 'm' || i || '.' || w.n || '@customers.example' FROM n JOIN words w ON w.n < CASE WHEN i %% 10 = 0 THEN 8 ELSE 2 END;"
  "INSERT INTO mail_id SELECT mail_id, id, conversation_id FROM message;"
  "INSERT INTO reading (message_id, engine, is_read, language, behaviour, emotion, need, need_margin, valence, intensity, abuse, flags, reasons, evidence, detail)"
  " SELECT id, 'bench', 1, 'en', 1, 9, 3, 0.4, -0.5, 2.0, 0.1, 0, 1, '10 25 disappointment 700' || char(10) || '40 60 security 500' || char(10), '{}'"
  " FROM message WHERE kind = 0;"
  "INSERT INTO event (conversation_id, happened_at, kind, detail) SELECT 1000 + i, %2$ld + i * 1000000, 0, '' FROM n;"
  "INSERT INTO event (conversation_id, happened_at, kind, staff_id, detail) SELECT 1000 + i, %2$ld + i * 1000000, 2, 1, '' FROM n;"
  "INSERT INTO tally SELECT 'open', count(*) FROM conversation WHERE state = 0;"
  "INSERT INTO tally SELECT 'solved', count(*) FROM conversation WHERE state = 1;"
  "INSERT INTO tally SELECT 'open/' || COALESCE(assignee_id, 0), count(*) FROM conversation WHERE state = 0 GROUP BY assignee_id;"
  "DROP TABLE n; DROP TABLE words; ANALYZE;";

bool fill_desk(Desk *desk, int64_t count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t first = clock_now(desk->clock) - count * CLOCK_SECOND;
  return db_run_script(desk->db, "PRAGMA synchronous = OFF; BEGIN;", error) && db_run_script(desk->db, texts, error) &&
         db_run_script(desk->db, arena_printf(arena, rows, (long)count, (long)first), error) &&
         db_run_script(desk->db, "COMMIT; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE);", error);
}
