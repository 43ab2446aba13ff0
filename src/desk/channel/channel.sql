-- include "desk/channel/channel.h"

-- channel_insert_once(kind: int, name: text, mailbox: text, now: int) -> none
INSERT INTO channel (kind, name, mailbox, state, asks_every, mails, last_mail_at, backlog, last_error, last_error_at, failing_since,
  next_try_at, checked_at, changes, made_at)
VALUES (:kind, :name, :mailbox, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, 1, :now)
ON CONFLICT (kind, name) DO NOTHING;

-- channel_select(kind: int, name: text) -> optional Channel
SELECT id, kind, state, name, mailbox, last_error, asks_every, mails, backlog, last_mail_at, last_error_at, failing_since,
  next_try_at, checked_at, made_at
FROM channel WHERE kind = :kind AND name = :name;

-- channel_select_all() -> list Channel
SELECT id, kind, state, name, mailbox, last_error, asks_every, mails, backlog, last_mail_at, last_error_at, failing_since,
  next_try_at, checked_at, made_at
FROM channel
ORDER BY CASE state WHEN 4 THEN 0 WHEN 5 THEN 2 ELSE 1 END, kind, name
LIMIT 500;

-- channel_update_mailbox(id: int, mailbox: text) -> none
UPDATE channel SET mailbox = :mailbox, changes = changes + 1 WHERE id = :id AND mailbox <> :mailbox;

-- channel_update_report(id: int, state: int, asks_every: int, mails: int, last_mail_at: int, backlog: int, now: int) -> none
-- The state is any but failing: what was wrong is over.
UPDATE channel SET state = :state, asks_every = :asks_every, mails = mails + :mails,
  last_mail_at = CASE WHEN last_mail_at < :last_mail_at THEN :last_mail_at ELSE last_mail_at END,
  backlog = :backlog, failing_since = 0, next_try_at = 0, checked_at = :now, changes = changes + 1
WHERE id = :id;

-- channel_update_failed(id: int, words: text, next_try_at: int, mails: int, last_mail_at: int, now: int) -> none
UPDATE channel SET state = 4, last_error = :words, last_error_at = :now, next_try_at = :next_try_at, mails = mails + :mails,
  last_mail_at = CASE WHEN last_mail_at < :last_mail_at THEN :last_mail_at ELSE last_mail_at END,
  failing_since = CASE failing_since WHEN 0 THEN :now ELSE failing_since END, checked_at = :now, changes = changes + 1
WHERE id = :id;

-- channel_update_problem(id: int, words: text, now: int) -> none
UPDATE channel SET last_error = :words, last_error_at = :now, changes = changes + 1 WHERE id = :id;

-- channel_add_mail(kind: int, name: text, now: int) -> none
INSERT INTO channel (kind, name, mailbox, state, asks_every, mails, last_mail_at, backlog, last_error, last_error_at, failing_since,
  next_try_at, checked_at, changes, made_at)
VALUES (:kind, :name, '', 2, 0, 1, :now, 0, '', 0, 0, 0, :now, 1, :now)
ON CONFLICT (kind, name) DO UPDATE SET state = 2, mails = channel.mails + 1, last_mail_at = excluded.last_mail_at, failing_since = 0,
  next_try_at = 0, checked_at = excluded.checked_at, changes = channel.changes + 1;

-- channel_update_retired(id: int, silent_since: int) -> none
UPDATE channel SET state = 5, failing_since = 0, next_try_at = 0, backlog = 0, changes = changes + 1
WHERE id = :id AND checked_at < :silent_since;

-- channel_failing_before(moment: int) -> one int
SELECT COUNT(*) AS count FROM channel WHERE state = 4 AND failing_since <= :moment;

-- channel_sum_changes() -> one int
SELECT CAST(COALESCE(SUM(changes), 0) AS BIGINT) AS count FROM channel;

-- channel_place_select(channel: int, place: text) -> optional ChannelPlace
SELECT uid_validity, uid, found_uid FROM channel_place WHERE channel_id = :channel AND place = :place;

-- channel_place_set(channel: int, place: text, uid_validity: int, uid: int, found_uid: int) -> none
INSERT INTO channel_place (channel_id, place, uid_validity, uid, found_uid) VALUES (:channel, :place, :uid_validity, :uid, :found_uid)
ON CONFLICT (channel_id, place) DO UPDATE SET uid_validity = excluded.uid_validity, uid = excluded.uid, found_uid = excluded.found_uid;
