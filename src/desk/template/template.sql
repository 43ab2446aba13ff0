-- include "desk/template/template.h"

-- template_select(name: text, language: text, mailbox: int) -> optional text
SELECT text FROM template WHERE name = :name AND language = :language AND mailbox_id IN (0, :mailbox)
ORDER BY mailbox_id DESC
LIMIT 1;

-- template_upsert(name: text, language: text, mailbox: int, text: text, now: int) -> none
INSERT INTO template (name, language, mailbox_id, text, changed_at) VALUES (:name, :language, :mailbox, :text, :now)
ON CONFLICT (name, language, mailbox_id) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at;

-- template_delete(name: text, language: text, mailbox: int) -> changed
DELETE FROM template WHERE name = :name AND language = :language AND mailbox_id = :mailbox;

-- template_select_all() -> list TemplateEntry
SELECT name, language, mailbox_id, 0 AS is_built_in FROM template ORDER BY name, language, mailbox_id LIMIT 1000;

-- template_select_speaker(number: int) -> optional Speaker
SELECT c.customer_id, b.language AS mailbox_language, COALESCE((SELECT r.language FROM message m JOIN reading r ON r.message_id = m.id
  WHERE m.conversation_id = c.id AND m.kind = 0 AND r.language <> '' ORDER BY m.id DESC LIMIT 1), '') AS language
FROM conversation c
JOIN mailbox b ON b.id = c.mailbox_id
WHERE c.id = :number;

-- The language of the newest mail that the customer wrote in one that was recognised.
-- template_customer_language(customer: int) -> optional text
SELECT r.language
FROM (SELECT id FROM conversation WHERE customer_id = :customer ORDER BY last_message_at DESC LIMIT 5) c
JOIN message m ON m.conversation_id = c.id
JOIN reading r ON r.message_id = m.id
WHERE m.kind = 0 AND r.language <> ''
ORDER BY m.id DESC
LIMIT 1;
