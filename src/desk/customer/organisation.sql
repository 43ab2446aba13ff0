-- include "desk/customer/organisation.h"

-- organisation_insert(name: text, name_key: text, about: text, now: int) -> one int
INSERT INTO organisation (name, name_key, about, made_at) VALUES (:name, :name_key, :about, :now) RETURNING id;

-- organisation_update(id: int, name: text, name_key: text, about: text) -> changed
UPDATE organisation SET name = :name, name_key = :name_key, about = :about WHERE id = :id;

-- organisation_select(id: int) -> optional Organisation
SELECT o.id, o.name, o.about, o.made_at, (SELECT COUNT(*) FROM customer c WHERE c.organisation_id = o.id AND c.merged_into IS NULL) AS people
FROM organisation o WHERE o.id = :id;

-- organisation_select_named(name_key: text) -> optional int
SELECT id FROM organisation WHERE name_key = :name_key;

-- organisation_select_page(after_key: text, most: int) -> list Organisation
SELECT o.id, o.name, o.about, o.made_at, o.name_key AS key,
  (SELECT COUNT(*) FROM customer c WHERE c.organisation_id = o.id AND c.merged_into IS NULL) AS people
FROM organisation o
WHERE o.name_key > :after_key
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

-- organisation_select_conversations(organisation: int, most: int) -> list OrganisationConversation
SELECT v.id AS number, v.subject, v.state, v.last_message_at, v.is_read, v.behaviour, v.emotion, c.id AS customer_id, c.name AS customer_name,
  CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint, COALESCE(p.stage, 0) AS stage
FROM customer c
JOIN conversation v ON v.customer_id = c.id
LEFT JOIN complaint p ON p.conversation_id = v.id AND p.merged_into IS NULL
WHERE c.organisation_id = :organisation AND v.state <> 2
ORDER BY v.last_message_at DESC, v.id DESC
LIMIT :most;
