-- As migrations/sqlite/0005.sql.
CREATE TABLE api_key (
  id TEXT COLLATE "C" PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('applicant', 'reviewer', 'admin')),
  digest TEXT NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  expires_at TEXT COLLATE "C",
  revoked_at TEXT COLLATE "C",
  last_used_on TEXT COLLATE "C"
);
CREATE INDEX api_key_tenant ON api_key (tenant, created_at);

CREATE TABLE decision (
  id TEXT COLLATE "C" PRIMARY KEY,
  review_id TEXT COLLATE "C" NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  finding INTEGER,
  ruling TEXT NOT NULL CHECK (ruling IN ('uphold', 'overrule', 'ask')),
  reason TEXT,
  at TEXT COLLATE "C" NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX decision_review ON decision (review_id, id);
CREATE FUNCTION decisions_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'decisions are never changed'; END $$;
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION decisions_are_never_changed();

ALTER TABLE audit RENAME COLUMN review_id TO subject;
ALTER TABLE audit ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE audit ADD COLUMN actor TEXT NOT NULL DEFAULT '';

CREATE TABLE audit_seal (
  position BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  hash TEXT NOT NULL
);
CREATE TRIGGER seals_are_never_changed BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER seals_are_never_emptied BEFORE TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- What retention looks for.
CREATE INDEX review_finished ON review (finished_at) WHERE finished_at IS NOT NULL;
