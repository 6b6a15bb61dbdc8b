-- Keys by which later reviews find the ones that may have to do with them: of one leader, unit or project, of like texts. Hashes; what
-- they point to is compared with the declarations themselves. They go with their review.
CREATE TABLE trace (
  key TEXT NOT NULL,
  review_id TEXT NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  PRIMARY KEY (key, review_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trace_review ON trace (review_id);
