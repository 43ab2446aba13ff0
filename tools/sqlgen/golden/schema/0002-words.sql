-- Full text is the databases' own.
-- sqlite
CREATE VIRTUAL TABLE conversation_words USING fts5(subject, content='conversation', content_rowid='id', tokenize='trigram');
CREATE TRIGGER conversation_keeps_customer BEFORE UPDATE OF customer ON conversation BEGIN
  SELECT RAISE(ABORT, 'a conversation keeps its customer');
END;
-- postgres
ALTER TABLE conversation ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', subject)) STORED;
CREATE INDEX conversation_words ON conversation USING gin (words);
CREATE FUNCTION conversation_nothing() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RETURN NULL; -- ends neither the function nor the script
END
$body$;
-- both
CREATE TABLE tag (name TEXT PRIMARY KEY) {strict};
