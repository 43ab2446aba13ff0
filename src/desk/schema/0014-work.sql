-- How work is shared out: teams, priorities, what sleeps until later, labels, who follows and who was called.

CREATE TABLE team (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE, -- folded
  takes_turns {int} NOT NULL DEFAULT 0, -- new conversations go to its members in turn, as far as each has room
  is_active {int} NOT NULL DEFAULT 1,
  made_at {int} NOT NULL
) {strict};

CREATE TABLE team_member (
  team_id {int} NOT NULL REFERENCES team (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  last_turn_at {int} NOT NULL DEFAULT 0, -- when it was their turn last
  PRIMARY KEY (team_id, staff_id)
) {strict};
CREATE INDEX team_member_of ON team_member (staff_id);

ALTER TABLE staff ADD COLUMN capacity {int} NOT NULL DEFAULT 0; -- open conversations that turns give at most; 0: no bound
ALTER TABLE staff ADD COLUMN is_away {int} NOT NULL DEFAULT 0; -- turns pass them by

ALTER TABLE mailbox ADD COLUMN team_id {int} REFERENCES team (id); -- where its new conversations go; NULL: to nobody yet

ALTER TABLE conversation ADD COLUMN team_id {int} REFERENCES team (id);
ALTER TABLE conversation ADD COLUMN priority {int} NOT NULL DEFAULT 1; -- Priority: low, normal, high, urgent
ALTER TABLE conversation ADD COLUMN snoozed_until {int}; -- it is open, and in no queue before then
ALTER TABLE conversation ADD COLUMN woke_at {int}; -- it came back from being snoozed, and nobody has dealt with it since
CREATE INDEX conversation_queue_of_team ON conversation (team_id, state, queue_key, id);
CREATE INDEX conversation_snoozed ON conversation (snoozed_until, id) WHERE snoozed_until IS NOT NULL;

CREATE TABLE tag (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE, -- folded
  is_active {int} NOT NULL DEFAULT 1,
  made_at {int} NOT NULL
) {strict};

CREATE TABLE conversation_tag (
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  tag_id {int} NOT NULL REFERENCES tag (id),
  PRIMARY KEY (conversation_id, tag_id)
) {strict};
CREATE INDEX conversation_tag_of ON conversation_tag (tag_id, conversation_id);

CREATE TABLE follow ( -- who hears of a conversation that is not theirs
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  PRIMARY KEY (conversation_id, staff_id)
) {strict};
CREATE INDEX follow_of ON follow (staff_id, conversation_id);

CREATE TABLE mention ( -- "@Mira" in a note
  message_id {int} NOT NULL REFERENCES message (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  made_at {int} NOT NULL,
  seen_at {int}, -- when they opened the conversation after that
  PRIMARY KEY (message_id, staff_id)
) {strict};
CREATE INDEX mention_of ON mention (staff_id, message_id);
CREATE INDEX mention_unseen ON mention (staff_id, conversation_id) WHERE seen_at IS NULL;
