-- include "desk/conversation/conversation.h"
-- include "desk/search/stored.h"

-- Whoever holds this row indexes; another node waits, and finds the work done.
-- search_state_lock() -> one SearchState
-- sqlite
SELECT up_to, changes FROM search_state WHERE id = 1;
-- postgres
SELECT up_to, changes FROM search_state WHERE id = 1 FOR UPDATE;

-- search_state_select() -> one SearchState
SELECT up_to, changes FROM search_state WHERE id = 1;

-- search_state_update(up_to: int, changes: int) -> none
UPDATE search_state SET up_to = :up_to, changes = changes + :changes WHERE id = 1;

-- What happened next, oldest first; is_known: the index has heard of it.
-- search_select_events(after: int, most: int) -> list SearchEvent
SELECT e.id, e.conversation_id AS number, CASE WHEN COALESCE(d.up_to, 0) >= e.id THEN 1 ELSE 0 END AS is_known
FROM (SELECT id, conversation_id FROM event WHERE id > :after ORDER BY id LIMIT :most) AS e
LEFT JOIN search_doc d ON d.conversation_id = e.conversation_id
ORDER BY e.id;

-- search_select_stale(most: int) -> list int
SELECT conversation_id FROM search_doc WHERE up_to = 0 LIMIT :most;

-- search_tag_stale(tag: int) -> none
UPDATE search_doc SET up_to = 0 WHERE conversation_id IN (SELECT conversation_id FROM conversation_tag WHERE tag_id = :tag);

-- search_customer_stale(customer: int) -> none
UPDATE search_doc SET up_to = 0 WHERE conversation_id IN (SELECT id FROM conversation WHERE customer_id = :customer);

-- Everything that is to be found of some conversations, and the facts about them that filters ask for. What was merged away has nothing.
-- search_select_texts(numbers: text, messages: int, characters: int) -> list SearchText
-- sqlite
WITH wanted AS (SELECT c.* FROM json_each('[' || :numbers || ']') AS w JOIN conversation c ON c.id = w.value WHERE c.state <> 2)
SELECT id AS number, 0 AS kind, 0 AS at, subject AS text FROM wanted
UNION ALL SELECT id, 1, 0, customer_name || ' ' || customer_address FROM wanted
UNION ALL SELECT w.id, 1, 0, a.address FROM wanted w JOIN customer_address a ON a.customer_id = w.customer_id
UNION ALL SELECT w.id, 0, 0, p.name || ' ' || p.address FROM wanted w JOIN participant p ON p.conversation_id = w.id
UNION ALL SELECT w.id, CASE WHEN m.kind = 0 THEN 1 ELSE 0 END, 0, m.author_name || ' ' || m.author_address
  FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.kind < 3
UNION ALL SELECT w.id, 2, 0, m.recipients FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.kind < 3
UNION ALL SELECT w.id, 0, m.made_at, m.subject || ' ' || substr(m.body, 1, :characters) FROM wanted w JOIN message m ON m.conversation_id = w.id
  WHERE m.id IN (SELECT id FROM message n WHERE n.conversation_id = w.id AND n.kind < 3 ORDER BY n.id DESC LIMIT :messages)
UNION ALL SELECT w.id, 0, 0, a.name FROM wanted w CROSS JOIN message m ON m.conversation_id = w.id CROSS JOIN attachment a ON a.message_id = m.id WHERE m.kind < 3
UNION ALL SELECT w.id, 0, 0, v.value FROM wanted w JOIN field_value v ON v.conversation_id = w.id
UNION ALL SELECT w.id, 2, 0, b.address FROM wanted w JOIN mailbox b ON b.id = w.mailbox_id
UNION ALL SELECT w.id, 2, 0, b.address FROM wanted w JOIN conversation_mailbox o ON o.conversation_id = w.id JOIN mailbox b ON b.id = o.mailbox_id
UNION ALL SELECT id, 3, 0, 's' || state FROM wanted
UNION ALL SELECT id, 3, 0, 'n' || id FROM wanted
UNION ALL SELECT id, 3, 0, 'a' || COALESCE(assignee_id, 0) FROM wanted
UNION ALL SELECT id, 3, 0, 'm' || mailbox_id FROM wanted
UNION ALL SELECT id, 3, 0, 'p' || priority FROM wanted
UNION ALL SELECT id, 3, 0, 'g' || team_id FROM wanted WHERE team_id IS NOT NULL
UNION ALL SELECT id, 3, 0, 'w' FROM wanted WHERE state = 0 AND snoozed_until IS NULL AND waiting_since IS NOT NULL
UNION ALL SELECT id, 3, 0, 'u' FROM wanted WHERE is_upset = 1
UNION ALL SELECT id, 3, 0, 'o' FROM wanted WHERE state = 0 AND snoozed_until IS NULL
UNION ALL SELECT id, 3, 0, 'z' FROM wanted WHERE state = 0 AND snoozed_until IS NOT NULL
UNION ALL SELECT w.id, 3, 0, 'm' || o.mailbox_id FROM wanted w JOIN conversation_mailbox o ON o.conversation_id = w.id
UNION ALL SELECT w.id, 3, 0, 't' || t.tag_id FROM wanted w JOIN conversation_tag t ON t.conversation_id = w.id
UNION ALL SELECT w.id, 3, 0, 'y' || f.staff_id FROM wanted w JOIN follow f ON f.conversation_id = w.id
UNION ALL SELECT w.id, 3, 0, 'x' || x.staff_id FROM wanted w JOIN message m ON m.conversation_id = w.id JOIN mention x ON x.message_id = m.id
UNION ALL SELECT w.id, 3, 0, 'c' FROM wanted w JOIN complaint c ON c.conversation_id = w.id WHERE c.merged_into IS NULL
UNION ALL SELECT w.id, 3, 0, 'cs' || c.stage FROM wanted w JOIN complaint c ON c.conversation_id = w.id WHERE c.merged_into IS NULL
UNION ALL SELECT w.id, 3, 0, 'f' FROM wanted w CROSS JOIN message m ON m.conversation_id = w.id CROSS JOIN attachment a ON a.message_id = m.id WHERE m.kind < 3 AND a.is_inline = 0
UNION ALL SELECT w.id, 3, 0, 'k' || m.kind FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.kind < 3
UNION ALL SELECT w.id, 3, 0, 'n' || m.origin FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.origin IS NOT NULL;
-- postgres
WITH wanted AS (SELECT c.* FROM conversation c WHERE c.id = ANY (CAST(string_to_array(:numbers, ',') AS BIGINT[])) AND c.state <> 2)
SELECT id AS number, CAST(0 AS BIGINT) AS kind, CAST(0 AS BIGINT) AS at, subject AS text FROM wanted
UNION ALL SELECT id, 1, 0, customer_name || ' ' || customer_address FROM wanted
UNION ALL SELECT w.id, 1, 0, a.address FROM wanted w JOIN customer_address a ON a.customer_id = w.customer_id
UNION ALL SELECT w.id, 0, 0, p.name || ' ' || p.address FROM wanted w JOIN participant p ON p.conversation_id = w.id
UNION ALL SELECT w.id, CASE WHEN m.kind = 0 THEN 1 ELSE 0 END, 0, m.author_name || ' ' || m.author_address
  FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.kind < 3
UNION ALL SELECT w.id, 2, 0, m.recipients FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.kind < 3
UNION ALL SELECT w.id, 0, m.made_at, m.subject || ' ' || substr(m.body, 1, CAST(:characters AS INTEGER)) FROM wanted w
  CROSS JOIN LATERAL (SELECT made_at, subject, body FROM message n WHERE n.conversation_id = w.id AND n.kind < 3 ORDER BY n.id DESC LIMIT :messages) AS m
UNION ALL SELECT w.id, 0, 0, a.name FROM wanted w JOIN message m ON m.conversation_id = w.id JOIN attachment a ON a.message_id = m.id WHERE m.kind < 3
UNION ALL SELECT w.id, 0, 0, v.value FROM wanted w JOIN field_value v ON v.conversation_id = w.id
UNION ALL SELECT w.id, 2, 0, b.address FROM wanted w JOIN mailbox b ON b.id = w.mailbox_id
UNION ALL SELECT w.id, 2, 0, b.address FROM wanted w JOIN conversation_mailbox o ON o.conversation_id = w.id JOIN mailbox b ON b.id = o.mailbox_id
UNION ALL SELECT id, 3, 0, 's' || state FROM wanted
UNION ALL SELECT id, 3, 0, 'n' || id FROM wanted
UNION ALL SELECT id, 3, 0, 'a' || COALESCE(assignee_id, 0) FROM wanted
UNION ALL SELECT id, 3, 0, 'm' || mailbox_id FROM wanted
UNION ALL SELECT id, 3, 0, 'p' || priority FROM wanted
UNION ALL SELECT id, 3, 0, 'g' || team_id FROM wanted WHERE team_id IS NOT NULL
UNION ALL SELECT id, 3, 0, 'w' FROM wanted WHERE state = 0 AND snoozed_until IS NULL AND waiting_since IS NOT NULL
UNION ALL SELECT id, 3, 0, 'u' FROM wanted WHERE is_upset = 1
UNION ALL SELECT id, 3, 0, 'o' FROM wanted WHERE state = 0 AND snoozed_until IS NULL
UNION ALL SELECT id, 3, 0, 'z' FROM wanted WHERE state = 0 AND snoozed_until IS NOT NULL
UNION ALL SELECT w.id, 3, 0, 'm' || o.mailbox_id FROM wanted w JOIN conversation_mailbox o ON o.conversation_id = w.id
UNION ALL SELECT w.id, 3, 0, 't' || t.tag_id FROM wanted w JOIN conversation_tag t ON t.conversation_id = w.id
UNION ALL SELECT w.id, 3, 0, 'y' || f.staff_id FROM wanted w JOIN follow f ON f.conversation_id = w.id
UNION ALL SELECT w.id, 3, 0, 'x' || x.staff_id FROM wanted w JOIN message m ON m.conversation_id = w.id JOIN mention x ON x.message_id = m.id
UNION ALL SELECT w.id, 3, 0, 'c' FROM wanted w JOIN complaint c ON c.conversation_id = w.id WHERE c.merged_into IS NULL
UNION ALL SELECT w.id, 3, 0, 'cs' || c.stage FROM wanted w JOIN complaint c ON c.conversation_id = w.id WHERE c.merged_into IS NULL
UNION ALL SELECT w.id, 3, 0, 'f' FROM wanted w JOIN message m ON m.conversation_id = w.id JOIN attachment a ON a.message_id = m.id WHERE m.kind < 3 AND a.is_inline = 0
UNION ALL SELECT w.id, 3, 0, 'k' || m.kind FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.kind < 3
UNION ALL SELECT w.id, 3, 0, 'n' || m.origin FROM wanted w JOIN message m ON m.conversation_id = w.id WHERE m.origin IS NOT NULL;

-- search_doc_select(numbers: text) -> list SearchDoc
-- sqlite
SELECT d.id, d.conversation_id AS number, d.up_to, d.words
FROM json_each('[' || :numbers || ']') AS w JOIN search_doc d ON d.conversation_id = w.value ORDER BY d.id;
-- postgres
SELECT id, conversation_id AS number, up_to, words FROM search_doc WHERE conversation_id = ANY (CAST(string_to_array(:numbers, ',') AS BIGINT[])) ORDER BY id;

-- search_doc_newest(first: int) -> one int
SELECT COALESCE(MIN(id), :first) AS id FROM search_doc;

-- The newest event of each, in the moment of asking; what changed last comes last.
-- search_select_newest(numbers: text) -> list SearchNewest
-- sqlite
SELECT w.value AS number, COALESCE((SELECT MAX(e.id) FROM event e WHERE e.conversation_id = w.value), 0) AS up_to
FROM json_each('[' || :numbers || ']') AS w ORDER BY 2;
-- postgres
SELECT number, COALESCE((SELECT MAX(e.id) FROM event e WHERE e.conversation_id = number), 0) AS up_to
FROM unnest(CAST(string_to_array(:numbers, ',') AS BIGINT[])) AS number ORDER BY 2;

-- search_doc_touch(number: int, up_to: int) -> none
UPDATE search_doc SET up_to = :up_to WHERE conversation_id = :number;

-- search_index_forget(id: int, words: text) -> none
-- sqlite
INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', :id, :words);
-- postgres
DELETE FROM search_doc WHERE FALSE;

-- search_doc_put(id: int, number: int, up_to: int, words: text) -> none
-- sqlite
INSERT INTO search_doc (id, conversation_id, up_to, words) VALUES (:id, :number, :up_to, :words)
ON CONFLICT (conversation_id) DO UPDATE SET id = excluded.id, up_to = excluded.up_to, words = excluded.words;
-- postgres
INSERT INTO search_doc (id, conversation_id, up_to, words, lexemes) VALUES (:id, :number, :up_to, :words, array_to_tsvector(string_to_array(:words, ' ')))
ON CONFLICT (conversation_id) DO UPDATE SET id = EXCLUDED.id, up_to = EXCLUDED.up_to, words = EXCLUDED.words, lexemes = EXCLUDED.lexemes;

-- search_index_add(id: int, words: text) -> none
-- sqlite
INSERT INTO search_index (rowid, words) VALUES (:id, :words);
-- postgres
DELETE FROM search_doc WHERE FALSE;

-- search_word_last() -> one int
SELECT COALESCE(MAX(id), 0) AS last FROM search_word;

-- Each once, with a blank between; a number as it is and from its end, "1042/2401".
-- search_word_add(words: text) -> none
-- sqlite
INSERT INTO search_word (word, reversed)
SELECT substr(value, 1, instr(value || '/', '/') - 1) AS itself, NULLIF(substr(value, instr(value || '/', '/') + 1), '')
FROM json_each('["' || REPLACE(:words, ' ', '","') || '"]') AS w
WHERE NOT EXISTS (SELECT 1 FROM search_word k WHERE k.word = itself);
-- postgres
INSERT INTO search_word (word, reversed)
SELECT split_part(w, '/', 1), NULLIF(split_part(w, '/', 2), '') FROM unnest(string_to_array(:words, ' ')) AS w
WHERE NOT EXISTS (SELECT 1 FROM search_word k WHERE k.word = split_part(w, '/', 1))
ON CONFLICT (word) DO NOTHING;

-- search_part_add(after: int) -> none
-- sqlite
INSERT INTO search_part (rowid, word) SELECT id, word FROM search_word WHERE id > :after AND reversed IS NULL;
-- postgres
DELETE FROM search_doc WHERE FALSE;

-- search_word_find(word: text) -> optional int
SELECT id FROM search_word WHERE word = :word;

-- Words that hold a part of three characters or more; `quoted` is the part as FTS5 takes it, `pattern` as LIKE does.
-- search_words_with(quoted: text, pattern: text, most: int) -> list text
-- sqlite
SELECT w.word FROM (SELECT rowid AS id FROM search_part WHERE search_part MATCH :quoted ORDER BY rowid LIMIT :most) AS p
JOIN search_word w ON w.id = p.id ORDER BY w.id;
-- postgres
WITH found AS MATERIALIZED (SELECT id, word FROM search_word WHERE word LIKE :pattern AND reversed IS NULL LIMIT 2000)
SELECT word FROM found ORDER BY id LIMIT :most;

-- search_words_from(low: text, high: text, looked_at: int, most: int) -> list text
SELECT word FROM (SELECT id, word FROM search_word WHERE word >= :low AND word < :high ORDER BY word LIMIT :looked_at) AS w
ORDER BY id LIMIT :most;

-- Numbers that begin with one text or end with another (given from its end), those met last first.
-- search_numbers_with(low: text, high: text, end_low: text, end_high: text, looked_at: int, most: int) -> list text
SELECT word FROM (
  SELECT id, word FROM (SELECT id, word FROM search_word WHERE reversed IS NOT NULL AND word >= :low AND word < :high ORDER BY word LIMIT :looked_at) AS b
  UNION
  SELECT id, word FROM (SELECT id, word FROM search_word WHERE reversed IS NOT NULL AND reversed >= :end_low AND reversed < :end_high ORDER BY reversed LIMIT :looked_at) AS e) AS n
ORDER BY id DESC LIMIT :most;

-- The newest that match after a document, with their rows: the newest document has the lowest id. On PostgreSQL the newest two thousand
-- are read first: a common word is among them often enough; only a rarer one asks the index.
-- search_select_hits(query: text, after: int, most: int) -> list SearchHit
-- sqlite
SELECT d.id AS doc, c.id AS "row.number", c.subject AS "row.subject", c.snippet AS "row.snippet", c.customer_name AS "row.customer_name", c.customer_address AS "row.customer_address", c.assignee_id AS "row.assignee_id", s.name AS "row.assignee_name",
  c.state AS "row.state", c.waiting_since AS "row.waiting_since", c.last_message_at AS "row.last_message_at", c.message_count AS "row.message_count", c.is_read AS "row.is_read", c.behaviour AS "row.behaviour", c.emotion AS "row.emotion", c.need AS "row.need", c.valence AS "row.valence", c.intensity AS "row.intensity", c.queue_key AS "row.queue_key",
  c.priority AS "row.priority", c.snoozed_until AS "row.snoozed_until", c.woke_at AS "row.woke_at"
FROM (SELECT rowid AS id FROM search_index WHERE search_index MATCH :query AND rowid > :after ORDER BY rowid LIMIT :most) AS f
JOIN search_doc d ON d.id = f.id
JOIN conversation c ON c.id = d.conversation_id
LEFT JOIN staff s ON s.id = c.assignee_id
ORDER BY d.id;
-- postgres
WITH near AS MATERIALIZED (
  SELECT id FROM (SELECT id, lexemes FROM search_doc WHERE id > :after ORDER BY id LIMIT 2000) AS newest
  WHERE lexemes @@ CAST(:query AS tsquery) ORDER BY id LIMIT :most),
all_of_them AS MATERIALIZED (
  SELECT id FROM search_doc WHERE lexemes @@ CAST(:query AS tsquery) AND id > :after AND (SELECT COUNT(*) FROM near) < :most)
SELECT d.id AS doc, c.id AS "row.number", c.subject AS "row.subject", c.snippet AS "row.snippet", c.customer_name AS "row.customer_name", c.customer_address AS "row.customer_address", c.assignee_id AS "row.assignee_id", s.name AS "row.assignee_name",
  c.state AS "row.state", c.waiting_since AS "row.waiting_since", c.last_message_at AS "row.last_message_at", c.message_count AS "row.message_count", c.is_read AS "row.is_read", c.behaviour AS "row.behaviour", c.emotion AS "row.emotion", c.need AS "row.need", c.valence AS "row.valence", c.intensity AS "row.intensity", c.queue_key AS "row.queue_key",
  c.priority AS "row.priority", c.snoozed_until AS "row.snoozed_until", c.woke_at AS "row.woke_at"
FROM (SELECT id FROM near UNION SELECT id FROM all_of_them ORDER BY id LIMIT :most) AS f
JOIN search_doc d ON d.id = f.id
JOIN conversation c ON c.id = d.conversation_id
LEFT JOIN staff s ON s.id = c.assignee_id
ORDER BY d.id;

-- The newest messages of some conversations, for the words around what was found.
-- search_select_bodies(numbers: text, messages: int, characters: int) -> list SearchBody
-- sqlite
SELECT m.conversation_id AS number, m.id AS message_id, m.kind, substr(m.body, 1, :characters) AS body
FROM json_each('[' || :numbers || ']') AS w
JOIN message m ON m.id IN (SELECT id FROM message n WHERE n.conversation_id = w.value AND n.kind < 3 ORDER BY n.id DESC LIMIT :messages)
ORDER BY m.conversation_id, m.id DESC;
-- postgres
SELECT m.conversation_id AS number, m.id AS message_id, m.kind, substr(m.body, 1, CAST(:characters AS INTEGER)) AS body
FROM unnest(CAST(string_to_array(:numbers, ',') AS BIGINT[])) AS w (number)
CROSS JOIN LATERAL (SELECT * FROM message n WHERE n.conversation_id = w.number AND n.kind < 3 ORDER BY n.id DESC LIMIT :messages) AS m
ORDER BY m.conversation_id, m.id DESC;

-- search_select_attachments(numbers: text) -> list SearchBody
-- sqlite
SELECT m.conversation_id AS number, m.id AS message_id, m.kind, a.name AS body
FROM json_each('[' || :numbers || ']') AS w
JOIN message m ON m.conversation_id = w.value JOIN attachment a ON a.message_id = m.id WHERE m.kind < 3
ORDER BY a.id DESC LIMIT 500;
-- postgres
SELECT m.conversation_id AS number, m.id AS message_id, m.kind, a.name AS body
FROM message m JOIN attachment a ON a.message_id = m.id
WHERE m.kind < 3 AND m.conversation_id = ANY (CAST(string_to_array(:numbers, ',') AS BIGINT[]))
ORDER BY a.id DESC LIMIT 500;

-- search_select_tags() -> list SearchName
SELECT id, name, name_key AS key FROM tag ORDER BY name_key;

-- search_select_teams() -> list SearchName
SELECT id, name, name_key AS key FROM team ORDER BY name_key;

-- search_verify_documents(after: int, most: int) -> list int
SELECT id FROM conversation WHERE id > :after ORDER BY id LIMIT :most;

-- search_verify_index() -> none
-- sqlite
INSERT INTO search_index (search_index) VALUES ('integrity-check');
-- postgres
DELETE FROM search_doc WHERE FALSE;

-- search_forget_all() -> none
DELETE FROM search_doc;

-- search_forget_index() -> none
-- sqlite
INSERT INTO search_index (search_index) VALUES ('delete-all');
-- postgres
DELETE FROM search_doc WHERE FALSE;

-- search_forget_parts() -> none
-- sqlite
INSERT INTO search_part (search_part) VALUES ('delete-all');
-- postgres
DELETE FROM search_doc WHERE FALSE;

-- search_forget_words() -> none
DELETE FROM search_word;

-- search_state_reset() -> none
UPDATE search_state SET up_to = 0, changes = changes + 1 WHERE id = 1;
