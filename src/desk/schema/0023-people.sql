-- Whom we know: several addresses and telephones, what they prefer, notes, organisations, customers that were two and are one; and who
-- works here: invitations, mailboxes that are retired.

ALTER TABLE customer ADD COLUMN name_key TEXT NOT NULL DEFAULT ''; -- folded
ALTER TABLE customer ADD COLUMN sort_key TEXT NOT NULL DEFAULT ''; -- the folded name; without one the address, or the telephone
ALTER TABLE customer ADD COLUMN is_indexed {int} NOT NULL DEFAULT 0; -- its keys and words are those of the program; 0: still to be made
ALTER TABLE customer ADD COLUMN organisation_id {int};
ALTER TABLE customer ADD COLUMN organisation_how {int} NOT NULL DEFAULT 0; -- OrganisationHow
ALTER TABLE customer ADD COLUMN address_as TEXT NOT NULL DEFAULT ''; -- how they like to be called
ALTER TABLE customer ADD COLUMN channel {int} NOT NULL DEFAULT 0; -- CustomerChannel
ALTER TABLE customer ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- "de"; '': not known
ALTER TABLE customer ADD COLUMN best_hours TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN likes TEXT NOT NULL DEFAULT ''; -- anything else, in the team's words
ALTER TABLE customer ADD COLUMN merged_into {int}; -- the customer they turned out to be; this row stays, so that it can be undone
CREATE INDEX customer_sorted ON customer (sort_key, id);
CREATE INDEX customer_named ON customer (name_key, id) WHERE name_key <> '';
CREATE INDEX customer_unindexed ON customer (id) WHERE is_indexed = 0;
CREATE INDEX customer_of_organisation ON customer (organisation_id, sort_key, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE customer_word ( -- what a search finds them by: words begin with what was typed
  word TEXT NOT NULL, -- folded; "@moor.example" is a domain
  customer_id {int} NOT NULL REFERENCES customer (id),
  PRIMARY KEY (word, customer_id)
) {strict};
CREATE INDEX customer_word_of ON customer_word (customer_id);

CREATE TABLE customer_phone (
  id {id},
  customer_id {int} NOT NULL REFERENCES customer (id),
  phone TEXT NOT NULL, -- as they said it
  phone_key TEXT NOT NULL, -- its last nine digits, however it was written; '' for one with fewer than six
  made_at {int} NOT NULL,
  UNIQUE (customer_id, phone)
) {strict};
CREATE INDEX customer_phone_key ON customer_phone (phone_key, customer_id) WHERE phone_key <> '';
INSERT INTO customer_phone (customer_id, phone, phone_key, made_at) SELECT id, phone, '', made_at FROM customer WHERE phone <> '';
ALTER TABLE customer DROP COLUMN phone;

CREATE TABLE customer_note ( -- for the team; what is changed gets a new row, so that its history stays
  id {id},
  customer_id {int} NOT NULL REFERENCES customer (id),
  first_id {int}, -- the row it began with; NULL: this one
  is_current {int} NOT NULL, -- the newest of its rows
  words TEXT NOT NULL, -- '': it was taken down
  staff_id {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL
) {strict};
CREATE INDEX customer_note_of ON customer_note (customer_id, id);

CREATE TABLE organisation (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE, -- folded
  about TEXT NOT NULL, -- in the team's words
  made_at {int} NOT NULL
) {strict};

CREATE TABLE organisation_word (
  word TEXT NOT NULL, -- folded
  organisation_id {int} NOT NULL REFERENCES organisation (id),
  PRIMARY KEY (word, organisation_id)
) {strict};
CREATE INDEX organisation_word_of ON organisation_word (organisation_id);

CREATE TABLE organisation_domain ( -- who writes from there belongs to it
  domain TEXT PRIMARY KEY,
  organisation_id {int} NOT NULL REFERENCES organisation (id)
) {strict};
CREATE INDEX organisation_domain_of ON organisation_domain (organisation_id);

CREATE TABLE customer_distinct ( -- somebody said that these two are two
  low_id {int} NOT NULL REFERENCES customer (id),
  high_id {int} NOT NULL REFERENCES customer (id),
  staff_id {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL,
  PRIMARY KEY (low_id, high_id)
) {strict};

CREATE TABLE customer_merge ( -- two that became one, and whether it was undone
  id {id},
  from_id {int} NOT NULL REFERENCES customer (id),
  into_id {int} NOT NULL REFERENCES customer (id),
  filled {int} NOT NULL, -- bit 1 << CustomerField: what was empty in the one and came from the other
  made_by {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL,
  undone_by {int} REFERENCES staff (id),
  undone_at {int}
) {strict};
CREATE INDEX customer_merge_into ON customer_merge (into_id, id);
CREATE INDEX customer_merge_from ON customer_merge (from_id, id);

CREATE TABLE customer_merge_item ( -- what moved, so that it can move back
  merge_id {int} NOT NULL REFERENCES customer_merge (id),
  kind {int} NOT NULL, -- MergedKind
  item_id {int} NOT NULL, -- its number; 0 for an address
  item_key TEXT NOT NULL, -- an address; ''
  PRIMARY KEY (merge_id, kind, item_id, item_key)
) {strict};

CREATE INDEX remedy_of_customer ON remedy (customer_id, id);

CREATE TABLE staff_link ( -- a link that sets a password, once: an invitation, or a new beginning
  token_hash {bytes} PRIMARY KEY, -- SHA-256 of the token: a stolen copy of the database opens nothing
  staff_id {int} NOT NULL REFERENCES staff (id),
  made_by {int} REFERENCES staff (id), -- NULL: the command line
  made_at {int} NOT NULL,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX staff_link_of ON staff_link (staff_id);

ALTER TABLE mailbox ADD COLUMN retired_at {int}; -- not offered any more; what still comes to it is taken in all the same

-- Prefixes are ranges, which needs an order by bytes.
-- postgres
ALTER TABLE customer_word ALTER COLUMN word TYPE TEXT COLLATE "C";
ALTER TABLE organisation_word ALTER COLUMN word TYPE TEXT COLLATE "C";
ALTER TABLE customer ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
-- both
