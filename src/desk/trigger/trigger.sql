-- include "desk/trigger/trigger.h"

-- trigger_select_of(staff: int, most: int) -> list SealedNote
SELECT id, sealed FROM trigger_note WHERE staff_id = :staff ORDER BY id LIMIT :most;

-- trigger_count(staff: int) -> one int
SELECT COUNT(*) FROM trigger_note WHERE staff_id = :staff;

-- trigger_insert(staff: int, sealed: bytes) -> none
INSERT INTO trigger_note (staff_id, sealed) VALUES (:staff, :sealed);

-- trigger_update(staff: int, id: int, sealed: bytes) -> changed
UPDATE trigger_note SET sealed = :sealed WHERE staff_id = :staff AND id = :id;

-- trigger_delete(staff: int, id: int) -> changed
DELETE FROM trigger_note WHERE staff_id = :staff AND id = :id;
