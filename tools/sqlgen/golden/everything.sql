-- include "golden/customer.h"

-- Statements of every shape, with every type.

-- Adds a customer and gives the number.
-- `picture` may be NULL.
-- customer_add(name: text, score: real?, picture: bytes,
--              is_blocked: bool, note: text) -> one int
INSERT INTO customer (name, score, picture, is_blocked, note)
VALUES (:name, :score, :picture, :is_blocked, :note)
RETURNING id;

-- customer_select(number: int) -> optional Customer
SELECT id, name, score, picture, is_blocked, note FROM customer WHERE id = :number;

-- customer_require(number: int) -> one Customer
SELECT id, name, score, picture, is_blocked, note FROM customer WHERE id = :number;

-- customer_list(after: int, most: int) -> list Customer
SELECT id, name, score, picture, is_blocked, note
FROM customer
WHERE id > :after -- keyset
ORDER BY id
LIMIT :most;

-- customer_names() -> list text
SELECT name FROM customer ORDER BY name;

-- customer_numbers(is_blocked: bool?) -> list int
SELECT id FROM customer WHERE is_blocked = :is_blocked OR :is_blocked IS NULL ORDER BY id;

-- customer_numbers_if(really: bool) -> list int
SELECT id FROM customer WHERE :really ORDER BY id;

-- customer_score(number: int) -> optional real
SELECT score FROM customer WHERE id = :number;

-- customer_is_blocked(number: int) -> one bool
SELECT is_blocked FROM customer WHERE id = :number;

-- customer_has_note(number: int) -> one bool
SELECT note IS NOT NULL FROM customer WHERE id = :number;

-- customer_name(number: int) -> optional text
SELECT name FROM customer WHERE id = :number;

-- customer_picture(number: int) -> optional bytes
SELECT picture FROM customer WHERE id = :number;

-- customer_picture_size() -> one int
SELECT CAST(coalesce(sum(length(picture)), 0) AS BIGINT) FROM customer;

-- customer_block(number: int, is_blocked: bool) -> changed
UPDATE customer SET is_blocked = :is_blocked WHERE id = :number;

-- customer_score_set(number: int, score: real?) -> none
UPDATE customer SET score = :score WHERE id = :number;

-- conversation_add(customer: int, subject: text, waiting_since: int?) -> one int
INSERT INTO conversation (customer, subject, waiting_since) VALUES (:customer, :subject, :waiting_since) RETURNING id;

-- conversation_waiting_since(number: int) -> optional int
SELECT waiting_since FROM conversation WHERE id = :number;

-- A struct inside the struct takes a quoted name with a point.
-- conversation_with_customer(number: int) -> optional Conversation
SELECT conversation.id, subject, state, customer.name AS "customer.name", customer.id AS "customer.id"
FROM conversation JOIN customer ON customer.id = conversation.customer
WHERE conversation.id = :number;

-- conversation_of(customer: int) -> optional Conversation
SELECT id, subject, state FROM conversation WHERE customer = :customer;

-- Full text: two bodies under one name.
-- conversation_find(words: text, most: int) -> list Conversation
-- sqlite
SELECT id, subject, state FROM conversation
WHERE id IN (SELECT rowid FROM conversation_words WHERE conversation_words MATCH :words)
ORDER BY id DESC LIMIT :most;
-- postgres
SELECT id, subject, state FROM conversation
WHERE words @@ plainto_tsquery('simple', :words::text)
ORDER BY id DESC LIMIT :most;

-- conversation_index(number: int) -> none
-- postgres
UPDATE conversation SET state = state WHERE id = :number;
-- sqlite
INSERT INTO conversation_words (rowid, subject) SELECT id, subject FROM conversation WHERE id = :number;

-- tag_add(name: text) -> changed
INSERT INTO tag (name) VALUES (:name) ON CONFLICT (name) DO NOTHING;

-- Nothing inside quotes and comments is a parameter.
-- tag_quoting(word: text) -> list text
SELECT name AS ":name" /* :nothing
  over two lines */ FROM tag -- :nothing; at all
WHERE name <> ':name ; -- ''quoted'' ??/ \ "' AND name = :word
ORDER BY name;
