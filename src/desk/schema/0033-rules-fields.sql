-- A rule may look at what people fill into fields of the desk's own.
ALTER TABLE rule ADD COLUMN watched_field {int} REFERENCES field (id); -- of "a field changes": which; NULL: any
