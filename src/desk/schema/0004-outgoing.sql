-- What leaves the house: to whom each mail goes and how it went, answers that may still be taken back, drafts, and the words of
-- automatic mail.

ALTER TABLE staff ADD COLUMN signature TEXT NOT NULL DEFAULT ''; -- above the mailbox's, below what they write

ALTER TABLE mailbox ADD COLUMN sender TEXT NOT NULL DEFAULT ''; -- the name in From, "{{first}} at Godwit Cycles"; '': name and mailbox
ALTER TABLE mailbox ADD COLUMN language TEXT NOT NULL DEFAULT 'en'; -- of automatic mail, when the customer's is not known
ALTER TABLE mailbox ADD COLUMN zone TEXT NOT NULL DEFAULT ''; -- "Europe/Dublin"; '': the machine's
ALTER TABLE mailbox ADD COLUMN closes_at {int} NOT NULL DEFAULT 1020; -- minutes after midnight on working days

ALTER TABLE outbox ADD COLUMN held_until {int} NOT NULL DEFAULT 0; -- it can be taken back before; 0: never
ALTER TABLE outbox ADD COLUMN waiting_before {int}; -- what the answer changed: the customer waited since
ALTER TABLE outbox ADD COLUMN took_it {int} NOT NULL DEFAULT 0; -- it had been with nobody
ALTER TABLE outbox ADD COLUMN solved_it {int} NOT NULL DEFAULT 0; -- it had been open

CREATE TABLE delivery ( -- one recipient of a mail of ours
  message_id {int} NOT NULL REFERENCES message (id),
  place {int} NOT NULL,
  role {int} NOT NULL, -- RecipientRole
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  state {int} NOT NULL, -- DeliveryState
  answer TEXT NOT NULL, -- the mail server's last words about it
  joined {int} NOT NULL DEFAULT 0, -- this mail let them take part in the conversation
  PRIMARY KEY (message_id, place)
) {strict};
INSERT INTO delivery (message_id, place, role, address, name, state, answer) -- until now a mail had one recipient
SELECT o.message_id, 0, 0, o.recipients, '',
  CASE WHEN o.state = 3 THEN 2 WHEN o.state <> 2 THEN 0 WHEN m.state = 4 THEN 3 ELSE 1 END, o.last_answer
FROM outbox o JOIN message m ON m.id = o.message_id;

CREATE TABLE draft ( -- an answer that was not sent: taken back, or refused before it went out
  id {id},
  staff_id {int} NOT NULL REFERENCES staff (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  text TEXT NOT NULL,
  cc TEXT NOT NULL, -- as a person writes them, with commas between
  bcc TEXT NOT NULL,
  made_at {int} NOT NULL,
  UNIQUE (staff_id, conversation_id)
) {strict};
CREATE INDEX draft_of_conversation ON draft (conversation_id);

CREATE TABLE draft_attachment (
  id {id},
  draft_id {int} NOT NULL REFERENCES draft (id),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size {int} NOT NULL,
  hash {bytes} NOT NULL REFERENCES blob (hash)
) {strict};
CREATE INDEX draft_attachment_of ON draft_attachment (draft_id, id);

CREATE TABLE template ( -- words of automatic mail that an administrator wrote in place of the program's
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  mailbox_id {int} NOT NULL, -- 0: all that have none of their own
  text TEXT NOT NULL, -- "Subject: …", an empty line, the words
  changed_at {int} NOT NULL,
  PRIMARY KEY (name, language, mailbox_id)
) {strict};
