-- As migrations/sqlite/0003.sql.
CREATE TABLE trace (
  key TEXT COLLATE "C" NOT NULL,
  review_id TEXT COLLATE "C" NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  PRIMARY KEY (key, review_id)
);
CREATE INDEX trace_review ON trace (review_id);
