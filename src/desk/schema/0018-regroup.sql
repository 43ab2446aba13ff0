-- Conversations that are taken apart and put together: what a merge changed, so that it can be undone; messages that were moved by hand;
-- links; fields that a desk has of its own; what was done to many at once.

ALTER TABLE message ADD COLUMN moved_from {int}; -- where somebody took it out of: answers to it come to where it is now

CREATE TABLE conversation_merge ( -- how both stood before, and how the one stood then
  id {id},
  from_number {int} NOT NULL REFERENCES conversation (id),
  into_number {int} NOT NULL REFERENCES conversation (id),
  staff_id {int} REFERENCES staff (id),
  made_at {int} NOT NULL,
  from_state {int} NOT NULL,
  from_assignee {int},
  from_team {int},
  from_priority {int} NOT NULL,
  from_snoozed {int},
  from_waiting {int},
  from_solved {int},
  into_state {int} NOT NULL,
  into_assignee {int},
  into_team {int},
  into_priority {int} NOT NULL,
  into_snoozed {int},
  into_waiting {int},
  into_solved {int},
  had_complaint {int} NOT NULL, -- the one that took it carried a complaint of its own
  complaint_news {int} NOT NULL, -- the other one's had news
  undone_at {int}
) {strict};
CREATE INDEX conversation_merge_of ON conversation_merge (from_number, id);

CREATE TABLE conversation_merge_part ( -- what the one has of the other since
  merge_id {int} NOT NULL REFERENCES conversation_merge (id),
  kind {int} NOT NULL, -- MergePart
  part_id {int} NOT NULL, -- 0 for a participant
  part_key TEXT NOT NULL, -- of a participant; '' otherwise
  PRIMARY KEY (merge_id, kind, part_id, part_key)
) {strict};

CREATE TABLE conversation_link (
  low {int} NOT NULL REFERENCES conversation (id), -- the smaller number
  high {int} NOT NULL REFERENCES conversation (id),
  staff_id {int} REFERENCES staff (id),
  made_at {int} NOT NULL,
  PRIMARY KEY (low, high)
) {strict};
CREATE INDEX conversation_link_of ON conversation_link (high, low);

CREATE TABLE field (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE, -- folded
  kind {int} NOT NULL, -- FieldKind; it never changes
  choices TEXT NOT NULL, -- a line each
  place {int} NOT NULL, -- their order, ascending
  is_active {int} NOT NULL DEFAULT 1,
  made_at {int} NOT NULL
) {strict};

CREATE TABLE field_value ( -- as desk/field/field.c writes it: what is empty has no row
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  field_id {int} NOT NULL REFERENCES field (id),
  value TEXT NOT NULL,
  PRIMARY KEY (conversation_id, field_id)
) {strict};
CREATE INDEX field_value_of ON field_value (field_id, value, conversation_id);

CREATE TABLE batch ( -- one thing done to many conversations
  id {id},
  staff_id {int} NOT NULL REFERENCES staff (id),
  kind {int} NOT NULL, -- BulkKind
  value {int} NOT NULL,
  label TEXT NOT NULL, -- what was done, for people: "to Jonas Feld"
  made_at {int} NOT NULL,
  undone_at {int}
) {strict};
CREATE INDEX batch_of ON batch (staff_id, id);

CREATE TABLE batch_item ( -- how each stood before, and what to look for when it is put back
  batch_id {int} NOT NULL REFERENCES batch (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  problem TEXT NOT NULL, -- why nothing was done to it; ''
  is_change {int} NOT NULL,
  was_assignee {int},
  was_team {int},
  was_priority {int} NOT NULL,
  was_snoozed {int},
  was_woke {int},
  was_waiting {int},
  became_assignee {int},
  became_solved {int},
  PRIMARY KEY (batch_id, conversation_id)
) {strict};
