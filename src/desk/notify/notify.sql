-- include "desk/notify/notice.h"
-- include "desk/notify/stored.h"
-- include "desk/staff/staff.h"

-- Few rows: staff. Those with whom it is, who follow it, and, when it is with nobody, all.
-- notice_hearers(number: int) -> list NoticeHearer
SELECT s.id, s.role, s.email_key, s.notices_desk, s.notices_browser, s.notices_mail, s.notice_hours, s.notice_days, s.notice_from, s.notice_until,
  CASE WHEN c.assignee_id = s.id THEN 1 ELSE 0 END AS is_mine,
  CASE WHEN f.staff_id IS NULL THEN 0 ELSE 1 END AS follows,
  CASE WHEN t.staff_id IS NULL THEN 0 ELSE 1 END AS is_in_team,
  CASE WHEN c.assignee_id IS NULL THEN 1 ELSE 0 END AS is_nobodys,
  CASE WHEN c.team_id IS NULL THEN 0 ELSE 1 END AS has_team
FROM conversation c
JOIN staff s ON s.is_active = 1
LEFT JOIN follow f ON f.conversation_id = c.id AND f.staff_id = s.id
LEFT JOIN team_member t ON t.team_id = c.team_id AND t.staff_id = s.id
WHERE c.id = :number AND (c.assignee_id IS NULL OR c.assignee_id = s.id OR f.staff_id IS NOT NULL)
ORDER BY s.id;

-- notice_hearer(staff: int) -> optional NoticeHearer
SELECT id, role, email_key, notices_desk, notices_browser, notices_mail, notice_hours, notice_days, notice_from, notice_until,
  0 AS is_mine, 0 AS follows, 0 AS is_in_team, 0 AS is_nobodys, 0 AS has_team
FROM staff WHERE id = :staff AND is_active = 1;

-- notice_insert(staff: int, number: int, kind: int, at: int, actor: int?, message: int?, detail: text, words: text, ways: int, mail_at: int?) -> none
INSERT INTO notice (staff_id, conversation_id, kind, made_at, actor_id, message_id, detail, words, ways, mail_at)
VALUES (:staff, :number, :kind, :at, :actor, :message, :detail, :words, :ways, :mail_at);

-- notice_choice_select(staff: int) -> optional NoticeHearer
SELECT id, role, email_key, notices_desk, notices_browser, notices_mail, notice_hours, notice_days, notice_from, notice_until,
  0 AS is_mine, 0 AS follows, 0 AS is_in_team, 0 AS is_nobodys, 0 AS has_team
FROM staff WHERE id = :staff;

-- notice_choice_update(staff: int, desk: int, browser: int, mail: int, hours: int, days: int, from: int, until: int) -> changed
UPDATE staff
SET notices_desk = :desk, notices_browser = :browser, notices_mail = :mail, notice_hours = :hours, notice_days = :days,
  notice_from = :from, notice_until = :until
WHERE id = :staff;

-- notice_select(staff: int, before: int, most: int) -> list Notice
SELECT n.id, n.conversation_id AS number, n.made_at, n.seen_at, n.message_id, n.kind, s.name AS actor_name, c.customer_name, c.subject, n.detail, n.ways
FROM notice n
JOIN conversation c ON c.id = n.conversation_id
LEFT JOIN staff s ON s.id = n.actor_id
WHERE n.staff_id = :staff AND n.id < :before AND n.ways & 1 = 1
ORDER BY n.id DESC
LIMIT :most;

-- notice_select_after(staff: int, after: int) -> list Notice
SELECT n.id, n.conversation_id AS number, n.made_at, n.seen_at, n.message_id, n.kind, s.name AS actor_name, c.customer_name, c.subject, n.detail, n.ways
FROM notice n
JOIN conversation c ON c.id = n.conversation_id
LEFT JOIN staff s ON s.id = n.actor_id
WHERE n.staff_id = :staff AND n.id > :after AND n.seen_at IS NULL
ORDER BY n.id
LIMIT 10;

-- notice_select_last(staff: int) -> one int
SELECT COALESCE(MAX(id), 0) AS last FROM notice WHERE staff_id = :staff;

-- notice_count(staff: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (
  SELECT 1 FROM notice WHERE staff_id = :staff AND seen_at IS NULL AND ways & 1 = 1 LIMIT :most) AS unseen;

-- notice_unseen_in(staff: int, number: int) -> optional int
SELECT 1 AS found FROM notice WHERE staff_id = :staff AND conversation_id = :number AND seen_at IS NULL LIMIT 1;

-- notice_see_in(staff: int, number: int, now: int) -> none
UPDATE notice SET seen_at = :now, mail_at = NULL WHERE staff_id = :staff AND conversation_id = :number AND seen_at IS NULL;

-- notice_see_all(staff: int, now: int) -> none
UPDATE notice SET seen_at = :now, mail_at = NULL WHERE staff_id = :staff AND seen_at IS NULL;

-- Who has some that are due, whoever waits longest first.
-- notice_due(due_by: int) -> list int
SELECT staff_id FROM notice WHERE mail_at <= :due_by GROUP BY staff_id ORDER BY MIN(mail_at), staff_id LIMIT 500;

-- Claims what is to go to one person: whoever else is at it finds nothing.
-- notice_claim(staff: int) -> list int
UPDATE notice SET mail_at = NULL WHERE staff_id = :staff AND mail_at IS NOT NULL RETURNING id;

-- What could not be made into a mail: later, until it was tried often enough.
-- notice_put_off(staff: int, until: int, most: int) -> changed
UPDATE notice
SET mail_tries = mail_tries + 1, mail_at = CASE WHEN mail_tries + 1 < :most THEN :until END
WHERE staff_id = :staff AND mail_at IS NOT NULL;

-- notice_select_mail(staff: int, first: int, last: int) -> list NoticeMail
SELECT n.id, n.conversation_id AS number, c.mailbox_id, n.made_at, n.actor_id, n.kind, s.name AS actor_name, c.customer_name, c.subject, n.detail,
  n.words, COALESCE(m.body, '') AS body, COALESCE(m.author_name, '') AS author_name, COALESCE(m.author_address, '') AS author_address, c.assignee_id
FROM notice n
JOIN conversation c ON c.id = n.conversation_id
LEFT JOIN staff s ON s.id = n.actor_id
LEFT JOIN message m ON m.id = n.message_id
WHERE n.staff_id = :staff AND n.id BETWEEN :first AND :last AND n.seen_at IS NULL
ORDER BY n.id;

-- notice_delete_old(before: int) -> changed
DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE made_at < :before ORDER BY made_at LIMIT 500);
