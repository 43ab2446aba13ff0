-- include "desk/conversation/conversation.h"
-- include "desk/conversation/stored.h"

-- What has a clock, what runs out first on top. `assignee` -1: whoever's; 0: nobody's.
-- list_select_due(before: int, assignee: int, after_key: int, after_number: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, c.due_at AS queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM conversation c
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE c.due_at IS NOT NULL AND c.due_at < :before AND (c.due_at, c.id) > (:after_key, :after_number)
  AND (:assignee < 0 OR COALESCE(c.assignee_id, 0) = :assignee)
ORDER BY c.due_at, c.id
LIMIT :most;

-- list_select_followed(staff: int, after_key: int, after_number: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, f.queue_key AS queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM follow f
JOIN conversation c ON c.id = f.conversation_id
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE f.staff_id = :staff AND f.queue_key IS NOT NULL AND (f.queue_key, f.conversation_id) > (:after_key, :after_number)
ORDER BY f.queue_key, f.conversation_id
LIMIT :most;

-- The newest mention of somebody in each conversation, the newest first: the key goes down.
-- list_select_mentioned(staff: int, before: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, m.message_id AS queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM mention m
JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE m.staff_id = :staff AND m.message_id < :before AND c.state <> 2
  AND NOT EXISTS (SELECT 1 FROM mention n WHERE n.staff_id = m.staff_id AND n.conversation_id = m.conversation_id AND n.message_id > m.message_id)
ORDER BY m.message_id DESC
LIMIT :most;

-- The newest first; an answer and a note that were begun to one conversation are one line, where the newer of them stands.
-- list_select_drafts(staff: int, before: int, number: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, d.saved_at AS queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM (SELECT n.conversation_id, n.saved_at FROM draft n
  WHERE n.staff_id = :staff AND (n.saved_at, n.conversation_id) < (:before, :number)
    AND NOT EXISTS (SELECT 1 FROM draft o WHERE o.staff_id = n.staff_id AND o.conversation_id = n.conversation_id AND (o.saved_at, o.id) > (n.saved_at, n.id))
  ORDER BY n.saved_at DESC, n.conversation_id DESC LIMIT :most) AS d
JOIN conversation c ON c.id = d.conversation_id
LEFT JOIN staff s ON s.id = c.assignee_id
ORDER BY d.saved_at DESC, d.conversation_id DESC;

-- What is one's own is counted up to a bound, on indexes that hold nothing else.
-- list_count_own(staff: int, most: int) -> one OwnCounts
SELECT
  (SELECT COUNT(*) FROM (SELECT 1 FROM follow f WHERE f.staff_id = :staff AND f.queue_key IS NOT NULL LIMIT :most) AS followed) AS following,
  (SELECT COUNT(*) FROM (SELECT DISTINCT m.conversation_id FROM mention m WHERE m.staff_id = :staff AND m.seen_at IS NULL LIMIT :most) AS named) AS mentions,
  (SELECT COUNT(*) FROM (SELECT DISTINCT d.conversation_id FROM draft d WHERE d.staff_id = :staff LIMIT :most) AS begun) AS drafts;

-- list_count_due(before: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (SELECT 1 FROM conversation WHERE due_at IS NOT NULL AND due_at < :before LIMIT :most) AS due;

-- What a row says besides: where its complaint stands and what runs out when, its tags, one's draft.
-- list_select_facts(numbers: text, staff: int) -> list RowFacts
-- sqlite
SELECT w.value AS number, CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint, p.stage, c.due_at,
  (SELECT group_concat(t.name, char(10)) FROM conversation_tag g JOIN tag t ON t.id = g.tag_id WHERE g.conversation_id = w.value) AS tags,
  CASE WHEN EXISTS (SELECT 1 FROM draft d WHERE d.staff_id = :staff AND d.conversation_id = c.id) THEN 1 ELSE 0 END AS has_draft
FROM json_each('[' || :numbers || ']') AS w
JOIN conversation c ON c.id = w.value
LEFT JOIN complaint p ON p.conversation_id = w.value AND p.merged_into IS NULL
WHERE p.conversation_id IS NOT NULL OR c.due_at IS NOT NULL OR EXISTS (SELECT 1 FROM draft d WHERE d.staff_id = :staff AND d.conversation_id = c.id) OR EXISTS (SELECT 1 FROM conversation_tag g WHERE g.conversation_id = w.value);
-- postgres
SELECT w.number, CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint, p.stage, c.due_at,
  (SELECT string_agg(t.name, chr(10) ORDER BY t.name) FROM conversation_tag g JOIN tag t ON t.id = g.tag_id WHERE g.conversation_id = w.number) AS tags,
  CASE WHEN EXISTS (SELECT 1 FROM draft d WHERE d.staff_id = :staff AND d.conversation_id = c.id) THEN 1 ELSE 0 END AS has_draft
FROM unnest(CAST(string_to_array(:numbers, ',') AS BIGINT[])) AS w (number)
JOIN conversation c ON c.id = w.number
LEFT JOIN complaint p ON p.conversation_id = w.number AND p.merged_into IS NULL
WHERE p.conversation_id IS NOT NULL OR c.due_at IS NOT NULL OR EXISTS (SELECT 1 FROM draft d WHERE d.staff_id = :staff AND d.conversation_id = c.id) OR EXISTS (SELECT 1 FROM conversation_tag g WHERE g.conversation_id = w.number);
