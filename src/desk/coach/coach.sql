-- include "desk/coach/coach.h"

-- coach_select_off(staff: int) -> one int
SELECT count(*) FROM coach_off WHERE staff_id = :staff;

-- coach_insert_off(staff: int) -> none
INSERT INTO coach_off (staff_id) VALUES (:staff) ON CONFLICT (staff_id) DO NOTHING;

-- coach_delete_off(staff: int) -> none
DELETE FROM coach_off WHERE staff_id = :staff;

-- coach_select_dismissals(staff: int) -> list CoachDismissal
SELECT rule, times FROM coach_dismissal WHERE staff_id = :staff ORDER BY rule;

-- coach_upsert_dismissal(staff: int, rule: text) -> none
INSERT INTO coach_dismissal (staff_id, rule, times) VALUES (:staff, :rule, 1)
ON CONFLICT (staff_id, rule) DO UPDATE SET times = coach_dismissal.times + 1;

-- coach_delete_dismissals(staff: int) -> none
DELETE FROM coach_dismissal WHERE staff_id = :staff;

-- The newest of what the customer wrote: what an answer answers.
-- coach_select_message(number: int, kind: int) -> optional CoachMessage
SELECT body FROM message WHERE conversation_id = :number AND kind = :kind ORDER BY id DESC LIMIT 1;
