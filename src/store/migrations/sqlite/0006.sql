-- What was asked for under an Idempotency-Key, so that asking again makes nothing new. Outlives an erased review until it expires:
-- a repeated request must not bring it back.
CREATE TABLE idempotency (
  tenant TEXT NOT NULL,
  -- The applicant's key that asked; empty for those who see the whole tenant.
  owner TEXT NOT NULL,
  key TEXT NOT NULL,
  -- SHA-256 of what was asked for.
  fingerprint TEXT NOT NULL,
  -- The review or batch that came of it.
  subject TEXT NOT NULL,
  -- Milliseconds since 1970 by the database's clock.
  at INTEGER NOT NULL,
  PRIMARY KEY (tenant, owner, key)
) STRICT;
CREATE INDEX idempotency_at ON idempotency (at);

-- Where a tenant's messages are sent. One without an address holds the secret for the callback addresses of single reviews.
CREATE TABLE webhook_endpoint (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  url TEXT,
  -- With a space before and after each: ' review.done review.failed '.
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT
) STRICT;
CREATE INDEX webhook_endpoint_tenant ON webhook_endpoint (tenant, id);

-- One message to one address. Its id is made with what it tells of, never when it is sent; it holds no personal data.
CREATE TABLE webhook_delivery (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  endpoint_id TEXT NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  event TEXT NOT NULL,
  review_id TEXT REFERENCES review (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  attempted_at TEXT,
  next_at TEXT,
  -- Of the last attempt: http_500, timeout; never what the receiver said.
  last_error TEXT
) STRICT;
CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);
CREATE INDEX webhook_delivery_review ON webhook_delivery (review_id);
