-- include "desk/exposure/exposure.h"

-- exposure_select(staff: int) -> optional StoredExposure
SELECT sealed, mark FROM exposure WHERE staff_id = :staff;

-- exposure_upsert(staff: int, sealed: bytes, mark: bytes) -> none
INSERT INTO exposure (staff_id, sealed, mark) VALUES (:staff, :sealed, :mark)
ON CONFLICT (staff_id) DO UPDATE SET sealed = excluded.sealed, mark = excluded.mark;

-- exposure_select_marks() -> list StoredMark
SELECT e.staff_id, e.mark FROM exposure e JOIN staff s ON s.id = e.staff_id WHERE s.is_active = 1 LIMIT 1000;

-- exposure_is_hard(number: int) -> optional int
SELECT 1 AS found FROM message m JOIN reading r ON r.message_id = m.id
WHERE m.conversation_id = :number AND r.behaviour >= 2
LIMIT 1;

-- Colleagues in the team of a conversation who are there and have room, whose turn it was longest ago first.
-- exposure_select_colleagues(number: int, me: int, now: int) -> list int
SELECT s.id FROM conversation c
JOIN team t ON t.id = c.team_id AND t.is_active = 1
JOIN team_member m ON m.team_id = t.id
JOIN staff s ON s.id = m.staff_id
LEFT JOIN tally a ON a.name = 'open/' || s.id
WHERE c.id = :number AND s.id <> :me AND s.is_active = 1 AND s.password_hash <> '' AND s.is_away = 0 AND s.break_until <= :now
  AND (s.capacity = 0 OR COALESCE(a.count, 0) < s.capacity)
ORDER BY m.last_turn_at, s.id
LIMIT 200;

-- break_select(staff: int) -> optional BreakChoice
SELECT offers_break AS is_offered, break_until AS until FROM staff WHERE id = :staff;

-- break_update(staff: int, until: int) -> changed
UPDATE staff SET break_until = :until WHERE id = :staff;

-- break_update_offer(staff: int, offers: int) -> changed
UPDATE staff SET offers_break = :offers WHERE id = :staff;

-- break_clear_past(now: int) -> changed
UPDATE staff SET break_until = 0 WHERE break_until > 0 AND break_until <= :now;
