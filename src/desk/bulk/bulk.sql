-- include "desk/bulk/bulk.h"
-- include "desk/bulk/stored.h"

-- bulk_select_rows(numbers: text, most: int) -> list BulkRow
-- sqlite
SELECT id AS number, customer_id, subject, customer_name FROM conversation
WHERE id IN (SELECT value FROM json_each('[' || :numbers || ']')) AND state <> 2
ORDER BY id
LIMIT :most;
-- postgres
SELECT id AS number, customer_id, subject, customer_name FROM conversation
WHERE id = ANY (string_to_array(:numbers, ',')::bigint[]) AND state <> 2
ORDER BY id
LIMIT :most;

-- batch_insert(staff: int, kind: int, value: int, label: text, now: int) -> one int
INSERT INTO batch (staff_id, kind, value, label, made_at) VALUES (:staff, :kind, :value, :label, :now) RETURNING id;

-- batch_select(id: int, staff: int) -> optional Batch
SELECT b.id, b.staff_id, b.kind, b.value, b.label, b.made_at, b.undone_at,
  (SELECT COUNT(*) FROM batch_item i WHERE i.batch_id = b.id AND i.is_change = 1) AS changed
FROM batch b
WHERE b.id = :id AND b.staff_id = :staff;

-- batch_claim_undo(id: int, now: int) -> changed
UPDATE batch SET undone_at = :now WHERE id = :id AND undone_at IS NULL;

-- batch_item_insert(batch: int, number: int, problem: text, is_change: int, was_assignee: int?, was_team: int?, was_priority: int, was_snoozed: int?, was_woke: int?, was_waiting: int?, became_assignee: int?, became_solved: int?) -> none
INSERT INTO batch_item (batch_id, conversation_id, problem, is_change, was_assignee, was_team, was_priority, was_snoozed, was_woke,
  was_waiting, became_assignee, became_solved)
VALUES (:batch, :number, :problem, :is_change, :was_assignee, :was_team, :was_priority, :was_snoozed, :was_woke, :was_waiting,
  :became_assignee, :became_solved);

-- batch_item_select(batch: int) -> list BulkItem
SELECT conversation_id AS number, problem, is_change FROM batch_item WHERE batch_id = :batch ORDER BY conversation_id;

-- batch_item_select_changed(batch: int) -> list BatchItem
SELECT conversation_id AS number, was_assignee, was_team, was_priority, was_snoozed, was_woke, was_waiting, became_assignee, became_solved
FROM batch_item
WHERE batch_id = :batch AND is_change = 1
ORDER BY conversation_id;
