-- Whose a review is, and what SQL would otherwise have to cut out of its JSON.
ALTER TABLE review ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
-- The key that handed it in.
ALTER TABLE review ADD COLUMN owner TEXT;
ALTER TABLE review ADD COLUMN batch_id TEXT;
-- JSON: the review without its declaration, readings and findings.
ALTER TABLE review ADD COLUMN summary TEXT NOT NULL DEFAULT '{}';
-- JSON, of finished reviews: what others are compared with.
ALTER TABLE review ADD COLUMN known TEXT;
UPDATE review SET
  summary = json_remove(review, '$.declaration', '$.fields', '$.findings'),
  known = CASE WHEN status = 'done' THEN json_object(
    'declaration', json_extract(review, '$.declaration'),
    'leader', json_extract(review, '$.fields."leader.name"'),
    'rerunOf', json_extract(review, '$.rerunOf')) END;
CREATE INDEX review_tenant ON review (tenant, id);
CREATE INDEX review_batch ON review (batch_id, id) WHERE batch_id IS NOT NULL;

-- Work that must be done, whatever ends the process that does it. The row is the truth; a queue only wakes who works.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'active', 'done', 'failed', 'cancelled')),
  -- Times in milliseconds since 1970 by the database's clock.
  run_at INTEGER NOT NULL,
  -- Times it was taken; with lease_owner the fence of who holds it.
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Times it was taken since something of it was last stored: what ends its process again and again is given up in the end.
  starts INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until INTEGER,
  -- JSON: { step, done, total }.
  progress TEXT,
  -- Never holds personal data.
  last_error TEXT
) STRICT;
CREATE INDEX job_due ON job (kind, state, run_at);
CREATE INDEX job_leases ON job (lease_until) WHERE state = 'active';
INSERT INTO job (id, kind, subject, state, run_at)
  SELECT 'review/' || id, 'review', id, 'ready', 0 FROM review WHERE status IN ('queued', 'running');

-- Changes whenever a review of the tenant is finished: two that are finished at once must see each other.
CREATE TABLE settling (tenant TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT;

-- Always empty: a row that is refused here undoes its batch.
CREATE TABLE requirement (met INTEGER NOT NULL) STRICT;

-- Answers are each tenant's own.
DROP TRIGGER answers_go_with_their_review;
DROP INDEX answer_review;
ALTER TABLE answer RENAME TO answer_before;
CREATE TABLE answer (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  review_id TEXT NOT NULL,
  at TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT;
INSERT INTO answer (tenant, key, review_id, at, answer) SELECT 'default', key, review_id, at, answer FROM answer_before;
DROP TABLE answer_before;
CREATE INDEX answer_review ON answer (review_id);
CREATE TRIGGER answers_go_with_their_review AFTER DELETE ON review BEGIN DELETE FROM answer WHERE review_id = OLD.id; END;
