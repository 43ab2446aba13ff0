-- include "desk/mailbox/mailbox.h"

-- mailbox_insert(address: text, address_key: text, name: text, signature: text, made_at: int) -> one int
INSERT INTO mailbox (address, address_key, name, signature, made_at)
VALUES (:address, :address_key, :name, :signature, :made_at)
RETURNING id;

-- mailbox_select_all() -> list Mailbox
SELECT id, address, address_key, name, signature FROM mailbox ORDER BY id;
