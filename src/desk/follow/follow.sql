-- include "desk/staff/staff.h"

-- follow_insert(number: int, staff: int) -> changed
INSERT INTO follow (conversation_id, staff_id) VALUES (:number, :staff) ON CONFLICT (conversation_id, staff_id) DO NOTHING;

-- follow_delete(number: int, staff: int) -> changed
DELETE FROM follow WHERE conversation_id = :number AND staff_id = :staff;

-- follow_select(number: int) -> list Staff
SELECT s.id, s.email, s.name, s.role, s.is_active, s.made_at FROM follow f JOIN staff s ON s.id = f.staff_id
WHERE f.conversation_id = :number AND s.is_active = 1
ORDER BY s.name, s.id
LIMIT 50;

-- A merge: who followed either follows the one. The other keeps its followers, for the day it is taken apart.
-- follow_unite(number: int, from: int) -> none
INSERT INTO follow (conversation_id, staff_id)
SELECT c.id, f.staff_id FROM conversation c, follow f WHERE c.id = :number AND f.conversation_id = :from
ON CONFLICT (conversation_id, staff_id) DO NOTHING;
