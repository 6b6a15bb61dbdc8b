-- As migrations/sqlite/0007.sql.
CREATE TABLE batch (
  id TEXT COLLATE "C" PRIMARY KEY,
  tenant TEXT NOT NULL,
  owner TEXT,
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'cancelled')),
  created_at TEXT COLLATE "C" NOT NULL,
  finished_at TEXT COLLATE "C",
  external_id TEXT,
  request TEXT NOT NULL
);
CREATE INDEX batch_tenant ON batch (tenant, id);
CREATE INDEX batch_finished ON batch (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE batch_item (
  batch_id TEXT COLLATE "C" NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  review_id TEXT COLLATE "C" REFERENCES review (id) ON DELETE CASCADE,
  problem TEXT,
  PRIMARY KEY (batch_id, position)
);
CREATE INDEX batch_item_review ON batch_item (review_id);
