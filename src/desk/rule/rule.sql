-- include "desk/rule/rule.h"
-- include "desk/rule/stored.h"

-- rule_select_all() -> list RuleRow
SELECT r.id, r.place, r.name, r.is_on, r.moments, r.amount, r.watched_field AS watched, r.is_any, r.conditions, r.actions, r.up_to, r.up_to_number, r.changed_at,
  (SELECT COUNT(*) FROM rule_firing f WHERE f.rule_id = r.id) AS fired
FROM rule r WHERE r.is_gone = 0 ORDER BY r.place, r.id;

-- rule_select_on() -> list RuleRow
SELECT id, place, name, is_on, moments, amount, watched_field AS watched, is_any, conditions, actions, up_to, up_to_number, changed_at, 0 AS fired
FROM rule WHERE is_gone = 0 AND is_on = 1 ORDER BY place, id;

-- rule_select(id: int) -> optional RuleRow
SELECT id, place, name, is_on, moments, amount, watched_field AS watched, is_any, conditions, actions, up_to, up_to_number, changed_at, 0 AS fired
FROM rule WHERE id = :id AND is_gone = 0;

-- rule_lock(id: int) -> optional RuleRow
-- sqlite
SELECT id, place, name, is_on, moments, amount, watched_field AS watched, is_any, conditions, actions, up_to, up_to_number, changed_at, 0 AS fired
FROM rule WHERE id = :id AND is_gone = 0 AND is_on = 1;
-- postgres
SELECT id, place, name, is_on, moments, amount, watched_field AS watched, is_any, conditions, actions, up_to, up_to_number, changed_at, 0 AS fired
FROM rule WHERE id = :id AND is_gone = 0 AND is_on = 1 FOR NO KEY UPDATE;

-- rule_version() -> one int
SELECT version FROM rule_book WHERE id = 1;

-- rule_book_change() -> none
UPDATE rule_book SET version = version + 1 WHERE id = 1;

-- rule_insert(name: text, moments: int, amount: int, watched: int?, is_any: int, conditions: text, actions: text, is_on: int, up_to: int, staff: int?, now: int) -> one int
INSERT INTO rule (place, name, is_on, moments, amount, watched_field, is_any, conditions, actions, up_to, up_to_number, is_gone, made_by, changed_at)
VALUES ((SELECT COALESCE(MAX(place), 0) + 1 FROM rule), :name, :is_on, :moments, :amount, :watched, :is_any, :conditions, :actions, :up_to, 0, 0, :staff, :now)
RETURNING id;

-- rule_update(id: int, name: text, moments: int, amount: int, watched: int?, is_any: int, conditions: text, actions: text, is_on: int, up_to: int, now: int) -> changed
UPDATE rule
SET name = :name, moments = :moments, amount = :amount, watched_field = :watched, is_any = :is_any, conditions = :conditions, actions = :actions, is_on = :is_on,
  up_to = :up_to, up_to_number = 0, changed_at = :now
WHERE id = :id AND is_gone = 0;

-- rule_update_on(id: int, is_on: int, up_to: int) -> changed
UPDATE rule SET is_on = :is_on, up_to = :up_to, up_to_number = 0 WHERE id = :id AND is_gone = 0;

-- rule_update_place(id: int, place: int) -> none
UPDATE rule SET place = :place WHERE id = :id;

-- rule_update_gone(id: int) -> changed
UPDATE rule SET is_gone = 1, is_on = 0 WHERE id = :id AND is_gone = 0;

-- rule_update_up_to(id: int, up_to: int, up_to_number: int) -> none
UPDATE rule SET up_to = :up_to, up_to_number = :up_to_number WHERE id = :id;

-- rule_count() -> one int
SELECT COUNT(*) AS count FROM rule WHERE is_gone = 0;

-- rule_facts_select(number: int) -> optional RuleFacts
-- sqlite
SELECT c.id AS number, c.state, c.customer_id, c.mailbox_id, c.team_id, c.assignee_id, c.priority, c.snoozed_until, c.waiting_since, c.last_message_at, m.id AS message_id,
  c.customer_name, c.customer_address, c.subject, COALESCE(m.body, '') AS body, COALESCE(r.language, '') AS language,
  COALESCE((SELECT ' ' || GROUP_CONCAT(t.tag_id, ' ') || ' ' FROM conversation_tag t WHERE t.conversation_id = c.id), '') AS tags,
  COALESCE((SELECT ' ' || GROUP_CONCAT(b.mailbox_id, ' ') || ' ' FROM conversation_mailbox b WHERE b.conversation_id = c.id), '') AS came_too,
  c.is_read, c.behaviour, c.emotion, c.need, COALESCE(m.machine, 0) AS machine, COALESCE(m.channel, 0) AS channel,
  COALESCE(o.name, '') AS organisation, p.stage, p.severity, CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint,
  EXISTS (SELECT 1 FROM complaint_denied d WHERE d.conversation_id = c.id) AS is_denied
FROM conversation c
LEFT JOIN message m ON m.id = (SELECT n.id FROM message n WHERE n.conversation_id = c.id AND n.kind = 0 ORDER BY n.id DESC LIMIT 1)
LEFT JOIN reading r ON r.message_id = m.id
LEFT JOIN complaint p ON p.conversation_id = c.id AND p.merged_into IS NULL
LEFT JOIN customer k ON k.id = c.customer_id
LEFT JOIN organisation o ON o.id = k.organisation_id
WHERE c.id = :number;
-- postgres
SELECT c.id AS number, c.state, c.customer_id, c.mailbox_id, c.team_id, c.assignee_id, c.priority, c.snoozed_until, c.waiting_since, c.last_message_at, m.id AS message_id,
  c.customer_name, c.customer_address, c.subject, COALESCE(m.body, '') AS body, COALESCE(r.language, '') AS language,
  COALESCE((SELECT ' ' || STRING_AGG(CAST(t.tag_id AS text), ' ') || ' ' FROM conversation_tag t WHERE t.conversation_id = c.id), '') AS tags,
  COALESCE((SELECT ' ' || STRING_AGG(CAST(b.mailbox_id AS text), ' ') || ' ' FROM conversation_mailbox b WHERE b.conversation_id = c.id), '') AS came_too,
  c.is_read, c.behaviour, c.emotion, c.need, COALESCE(m.machine, 0) AS machine, COALESCE(m.channel, 0) AS channel,
  COALESCE(o.name, '') AS organisation, p.stage, p.severity, CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint,
  EXISTS (SELECT 1 FROM complaint_denied d WHERE d.conversation_id = c.id) AS is_denied
FROM conversation c
LEFT JOIN message m ON m.id = (SELECT n.id FROM message n WHERE n.conversation_id = c.id AND n.kind = 0 ORDER BY n.id DESC LIMIT 1)
LEFT JOIN reading r ON r.message_id = m.id
LEFT JOIN complaint p ON p.conversation_id = c.id AND p.merged_into IS NULL
LEFT JOIN customer k ON k.id = c.customer_id
LEFT JOIN organisation o ON o.id = k.organisation_id
WHERE c.id = :number;

-- The newest conversations that are not merged away.
-- rule_facts_newest(most: int) -> list RuleFacts
-- sqlite
SELECT c.id AS number, c.state, c.customer_id, c.mailbox_id, c.team_id, c.assignee_id, c.priority, c.snoozed_until, c.waiting_since, c.last_message_at, m.id AS message_id,
  c.customer_name, c.customer_address, c.subject, substr(COALESCE(m.body, ''), 1, 8000) AS body, COALESCE(r.language, '') AS language,
  COALESCE((SELECT ' ' || GROUP_CONCAT(t.tag_id, ' ') || ' ' FROM conversation_tag t WHERE t.conversation_id = c.id), '') AS tags,
  COALESCE((SELECT ' ' || GROUP_CONCAT(b.mailbox_id, ' ') || ' ' FROM conversation_mailbox b WHERE b.conversation_id = c.id), '') AS came_too,
  c.is_read, c.behaviour, c.emotion, c.need, COALESCE(m.machine, 0) AS machine, COALESCE(m.channel, 0) AS channel,
  COALESCE(o.name, '') AS organisation, p.stage, p.severity, CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint,
  EXISTS (SELECT 1 FROM complaint_denied d WHERE d.conversation_id = c.id) AS is_denied
FROM (SELECT * FROM conversation WHERE id > 0 AND state <> 2 ORDER BY id DESC LIMIT :most) AS c
LEFT JOIN message m ON m.id = (SELECT n.id FROM message n WHERE n.conversation_id = c.id AND n.kind = 0 ORDER BY n.id DESC LIMIT 1)
LEFT JOIN reading r ON r.message_id = m.id
LEFT JOIN complaint p ON p.conversation_id = c.id AND p.merged_into IS NULL
LEFT JOIN customer k ON k.id = c.customer_id
LEFT JOIN organisation o ON o.id = k.organisation_id
ORDER BY c.id DESC;
-- postgres
SELECT c.id AS number, c.state, c.customer_id, c.mailbox_id, c.team_id, c.assignee_id, c.priority, c.snoozed_until, c.waiting_since, c.last_message_at, m.id AS message_id,
  c.customer_name, c.customer_address, c.subject, substr(COALESCE(m.body, ''), 1, 8000) AS body, COALESCE(r.language, '') AS language,
  COALESCE((SELECT ' ' || STRING_AGG(CAST(t.tag_id AS text), ' ') || ' ' FROM conversation_tag t WHERE t.conversation_id = c.id), '') AS tags,
  COALESCE((SELECT ' ' || STRING_AGG(CAST(b.mailbox_id AS text), ' ') || ' ' FROM conversation_mailbox b WHERE b.conversation_id = c.id), '') AS came_too,
  c.is_read, c.behaviour, c.emotion, c.need, COALESCE(m.machine, 0) AS machine, COALESCE(m.channel, 0) AS channel,
  COALESCE(o.name, '') AS organisation, p.stage, p.severity, CASE WHEN p.conversation_id IS NULL THEN 0 ELSE 1 END AS is_complaint,
  EXISTS (SELECT 1 FROM complaint_denied d WHERE d.conversation_id = c.id) AS is_denied
FROM (SELECT * FROM conversation WHERE state <> 2 ORDER BY id DESC LIMIT :most) AS c
LEFT JOIN message m ON m.id = (SELECT n.id FROM message n WHERE n.conversation_id = c.id AND n.kind = 0 ORDER BY n.id DESC LIMIT 1)
LEFT JOIN reading r ON r.message_id = m.id
LEFT JOIN complaint p ON p.conversation_id = c.id AND p.merged_into IS NULL
LEFT JOIN customer k ON k.id = c.customer_id
LEFT JOIN organisation o ON o.id = k.organisation_id
ORDER BY c.id DESC;

-- What takes counting. Messages: the customer's and ours. 7: EVENT_REOPENED.
-- rule_more_select(first: int, last: int, since: int) -> list RuleMore
SELECT c.id AS number,
  (SELECT COUNT(*) FROM message m WHERE m.conversation_id = c.id AND m.kind IN (0, 1)) AS messages,
  (SELECT COUNT(*) FROM event e WHERE e.conversation_id = c.id AND e.kind = 7) AS reopened,
  (SELECT COUNT(*) FROM conversation o WHERE o.customer_id = c.customer_id AND o.last_message_at >= :since AND o.opened_at >= :since AND o.state <> 2) AS recent,
  EXISTS (SELECT 1 FROM conversation o JOIN complaint p ON p.conversation_id = o.id
    WHERE o.customer_id = c.customer_id AND o.id <> c.id AND p.closed_at IS NULL AND p.merged_into IS NULL) AS has_other_complaint
FROM conversation c WHERE c.id BETWEEN :first AND :last ORDER BY c.id DESC;

-- rule_value_select(first: int, last: int) -> list RuleValue
SELECT conversation_id AS number, field_id, value FROM field_value WHERE conversation_id BETWEEN :first AND :last ORDER BY conversation_id DESC, field_id;

-- What happened in the conversations from `first` on, each kind once. 37: EVENT_FIELD; `named` is how the journal begins to tell of the field.
-- rule_came(first: int, named: text) -> list RuleCame
SELECT DISTINCT conversation_id AS number, kind, CASE WHEN detail = '' THEN 1 ELSE 0 END AS is_bare,
  CASE WHEN kind = 37 AND substr(detail, 1, length(:named)) = :named THEN 1 ELSE 0 END AS is_of_field
FROM event WHERE conversation_id >= :first;

-- The plus keeps SQLite from reading all that is open: it is no choice among few.
-- rule_waited(up_to: int, up_to_number: int, until: int, most: int) -> list RuleTime
SELECT id AS number, waiting_since AS since FROM conversation
WHERE +state = 0 AND waiting_since IS NOT NULL AND (waiting_since, id) > (:up_to, :up_to_number) AND waiting_since <= :until
ORDER BY waiting_since, id LIMIT :most;

-- rule_untouched(up_to: int, up_to_number: int, until: int, most: int) -> list RuleTime
SELECT id AS number, last_message_at AS since FROM conversation
WHERE +state = 0 AND (last_message_at, id) > (:up_to, :up_to_number) AND last_message_at <= :until
ORDER BY last_message_at, id LIMIT :most;

-- rule_firing_insert(rule: int, number: int, at: int, moment: int, outcome: text) -> none
INSERT INTO rule_firing (rule_id, conversation_id, fired_at, moment, outcome) VALUES (:rule, :number, :at, :moment, :outcome);

-- rule_firing_select(rule: int, before: int, most: int) -> list RuleFiring
SELECT f.id, f.fired_at, f.conversation_id AS number, f.rule_id, f.moment, r.name AS rule_name, c.customer_name, f.outcome
FROM rule_firing f JOIN rule r ON r.id = f.rule_id JOIN conversation c ON c.id = f.conversation_id
WHERE f.rule_id = :rule AND f.id < :before ORDER BY f.id DESC LIMIT :most;

-- rule_firing_select_all(before: int, most: int) -> list RuleFiring
SELECT f.id, f.fired_at, f.conversation_id AS number, f.rule_id, f.moment, r.name AS rule_name, c.customer_name, f.outcome
FROM rule_firing f JOIN rule r ON r.id = f.rule_id JOIN conversation c ON c.id = f.conversation_id
WHERE f.id < :before ORDER BY f.id DESC LIMIT :most;

-- What the log of a rule said last.
-- rule_firing_last(rule: int) -> optional text
SELECT outcome FROM rule_firing WHERE rule_id = :rule ORDER BY id DESC LIMIT 1;

-- rule_firing_delete_old(before: int) -> changed
DELETE FROM rule_firing WHERE id IN (SELECT id FROM rule_firing WHERE fired_at < :before ORDER BY fired_at LIMIT 500);

-- rule_supervisors(least: int) -> list int
SELECT id FROM staff WHERE is_active = 1 AND role >= :least ORDER BY id LIMIT 50;

-- Whether a machine's answer would go to a machine, or to somebody who may not have written.
-- rule_is_doubtful(number: int, message: int) -> one int
SELECT CASE WHEN EXISTS (SELECT 1 FROM machine_topic t WHERE t.conversation_id = :number)
  OR EXISTS (SELECT 1 FROM message_mail m WHERE m.message_id = :message AND (m.doubt <> '' OR m.forwarded_by IS NOT NULL)) THEN 1 ELSE 0 END AS is_doubtful;

-- rule_fired_since(rule: int, number: int, since: int) -> optional int
SELECT 1 AS found FROM rule_firing WHERE conversation_id = :number AND rule_id = :rule AND fired_at > :since LIMIT 1;
