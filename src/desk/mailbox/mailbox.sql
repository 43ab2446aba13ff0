-- include "desk/mailbox/mailbox.h"

-- mailbox_insert(address: text, address_key: text, name: text, signature: text, made_at: int) -> one int
INSERT INTO mailbox (address, address_key, name, signature, made_at)
VALUES (:address, :address_key, :name, :signature, :made_at)
RETURNING id;

-- mailbox_select_all() -> list Mailbox
SELECT id, address, address_key, name, signature, reply_to, threads_machines, sender, language, zone, closes_at, team_id, retired_at FROM mailbox ORDER BY id;

-- mailbox_update(id: int, name: text, signature: text, sender: text, language: text, zone: text, closes_at: int, reply_to: int, threads_machines: int) -> none
UPDATE mailbox
SET name = :name, signature = :signature, sender = :sender, language = :language, zone = :zone, closes_at = :closes_at,
  reply_to = :reply_to, threads_machines = :threads_machines
WHERE id = :id;

-- mailbox_update_team(id: int, team: int?) -> none
UPDATE mailbox SET team_id = :team WHERE id = :id;

-- mailbox_update_retired(id: int, at: int?) -> none
UPDATE mailbox SET retired_at = :at WHERE id = :id;

-- Taken before it is counted how many are left.
-- mailbox_lock_in_use() -> list int
-- sqlite
SELECT id FROM mailbox WHERE retired_at IS NULL ORDER BY id;
-- postgres
SELECT id FROM mailbox WHERE retired_at IS NULL ORDER BY id FOR UPDATE;

-- mailbox_select_team_name(id: int) -> optional text
SELECT name FROM team WHERE id = :id;
