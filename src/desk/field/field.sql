-- include "desk/field/field.h"

-- field_insert(name: text, name_key: text, kind: int, choices: text, now: int) -> one int
INSERT INTO field (name, name_key, kind, choices, place, made_at)
VALUES (:name, :name_key, :kind, :choices, (SELECT COALESCE(MAX(place), 0) + 1 FROM field), :now)
RETURNING id;

-- field_count() -> one int
SELECT COUNT(*) AS count FROM field WHERE is_active = 1;

-- field_update(id: int, name: text, name_key: text, choices: text) -> changed
UPDATE field SET name = :name, name_key = :name_key, choices = CASE WHEN kind = 3 THEN :choices ELSE '' END WHERE id = :id;

-- field_update_active(id: int, is_active: int) -> changed
UPDATE field SET is_active = :is_active WHERE id = :id;

-- field_select(id: int) -> optional Field
SELECT id, name, kind, choices, place, is_active, made_at FROM field WHERE id = :id;

-- field_select_all() -> list Field
SELECT id, name, kind, choices, place, is_active, made_at FROM field ORDER BY is_active DESC, place, id LIMIT 200;

-- field_select_of(number: int) -> list Field
SELECT f.id, f.name, f.kind, f.choices, f.place, f.is_active, f.made_at, v.value
FROM field f
LEFT JOIN field_value v ON v.field_id = f.id AND v.conversation_id = :number
WHERE f.is_active = 1 OR v.value IS NOT NULL
ORDER BY f.is_active DESC, f.place, f.id
LIMIT 200;

-- field_value_set(number: int, field: int, value: text) -> none
INSERT INTO field_value (conversation_id, field_id, value) VALUES (:number, :field, :value)
ON CONFLICT (conversation_id, field_id) DO UPDATE SET value = excluded.value;

-- field_value_delete(number: int, field: int) -> none
DELETE FROM field_value WHERE conversation_id = :number AND field_id = :field;

-- A merge: what the one says counts. The other keeps its own, for the day it is taken apart.
-- field_value_unite(number: int, from: int) -> none
INSERT INTO field_value (conversation_id, field_id, value)
SELECT c.id, v.field_id, v.value FROM conversation c, field_value v WHERE c.id = :number AND v.conversation_id = :from
ON CONFLICT (conversation_id, field_id) DO NOTHING;
