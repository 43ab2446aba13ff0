-- include "desk/staff/staff.h"
-- include "desk/staff/secret.h"
-- include "desk/staff/admin.h"

-- staff_insert(email: text, email_key: text, name: text, role: int, password_hash: text, made_at: int) -> one int
INSERT INTO staff (email, email_key, name, role, password_hash, is_active, made_at)
VALUES (:email, :email_key, :name, :role, :password_hash, 1, :made_at)
RETURNING id;

-- staff_select_all() -> list Staff
SELECT id, email, name, role, is_active, CASE WHEN password_hash = '' THEN 0 ELSE 1 END AS has_joined, made_at FROM staff ORDER BY name, id;

-- staff_select(email_key: text) -> optional Staff
SELECT id, email, name, role, is_active, made_at FROM staff WHERE email_key = :email_key;

-- Of somebody who can be given something: not of who left, nor of who was invited and is not here yet.
-- staff_select_active_name(id: int) -> optional text
SELECT name FROM staff WHERE id = :id AND is_active = 1 AND password_hash <> '';

-- staff_select_left(id: int) -> optional StaffLeft
SELECT s.name, s.leaves, COALESCE(t.id, 0) AS to_id
FROM staff s
LEFT JOIN staff t ON t.id = s.leaves_to AND t.is_active = 1
WHERE s.id = :id AND s.is_active = 0;

-- staff_update_leaves(id: int, leaves: int, to: int?) -> none
UPDATE staff SET leaves = :leaves, leaves_to = :to WHERE id = :id;

-- Of those who left, what is open; `only` 0: of anybody. CROSS: SQLite begins with the few who left.
-- staff_select_stranded(only: int, most: int) -> list int
SELECT c.id FROM staff s
CROSS JOIN conversation c
WHERE s.is_active = 0 AND c.assignee_id = s.id AND c.state = 0 AND (:only = 0 OR s.id = :only)
ORDER BY s.id, c.queue_key, c.id
LIMIT :most;

-- + takes the type of the number away, without which SQLite would not use the index of the expression.
-- staff_select_stranded_owners() -> list int
SELECT s.id FROM staff s
WHERE s.is_active = 0 AND EXISTS (
  SELECT 1 FROM complaint c WHERE COALESCE(c.owner_id, 0) = +s.id AND (c.stage <> 9 OR c.has_news = 1) AND c.merged_into IS NULL)
ORDER BY s.id;

-- Counted as far as `most`: more are told as so many.
-- staff_select_burden(staff: int, most: int) -> one StaffBurden
SELECT
  (SELECT COUNT(*) FROM (SELECT 1 FROM conversation WHERE assignee_id = :staff AND state = 0 LIMIT :most) AS c) AS conversations,
  (SELECT COUNT(*) FROM (SELECT 1 FROM complaint WHERE COALESCE(owner_id, 0) = :staff AND (stage <> 9 OR has_news = 1) AND merged_into IS NULL LIMIT :most) AS c) AS complaints,
  (SELECT COUNT(*) FROM (SELECT 1 FROM promise WHERE state = 0 AND staff_id = :staff LIMIT :most) AS p) AS promises,
  (SELECT COUNT(*) FROM (SELECT 1 FROM remedy WHERE state = 1 AND asked_by = :staff LIMIT :most) AS r) AS approvals,
  (SELECT COUNT(*) FROM (SELECT 1 FROM draft WHERE staff_id = :staff LIMIT :most) AS d) AS drafts;

-- staff_select_by_id(id: int) -> optional Staff
SELECT id, email, name, role, is_active, made_at, language, zone FROM staff WHERE id = :id;

-- staff_update_reader(id: int, language: text, zone: text) -> changed
UPDATE staff SET language = :language, zone = :zone WHERE id = :id;

-- staff_select_zone(id: int) -> optional text
SELECT zone FROM staff WHERE id = :id;

-- staff_secret_by_email(email_key: text) -> optional StaffSecret
SELECT id, password_hash, is_active FROM staff WHERE email_key = :email_key;

-- staff_secret_by_id(id: int) -> optional StaffSecret
SELECT id, password_hash, is_active FROM staff WHERE id = :id;

-- staff_select_signature(id: int) -> optional text
SELECT signature FROM staff WHERE id = :id;

-- staff_update_signature(id: int, signature: text) -> changed
UPDATE staff SET signature = :signature WHERE id = :id;

-- staff_update_password(id: int, password_hash: text) -> changed
UPDATE staff SET password_hash = :password_hash WHERE id = :id;

-- staff_update_active(id: int, is_active: int) -> changed
UPDATE staff SET is_active = :is_active WHERE id = :id;

-- session_insert(token_hash: bytes, staff_id: int, now: int, expires_at: int, browser: text, address: text, vault_key: bytes) -> one int
INSERT INTO session (token_hash, staff_id, made_at, seen_at, expires_at, browser, address, vault_key)
VALUES (:token_hash, :staff_id, :now, :now, :expires_at, :browser, :address, :vault_key)
RETURNING id;

-- session_select_by_token(token_hash: bytes, now: int) -> optional SessionStaff
SELECT s.id AS session_id, s.seen_at, p.id, p.email, p.name, p.role, p.made_at, p.language,
  CASE WHEN p.zone = '' THEN h.zone ELSE p.zone END AS zone
FROM session s
JOIN staff p ON p.id = s.staff_id
JOIN hours h ON h.id = 1
WHERE s.token_hash = :token_hash AND s.expires_at > :now AND p.is_active = 1;

-- session_touch(id: int, now: int, expires_at: int) -> none
UPDATE session SET seen_at = :now, expires_at = :expires_at WHERE id = :id;

-- session_select_of(staff_id: int, now: int) -> list Session
SELECT id, made_at, seen_at, expires_at, browser, address FROM session
WHERE staff_id = :staff_id AND expires_at > :now
ORDER BY seen_at DESC, id DESC
LIMIT 100;

-- session_delete(staff_id: int, id: int) -> none
DELETE FROM session WHERE id = :id AND staff_id = :staff_id;

-- session_delete_others(staff_id: int, except_id: int) -> none
DELETE FROM session WHERE staff_id = :staff_id AND id <> :except_id;

-- session_delete_expired(now: int) -> none
DELETE FROM session WHERE expires_at <= :now;

-- sign_in_failure_insert(subject: text, failed_at: int) -> none
INSERT INTO sign_in_failure (subject, failed_at) VALUES (:subject, :failed_at);

-- sign_in_failure_recent(subject: text, since: int) -> one SignInFailures
SELECT COUNT(*) AS count, COALESCE(MIN(failed_at), 0) AS oldest FROM sign_in_failure
WHERE subject = :subject AND failed_at > :since;

-- sign_in_failure_forget(before: int) -> none
DELETE FROM sign_in_failure WHERE failed_at < :before;

-- ——— administering people

-- `only` 0: everybody.
-- staff_select_people(now: int, only: int) -> list StaffPerson
-- sqlite
SELECT s.id, s.email, s.name, s.role, s.is_active, s.made_at, CASE WHEN s.password_hash = '' THEN 0 ELSE 1 END AS has_joined,
  (SELECT COUNT(*) FROM session x WHERE x.staff_id = s.id AND x.expires_at > :now) AS sessions,
  COALESCE((SELECT MAX(x.seen_at) FROM session x WHERE x.staff_id = s.id AND x.expires_at > :now), 0) AS last_seen_at,
  COALESCE((SELECT group_concat(t.name, ', ') FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.staff_id = s.id AND t.is_active = 1), '') AS teams
FROM staff s
WHERE :only = 0 OR s.id = :only
ORDER BY s.name, s.id
LIMIT 1000;
-- postgres
SELECT s.id, s.email, s.name, s.role, s.is_active, s.made_at, CASE WHEN s.password_hash = '' THEN 0 ELSE 1 END AS has_joined,
  (SELECT COUNT(*) FROM session x WHERE x.staff_id = s.id AND x.expires_at > :now) AS sessions,
  COALESCE((SELECT MAX(x.seen_at) FROM session x WHERE x.staff_id = s.id AND x.expires_at > :now), 0) AS last_seen_at,
  COALESCE((SELECT string_agg(t.name, ', ' ORDER BY t.name) FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.staff_id = s.id AND t.is_active = 1), '') AS teams
FROM staff s
WHERE :only = 0 OR s.id = :only
ORDER BY s.name, s.id
LIMIT 1000;

-- staff_lock_administrators() -> list int
-- sqlite
SELECT id FROM staff WHERE role = 2 AND is_active = 1 AND password_hash <> '' ORDER BY id;
-- postgres
SELECT id FROM staff WHERE role = 2 AND is_active = 1 AND password_hash <> '' ORDER BY id FOR UPDATE;

-- staff_select_any() -> optional int
SELECT 1 AS one FROM staff LIMIT 1;

-- staff_update_name(id: int, name: text) -> none
UPDATE staff SET name = :name WHERE id = :id;

-- staff_update_email(id: int, email: text, email_key: text) -> none
UPDATE staff SET email = :email, email_key = :email_key WHERE id = :id;

-- staff_update_role(id: int, role: int) -> none
UPDATE staff SET role = :role WHERE id = :id;

-- staff_link_insert(token_hash: bytes, staff: int, made_by: int?, now: int, expires_at: int) -> none
INSERT INTO staff_link (token_hash, staff_id, made_by, made_at, expires_at) VALUES (:token_hash, :staff, :made_by, :now, :expires_at);

-- staff_link_delete_of(staff: int) -> none
DELETE FROM staff_link WHERE staff_id = :staff;

-- staff_select_by_link(token_hash: bytes, now: int) -> optional Staff
SELECT s.id, s.email, s.name, s.role, s.is_active, s.made_at FROM staff_link l JOIN staff s ON s.id = l.staff_id
WHERE l.token_hash = :token_hash AND l.expires_at > :now AND s.is_active = 1;

-- staff_link_take(token_hash: bytes, now: int) -> optional StaffLinkRow
DELETE FROM staff_link WHERE token_hash = :token_hash AND expires_at > :now RETURNING staff_id, expires_at;

-- staff_select_teams(staff: int) -> list StaffTeam
SELECT t.id, t.name, CASE WHEN m.staff_id IS NULL THEN 0 ELSE 1 END AS is_member
FROM team t
LEFT JOIN team_member m ON m.team_id = t.id AND m.staff_id = :staff
WHERE t.is_active = 1
ORDER BY t.name, t.id
LIMIT 200;

-- staff_team_join(team: int, staff: int) -> none
INSERT INTO team_member (team_id, staff_id) VALUES (:team, :staff) ON CONFLICT (team_id, staff_id) DO NOTHING;

-- staff_team_leave(team: int, staff: int) -> none
DELETE FROM team_member WHERE team_id = :team AND staff_id = :staff;
