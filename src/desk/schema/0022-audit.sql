-- What administrators changed, as a chain: every entry seals the one before it, so that none can be changed or left out unseen.

CREATE TABLE audit_entry (
  number {int} PRIMARY KEY, -- 1, 2, 3 …: a gap is a missing entry
  happened_at {int} NOT NULL,
  staff_id {int} REFERENCES staff (id), -- NULL: the command line, or the setup before anybody is here
  actor TEXT NOT NULL, -- who it was, as they were called then
  what TEXT NOT NULL, -- "staff.role": see desk/audit/words.c
  subject TEXT NOT NULL, -- whom or what it is about, as people call it
  detail TEXT NOT NULL, -- before and after, a line each
  seal TEXT NOT NULL -- SHA-256 of the seal before it and of all of this: see desk/audit/audit.c
) {strict};
CREATE INDEX audit_entry_what ON audit_entry (what, number);

CREATE TABLE audit_head ( -- one row: the newest entry. Whoever writes takes it first, and so one after the other
  id {int} PRIMARY KEY CHECK (id = 1),
  number {int} NOT NULL, -- 0: none yet
  seal TEXT NOT NULL
) {strict};
INSERT INTO audit_head (id, number, seal) VALUES (1, 0, '');

-- The database itself refuses the two ways to change what was written. Who owns the database can take this away; then the seals tell.
-- sqlite
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit journal is never changed'); END;
CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit journal is never changed'); END;
-- postgres
ALTER TABLE audit_entry ALTER COLUMN what TYPE TEXT COLLATE "C"; -- what begins alike stands together
CREATE FUNCTION audit_entry_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit journal is never changed'; END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refuses();
-- both
