-- Who may ask for what. Rows are never deleted: a revoked key keeps its line, and a service that ever had a key never opens again.
CREATE TABLE api_key (
  -- The visible start of the key.
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('applicant', 'reviewer', 'admin')),
  -- SHA-256 of the whole key, which itself is kept nowhere.
  digest TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  revoked_at TEXT,
  -- A day: no more is to be known of anybody's hours.
  last_used_on TEXT
) STRICT;
CREATE INDEX api_key_tenant ON api_key (tenant, created_at);

-- What people ruled on findings. Another ruling is another row; they go with their review.
CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  review_id TEXT NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  -- Which of several findings of the rule, as its place in the review's list; null: all of them.
  finding INTEGER,
  ruling TEXT NOT NULL CHECK (ruling IN ('uphold', 'overrule', 'ask')),
  reason TEXT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX decision_review ON decision (review_id, id);
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;

-- A line may be about a key or the whole store as well.
ALTER TABLE audit RENAME COLUMN review_id TO subject;
ALTER TABLE audit ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
-- The key's id, `local` or `system`; empty in lines from before there were keys.
ALTER TABLE audit ADD COLUMN actor TEXT NOT NULL DEFAULT '';

-- The chain over the audit trail: each hash covers its line and the hash before. Lines are sealed in the order of their commits.
CREATE TABLE audit_seal (
  position INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER seals_are_never_changed BEFORE UPDATE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER seals_are_never_deleted BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- What retention looks for.
CREATE INDEX review_finished ON review (finished_at) WHERE finished_at IS NOT NULL;
