-- As migrations/sqlite/0009.sql.
CREATE TABLE asking (
  tenant TEXT NOT NULL,
  -- As in answer: a digest of all that is asked.
  key TEXT NOT NULL,
  -- The call.
  owner TEXT NOT NULL,
  -- Milliseconds since 1970 by the database's clock.
  lease_until BIGINT NOT NULL,
  PRIMARY KEY (tenant, key)
);
