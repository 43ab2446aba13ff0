-- Numbers are found by how they begin and how they end, from two indexes, and stand in the list of parts no longer: every order has one of
-- its own, and a part would have to be looked for among all of them. Documents are
-- numbered downward from now on (SEARCH_DOC_FIRST). Search is made again from the first event on (search_rebuild).

ALTER TABLE search_word ADD COLUMN reversed TEXT; -- of a number, from its end; NULL for other words: see number_reversed
DELETE FROM search_doc;
DELETE FROM search_word;
UPDATE search_state SET up_to = 0, changes = changes + 1;
-- sqlite
CREATE INDEX search_number ON search_word (word) WHERE reversed IS NOT NULL;
CREATE INDEX search_number_reversed ON search_word (reversed) WHERE reversed IS NOT NULL;
INSERT INTO search_part (search_part) VALUES ('delete-all');
INSERT INTO search_index (search_index) VALUES ('delete-all');
-- postgres
ALTER TABLE search_word ALTER COLUMN reversed TYPE TEXT COLLATE "C";
DROP INDEX search_part;
CREATE INDEX search_part ON search_word USING gin (word gin_trgm_ops) WHERE reversed IS NULL;
CREATE INDEX search_number ON search_word (word) WHERE reversed IS NOT NULL;
CREATE INDEX search_number_reversed ON search_word (reversed) WHERE reversed IS NOT NULL;
-- both
