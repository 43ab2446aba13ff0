-- include "desk/audit/audit.h"

-- Whoever has the head keeps it until their transaction ends; SQLite has one writer anyway.
-- audit_take_head() -> one AuditHead
UPDATE audit_head SET number = number + 1 WHERE id = 1 RETURNING number, seal;

-- audit_set_head(seal: text) -> none
UPDATE audit_head SET seal = :seal WHERE id = 1;

-- audit_select_head() -> one AuditHead
SELECT number, seal FROM audit_head WHERE id = 1;

-- audit_insert(number: int, now: int, staff: int?, actor: text, what: text, subject: text, detail: text, seal: text) -> none
INSERT INTO audit_entry (number, happened_at, staff_id, actor, what, subject, detail, seal)
VALUES (:number, :now, :staff, :actor, :what, :subject, :detail, :seal);

-- audit_select_after(after: int, most: int) -> list AuditEntry
SELECT number, happened_at, staff_id, actor, what, subject, detail, seal FROM audit_entry
WHERE number > :after ORDER BY number LIMIT :most;

-- audit_select(before: int, most: int) -> list AuditEntry
SELECT number, happened_at, staff_id, actor, what, subject, detail, seal FROM audit_entry
WHERE number < :before ORDER BY number DESC LIMIT :most;

-- Words of one topic lie between "staff." and "staff/", which are neighbours.
-- audit_select_topic(from: text, until: text, before: int, most: int) -> list AuditEntry
SELECT number, happened_at, staff_id, actor, what, subject, detail, seal FROM audit_entry
WHERE what >= :from AND what < :until AND number < :before ORDER BY number DESC LIMIT :most;
