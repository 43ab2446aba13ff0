-- The ways mail comes in, and how they fare.

CREATE TABLE channel (
  id {id},
  kind {int} NOT NULL, -- ChannelKind
  name TEXT NOT NULL, -- of the account; "" where there is only one
  mailbox TEXT NOT NULL, -- the address it is for; "" when each mail says so itself
  state {int} NOT NULL, -- ChannelState
  asks_every {int} NOT NULL, -- a span; 0: mail comes by itself
  mails {int} NOT NULL, -- taken in so far
  last_mail_at {int} NOT NULL, -- 0: none yet
  backlog {int} NOT NULL, -- still to be fetched
  last_error TEXT NOT NULL,
  last_error_at {int} NOT NULL, -- 0: none yet
  failing_since {int} NOT NULL, -- 0: it works
  next_try_at {int} NOT NULL, -- 0: none is planned
  checked_at {int} NOT NULL, -- when it was last heard of
  changes {int} NOT NULL, -- counts what changed, for live views
  made_at {int} NOT NULL,
  UNIQUE (kind, name)
) {strict};

CREATE TABLE channel_place ( -- how far a folder of a mail server has been fetched
  channel_id {int} NOT NULL REFERENCES channel (id),
  place TEXT NOT NULL, -- server, account and folder
  uid_validity {int} NOT NULL, -- UIDs are of one counting (RFC 9051, 2.3.1.1)
  uid {int} NOT NULL, -- all mails up to it are ours
  found_uid {int} NOT NULL, -- mails below it were there before the channel was
  PRIMARY KEY (channel_id, place)
) {strict};
