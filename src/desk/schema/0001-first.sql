-- The first schema: who works here, who writes to us, what was said, what came in, what goes out.
-- Times are microseconds since 1970 UTC. Numbers of enums are those of the C enums named beside them and never change.

CREATE TABLE setting ( -- of the desk as a whole: its name, its secret
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) {strict};

CREATE TABLE mailbox ( -- an address of ours
  id {id},
  address TEXT NOT NULL,
  address_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  signature TEXT NOT NULL,
  made_at {int} NOT NULL
) {strict};

CREATE TABLE staff (
  id {id},
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role {int} NOT NULL, -- StaffRole
  password_hash TEXT NOT NULL,
  is_active {int} NOT NULL,
  made_at {int} NOT NULL
) {strict};

CREATE TABLE session (
  id {id},
  token_hash {bytes} NOT NULL UNIQUE, -- SHA-256 of the cookie: a stolen copy of the database signs nobody in
  staff_id {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL,
  seen_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  browser TEXT NOT NULL,
  address TEXT NOT NULL
) {strict};
CREATE INDEX session_of_staff ON session (staff_id, seen_at);

CREATE TABLE sign_in_failure (
  id {id},
  subject TEXT NOT NULL, -- "email:…" or "address:…"
  failed_at {int} NOT NULL
) {strict};
CREATE INDEX sign_in_failure_of_subject ON sign_in_failure (subject, failed_at);
CREATE INDEX sign_in_failure_at ON sign_in_failure (failed_at);

CREATE TABLE blob ( -- raw mails, HTML bodies, attachments: each content once
  hash {bytes} PRIMARY KEY, -- SHA-256 of the plain bytes
  size {int} NOT NULL,
  is_packed {int} NOT NULL, -- zstd, when that made it smaller
  content {bytes} NOT NULL
) {strict};

CREATE TABLE customer (
  id {id},
  name TEXT NOT NULL,
  made_at {int} NOT NULL
) {strict};

CREATE TABLE customer_address (
  address_key TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  customer_id {int} NOT NULL REFERENCES customer (id),
  is_undeliverable {int} NOT NULL,
  made_at {int} NOT NULL
) {strict};
CREATE INDEX customer_address_of ON customer_address (customer_id);

CREATE TABLE conversation (
  id {id}, -- its number
  customer_id {int} NOT NULL REFERENCES customer (id),
  mailbox_id {int} NOT NULL REFERENCES mailbox (id),
  customer_name TEXT NOT NULL, -- the customer's, kept here too so that a list reads one table
  customer_address TEXT NOT NULL, -- where the latest mail said to answer
  subject TEXT NOT NULL,
  state {int} NOT NULL, -- ConversationState
  assignee_id {int} REFERENCES staff (id),
  linked_to {int} REFERENCES conversation (id), -- the older conversation it seems to continue
  opened_at {int} NOT NULL,
  waiting_since {int}, -- the customer's oldest message that nobody has answered; NULL: nobody waits on us
  last_message_at {int} NOT NULL,
  last_message_id {int} NOT NULL,
  solved_at {int},
  queue_key {int} NOT NULL, -- the order of lists, ascending: see conversation/stand.h
  message_count {int} NOT NULL,
  snippet TEXT NOT NULL,
  is_read {int} NOT NULL, -- the customer's latest message was read by the engine; else what follows says nothing
  behaviour {int} NOT NULL, -- Behaviour, Emotion, Need of that message
  emotion {int} NOT NULL,
  need {int} NOT NULL,
  valence {real} NOT NULL,
  intensity {real} NOT NULL
) {strict};
CREATE INDEX conversation_queue ON conversation (state, queue_key, id);
CREATE INDEX conversation_queue_of ON conversation (assignee_id, state, queue_key, id);
CREATE INDEX conversation_of_customer ON conversation (customer_id, last_message_at);

CREATE TABLE participant ( -- who may add to a conversation by mail
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  address_key TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (conversation_id, address_key)
) {strict};

CREATE TABLE message (
  id {id},
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  kind {int} NOT NULL, -- MessageKind
  staff_id {int} REFERENCES staff (id),
  author_name TEXT NOT NULL,
  author_address TEXT NOT NULL,
  answer_to TEXT NOT NULL, -- where an answer to it goes; "" for what we wrote
  recipients TEXT NOT NULL, -- of what we wrote, as shown; "" otherwise
  made_at {int} NOT NULL,
  claimed_at {int} NOT NULL, -- the Date header; 0 when there is none
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  quoted TEXT NOT NULL,
  html_hash {bytes} REFERENCES blob (hash),
  original_hash {bytes} REFERENCES blob (hash),
  state {int} NOT NULL, -- MessageState
  machine {int} NOT NULL, -- MailKind
  mail_id TEXT
) {strict};
CREATE INDEX message_of_conversation ON message (conversation_id, id);

CREATE TABLE mail_id ( -- Message-IDs, those we gave and those we were given
  mail_id TEXT NOT NULL,
  message_id {int} NOT NULL REFERENCES message (id),
  conversation_id {int} NOT NULL,
  PRIMARY KEY (mail_id, message_id)
) {strict};

CREATE TABLE attachment (
  id {id},
  message_id {int} NOT NULL REFERENCES message (id),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  content_id TEXT,
  is_inline {int} NOT NULL,
  size {int} NOT NULL,
  hash {bytes} NOT NULL REFERENCES blob (hash)
) {strict};
CREATE INDEX attachment_of_message ON attachment (message_id, id);

CREATE TABLE reading (
  message_id {int} PRIMARY KEY REFERENCES message (id),
  engine TEXT NOT NULL,
  is_read {int} NOT NULL,
  language TEXT NOT NULL,
  behaviour {int} NOT NULL,
  emotion {int} NOT NULL,
  need {int} NOT NULL,
  need_margin {real} NOT NULL,
  valence {real} NOT NULL,
  intensity {real} NOT NULL,
  abuse {real} NOT NULL,
  flags {int} NOT NULL, -- bit 1 << Flag
  reasons {int} NOT NULL, -- bit 1 << Reason
  evidence TEXT NOT NULL, -- "start end label weight" lines: see conversation/evidence.c
  detail TEXT NOT NULL -- the whole reading as JSON
) {strict};

CREATE TABLE received_mail ( -- every mail that was taken in
  id {id},
  dedupe_key {bytes} NOT NULL UNIQUE, -- SHA-256 of mailbox and bytes: what is the same to the last byte came once
  received_at {int} NOT NULL,
  mailbox_id {int} NOT NULL REFERENCES mailbox (id),
  envelope_to TEXT NOT NULL,
  original_hash {bytes} NOT NULL REFERENCES blob (hash),
  size {int} NOT NULL,
  state {int} NOT NULL, -- ReceivedState
  reason TEXT NOT NULL,
  from_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  message_id {int} REFERENCES message (id),
  settled_at {int} -- when a person released or dismissed it
) {strict};
CREATE INDEX received_mail_state ON received_mail (state, id);
CREATE INDEX received_mail_from ON received_mail (from_address, received_at);

CREATE TABLE outbox ( -- mails on their way out
  message_id {int} PRIMARY KEY REFERENCES message (id),
  conversation_id {int} NOT NULL,
  sender TEXT NOT NULL, -- of the envelope; "" for automatic mail
  recipients TEXT NOT NULL, -- of the envelope, a line each
  recipient_key TEXT NOT NULL, -- key of the first, by which automatic mail is counted
  original_hash {bytes} NOT NULL REFERENCES blob (hash),
  is_automatic {int} NOT NULL,
  state {int} NOT NULL, -- OutboxState
  attempts {int} NOT NULL,
  made_at {int} NOT NULL,
  next_at {int} NOT NULL, -- when to try; for one being sent: until when it is claimed
  last_answer TEXT NOT NULL,
  sent_at {int}
) {strict};
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_automatic ON outbox (recipient_key, made_at);

CREATE TABLE event ( -- what happened in a conversation, in order; also tells live views what to fetch
  id {id},
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  happened_at {int} NOT NULL,
  kind {int} NOT NULL, -- EventKind
  staff_id {int} REFERENCES staff (id),
  detail TEXT NOT NULL
) {strict};
CREATE INDEX event_of_conversation ON event (conversation_id, id);

CREATE TABLE tally ( -- counts for the rail, kept by whoever changes what is counted: see conversation/stand.c
  name TEXT PRIMARY KEY,
  count {int} NOT NULL
) {strict};

-- postgres
ALTER TABLE conversation ALTER COLUMN id RESTART WITH 1001; -- SQLite: see conversation_insert
-- both
