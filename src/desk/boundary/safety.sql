-- include "desk/boundary/safety.h"
-- include "desk/staff/staff.h"

-- safety_insert(message: int, kind: int, staff: int?, now: int) -> changed
INSERT INTO safety_alert (message_id, kind, state, raised_by, raised_at, taken_at, closed_at, outcome)
VALUES (:message, :kind, 0, :staff, :now, 0, 0, '')
ON CONFLICT (message_id, kind) DO NOTHING;

-- A person says again what was called a false alarm.
-- safety_reopen(message: int, kind: int, staff: int, now: int) -> changed
UPDATE safety_alert SET state = 0, raised_by = :staff, raised_at = :now, taken_by = NULL, taken_at = 0, closed_by = NULL, closed_at = 0, outcome = ''
WHERE message_id = :message AND kind = :kind AND state = 3;

-- safety_find(message: int, kind: int) -> optional int
SELECT id FROM safety_alert WHERE message_id = :message AND kind = :kind;

-- safety_select(id: int) -> optional SafetyAlert
SELECT a.id, a.message_id, m.conversation_id AS number, a.raised_by, a.raised_at, a.taken_by, a.taken_at, a.closed_by, a.closed_at, a.kind,
  a.state, r.name AS raised_name, t.name AS taken_name, e.name AS closed_name, a.outcome, c.customer_name, c.subject, m.body, c.assignee_id,
  w.name AS assignee_name
FROM safety_alert a
JOIN message m ON m.id = a.message_id
JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN staff r ON r.id = a.raised_by
LEFT JOIN staff t ON t.id = a.taken_by
LEFT JOIN staff e ON e.id = a.closed_by
LEFT JOIN staff w ON w.id = c.assignee_id
WHERE a.id = :id;

-- Asked on every page, and nearly always for nothing: the open ones are read first, whatever a database believes of an empty table.
-- safety_select_open(most: int) -> list SafetyAlert
SELECT a.id, a.message_id, m.conversation_id AS number, a.raised_by, a.raised_at, a.taken_by, a.taken_at, a.closed_by, a.closed_at, a.kind,
  a.state, r.name AS raised_name, t.name AS taken_name, NULL AS closed_name, a.outcome, c.customer_name, c.subject, '' AS body, c.assignee_id,
  NULL AS assignee_name
FROM (SELECT * FROM safety_alert WHERE state < 2 ORDER BY id LIMIT :most) a
LEFT JOIN message m ON m.id = a.message_id
LEFT JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN staff r ON r.id = a.raised_by
LEFT JOIN staff t ON t.id = a.taken_by
ORDER BY a.id;

-- safety_select_before(before: int, most: int) -> list SafetyAlert
SELECT a.id, a.message_id, m.conversation_id AS number, a.raised_by, a.raised_at, a.taken_by, a.taken_at, a.closed_by, a.closed_at, a.kind,
  a.state, r.name AS raised_name, t.name AS taken_name, e.name AS closed_name, a.outcome, c.customer_name, c.subject, '' AS body, c.assignee_id,
  NULL AS assignee_name
FROM safety_alert a
LEFT JOIN message m ON m.id = a.message_id
LEFT JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN staff r ON r.id = a.raised_by
LEFT JOIN staff t ON t.id = a.taken_by
LEFT JOIN staff e ON e.id = a.closed_by
WHERE a.id < :before
ORDER BY a.id DESC
LIMIT :most;

-- safety_select_of(number: int) -> list SafetyAlert
SELECT a.id, a.message_id, m.conversation_id AS number, a.raised_by, a.raised_at, a.taken_by, a.taken_at, a.closed_by, a.closed_at, a.kind,
  a.state, r.name AS raised_name, t.name AS taken_name, e.name AS closed_name, a.outcome, '' AS customer_name, '' AS subject, '' AS body,
  NULL AS assignee_id, NULL AS assignee_name
FROM message m
JOIN safety_alert a ON a.message_id = m.id
LEFT JOIN staff r ON r.id = a.raised_by
LEFT JOIN staff t ON t.id = a.taken_by
LEFT JOIN staff e ON e.id = a.closed_by
WHERE m.conversation_id = :number
ORDER BY a.id
LIMIT 200;

-- safety_update_taken(id: int, staff: int, now: int) -> changed
UPDATE safety_alert SET state = 1, taken_by = :staff, taken_at = :now WHERE id = :id AND state = 0;

-- safety_update_closed(id: int, state: int, staff: int, now: int, outcome: text) -> changed
UPDATE safety_alert SET state = :state, closed_by = :staff, closed_at = :now, outcome = :outcome WHERE id = :id AND state < 2;

-- safety_tick_insert(alert: int, key: text, staff: int, now: int) -> none
INSERT INTO safety_tick (alert_id, step, staff_id, done_at) VALUES (:alert, :key, :staff, :now) ON CONFLICT (alert_id, step) DO NOTHING;

-- safety_tick_delete(alert: int, key: text) -> none
DELETE FROM safety_tick WHERE alert_id = :alert AND step = :key;

-- safety_tick_select(alert: int) -> list SafetyTick
SELECT t.step, s.name AS staff_name, t.done_at FROM safety_tick t JOIN staff s ON s.id = t.staff_id WHERE t.alert_id = :alert ORDER BY t.done_at;

-- safety_evidence_insert(alert: int, now: int, hash: bytes, size: int) -> none
INSERT INTO safety_evidence (alert_id, made_at, hash, size) VALUES (:alert, :now, :hash, :size);

-- safety_evidence_select(alert: int) -> list SafetyEvidence
SELECT id, made_at, size, hash FROM safety_evidence WHERE alert_id = :alert ORDER BY id LIMIT 100;

-- safety_evidence_message(id: int) -> optional EvidenceMessage
SELECT m.id, m.conversation_id AS number, m.made_at, m.author_name, m.author_address, m.subject, m.body, r.detail AS reading, m.original_hash
FROM message m
LEFT JOIN reading r ON r.message_id = m.id
WHERE m.id = :id;

-- safety_clear_flag(message: int, flag: int) -> changed
UPDATE reading SET flags = flags - :flag WHERE message_id = :message AND (flags & :flag) <> 0;

-- Everybody who decides, whatever they asked to be told of by mail.
-- safety_select_told() -> list Staff
SELECT id, email, name, role, is_active, made_at, language, zone FROM staff WHERE is_active = 1 AND role > 0 ORDER BY id LIMIT 50;

-- safety_reading_behaviour(message: int) -> optional int
SELECT behaviour FROM reading WHERE message_id = :message AND is_read = 1;
