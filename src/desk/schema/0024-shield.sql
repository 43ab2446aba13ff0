-- What protects the people who answer: how much is folded for them, a break, and what only their own sign-in opens.

ALTER TABLE staff ADD COLUMN shield {int} NOT NULL DEFAULT 2; -- ShieldSetting: nothing, abuse, hostility, pictures too
ALTER TABLE staff ADD COLUMN offers_break {int} NOT NULL DEFAULT 1; -- after a hard conversation
ALTER TABLE staff ADD COLUMN break_until {int} NOT NULL DEFAULT 0; -- turns pass them by until then; 0 again when it is over: no history

-- A random key of each person, wrapped under a key made of their password (argon2id with this salt, these passes and bytes).
CREATE TABLE vault (
  staff_id {int} PRIMARY KEY REFERENCES staff (id),
  salt {bytes} NOT NULL,
  passes {int} NOT NULL,
  memory {int} NOT NULL,
  wrapped {bytes} NOT NULL
) {strict};
ALTER TABLE session ADD COLUMN vault_key {bytes}; -- the same key, wrapped under the cookie's token; NULL: the password did not open it

CREATE TABLE trigger_note ( -- what presses somebody's buttons; words and when they are shown are sealed together
  id {id},
  staff_id {int} NOT NULL REFERENCES staff (id),
  sealed {bytes} NOT NULL
) {strict};
CREATE INDEX trigger_note_of ON trigger_note (staff_id, id);

CREATE TABLE exposure ( -- hostile and abusive messages that somebody opened
  staff_id {int} PRIMARY KEY REFERENCES staff (id),
  sealed {bytes} NOT NULL, -- which and when, under their own key
  mark {bytes} NOT NULL    -- how much, in few steps, for whoever shares out work; under the desk's secret
) {strict};
