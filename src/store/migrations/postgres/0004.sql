-- As migrations/sqlite/0004.sql; PostgreSQL came with this migration, so there is nothing to carry over.
ALTER TABLE review ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE review ADD COLUMN owner TEXT;
ALTER TABLE review ADD COLUMN batch_id TEXT COLLATE "C";
ALTER TABLE review ADD COLUMN summary TEXT NOT NULL DEFAULT '{}';
ALTER TABLE review ADD COLUMN known TEXT;
CREATE INDEX review_tenant ON review (tenant, id);
CREATE INDEX review_batch ON review (batch_id, id) WHERE batch_id IS NOT NULL;

CREATE TABLE job (
  id TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'active', 'done', 'failed', 'cancelled')),
  run_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  starts INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until BIGINT,
  progress TEXT,
  last_error TEXT
);
CREATE INDEX job_due ON job (kind, state, run_at);
CREATE INDEX job_leases ON job (lease_until) WHERE state = 'active';

CREATE TABLE settling (tenant TEXT PRIMARY KEY, version TEXT NOT NULL);

CREATE TABLE requirement (met INTEGER NOT NULL);

ALTER TABLE answer ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE answer ALTER COLUMN tenant DROP DEFAULT;
ALTER TABLE answer DROP CONSTRAINT answer_pkey;
ALTER TABLE answer ADD PRIMARY KEY (tenant, key);
