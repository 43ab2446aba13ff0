-- include "desk/outbox/outbox.h"
-- include "desk/outbox/stored.h"

-- outbox_insert(message: int, number: int, sender: text, recipients: text, recipient_key: text, hash: bytes, is_automatic: int, automatic_from: int?, about: int, now: int, next_at: int, held_until: int, waiting_before: int?, took_it: int, solved_it: int) -> none
INSERT INTO outbox (message_id, conversation_id, sender, recipients, recipient_key, original_hash, is_automatic, automatic_from, about, state, attempts, made_at, next_at,
  last_answer, held_until, waiting_before, took_it, solved_it)
VALUES (:message, :number, :sender, :recipients, :recipient_key, :hash, :is_automatic, :automatic_from, :about, 0, 0, :now, :next_at, '', :held_until,
  :waiting_before, :took_it, :solved_it);

-- delivery_insert(message: int, place: int, role: int, address: text, name: text) -> none
INSERT INTO delivery (message_id, place, role, address, name, state, answer)
VALUES (:message, :place, :role, :address, :name, 0, '');

-- delivery_select_waiting(message: int) -> list text
SELECT address FROM delivery WHERE message_id = :message AND state = 0 ORDER BY place;

-- delivery_select_between(number: int, first: int, last: int) -> list Recipient
SELECT d.message_id, d.role, d.state, d.address, d.name, d.answer
FROM message m
JOIN delivery d ON d.message_id = m.id
WHERE m.conversation_id = :number AND m.id >= :first AND m.id <= :last
ORDER BY d.message_id, d.place;

-- delivery_select_of(message: int) -> list Recipient
SELECT message_id, role, state, address, name, answer FROM delivery WHERE message_id = :message ORDER BY place;

-- delivery_set_joined(message: int, address: text) -> none
UPDATE delivery SET joined = 1 WHERE message_id = :message AND address = :address;

-- delivery_select_joined(message: int) -> list text
SELECT address FROM delivery WHERE message_id = :message AND joined = 1;

-- An address may stand in a mail twice; the mail server was told of it once for each.
-- delivery_settle(message: int, address: text, state: int, answer: text) -> none
UPDATE delivery SET state = :state, answer = :answer WHERE message_id = :message AND address = :address AND state = 0;

-- delivery_give_up(message: int) -> none
UPDATE delivery SET state = 2 WHERE message_id = :message AND state = 0;

-- delivery_count(message: int) -> one DeliveryCount
SELECT CAST(COALESCE(SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
  CAST(COALESCE(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS failed
FROM delivery WHERE message_id = :message;

-- delivery_retry(message: int) -> changed
UPDATE delivery SET state = 0 WHERE message_id = :message AND state IN (2, 3);

-- delivery_return(message: int, address: text, answer: text) -> changed
UPDATE delivery SET state = 3, answer = :answer WHERE message_id = :message AND address = :address;

-- delivery_delete(message: int) -> none
DELETE FROM delivery WHERE message_id = :message;

-- outbox_select_held(message: int) -> optional HeldAnswer
-- sqlite
SELECT o.state, o.attempts, o.held_until, o.waiting_before, o.took_it, o.solved_it, m.staff_id, m.made_at, m.body AS text,
  m.conversation_id AS number
FROM outbox o JOIN message m ON m.id = o.message_id
WHERE o.message_id = :message;
-- postgres
SELECT o.state, o.attempts, o.held_until, o.waiting_before, o.took_it, o.solved_it, m.staff_id, m.made_at, m.body AS text,
  m.conversation_id AS number
FROM outbox o JOIN message m ON m.id = o.message_id
WHERE o.message_id = :message
FOR UPDATE OF o;

-- outbox_delete(message: int) -> none
DELETE FROM outbox WHERE message_id = :message;

-- SQLite would sort all that is due for the first of them, so it is told which index has the order.
-- outbox_claim_next(now: int, until: int) -> optional OutboxMail
-- sqlite
UPDATE outbox SET state = 1, next_at = :until, held_until = 0
WHERE message_id = (SELECT message_id FROM outbox INDEXED BY outbox_waiting
  WHERE state IN (0, 1) AND next_at <= :now ORDER BY next_at LIMIT 1)
RETURNING message_id, conversation_id AS number, attempts, made_at, next_at, state, sender, recipients, original_hash,
  last_answer, is_automatic;
-- postgres
UPDATE outbox SET state = 1, next_at = :until, held_until = 0
WHERE message_id = (SELECT message_id FROM outbox WHERE state IN (0, 1) AND next_at <= :now ORDER BY next_at LIMIT 1
  FOR UPDATE SKIP LOCKED)
RETURNING message_id, conversation_id AS number, attempts, made_at, next_at, state, sender, recipients, original_hash,
  last_answer, is_automatic;

-- outbox_next_at() -> one int
-- sqlite
SELECT COALESCE(MIN(next_at), 0) AS next_at FROM outbox INDEXED BY outbox_waiting WHERE state IN (0, 1);
-- postgres
SELECT COALESCE(MIN(next_at), 0) AS next_at FROM outbox WHERE state IN (0, 1);

-- outbox_release(now: int) -> none
UPDATE outbox SET state = 0, next_at = :now WHERE state = 1;

-- outbox_update_sent(message: int, claimed_until: int, answer: text, now: int) -> changed
UPDATE outbox SET state = 2, attempts = attempts + 1, last_answer = :answer, sent_at = :now, next_at = 0
WHERE message_id = :message AND state = 1 AND next_at = :claimed_until;

-- outbox_update_failed(message: int, claimed_until: int, state: int, answer: text, next_at: int) -> changed
UPDATE outbox SET state = :state, attempts = attempts + 1, last_answer = :answer, next_at = :next_at
WHERE message_id = :message AND state = 1 AND next_at = :claimed_until;

-- outbox_select_state(message: int) -> optional OutboxStand
-- sqlite
SELECT state, conversation_id AS number FROM outbox WHERE message_id = :message;
-- postgres
SELECT state, conversation_id AS number FROM outbox WHERE message_id = :message FOR UPDATE;

-- outbox_update_retry(message: int, now: int) -> changed
UPDATE outbox SET state = 0, next_at = :now, made_at = :now, attempts = 0, held_until = 0, dismissed_by = NULL
WHERE message_id = :message AND state <> 1
  AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = outbox.message_id AND d.state = 0);

-- outbox_update_dismissed(message: int, staff: int, now: int) -> changed
UPDATE outbox SET state = 4, next_at = :now, dismissed_by = :staff WHERE message_id = :message AND state = 3;

-- outbox_select_dismissed() -> list OutboxMail
SELECT o.message_id, o.conversation_id AS number, o.attempts, o.made_at, o.next_at, o.state, o.sender, o.recipients,
  o.last_answer, m.subject, o.is_automatic, s.name AS dismissed_by
FROM outbox o
JOIN message m ON m.id = o.message_id
LEFT JOIN staff s ON s.id = o.dismissed_by
WHERE o.state = 4
ORDER BY o.next_at DESC
LIMIT 100;

-- outbox_select_open() -> list OutboxMail
SELECT o.message_id, o.conversation_id AS number, o.attempts, o.made_at, o.next_at, o.state, o.sender, o.recipients,
  o.last_answer, m.subject, o.is_automatic
FROM outbox o
JOIN message m ON m.id = o.message_id
WHERE o.state IN (0, 1, 3)
ORDER BY o.state DESC, o.next_at
LIMIT 200;

-- Both counts stop at the bound that they are compared with, so that a flood does not make them dear.
-- outbox_automatic_since(recipient_key: text, since: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (
  SELECT 1 FROM outbox WHERE recipient_key = :recipient_key AND made_at > :since AND is_automatic = 1 LIMIT :most) AS sent;

-- outbox_automatic_of_mailbox(mailbox: int, since: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (
  SELECT 1 FROM outbox WHERE automatic_from = :mailbox AND made_at > :since LIMIT :most) AS sent;

-- outbox_select_recipients(message: int) -> optional text
SELECT recipients FROM outbox WHERE message_id = :message;
