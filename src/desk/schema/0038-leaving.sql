-- What becomes of the conversations of somebody who left, as whoever disabled them chose.
ALTER TABLE staff ADD COLUMN leaves {int} NOT NULL DEFAULT 0; -- StaffLeaves
ALTER TABLE staff ADD COLUMN leaves_to {int} REFERENCES staff (id); -- with LEAVES_TO_PERSON
CREATE INDEX promise_running_of ON promise (staff_id) WHERE state = 0;
