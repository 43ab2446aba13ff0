-- include "desk/boundary/boundary.h"
-- include "desk/boundary/stored.h"
-- include "desk/boundary/mail.h"

-- Nothing when another one of the same customer is open.
-- boundary_case_insert(customer: int, number: int, staff: int, now: int) -> optional int
INSERT INTO boundary_case (customer_id, conversation_id, stage, opened_by, opened_at, closed_at)
VALUES (:customer, :number, 0, :staff, :now, 0)
ON CONFLICT (customer_id) WHERE stage <> 5 DO NOTHING
RETURNING id;

-- boundary_case_number(id: int) -> optional int
SELECT conversation_id FROM boundary_case WHERE id = :id;

-- Whether a part belongs to a case; the three are asked alike.
-- boundary_has_incident(case_id: int, id: int) -> optional int
SELECT 1 AS found FROM boundary_incident WHERE id = :id AND case_id = :case_id;

-- boundary_has_measure(case_id: int, id: int) -> optional int
SELECT 1 AS found FROM boundary_measure WHERE id = :id AND case_id = :case_id;

-- boundary_has_appeal(case_id: int, id: int) -> optional int
SELECT 1 AS found FROM boundary_appeal a JOIN boundary_measure m ON m.id = a.measure_id WHERE a.id = :id AND m.case_id = :case_id;

-- boundary_case_lock(id: int) -> optional CaseStand
-- sqlite
SELECT id, customer_id, conversation_id AS number, stage FROM boundary_case WHERE id = :id;
-- postgres
SELECT id, customer_id, conversation_id AS number, stage FROM boundary_case WHERE id = :id FOR UPDATE;

-- boundary_case_open_of(customer: int) -> optional int
SELECT id FROM boundary_case WHERE customer_id = :customer AND stage <> 5;

-- boundary_case_update(id: int, stage: int, closed_at: int) -> none
UPDATE boundary_case SET stage = :stage, closed_at = :closed_at WHERE id = :id;

-- boundary_step_insert(case_id: int, event: int, before: int, after: int, now: int, staff: int?, by_customer: int, detail: text) -> none
INSERT INTO boundary_step (case_id, event, stage_before, stage_after, happened_at, staff_id, by_customer, detail)
VALUES (:case_id, :event, :before, :after, :now, :staff, :by_customer, :detail);

-- boundary_step_select(case_id: int) -> list BoundaryStep
SELECT t.id, t.happened_at, t.staff_id, t.event, t.stage_before, t.stage_after, t.by_customer, s.name AS staff_name, t.detail
FROM boundary_step t
LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.case_id = :case_id
ORDER BY t.id
LIMIT 500;

-- boundary_customer_name(id: int) -> one text
SELECT name FROM customer WHERE id = :id;

-- incident_message(id: int) -> optional IncidentMessage
SELECT m.conversation_id AS number, c.customer_id, m.kind, m.body, m.author_name, m.author_address, m.answer_to
FROM message m
JOIN conversation c ON c.id = m.conversation_id
WHERE m.id = :id;

-- incident_insert(case_id: int, message: int, level: int, start: int, end: int, quote: text, note: text, staff: int, now: int) -> changed
INSERT INTO boundary_incident (case_id, message_id, level, start_at, end_at, quote, note, staff_id, made_at, set_aside_at, set_aside_why)
VALUES (:case_id, :message, :level, :start, :end, :quote, :note, :staff, :now, 0, '')
ON CONFLICT (message_id, staff_id, start_at, level) DO NOTHING;

-- incident_select_case(message: int, staff: int, start: int, level: int) -> optional int
SELECT case_id FROM boundary_incident WHERE message_id = :message AND staff_id = :staff AND start_at = :start AND level = :level;

-- incident_case_of(id: int) -> optional int
SELECT case_id FROM boundary_incident WHERE id = :id;

-- incident_set_aside(id: int, staff: int, now: int, why: text) -> changed
UPDATE boundary_incident SET set_aside_by = :staff, set_aside_at = :now, set_aside_why = :why WHERE id = :id AND set_aside_by IS NULL;

-- Of those that stand: how many since a moment, and the worst of them.
-- incident_count(case_id: int, since: int, level: int) -> one int
SELECT COUNT(*) AS count FROM boundary_incident
WHERE case_id = :case_id AND set_aside_by IS NULL AND made_at > :since AND level >= :level;

-- incident_reported_by(case_id: int, staff: int) -> one int
SELECT COUNT(*) AS count FROM boundary_incident WHERE case_id = :case_id AND staff_id = :staff;

-- incident_select(case_id: int) -> list Incident
SELECT i.id, i.case_id, i.message_id, m.conversation_id AS number, i.start_at, i.end_at, i.staff_id, i.made_at, i.level, i.quote, i.note,
  s.name AS staff_name, i.set_aside_by, i.set_aside_at, a.name AS set_aside_name, i.set_aside_why
FROM boundary_incident i
JOIN message m ON m.id = i.message_id
JOIN staff s ON s.id = i.staff_id
LEFT JOIN staff a ON a.id = i.set_aside_by
WHERE i.case_id = :case_id
ORDER BY i.id
LIMIT 200;

-- What this conversation's messages were reported for.
-- incident_select_of(number: int) -> list Incident
SELECT i.id, i.case_id, i.message_id, m.conversation_id AS number, i.start_at, i.end_at, i.staff_id, i.made_at, i.level, i.quote, i.note,
  s.name AS staff_name, i.set_aside_by, i.set_aside_at, NULL AS set_aside_name, i.set_aside_why
FROM message m
JOIN boundary_incident i ON i.message_id = m.id
JOIN staff s ON s.id = i.staff_id
WHERE m.conversation_id = :number
ORDER BY i.id
LIMIT 200;

-- measure_insert(case_id: int, kind: int, reason: text, adjustment: int, adjustment_note: text, contact: int?, subject: text, channels: int, days: int, from_minute: int, to_minute: int, place: text, outside: text, still_open: text, letter: text, ends_at: int, review_at: int, staff: int, now: int) -> one int
INSERT INTO boundary_measure (case_id, kind, state, reason, adjustment, adjustment_note, contact_id, subject, channels, days, from_minute,
  to_minute, place, outside, still_open, letter, ends_at, review_at, requested_by, requested_at, approved_at, second_at, starts_at, over_at,
  over_why, reviewed_at, told_at)
VALUES (:case_id, :kind, 0, :reason, :adjustment, :adjustment_note, :contact, :subject, :channels, :days, :from_minute,
  :to_minute, :place, :outside, :still_open, :letter, :ends_at, :review_at, :staff, :now, 0, 0, 0, 0, '', 0, 0)
RETURNING id;

-- measure_select(id: int) -> optional Measure
SELECT m.id, m.case_id, m.kind, m.state, m.reason, m.adjustment_note, m.subject, m.place, m.outside, m.still_open, m.letter, m.adjustment,
  m.contact_id, m.channels, m.days, m.from_minute, m.to_minute, c.name AS contact_name, m.ends_at, m.review_at, m.requested_by,
  m.requested_at, m.approved_by, m.approved_at, m.second_by, m.second_at, m.starts_at, r.name AS requested_name, a.name AS approved_name,
  b.name AS second_name, m.over_by, m.over_at, m.reviewed_by, m.reviewed_at, m.message_id, m.told_at, o.name AS over_name, m.over_why
FROM boundary_measure m
JOIN staff r ON r.id = m.requested_by
LEFT JOIN staff c ON c.id = m.contact_id AND c.is_active = 1
LEFT JOIN staff a ON a.id = m.approved_by
LEFT JOIN staff b ON b.id = m.second_by
LEFT JOIN staff o ON o.id = m.over_by
WHERE m.id = :id;

-- measure_select_of(case_id: int) -> list Measure
SELECT m.id, m.case_id, m.kind, m.state, m.reason, m.adjustment_note, m.subject, m.place, m.outside, m.still_open, m.letter, m.adjustment,
  m.contact_id, m.channels, m.days, m.from_minute, m.to_minute, c.name AS contact_name, m.ends_at, m.review_at, m.requested_by,
  m.requested_at, m.approved_by, m.approved_at, m.second_by, m.second_at, m.starts_at, r.name AS requested_name, a.name AS approved_name,
  b.name AS second_name, m.over_by, m.over_at, m.reviewed_by, m.reviewed_at, m.message_id, m.told_at, o.name AS over_name, m.over_why
FROM boundary_measure m
JOIN staff r ON r.id = m.requested_by
LEFT JOIN staff c ON c.id = m.contact_id AND c.is_active = 1
LEFT JOIN staff a ON a.id = m.approved_by
LEFT JOIN staff b ON b.id = m.second_by
LEFT JOIN staff o ON o.id = m.over_by
WHERE m.case_id = :case_id
ORDER BY m.id
LIMIT 200;

-- measure_select_holding(case_id: int) -> optional int
SELECT id FROM boundary_measure WHERE case_id = :case_id AND state = 1;

-- measure_approve(id: int, staff: int, now: int) -> changed
UPDATE boundary_measure SET approved_by = :staff, approved_at = :now WHERE id = :id AND state = 0 AND approved_by IS NULL;

-- measure_approve_second(id: int, staff: int, now: int) -> changed
UPDATE boundary_measure SET second_by = :staff, second_at = :now WHERE id = :id AND state = 0 AND approved_by IS NOT NULL AND second_by IS NULL;

-- measure_start(id: int, now: int, message: int?) -> changed
UPDATE boundary_measure SET state = 1, starts_at = :now, message_id = :message WHERE id = :id AND state = 0;

-- measure_end(id: int, before: int, state: int, staff: int?, now: int, why: text) -> changed
UPDATE boundary_measure SET state = :state, over_by = :staff, over_at = :now, over_why = :why WHERE id = :id AND state = :before;

-- measure_withdraw_asked(case_id: int, staff: int?, now: int, why: text) -> changed
UPDATE boundary_measure SET state = 3, over_by = :staff, over_at = :now, over_why = :why WHERE case_id = :case_id AND state = 0;

-- measure_update_review(id: int, review_at: int, staff: int, now: int) -> changed
UPDATE boundary_measure SET review_at = :review_at, reviewed_by = :staff, reviewed_at = :now WHERE id = :id AND state = 1;

-- measure_update_told(id: int, now: int) -> none
UPDATE boundary_measure SET told_at = :now WHERE id = :id;

-- measure_select_expired(now: int) -> list DueMark
SELECT id, case_id FROM boundary_measure WHERE state = 1 AND ends_at <= :now ORDER BY ends_at, id LIMIT 200;

-- What holds against whoever writes: the customer of the conversation, when one of these addresses is theirs.
-- measure_for_writer(customer: int, sender: text, answer: text, now: int) -> optional int
SELECT m.id
FROM boundary_case k
JOIN boundary_measure m ON m.case_id = k.id AND m.state = 1
WHERE k.customer_id = :customer AND k.stage <> 5 AND m.kind IN (2, 3) AND m.ends_at > :now
  AND EXISTS (SELECT 1 FROM customer_address a WHERE a.customer_id = k.customer_id AND a.address_key IN (:sender, :answer));

-- boundary_mail_insert(message: int, case_id: int, contact: int?, now: int) -> none
INSERT INTO boundary_mail (message_id, case_id, contact_id, came_at, finding, read_at) VALUES (:message, :case_id, :contact, :now, 0, 0);

-- boundary_mail_read(message: int, finding: int, staff: int, now: int) -> changed
UPDATE boundary_mail SET finding = :finding, read_by = :staff, read_at = :now WHERE message_id = :message AND finding = 0;

-- boundary_mail_case(message: int) -> optional int
SELECT case_id FROM boundary_mail WHERE message_id = :message;

-- boundary_mail_is_of(message: int, staff: int) -> optional int
SELECT case_id FROM boundary_mail WHERE message_id = :message AND contact_id = :staff;

-- What such a row belongs to always exists, and is joined to the left all the same: it keeps the few rows that are asked for in front, so that
-- neither database reads every message or customer first, whatever its statistics say. Likewise in the lists below.
-- boundary_mail_unread(most: int) -> list TrayMail
SELECT b.message_id, b.case_id, m.conversation_id AS number, b.contact_id, b.came_at, b.finding, b.read_by, b.read_at, s.name AS contact_name,
  NULL AS read_name, u.name AS customer_name, m.subject, SUBSTR(m.body, 1, 400) AS body
FROM boundary_mail b
LEFT JOIN message m ON m.id = b.message_id
LEFT JOIN boundary_case k ON k.id = b.case_id
LEFT JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = b.contact_id
WHERE b.finding = 0
ORDER BY b.came_at, b.message_id
LIMIT :most;

-- boundary_mail_of(case_id: int) -> list TrayMail
SELECT b.message_id, b.case_id, m.conversation_id AS number, b.contact_id, b.came_at, b.finding, b.read_by, b.read_at, s.name AS contact_name,
  r.name AS read_name, u.name AS customer_name, m.subject, SUBSTR(m.body, 1, 400) AS body
FROM boundary_mail b
JOIN message m ON m.id = b.message_id
JOIN boundary_case k ON k.id = b.case_id
JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = b.contact_id
LEFT JOIN staff r ON r.id = b.read_by
WHERE b.case_id = :case_id
ORDER BY b.message_id DESC
LIMIT 50;

-- boundary_mail_of_conversation(number: int) -> list TrayMail
SELECT b.message_id, b.case_id, m.conversation_id AS number, b.contact_id, b.came_at, b.finding, b.read_by, b.read_at, s.name AS contact_name,
  r.name AS read_name, '' AS customer_name, m.subject, '' AS body
FROM message m
JOIN boundary_mail b ON b.message_id = m.id
LEFT JOIN staff s ON s.id = b.contact_id
LEFT JOIN staff r ON r.id = b.read_by
WHERE m.conversation_id = :number
ORDER BY b.message_id
LIMIT 200;

-- appeal_insert(measure: int, way: int, words: text, message: int?, noted_by: int?, now: int, due_at: int) -> changed
INSERT INTO boundary_appeal (measure_id, way, words, message_id, noted_by, made_at, due_at, state, requested_by, approved_by, second_by,
  decided_at, reason)
SELECT m.id, :way, :words, :message, :noted_by, :now, :due_at, 0, m.requested_by, m.approved_by, m.second_by, 0, ''
FROM boundary_measure m
WHERE m.id = :measure AND m.approved_by IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM boundary_appeal a WHERE a.measure_id = m.id AND a.state = 0);

-- appeal_select(id: int) -> optional Appeal
SELECT a.id, m.case_id, a.measure_id, a.made_at, a.due_at, a.message_id, a.noted_by, a.requested_by, a.approved_by, a.second_by,
  a.decided_by, a.decided_at, a.way, a.state, m.kind, a.words, n.name AS noted_name, d.name AS decided_name, a.reason
FROM boundary_appeal a
JOIN boundary_measure m ON m.id = a.measure_id
LEFT JOIN staff n ON n.id = a.noted_by
LEFT JOIN staff d ON d.id = a.decided_by
WHERE a.id = :id;

-- The one that is open, or else the latest.
-- appeal_select_newest(measure: int) -> optional int
SELECT id FROM boundary_appeal WHERE measure_id = :measure ORDER BY CASE WHEN state = 0 THEN 0 ELSE 1 END, id DESC LIMIT 1;

-- appeal_select_of(case_id: int) -> list Appeal
SELECT a.id, m.case_id, a.measure_id, a.made_at, a.due_at, a.message_id, a.noted_by, a.requested_by, a.approved_by, a.second_by,
  a.decided_by, a.decided_at, a.way, a.state, m.kind, a.words, n.name AS noted_name, d.name AS decided_name, a.reason
FROM boundary_measure m
JOIN boundary_appeal a ON a.measure_id = m.id
LEFT JOIN staff n ON n.id = a.noted_by
LEFT JOIN staff d ON d.id = a.decided_by
WHERE m.case_id = :case_id
ORDER BY a.id
LIMIT 200;

-- What bounds further ones against a measure.
-- appeal_count(case_id: int, measure: int, since: int) -> one AppealCounts
SELECT COUNT(*) FILTER (WHERE a.measure_id = :measure AND a.state = 1) AS stands, COUNT(*) FILTER (WHERE a.measure_id = :measure AND a.state = 2) AS granted,
  COUNT(*) FILTER (WHERE a.made_at > :since) AS recent,
  COALESCE(MAX(CASE WHEN a.measure_id <> :measure AND a.state = 0 THEN a.due_at END), 0) AS other_due_at
FROM boundary_measure m
JOIN boundary_appeal a ON a.measure_id = m.id
WHERE m.case_id = :case_id;

-- appeal_settle(id: int, state: int, staff: int, now: int, reason: text) -> changed
UPDATE boundary_appeal SET state = :state, decided_by = :staff, decided_at = :now, reason = :reason WHERE id = :id AND state = 0;

-- boundary_reviewed_by(case_id: int, staff: int) -> one int
SELECT COUNT(*) AS count FROM boundary_step WHERE case_id = :case_id AND staff_id = :staff AND event = 14;

-- boundary_case_select(id: int) -> optional BoundaryCase
SELECT k.id, k.customer_id, k.conversation_id AS number, k.opened_by, k.opened_at, k.closed_at, k.stage, u.name AS customer_name, s.name AS opened_name,
  (SELECT COUNT(*) FROM boundary_incident i WHERE i.case_id = k.id AND i.set_aside_by IS NULL) AS incidents,
  q.id AS asked_id, q.kind AS asked_kind, h.id AS holding_id, h.ends_at, h.review_at, a.id AS appeal_id, a.due_at AS appeal_due_at
FROM boundary_case k
JOIN customer u ON u.id = k.customer_id
JOIN staff s ON s.id = k.opened_by
LEFT JOIN boundary_measure q ON q.case_id = k.id AND q.state = 0
LEFT JOIN boundary_measure h ON h.case_id = k.id AND h.state = 1
LEFT JOIN boundary_appeal a ON a.id = (SELECT MIN(b.id) FROM boundary_measure n JOIN boundary_appeal b ON b.measure_id = n.id AND b.state = 0 WHERE n.case_id = k.id)
WHERE k.id = :id;

-- boundary_case_list(closed: int, before: int, most: int) -> list BoundaryCase
SELECT k.id, k.customer_id, k.conversation_id AS number, k.opened_by, k.opened_at, k.closed_at, k.stage, u.name AS customer_name, s.name AS opened_name,
  (SELECT COUNT(*) FROM boundary_incident i WHERE i.case_id = k.id AND i.set_aside_by IS NULL) AS incidents,
  q.id AS asked_id, q.kind AS asked_kind, h.id AS holding_id, h.ends_at, h.review_at, NULL AS appeal_id, NULL AS appeal_due_at
FROM boundary_case k
LEFT JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = k.opened_by
LEFT JOIN boundary_measure q ON q.case_id = k.id AND q.state = 0
LEFT JOIN boundary_measure h ON h.case_id = k.id AND h.state = 1
WHERE CASE WHEN k.closed_at = 0 THEN 0 ELSE 1 END = :closed AND k.id < :before
ORDER BY k.id DESC
LIMIT :most;

-- boundary_due_waiting(most: int) -> list BoundaryCase
SELECT k.id, k.customer_id, k.conversation_id AS number, k.opened_by, k.opened_at, k.closed_at, k.stage, u.name AS customer_name, s.name AS opened_name,
  0 AS incidents, q.id AS asked_id, q.kind AS asked_kind, NULL AS holding_id, NULL AS ends_at, NULL AS review_at, NULL AS appeal_id, NULL AS appeal_due_at
FROM boundary_measure q
LEFT JOIN boundary_case k ON k.id = q.case_id
LEFT JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = q.requested_by
WHERE q.state = 0
ORDER BY q.requested_at, q.id
LIMIT :most;

-- boundary_due_appeals(most: int) -> list BoundaryCase
SELECT k.id, k.customer_id, k.conversation_id AS number, k.opened_by, k.opened_at, k.closed_at, k.stage, u.name AS customer_name, s.name AS opened_name,
  0 AS incidents, NULL AS asked_id, m.kind AS asked_kind, NULL AS holding_id, NULL AS ends_at, NULL AS review_at, a.id AS appeal_id, a.due_at AS appeal_due_at
FROM boundary_appeal a
LEFT JOIN boundary_measure m ON m.id = a.measure_id
LEFT JOIN boundary_case k ON k.id = m.case_id
LEFT JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = k.opened_by
WHERE a.state = 0
ORDER BY a.due_at, a.id
LIMIT :most;

-- boundary_due_reviews(until: int, most: int) -> list BoundaryCase
SELECT k.id, k.customer_id, k.conversation_id AS number, k.opened_by, k.opened_at, k.closed_at, k.stage, u.name AS customer_name, s.name AS opened_name,
  0 AS incidents, NULL AS asked_id, NULL AS asked_kind, h.id AS holding_id, h.ends_at, h.review_at, NULL AS appeal_id, NULL AS appeal_due_at
FROM boundary_measure h
LEFT JOIN boundary_case k ON k.id = h.case_id
LEFT JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = k.opened_by
WHERE h.state = 1 AND h.review_at <= :until AND h.review_at < h.ends_at
ORDER BY h.review_at, h.id
LIMIT :most;

-- boundary_due_endings(until: int, most: int) -> list BoundaryCase
SELECT k.id, k.customer_id, k.conversation_id AS number, k.opened_by, k.opened_at, k.closed_at, k.stage, u.name AS customer_name, s.name AS opened_name,
  0 AS incidents, NULL AS asked_id, NULL AS asked_kind, h.id AS holding_id, h.ends_at, h.review_at, NULL AS appeal_id, NULL AS appeal_due_at
FROM boundary_measure h
LEFT JOIN boundary_case k ON k.id = h.case_id
LEFT JOIN customer u ON u.id = k.customer_id
LEFT JOIN staff s ON s.id = k.opened_by
WHERE h.state = 1 AND h.ends_at <= :until
ORDER BY h.ends_at, h.id
LIMIT :most;

-- Proposals of others that this person has not approved, appeals, reviews that are due, unread mail that is nobody's or theirs.
-- boundary_count_due(staff: int, now: int) -> one int
SELECT
  (SELECT COUNT(*) FROM boundary_measure q WHERE q.state = 0 AND q.requested_by <> :staff AND COALESCE(q.approved_by, 0) <> :staff)
  + (SELECT COUNT(*) FROM boundary_appeal a WHERE a.state = 0)
  + (SELECT COUNT(*) FROM boundary_measure h WHERE h.state = 1 AND h.review_at <= :now AND h.review_at < h.ends_at)
  + (SELECT COUNT(*) FROM boundary_mail b WHERE b.finding = 0 AND COALESCE(b.contact_id, :staff) = :staff) AS count;

-- measure_contact_name(id: int) -> optional text
SELECT name FROM staff WHERE id = :id AND is_active = 1;

-- boundary_message_words(id: int) -> optional MessageWords
SELECT conversation_id AS number, CASE WHEN author_name = '' THEN author_address ELSE author_name END AS author, body
FROM message WHERE id = :id AND kind = 0;
