-- include "desk/complaint/file.h"

-- What was said, without what no page shows. A complaint's file holds the notes too.
-- file_select_messages(number: int) -> list FileMessage
SELECT m.id, m.kind, m.state, m.made_at, COALESCE(s.name, m.author_name) AS author_name, m.recipients, m.subject, m.body,
  m.original_hash
FROM message m
LEFT JOIN staff s ON s.id = m.staff_id
WHERE m.conversation_id = :number AND m.kind < 4
ORDER BY m.id
LIMIT 5000;

-- file_select_attachments(number: int) -> list FileAttachment
SELECT a.message_id, a.name, a.type, a.size, a.hash
FROM message m
JOIN attachment a ON a.message_id = m.id
WHERE m.conversation_id = :number AND m.kind < 4
ORDER BY a.message_id, a.id
LIMIT 5000;
