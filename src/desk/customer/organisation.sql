-- include "desk/customer/organisation.h"
-- include "desk/customer/stored.h"

-- organisation_insert(name: text, name_key: text, about: text, now: int) -> one int
INSERT INTO organisation (name, name_key, about, made_at) VALUES (:name, :name_key, :about, :now) RETURNING id;

-- organisation_update(id: int, name: text, name_key: text, about: text) -> changed
UPDATE organisation SET name = :name, name_key = :name_key, about = :about WHERE id = :id AND merged_into IS NULL;

-- organisation_select(id: int) -> optional Organisation
SELECT o.id, o.name, o.about, o.made_at, o.merged_into,
  (SELECT COUNT(*) FROM customer c WHERE c.organisation_id = o.id AND c.merged_into IS NULL) AS people
FROM organisation o WHERE o.id = :id;

-- Who is called so; or where that one went on, when it was joined to another.
-- organisation_select_named(name_key: text) -> optional int
WITH RECURSIVE chain (id, next, depth) AS (
  SELECT id, merged_into, 0 FROM organisation WHERE name_key = :name_key
  UNION ALL
  SELECT o.id, o.merged_into, chain.depth + 1 FROM chain JOIN organisation o ON o.id = chain.next WHERE chain.depth < 50)
SELECT id FROM chain WHERE next IS NULL;

-- organisation_select_merged_named(name_key: text) -> optional int
SELECT id FROM organisation WHERE name_key = :name_key AND merged_into IS NOT NULL;

-- Where an organisation that was joined to another went on.
-- organisation_select_survivor(id: int) -> optional int
WITH RECURSIVE chain (id, next, depth) AS (
  SELECT id, merged_into, 0 FROM organisation WHERE id = :id
  UNION ALL
  SELECT o.id, o.merged_into, chain.depth + 1 FROM chain JOIN organisation o ON o.id = chain.next WHERE chain.depth < 50)
SELECT id FROM chain WHERE next IS NULL;

-- What one is found by: its name, and the names of those that were joined into it; nothing for one that was joined to another.
-- organisation_select_names(id: int) -> list text
WITH RECURSIVE joined (id, depth) AS (
  SELECT id, 0 FROM organisation WHERE id = :id AND merged_into IS NULL
  UNION ALL
  SELECT o.id, joined.depth + 1 FROM joined JOIN organisation o ON o.merged_into = joined.id WHERE joined.depth < 50)
SELECT o.name FROM joined JOIN organisation o ON o.id = joined.id ORDER BY joined.depth, o.id;

-- Whoever puts people or domains into one waits for a joining of it that is under way, and the other way round.
-- organisation_share(id: int) -> optional OrganisationLock
-- sqlite
SELECT id, merged_into FROM organisation WHERE id = :id;
-- postgres
SELECT id, merged_into FROM organisation WHERE id = :id FOR SHARE;

-- organisation_lock(id: int) -> optional OrganisationLock
-- sqlite
SELECT id, merged_into FROM organisation WHERE id = :id;
-- postgres
SELECT id, merged_into FROM organisation WHERE id = :id FOR UPDATE;

-- organisation_select_page(after_key: text, most: int) -> list Organisation
SELECT o.id, o.name, o.about, o.made_at, o.name_key AS key,
  (SELECT COUNT(*) FROM customer c WHERE c.organisation_id = o.id AND c.merged_into IS NULL) AS people
FROM organisation o
WHERE o.name_key > :after_key AND o.merged_into IS NULL
ORDER BY o.name_key
LIMIT :most;

-- organisation_word_delete(organisation: int) -> none
DELETE FROM organisation_word WHERE organisation_id = :organisation;

-- organisation_word_insert(organisation: int, words: text) -> none
-- sqlite
INSERT INTO organisation_word (word, organisation_id) SELECT value, :organisation FROM json_each(:words) WHERE true
ON CONFLICT (word, organisation_id) DO NOTHING;
-- postgres
INSERT INTO organisation_word (word, organisation_id) SELECT value, :organisation FROM jsonb_array_elements_text(CAST(:words AS jsonb)) AS value
ON CONFLICT (word, organisation_id) DO NOTHING;

-- organisation_domain_select(organisation: int) -> list text
SELECT domain FROM organisation_domain WHERE organisation_id = :organisation ORDER BY domain LIMIT 50;

-- organisation_domain_insert(organisation: int, domain: text) -> changed
INSERT INTO organisation_domain (domain, organisation_id) VALUES (:domain, :organisation) ON CONFLICT (domain) DO NOTHING;

-- organisation_domain_delete(organisation: int, domain: text) -> changed
DELETE FROM organisation_domain WHERE organisation_id = :organisation AND domain = :domain;

-- organisation_select_of_domain(domain: text) -> optional int
SELECT organisation_id FROM organisation_domain WHERE domain = :domain;

-- Those whom no person put anywhere, and whose mail comes from there.
-- organisation_gather(organisation: int, word: text) -> changed
UPDATE customer SET organisation_id = :organisation, organisation_how = 1
WHERE organisation_how = 0 AND merged_into IS NULL AND id IN (SELECT customer_id FROM customer_word WHERE word = :word);

-- organisation_scatter(organisation: int, word: text) -> changed
UPDATE customer SET organisation_id = NULL, organisation_how = 0
WHERE organisation_how = 1 AND organisation_id = :organisation AND id IN (SELECT customer_id FROM customer_word WHERE word = :word);

-- Two words may be asked for; '' asks for nothing. The first leads, so it is the longest; at most 500 organisations are looked at.
-- organisation_search(a: text, a_end: text, b: text, b_end: text, id: int, most: int) -> list Organisation
SELECT o.id, o.name, o.about, o.made_at, o.name_key AS key,
  (SELECT COUNT(*) FROM customer c WHERE c.organisation_id = o.id AND c.merged_into IS NULL) AS people
FROM (SELECT DISTINCT organisation_id FROM
  (SELECT organisation_id FROM organisation_word WHERE word >= :a AND word < :a_end LIMIT 500) AS by_word) AS found
CROSS JOIN organisation o
WHERE o.id = found.organisation_id AND o.merged_into IS NULL AND o.id <> :id
  AND (:b = '' OR EXISTS (SELECT 1 FROM organisation_word w WHERE w.organisation_id = o.id AND w.word >= :b AND w.word < :b_end))
ORDER BY o.name_key
LIMIT :most;

-- organisation_select_conversations(organisation: int, before_at: int, before_id: int, most: int) -> list OrganisationConversation
SELECT v.id AS number, v.subject, v.state, v.last_message_at, v.is_read, v.behaviour, v.emotion, c.id AS customer_id, c.name AS customer_name,
  COALESCE((SELECT a.address FROM customer_address a WHERE a.customer_id = c.id ORDER BY a.made_at, a.address_key LIMIT 1), '') AS customer_address,
  CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint, COALESCE(p.stage, 0) AS stage
FROM customer c
JOIN conversation v ON v.customer_id = c.id
LEFT JOIN complaint p ON p.conversation_id = v.id AND p.merged_into IS NULL
WHERE c.organisation_id = :organisation AND v.state <> 2 AND (v.last_message_at, v.id) < (:before_at, :before_id)
ORDER BY v.last_message_at DESC, v.id DESC
LIMIT :most;

-- How each conversation with its people felt, the newest first: of what they wrote and the engine read.
-- organisation_select_mood(organisation: int, most: int) -> list MoodPoint
SELECT v.id AS number, v.subject, v.opened_at AS at, COUNT(*) AS messages, AVG(r.valence) AS mean, MIN(r.valence) AS lowest, MAX(r.valence) AS highest
FROM (SELECT u.id, u.subject, u.opened_at FROM customer c JOIN conversation u ON u.customer_id = c.id
  WHERE c.organisation_id = :organisation AND u.state <> 2 AND u.is_read = 1
  ORDER BY u.last_message_at DESC, u.id DESC LIMIT :most) AS v
JOIN message m ON m.conversation_id = v.id
JOIN reading r ON r.message_id = m.id
WHERE m.kind = 0 AND r.is_read = 1
GROUP BY v.id, v.subject, v.opened_at
ORDER BY v.opened_at DESC, v.id DESC;

-- ——— joining two

-- Whoever puts somebody anywhere is waited for, and waits: filed mail, a rule of domains, two customers who become one. It is rare and short.
-- organisation_hold_customers() -> none
-- sqlite
UPDATE customer SET merged_into = merged_into WHERE id = 0;
-- postgres
LOCK TABLE customer IN EXCLUSIVE MODE;

-- organisation_merge_insert(from: int, into: int, about_before: text, staff: int, now: int) -> one int
INSERT INTO organisation_merge (from_id, into_id, about_before, made_by, made_at) VALUES (:from, :into, :about_before, :staff, :now) RETURNING id;

-- organisation_merge_note_domains(merge: int, from: int) -> none
INSERT INTO organisation_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 0, 0, domain FROM organisation_domain WHERE organisation_id = :from;

-- Those too who were joined to another customer: they may be parted again.
-- organisation_merge_note_people(merge: int, from: int) -> none
INSERT INTO organisation_merge_item (merge_id, kind, item_id, item_key) SELECT :merge, 1, id, '' FROM customer WHERE organisation_id = :from;

-- What stands in the list of a joining goes from where it is to the other; what somebody moved elsewhere meanwhile stays there.
-- organisation_move_domains(merge: int, from: int, into: int) -> none
UPDATE organisation_domain SET organisation_id = :into
WHERE organisation_id = :from AND domain IN (SELECT item_key FROM organisation_merge_item WHERE merge_id = :merge AND kind = 0);

-- organisation_move_people(merge: int, from: int, into: int) -> none
UPDATE customer SET organisation_id = :into
WHERE organisation_id = :from AND id IN (SELECT item_id FROM organisation_merge_item WHERE merge_id = :merge AND kind = 1);

-- Who came since by a domain goes with it, unless a domain of the one that stays says that they belong there.
-- organisation_follow_domains(from: int, into: int) -> none
UPDATE customer SET organisation_id = :into
WHERE organisation_id = :from AND organisation_how = 1
  AND EXISTS (SELECT 1 FROM customer_word w JOIN organisation_domain d ON w.word = '@' || d.domain
    WHERE w.customer_id = customer.id AND d.organisation_id = :into)
  AND NOT EXISTS (SELECT 1 FROM customer_word w JOIN organisation_domain d ON w.word = '@' || d.domain
    WHERE w.customer_id = customer.id AND d.organisation_id = :from);

-- organisation_set_merged(id: int, into: int?) -> none
UPDATE organisation SET merged_into = :into WHERE id = :id;

-- organisation_set_about(id: int, about: text) -> none
UPDATE organisation SET about = :about WHERE id = :id;

-- organisation_merge_lock(id: int) -> optional OrganisationMerge
-- sqlite
SELECT id, from_id, into_id, about_before, made_by, made_at, undone_at FROM organisation_merge WHERE id = :id;
-- postgres
SELECT id, from_id, into_id, about_before, made_by, made_at, undone_at FROM organisation_merge WHERE id = :id FOR UPDATE;

-- organisation_merge_undo(id: int, staff: int, now: int) -> none
UPDATE organisation_merge SET undone_by = :staff, undone_at = :now WHERE id = :id;

-- organisation_merge_select(into: int) -> list OrganisationMerge
SELECT m.id, m.from_id, m.into_id, f.name AS from_name, m.about_before, m.made_by, s.name AS made_name, m.made_at, m.undone_at
FROM organisation_merge m
JOIN organisation f ON f.id = m.from_id
JOIN staff s ON s.id = m.made_by
WHERE m.into_id = :into AND m.undone_at IS NULL
ORDER BY m.id DESC
LIMIT 20;

-- Whether something was joined later into the one that went, or the one that stayed went on itself: such joinings are undone first.
-- organisation_merge_select_later(from: int, into: int, id: int) -> optional int
SELECT id FROM organisation_merge
WHERE undone_at IS NULL AND id > :id AND (from_id = :into OR into_id = :from OR from_id = :from)
ORDER BY id DESC LIMIT 1;
