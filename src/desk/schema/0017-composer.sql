-- Drafts of answers and of notes apart, saved at each pause. SQLite cannot take a UNIQUE away, so the tables are made anew.

CREATE TABLE draft_new ( -- what somebody writes and has not sent
  id {id},
  staff_id {int} NOT NULL REFERENCES staff (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  kind {int} NOT NULL, -- DraftKind
  text TEXT NOT NULL,
  cc TEXT NOT NULL, -- as a person writes them, with commas between
  bcc TEXT NOT NULL,
  version {int} NOT NULL, -- counts the savings; who saves says which one they had before them
  writer TEXT NOT NULL, -- the open page that saved it last; '' when that is not known
  saved_at {int} NOT NULL,
  UNIQUE (staff_id, conversation_id, kind)
) {strict};
INSERT INTO draft_new (staff_id, conversation_id, kind, text, cc, bcc, version, writer, saved_at)
SELECT staff_id, conversation_id, 0, text, cc, bcc, 1, '', made_at FROM draft;

CREATE TABLE draft_attachment_new (
  id {id},
  draft_id {int} NOT NULL REFERENCES draft_new (id),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size {int} NOT NULL,
  hash {bytes} NOT NULL REFERENCES blob (hash)
) {strict};
INSERT INTO draft_attachment_new (draft_id, name, type, size, hash)
SELECT n.id, a.name, a.type, a.size, a.hash
FROM draft_attachment a JOIN draft d ON d.id = a.draft_id
  JOIN draft_new n ON n.staff_id = d.staff_id AND n.conversation_id = d.conversation_id
ORDER BY a.id;

DROP TABLE draft_attachment;
DROP TABLE draft;
ALTER TABLE draft_new RENAME TO draft;
ALTER TABLE draft_attachment_new RENAME TO draft_attachment;
CREATE INDEX draft_of_conversation ON draft (conversation_id);
CREATE INDEX draft_attachment_of ON draft_attachment (draft_id, id);

CREATE TABLE draft_older ( -- what another page of the same person had written when this one saved over it
  id {id},
  draft_id {int} NOT NULL REFERENCES draft (id),
  writer TEXT NOT NULL,
  text TEXT NOT NULL,
  saved_at {int} NOT NULL,
  UNIQUE (draft_id, writer)
) {strict};
