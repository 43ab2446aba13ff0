-- include "desk/conversation/conversation.h"
-- include "desk/conversation/stored.h"

-- message_insert(number: int, kind: int, staff: int?, author_name: text, author_address: text, answer_to: text, recipients: text, made_at: int, claimed_at: int, subject: text, body: text, quoted: text, html_hash: bytes, original_hash: bytes, state: int, machine: int, mail_id: text) -> one int
INSERT INTO message (conversation_id, kind, staff_id, author_name, author_address, answer_to, recipients, made_at, claimed_at,
  subject, body, quoted, html_hash, original_hash, state, machine, mail_id)
VALUES (:number, :kind, :staff, :author_name, :author_address, :answer_to, :recipients, :made_at, :claimed_at,
  :subject, :body, :quoted, :html_hash, :original_hash, :state, :machine, :mail_id)
RETURNING id;

-- message_select_page(number: int, before: int, most: int) -> list StoredMessage
SELECT m.id, m.kind, m.state, m.channel, m.machine, m.staff_id, COALESCE(s.name, m.author_name) AS author_name, m.author_address, m.answer_to,
  m.recipients, m.subject, m.made_at, m.claimed_at, m.body, m.quoted,
  CASE WHEN m.html_hash IS NULL THEN 0 ELSE 1 END AS has_html,
  CASE WHEN m.original_hash IS NULL THEN 0 ELSE 1 END AS has_original,
  CASE WHEN r.message_id IS NULL THEN 0 ELSE 1 END AS has_reading,
  r.is_read, r.language, r.behaviour, r.emotion, r.need, r.need_margin, r.valence, r.intensity, r.abuse, r.flags, r.reasons, r.judged,
  r.evidence,
  o.attempts, CASE WHEN o.state = 0 OR o.state = 1 THEN o.next_at ELSE 0 END AS next_try_at, o.last_answer,
  CASE WHEN w.message_id IS NULL THEN 0 ELSE 1 END AS has_mail, f.name AS forwarder, w.via, w.doubt,
  w.protection AS "protection.kind", w.protection_state AS "protection.state", w.signer AS "protection.signer",
  w.protection_reason AS "protection.reason", w.invite_method AS "invite.method", w.invite_summary AS "invite.summary",
  w.invite_place AS "invite.place", w.invite_organiser AS "invite.organiser", w.invite_starts_at AS "invite.starts_at",
  w.invite_ends_at AS "invite.ends_at", w.invite_is_all_day AS "invite.is_all_day", w.whole_size,
  CASE WHEN o.state = 0 AND o.attempts = 0 THEN o.held_until ELSE 0 END AS held_until, COALESCE(o.about, 0) AS about
FROM message m
LEFT JOIN staff s ON s.id = m.staff_id
LEFT JOIN reading r ON r.message_id = m.id
LEFT JOIN outbox o ON o.message_id = m.id
LEFT JOIN message_mail w ON w.message_id = m.id
LEFT JOIN staff f ON f.id = w.forwarded_by
WHERE m.conversation_id = :number AND m.id < :before AND m.kind < 4
ORDER BY m.id DESC
LIMIT :most;

-- message_select_hashes(id: int) -> optional MessageHashes
SELECT original_hash, html_hash FROM message WHERE id = :id AND kind IN (0, 1, 3); -- what notices and notes came with holds an agent's token

-- message_update_state(id: int, state: int) -> none
UPDATE message SET state = :state WHERE id = :id;

-- message_update_original(id: int, hash: bytes) -> none
UPDATE message SET original_hash = :hash WHERE id = :id;

-- message_select_last_ids(number: int) -> list text
SELECT mail_id FROM message
WHERE conversation_id = :number AND mail_id IS NOT NULL AND kind IN (0, 1, 3)
ORDER BY id DESC
LIMIT 12;

-- message_select_last_customer(number: int) -> optional CustomerMessage
SELECT m.id, m.author_name, m.answer_to, m.mail_id, m.body, m.made_at, r.language
FROM message m
LEFT JOIN reading r ON r.message_id = m.id
WHERE m.conversation_id = :number AND m.kind = 0 AND m.answer_to <> ''
ORDER BY CASE WHEN m.machine = 0 THEN 0 ELSE 1 END, m.id DESC
LIMIT 1;

-- message_newest_by_others(number: int, after: int, staff: int) -> optional int
SELECT id FROM message
WHERE conversation_id = :number AND id > :after AND kind NOT IN (3, 4, 5) AND (kind <> 2 OR staff_id <> :staff)
ORDER BY id DESC
LIMIT 1;

-- mail_id_insert(mail_id: text, message: int, number: int) -> none
INSERT INTO mail_id (mail_id, message_id, conversation_id) VALUES (:mail_id, :message, :number)
ON CONFLICT (mail_id, message_id) DO NOTHING;

-- mail_id_find(mail_id: text) -> list MailIdMark
SELECT message_id, conversation_id AS number FROM mail_id
WHERE mail_id = :mail_id
ORDER BY conversation_id DESC, message_id DESC
LIMIT 20;

-- attachment_insert(message: int, name: text, type: text, content_id: text, is_inline: int, size: int, hash: bytes) -> none
INSERT INTO attachment (message_id, name, type, content_id, is_inline, size, hash)
VALUES (:message, :name, :type, :content_id, :is_inline, :size, :hash);

-- The firm's own logo, which answers that quote ours bring back, is no file of the customer's.
-- attachment_select_between(number: int, first: int, last: int, logo: bytes) -> list Attachment
SELECT a.id, a.message_id, a.size, a.name, a.type, a.content_id, a.is_inline
FROM attachment a
JOIN message m ON m.id = a.message_id
WHERE m.conversation_id = :number AND m.id >= :first AND m.id <= :last AND NOT (a.is_inline = 1 AND a.hash = :logo)
ORDER BY a.message_id, a.id;

-- attachment_select_of(message: int) -> list Attachment
SELECT id, message_id, size, name, type, content_id, is_inline FROM attachment
WHERE message_id = :message
ORDER BY id;

-- attachment_select(id: int) -> optional StoredAttachment
SELECT id, message_id, size, name, type, content_id, is_inline, hash FROM attachment WHERE id = :id;

-- reading_insert(message: int, engine: text, is_read: int, language: text, behaviour: int, emotion: int, need: int, need_margin: real, valence: real, intensity: real, abuse: real, flags: int, reasons: int, evidence: text, detail: text) -> none
INSERT INTO reading (message_id, engine, is_read, language, behaviour, emotion, need, need_margin, valence, intensity, abuse,
  flags, reasons, evidence, detail)
VALUES (:message, :engine, :is_read, :language, :behaviour, :emotion, :need, :need_margin, :valence, :intensity, :abuse,
  :flags, :reasons, :evidence, :detail);

-- message_is_ours(id: int) -> optional int
SELECT 1 AS found FROM message WHERE id = :id AND kind IN (1, 3);

-- message_mail_insert(message: int, forwarded_by: int?, via: text, doubt: text, protection: int, protection_state: int, signer: text, protection_reason: text, invite_method: text, invite_summary: text, invite_place: text, invite_organiser: text, invite_starts_at: int, invite_ends_at: int, invite_is_all_day: int, whole_size: int) -> none
INSERT INTO message_mail (message_id, forwarded_by, via, doubt, protection, protection_state, signer, protection_reason,
  invite_method, invite_summary, invite_place, invite_organiser, invite_starts_at, invite_ends_at, invite_is_all_day, whole_size)
VALUES (:message, :forwarded_by, :via, :doubt, :protection, :protection_state, :signer, :protection_reason,
  :invite_method, :invite_summary, :invite_place, :invite_organiser, :invite_starts_at, :invite_ends_at, :invite_is_all_day, :whole_size);

-- A merge: every message goes on in the other conversation, and remembers where it was written first.
-- message_move(from: int, into: int) -> changed
UPDATE message SET conversation_id = :into, origin = COALESCE(origin, :from) WHERE conversation_id = :from;

-- The statements that follow message_move find what moved by its origin: only ids still under the old number are touched.
-- mail_id_move(from: int, into: int) -> none
UPDATE mail_id SET conversation_id = :into
WHERE conversation_id = :from AND message_id IN (SELECT id FROM message WHERE conversation_id = :into);

-- outbox_move(from: int, into: int) -> none
UPDATE outbox SET conversation_id = :into
WHERE conversation_id = :from AND message_id IN (SELECT id FROM message WHERE conversation_id = :into);

-- machine_topic_move(from: int, into: int) -> none
UPDATE machine_topic SET conversation_id = :into WHERE conversation_id = :from;

-- Answers that would have gone to the wrong address go to the right one.
-- message_update_answer_to(number: int, old: text, new: text) -> none
UPDATE message SET answer_to = :new WHERE conversation_id = :number AND kind = 0 AND answer_to = :old;

-- Only of what an agent passed on: who wrote a mail that came by itself is not ours to change.
-- message_update_forwarded_author(number: int, old: text, name: text, address: text) -> none
UPDATE message SET author_name = :name, author_address = :address
WHERE conversation_id = :number AND kind = 0 AND author_address = :old
  AND EXISTS (SELECT 1 FROM message_mail w WHERE w.message_id = message.id AND w.forwarded_by IS NOT NULL);

-- message_is_notice(id: int) -> optional int
SELECT 1 AS found FROM message WHERE id = :id AND kind = 4;

-- message_select_number(id: int) -> one int
SELECT conversation_id FROM message WHERE id = :id;

-- message_select_latest(number: int) -> optional LatestMessage
SELECT id, made_at, body FROM message WHERE conversation_id = :number AND kind IN (0, 1, 2) ORDER BY id DESC LIMIT 1;

-- What was taken back leaves its number behind, so that no other message gets it.
-- message_take_back(id: int) -> none
UPDATE message SET kind = 5, state = 0, subject = '', body = '', quoted = '', recipients = '', original_hash = NULL, mail_id = NULL
WHERE id = :id;

-- mail_id_delete(message: int) -> none
DELETE FROM mail_id WHERE message_id = :message;

-- attachment_delete(message: int) -> none
DELETE FROM attachment WHERE message_id = :message;

-- message_update_channel(id: int, channel: int) -> none
UPDATE message SET channel = :channel WHERE id = :id;
