-- Bounds on automatic mail that are counted without reading other tables, mails of which only the beginning is kept, and failed mail
-- that is put away.

-- The mailbox that wrote by itself; NULL: a person wrote, or staff are told.
ALTER TABLE outbox ADD COLUMN automatic_from {int};
UPDATE outbox SET automatic_from = (SELECT c.mailbox_id FROM conversation c WHERE c.id = outbox.conversation_id)
WHERE is_automatic = 1 AND message_id IN (SELECT id FROM message WHERE kind = 3);
ALTER TABLE outbox ADD COLUMN about {int} NOT NULL DEFAULT 0; -- AutomaticMail, of what nobody wrote
CREATE INDEX outbox_automatic_from ON outbox (automatic_from, made_at) WHERE automatic_from IS NOT NULL;
CREATE INDEX outbox_automatic_to ON outbox (recipient_key, made_at) WHERE is_automatic = 1;
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE state IN (0, 1); -- also a long queue is taken from its end
DROP INDEX outbox_automatic;
DROP INDEX outbox_automatic_at;

ALTER TABLE received_mail ADD COLUMN whole_size {int} NOT NULL DEFAULT 0; -- of a mail of which only the beginning is kept; 0: all of it
ALTER TABLE message_mail ADD COLUMN whole_size {int} NOT NULL DEFAULT 0; -- likewise

ALTER TABLE outbox ADD COLUMN dismissed_by {int} REFERENCES staff (id); -- who put away what had failed; next_at is when
