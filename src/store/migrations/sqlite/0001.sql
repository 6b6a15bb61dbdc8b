-- Reviews, their uploads, resumable steps and the audit trail. The same file serves node:sqlite and D1.
CREATE TABLE review (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
  created_at TEXT NOT NULL,
  finished_at TEXT,
  external_id TEXT,
  pack TEXT,
  verdict TEXT,
  -- How often the review was begun: what ends the process again and again is given up in the end.
  attempts INTEGER NOT NULL DEFAULT 0,
  -- JSON: what was asked for (pack, online declaration, context, date).
  request TEXT NOT NULL,
  -- JSON: the review as its reader sees it.
  review TEXT NOT NULL
) STRICT;
CREATE INDEX review_status ON review (status, id);
CREATE INDEX review_external_id ON review (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE upload (
  review_id TEXT NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (review_id, position)
) STRICT;
CREATE INDEX upload_sha256 ON upload (sha256);

-- One row a rule, so that reviews can be found by what was found.
CREATE TABLE finding (
  review_id TEXT NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,
  status TEXT NOT NULL,
  severity TEXT NOT NULL,
  PRIMARY KEY (review_id, position)
) STRICT;
CREATE INDEX finding_rule ON finding (rule, status, review_id);

-- What a review has already worked out; the first writer wins. Kept only until the review is finished.
CREATE TABLE step (
  review_id TEXT NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (review_id, name)
) STRICT;

-- Never holds personal data: it outlives the review.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  review_id TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_review ON audit (review_id);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
