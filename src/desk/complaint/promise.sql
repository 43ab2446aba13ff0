-- include "desk/complaint/promise.h"

-- promise_insert(number: int, staff: int, now: int, due_at: int, words: text) -> one int
INSERT INTO promise (conversation_id, staff_id, made_at, due_at, words, state, result)
VALUES (:number, :staff, :now, :due_at, :words, 0, '')
RETURNING id;

-- promise_select(id: int) -> optional Promise
SELECT p.id, p.conversation_id AS number, p.staff_id, p.made_at, p.due_at, p.settled_at, s.name AS staff_name, p.words, p.state, p.result,
  b.name AS settled_by
FROM promise p
JOIN staff s ON s.id = p.staff_id
LEFT JOIN staff b ON b.id = p.settled_by
WHERE p.id = :id;

-- promise_select_of(number: int, most: int) -> list Promise
SELECT p.id, p.conversation_id AS number, p.staff_id, p.made_at, p.due_at, p.settled_at, s.name AS staff_name, p.words, p.state, p.result,
  b.name AS settled_by
FROM promise p
JOIN staff s ON s.id = p.staff_id
LEFT JOIN staff b ON b.id = p.settled_by
WHERE p.conversation_id = :number
ORDER BY CASE p.state WHEN 0 THEN 0 ELSE 1 END, p.due_at, p.id
LIMIT :most;

-- promise_select_running_words(number: int) -> optional text
SELECT words FROM promise WHERE conversation_id = :number AND state = 0 ORDER BY due_at, id LIMIT 1;

-- promise_update_settled(id: int, state: int, now: int, staff: int, result: text) -> changed
UPDATE promise SET state = :state, settled_at = :now, settled_by = :staff, result = :result WHERE id = :id AND state = 0;

-- promise_update_due(id: int, due_at: int) -> changed
UPDATE promise SET due_at = :due_at WHERE id = :id AND state = 0;

-- promise_move(from: int, into: int) -> none
UPDATE promise SET conversation_id = :into WHERE conversation_id = :from;

-- promise_count_due_before(before: int, most: int) -> one int
SELECT COUNT(*) AS count FROM (SELECT 1 FROM promise WHERE state = 0 AND due_at < :before LIMIT :most) AS due;

-- promise_count_settled(since: int) -> one PromiseShare
SELECT COUNT(*) FILTER (WHERE state = 1) AS kept, COUNT(*) FILTER (WHERE state = 2) AS broken
FROM promise WHERE state IN (1, 2) AND settled_at >= :since;

-- promise_select_running(after_due: int, after_id: int, most: int) -> list PromiseRow
SELECT p.id, p.conversation_id AS number, p.due_at, p.words, s.name AS staff_name, v.subject, v.customer_name
FROM promise p
JOIN staff s ON s.id = p.staff_id
JOIN conversation v ON v.id = p.conversation_id
WHERE p.state = 0 AND (p.due_at, p.id) > (:after_due, :after_id)
ORDER BY p.due_at, p.id
LIMIT :most;
