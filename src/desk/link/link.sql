-- include "desk/conversation/conversation.h"

-- link_insert(low: int, high: int, staff: int?, now: int) -> changed
INSERT INTO conversation_link (low, high, staff_id, made_at) VALUES (:low, :high, :staff, :now) ON CONFLICT (low, high) DO NOTHING;

-- link_delete(low: int, high: int) -> changed
DELETE FROM conversation_link WHERE low = :low AND high = :high;

-- link_select(number: int) -> list OtherConversation
SELECT c.id AS number, c.last_message_at, c.subject, c.state, c.is_read, c.behaviour
FROM (SELECT high AS other FROM conversation_link WHERE low = :number
  UNION ALL SELECT low AS other FROM conversation_link WHERE high = :number) AS l
JOIN conversation c ON c.id = l.other
WHERE c.state <> 2
ORDER BY c.id
LIMIT 50;

-- A merge: the one is linked with what the other was. The other keeps its links, for the day it is taken apart.
-- link_unite(number: int, from: int, now: int) -> none
INSERT INTO conversation_link (low, high, staff_id, made_at)
SELECT CASE WHEN l.other < c.id THEN l.other ELSE c.id END, CASE WHEN l.other < c.id THEN c.id ELSE l.other END, NULL, :now
FROM conversation c, (SELECT high AS other FROM conversation_link WHERE low = :from
  UNION ALL SELECT low AS other FROM conversation_link WHERE high = :from) AS l
WHERE c.id = :number AND l.other <> :number
ON CONFLICT (low, high) DO NOTHING;
