-- Views that people make of a search, with who is in them kept as conversations change; and who waits, counted.

CREATE TABLE saved_view (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  query TEXT NOT NULL, -- as it was typed, see desk/search/search.h
  staff_id {int} REFERENCES staff (id), -- whose it is; NULL: everybody's
  made_by {int} NOT NULL REFERENCES staff (id),
  made_at {int} NOT NULL,
  is_kept {int} NOT NULL, -- its conversations stand in saved_view_entry
  filled_to {int} -- documents to here were looked at when it was made; NULL: all were
) {strict};
CREATE INDEX saved_view_of ON saved_view (staff_id, name_key);
CREATE INDEX saved_view_unfilled ON saved_view (id) WHERE filled_to IS NOT NULL;

CREATE TABLE saved_view_entry (
  view_id {int} NOT NULL REFERENCES saved_view (id),
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  queue_key {int} NOT NULL, -- the conversation's, when it was looked at last
  PRIMARY KEY (view_id, conversation_id)
) {strict};
CREATE INDEX saved_view_queue ON saved_view_entry (view_id, queue_key, conversation_id);
CREATE INDEX saved_view_entry_of ON saved_view_entry (conversation_id, view_id);

INSERT INTO tally (name, count) SELECT 'waiting', COUNT(*) FROM conversation WHERE state = 0 AND snoozed_until IS NULL AND waiting_since IS NOT NULL;
