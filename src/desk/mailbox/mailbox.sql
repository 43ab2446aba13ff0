-- include "desk/mailbox/mailbox.h"

-- mailbox_insert(address: text, address_key: text, name: text, signature: text, made_at: int) -> one int
INSERT INTO mailbox (address, address_key, name, signature, made_at)
VALUES (:address, :address_key, :name, :signature, :made_at)
RETURNING id;

-- mailbox_select_all() -> list Mailbox
SELECT id, address, address_key, name, signature, reply_to, threads_machines, sender, language, zone, closes_at, team_id FROM mailbox ORDER BY id;

-- mailbox_update(id: int, name: text, signature: text, sender: text, language: text, zone: text, closes_at: int, reply_to: int, threads_machines: int) -> none
UPDATE mailbox
SET name = :name, signature = :signature, sender = :sender, language = :language, zone = :zone, closes_at = :closes_at,
  reply_to = :reply_to, threads_machines = :threads_machines
WHERE id = :id;
