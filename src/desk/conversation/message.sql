-- include "desk/conversation/conversation.h"
-- include "desk/conversation/stored.h"

-- message_insert(number: int, kind: int, staff: int?, author_name: text, author_address: text, answer_to: text, recipients: text, made_at: int, claimed_at: int, subject: text, body: text, quoted: text, html_hash: bytes, original_hash: bytes, state: int, machine: int, mail_id: text) -> one int
INSERT INTO message (conversation_id, kind, staff_id, author_name, author_address, answer_to, recipients, made_at, claimed_at,
  subject, body, quoted, html_hash, original_hash, state, machine, mail_id)
VALUES (:number, :kind, :staff, :author_name, :author_address, :answer_to, :recipients, :made_at, :claimed_at,
  :subject, :body, :quoted, :html_hash, :original_hash, :state, :machine, :mail_id)
RETURNING id;

-- message_select_page(number: int, before: int, most: int) -> list StoredMessage
SELECT m.id, m.kind, m.state, m.machine, m.staff_id, COALESCE(s.name, m.author_name) AS author_name, m.author_address, m.answer_to,
  m.recipients, m.subject, m.made_at, m.claimed_at, m.body, m.quoted,
  CASE WHEN m.html_hash IS NULL THEN 0 ELSE 1 END AS has_html,
  CASE WHEN m.original_hash IS NULL THEN 0 ELSE 1 END AS has_original,
  CASE WHEN r.message_id IS NULL THEN 0 ELSE 1 END AS has_reading,
  r.is_read, r.language, r.behaviour, r.emotion, r.need, r.need_margin, r.valence, r.intensity, r.abuse, r.flags, r.reasons,
  r.evidence,
  o.attempts, CASE WHEN o.state = 0 OR o.state = 1 THEN o.next_at ELSE 0 END AS next_try_at, o.last_answer
FROM message m
LEFT JOIN staff s ON s.id = m.staff_id
LEFT JOIN reading r ON r.message_id = m.id
LEFT JOIN outbox o ON o.message_id = m.id
WHERE m.conversation_id = :number AND m.id < :before
ORDER BY m.id DESC
LIMIT :most;

-- message_select_hashes(id: int) -> optional MessageHashes
SELECT original_hash, html_hash FROM message WHERE id = :id;

-- message_update_state(id: int, state: int) -> none
UPDATE message SET state = :state WHERE id = :id;

-- message_update_original(id: int, hash: bytes) -> none
UPDATE message SET original_hash = :hash WHERE id = :id;

-- message_select_last_ids(number: int) -> list text
SELECT mail_id FROM message
WHERE conversation_id = :number AND mail_id IS NOT NULL
ORDER BY id DESC
LIMIT 12;

-- message_select_last_customer(number: int) -> optional CustomerMessage
SELECT id, author_name, answer_to, mail_id FROM message
WHERE conversation_id = :number AND kind = 0 AND answer_to <> ''
ORDER BY CASE WHEN machine = 0 THEN 0 ELSE 1 END, id DESC
LIMIT 1;

-- message_newest_by_others(number: int, after: int, staff: int) -> optional int
SELECT id FROM message
WHERE conversation_id = :number AND id > :after AND kind <> 3 AND (kind <> 2 OR staff_id <> :staff)
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

-- attachment_select_between(number: int, first: int, last: int) -> list Attachment
SELECT a.id, a.message_id, a.size, a.name, a.type, a.content_id, a.is_inline
FROM attachment a
JOIN message m ON m.id = a.message_id
WHERE m.conversation_id = :number AND m.id >= :first AND m.id <= :last
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

-- message_select_recipients(id: int) -> one text
SELECT recipients FROM message WHERE id = :id;
