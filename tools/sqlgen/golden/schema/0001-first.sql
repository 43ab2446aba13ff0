-- The golden statements stand on this schema.
CREATE TABLE customer (
  id {id},
  name TEXT NOT NULL,
  score {real},
  picture {bytes},
  is_blocked {bool} NOT NULL DEFAULT 0,
  note TEXT
) {strict};

CREATE TABLE conversation (
  id {id},
  customer {int} NOT NULL REFERENCES customer (id),
  subject TEXT NOT NULL CHECK (subject <> '{not a type word} -- no comment'),
  state {int} NOT NULL DEFAULT 0,
  waiting_since {int}
) {strict};
CREATE INDEX conversation_waiting ON conversation (waiting_since, id);
