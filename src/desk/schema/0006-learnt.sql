-- Readings that people judged, and what the desk learnt from it. What the engine read stays as it was in reading.detail; the columns of
-- `reading` hold what counts now, which is a person's word where there is one.

ALTER TABLE reading ADD COLUMN judged {int} NOT NULL DEFAULT 0; -- bit 1 << CorrectionKind: a person has spoken

CREATE TABLE correction ( -- one person's judgement of one kind; the newest about a kind of a message counts
  id {id},
  message_id {int} NOT NULL REFERENCES message (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  kind {int} NOT NULL, -- CorrectionKind
  read_value {int} NOT NULL, -- what the engine had said: Emotion, Behaviour or Need
  value {int} NOT NULL, -- what counts from then on; the same when they agree
  standing {int} NOT NULL, -- whose value that is: 0 this person's; 1 another's, 2 the engine's, since this person took theirs back
  engine TEXT NOT NULL, -- which engine had read it
  made_at {int} NOT NULL
) {strict};
CREATE INDEX correction_of_message ON correction (message_id, kind, id);
CREATE INDEX correction_of_kind ON correction (kind, id);

CREATE TABLE learnt ( -- what was learnt from the corrections so far; the newest row is used
  id {id},
  made_at {int} NOT NULL,
  up_to {int} NOT NULL UNIQUE, -- the newest correction it knows
  corrections {int} NOT NULL, -- how many it was learnt from
  delta {bytes} NOT NULL -- see insight_delta_pack
) {strict};

CREATE TABLE learnt_accuracy ( -- on the tenth that was held out of learning
  learnt_id {int} NOT NULL REFERENCES learnt (id),
  kind {int} NOT NULL,
  held_out {int} NOT NULL,
  right_before {int} NOT NULL, -- the engine as it was shipped
  right_after {int} NOT NULL, -- with what the desk taught it
  PRIMARY KEY (learnt_id, kind)
) {strict};

ALTER TABLE conversation ADD COLUMN is_upset {int} NOT NULL DEFAULT 0; -- the customer's latest message: see conversation/stand.c
UPDATE conversation SET is_upset = 1 WHERE is_read = 1 AND (behaviour >= 2 OR (behaviour = 1 AND (intensity >= 2 OR valence <= -0.4)));
INSERT INTO tally (name, count) SELECT 'upset', COUNT(*) FROM conversation WHERE state = 0 AND is_upset = 1;
CREATE INDEX conversation_upset ON conversation (queue_key, id) WHERE is_upset = 1 AND state = 0;
