-- Options: what an answer offers the customer to choose from, and what they chose.
-- Numbers of enums are those of the C enums named beside them and never change.

CREATE TABLE offer (
  id {id},
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  message_id {int} NOT NULL UNIQUE REFERENCES message (id), -- the answer that carries it
  staff_id {int} NOT NULL REFERENCES staff (id),
  kind {int} NOT NULL, -- OfferKind
  state {int} NOT NULL, -- OfferState
  made_at {int} NOT NULL,
  expires_at {int} NOT NULL, -- until when its links work
  place {int}, -- which option was chosen
  settled_at {int}, -- chosen or declined
  settled_how {int}, -- OfferWay
  settled_by {int} REFERENCES staff (id), -- who noted it; NULL: the customer did it
  evidence_id {int} REFERENCES message (id), -- what they wrote
  words TEXT NOT NULL -- what an agent heard
) {strict};
CREATE INDEX offer_of ON offer (conversation_id, id);

CREATE TABLE offer_option (
  offer_id {int} NOT NULL REFERENCES offer (id),
  place {int} NOT NULL, -- from 1
  title TEXT NOT NULL,
  PRIMARY KEY (offer_id, place)
) {strict};
