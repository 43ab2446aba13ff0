-- include "desk/shield/shield.h"

-- shield_select(staff: int) -> optional int
SELECT shield FROM staff WHERE id = :staff;

-- shield_update(staff: int, shield: int) -> changed
UPDATE staff SET shield = :shield WHERE id = :staff;

-- The same people as staff_select_watchers.
-- shield_select_watchers(assignee: int) -> list ShieldOfStaff
SELECT id AS staff_id, shield AS setting FROM staff
WHERE is_active = 1 AND CASE WHEN :assignee = 0 THEN mails = 2 ELSE id = :assignee AND mails IN (1, 2) END
ORDER BY id
LIMIT 50;
