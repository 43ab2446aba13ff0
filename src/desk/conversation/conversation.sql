-- include "desk/conversation/conversation.h"
-- include "desk/conversation/stored.h"

-- conversation_insert(customer: int, customer_name: text, mailbox: int, subject: text, linked_to: int?, now: int) -> one int
-- sqlite
INSERT INTO conversation (id, customer_id, customer_name, customer_address, mailbox_id, subject, state, linked_to, opened_at, last_message_at, last_message_id,
  queue_key, message_count, snippet, is_read, behaviour, emotion, need, valence, intensity)
VALUES (COALESCE((SELECT MAX(id) FROM conversation), 1000) + 1, :customer, :customer_name, '', :mailbox, :subject, 0, :linked_to, :now, :now, 0,
  0, 0, '', 0, 0, 27, 4, 0.0, 0.0)
RETURNING id;
-- postgres
INSERT INTO conversation (customer_id, customer_name, customer_address, mailbox_id, subject, state, linked_to, opened_at, last_message_at, last_message_id,
  queue_key, message_count, snippet, is_read, behaviour, emotion, need, valence, intensity)
VALUES (:customer, :customer_name, '', :mailbox, :subject, 0, :linked_to, :now, :now, 0, 0, 0, '', 0, 0, 27, 4, 0.0, 0.0)
RETURNING id;

-- conversation_lock(number: int) -> optional ConversationStand
-- sqlite
SELECT id AS number, customer_id, mailbox_id, subject, state, assignee_id, waiting_since, last_message_at, last_message_id, solved_at, merged_into, merge_depth, is_upset,
  team_id, priority, snoozed_until, woke_at,
  COALESCE((SELECT 1 - s.is_active FROM staff s WHERE s.id = assignee_id), 0) AS is_with_gone
FROM conversation WHERE id = :number;
-- postgres
SELECT id AS number, customer_id, mailbox_id, subject, state, assignee_id, waiting_since, last_message_at, last_message_id, solved_at, merged_into, merge_depth, is_upset,
  team_id, priority, snoozed_until, woke_at,
  COALESCE((SELECT 1 - s.is_active FROM staff s WHERE s.id = assignee_id), 0) AS is_with_gone
FROM conversation WHERE id = :number FOR NO KEY UPDATE; -- rows that point to it may still be added meanwhile

-- conversation_select_stand(number: int) -> optional ConversationStand
SELECT id AS number, customer_id, mailbox_id, subject, state, assignee_id, waiting_since, last_message_at, last_message_id, solved_at, merged_into, merge_depth, is_upset,
  team_id, priority, snoozed_until, woke_at,
  COALESCE((SELECT 1 - s.is_active FROM staff s WHERE s.id = assignee_id), 0) AS is_with_gone
FROM conversation WHERE id = :number;

-- conversation_update_stand(number: int, state: int, assignee: int?, waiting_since: int?, solved_at: int?, queue_key: int, is_upset: int, team: int?, priority: int, snoozed_until: int?, woke_at: int?) -> none
UPDATE conversation
SET state = :state, assignee_id = :assignee, waiting_since = :waiting_since, solved_at = :solved_at, queue_key = :queue_key,
  is_upset = :is_upset, team_id = :team, priority = :priority, snoozed_until = :snoozed_until, woke_at = :woke_at
WHERE id = :number;

-- conversation_update_latest(number: int, message: int, at: int, snippet: text) -> none
UPDATE conversation
SET last_message_id = :message, last_message_at = :at, snippet = :snippet, message_count = message_count + 1
WHERE id = :number;

-- conversation_restore_latest(number: int, message: int, at: int, snippet: text) -> none
UPDATE conversation
SET last_message_id = :message, last_message_at = :at, snippet = :snippet, message_count = message_count - 1
WHERE id = :number;

-- conversation_update_feeling(number: int, is_read: int, behaviour: int, emotion: int, need: int, valence: real, intensity: real) -> none
UPDATE conversation
SET is_read = :is_read, behaviour = :behaviour, emotion = :emotion, need = :need, valence = :valence, intensity = :intensity
WHERE id = :number;

-- conversation_update_customer(number: int, address: text) -> none
UPDATE conversation SET customer_address = :address WHERE id = :number AND customer_address <> :address;

-- conversation_select(number: int) -> optional Conversation
SELECT c.id AS number, c.subject, c.state, c.customer_id, c.mailbox_id, c.assignee_id, c.linked_to, c.merged_into,
  c.customer_name, c.customer_address, COALESCE((SELECT p.phone FROM customer_phone p WHERE p.customer_id = u.id ORDER BY p.id DESC LIMIT 1), '') AS customer_phone, s.name AS assignee_name, b.address AS mailbox_address, b.name AS mailbox_name,
  c.opened_at, c.waiting_since, c.last_message_at, c.last_message_id, c.solved_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.team_id, t.name AS team_name, c.priority, c.snoozed_until, c.woke_at
FROM conversation c
JOIN mailbox b ON b.id = c.mailbox_id
JOIN customer u ON u.id = c.customer_id
LEFT JOIN staff s ON s.id = c.assignee_id
LEFT JOIN team t ON t.id = c.team_id
WHERE c.id = :number;

-- What is snoozed stands above STAND_FAR, so a list of what is at hand asks for what is below it.
-- conversation_select_view(state: int, after_key: int, after_number: int, below: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, c.queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM conversation c
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE c.state = :state AND (c.queue_key, c.id) > (:after_key, :after_number) AND c.queue_key < :below
ORDER BY c.queue_key, c.id
LIMIT :most;

-- conversation_select_assigned(state: int, assignee: int, after_key: int, after_number: int, below: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, c.queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM conversation c
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE c.assignee_id = :assignee AND c.state = :state AND (c.queue_key, c.id) > (:after_key, :after_number) AND c.queue_key < :below
ORDER BY c.queue_key, c.id
LIMIT :most;

-- conversation_select_unassigned(state: int, after_key: int, after_number: int, below: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, c.queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM conversation c
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE c.assignee_id IS NULL AND c.state = :state AND (c.queue_key, c.id) > (:after_key, :after_number) AND c.queue_key < :below
ORDER BY c.queue_key, c.id
LIMIT :most;

-- conversation_select_upset(after_key: int, after_number: int, below: int, most: int) -> list ConversationRow
SELECT c.id AS number, c.subject, c.snippet, c.customer_name, c.customer_address, c.assignee_id, s.name AS assignee_name, c.state, c.waiting_since, c.last_message_at, c.message_count,
  c.is_read, c.behaviour, c.emotion, c.need, c.valence, c.intensity, c.queue_key,
  c.priority, c.snoozed_until, c.woke_at
FROM conversation c
LEFT JOIN staff s ON s.id = c.assignee_id
WHERE c.is_upset = 1 AND c.state = 0 AND (c.queue_key, c.id) > (:after_key, :after_number) AND c.queue_key < :below
ORDER BY c.queue_key, c.id
LIMIT :most;

-- conversation_select_others(customer: int, number: int) -> list OtherConversation
SELECT id AS number, last_message_at, subject, state, is_read, behaviour FROM conversation
WHERE customer_id = :customer AND id <> :number AND state <> 2
ORDER BY last_message_at DESC
LIMIT 5;

-- conversation_select_due(now: int, most: int) -> list int
SELECT id FROM conversation WHERE snoozed_until <= :now ORDER BY snoozed_until, id LIMIT :most;

-- participant_insert(number: int, address_key: text, address: text, name: text) -> none
INSERT INTO participant (conversation_id, address_key, address, name) VALUES (:number, :address_key, :address, :name)
ON CONFLICT (conversation_id, address_key) DO NOTHING;

-- participant_join(number: int, address_key: text, address: text, name: text) -> changed
INSERT INTO participant (conversation_id, address_key, address, name) VALUES (:number, :address_key, :address, :name)
ON CONFLICT (conversation_id, address_key) DO NOTHING;

-- participant_leave(number: int, address_key: text) -> none
DELETE FROM participant WHERE conversation_id = :number AND address_key = :address_key;

-- participant_exists(number: int, address_key: text) -> optional int
SELECT 1 AS found FROM participant WHERE conversation_id = :number AND address_key = :address_key;

-- A key with ">" is a sender together with where answers to them go (received/sender.c): not a person of its own.
-- participant_select(number: int) -> list Participant
SELECT name, address FROM participant WHERE conversation_id = :number AND address_key NOT LIKE '%>%' ORDER BY address_key LIMIT 50;

-- tally_add(name: text, delta: int) -> none
INSERT INTO tally (name, count) VALUES (:name, :delta)
ON CONFLICT (name) DO UPDATE SET count = tally.count + excluded.count;

-- tally_select(mine: text) -> list Tally
SELECT name, count FROM tally
WHERE name IN ('open', 'open/0', 'solved', 'quarantined', 'failed', 'outbox-failed', 'upset', 'snoozed', 'waiting') OR name = :mine;

-- event_insert(number: int, at: int, kind: int, staff: int?, detail: text) -> none
INSERT INTO event (conversation_id, happened_at, kind, staff_id, detail) VALUES (:number, :at, :kind, :staff, :detail);

-- event_select(number: int) -> list Event
SELECT e.id, e.happened_at, e.kind, s.name AS staff_name, e.detail
FROM event e
LEFT JOIN staff s ON s.id = e.staff_id
WHERE e.conversation_id = :number
ORDER BY e.id DESC
LIMIT 50;

-- event_select_after(after: int) -> list EventMark
SELECT id, conversation_id AS number FROM event WHERE id > :after ORDER BY id LIMIT 1000;

-- event_select_last() -> one int
SELECT COALESCE(MAX(id), 0) AS last FROM event;

-- Where a merged conversation went on, over several merges too; the number itself when it is not merged.
-- conversation_select_survivor(number: int) -> optional int
WITH RECURSIVE chain (number, next, depth) AS (
  SELECT id, merged_into, 0 FROM conversation WHERE id = :number
  UNION ALL
  SELECT c.id, c.merged_into, chain.depth + 1 FROM chain JOIN conversation c ON c.id = chain.next WHERE chain.depth < 50)
SELECT number FROM chain WHERE next IS NULL;

-- conversation_update_merged(number: int, into: int) -> none
UPDATE conversation SET merged_into = :into WHERE id = :number;

-- conversation_update_survivor(number: int, depth: int, more: int) -> none
UPDATE conversation SET merge_depth = :depth, message_count = message_count + :more WHERE id = :number;

-- conversation_select_count(number: int) -> one int
SELECT message_count FROM conversation WHERE id = :number;

-- What was said last in the two is what was said last in the one.
-- conversation_take_latest(number: int, from: int) -> none
UPDATE conversation
SET last_message_id = other.last_message_id, last_message_at = other.last_message_at, snippet = other.snippet,
  customer_address = CASE WHEN other.customer_address = '' THEN conversation.customer_address ELSE other.customer_address END
FROM (SELECT last_message_id, last_message_at, snippet, customer_address FROM conversation WHERE id = :from) AS other
WHERE id = :number AND conversation.last_message_id < other.last_message_id;

-- conversation_take_feeling(number: int) -> optional TakenFeeling
UPDATE conversation
SET is_read = newest.is_read, behaviour = newest.behaviour, emotion = newest.emotion, need = newest.need,
  valence = newest.valence, intensity = newest.intensity
FROM (SELECT r.is_read, r.behaviour, r.emotion, r.need, r.valence, r.intensity
  FROM message m JOIN reading r ON r.message_id = m.id
  WHERE m.conversation_id = :number ORDER BY m.id DESC LIMIT 1) AS newest
WHERE id = :number
RETURNING conversation.is_read, conversation.behaviour, conversation.valence, conversation.intensity;

-- participant_unite(number: int, from: int) -> none
INSERT INTO participant (conversation_id, address_key, address, name)
SELECT :number, address_key, address, name FROM participant WHERE conversation_id = :from
ON CONFLICT (conversation_id, address_key) DO NOTHING;

-- participant_delete(number: int, address_key: text) -> none
-- Also as whom a web form wrote: "form@shop>agnes@moor".
DELETE FROM participant WHERE conversation_id = :number
  AND (address_key = :address_key OR substr(address_key, length(address_key) - length(:address_key)) = '>' || :address_key);

-- conversation_mailbox_insert(number: int, mailbox: int) -> changed
INSERT INTO conversation_mailbox (conversation_id, mailbox_id)
SELECT c.id, b.id FROM conversation c, mailbox b
WHERE c.id = :number AND b.id = :mailbox AND c.mailbox_id <> b.id
ON CONFLICT (conversation_id, mailbox_id) DO NOTHING;

-- conversation_mailbox_unite(number: int, from: int) -> none
INSERT INTO conversation_mailbox (conversation_id, mailbox_id)
SELECT c.id, m.mailbox_id FROM conversation c, conversation_mailbox m
WHERE c.id = :number AND m.conversation_id = :from AND c.mailbox_id <> m.mailbox_id
ON CONFLICT (conversation_id, mailbox_id) DO NOTHING;

-- conversation_mailbox_select(number: int) -> list text
SELECT b.address FROM conversation_mailbox m JOIN mailbox b ON b.id = m.mailbox_id
WHERE m.conversation_id = :number
ORDER BY b.address;

-- conversation_update_whose(number: int, customer: int, name: text, address: text) -> none
UPDATE conversation SET customer_id = :customer, customer_name = :name, customer_address = :address WHERE id = :number;

-- machine_topic_select(mailbox: int, sender_key: text, topic: text) -> optional int
SELECT conversation_id FROM machine_topic WHERE mailbox_id = :mailbox AND sender_key = :sender_key AND topic = :topic;

-- machine_topic_set(mailbox: int, sender_key: text, topic: text, number: int) -> none
INSERT INTO machine_topic (mailbox_id, sender_key, topic, conversation_id) VALUES (:mailbox, :sender_key, :topic, :number)
ON CONFLICT (mailbox_id, sender_key, topic) DO UPDATE SET conversation_id = excluded.conversation_id;

-- event_count_since(number: int, kind: int, since: int) -> one int
SELECT COUNT(*) AS count FROM event WHERE conversation_id = :number AND kind = :kind AND staff_id IS NULL AND happened_at > :since;
