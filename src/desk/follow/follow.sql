-- include "desk/staff/staff.h"

-- follow_insert(number: int, staff: int) -> changed
INSERT INTO follow (conversation_id, staff_id, queue_key)
SELECT id, :staff, CASE WHEN state = 0 THEN queue_key END FROM conversation WHERE id = :number
ON CONFLICT (conversation_id, staff_id) DO NOTHING;

-- The conversation went elsewhere in the lists; no key: it is not open.
-- follow_place(number: int, queue_key: int?) -> none
UPDATE follow SET queue_key = :queue_key WHERE conversation_id = :number;

-- follow_delete(number: int, staff: int) -> changed
DELETE FROM follow WHERE conversation_id = :number AND staff_id = :staff;

-- follow_select(number: int) -> list Staff
SELECT s.id, s.email, s.name, s.role, s.is_active, s.made_at FROM follow f JOIN staff s ON s.id = f.staff_id
WHERE f.conversation_id = :number AND s.is_active = 1
ORDER BY s.name, s.id
LIMIT 50;

-- A merge: who followed either follows the one. The other keeps its followers, for the day it is taken apart.
-- follow_unite(number: int, from: int) -> none
INSERT INTO follow (conversation_id, staff_id, queue_key)
SELECT c.id, f.staff_id, CASE WHEN c.state = 0 THEN c.queue_key END FROM conversation c, follow f WHERE c.id = :number AND f.conversation_id = :from
ON CONFLICT (conversation_id, staff_id) DO NOTHING;
