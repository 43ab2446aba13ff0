-- The language of a protocol or a script. The program brings sets along in several; which of them a desk has stands among its settings.
ALTER TABLE guide ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- "de"; '': for no certain one
