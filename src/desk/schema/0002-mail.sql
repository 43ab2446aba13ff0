-- What mail needs beyond its first day: merged conversations, several mailboxes on one conversation, how a mail came, who keeps
-- watch by mail, and a journal of the mail room.

ALTER TABLE conversation ADD COLUMN merged_into {int}; -- the conversation that took its messages; kept, so that it can be undone
ALTER TABLE conversation ADD COLUMN merge_depth {int} NOT NULL DEFAULT 0; -- how long the longest chain of merges below it is
CREATE INDEX conversation_merged ON conversation (merged_into);

ALTER TABLE message ADD COLUMN origin {int}; -- the conversation it was written in, when a merge moved it
CREATE INDEX mail_id_of_message ON mail_id (message_id);

CREATE TABLE conversation_mailbox ( -- mailboxes that a mail of the conversation came to beside its own
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  mailbox_id {int} NOT NULL REFERENCES mailbox (id),
  PRIMARY KEY (conversation_id, mailbox_id)
) {strict};

CREATE TABLE mail_content ( -- what a mail says, whichever way it came: the same content comes once
  content_hash {bytes} PRIMARY KEY, -- SHA-256 of everything but the headers that mail servers add
  message_id {int} REFERENCES message (id)
) {strict};

CREATE TABLE machine_topic ( -- what a monitoring or tracking system writes about
  mailbox_id {int} NOT NULL REFERENCES mailbox (id),
  sender_key TEXT NOT NULL,
  topic TEXT NOT NULL,
  conversation_id {int} NOT NULL REFERENCES conversation (id), -- the newest about it
  PRIMARY KEY (mailbox_id, sender_key, topic)
) {strict};

CREATE INDEX machine_topic_of ON machine_topic (conversation_id);

CREATE TABLE sender_ending ( -- the end of a sender's latest mail: what the next one ends with too is a signature
  address_key TEXT PRIMARY KEY,
  ending TEXT NOT NULL
) {strict};

CREATE TABLE message_mail ( -- how a mail came, where there is more to say than its text
  message_id {int} PRIMARY KEY REFERENCES message (id),
  forwarded_by {int} REFERENCES staff (id), -- who passed it on; its author is the one who wrote it
  via TEXT NOT NULL, -- the address in From when a list wrote it in place of the author's; "" otherwise
  doubt TEXT NOT NULL, -- why its sender may be somebody else: a sentence; ""
  protection {int} NOT NULL, -- MailProtectionKind
  protection_state {int} NOT NULL, -- MailSignatureState
  signer TEXT NOT NULL,
  protection_reason TEXT NOT NULL,
  invite_method TEXT NOT NULL, -- "" when there is no invitation
  invite_summary TEXT NOT NULL,
  invite_place TEXT NOT NULL,
  invite_organiser TEXT NOT NULL,
  invite_starts_at {int} NOT NULL,
  invite_ends_at {int} NOT NULL,
  invite_is_all_day {int} NOT NULL
) {strict};

ALTER TABLE mailbox ADD COLUMN reply_to {int} NOT NULL DEFAULT 0; -- ReplyToPolicy
ALTER TABLE mailbox ADD COLUMN threads_machines {int} NOT NULL DEFAULT 0;

ALTER TABLE staff ADD COLUMN mails {int} NOT NULL DEFAULT 0; -- StaffMails

ALTER TABLE received_mail ADD COLUMN is_sender_usable {int} NOT NULL DEFAULT 1;
CREATE INDEX received_mail_unusable ON received_mail (received_at) WHERE is_sender_usable = 0;
CREATE INDEX received_mail_of_message ON received_mail (message_id);
CREATE INDEX outbox_automatic_at ON outbox (is_automatic, made_at);

CREATE TABLE received_event ( -- what became of mail in the mail room, and who decided it
  id {id},
  received_id {int} NOT NULL REFERENCES received_mail (id),
  happened_at {int} NOT NULL,
  kind {int} NOT NULL, -- ReceivedEventKind
  staff_id {int} REFERENCES staff (id) -- NULL: the desk itself
) {strict};
CREATE INDEX received_event_of ON received_event (received_id, id);
CREATE INDEX received_event_at ON received_event (kind, happened_at);
