-- include "desk/outbox/outbox.h"
-- include "desk/outbox/stored.h"

-- outbox_insert(message: int, number: int, sender: text, recipients: text, recipient_key: text, hash: bytes, is_automatic: int, now: int) -> none
INSERT INTO outbox (message_id, conversation_id, sender, recipients, recipient_key, original_hash, is_automatic, state, attempts, made_at, next_at,
  last_answer)
VALUES (:message, :number, :sender, :recipients, :recipient_key, :hash, :is_automatic, 0, 0, :now, :now, '');

-- outbox_claim_next(now: int, until: int) -> optional OutboxMail
-- sqlite
UPDATE outbox SET state = 1, next_at = :until
WHERE message_id = (SELECT message_id FROM outbox WHERE state IN (0, 1) AND next_at <= :now ORDER BY next_at LIMIT 1)
RETURNING message_id, conversation_id AS number, attempts, made_at, next_at, state, sender, recipients, original_hash,
  last_answer, is_automatic;
-- postgres
UPDATE outbox SET state = 1, next_at = :until
WHERE message_id = (SELECT message_id FROM outbox WHERE state IN (0, 1) AND next_at <= :now ORDER BY next_at LIMIT 1
  FOR UPDATE SKIP LOCKED)
RETURNING message_id, conversation_id AS number, attempts, made_at, next_at, state, sender, recipients, original_hash,
  last_answer, is_automatic;

-- outbox_next_at() -> one int
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
UPDATE outbox SET state = 0, next_at = :now, made_at = :now, attempts = 0 WHERE message_id = :message AND state IN (0, 3);

-- outbox_select_open() -> list OutboxMail
SELECT o.message_id, o.conversation_id AS number, o.attempts, o.made_at, o.next_at, o.state, o.sender, o.recipients,
  o.last_answer, m.subject, o.is_automatic
FROM outbox o
JOIN message m ON m.id = o.message_id
WHERE o.state IN (0, 1, 3)
ORDER BY o.state DESC, o.next_at
LIMIT 200;

-- outbox_automatic_since(recipient_key: text, since: int) -> one int
SELECT COUNT(*) AS count FROM outbox WHERE recipient_key = :recipient_key AND made_at > :since AND is_automatic = 1;
