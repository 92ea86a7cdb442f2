-- The session in which the way of signing was chosen: it outlives the new security word.
ALTER TABLE application ADD COLUMN session TEXT NOT NULL DEFAULT '';

-- Two certificates of one key that wait to take the same place would make it a matter of luck which one does.
CREATE UNIQUE INDEX replacement_due ON replacement (replaces) WHERE state IN ('pending', 'fetched');

CREATE INDEX certificate_state ON certificate (state);
CREATE INDEX certificate_key ON certificate (spki_sha256);
CREATE INDEX unlock_card ON unlock (card);
