-- include "desk/conversation/conversation.h"

-- customer_select_by_address(address_key: text) -> optional int
SELECT customer_id FROM customer_address WHERE address_key = :address_key;

-- customer_insert(name: text, made_at: int) -> one int
INSERT INTO customer (name, made_at) VALUES (:name, :made_at) RETURNING id;

-- customer_name_once(id: int, name: text) -> none
UPDATE customer SET name = :name WHERE id = :id AND name = '';

-- customer_address_insert(address_key: text, address: text, customer_id: int, made_at: int) -> changed
INSERT INTO customer_address (address_key, address, customer_id, is_undeliverable, made_at)
VALUES (:address_key, :address, :customer_id, 0, :made_at)
ON CONFLICT (address_key) DO NOTHING;

-- customer_address_undeliverable(address_key: text) -> none
UPDATE customer_address SET is_undeliverable = 1 WHERE address_key = :address_key;

-- customer_address_is_undeliverable(address_key: text) -> optional int
SELECT is_undeliverable FROM customer_address WHERE address_key = :address_key;

-- customer_address_deliverable(address_key: text) -> none
UPDATE customer_address SET is_undeliverable = 0 WHERE address_key = :address_key AND is_undeliverable = 1;

-- customer_select_addresses(customer: int) -> list CustomerAddress
SELECT address, address_key, is_undeliverable FROM customer_address WHERE customer_id = :customer ORDER BY made_at, address_key LIMIT 20;

-- customer_update_phone(id: int, phone: text) -> none
UPDATE customer SET phone = :phone WHERE id = :id;
