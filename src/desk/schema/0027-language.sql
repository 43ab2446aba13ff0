-- The language in which the desk speaks to each of the staff, and the zone in which it shows them times.
ALTER TABLE staff ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- "de"; '': what their browser asks for
ALTER TABLE staff ADD COLUMN zone TEXT NOT NULL DEFAULT ''; -- "Europe/Vienna"; '': where the desk is
