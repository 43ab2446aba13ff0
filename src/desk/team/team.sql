-- include "desk/team/stored.h"
-- include "desk/team/team.h"

-- team_insert(name: text, name_key: text, takes_turns: int, now: int) -> one int
INSERT INTO team (name, name_key, takes_turns, made_at) VALUES (:name, :name_key, :takes_turns, :now) RETURNING id;

-- team_update(id: int, name: text, name_key: text, takes_turns: int) -> changed
UPDATE team SET name = :name, name_key = :name_key, takes_turns = :takes_turns WHERE id = :id;

-- team_update_active(id: int, is_active: int) -> changed
UPDATE team SET is_active = :is_active WHERE id = :id;

-- team_leave_mailboxes(id: int) -> none
UPDATE mailbox SET team_id = NULL WHERE team_id = :id;

-- team_update_mailbox(mailbox: int, team: int?) -> changed
UPDATE mailbox SET team_id = :team WHERE id = :mailbox;

-- team_select_all() -> list Team
SELECT t.id, t.name, t.takes_turns, t.is_active, t.made_at,
  (SELECT COUNT(*) FROM team_member m JOIN staff s ON s.id = m.staff_id WHERE m.team_id = t.id AND s.is_active = 1) AS members
FROM team t
ORDER BY t.is_active DESC, t.name_key
LIMIT 500;

-- team_select(id: int) -> optional Team
SELECT t.id, t.name, t.takes_turns, t.is_active, t.made_at,
  (SELECT COUNT(*) FROM team_member m JOIN staff s ON s.id = m.staff_id WHERE m.team_id = t.id AND s.is_active = 1) AS members
FROM team t
WHERE t.id = :id;

-- team_select_active_name(id: int) -> optional text
SELECT name FROM team WHERE id = :id AND is_active = 1;

-- team_member_exists(team: int, staff: int) -> optional int
SELECT 1 AS found FROM team_member WHERE team_id = :team AND staff_id = :staff;

-- team_member_select_all(team: int) -> list TeamMember
SELECT s.id AS staff_id, s.name, CASE WHEN m.staff_id IS NULL THEN 0 ELSE 1 END AS is_member, s.is_away, s.capacity,
  COALESCE(a.count, 0) AS open
FROM staff s
LEFT JOIN team_member m ON m.staff_id = s.id AND m.team_id = :team
LEFT JOIN tally a ON a.name = 'open/' || s.id
WHERE s.is_active = 1
ORDER BY s.name, s.id
LIMIT 500;

-- team_member_insert(team: int, staff: int) -> none
INSERT INTO team_member (team_id, staff_id) SELECT :team, id FROM staff WHERE id = :staff AND is_active = 1
ON CONFLICT (team_id, staff_id) DO NOTHING;

-- team_member_delete(team: int, staff: int) -> none
DELETE FROM team_member WHERE team_id = :team AND staff_id = :staff;

-- team_update_room(staff: int, capacity: int, is_away: int) -> changed
UPDATE staff SET capacity = :capacity, is_away = :is_away WHERE id = :staff;

-- team_select_room(staff: int) -> optional TeamMember
SELECT id AS staff_id, name, 0 AS is_member, is_away, capacity, 0 AS open FROM staff WHERE id = :staff;

-- Those who may be given something, until the transaction ends: teams that share somebody wait for each other, in the order of ids.
-- team_lock_members(team: int, now: int) -> list int
-- sqlite
SELECT s.id FROM team t JOIN team_member m ON m.team_id = t.id JOIN staff s ON s.id = m.staff_id
WHERE t.id = :team AND t.is_active = 1 AND t.takes_turns = 1 AND s.is_active = 1 AND s.password_hash <> '' AND s.is_away = 0 AND s.break_until <= :now
ORDER BY s.id;
-- postgres
SELECT s.id FROM team t JOIN team_member m ON m.team_id = t.id JOIN staff s ON s.id = m.staff_id
WHERE t.id = :team AND t.is_active = 1 AND t.takes_turns = 1 AND s.is_active = 1 AND s.password_hash <> '' AND s.is_away = 0 AND s.break_until <= :now
ORDER BY s.id
FOR NO KEY UPDATE OF s;

-- team_select_takers(team: int, now: int) -> list TurnTaker
SELECT s.id AS staff_id, s.name, s.capacity, COALESCE(a.count, 0) AS open
FROM team_member m
JOIN staff s ON s.id = m.staff_id
LEFT JOIN tally a ON a.name = 'open/' || s.id
WHERE m.team_id = :team AND s.is_active = 1 AND s.password_hash <> '' AND s.is_away = 0 AND s.break_until <= :now
ORDER BY m.last_turn_at, s.id;

-- Later than everybody's, also when the clock stands still.
-- team_take_turn(team: int, staff: int, now: int) -> none
UPDATE team_member
SET last_turn_at = (SELECT CASE WHEN MAX(o.last_turn_at) >= :now THEN MAX(o.last_turn_at) + 1 ELSE :now END
  FROM team_member o WHERE o.team_id = :team)
WHERE team_id = :team AND staff_id = :staff;
