-- A view can be changed; whoever changes it says which version they had before them.
ALTER TABLE saved_view ADD COLUMN version {int} NOT NULL DEFAULT 1;
