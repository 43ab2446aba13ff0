-- include "desk/conversation/regroup.h"
-- include "desk/conversation/stored.h"

-- Messages that people see, beside what was taken back and what nobody wrote: as entry_add counts them.
-- regroup_count(number: int) -> one int
SELECT COUNT(*) AS count FROM message WHERE conversation_id = :number AND kind IN (0, 1, 2);

-- The customer's oldest message that nobody has answered.
-- regroup_waiting(number: int) -> optional int
SELECT made_at FROM message
WHERE conversation_id = :number AND kind = 0 AND machine = 0
  AND id > COALESCE((SELECT MAX(a.id) FROM message a WHERE a.conversation_id = :number AND a.kind = 1), 0)
ORDER BY id
LIMIT 1;

-- regroup_set_latest(number: int, message: int, at: int, snippet: text, count: int) -> none
UPDATE conversation SET last_message_id = :message, last_message_at = :at, snippet = :snippet, message_count = :count WHERE id = :number;

-- regroup_forget_feeling(number: int) -> none
UPDATE conversation SET is_read = 0, behaviour = 0, emotion = 27, need = 4, valence = 0.0, intensity = 0.0 WHERE id = :number;

-- regroup_first(number: int) -> one int
SELECT MIN(id) AS first FROM message WHERE conversation_id = :number AND kind IN (0, 1, 2);

-- regroup_select_message(id: int) -> optional RegroupMessage
SELECT m.id, m.conversation_id AS number, m.kind, m.made_at, m.subject, m.author_name, m.author_address, m.answer_to, m.recipients
FROM message m
WHERE m.id = :id AND m.kind < 4;

-- By hand: where a message stands now is where it belongs, also after the next merge is undone.
-- regroup_move(from: int, into: int, first: int, last: int) -> changed
UPDATE message SET conversation_id = :into, moved_from = :from, origin = NULL
WHERE conversation_id = :from AND id >= :first AND id <= :last;

-- What goes along with the messages that moved.
-- regroup_move_offers(from: int, into: int) -> none
UPDATE offer SET conversation_id = :into
WHERE conversation_id = :from AND message_id IN (SELECT id FROM message WHERE conversation_id = :into);

-- regroup_move_scripts(from: int, into: int) -> none
UPDATE script_use SET conversation_id = :into
WHERE conversation_id = :from AND message_id IN (SELECT id FROM message WHERE conversation_id = :into);

-- merge_insert(from: int, into: int, staff: int?, now: int, from_state: int, from_assignee: int?, from_team: int?, from_priority: int, from_snoozed: int?, from_waiting: int?, from_solved: int?, into_state: int, into_assignee: int?, into_team: int?, into_priority: int, into_snoozed: int?, into_waiting: int?, into_solved: int?, had_complaint: int, complaint_news: int) -> one int
INSERT INTO conversation_merge (from_number, into_number, staff_id, made_at, from_state, from_assignee, from_team, from_priority,
  from_snoozed, from_waiting, from_solved, into_state, into_assignee, into_team, into_priority, into_snoozed, into_waiting, into_solved,
  had_complaint, complaint_news)
VALUES (:from, :into, :staff, :now, :from_state, :from_assignee, :from_team, :from_priority, :from_snoozed, :from_waiting, :from_solved,
  :into_state, :into_assignee, :into_team, :into_priority, :into_snoozed, :into_waiting, :into_solved, :had_complaint, :complaint_news)
RETURNING id;

-- merge_select(from: int, into: int) -> optional MergeRecord
SELECT id, made_at, had_complaint, complaint_news, from_state AS "from.state", from_assignee AS "from.assignee_id", from_team AS "from.team_id",
  from_priority AS "from.priority", from_snoozed AS "from.snoozed_until", from_waiting AS "from.waiting_since",
  from_solved AS "from.solved_at", into_state AS "into.state", into_assignee AS "into.assignee_id", into_team AS "into.team_id",
  into_priority AS "into.priority", into_snoozed AS "into.snoozed_until", into_waiting AS "into.waiting_since",
  into_solved AS "into.solved_at"
FROM conversation_merge
WHERE from_number = :from AND into_number = :into AND undone_at IS NULL
ORDER BY id DESC
LIMIT 1;

-- merge_update_undone(id: int, now: int) -> none
UPDATE conversation_merge SET undone_at = :now WHERE id = :id;

-- What the one gets that it did not have, written down before it gets it.
-- merge_note_participants(merge: int, kind: int, from: int, into: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, 0, p.address_key FROM participant p
WHERE p.conversation_id = :from
  AND NOT EXISTS (SELECT 1 FROM participant o WHERE o.conversation_id = :into AND o.address_key = p.address_key);

-- merge_note_mailboxes(merge: int, kind: int, from: int, into: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, b.id, '' FROM mailbox b
WHERE (b.id IN (SELECT m.mailbox_id FROM conversation_mailbox m WHERE m.conversation_id = :from)
    OR b.id = (SELECT c.mailbox_id FROM conversation c WHERE c.id = :from))
  AND b.id NOT IN (SELECT m.mailbox_id FROM conversation_mailbox m WHERE m.conversation_id = :into);

-- merge_note_tags(merge: int, kind: int, from: int, into: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, t.tag_id, '' FROM conversation_tag t
WHERE t.conversation_id = :from
  AND NOT EXISTS (SELECT 1 FROM conversation_tag o WHERE o.conversation_id = :into AND o.tag_id = t.tag_id);

-- merge_note_followers(merge: int, kind: int, from: int, into: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, f.staff_id, '' FROM follow f
WHERE f.conversation_id = :from
  AND NOT EXISTS (SELECT 1 FROM follow o WHERE o.conversation_id = :into AND o.staff_id = f.staff_id);

-- merge_note_fields(merge: int, kind: int, from: int, into: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, v.field_id, '' FROM field_value v
WHERE v.conversation_id = :from
  AND NOT EXISTS (SELECT 1 FROM field_value o WHERE o.conversation_id = :into AND o.field_id = v.field_id);

-- merge_note_links(merge: int, kind: int, from: int, into: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, l.other, ''
FROM (SELECT high AS other FROM conversation_link WHERE low = :from UNION ALL SELECT low AS other FROM conversation_link WHERE high = :from) AS l
WHERE l.other <> :into
  AND l.other NOT IN (SELECT high FROM conversation_link WHERE low = :into UNION ALL SELECT low FROM conversation_link WHERE high = :into);

-- merge_note_promises(merge: int, kind: int, from: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, id, '' FROM promise WHERE conversation_id = :from;

-- merge_note_reflections(merge: int, kind: int, from: int) -> none
INSERT INTO conversation_merge_part (merge_id, kind, part_id, part_key)
SELECT :merge, :kind, id, '' FROM reflection WHERE conversation_id = :from;

-- And taken from it again.
-- unmerge_participants(merge: int, kind: int, into: int) -> none
DELETE FROM participant
WHERE conversation_id = :into
  AND address_key IN (SELECT p.part_key FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind)
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = :into AND m.kind = 0
    AND (lower(m.author_address) = participant.address_key OR lower(m.answer_to) = participant.address_key));

-- unmerge_mailboxes(merge: int, kind: int, into: int) -> none
DELETE FROM conversation_mailbox
WHERE conversation_id = :into
  AND mailbox_id IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind);

-- unmerge_tags(merge: int, kind: int, into: int) -> none
DELETE FROM conversation_tag
WHERE conversation_id = :into AND tag_id IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind);

-- unmerge_followers(merge: int, kind: int, into: int) -> none
DELETE FROM follow
WHERE conversation_id = :into AND staff_id IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind);

-- What somebody changed since is theirs.
-- unmerge_fields(merge: int, kind: int, from: int, into: int) -> none
DELETE FROM field_value
WHERE conversation_id = :into AND field_id IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind)
  AND value = (SELECT o.value FROM field_value o WHERE o.conversation_id = :from AND o.field_id = field_value.field_id);

-- unmerge_links(merge: int, kind: int, into: int) -> none
DELETE FROM conversation_link
WHERE (low = :into AND high IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind))
  OR (high = :into AND low IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind));

-- unmerge_promises(merge: int, kind: int, from: int, into: int) -> none
UPDATE promise SET conversation_id = :from
WHERE conversation_id = :into AND id IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind);

-- unmerge_reflections(merge: int, kind: int, from: int, into: int) -> none
UPDATE reflection SET conversation_id = :from
WHERE conversation_id = :into AND id IN (SELECT p.part_id FROM conversation_merge_part p WHERE p.merge_id = :merge AND p.kind = :kind)
  AND NOT EXISTS (SELECT 1 FROM reflection o WHERE o.conversation_id = :from AND o.staff_id = reflection.staff_id AND o.moment = reflection.moment);

-- A merge remembers where a message was written first; what was merged into the one before goes along with it.
-- unmerge_messages(from: int, into: int) -> changed
WITH RECURSIVE part (number) AS (
  SELECT CAST(:from AS BIGINT) UNION SELECT c.id FROM part JOIN conversation c ON c.merged_into = part.number)
UPDATE message SET conversation_id = :from, origin = CASE WHEN origin = :from THEN NULL ELSE origin END
WHERE conversation_id = :into AND origin IN (SELECT number FROM part);

-- unmerge_remedies(from: int, into: int) -> none
WITH RECURSIVE part (number) AS (
  SELECT CAST(:from AS BIGINT) UNION SELECT c.id FROM part JOIN conversation c ON c.merged_into = part.number)
UPDATE remedy SET conversation_id = :from, origin = CASE WHEN origin = :from THEN NULL ELSE origin END
WHERE conversation_id = :into AND origin IN (SELECT number FROM part);

-- unmerge_clear(number: int) -> none
UPDATE conversation SET merged_into = NULL WHERE id = :number;

-- How many would go back, and how many were written since by us and by the customer.
-- unmerge_count_back(from: int, into: int) -> one int
WITH RECURSIVE part (number) AS (
  SELECT CAST(:from AS BIGINT) UNION SELECT c.id FROM part JOIN conversation c ON c.merged_into = part.number)
SELECT COUNT(*) AS count FROM message WHERE conversation_id = :into AND kind IN (0, 1, 2) AND origin IN (SELECT number FROM part);

-- unmerge_count_since(into: int, since: int) -> one int
SELECT COUNT(*) AS count FROM message
WHERE conversation_id = :into AND origin IS NULL AND kind IN (0, 1, 2) AND made_at >= :since;

-- unmerge_answered_since(into: int, since: int) -> optional int
SELECT id FROM message WHERE conversation_id = :into AND kind = 1 AND made_at >= :since LIMIT 1;

-- unmerge_drafts(into: int, since: int) -> one int
SELECT COUNT(*) AS count FROM draft WHERE conversation_id = :into AND saved_at <= :since;

-- merged_select(into: int) -> list MergedConversation
SELECT c.id AS number, c.subject, c.customer_name,
  (SELECT MAX(m.made_at) FROM conversation_merge m WHERE m.from_number = c.id AND m.undone_at IS NULL) AS merged_at
FROM conversation c
WHERE c.merged_into = :into
ORDER BY c.id
LIMIT 50;

-- Where an id that a mail answers was taken by hand, or 0 when the message was never moved so.
-- regroup_moved(message: int) -> optional int
SELECT conversation_id FROM message WHERE id = :message AND moved_from IS NOT NULL;
