-- Organisations that were two and are one.

ALTER TABLE organisation ADD COLUMN merged_into {int}; -- the one it turned out to be; this row stays, so that it can be undone
CREATE INDEX organisation_merged ON organisation (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE organisation_merge ( -- two that became one, and whether it was undone
  id {id},
  from_id {int} NOT NULL REFERENCES organisation (id),
  into_id {int} NOT NULL REFERENCES organisation (id),
  about_before TEXT NOT NULL, -- what the team should know about the one that stays, before that of the other was put below it
  made_by {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL,
  undone_by {int} REFERENCES staff (id),
  undone_at {int}
) {strict};
CREATE INDEX organisation_merge_into ON organisation_merge (into_id, id);
CREATE INDEX organisation_merge_from ON organisation_merge (from_id, id);

CREATE TABLE organisation_merge_item ( -- what moved, so that it can move back
  merge_id {int} NOT NULL REFERENCES organisation_merge (id),
  kind {int} NOT NULL, -- 0: a domain, 1: a customer
  item_id {int} NOT NULL, -- its number; 0 for a domain
  item_key TEXT NOT NULL, -- a domain; ''
  PRIMARY KEY (merge_id, kind, item_id, item_key)
) {strict};
