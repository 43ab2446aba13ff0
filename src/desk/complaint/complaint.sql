-- include "desk/complaint/complaint.h"
-- include "desk/complaint/stored.h"
-- include "desk/complaint/register.h"
-- include "desk/complaint/next.h"
-- include "desk/complaint/handling.h"
-- include "desk/complaint/effort.h"
-- include "desk/complaint/clock.h"
-- include "desk/conversation/stored.h"

-- complaint_insert(number: int, stage: int, origin: int, received_at: int, made_at: int, owner: int?, severity: int, profile: int) -> none
INSERT INTO complaint (conversation_id, stage, origin, received_at, made_at, owner_id, severity, is_safety, about, seeks, present, desired,
  profile, channels_before, outside, has_news, queue_key)
VALUES (:number, :stage, :origin, :received_at, :made_at, :owner, :severity, 0, '', '', '', '', :profile, 0, '', 0, 0)
ON CONFLICT (conversation_id) DO UPDATE -- what a merge brought and its undoing took away again: it begins anew
SET stage = excluded.stage, origin = excluded.origin, received_at = excluded.received_at, made_at = excluded.made_at,
  owner_id = excluded.owner_id, severity = excluded.severity, is_safety = 0, about = '', seeks = '', present = '', desired = '',
  gap_by = NULL, gap_at = NULL, profile = excluded.profile, attempts_before = NULL, channels_before = 0, outside = '', settled_at = NULL,
  closed_at = NULL, has_news = 0, next_due_at = NULL, merged_into = NULL;

-- One that a merge brought and that was taken out again is none.
-- complaint_select(number: int) -> optional Complaint
SELECT c.conversation_id AS number, c.stage, c.origin, c.received_at, c.made_at, c.settled_at, c.closed_at, c.next_due_at, c.owner_id,
  s.name AS owner_name, c.severity, c.is_safety, c.has_news, c.about, c.seeks, c.present, c.desired, c.outside, c.gap_by, c.gap_at, c.profile,
  COALESCE(c.attempts_before, -1) AS attempts_before, c.channels_before, c.merged_into
FROM complaint c
LEFT JOIN staff s ON s.id = c.owner_id
WHERE c.conversation_id = :number
  AND (c.merged_into IS NULL OR EXISTS (SELECT 1 FROM conversation v WHERE v.id = c.conversation_id AND v.state = 2));

-- complaint_exists(number: int) -> optional int
SELECT stage FROM complaint WHERE conversation_id = :number AND merged_into IS NULL;

-- An owner who stays is not written: they may have left, which gave it to the supervisors, since the row was read.
-- complaint_update(number: int, stage: int, received_at: int, new_owner: int, owner: int?, settled_at: int?, closed_at: int?, has_news: int, next_due_at: int?, merged_into: int?, outside: text, queue_key: int) -> none
UPDATE complaint
SET stage = :stage, received_at = :received_at, owner_id = CASE WHEN :new_owner = 1 THEN :owner ELSE owner_id END, settled_at = :settled_at, closed_at = :closed_at, has_news = :has_news,
  next_due_at = :next_due_at, merged_into = :merged_into, outside = :outside, queue_key = :queue_key
WHERE conversation_id = :number;

-- complaint_update_assessment(number: int, severity: int, is_safety: int, about: text, seeks: text) -> none
UPDATE complaint SET severity = :severity, is_safety = :is_safety, about = :about, seeks = :seeks
WHERE conversation_id = :number;

-- complaint_update_gap(number: int, present: text, desired: text, gap_by: int?, gap_at: int?) -> none
UPDATE complaint SET present = :present, desired = :desired, gap_by = :gap_by, gap_at = :gap_at WHERE conversation_id = :number;

-- complaint_update_effort(number: int, attempts: int?, channels: int) -> none
UPDATE complaint SET attempts_before = :attempts, channels_before = :channels WHERE conversation_id = :number;

-- complaint_step_insert(number: int, event: int, before: int, after: int, at: int, staff: int?, by_customer: int, message: int?, detail: text) -> none
INSERT INTO complaint_step (conversation_id, event, stage_before, stage_after, happened_at, staff_id, by_customer, message_id, detail)
VALUES (:number, :event, :before, :after, :at, :staff, :by_customer, :message, :detail);

-- complaint_step_select(number: int, most: int) -> list ComplaintStep
WITH RECURSIVE whole (number) AS (
  SELECT CAST(:number AS BIGINT)
  UNION
  SELECT c.conversation_id FROM whole JOIN complaint c ON c.merged_into = whole.number)
SELECT t.id, t.conversation_id AS number, t.happened_at, t.staff_id, t.message_id, t.event, t.stage_before, t.stage_after, t.by_customer,
  s.name AS staff_name, t.detail
FROM complaint_step t
LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.conversation_id IN (SELECT number FROM whole)
ORDER BY t.id DESC
LIMIT :most;

-- The customer's first message, which makes it one.
-- complaint_select_first_message(number: int) -> optional ComplaintEvidence
SELECT id, made_at, staff_id, kind FROM message WHERE conversation_id = :number AND kind = 0 ORDER BY made_at, id LIMIT 1;

-- The first mail of ours that left the house after a moment: an acknowledgement, or an answer; or only of those that people wrote.
-- complaint_select_first_sent(number: int, after: int, by_people: int) -> optional ComplaintEvidence
SELECT m.id, COALESCE(o.sent_at, m.made_at) AS made_at, m.staff_id, m.kind
FROM message m
JOIN outbox o ON o.message_id = m.id
WHERE m.conversation_id = :number AND m.kind IN (1, 3) AND m.state = 2 AND m.made_at >= :after AND (:by_people = 0 OR m.kind = 1)
ORDER BY m.id
LIMIT 1;

-- Whether a message is what a member of staff wrote or noted in this conversation, and cannot be taken back any more.
-- complaint_message_is_ours(number: int, message: int) -> optional int
SELECT m.kind FROM message m
WHERE m.id = :message AND m.conversation_id = :number AND m.kind IN (1, 2)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 0 AND o.attempts = 0 AND o.held_until > 0);

-- complaint_message_exists(number: int, message: int) -> optional int
SELECT kind FROM message WHERE id = :message AND conversation_id = :number;

-- complaint_list_by_due(least: int, below: int, key: int, number: int, severity: int, from: int, before: int, most: int) -> list ComplaintRow
SELECT l.*, CASE WHEN EXISTS (SELECT 1 FROM remedy r WHERE r.conversation_id = l."complaint.number" AND r.state = 1) THEN 1 ELSE 0 END AS "facts.waits_for_approval"
FROM complaint_listed l
WHERE queue_key >= :least AND queue_key < :below AND (queue_key, "complaint.number") > (:key, :number)
  AND (:severity < 0 OR "complaint.severity" = :severity)
  AND "complaint.received_at" >= :from AND "complaint.received_at" < :before
ORDER BY queue_key, "complaint.number"
LIMIT :most;

-- complaint_list_by_stage(stage: int, owner: int, least: int, below: int, key: int, number: int, severity: int, from: int, before: int, most: int) -> list ComplaintRow
SELECT l.*, CASE WHEN EXISTS (SELECT 1 FROM remedy r WHERE r.conversation_id = l."complaint.number" AND r.state = 1) THEN 1 ELSE 0 END AS "facts.waits_for_approval"
FROM complaint_listed l
WHERE "complaint.stage" = :stage AND queue_key >= :least AND queue_key < :below AND (queue_key, "complaint.number") > (:key, :number)
  AND (:owner < 0 OR "complaint.owner_id" = :owner) AND (:severity < 0 OR "complaint.severity" = :severity)
  AND "complaint.received_at" >= :from AND "complaint.received_at" < :before
ORDER BY queue_key, "complaint.number"
LIMIT :most;

-- complaint_list_by_owner(owner: int, least: int, below: int, key: int, number: int, severity: int, from: int, before: int, most: int) -> list ComplaintRow
SELECT l.*, CASE WHEN EXISTS (SELECT 1 FROM remedy r WHERE r.conversation_id = l."complaint.number" AND r.state = 1) THEN 1 ELSE 0 END AS "facts.waits_for_approval"
FROM complaint_listed l
WHERE "complaint.owner_id" = :owner AND queue_key >= :least AND queue_key < :below AND (queue_key, "complaint.number") > (:key, :number)
  AND (:severity < 0 OR "complaint.severity" = :severity)
  AND "complaint.received_at" >= :from AND "complaint.received_at" < :before
ORDER BY queue_key, "complaint.number"
LIMIT :most;

-- complaint_list_by_received(stage: int, owner: int, least: int, below: int, key: int, number: int, severity: int, from: int, before: int, most: int) -> list ComplaintRow
SELECT l.*, CASE WHEN EXISTS (SELECT 1 FROM remedy r WHERE r.conversation_id = l."complaint.number" AND r.state = 1) THEN 1 ELSE 0 END AS "facts.waits_for_approval"
FROM complaint_listed l
WHERE "complaint.received_at" >= :from AND "complaint.received_at" < :before
  AND ("complaint.received_at", "complaint.number") < (:key, :number)
  AND queue_key >= :least AND queue_key < :below
  AND (:stage < 0 OR "complaint.stage" = :stage) AND (:owner < 0 OR "complaint.owner_id" = :owner)
  AND (:severity < 0 OR "complaint.severity" = :severity)
ORDER BY "complaint.received_at" DESC, "complaint.number" DESC
LIMIT :most;

-- complaint_count_late(now: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (SELECT 1 FROM complaint WHERE queue_key < :now LIMIT :most) AS late;

-- complaint_select_tallies() -> list Tally
SELECT name, count FROM tally WHERE name = 'complaint-news' OR (name >= 'complaint/' AND name < 'complaint0');

-- complaint_select_facts(number: int) -> optional ComplaintFacts
SELECT p.due_at AS promise_due_at, p.words AS promise_words, CASE WHEN v.waiting_since IS NULL THEN 0 ELSE 1 END AS customer_waits,
  CASE WHEN EXISTS (SELECT 1 FROM remedy r WHERE r.conversation_id = v.id AND r.state = 1) THEN 1 ELSE 0 END AS waits_for_approval
FROM conversation v
LEFT JOIN promise p ON p.id = (SELECT q.id FROM promise q WHERE q.conversation_id = v.id AND q.state = 0 ORDER BY q.due_at, q.id LIMIT 1)
WHERE v.id = :number;

-- complaint_reason_upsert(number: int, reason: int, feeling: int?, source: int, note: text, staff: int?, now: int) -> none
INSERT INTO complaint_reason (conversation_id, reason, feeling, source, note, staff_id, made_at)
VALUES (:number, :reason, :feeling, :source, :note, :staff, :now)
ON CONFLICT (conversation_id, reason) DO UPDATE
SET feeling = excluded.feeling, source = excluded.source, note = excluded.note, staff_id = excluded.staff_id, made_at = excluded.made_at;

-- complaint_reason_delete(number: int, reason: int) -> changed
DELETE FROM complaint_reason WHERE conversation_id = :number AND reason = :reason;

-- complaint_reason_select(number: int) -> list ComplaintReason
SELECT r.reason, COALESCE(r.feeling, 27) AS feeling, r.source, r.note, r.made_at, s.name AS staff_name
FROM complaint_reason r
LEFT JOIN staff s ON s.id = r.staff_id
WHERE r.conversation_id = :number
ORDER BY r.reason;

-- complaint_reason_unite(from: int, into: int) -> none
INSERT INTO complaint_reason (conversation_id, reason, feeling, source, note, staff_id, made_at)
SELECT :into, reason, feeling, source, note, staff_id, made_at FROM complaint_reason WHERE conversation_id = :from
ON CONFLICT (conversation_id, reason) DO NOTHING;

-- What the engine read in what the customer wrote, the newest first.
-- complaint_select_readings(number: int) -> list ComplaintReading
SELECT m.id AS message_id, r.behaviour, r.emotion, r.valence, r.intensity, r.reasons, r.evidence, m.body
FROM message m
JOIN reading r ON r.message_id = m.id
WHERE m.conversation_id = :number AND m.kind = 0 AND r.is_read = 1
ORDER BY m.id DESC
LIMIT 40;

-- Who said what when, for counting effort: person's messages, and answers that were written by people.
-- complaint_select_effort_marks(number: int) -> list EffortMark
SELECT m.id AS message_id, m.kind, m.made_at FROM message m
WHERE m.conversation_id = :number AND m.kind IN (0, 1) AND m.machine = 0
ORDER BY m.made_at, m.id
LIMIT 5000;

-- Before it was a complaint by whom the conversation was with, afterwards by its journal.
-- complaint_select_effort_counts(number: int, made_at: int, since: int) -> optional EffortCounts
SELECT COALESCE(v.waiting_since, 0) AS waiting_since, COALESCE(v.solved_at, 0) AS solved_at,
  1 + (SELECT COUNT(*) FROM conversation_mailbox b WHERE b.conversation_id = v.id) AS mailboxes,
  (SELECT COUNT(*) FROM conversation o WHERE o.customer_id = v.customer_id AND o.id <> v.id AND o.state <> 2 AND o.last_message_at >= :since)
    AS other_conversations,
  (SELECT COUNT(*) FROM event e WHERE e.conversation_id = v.id AND e.kind = 4 AND e.happened_at < :made_at) AS assigned,
  (SELECT COUNT(*) FROM complaint_step t WHERE t.conversation_id = v.id AND t.event = 13) AS handed_over
FROM conversation v
WHERE v.id = :number;

-- complaint_clock_select(number: int) -> list ComplaintClock
SELECT kind, is_legal, starts_at, due_at, COALESCE(met_at, 0) AS met_at, arithmetic FROM complaint_clock
WHERE conversation_id = :number
ORDER BY due_at, kind;

-- complaint_clock_upsert(number: int, kind: int, is_legal: int, starts_at: int, due_at: int, met_at: int?, arithmetic: text) -> none
INSERT INTO complaint_clock (conversation_id, kind, is_legal, starts_at, due_at, met_at, arithmetic)
VALUES (:number, :kind, :is_legal, :starts_at, :due_at, :met_at, :arithmetic)
ON CONFLICT (conversation_id, kind) DO UPDATE
SET starts_at = excluded.starts_at, due_at = excluded.due_at, met_at = excluded.met_at, arithmetic = excluded.arithmetic;

-- complaint_clock_meet(number: int, kind: int, met_at: int?) -> none
UPDATE complaint_clock SET met_at = :met_at WHERE conversation_id = :number AND kind = :kind;

-- complaint_clock_delete(number: int, kind: int) -> none
DELETE FROM complaint_clock WHERE conversation_id = :number AND kind = :kind;

-- complaint_update_profile(number: int, profile: int) -> none
UPDATE complaint SET profile = :profile WHERE conversation_id = :number;

-- complaint_select_evidence(message: int) -> optional ComplaintEvidence
SELECT id, made_at, staff_id, kind FROM message WHERE id = :message;

-- complaint_step_insert_leaving(staff: int, now: int) -> none
INSERT INTO complaint_step (conversation_id, event, stage_before, stage_after, happened_at, by_customer, detail)
SELECT conversation_id, 13, stage, stage, :now, 0, 'to the supervisors: who had it works here no more' FROM complaint
WHERE COALESCE(owner_id, 0) = :staff AND (stage <> 9 OR has_news = 1) AND merged_into IS NULL;

-- complaint_update_leaving(staff: int) -> changed
UPDATE complaint SET owner_id = NULL WHERE COALESCE(owner_id, 0) = :staff AND (stage <> 9 OR has_news = 1) AND merged_into IS NULL;

-- complaint_is_denied(number: int) -> optional int
SELECT staff_id FROM complaint_denied WHERE conversation_id = :number;

-- complaint_denied_insert(number: int, staff: int, now: int) -> none
INSERT INTO complaint_denied (conversation_id, staff_id, made_at) VALUES (:number, :staff, :now)
ON CONFLICT (conversation_id) DO NOTHING;
