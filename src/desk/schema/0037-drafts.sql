-- One's drafts are read in the order of their list, however many one has begun.
CREATE INDEX draft_saved ON draft (staff_id, saved_at, conversation_id);
