-- include "desk/shield/shield.h"

-- shield_select(staff: int) -> optional int
SELECT shield FROM staff WHERE id = :staff;

-- shield_update(staff: int, shield: int) -> changed
UPDATE staff SET shield = :shield WHERE id = :staff;
