-- What guides an answer: protocols and scripts with their versions, how conversations went after a script was used, what a person
-- keeps for themselves before and after a conversation, and messages that did not come by mail.

CREATE TABLE guide ( -- a protocol or a script; what it says stands in its versions
  id {id},
  kind {int} NOT NULL, -- GuideKind
  word TEXT NOT NULL, -- in addresses: "saying-no"
  version {int} NOT NULL, -- the one that counts
  title TEXT NOT NULL, -- this and what follows: of that version
  sort_key TEXT NOT NULL, -- the title, folded
  behaviour {int} NOT NULL, -- Behaviour; 4: for no certain one
  need {int} NOT NULL, -- Need; 4: for no certain one
  situation TEXT NOT NULL, -- ''
  is_retired {int} NOT NULL,
  search TEXT NOT NULL, -- title, situation and words, folded
  UNIQUE (kind, word)
) {strict};
CREATE INDEX guide_sorted ON guide (kind, is_retired, sort_key, id);

CREATE TABLE guide_version (
  guide_id {int} NOT NULL REFERENCES guide (id),
  version {int} NOT NULL,
  content TEXT NOT NULL, -- see desk/protocol/guide.h
  is_retired {int} NOT NULL,
  restored {int} NOT NULL, -- the version it brought back; 0: none
  staff_id {int} REFERENCES staff (id), -- NULL: it came with the program
  made_at {int} NOT NULL,
  -- Of a script, how it went after it was used. Of all who used it together, so that nobody can be ranked by it.
  uses {int} NOT NULL DEFAULT 0, -- answers that were sent with it
  heard {int} NOT NULL DEFAULT 0, -- after which the customer wrote again, both readings known
  sum_before {real} NOT NULL DEFAULT 0, -- valence
  sum_after {real} NOT NULL DEFAULT 0,
  sum_squares {real} NOT NULL DEFAULT 0, -- of after minus before
  PRIMARY KEY (guide_id, version)
) {strict};

CREATE TABLE script_use (
  id {id},
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  guide_id {int} NOT NULL,
  version {int} NOT NULL,
  staff_id {int} REFERENCES staff (id), -- only until the answer is sent: to find their draft again
  message_id {int} REFERENCES message (id), -- the answer; NULL until it is sent
  before {real}, -- valence of the customer's latest message then; NULL when it was not read
  heard_id {int} REFERENCES message (id), -- the customer's next message
  used_at {int} NOT NULL,
  FOREIGN KEY (guide_id, version) REFERENCES guide_version (guide_id, version)
) {strict};
CREATE INDEX script_use_of_conversation ON script_use (conversation_id);
CREATE INDEX script_use_of_message ON script_use (message_id);

CREATE TABLE protocol_choice ( -- an agent took another protocol than the reading says; until the customer writes again
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  guide_id {int} NOT NULL REFERENCES guide (id),
  message_id {int} NOT NULL, -- the customer's latest then; 0: none
  PRIMARY KEY (conversation_id, staff_id)
) {strict};

CREATE TABLE reflection ( -- its writer's alone: no statement reads a row without naming them
  id {id},
  staff_id {int} NOT NULL REFERENCES staff (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  moment {int} NOT NULL, -- ReflectionMoment
  first TEXT NOT NULL, -- the answers to its questions: see desk/reflection/reflection.c
  second TEXT NOT NULL,
  third TEXT NOT NULL,
  made_at {int} NOT NULL,
  changed_at {int} NOT NULL,
  UNIQUE (staff_id, conversation_id, moment)
) {strict};
CREATE INDEX reflection_of_staff ON reflection (staff_id, id);
CREATE INDEX reflection_of_conversation ON reflection (conversation_id);

ALTER TABLE message ADD COLUMN channel {int} NOT NULL DEFAULT 0; -- MessageChannel
ALTER TABLE customer ADD COLUMN phone TEXT NOT NULL DEFAULT ''; -- as they said it
