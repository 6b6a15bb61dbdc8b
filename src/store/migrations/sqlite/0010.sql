-- Which reviews share most is told by this table alone.
CREATE TABLE trace_of_tenant (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  review_id TEXT NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  PRIMARY KEY (tenant, key, review_id)
) STRICT, WITHOUT ROWID;
INSERT INTO trace_of_tenant (tenant, key, review_id)
  SELECT review.tenant, trace.key, trace.review_id FROM trace JOIN review ON review.id = trace.review_id;
DROP TABLE trace;
ALTER TABLE trace_of_tenant RENAME TO trace;
CREATE INDEX trace_review ON trace (review_id);
DROP INDEX review_compared;
