-- include "desk/learning/learning.h"
-- include "desk/learning/stored.h"

-- correction_insert(message: int, staff: int, kind: int, read_value: int, value: int, standing: int, engine: text, at: int) -> none
INSERT INTO correction (message_id, staff_id, kind, read_value, value, standing, engine, made_at)
VALUES (:message, :staff, :kind, :read_value, :value, :standing, :engine, :at);

-- judged_reading_select(message: int) -> optional JudgedReading
SELECT r.message_id, m.conversation_id AS number, r.is_read, r.engine, r.behaviour, r.emotion, r.need, r.valence, r.intensity, r.judged,
  CASE WHEN EXISTS (SELECT 1 FROM message later JOIN reading l ON l.message_id = later.id
    WHERE later.conversation_id = m.conversation_id AND later.id > m.id) THEN 0 ELSE 1 END AS is_newest
FROM reading r
JOIN message m ON m.id = r.message_id
WHERE r.message_id = :message;

-- correction_select_of(message: int) -> list CorrectionMark
SELECT kind, staff_id, read_value, value, standing FROM correction WHERE message_id = :message ORDER BY id DESC LIMIT 500;

-- reading_update_judged(message: int, behaviour: int, emotion: int, need: int, judged: int) -> none
UPDATE reading SET behaviour = :behaviour, emotion = :emotion, need = :need, judged = :judged WHERE message_id = :message;

-- correction_select_judged_by(number: int, staff: int) -> list int
-- The messages of a conversation on which a person's own word stands.
SELECT DISTINCT c.message_id FROM correction c
JOIN message m ON m.id = c.message_id
WHERE m.conversation_id = :number AND c.staff_id = :staff AND c.standing = 0
  AND NOT EXISTS (SELECT 1 FROM correction n WHERE n.message_id = c.message_id AND n.kind = c.kind AND n.staff_id = c.staff_id AND n.id > c.id)
LIMIT 1000;

-- correction_newest() -> one int
SELECT COALESCE(MAX(id), 0) AS newest FROM correction;

-- lesson_select(after: int, up_to: int, most: int) -> list StoredLesson
-- What counts of each kind of each message where a person said it, the newest first.
SELECT c.message_id, c.kind, c.value, m.body AS text
FROM correction c
JOIN message m ON m.id = c.message_id
WHERE c.id > :after AND c.id <= :up_to AND c.standing < 2
  AND NOT EXISTS (SELECT 1 FROM correction n WHERE n.message_id = c.message_id AND n.kind = c.kind AND n.id > c.id AND n.id <= :up_to)
ORDER BY c.id DESC
LIMIT :most;

-- learnt_put(at: int, up_to: int, corrections: int, delta: bytes, instead: int) -> optional int
-- Two nodes may learn the same at once: the first keeps it. `instead`: when what cannot be used was made; 0: there is none.
INSERT INTO learnt (made_at, up_to, corrections, delta) VALUES (:at, :up_to, :corrections, :delta)
ON CONFLICT (up_to) DO UPDATE
SET made_at = CASE WHEN excluded.made_at > learnt.made_at THEN excluded.made_at ELSE learnt.made_at + 1 END,
  corrections = excluded.corrections, delta = excluded.delta
WHERE learnt.made_at = :instead
RETURNING id;

-- learnt_accuracy_put(learnt: int, kind: int, held_out: int, right_before: int, right_after: int) -> none
INSERT INTO learnt_accuracy (learnt_id, kind, held_out, right_before, right_after)
VALUES (:learnt, :kind, :held_out, :right_before, :right_after)
ON CONFLICT (learnt_id, kind) DO UPDATE
SET held_out = excluded.held_out, right_before = excluded.right_before, right_after = excluded.right_after;

-- learnt_newest() -> optional Learnt
SELECT id, made_at, up_to, corrections FROM learnt ORDER BY up_to DESC LIMIT 1;

-- learning_state() -> one LearningState
-- All that reading a mail asks for.
SELECT CASE WHEN EXISTS (SELECT 1 FROM setting WHERE name = 'readings' AND value = 'off') THEN 0 ELSE 1 END AS is_on,
  (SELECT COALESCE(MAX(up_to), 0) FROM learnt) AS up_to,
  COALESCE((SELECT made_at FROM learnt ORDER BY up_to DESC LIMIT 1), 0) AS made_at;

-- learnt_delta(up_to: int) -> optional bytes
SELECT delta FROM learnt WHERE up_to = :up_to;

-- learnt_trim(up_to: int, nothing: bytes) -> none
-- What was learnt before can be learnt again; only its accuracy is worth keeping.
UPDATE learnt SET delta = :nothing WHERE up_to < :up_to AND length(delta) > 0;

-- learnt_accuracy_forget() -> none
DELETE FROM learnt_accuracy;

-- learnt_forget() -> none
DELETE FROM learnt;

-- accuracy_select() -> list LearntAccuracy
SELECT kind, held_out, right_before, right_after FROM learnt_accuracy
WHERE learnt_id = (SELECT id FROM learnt ORDER BY up_to DESC LIMIT 1)
ORDER BY kind;

-- agreement_select(after: int) -> list AgreementCell
-- What was read against what people say, each kind of each message once.
SELECT c.kind, c.read_value, c.value, COUNT(*) AS count
FROM correction c
WHERE c.id > :after AND c.standing < 2
  AND NOT EXISTS (SELECT 1 FROM correction n WHERE n.message_id = c.message_id AND n.kind = c.kind AND n.id > c.id)
GROUP BY c.kind, c.read_value, c.value
ORDER BY c.kind, c.read_value, c.value;

-- lesson_export(after: int, most: int) -> list ExportedLesson
SELECT c.id, c.message_id, m.conversation_id AS number, c.made_at, c.kind, c.read_value, c.value, c.engine, m.body AS text
FROM correction c
JOIN message m ON m.id = c.message_id
WHERE c.id > :after AND c.standing < 2
  AND NOT EXISTS (SELECT 1 FROM correction n WHERE n.message_id = c.message_id AND n.kind = c.kind AND n.id > c.id)
ORDER BY c.id
LIMIT :most;
