-- Which reviews share most is told by this table alone.
ALTER TABLE trace ADD COLUMN tenant TEXT;
UPDATE trace SET tenant = review.tenant FROM review WHERE review.id = trace.review_id;
ALTER TABLE trace ALTER COLUMN tenant SET NOT NULL;
ALTER TABLE trace DROP CONSTRAINT trace_pkey;
ALTER TABLE trace ADD PRIMARY KEY (tenant, key, review_id);
DROP INDEX review_compared;
