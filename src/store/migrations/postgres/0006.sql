-- As migrations/sqlite/0006.sql.
CREATE TABLE idempotency (
  tenant TEXT NOT NULL,
  owner TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  subject TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant, owner, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE webhook_endpoint (
  id TEXT COLLATE "C" PRIMARY KEY,
  tenant TEXT NOT NULL,
  url TEXT,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT
);
CREATE INDEX webhook_endpoint_tenant ON webhook_endpoint (tenant, id);

CREATE TABLE webhook_delivery (
  id TEXT COLLATE "C" PRIMARY KEY,
  tenant TEXT NOT NULL,
  endpoint_id TEXT COLLATE "C" NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  event TEXT NOT NULL,
  review_id TEXT COLLATE "C" REFERENCES review (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  attempted_at TEXT,
  next_at TEXT,
  last_error TEXT
);
CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);
CREATE INDEX webhook_delivery_review ON webhook_delivery (review_id);
