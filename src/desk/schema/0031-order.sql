-- Indexes in the order in which something is asked, so that what asks reads no more than it gives.

CREATE INDEX promise_running ON promise (conversation_id, due_at, id) WHERE state = 0;
CREATE INDEX conversation_waits ON conversation (waiting_since, id) WHERE waiting_since IS NOT NULL; -- rules that wait
CREATE INDEX conversation_rests ON conversation (last_message_at, id); -- likewise
