-- include "desk/draft/draft.h"

-- draft_select(staff: int, number: int, kind: int) -> optional Draft
SELECT id, version, text, cc, bcc, options, answers, way, saved_at, writer FROM draft
WHERE staff_id = :staff AND conversation_id = :number AND kind = :kind;

-- draft_select_attachments(draft: int) -> list DraftAttachment
SELECT id, size, name, type, hash FROM draft_attachment WHERE draft_id = :draft ORDER BY id;

-- draft_select_older(draft: int) -> list OlderDraft
SELECT id, saved_at, text, cc, bcc, options, answers FROM draft_older WHERE draft_id = :draft ORDER BY saved_at DESC, id DESC LIMIT 5;

-- Who else has begun to write here, without a word of it.
-- draft_select_others(number: int, staff: int) -> list DraftOfOther
SELECT d.staff_id, s.name, d.kind, d.saved_at
FROM draft d JOIN staff s ON s.id = d.staff_id
WHERE d.conversation_id = :number AND d.staff_id <> :staff AND d.text <> ''
ORDER BY d.kind, s.name
LIMIT 12;

-- A row to lock, so that two pages that begin at once wait for each other.
-- draft_begin(staff: int, number: int, kind: int, now: int) -> none
INSERT INTO draft (staff_id, conversation_id, kind, text, cc, bcc, version, writer, saved_at)
VALUES (:staff, :number, :kind, '', '', '', 0, '', :now)
ON CONFLICT (staff_id, conversation_id, kind) DO NOTHING;

-- draft_lock(staff: int, number: int, kind: int) -> optional Draft
-- sqlite
SELECT id, version, text, cc, bcc, options, answers, way, saved_at, writer FROM draft
WHERE staff_id = :staff AND conversation_id = :number AND kind = :kind;
-- postgres
SELECT id, version, text, cc, bcc, options, answers, way, saved_at, writer FROM draft
WHERE staff_id = :staff AND conversation_id = :number AND kind = :kind
FOR UPDATE;

-- draft_update(id: int, text: text, cc: text, bcc: text, options: text, answers: int, way: int, writer: text, now: int) -> none
UPDATE draft
SET text = :text, cc = :cc, bcc = :bcc, options = :options, answers = :answers, way = :way, writer = :writer, saved_at = :now,
  version = version + 1
WHERE id = :id;

-- What stands in the draft goes beside it.
-- draft_older_keep(draft: int) -> none
INSERT INTO draft_older (draft_id, writer, text, cc, bcc, options, answers, saved_at)
SELECT id, writer, text, cc, bcc, options, answers, saved_at FROM draft WHERE id = :draft
ON CONFLICT (draft_id, writer) DO UPDATE
SET text = excluded.text, cc = excluded.cc, bcc = excluded.bcc, options = excluded.options, answers = excluded.answers,
  saved_at = excluded.saved_at;

-- draft_older_delete_of(draft: int, writer: text) -> none
DELETE FROM draft_older WHERE draft_id = :draft AND writer = :writer;

-- draft_older_delete(id: int, draft: int) -> none
DELETE FROM draft_older WHERE id = :id AND draft_id = :draft;

-- The writer sent or kept something here after what they had before them.
-- draft_was_sent(staff: int, number: int, kind: int, after: int) -> optional int
SELECT id FROM message WHERE conversation_id = :number AND id > :after AND staff_id = :staff AND kind = :kind LIMIT 1;

-- draft_attachment_insert(draft: int, name: text, type: text, size: int, hash: bytes) -> one int
INSERT INTO draft_attachment (draft_id, name, type, size, hash) VALUES (:draft, :name, :type, :size, :hash) RETURNING id;

-- draft_attachment_delete(id: int) -> none
DELETE FROM draft_attachment WHERE id = :id;

-- draft_delete_attachments(staff: int, number: int, kind: int) -> none
DELETE FROM draft_attachment
WHERE draft_id IN (SELECT id FROM draft WHERE staff_id = :staff AND conversation_id = :number AND kind = :kind);

-- draft_delete_older(staff: int, number: int, kind: int) -> none
DELETE FROM draft_older
WHERE draft_id IN (SELECT id FROM draft WHERE staff_id = :staff AND conversation_id = :number AND kind = :kind);

-- draft_delete(staff: int, number: int, kind: int) -> none
DELETE FROM draft WHERE staff_id = :staff AND conversation_id = :number AND kind = :kind;

-- draft_take_attachments(draft: int, message: int) -> none
INSERT INTO draft_attachment (draft_id, name, type, size, hash)
SELECT :draft, name, type, size, hash FROM attachment WHERE message_id = :message ORDER BY id;

-- A merge: what somebody was about to write goes along. Who has a draft in both gets one, first what stood in the survivor.
-- draft_unite_texts(from: int, into: int, gap: text, line: text) -> none
UPDATE draft
SET text = CASE WHEN draft.text = '' THEN other.text WHEN other.text = '' THEN draft.text ELSE draft.text || :gap || other.text END,
  cc = CASE WHEN draft.cc = '' THEN other.cc WHEN other.cc IN ('', draft.cc) THEN draft.cc ELSE draft.cc || ', ' || other.cc END,
  bcc = CASE WHEN draft.bcc = '' THEN other.bcc WHEN other.bcc IN ('', draft.bcc) THEN draft.bcc ELSE draft.bcc || ', ' || other.bcc END,
  options = CASE WHEN draft.options = '' THEN other.options WHEN other.options IN ('', draft.options) THEN draft.options
    ELSE draft.options || :line || other.options END,
  answers = CASE WHEN draft.answers = 0 THEN other.answers ELSE draft.answers END,
  version = draft.version + 1, writer = ''
FROM draft AS other
WHERE draft.conversation_id = :into AND other.conversation_id = :from AND other.staff_id = draft.staff_id AND other.kind = draft.kind;

-- draft_unite_files(from: int, into: int) -> none
UPDATE draft_attachment SET draft_id = mine.id
FROM draft AS theirs JOIN draft AS mine ON mine.staff_id = theirs.staff_id AND mine.kind = theirs.kind
WHERE draft_attachment.draft_id = theirs.id AND theirs.conversation_id = :from AND mine.conversation_id = :into;

-- draft_unite_older(from: int, into: int) -> none
INSERT INTO draft_older (draft_id, writer, text, cc, bcc, options, answers, saved_at)
SELECT mine.id, o.writer, o.text, o.cc, o.bcc, o.options, o.answers, o.saved_at
FROM draft AS theirs JOIN draft AS mine ON mine.staff_id = theirs.staff_id AND mine.kind = theirs.kind
  JOIN draft_older o ON o.draft_id = theirs.id
WHERE theirs.conversation_id = :from AND mine.conversation_id = :into
ON CONFLICT (draft_id, writer) DO NOTHING;

-- draft_delete_united_older(from: int, into: int) -> none
DELETE FROM draft_older
WHERE draft_id IN (
  SELECT theirs.id FROM draft AS theirs JOIN draft AS mine ON mine.staff_id = theirs.staff_id AND mine.kind = theirs.kind
  WHERE theirs.conversation_id = :from AND mine.conversation_id = :into);

-- draft_delete_united(from: int, into: int) -> none
DELETE FROM draft
WHERE conversation_id = :from
  AND EXISTS (SELECT 1 FROM draft other
    WHERE other.conversation_id = :into AND other.staff_id = draft.staff_id AND other.kind = draft.kind);

-- draft_move(from: int, into: int) -> none
UPDATE draft SET conversation_id = :into WHERE conversation_id = :from;
