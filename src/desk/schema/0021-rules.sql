-- What the desk tells its people, and what it does by itself.

CREATE TABLE notice ( -- one thing that one of the staff is told; pruned by age
  id {id},
  staff_id {int} NOT NULL REFERENCES staff (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  kind {int} NOT NULL, -- NoticeKind
  made_at {int} NOT NULL,
  actor_id {int} REFERENCES staff (id), -- who did it; NULL: the customer, or the desk
  message_id {int} REFERENCES message (id), -- what was written; NULL: nothing
  detail TEXT NOT NULL, -- in a few words, of the kind
  words TEXT NOT NULL, -- for mail alone: all that is to be said
  ways {int} NOT NULL, -- bits of NoticeWay by which they hear of it
  seen_at {int}, -- in the desk
  mail_at {int} -- it goes by mail then, unless it was seen; NULL: it does not, or has gone
) {strict};
CREATE INDEX notice_of ON notice (staff_id, id);
CREATE INDEX notice_unseen ON notice (staff_id, conversation_id) WHERE seen_at IS NULL;
CREATE INDEX notice_to_mail ON notice (mail_at, staff_id) WHERE mail_at IS NOT NULL;
CREATE INDEX notice_mailing ON notice (staff_id, mail_at) WHERE mail_at IS NOT NULL;
CREATE INDEX notice_age ON notice (made_at);

-- Which kinds, as bits of 1 << NoticeKind. By default: all but what is with nobody; what needs me; approvals.
ALTER TABLE staff ADD COLUMN notices_desk {int} NOT NULL DEFAULT 4091;
ALTER TABLE staff ADD COLUMN notices_browser {int} NOT NULL DEFAULT 3747;
ALTER TABLE staff ADD COLUMN notices_mail {int} NOT NULL DEFAULT 512;
ALTER TABLE staff ADD COLUMN notice_hours {int} NOT NULL DEFAULT 0; -- NoticeHours
ALTER TABLE staff ADD COLUMN notice_days {int} NOT NULL DEFAULT 31; -- own hours: bits, Monday is 1
ALTER TABLE staff ADD COLUMN notice_from {int} NOT NULL DEFAULT 540; -- minutes after midnight
ALTER TABLE staff ADD COLUMN notice_until {int} NOT NULL DEFAULT 1020;
UPDATE staff SET notices_mail = 512 + 1024 + 32 + 8 + 2 WHERE mails = 1;
UPDATE staff SET notices_mail = 512 + 1024 + 32 + 8 + 4 + 2, notices_desk = 4095 WHERE mails = 2;
ALTER TABLE staff DROP COLUMN mails;

CREATE TABLE rule ( -- when something happens, and if, then the desk does something
  id {id},
  place {int} NOT NULL, -- they are gone through in this order
  name TEXT NOT NULL,
  is_on {int} NOT NULL,
  moments {int} NOT NULL, -- bits of 1 << RuleMoment
  amount {int} NOT NULL, -- of a moment that waits: business minutes, or days
  is_any {int} NOT NULL, -- one condition is enough
  conditions TEXT NOT NULL, -- a line each: "subject contains refund"
  actions TEXT NOT NULL, -- a line each: "priority high"
  up_to {int} NOT NULL, -- of a moment that waits: who began to wait by then has been looked at,
  up_to_number {int} NOT NULL, -- of that very moment up to this conversation
  is_gone {int} NOT NULL, -- removed; its log stays
  made_by {int} REFERENCES staff (id),
  changed_at {int} NOT NULL
) {strict};
CREATE INDEX rule_order ON rule (is_gone, place, id);

CREATE TABLE rule_book ( -- one row: tells every process that the rules have changed
  id {int} PRIMARY KEY CHECK (id = 1),
  version {int} NOT NULL
) {strict};
INSERT INTO rule_book (id, version) VALUES (1, 1);

CREATE TABLE rule_firing ( -- the log; pruned by age
  id {id},
  rule_id {int} NOT NULL REFERENCES rule (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  fired_at {int} NOT NULL,
  moment {int} NOT NULL, -- RuleMoment
  outcome TEXT NOT NULL -- what it did, and what it could not do, in a sentence
) {strict};
CREATE INDEX rule_firing_of ON rule_firing (rule_id, id);
CREATE INDEX rule_firing_in ON rule_firing (conversation_id, id);
CREATE INDEX rule_firing_age ON rule_firing (fired_at);

CREATE INDEX conversation_waiting ON conversation (waiting_since, id) WHERE waiting_since IS NOT NULL AND state = 0;
CREATE INDEX conversation_untouched ON conversation (last_message_at, id) WHERE state = 0;

-- What made a complaint of a conversation by itself is a rule like any other.
INSERT INTO rule (place, name, is_on, moments, amount, is_any, conditions, actions, up_to, up_to_number, is_gone, made_by, changed_at)
SELECT c.id, CASE c.kind WHEN 0 THEN 'Complaint: it came to ' || c.value WHEN 1 THEN 'Complaint: ' || c.value ELSE 'Complaint: it reads as ' || c.value END,
  1, 3, 0, 0,
  CASE c.kind WHEN 0 THEN 'mailbox is ' || m.id WHEN 1 THEN 'text has ' || REPLACE(c.value, '\', '\\') ELSE 'behaviour least ' || c.value END,
  'complaint - ', 0, 0, 0, c.made_by, c.made_at
FROM complaint_rule c
LEFT JOIN mailbox m ON m.address_key = c.value
WHERE c.kind <> 0 OR m.id IS NOT NULL;
DROP TABLE complaint_rule;
