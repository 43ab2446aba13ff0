-- mention_insert(message: int, staff: int, number: int, now: int) -> none
INSERT INTO mention (message_id, staff_id, conversation_id, made_at) VALUES (:message, :staff, :number, :now)
ON CONFLICT (message_id, staff_id) DO NOTHING;

-- mention_update_seen(staff: int, number: int, now: int) -> changed
UPDATE mention SET seen_at = :now WHERE staff_id = :staff AND conversation_id = :number AND seen_at IS NULL;

-- mention_exists_unseen(staff: int, number: int) -> optional int
SELECT 1 AS found FROM mention WHERE staff_id = :staff AND conversation_id = :number AND seen_at IS NULL LIMIT 1;

-- Where its messages went, its mentions go.
-- mention_move(from: int, into: int) -> none
UPDATE mention SET conversation_id = :into
WHERE message_id IN (SELECT id FROM message WHERE conversation_id = :into) AND conversation_id = :from;
