-- The complaint: the record that a conversation carries once it expresses dissatisfaction, its steps with their evidence, its clocks,
-- what went wrong, what was promised. Numbers of enums are those of the C enums named beside them and never change.

CREATE TABLE complaint (
  conversation_id {int} PRIMARY KEY REFERENCES conversation (id),
  stage {int} NOT NULL, -- ComplaintStage
  origin {int} NOT NULL, -- ComplaintOrigin
  received_at {int} NOT NULL, -- when the customer's words reached us: both clocks start here
  made_at {int} NOT NULL, -- when it was seen to be one
  owner_id {int} REFERENCES staff (id), -- whose turn it is here; NULL: the supervisors'
  severity {int} NOT NULL, -- ComplaintSeverity
  is_safety {int} NOT NULL, -- somebody may come to harm
  about TEXT NOT NULL, -- the product or service
  seeks TEXT NOT NULL, -- what they seek, in a few words
  present TEXT NOT NULL, -- the gap: where they are,
  desired TEXT NOT NULL, -- and where they want to be
  gap_by {int} REFERENCES staff (id), -- who confirmed it; NULL: proposed only, or nothing
  gap_at {int},
  profile {int} NOT NULL, -- LegalProfile: which rules its legal clock follows; what was chosen when it was received
  attempts_before {int}, -- how often they say they tried before; NULL: nobody asked yet
  channels_before {int} NOT NULL, -- bits of EffortChannel: ways they tried
  outside TEXT NOT NULL, -- the outside routes that a refusal named
  settled_at {int}, -- agreed or refused
  closed_at {int},
  has_news {int} NOT NULL, -- the customer wrote after it was closed, and nobody has said what that means
  next_due_at {int}, -- the earliest deadline that is still running; NULL: none
  merged_into {int} REFERENCES complaint (conversation_id), -- it goes on in that one; this one is closed and in no list
  queue_key {int} NOT NULL -- the order of the register's open part, see complaint/keep.c
) {strict};
CREATE INDEX complaint_queue ON complaint (stage, queue_key, conversation_id);
CREATE INDEX complaint_order ON complaint (queue_key, conversation_id);
CREATE INDEX complaint_register ON complaint (received_at, conversation_id);
CREATE INDEX complaint_of_owner ON complaint (COALESCE(owner_id, 0), queue_key, conversation_id);
CREATE INDEX complaint_merged ON complaint (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX complaint_due ON complaint (next_due_at) WHERE next_due_at IS NOT NULL;

CREATE TABLE complaint_step ( -- what happened to it, in order; never changed, never deleted
  id {id},
  conversation_id {int} NOT NULL REFERENCES complaint (conversation_id),
  event {int} NOT NULL, -- ComplaintEvent
  stage_before {int} NOT NULL,
  stage_after {int} NOT NULL,
  happened_at {int} NOT NULL,
  staff_id {int} REFERENCES staff (id), -- NULL: the desk itself, or the customer
  by_customer {int} NOT NULL,
  message_id {int} REFERENCES message (id), -- the evidence
  detail TEXT NOT NULL
) {strict};
CREATE INDEX complaint_step_of ON complaint_step (conversation_id, id);

CREATE TABLE complaint_denied ( -- somebody said that this conversation is no complaint, so that nobody is asked again
  conversation_id {int} PRIMARY KEY REFERENCES conversation (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL
) {strict};

CREATE TABLE complaint_clock ( -- one row a deadline
  conversation_id {int} NOT NULL REFERENCES complaint (conversation_id),
  kind {int} NOT NULL, -- DeadlineKind
  is_legal {int} NOT NULL,
  starts_at {int} NOT NULL,
  due_at {int} NOT NULL,
  met_at {int},
  arithmetic TEXT NOT NULL, -- how it was worked out, in sentences
  PRIMARY KEY (conversation_id, kind)
) {strict};

CREATE TABLE complaint_reason ( -- what went wrong in the handling, in the customer's eyes
  conversation_id {int} NOT NULL REFERENCES complaint (conversation_id),
  reason {int} NOT NULL, -- Reason, or REASON_COUNT: other
  feeling {int}, -- Emotion: how it felt to them; NULL: not said
  source {int} NOT NULL, -- ReasonSource
  note TEXT NOT NULL,
  staff_id {int} REFERENCES staff (id),
  made_at {int} NOT NULL,
  PRIMARY KEY (conversation_id, reason)
) {strict};

CREATE TABLE promise ( -- a follow-up: by when, what, and whether it was kept
  id {id},
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL,
  due_at {int} NOT NULL,
  words TEXT NOT NULL,
  state {int} NOT NULL, -- PromiseState
  settled_at {int},
  settled_by {int} REFERENCES staff (id),
  result TEXT NOT NULL
) {strict};
CREATE INDEX promise_due ON promise (state, due_at, id);
CREATE INDEX promise_of ON promise (conversation_id, id);

CREATE TABLE complaint_rule ( -- what makes a complaint of a conversation without anybody pressing a key
  id {id},
  kind {int} NOT NULL, -- ComplaintRuleKind
  value TEXT NOT NULL, -- an address of ours, words, or a behaviour
  made_by {int} REFERENCES staff (id),
  made_at {int} NOT NULL,
  UNIQUE (kind, value)
) {strict};

CREATE VIEW complaint_listed AS -- a row of the register, by the names of the fields of ComplaintRow
SELECT c.conversation_id AS "complaint.number", c.stage AS "complaint.stage", c.origin AS "complaint.origin",
  c.received_at AS "complaint.received_at", c.made_at AS "complaint.made_at", c.settled_at AS "complaint.settled_at",
  c.closed_at AS "complaint.closed_at", c.next_due_at AS "complaint.next_due_at", COALESCE(c.owner_id, 0) AS "complaint.owner_id",
  s.name AS "complaint.owner_name", c.severity AS "complaint.severity", c.is_safety AS "complaint.is_safety",
  c.has_news AS "complaint.has_news", c.about AS "complaint.about", c.seeks AS "complaint.seeks", c.present AS "complaint.present",
  c.desired AS "complaint.desired", c.outside AS "complaint.outside", c.gap_by AS "complaint.gap_by", c.gap_at AS "complaint.gap_at",
  c.profile AS "complaint.profile", COALESCE(c.attempts_before, -1) AS "complaint.attempts_before",
  c.channels_before AS "complaint.channels_before", c.merged_into AS "complaint.merged_into", c.queue_key,
  v.subject, v.customer_id, v.customer_name, v.customer_address, v.waiting_since, v.last_message_at, v.state, v.is_read, v.behaviour, v.emotion,
  p.due_at AS "facts.promise_due_at", p.words AS "facts.promise_words",
  CASE WHEN v.waiting_since IS NULL THEN 0 ELSE 1 END AS "facts.customer_waits"
FROM complaint c
JOIN conversation v ON v.id = c.conversation_id
LEFT JOIN staff s ON s.id = c.owner_id
LEFT JOIN promise p ON p.id = (SELECT q.id FROM promise q WHERE q.conversation_id = c.conversation_id AND q.state = 0 ORDER BY q.due_at, q.id LIMIT 1);
