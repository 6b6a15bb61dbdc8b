-- Many declarations handed in together; review.batch_id says whose a review is.
CREATE TABLE batch (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  owner TEXT,
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'cancelled')),
  created_at TEXT NOT NULL,
  finished_at TEXT,
  external_id TEXT,
  -- JSON: what was asked for of every declaration, and where to send word of the end.
  request TEXT NOT NULL
) STRICT;
CREATE INDEX batch_tenant ON batch (tenant, id);
CREATE INDEX batch_finished ON batch (finished_at) WHERE finished_at IS NOT NULL;

-- What was handed in, in its order. Names of files are personal data as the files are: a row goes with its review.
CREATE TABLE batch_item (
  batch_id TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- None where the file was refused at once.
  review_id TEXT REFERENCES review (id) ON DELETE CASCADE,
  -- JSON: why it was refused.
  problem TEXT,
  PRIMARY KEY (batch_id, position)
) STRICT;
CREATE INDEX batch_item_review ON batch_item (review_id);
