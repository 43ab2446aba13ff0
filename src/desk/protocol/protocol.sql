-- include "desk/protocol/protocol.h"
-- include "desk/protocol/stored.h"

-- guide_select_page(kind: int, retired: int, pattern: text, behaviour: int, need: int, situation: text, language: text, after_key: text, after_id: int, most: int) -> list Guide
SELECT g.id, g.kind, g.word, g.version, g.is_retired, v.content, v.made_at, v.restored, s.name AS made_by,
  e.uses AS "effect.uses", e.heard AS "effect.heard", e.sum_before AS "effect.sum_before", e.sum_after AS "effect.sum_after",
  e.sum_squares AS "effect.sum_squares"
FROM guide g
JOIN guide_version v ON v.guide_id = g.id AND v.version = g.version
JOIN (SELECT guide_id, CAST(SUM(uses) AS BIGINT) AS uses, CAST(SUM(heard) AS BIGINT) AS heard, SUM(sum_before) AS sum_before,
  SUM(sum_after) AS sum_after, SUM(sum_squares) AS sum_squares FROM guide_version GROUP BY guide_id) e ON e.guide_id = g.id
LEFT JOIN staff s ON s.id = v.staff_id
WHERE g.kind = :kind AND g.is_retired = :retired AND (g.sort_key, g.id) > (:after_key, :after_id)
  AND g.search LIKE :pattern ESCAPE '!' AND (:behaviour = 4 OR g.behaviour = :behaviour) AND (:need = 4 OR g.need = :need)
  AND (:situation = '' OR g.situation = :situation) AND (:language = '' OR g.language IN ('', :language))
ORDER BY g.sort_key, g.id
LIMIT :most;

-- guide_select(kind: int, word: text) -> optional Guide
SELECT g.id, g.kind, g.word, g.version, g.is_retired, v.content, v.made_at, v.restored, s.name AS made_by,
  e.uses AS "effect.uses", e.heard AS "effect.heard", e.sum_before AS "effect.sum_before", e.sum_after AS "effect.sum_after",
  e.sum_squares AS "effect.sum_squares"
FROM guide g
JOIN guide_version v ON v.guide_id = g.id AND v.version = g.version
JOIN (SELECT guide_id, CAST(SUM(uses) AS BIGINT) AS uses, CAST(SUM(heard) AS BIGINT) AS heard, SUM(sum_before) AS sum_before,
  SUM(sum_after) AS sum_after, SUM(sum_squares) AS sum_squares FROM guide_version
  WHERE guide_id = (SELECT id FROM guide WHERE kind = :kind AND word = :word) GROUP BY guide_id) e ON e.guide_id = g.id
LEFT JOIN staff s ON s.id = v.staff_id
WHERE g.kind = :kind AND g.word = :word;

-- The protocols in use, for choosing one: those of a behaviour first.
-- guide_select_names(kind: int, most: int) -> list GuideName
SELECT id, word, title, language FROM guide WHERE kind = :kind AND is_retired = 0 ORDER BY behaviour, sort_key, id LIMIT :most;

-- Those in the language first, and none in another ('': all); then the closest: both fit, one of them, and of scripts for all those last.
-- guide_select_fitting(behaviour: int, need: int, language: text, most: int) -> list Guide
SELECT g.id, g.kind, g.word, g.version, g.is_retired, v.content, v.made_at, v.restored, NULL AS made_by,
  v.uses AS "effect.uses", v.heard AS "effect.heard", v.sum_before AS "effect.sum_before", v.sum_after AS "effect.sum_after",
  v.sum_squares AS "effect.sum_squares"
FROM guide g
JOIN guide_version v ON v.guide_id = g.id AND v.version = g.version
WHERE g.kind = 1 AND g.is_retired = 0 AND (:language = '' OR g.language IN ('', :language))
  AND ((g.behaviour = :behaviour AND g.behaviour <> 4) OR (g.need = :need AND g.need <> 4 AND g.behaviour = 4))
ORDER BY CASE WHEN g.language = :language THEN 0 ELSE 1 END,
  CASE WHEN g.behaviour = :behaviour THEN 2 ELSE 0 END + CASE WHEN g.need = :need AND g.need <> 4 THEN 1 ELSE 0 END DESC,
  g.sort_key, g.id
LIMIT :most;

-- guide_select_situations(kind: int) -> list text
SELECT DISTINCT situation FROM guide WHERE kind = :kind AND situation <> '' AND is_retired = 0 ORDER BY situation LIMIT 100;

-- guide_select_languages() -> list text
SELECT DISTINCT language FROM guide WHERE language <> '' AND is_retired = 0 ORDER BY language LIMIT 20;

-- guide_lock(kind: int, word: text) -> optional int
-- sqlite
SELECT id FROM guide WHERE kind = :kind AND word = :word;
-- postgres
SELECT id FROM guide WHERE kind = :kind AND word = :word FOR NO KEY UPDATE;

-- After guide_lock, as a statement of its own: what it joins must be seen as it is once the lock is there.
-- guide_select_stand(id: int) -> one GuideStand
SELECT g.id, g.version, g.is_retired, v.content, CASE WHEN v.staff_id IS NULL THEN 1 ELSE 0 END AS is_shipped
FROM guide g JOIN guide_version v ON v.guide_id = g.id AND v.version = g.version
WHERE g.id = :id;

-- guide_insert(kind: int, word: text, title: text, sort_key: text, behaviour: int, need: int, situation: text, language: text, search: text) -> optional int
INSERT INTO guide (kind, word, version, title, sort_key, behaviour, need, situation, language, is_retired, search)
VALUES (:kind, :word, 1, :title, :sort_key, :behaviour, :need, :situation, :language, 0, :search)
ON CONFLICT (kind, word) DO NOTHING
RETURNING id;

-- guide_update(id: int, version: int, title: text, sort_key: text, behaviour: int, need: int, situation: text, language: text, retired: int, search: text) -> none
UPDATE guide
SET version = :version, title = :title, sort_key = :sort_key, behaviour = :behaviour, need = :need, situation = :situation,
  language = :language, is_retired = :retired, search = :search
WHERE id = :id;

-- guide_version_insert(guide: int, version: int, content: text, retired: int, restored: int, staff: int?, now: int) -> none
INSERT INTO guide_version (guide_id, version, content, is_retired, restored, staff_id, made_at)
VALUES (:guide, :version, :content, :retired, :restored, :staff, :now);

-- guide_version_select(guide: int, version: int) -> optional GuideVersion
SELECT v.version, v.content, v.made_at, v.restored, v.is_retired, s.name AS made_by, v.uses AS "effect.uses", v.heard AS "effect.heard",
  v.sum_before AS "effect.sum_before", v.sum_after AS "effect.sum_after", v.sum_squares AS "effect.sum_squares"
FROM guide_version v
LEFT JOIN staff s ON s.id = v.staff_id
WHERE v.guide_id = :guide AND v.version = :version;

-- guide_version_select_all(guide: int) -> list GuideVersion
SELECT v.version, v.content, v.made_at, v.restored, v.is_retired, s.name AS made_by, v.uses AS "effect.uses", v.heard AS "effect.heard",
  v.sum_before AS "effect.sum_before", v.sum_after AS "effect.sum_after", v.sum_squares AS "effect.sum_squares"
FROM guide_version v
LEFT JOIN staff s ON s.id = v.staff_id
WHERE v.guide_id = :guide
ORDER BY v.version DESC
LIMIT 200;

-- protocol_choice_upsert(number: int, staff: int, guide: int) -> none
INSERT INTO protocol_choice (conversation_id, staff_id, guide_id, message_id)
VALUES (:number, :staff, :guide, COALESCE((SELECT MAX(id) FROM message WHERE conversation_id = :number AND kind = 0), 0))
ON CONFLICT (conversation_id, staff_id) DO UPDATE SET guide_id = excluded.guide_id, message_id = excluded.message_id;

-- protocol_choice_delete(number: int, staff: int) -> none
DELETE FROM protocol_choice WHERE conversation_id = :number AND staff_id = :staff;

-- protocol_choice_select(number: int, staff: int, message: int) -> optional text
SELECT g.word FROM protocol_choice c
JOIN guide g ON g.id = c.guide_id
WHERE c.conversation_id = :number AND c.staff_id = :staff AND c.message_id >= :message AND g.is_retired = 0;

-- script_select_facts(number: int) -> optional FactsRow
SELECT c.subject, c.customer_name, u.address_as AS customer_called, b.address AS mailbox_address, b.name AS mailbox_name, b.zone AS mailbox_zone,
  (SELECT r.detail FROM message m JOIN reading r ON r.message_id = m.id
   WHERE m.conversation_id = c.id AND m.kind = 0 ORDER BY m.id DESC LIMIT 1) AS reading
FROM conversation c
JOIN customer u ON u.id = c.customer_id
JOIN mailbox b ON b.id = c.mailbox_id
WHERE c.id = :number;

-- script_use_delete_same(number: int, staff: int, guide: int) -> none
DELETE FROM script_use
WHERE conversation_id = :number AND staff_id = :staff AND guide_id = :guide AND message_id IS NULL;

-- script_use_insert(number: int, guide: int, version: int, staff: int, now: int) -> none
INSERT INTO script_use (conversation_id, guide_id, version, staff_id, used_at) VALUES (:number, :guide, :version, :staff, :now);

-- script_use_select_picked(number: int, staff: int) -> list PickedScript
SELECT u.id, u.guide_id, u.version, v.content FROM script_use u
JOIN guide_version v ON v.guide_id = u.guide_id AND v.version = u.version
WHERE u.conversation_id = :number AND u.staff_id = :staff AND u.message_id IS NULL AND u.heard_id IS NULL
ORDER BY u.id
LIMIT 50;

-- script_use_settle(id: int, message: int) -> none
UPDATE script_use
SET message_id = :message, staff_id = NULL,
  before = (SELECT c.valence FROM conversation c WHERE c.id = script_use.conversation_id AND c.is_read = 1)
WHERE id = :id;

-- script_use_delete(id: int) -> none
DELETE FROM script_use WHERE id = :id;

-- guide_version_count_use(guide: int, version: int, delta: int) -> none
UPDATE guide_version SET uses = uses + :delta WHERE guide_id = :guide AND version = :version;

-- guide_version_uncount(message: int) -> none
UPDATE guide_version SET uses = uses - u.times
FROM (SELECT guide_id, version, COUNT(*) AS times FROM script_use WHERE message_id = :message GROUP BY guide_id, version) u
WHERE guide_version.guide_id = u.guide_id AND guide_version.version = u.version;

-- script_use_take_back(message: int, staff: int) -> none
UPDATE script_use SET message_id = NULL, before = NULL, staff_id = :staff WHERE message_id = :message AND heard_id IS NULL;

-- guide_version_count_heard(number: int, valence: real) -> none
UPDATE guide_version
SET heard = heard + u.times, sum_before = guide_version.sum_before + u.sum_before,
  sum_after = guide_version.sum_after + :valence * u.times, sum_squares = guide_version.sum_squares + u.sum_squares
FROM (SELECT guide_id, version, COUNT(*) AS times, SUM(before) AS sum_before, SUM((:valence - before) * (:valence - before)) AS sum_squares
  FROM script_use
  WHERE conversation_id = :number AND heard_id IS NULL AND message_id IS NOT NULL AND before IS NOT NULL
  GROUP BY guide_id, version) u
WHERE guide_version.guide_id = u.guide_id AND guide_version.version = u.version;

-- script_use_set_heard(number: int, message: int) -> none
UPDATE script_use SET heard_id = :message
WHERE conversation_id = :number AND heard_id IS NULL AND message_id IS NOT NULL;

-- script_use_move(from: int, into: int) -> none
UPDATE script_use SET conversation_id = :into WHERE conversation_id = :from;
