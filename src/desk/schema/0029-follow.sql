-- What somebody follows stands in the order of their list, so a page of it is read from its beginning however much they follow.

ALTER TABLE follow ADD COLUMN queue_key {int}; -- the conversation's while that is open; NULL: it is not
UPDATE follow SET queue_key = (SELECT c.queue_key FROM conversation c WHERE c.id = follow.conversation_id AND c.state = 0);
DROP INDEX follow_of;
CREATE INDEX follow_queue ON follow (staff_id, queue_key, conversation_id) WHERE queue_key IS NOT NULL;
