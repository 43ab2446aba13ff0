-- include "desk/draft/draft.h"

-- draft_select(staff: int, number: int) -> optional Draft
SELECT id, text, cc, bcc FROM draft WHERE staff_id = :staff AND conversation_id = :number;

-- draft_select_attachments(draft: int) -> list DraftAttachment
SELECT id, size, name, type, hash FROM draft_attachment WHERE draft_id = :draft ORDER BY id;

-- draft_upsert(staff: int, number: int, text: text, cc: text, bcc: text, now: int) -> one int
INSERT INTO draft (staff_id, conversation_id, text, cc, bcc, made_at) VALUES (:staff, :number, :text, :cc, :bcc, :now)
ON CONFLICT (staff_id, conversation_id) DO UPDATE
SET text = excluded.text, cc = excluded.cc, bcc = excluded.bcc, made_at = excluded.made_at
RETURNING id;

-- draft_attachment_insert(draft: int, name: text, type: text, size: int, hash: bytes) -> none
INSERT INTO draft_attachment (draft_id, name, type, size, hash) VALUES (:draft, :name, :type, :size, :hash);

-- draft_attachment_delete(id: int) -> none
DELETE FROM draft_attachment WHERE id = :id;

-- draft_delete_attachments(staff: int, number: int) -> none
DELETE FROM draft_attachment
WHERE draft_id IN (SELECT id FROM draft WHERE staff_id = :staff AND conversation_id = :number);

-- draft_delete(staff: int, number: int) -> none
DELETE FROM draft WHERE staff_id = :staff AND conversation_id = :number;

-- draft_take_attachments(draft: int, message: int) -> none
INSERT INTO draft_attachment (draft_id, name, type, size, hash)
SELECT :draft, name, type, size, hash FROM attachment WHERE message_id = :message ORDER BY id;

-- A merge: what somebody was about to answer goes along. Who has a draft in both gets one, first what stood in the survivor.
-- draft_unite_texts(from: int, into: int, gap: text) -> none
UPDATE draft
SET text = CASE WHEN draft.text = '' THEN other.text WHEN other.text = '' THEN draft.text ELSE draft.text || :gap || other.text END,
  cc = CASE WHEN draft.cc = '' THEN other.cc WHEN other.cc IN ('', draft.cc) THEN draft.cc ELSE draft.cc || ', ' || other.cc END,
  bcc = CASE WHEN draft.bcc = '' THEN other.bcc WHEN other.bcc IN ('', draft.bcc) THEN draft.bcc ELSE draft.bcc || ', ' || other.bcc END
FROM draft AS other
WHERE draft.conversation_id = :into AND other.conversation_id = :from AND other.staff_id = draft.staff_id;

-- draft_unite_files(from: int, into: int) -> none
UPDATE draft_attachment SET draft_id = mine.id
FROM draft AS theirs JOIN draft AS mine ON mine.staff_id = theirs.staff_id
WHERE draft_attachment.draft_id = theirs.id AND theirs.conversation_id = :from AND mine.conversation_id = :into;

-- draft_delete_united(from: int, into: int) -> none
DELETE FROM draft
WHERE conversation_id = :from
  AND EXISTS (SELECT 1 FROM draft other WHERE other.conversation_id = :into AND other.staff_id = draft.staff_id);

-- draft_move(from: int, into: int) -> none
UPDATE draft SET conversation_id = :into WHERE conversation_id = :from;
