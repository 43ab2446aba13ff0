-- A draft holds everything of its form: the options that go out with an answer, and which way its writer pressed to send it.
-- Numbers of enums are those of the C enums named beside them and never change.

ALTER TABLE draft ADD COLUMN options TEXT NOT NULL DEFAULT ''; -- one a line
ALTER TABLE draft ADD COLUMN answers {int} NOT NULL DEFAULT 0; -- OfferKind: what it is to a complaint
ALTER TABLE draft ADD COLUMN way {int} NOT NULL DEFAULT 0; -- DraftWay

ALTER TABLE draft_older ADD COLUMN cc TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_older ADD COLUMN bcc TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_older ADD COLUMN options TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_older ADD COLUMN answers {int} NOT NULL DEFAULT 0;

-- What was taken back stood with the offer until now: five options at most, and the latest of them counts.
UPDATE draft
SET answers = (
    SELECT o.kind FROM offer o
    WHERE o.conversation_id = draft.conversation_id AND o.staff_id = draft.staff_id AND o.state = 5
    ORDER BY o.id DESC LIMIT 1),
  options = (
    SELECT COALESCE((SELECT p.title || '
' FROM offer_option p WHERE p.offer_id = o.id AND p.place = 1), '') || COALESCE((SELECT p.title || '
' FROM offer_option p WHERE p.offer_id = o.id AND p.place = 2), '') || COALESCE((SELECT p.title || '
' FROM offer_option p WHERE p.offer_id = o.id AND p.place = 3), '') || COALESCE((SELECT p.title || '
' FROM offer_option p WHERE p.offer_id = o.id AND p.place = 4), '') || COALESCE((SELECT p.title || '
' FROM offer_option p WHERE p.offer_id = o.id AND p.place = 5), '')
    FROM offer o
    WHERE o.conversation_id = draft.conversation_id AND o.staff_id = draft.staff_id AND o.state = 5
    ORDER BY o.id DESC LIMIT 1)
WHERE kind = 0 AND EXISTS (
  SELECT 1 FROM offer o WHERE o.conversation_id = draft.conversation_id AND o.staff_id = draft.staff_id AND o.state = 5);
