-- include "desk/view/stored.h"

-- saved_view_select(staff: int) -> list SavedView
SELECT v.id, v.staff_id, v.made_by, v.version, v.name, v.query, v.is_kept, CASE WHEN v.filled_to IS NULL THEN 0 ELSE 1 END AS is_filling,
  COALESCE(t.count, 0) AS count
FROM saved_view v
LEFT JOIN tally t ON t.name = 'view/' || v.id
WHERE v.staff_id IS NULL OR v.staff_id = :staff
ORDER BY v.name_key, v.id
LIMIT 60;

-- saved_view_find(id: int, staff: int) -> optional SavedView
SELECT v.id, v.staff_id, v.made_by, v.version, v.name, v.query, v.is_kept, CASE WHEN v.filled_to IS NULL THEN 0 ELSE 1 END AS is_filling,
  COALESCE(t.count, 0) AS count
FROM saved_view v
LEFT JOIN tally t ON t.name = 'view/' || v.id
WHERE v.id = :id AND (v.staff_id IS NULL OR v.staff_id = :staff);

-- saved_view_count(staff: int) -> one int
SELECT COUNT(*) AS count FROM saved_view WHERE COALESCE(staff_id, 0) = :staff;

-- saved_view_named(staff: int, name_key: text, except: int) -> optional int
SELECT id FROM saved_view WHERE COALESCE(staff_id, 0) = :staff AND name_key = :name_key AND id <> :except LIMIT 1;

-- saved_view_insert(name: text, name_key: text, query: text, staff: int?, made_by: int, now: int, is_kept: int, filled_to: int?) -> one int
INSERT INTO saved_view (name, name_key, query, staff_id, made_by, made_at, is_kept, filled_to)
VALUES (:name, :name_key, :query, :staff, :made_by, :now, :is_kept, :filled_to)
RETURNING id;

-- saved_view_update(id: int, name: text, name_key: text, query: text, staff: int?, made_by: int, is_kept: int) -> none
UPDATE saved_view
SET name = :name, name_key = :name_key, query = :query, staff_id = :staff, made_by = :made_by, is_kept = :is_kept, version = version + 1
WHERE id = :id;

-- saved_view_forget_entries(id: int) -> none
DELETE FROM saved_view_entry WHERE view_id = :id;

-- saved_view_forget_count(name: text) -> none
DELETE FROM tally WHERE name = :name;

-- saved_view_delete(id: int) -> none
DELETE FROM saved_view WHERE id = :id;

-- saved_view_select_page(view: int, after_key: int, after_number: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, e.queue_key AS queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM saved_view_entry e
JOIN conversation c ON c.id = e.conversation_id
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE e.view_id = :view AND (e.queue_key, e.conversation_id) > (:after_key, :after_number)
ORDER BY e.queue_key, e.conversation_id
LIMIT :most;

-- saved_view_select_kept() -> list SavedView
SELECT id, staff_id, made_by, version, name, query, is_kept, 0 AS is_filling, 0 AS count FROM saved_view WHERE is_kept = 1 ORDER BY id;

-- saved_view_select_places(numbers: text) -> list ViewPlace
-- sqlite
SELECT c.id AS number, c.queue_key FROM json_each('[' || :numbers || ']') AS w JOIN conversation c ON c.id = w.value;
-- postgres
SELECT id AS number, queue_key FROM conversation WHERE id = ANY (CAST(string_to_array(:numbers, ',') AS BIGINT[]));

-- saved_view_select_entries(numbers: text) -> list ViewEntry
-- sqlite
SELECT e.view_id, e.conversation_id AS number, e.queue_key
FROM json_each('[' || :numbers || ']') AS w JOIN saved_view_entry e ON e.conversation_id = w.value
ORDER BY e.conversation_id, e.view_id;
-- postgres
SELECT view_id, conversation_id AS number, queue_key FROM saved_view_entry
WHERE conversation_id = ANY (CAST(string_to_array(:numbers, ',') AS BIGINT[]))
ORDER BY conversation_id, view_id;

-- saved_view_put(view: int, number: int, queue_key: int) -> none
INSERT INTO saved_view_entry (view_id, conversation_id, queue_key) VALUES (:view, :number, :queue_key)
ON CONFLICT (view_id, conversation_id) DO UPDATE SET queue_key = excluded.queue_key;

-- saved_view_take(view: int, number: int) -> none
DELETE FROM saved_view_entry WHERE view_id = :view AND conversation_id = :number;

-- saved_view_select_unfilled() -> optional UnfilledView
SELECT id, made_by, filled_to, query FROM saved_view WHERE filled_to IS NOT NULL ORDER BY id LIMIT 1;

-- saved_view_fill(view: int, query: text, low: int, high: int) -> changed
-- sqlite
INSERT INTO saved_view_entry (view_id, conversation_id, queue_key)
SELECT :view, c.id, c.queue_key
FROM (SELECT rowid AS id FROM search_index WHERE search_index MATCH :query AND rowid >= :low AND rowid < :high) AS f
JOIN search_doc d ON d.id = f.id
JOIN conversation c ON c.id = d.conversation_id
WHERE TRUE
ON CONFLICT (view_id, conversation_id) DO NOTHING;
-- postgres
INSERT INTO saved_view_entry (view_id, conversation_id, queue_key)
SELECT :view, c.id, c.queue_key
FROM search_doc d
JOIN conversation c ON c.id = d.conversation_id
WHERE d.lexemes @@ CAST(:query AS tsquery) AND d.id >= :low AND d.id < :high
ON CONFLICT (view_id, conversation_id) DO NOTHING;

-- saved_view_filled(id: int, filled_to: int?) -> none
UPDATE saved_view SET filled_to = :filled_to WHERE id = :id;
