-- include "desk/tag/tag.h"

-- tag_insert(name: text, name_key: text, now: int) -> none
INSERT INTO tag (name, name_key, made_at) VALUES (:name, :name_key, :now) ON CONFLICT (name_key) DO NOTHING;

-- tag_select_by_key(name_key: text) -> optional Tag
SELECT id, name, is_active, made_at, 0 AS uses, name_key FROM tag WHERE name_key = :name_key;

-- tag_select(id: int, counted: int) -> optional Tag
SELECT t.id, t.name, t.is_active, t.made_at, t.name_key,
  (SELECT COUNT(*) FROM (SELECT 1 FROM conversation_tag c WHERE c.tag_id = t.id LIMIT :counted) AS bounded) AS uses
FROM tag t WHERE t.id = :id;

-- Uses are counted up to a bound, so that a page costs the same whatever its tags are on.
-- tag_select_page(is_active: int, pattern: text, after: text, counted: int, most: int) -> list Tag
SELECT t.id, t.name, t.is_active, t.made_at, t.name_key,
  (SELECT COUNT(*) FROM (SELECT 1 FROM conversation_tag c WHERE c.tag_id = t.id LIMIT :counted) AS bounded) AS uses
FROM tag t
WHERE t.is_active = :is_active AND t.name_key > :after AND t.name_key LIKE :pattern ESCAPE '!'
ORDER BY t.name_key
LIMIT :most;

-- tag_select_names() -> list Tag
SELECT id, name, is_active, made_at, 0 AS uses, name_key FROM tag WHERE is_active = 1 ORDER BY name_key;

-- tag_select_first(most: int) -> list Tag
SELECT id, name, is_active, made_at, 0 AS uses, name_key FROM tag WHERE is_active = 1 ORDER BY name_key LIMIT :most;

-- tag_select_fitting(beginning: text, pattern: text, most: int) -> list Tag
SELECT id, name, is_active, made_at, 0 AS uses, name_key
FROM tag
WHERE is_active = 1 AND name_key LIKE :pattern ESCAPE '!'
ORDER BY CASE WHEN name_key LIKE :beginning ESCAPE '!' THEN 0 ELSE 1 END, name_key
LIMIT :most;

-- tag_update_name(id: int, name: text, name_key: text) -> changed
UPDATE tag SET name = :name, name_key = :name_key WHERE id = :id;

-- tag_update_active(id: int, is_active: int) -> changed
UPDATE tag SET is_active = :is_active WHERE id = :id;

-- tag_delete(id: int) -> changed
DELETE FROM tag WHERE id = :id;

-- conversation_tag_insert(number: int, tag: int) -> changed
INSERT INTO conversation_tag (conversation_id, tag_id) VALUES (:number, :tag) ON CONFLICT (conversation_id, tag_id) DO NOTHING;

-- conversation_tag_delete(number: int, tag: int) -> changed
DELETE FROM conversation_tag WHERE conversation_id = :number AND tag_id = :tag;

-- conversation_tag_count(number: int) -> one int
SELECT COUNT(*) AS count FROM conversation_tag WHERE conversation_id = :number;

-- conversation_tag_select(number: int) -> list Tag
SELECT t.id, t.name, t.is_active, t.made_at, 0 AS uses, t.name_key
FROM conversation_tag c JOIN tag t ON t.id = c.tag_id
WHERE c.conversation_id = :number
ORDER BY t.name_key;

-- conversation_tag_unite_tags(from: int, into: int) -> none
INSERT INTO conversation_tag (conversation_id, tag_id)
SELECT c.conversation_id, t.id FROM conversation_tag c, tag t WHERE c.tag_id = :from AND t.id = :into
ON CONFLICT (conversation_id, tag_id) DO NOTHING;

-- conversation_tag_delete_tag(tag: int) -> none
DELETE FROM conversation_tag WHERE tag_id = :tag;

-- A merge: the one has the tags of both. The other keeps its own, for the day it is taken apart.
-- conversation_tag_unite(number: int, from: int) -> none
INSERT INTO conversation_tag (conversation_id, tag_id)
SELECT c.id, t.tag_id FROM conversation c, conversation_tag t WHERE c.id = :number AND t.conversation_id = :from
ON CONFLICT (conversation_id, tag_id) DO NOTHING;
