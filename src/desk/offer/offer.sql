-- include "desk/offer/offer.h"
-- include "desk/offer/stored.h"

-- offer_insert(number: int, message: int, staff: int, kind: int, now: int, expires_at: int) -> one int
INSERT INTO offer (conversation_id, message_id, staff_id, kind, state, made_at, expires_at, words)
VALUES (:number, :message, :staff, :kind, 0, :now, :expires_at, '')
RETURNING id;

-- offer_option_insert(offer: int, place: int, title: text) -> none
INSERT INTO offer_option (offer_id, place, title) VALUES (:offer, :place, :title);

-- offer_select_of(number: int) -> list Offer
SELECT o.id, o.conversation_id AS number, o.message_id, o.staff_id, o.made_at, o.expires_at, o.kind, o.state, o.place, o.settled_at,
  o.settled_by, o.evidence_id, o.settled_how, s.name AS staff_name, b.name AS settled_name, o.words
FROM offer o
JOIN staff s ON s.id = o.staff_id
LEFT JOIN staff b ON b.id = o.settled_by
WHERE o.conversation_id = :number AND o.state <> 5
ORDER BY o.id;

-- offer_select_options_of(number: int) -> list StoredOption
SELECT p.offer_id, p.title FROM offer o JOIN offer_option p ON p.offer_id = o.id
WHERE o.conversation_id = :number
ORDER BY p.offer_id, p.place;

-- offer_select(offer: int) -> optional Offer
SELECT o.id, o.conversation_id AS number, o.message_id, o.staff_id, o.made_at, o.expires_at, o.kind, o.state, o.place, o.settled_at,
  o.settled_by, o.evidence_id, o.settled_how, s.name AS staff_name, b.name AS settled_name, o.words
FROM offer o
JOIN staff s ON s.id = o.staff_id
LEFT JOIN staff b ON b.id = o.settled_by
WHERE o.id = :offer;

-- offer_select_options(offer: int) -> list text
SELECT title FROM offer_option WHERE offer_id = :offer ORDER BY place;

-- offer_select_by_message(message: int) -> optional OfferMark
SELECT o.id, o.kind, o.state, o.staff_id, s.name AS staff_name FROM offer o JOIN staff s ON s.id = o.staff_id
WHERE o.message_id = :message;

-- offer_replace(number: int, except: int) -> none
UPDATE offer SET state = 4 WHERE conversation_id = :number AND id <> :except AND state IN (0, 1);

-- offer_update_state(offer: int, state: int) -> none
UPDATE offer SET state = :state WHERE id = :offer;

-- offer_settle(offer: int, state: int, place: int?, now: int, how: int, staff: int?, evidence: int?, words: text) -> changed
UPDATE offer
SET state = :state, place = :place, settled_at = :now, settled_how = :how, settled_by = :staff, evidence_id = :evidence, words = :words
WHERE id = :offer AND state IN (0, 1);

-- offer_update_taken_back(message: int) -> none
UPDATE offer SET state = 5 WHERE message_id = :message;

-- offer_reopen_replaced(message: int) -> none
-- The offer that a taken-back one had replaced is the one that counts again; it may wait in the outbox itself.
UPDATE offer SET state = CASE WHEN (SELECT m.state FROM message m WHERE m.id = offer.message_id) IN (1, 3) THEN 0 ELSE 1 END
WHERE id = (SELECT MAX(before.id) FROM offer before JOIN offer gone ON gone.conversation_id = before.conversation_id
            WHERE gone.message_id = :message AND before.id < gone.id AND before.state <> 5)
  AND state = 4;

-- offer_delete_options_taken_back(number: int, staff: int) -> none
DELETE FROM offer_option
WHERE offer_id IN (SELECT id FROM offer WHERE conversation_id = :number AND staff_id = :staff AND state = 5);

-- offer_delete_taken_back(number: int, staff: int) -> none
DELETE FROM offer WHERE conversation_id = :number AND staff_id = :staff AND state = 5;

-- offer_move(from: int, into: int) -> none
UPDATE offer SET conversation_id = :into WHERE conversation_id = :from;

-- offer_message_exists(message: int, number: int) -> optional int
SELECT 1 AS found FROM message WHERE id = :message AND conversation_id = :number AND kind = 0;
