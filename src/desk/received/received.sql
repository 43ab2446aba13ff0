-- include "desk/received/received.h"
-- include "desk/received/stored.h"
-- include "desk/blob/stored.h"

-- received_insert(dedupe_key: bytes, now: int, mailbox: int, envelope_to: text, hash: bytes, size: int, state: int, reason: text, from_address: text, subject: text, whole_size: int) -> optional int
INSERT INTO received_mail (dedupe_key, received_at, mailbox_id, envelope_to, original_hash, size, state, reason, from_address,
  subject, whole_size)
VALUES (:dedupe_key, :now, :mailbox, :envelope_to, :hash, :size, :state, :reason, :from_address, :subject, :whole_size)
ON CONFLICT (dedupe_key) DO NOTHING
RETURNING id;

-- received_select_known(dedupe_key: bytes) -> optional StoredReceived
SELECT r.id, r.state, r.reason, r.message_id, m.conversation_id AS number, r.original_hash, r.envelope_to, r.received_at, r.whole_size
FROM received_mail r
LEFT JOIN message m ON m.id = r.message_id
WHERE r.dedupe_key = :dedupe_key;

-- received_select(id: int) -> optional StoredReceived
SELECT r.id, r.state, r.reason, r.message_id, m.conversation_id AS number, r.original_hash, r.envelope_to, r.received_at, r.whole_size
FROM received_mail r
LEFT JOIN message m ON m.id = r.message_id
WHERE r.id = :id;

-- received_update(id: int, state: int, reason: text, message: int?, settled_at: int?) -> none
UPDATE received_mail SET state = :state, reason = :reason, message_id = :message, settled_at = :settled_at WHERE id = :id;

-- received_update_unusable(id: int) -> none
UPDATE received_mail SET is_sender_usable = 0 WHERE id = :id;

-- received_settle(id: int, from_state: int, state: int, message: int?, now: int) -> changed
UPDATE received_mail SET state = :state, message_id = :message, settled_at = :now WHERE id = :id AND state = :from_state;

-- received_select_state(state: int, before: int, most: int) -> list ReceivedMail
SELECT r.id, r.received_at, r.size, r.state, r.reason, r.from_address, r.subject, b.address AS mailbox_address, r.settled_at,
  (SELECT s.name FROM received_event e JOIN staff s ON s.id = e.staff_id WHERE e.received_id = r.id ORDER BY e.id DESC LIMIT 1)
    AS settled_by
FROM received_mail r
JOIN mailbox b ON b.id = r.mailbox_id
WHERE r.state = :state AND r.id < :before
ORDER BY r.id DESC
LIMIT :most;

-- These counts stop at the bound that they are compared with: a flood that waits in quarantine must not make each further mail dearer.
-- received_opened_since(from_address: text, since: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (
  SELECT 1 FROM received_mail WHERE from_address = :from_address AND received_at > :since LIMIT :most) AS came;

-- received_unusable_since(since: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (
  SELECT 1 FROM received_mail WHERE is_sender_usable = 0 AND received_at > :since LIMIT :most) AS came;

-- received_conversations_since(address_key: text, since: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (
  SELECT 1 FROM conversation
  WHERE customer_id = (SELECT customer_id FROM customer_address WHERE address_key = :address_key)
    AND last_message_at > :since AND opened_at > :since LIMIT :most) AS opened;

-- received_select_old(state: int, until: int, most: int) -> list int
SELECT id FROM received_mail WHERE state = :state AND received_at < :until ORDER BY id LIMIT :most;

-- received_expire_one(id: int, state: int, now: int) -> changed
UPDATE received_mail SET state = 3, settled_at = :now WHERE id = :id AND state = :state;

-- received_event_insert(received: int, at: int, kind: int, staff: int?) -> none
INSERT INTO received_event (received_id, happened_at, kind, staff_id) VALUES (:received, :at, :kind, :staff);

-- received_event_count(kind: int, since: int) -> one int
SELECT COUNT(*) AS count FROM received_event WHERE kind = :kind AND happened_at > :since;

-- received_need_person() -> one int
SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS mails FROM tally WHERE name IN ('quarantined', 'failed', 'outbox-failed');

-- received_select_copies(message: int) -> list ReceivedCopy
SELECT r.id, r.received_at, b.address AS mailbox_address
FROM received_mail r JOIN mailbox b ON b.id = r.mailbox_id
WHERE r.message_id = :message
ORDER BY r.id
LIMIT 20;

-- sender_ending_select(address_key: text) -> optional text
SELECT ending FROM sender_ending WHERE address_key = :address_key;

-- sender_ending_set(address_key: text, ending: text) -> none
INSERT INTO sender_ending (address_key, ending) VALUES (:address_key, :ending)
ON CONFLICT (address_key) DO UPDATE SET ending = excluded.ending;

-- mail_content_insert(content_hash: bytes) -> changed
INSERT INTO mail_content (content_hash) VALUES (:content_hash) ON CONFLICT (content_hash) DO NOTHING;

-- mail_content_select(content_hash: bytes) -> optional int
SELECT COALESCE(message_id, 0) AS message_id FROM mail_content WHERE content_hash = :content_hash;

-- mail_content_update(content_hash: bytes, message: int) -> none
UPDATE mail_content SET message_id = :message WHERE content_hash = :content_hash;

-- desk_count_all() -> one DeskCounts
SELECT (SELECT COUNT(*) FROM conversation) AS conversations,
  (SELECT COUNT(*) FROM message) AS messages,
  (SELECT COUNT(*) FROM received_mail) AS originals,
  (SELECT COUNT(*) FROM received_mail WHERE state = 1) AS quarantined,
  (SELECT COUNT(*) FROM received_mail WHERE state = 2) AS failed,
  (SELECT COUNT(*) FROM received_mail WHERE state = 3) AS dismissed,
  (SELECT COUNT(*) FROM outbox WHERE state IN (0, 1)) AS outbox,
  (SELECT COUNT(*) FROM outbox WHERE state = 3) AS outbox_failed;

-- verify_unfiled() -> one int
SELECT COUNT(*) AS count FROM received_mail WHERE state = 0 AND message_id IS NULL;

-- verify_followed() -> one int
SELECT COUNT(*) AS count FROM follow f JOIN conversation c ON c.id = f.conversation_id
WHERE f.queue_key IS DISTINCT FROM CASE WHEN c.state = 0 THEN c.queue_key END;

-- verify_tallies() -> list TallyDrift
-- One statement, so that kept and counted are of the same moment also while the desk is in use.
SELECT name, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(counted) AS BIGINT) AS counted FROM (
  SELECT name, count AS kept, 0 AS counted FROM tally
  UNION ALL SELECT 'open', 0, COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL
  UNION ALL SELECT 'snoozed', 0, COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NOT NULL
  UNION ALL SELECT 'solved', 0, COUNT(*) FROM conversation WHERE state = 1
  UNION ALL SELECT 'quarantined', 0, COUNT(*) FROM received_mail WHERE state = 1
  UNION ALL SELECT 'failed', 0, COUNT(*) FROM received_mail WHERE state = 2
  UNION ALL SELECT 'outbox-failed', 0, COUNT(*) FROM outbox WHERE state = 3
  UNION ALL SELECT 'upset', 0, COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL AND is_upset = 1
  UNION ALL SELECT 'waiting', 0, COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL AND waiting_since IS NOT NULL
  UNION ALL SELECT 'view/' || view_id, 0, COUNT(*) FROM saved_view_entry GROUP BY view_id
  UNION ALL SELECT 'open/' || COALESCE(assignee_id, 0), 0, COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL GROUP BY assignee_id
  UNION ALL SELECT 'team/' || team_id, 0, COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL AND team_id IS NOT NULL GROUP BY team_id
  UNION ALL SELECT 'complaint/' || CASE stage WHEN 0 THEN 'received' WHEN 1 THEN 'acknowledged' WHEN 2 THEN 'assessed' WHEN 3 THEN 'investigated' WHEN 4 THEN 'answered' WHEN 5 THEN 'agreed' WHEN 6 THEN 'refused' WHEN 7 THEN 'remedied' WHEN 8 THEN 'followed-up' WHEN 9 THEN 'closed' END, 0, COUNT(*) FROM complaint WHERE merged_into IS NULL GROUP BY stage
  UNION ALL SELECT 'complaint-news', 0, COUNT(*) FROM complaint WHERE merged_into IS NULL AND has_news = 1
) AS both_sides
GROUP BY name
HAVING SUM(kept) <> SUM(counted);

-- verify_blob_hashes(after: bytes, most: int) -> list BlobMark
SELECT hash FROM blob WHERE hash > :after ORDER BY hash LIMIT :most;
