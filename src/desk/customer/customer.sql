-- include "desk/customer/people.h"
-- include "desk/customer/stored.h"

-- A join of two customers that is under way locks their addresses first; whoever files mail waits for it and gets who they are now.
-- customer_select_by_address(address_key: text) -> optional int
-- sqlite
SELECT customer_id FROM customer_address WHERE address_key = :address_key;
-- postgres
SELECT customer_id FROM customer_address WHERE address_key = :address_key FOR KEY SHARE;

-- customer_insert(name: text, name_key: text, sort_key: text, made_at: int) -> one int
INSERT INTO customer (name, name_key, sort_key, made_at) VALUES (:name, :name_key, :sort_key, :made_at) RETURNING id;

-- customer_name_once(id: int, name: text) -> changed
UPDATE customer SET name = :name WHERE id = :id AND name = '';

-- customer_address_insert(address_key: text, address: text, customer_id: int, made_at: int) -> changed
INSERT INTO customer_address (address_key, address, customer_id, is_undeliverable, made_at)
VALUES (:address_key, :address, :customer_id, 0, :made_at)
ON CONFLICT (address_key) DO NOTHING;

-- customer_address_undeliverable(address_key: text) -> none
UPDATE customer_address SET is_undeliverable = 1 WHERE address_key = :address_key;

-- customer_address_is_undeliverable(address_key: text) -> optional int
SELECT is_undeliverable FROM customer_address WHERE address_key = :address_key;

-- customer_address_deliverable(address_key: text) -> none
UPDATE customer_address SET is_undeliverable = 0 WHERE address_key = :address_key AND is_undeliverable = 1;

-- customer_select_addresses(customer: int) -> list CustomerAddress
SELECT address, address_key, is_undeliverable FROM customer_address WHERE customer_id = :customer ORDER BY made_at, address_key LIMIT 20;

-- ——— what they are found by

-- customer_select_index(id: int) -> optional CustomerIndex
SELECT c.id, c.name, c.organisation_how,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS address,
  COALESCE((SELECT p.phone FROM customer_phone p WHERE p.customer_id = c.id ORDER BY p.id LIMIT 1), '') AS phone
FROM customer c WHERE c.id = :id;

-- customer_select_unindexed(most: int) -> list int
SELECT id FROM customer WHERE is_indexed = 0 ORDER BY id LIMIT :most;

-- customer_select_phones(customer: int) -> list CustomerPhone
SELECT id, phone, phone_key, made_at FROM customer_phone WHERE customer_id = :customer ORDER BY id LIMIT 20;

-- customer_phone_set_key(id: int, phone_key: text) -> none
UPDATE customer_phone SET phone_key = :phone_key WHERE id = :id;

-- customer_update_index(id: int, name_key: text, sort_key: text) -> none
UPDATE customer SET name_key = :name_key, sort_key = :sort_key, is_indexed = 1 WHERE id = :id;

-- customer_word_delete(customer: int) -> none
DELETE FROM customer_word WHERE customer_id = :customer;

-- `words` is a JSON array of texts.
-- customer_word_insert(customer: int, words: text) -> none
-- sqlite
INSERT INTO customer_word (word, customer_id) SELECT value, :customer FROM json_each(:words) WHERE true
ON CONFLICT (word, customer_id) DO NOTHING;
-- postgres
INSERT INTO customer_word (word, customer_id) SELECT value, :customer FROM jsonb_array_elements_text(CAST(:words AS jsonb)) AS value
ON CONFLICT (word, customer_id) DO NOTHING;

-- ——— lists

-- customer_select_all(after_key: text, after_id: int, most: int) -> list CustomerRow
SELECT c.id, c.name, c.sort_key, c.organisation_id, o.name AS organisation_name,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS address,
  COALESCE((SELECT p.phone FROM customer_phone p WHERE p.customer_id = c.id ORDER BY p.id DESC LIMIT 1), '') AS phone,
  (SELECT COUNT(*) FROM conversation v WHERE v.customer_id = c.id AND v.state = 0) AS open,
  (SELECT COUNT(*) FROM conversation v WHERE v.customer_id = c.id AND v.state <> 2) AS conversations,
  COALESCE((SELECT MAX(v.last_message_at) FROM conversation v WHERE v.customer_id = c.id), 0) AS last_message_at
FROM customer c
LEFT JOIN organisation o ON o.id = c.organisation_id
WHERE c.merged_into IS NULL AND (c.sort_key, c.id) > (:after_key, :after_id)
ORDER BY c.sort_key, c.id
LIMIT :most;

-- Each of up to three words begins a word of theirs, or of their organisation; '' asks for nothing. The first leads, so it is the longest.
-- At most 2,000 customers are looked at.
-- customer_search(a: text, a_end: text, b: text, b_end: text, c: text, c_end: text, after_key: text, after_id: int, most: int) -> list CustomerRow
SELECT c.id, c.name, c.sort_key, c.organisation_id, o.name AS organisation_name,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS address,
  COALESCE((SELECT p.phone FROM customer_phone p WHERE p.customer_id = c.id ORDER BY p.id DESC LIMIT 1), '') AS phone,
  (SELECT COUNT(*) FROM conversation v WHERE v.customer_id = c.id AND v.state = 0) AS open,
  (SELECT COUNT(*) FROM conversation v WHERE v.customer_id = c.id AND v.state <> 2) AS conversations,
  COALESCE((SELECT MAX(v.last_message_at) FROM conversation v WHERE v.customer_id = c.id), 0) AS last_message_at
FROM (
  SELECT customer_id FROM (SELECT customer_id FROM customer_word WHERE word >= :a AND word < :a_end LIMIT 2000) AS by_word
  UNION SELECT p.id FROM (SELECT organisation_id FROM organisation_word WHERE word >= :a AND word < :a_end LIMIT 200) AS by_house
    JOIN customer p ON p.organisation_id = by_house.organisation_id
) AS found
CROSS JOIN customer c
LEFT JOIN organisation o ON o.id = c.organisation_id
WHERE c.id = found.customer_id AND c.merged_into IS NULL AND (c.sort_key, c.id) > (:after_key, :after_id)
  AND (:b = '' OR EXISTS (SELECT 1 FROM customer_word w WHERE w.customer_id = c.id AND w.word >= :b AND w.word < :b_end)
    OR EXISTS (SELECT 1 FROM organisation_word w WHERE w.organisation_id = c.organisation_id AND w.word >= :b AND w.word < :b_end))
  AND (:c = '' OR EXISTS (SELECT 1 FROM customer_word w WHERE w.customer_id = c.id AND w.word >= :c AND w.word < :c_end)
    OR EXISTS (SELECT 1 FROM organisation_word w WHERE w.organisation_id = c.organisation_id AND w.word >= :c AND w.word < :c_end))
ORDER BY c.sort_key, c.id
LIMIT :most;

-- customer_select_of_organisation(organisation: int, after_key: text, after_id: int, most: int) -> list CustomerRow
SELECT c.id, c.name, c.sort_key, c.organisation_id, o.name AS organisation_name,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS address,
  COALESCE((SELECT p.phone FROM customer_phone p WHERE p.customer_id = c.id ORDER BY p.id DESC LIMIT 1), '') AS phone,
  (SELECT COUNT(*) FROM conversation v WHERE v.customer_id = c.id AND v.state = 0) AS open,
  (SELECT COUNT(*) FROM conversation v WHERE v.customer_id = c.id AND v.state <> 2) AS conversations,
  COALESCE((SELECT MAX(v.last_message_at) FROM conversation v WHERE v.customer_id = c.id), 0) AS last_message_at
FROM customer c
JOIN organisation o ON o.id = c.organisation_id
WHERE c.organisation_id = :organisation AND c.merged_into IS NULL AND (c.sort_key, c.id) > (:after_key, :after_id)
ORDER BY c.sort_key, c.id
LIMIT :most;

-- ——— one of them

-- customer_select(id: int) -> optional Customer
SELECT c.id, c.name, c.made_at, c.organisation_id, c.organisation_how, o.name AS organisation_name, c.merged_into, c.address_as, c.channel,
  c.language, c.best_hours, c.likes,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS address
FROM customer c
LEFT JOIN organisation o ON o.id = c.organisation_id
WHERE c.id = :id;

-- Where a customer who was joined to another went on.
-- customer_select_survivor(id: int) -> optional int
WITH RECURSIVE chain (id, next, depth) AS (
  SELECT id, merged_into, 0 FROM customer WHERE id = :id
  UNION ALL
  SELECT c.id, c.merged_into, chain.depth + 1 FROM chain JOIN customer c ON c.id = chain.next WHERE chain.depth < 50)
SELECT id FROM chain WHERE next IS NULL;

-- customer_lock(id: int) -> optional CustomerLock
-- sqlite
SELECT id, merged_into, organisation_how FROM customer WHERE id = :id;
-- postgres
SELECT id, merged_into, organisation_how FROM customer WHERE id = :id FOR UPDATE;

-- customer_update_name(id: int, name: text) -> none
UPDATE customer SET name = :name WHERE id = :id;

-- customer_update_conversation_names(id: int, name: text) -> none
UPDATE conversation SET customer_name = :name WHERE customer_id = :id;

-- customer_update_preferences(id: int, address_as: text, channel: int, language: text, best_hours: text, likes: text) -> none
UPDATE customer SET address_as = :address_as, channel = :channel, language = :language, best_hours = :best_hours, likes = :likes WHERE id = :id;

-- customer_select_language(id: int) -> optional text
SELECT language FROM customer WHERE id = :id AND language <> '';

-- How to address them in what the desk writes by itself.
-- customer_select_called(id: int) -> optional text
SELECT address_as FROM customer WHERE id = :id AND address_as <> '';

-- customer_address_delete(customer: int, address_key: text) -> changed
DELETE FROM customer_address WHERE customer_id = :customer AND address_key = :address_key;

-- customer_address_mark(customer: int, address_key: text, is_undeliverable: int) -> changed
UPDATE customer_address SET is_undeliverable = :is_undeliverable WHERE customer_id = :customer AND address_key = :address_key;

-- customer_address_owner(address_key: text) -> optional int
SELECT customer_id FROM customer_address WHERE address_key = :address_key;

-- customer_phone_insert(customer: int, phone: text, phone_key: text, now: int) -> none
INSERT INTO customer_phone (customer_id, phone, phone_key, made_at) VALUES (:customer, :phone, :phone_key, :now)
ON CONFLICT (customer_id, phone) DO UPDATE SET phone_key = excluded.phone_key;

-- customer_phone_delete(customer: int, id: int) -> changed
DELETE FROM customer_phone WHERE customer_id = :customer AND id = :id;

-- customer_set_organisation(id: int, organisation: int?, how: int) -> none
UPDATE customer SET organisation_id = :organisation, organisation_how = :how WHERE id = :id;

-- ——— what there was with them

-- customer_select_conversations(customer: int, before_at: int, before_id: int, most: int) -> list CustomerConversation
SELECT v.id AS number, v.subject, v.state, v.opened_at, v.last_message_at, v.waiting_since, v.is_read, v.behaviour, v.emotion,
  CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint, COALESCE(p.stage, 0) AS stage, p.closed_at,
  COALESCE((SELECT t.event FROM complaint_step t WHERE t.conversation_id = v.id AND t.event IN (5, 7, 12) ORDER BY t.id DESC LIMIT 1), -1) AS outcome,
  COALESCE(p.attempts_before, -1) AS attempts_before, COALESCE(p.seeks, '') AS seeks
FROM conversation v
LEFT JOIN complaint p ON p.conversation_id = v.id AND p.merged_into IS NULL
WHERE v.customer_id = :customer AND v.state <> 2 AND (v.last_message_at, v.id) < (:before_at, :before_id)
ORDER BY v.last_message_at DESC, v.id DESC
LIMIT :most;

-- customer_select_stand(customer: int) -> one CustomerStand
SELECT COUNT(*) AS conversations, COALESCE(SUM(CASE WHEN v.state = 0 THEN 1 ELSE 0 END), 0) AS open,
  COUNT(p.conversation_id) AS complaints, COALESCE(SUM(CASE WHEN p.conversation_id IS NOT NULL AND p.stage <> 9 THEN 1 ELSE 0 END), 0) AS complaints_open,
  COALESCE(MIN(v.opened_at), 0) AS first_at
FROM conversation v
LEFT JOIN complaint p ON p.conversation_id = v.id AND p.merged_into IS NULL
WHERE v.customer_id = :customer AND v.state <> 2;

-- What it took to be heard, for effort_count: of the conversations of the customer that are at least as new as `since`.
-- customer_select_effort_marks(customer: int, since: int, most: int) -> list CustomerMark
SELECT v.id AS number, m.kind, m.made_at, m.id AS message_id, COALESCE(v.waiting_since, 0) AS waiting_since, COALESCE(v.solved_at, 0) AS solved_at
FROM conversation v
JOIN message m ON m.conversation_id = v.id
WHERE v.customer_id = :customer AND v.state <> 2 AND v.last_message_at >= :since AND m.kind IN (0, 1) AND m.machine = 0
ORDER BY v.last_message_at DESC, v.id DESC, m.made_at, m.id
LIMIT :most;

-- How each conversation felt, the newest first: of what the customer wrote and the engine read.
-- customer_select_mood(customer: int, most: int) -> list MoodPoint
SELECT v.id AS number, v.subject, v.opened_at AS at, COUNT(*) AS messages, AVG(r.valence) AS mean, MIN(r.valence) AS lowest, MAX(r.valence) AS highest
FROM (SELECT id, subject, opened_at FROM conversation WHERE customer_id = :customer AND state <> 2 AND is_read = 1
  ORDER BY last_message_at DESC, id DESC LIMIT :most) AS v
JOIN message m ON m.conversation_id = v.id
JOIN reading r ON r.message_id = m.id
WHERE m.kind = 0 AND r.is_read = 1
GROUP BY v.id, v.subject, v.opened_at
ORDER BY v.opened_at DESC, v.id DESC;

-- customer_select_remedies(customer: int, most: int) -> list Remedy
SELECT id, number, customer_id, customer_name, subject, kind, state, amount, asked_amount, currency, reason, asked_by, asked_at,
  asked_name, due_at, why_asked, deciders, decided_by, decided_at, decided_name, decision_reason, given_by, given_role, given_day,
  withdrawn_at, carried_out_at, carried_out_by, carried_out_name, carried_out_how, dated_at
FROM remedy_shown WHERE customer_id = :customer
ORDER BY id DESC
LIMIT :most;

-- customer_select_remedy_sums(customer: int) -> list RemedySum
SELECT currency, COUNT(*) AS count, CAST(SUM(amount) AS BIGINT) AS amount FROM remedy
WHERE customer_id = :customer AND state IN (0, 2) AND amount > 0
GROUP BY currency ORDER BY currency;

-- customer_select_promises(customer: int, most: int) -> list Promise
SELECT p.id, p.conversation_id AS number, p.staff_id, p.made_at, p.due_at, p.settled_at, s.name AS staff_name, p.words, p.state, p.result,
  b.name AS settled_by
FROM conversation v
JOIN promise p ON p.conversation_id = v.id
JOIN staff s ON s.id = p.staff_id
LEFT JOIN staff b ON b.id = p.settled_by
WHERE v.customer_id = :customer
ORDER BY CASE p.state WHEN 0 THEN 0 ELSE 1 END, p.due_at DESC, p.id DESC
LIMIT :most;

-- ——— notes

-- customer_note_select(customer: int, most: int) -> list CustomerNote
SELECT n.id, COALESCE(n.first_id, n.id) AS first_id, n.words, n.staff_id, s.name AS staff_name, n.made_at,
  CASE WHEN n.first_id IS NULL THEN 0 ELSE 1 END AS is_changed
FROM customer_note n
JOIN staff s ON s.id = n.staff_id
WHERE n.customer_id = :customer AND n.is_current = 1 AND n.words <> ''
ORDER BY n.id DESC
LIMIT :most;

-- What stands no more: earlier words, and what was taken down.
-- customer_note_select_history(customer: int, most: int) -> list CustomerNote
SELECT n.id, COALESCE(n.first_id, n.id) AS first_id, n.words, n.staff_id, s.name AS staff_name, n.made_at,
  CASE WHEN n.first_id IS NULL THEN 0 ELSE 1 END AS is_changed
FROM customer_note n
JOIN staff s ON s.id = n.staff_id
WHERE n.customer_id = :customer AND (n.is_current = 0 OR n.words = '')
ORDER BY n.id DESC
LIMIT :most;

-- customer_note_insert(customer: int, first: int?, words: text, staff: int, now: int) -> none
INSERT INTO customer_note (customer_id, first_id, is_current, words, staff_id, made_at) VALUES (:customer, :first, 1, :words, :staff, :now);

-- Only the newest words can be taken over, so that of two who change it at once one is told.
-- customer_note_retire(customer: int, id: int) -> optional int
UPDATE customer_note SET is_current = 0 WHERE id = :id AND customer_id = :customer AND is_current = 1 AND words <> '' RETURNING COALESCE(first_id, id);

-- ——— who may be the same

-- customer_select_like(customer: int, most: int) -> list LikeRow
SELECT c.id, c.name, 0 AS how,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS address,
  COALESCE(c.organisation_id, 0) AS organisation_id
FROM customer me
JOIN customer c ON c.name_key = me.name_key AND c.name_key <> ''
WHERE me.id = :customer AND c.id <> me.id AND c.merged_into IS NULL
UNION ALL
SELECT c.id, c.name, 1,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), ''),
  COALESCE(c.organisation_id, 0)
FROM customer_phone mine
JOIN customer_phone p ON p.phone_key = mine.phone_key AND p.phone_key <> ''
JOIN customer c ON c.id = p.customer_id
WHERE mine.customer_id = :customer AND p.customer_id <> mine.customer_id AND c.merged_into IS NULL
UNION ALL
SELECT c.id, c.name, 2,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), ''),
  COALESCE(c.organisation_id, 0)
FROM (SELECT id FROM conversation WHERE customer_id = :customer AND state <> 2 ORDER BY last_message_at DESC, id DESC LIMIT 50) AS v
JOIN participant t ON t.conversation_id = v.id
JOIN customer_address x ON x.address_key = t.address_key
JOIN customer c ON c.id = x.customer_id
JOIN message m ON m.conversation_id = v.id AND m.kind = 0 AND m.author_address = x.address
WHERE c.id <> :customer AND c.merged_into IS NULL
LIMIT :most;

-- Of each name that several have, neighbours; from a name on.
-- customer_select_namesakes(after_key: text, after_id: int, most: int) -> list TwinRow
SELECT a.id AS low_id, b.id AS high_id, a.name AS low_name, b.name AS high_name, a.name_key AS key, 0 AS how,
  COALESCE((SELECT x.address FROM customer_address x WHERE x.customer_id = a.id ORDER BY x.made_at, x.address_key LIMIT 1), '') AS low_address,
  COALESCE((SELECT x.address FROM customer_address x WHERE x.customer_id = b.id ORDER BY x.made_at, x.address_key LIMIT 1), '') AS high_address,
  CASE WHEN a.organisation_id = b.organisation_id THEN 1 ELSE 0 END AS is_same_house
FROM customer a
JOIN customer b ON b.name_key = a.name_key AND b.name_key <> '' AND b.id > a.id
WHERE a.name_key <> '' AND (a.name_key, a.id) > (:after_key, :after_id) AND a.merged_into IS NULL AND b.merged_into IS NULL
  AND NOT EXISTS (SELECT 1 FROM customer_distinct d WHERE d.low_id = a.id AND d.high_id = b.id)
ORDER BY a.name_key, a.id, b.id
LIMIT :most;

-- customer_select_phone_twins(after_key: text, after_id: int, most: int) -> list TwinRow
SELECT a.id AS low_id, b.id AS high_id, a.name AS low_name, b.name AS high_name, p.phone_key AS key, 1 AS how,
  COALESCE((SELECT x.address FROM customer_address x WHERE x.customer_id = a.id ORDER BY x.made_at, x.address_key LIMIT 1), '') AS low_address,
  COALESCE((SELECT x.address FROM customer_address x WHERE x.customer_id = b.id ORDER BY x.made_at, x.address_key LIMIT 1), '') AS high_address,
  0 AS is_same_house
FROM customer_phone p
JOIN customer_phone q ON q.phone_key = p.phone_key AND q.phone_key <> '' AND q.customer_id > p.customer_id
JOIN customer a ON a.id = p.customer_id
JOIN customer b ON b.id = q.customer_id
WHERE p.phone_key <> '' AND (p.phone_key, p.customer_id) > (:after_key, :after_id) AND a.merged_into IS NULL AND b.merged_into IS NULL
  AND NOT EXISTS (SELECT 1 FROM customer_distinct d WHERE d.low_id = a.id AND d.high_id = b.id)
ORDER BY p.phone_key, p.customer_id, q.customer_id
LIMIT :most;

-- customer_distinct_insert(low: int, high: int, staff: int, now: int) -> none
INSERT INTO customer_distinct (low_id, high_id, staff_id, made_at) VALUES (:low, :high, :staff, :now)
ON CONFLICT (low_id, high_id) DO NOTHING;

-- customer_distinct_select(customer: int) -> list int
SELECT CASE WHEN low_id = :customer THEN high_id ELSE low_id END AS id FROM customer_distinct WHERE low_id = :customer OR high_id = :customer LIMIT 200;

-- ——— joining two

-- customer_address_lock_of(customer: int) -> list text
-- sqlite
SELECT address_key FROM customer_address WHERE customer_id = :customer ORDER BY address_key;
-- postgres
SELECT address_key FROM customer_address WHERE customer_id = :customer ORDER BY address_key FOR UPDATE;

-- customer_merge_insert(from: int, into: int, filled: int, staff: int, now: int) -> one int
INSERT INTO customer_merge (from_id, into_id, filled, made_by, made_at) VALUES (:from, :into, :filled, :staff, :now) RETURNING id;

-- customer_merge_note_addresses(merge: int, from: int) -> none
INSERT INTO customer_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 0, 0, address_key FROM customer_address WHERE customer_id = :from;

-- customer_merge_note_conversations(merge: int, from: int) -> none
INSERT INTO customer_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 1, id, '' FROM conversation WHERE customer_id = :from;

-- customer_merge_note_remedies(merge: int, from: int) -> none
INSERT INTO customer_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 2, id, '' FROM remedy WHERE customer_id = :from;

-- customer_merge_note_phones(merge: int, from: int, into: int) -> none
INSERT INTO customer_merge_item (merge_id, kind, item_id, item_key)
SELECT :merge, 3, p.id, '' FROM customer_phone p
WHERE p.customer_id = :from AND NOT EXISTS (SELECT 1 FROM customer_phone q WHERE q.customer_id = :into AND q.phone = p.phone);

-- customer_merge_note_notes(merge: int, from: int) -> none
INSERT INTO customer_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 4, id, '' FROM customer_note WHERE customer_id = :from;

-- customer_merge_note_cases(merge: int, from: int) -> none
INSERT INTO customer_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 5, id, '' FROM boundary_case WHERE customer_id = :from;

-- What stands in the list of a merge goes from whom it is with to the other; what somebody moved elsewhere meanwhile stays there.
-- customer_move_addresses(merge: int, from: int, into: int) -> none
UPDATE customer_address SET customer_id = :into
WHERE customer_id = :from AND address_key IN (SELECT item_key FROM customer_merge_item WHERE merge_id = :merge AND kind = 0);

-- customer_move_conversations(merge: int, from: int, into: int) -> none
UPDATE conversation SET customer_id = :into
WHERE customer_id = :from AND id IN (SELECT item_id FROM customer_merge_item WHERE merge_id = :merge AND kind = 1);

-- customer_move_remedies(merge: int, from: int, into: int) -> none
UPDATE remedy SET customer_id = :into
WHERE customer_id = :from AND id IN (SELECT item_id FROM customer_merge_item WHERE merge_id = :merge AND kind = 2);

-- customer_move_phones(merge: int, from: int, into: int) -> none
UPDATE customer_phone SET customer_id = :into
WHERE customer_id = :from AND id IN (SELECT item_id FROM customer_merge_item WHERE merge_id = :merge AND kind = 3)
  AND NOT EXISTS (SELECT 1 FROM customer_phone q WHERE q.customer_id = :into AND q.phone = customer_phone.phone);

-- customer_move_notes(merge: int, from: int, into: int) -> none
UPDATE customer_note SET customer_id = :into
WHERE customer_id = :from AND id IN (SELECT item_id FROM customer_merge_item WHERE merge_id = :merge AND kind = 4);

-- Conduct cases, with what they hold: a restriction holds for the addresses of whom its case is about.
-- customer_move_cases(merge: int, from: int, into: int) -> none
UPDATE boundary_case SET customer_id = :into
WHERE customer_id = :from AND id IN (SELECT item_id FROM customer_merge_item WHERE merge_id = :merge AND kind = 5);

-- Those of a customer that were opened since something was joined into them, and so are in no list of what moved.
-- customer_select_new_cases(merge: int, customer: int, since: int) -> list int
SELECT k.id FROM boundary_case k
WHERE k.customer_id = :customer AND k.opened_at >= :since
  AND NOT EXISTS (SELECT 1 FROM customer_merge_item i WHERE i.merge_id = :merge AND i.kind = 5 AND i.item_id = k.id)
ORDER BY k.id;

-- Who wrote what a case is about, and whose the conversation is in which it stands.
-- customer_select_case_writers(case_id: int) -> list CaseWriter
SELECT m.author_address, c.customer_id
FROM boundary_incident i
JOIN message m ON m.id = i.message_id
JOIN conversation c ON c.id = m.conversation_id
WHERE i.case_id = :case_id;

-- customer_move_case(id: int, into: int) -> none
UPDATE boundary_case SET customer_id = :into WHERE id = :id;

-- customer_count_open_cases(one: int, other: int) -> one int
SELECT COUNT(*) AS count FROM boundary_case WHERE customer_id IN (:one, :other) AND stage <> 5;

-- After the conversations, as everybody does who changes a case.
-- customer_lock_cases(customer: int) -> list int
-- sqlite
SELECT id FROM boundary_case WHERE customer_id = :customer ORDER BY id;
-- postgres
SELECT id FROM boundary_case WHERE customer_id = :customer ORDER BY id FOR UPDATE;

-- Locks the rows before the purses are taken, as everybody does who changes a remedy.
-- customer_lock_remedies(customer: int) -> list int
-- sqlite
SELECT id FROM remedy WHERE customer_id = :customer ORDER BY id;
-- postgres
SELECT id FROM remedy WHERE customer_id = :customer ORDER BY id FOR UPDATE;

-- Their numbers stay, so that whoever indexes them, and whom a joining waits for, can refer to them.
-- customer_lock_conversations(customer: int) -> list int
-- sqlite
SELECT id FROM conversation WHERE customer_id = :customer ORDER BY id;
-- postgres
SELECT id FROM conversation WHERE customer_id = :customer ORDER BY id FOR NO KEY UPDATE;

-- What each of the two was given each day is counted anew from their remedies, which both are locked.
-- customer_spend_forget(customer: int) -> none
DELETE FROM remedy_day WHERE scope = 1 AND who = :customer;

-- customer_spend_count(customer: int) -> none
INSERT INTO remedy_day (scope, who, currency, day, kind, amount)
SELECT 1, customer_id, currency, given_day, kind, CAST(SUM(amount) AS BIGINT) FROM remedy
WHERE customer_id = :customer AND state IN (0, 2)
GROUP BY customer_id, currency, given_day, kind;

-- customer_set_merged(id: int, into: int?) -> none
UPDATE customer SET merged_into = :into WHERE id = :id;

-- customer_merge_lock(id: int) -> optional CustomerMerge
-- sqlite
SELECT id, from_id, into_id, filled, made_by, made_at, undone_at FROM customer_merge WHERE id = :id;
-- postgres
SELECT id, from_id, into_id, filled, made_by, made_at, undone_at FROM customer_merge WHERE id = :id FOR UPDATE;

-- customer_merge_undo(id: int, staff: int, now: int) -> none
UPDATE customer_merge SET undone_by = :staff, undone_at = :now WHERE id = :id;

-- customer_merge_select(into: int) -> list CustomerMerge
SELECT m.id, m.from_id, m.into_id, f.name AS from_name,
  COALESCE((SELECT MIN(i.item_key) FROM customer_merge_item i WHERE i.merge_id = m.id AND i.kind = 0), '') AS from_address,
  m.filled, m.made_by, s.name AS made_name, m.made_at, m.undone_at
FROM customer_merge m
JOIN customer f ON f.id = m.from_id
JOIN staff s ON s.id = m.made_by
WHERE m.into_id = :into AND m.undone_at IS NULL
ORDER BY m.id DESC
LIMIT 20;

-- Whether something was merged later into the one that this one went into, or that one went on itself: such merges are undone first.
-- customer_merge_select_later(from: int, into: int, id: int) -> optional int
SELECT id FROM customer_merge
WHERE undone_at IS NULL AND id > :id AND (from_id = :into OR into_id = :from OR from_id = :from)
ORDER BY id DESC LIMIT 1;
