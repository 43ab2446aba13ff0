-- What protects the people who answer: conduct cases with their incidents, measures, appeals and journal, mail that comes under a
-- restriction, and alerts about somebody's safety. Numbers of enums are those of the C enums named beside them and never change.
-- What two people at once could otherwise get around is a CHECK or a unique index here, whatever the program does.

CREATE TABLE boundary_case ( -- about one customer; at most one of theirs is open
  id {id},
  customer_id {int} NOT NULL REFERENCES customer (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id), -- where it began, and where its letters go out
  stage {int} NOT NULL, -- BoundaryStage
  opened_by {int} NOT NULL REFERENCES staff (id),
  opened_at {int} NOT NULL,
  closed_at {int} NOT NULL -- 0: it is open
) {strict};
CREATE UNIQUE INDEX boundary_case_open ON boundary_case (customer_id) WHERE stage <> 5;
CREATE INDEX boundary_case_listed ON boundary_case (closed_at, id);
CREATE INDEX boundary_case_of ON boundary_case (customer_id, id);

CREATE TABLE boundary_incident ( -- what a person saw, and says that it was conduct that nobody has to take
  id {id},
  case_id {int} NOT NULL REFERENCES boundary_case (id),
  message_id {int} NOT NULL REFERENCES message (id),
  level {int} NOT NULL, -- IncidentLevel
  start_at {int} NOT NULL, -- of the words, in bytes of the message
  end_at {int} NOT NULL,
  quote TEXT NOT NULL, -- those words, as they stood
  note TEXT NOT NULL,
  staff_id {int} NOT NULL REFERENCES staff (id), -- whose word it is
  made_at {int} NOT NULL,
  set_aside_by {int} REFERENCES staff (id), -- NULL: it stands
  set_aside_at {int} NOT NULL,
  set_aside_why TEXT NOT NULL,
  UNIQUE (message_id, staff_id, start_at, level) -- pressed twice
) {strict};
CREATE INDEX boundary_incident_of ON boundary_incident (case_id, id);

CREATE TABLE boundary_measure ( -- asked for by one person, decided by others
  id {id},
  case_id {int} NOT NULL REFERENCES boundary_case (id),
  kind {int} NOT NULL, -- MeasureKind
  state {int} NOT NULL, -- MeasureState
  reason TEXT NOT NULL,
  adjustment {int} NOT NULL, -- Adjustment: what came of asking whether they need things done differently
  adjustment_note TEXT NOT NULL,
  contact_id {int} REFERENCES staff (id), -- who alone answers them; NULL: the supervisors see to it
  subject TEXT NOT NULL, -- what it covers; "": everything they write about
  channels {int} NOT NULL, -- bits of BoundaryChannel: how they may reach us
  days {int} NOT NULL, -- bit 1 << weekday, Monday is 0; 0: any day
  from_minute {int} NOT NULL, -- after midnight
  to_minute {int} NOT NULL, -- 0: at any hour
  place TEXT NOT NULL, -- where; "": nowhere in particular
  outside TEXT NOT NULL, -- who looks at it that is not us
  still_open TEXT NOT NULL, -- what they can still do
  letter TEXT NOT NULL,
  ends_at {int} NOT NULL,
  review_at {int} NOT NULL,
  requested_by {int} NOT NULL REFERENCES staff (id),
  requested_at {int} NOT NULL,
  approved_by {int} REFERENCES staff (id),
  approved_at {int} NOT NULL,
  second_by {int} REFERENCES staff (id), -- of an end of contact
  second_at {int} NOT NULL,
  starts_at {int} NOT NULL, -- 0: it never held
  over_by {int} REFERENCES staff (id), -- who declined, withdrew or lifted it; NULL: it goes on, or time ended it
  over_at {int} NOT NULL,
  over_why TEXT NOT NULL,
  reviewed_by {int} REFERENCES staff (id),
  reviewed_at {int} NOT NULL,
  message_id {int} REFERENCES message (id), -- the letter; NULL: not sent, or there is no address
  told_at {int} NOT NULL, -- when a mail of theirs was last answered with how to be heard
  CHECK (approved_by IS NULL OR approved_by <> requested_by),
  CHECK (second_by IS NULL OR (approved_by IS NOT NULL AND second_by <> requested_by AND second_by <> approved_by)),
  CHECK (state <> 1 OR approved_by IS NOT NULL),
  CHECK (state <> 1 OR kind <> 3 OR second_by IS NOT NULL),
  CHECK (adjustment IN (1, 2) AND adjustment_note <> ''),
  CHECK (review_at > requested_at AND ends_at >= review_at AND ends_at <= requested_at + 31708800000000) -- 367 days
) {strict};
CREATE UNIQUE INDEX boundary_measure_asked ON boundary_measure (case_id) WHERE state = 0;
CREATE UNIQUE INDEX boundary_measure_holding ON boundary_measure (case_id) WHERE state = 1;
CREATE INDEX boundary_measure_of ON boundary_measure (case_id, id);
CREATE INDEX boundary_measure_waiting ON boundary_measure (requested_at, id) WHERE state = 0;
CREATE INDEX boundary_measure_ending ON boundary_measure (ends_at, id) WHERE state = 1;
CREATE INDEX boundary_measure_review ON boundary_measure (review_at, id) WHERE state = 1;

CREATE TABLE boundary_appeal ( -- who decides it had no part in what it is against
  id {id},
  measure_id {int} NOT NULL REFERENCES boundary_measure (id),
  way {int} NOT NULL, -- AppealWay
  words TEXT NOT NULL,
  message_id {int} REFERENCES message (id), -- the mail that says it
  noted_by {int} REFERENCES staff (id), -- NULL: the customer wrote it here
  made_at {int} NOT NULL,
  due_at {int} NOT NULL,
  state {int} NOT NULL, -- AppealState
  requested_by {int} NOT NULL REFERENCES staff (id), -- these three as in the measure
  approved_by {int} NOT NULL REFERENCES staff (id),
  second_by {int} REFERENCES staff (id),
  decided_by {int} REFERENCES staff (id),
  decided_at {int} NOT NULL,
  reason TEXT NOT NULL,
  CHECK (state = 0 OR decided_by IS NOT NULL),
  CHECK (decided_by IS NULL OR (decided_by <> requested_by AND decided_by <> approved_by)),
  CHECK (decided_by IS NULL OR second_by IS NULL OR decided_by <> second_by)
) {strict};
CREATE UNIQUE INDEX boundary_appeal_open ON boundary_appeal (measure_id) WHERE state = 0;
CREATE INDEX boundary_appeal_of ON boundary_appeal (measure_id, id);
CREATE INDEX boundary_appeal_due ON boundary_appeal (due_at, id) WHERE state = 0;

CREATE TABLE boundary_step ( -- what happened, in order; never changed, never deleted
  id {id},
  case_id {int} NOT NULL REFERENCES boundary_case (id),
  event {int} NOT NULL, -- BoundaryEvent
  stage_before {int} NOT NULL,
  stage_after {int} NOT NULL,
  happened_at {int} NOT NULL,
  staff_id {int} REFERENCES staff (id), -- NULL: the desk itself, or the customer
  by_customer {int} NOT NULL,
  detail TEXT NOT NULL
) {strict};
CREATE INDEX boundary_step_of ON boundary_step (case_id, id);

CREATE TABLE boundary_mail ( -- what came while a restriction held: somebody reads each of them
  message_id {int} PRIMARY KEY REFERENCES message (id),
  case_id {int} NOT NULL REFERENCES boundary_case (id),
  contact_id {int} REFERENCES staff (id), -- to whom it went; NULL: the supervisors' tray
  came_at {int} NOT NULL,
  finding {int} NOT NULL, -- MailFinding
  read_by {int} REFERENCES staff (id),
  read_at {int} NOT NULL
) {strict};
CREATE INDEX boundary_mail_unread ON boundary_mail (came_at, message_id) WHERE finding = 0;
CREATE INDEX boundary_mail_of ON boundary_mail (case_id, message_id);

CREATE TABLE safety_alert ( -- somebody may come to harm: one of us, or the person who wrote
  id {id},
  message_id {int} NOT NULL REFERENCES message (id),
  kind {int} NOT NULL, -- SafetyKind
  state {int} NOT NULL, -- SafetyState
  raised_by {int} REFERENCES staff (id), -- NULL: a reading
  raised_at {int} NOT NULL,
  taken_by {int} REFERENCES staff (id),
  taken_at {int} NOT NULL,
  closed_by {int} REFERENCES staff (id),
  closed_at {int} NOT NULL,
  outcome TEXT NOT NULL,
  UNIQUE (message_id, kind)
) {strict};
CREATE INDEX safety_alert_open ON safety_alert (id) WHERE state < 2;

CREATE TABLE safety_tick ( -- a step of the protocol, done
  alert_id {int} NOT NULL REFERENCES safety_alert (id),
  step TEXT NOT NULL, -- ProtocolStep.key
  staff_id {int} NOT NULL REFERENCES staff (id),
  done_at {int} NOT NULL,
  PRIMARY KEY (alert_id, step)
) {strict};

CREATE TABLE safety_evidence ( -- signed, and kept for good: nothing in the program changes or deletes a row
  id {id},
  alert_id {int} NOT NULL REFERENCES safety_alert (id),
  made_at {int} NOT NULL,
  hash {bytes} NOT NULL REFERENCES blob (hash), -- the bundle
  size {int} NOT NULL
) {strict};
CREATE INDEX safety_evidence_of ON safety_evidence (alert_id, id);

-- Messages that no rule of retention may delete: evidence rests on them.
CREATE VIEW message_held AS
SELECT i.message_id FROM boundary_incident i WHERE i.set_aside_by IS NULL
UNION SELECT b.message_id FROM boundary_mail b
UNION SELECT a.message_id FROM safety_alert a;
