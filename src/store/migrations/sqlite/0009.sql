-- Questions that a model is asked at the moment, each by one call: whoever wants to know the same waits for its answer. A row goes with
-- the answer, with the call's failure, or when its time has run out without having been prolonged.
CREATE TABLE asking (
  tenant TEXT NOT NULL,
  -- As in answer: a digest of all that is asked.
  key TEXT NOT NULL,
  -- The call.
  owner TEXT NOT NULL,
  -- Milliseconds since 1970 by the database's clock.
  lease_until INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT;
