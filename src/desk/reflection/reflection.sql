-- include "desk/reflection/reflection.h"

-- reflection_select(staff: int, number: int, moment: int) -> optional Reflection
SELECT r.id, r.conversation_id AS number, r.moment, r.first, r.second, r.third, r.made_at, r.changed_at, c.subject
FROM reflection r
JOIN conversation c ON c.id = r.conversation_id
WHERE r.staff_id = :staff AND r.conversation_id = :number AND r.moment = :moment;

-- reflection_select_own(staff: int, before: int, most: int) -> list Reflection
SELECT r.id, r.conversation_id AS number, r.moment, r.first, r.second, r.third, r.made_at, r.changed_at, c.subject
FROM reflection r
JOIN conversation c ON c.id = r.conversation_id
WHERE r.staff_id = :staff AND r.id < :before
ORDER BY r.id DESC
LIMIT :most;

-- reflection_upsert(staff: int, number: int, moment: int, first: text, second: text, third: text, now: int) -> none
INSERT INTO reflection (staff_id, conversation_id, moment, first, second, third, made_at, changed_at)
VALUES (:staff, :number, :moment, :first, :second, :third, :now, :now)
ON CONFLICT (staff_id, conversation_id, moment) DO UPDATE
SET first = excluded.first, second = excluded.second, third = excluded.third, changed_at = excluded.changed_at;

-- reflection_delete_of(staff: int, number: int, moment: int) -> none
DELETE FROM reflection WHERE staff_id = :staff AND conversation_id = :number AND moment = :moment;

-- reflection_delete(staff: int, id: int) -> changed
DELETE FROM reflection WHERE staff_id = :staff AND id = :id;

-- A merge: what somebody kept goes along, unless they have kept it there already; then it stays where it was written.
-- reflection_move(from: int, into: int) -> none
UPDATE reflection SET conversation_id = :into
WHERE conversation_id = :from
  AND NOT EXISTS (SELECT 1 FROM reflection other WHERE other.conversation_id = :into AND other.staff_id = reflection.staff_id
    AND other.moment = reflection.moment);
