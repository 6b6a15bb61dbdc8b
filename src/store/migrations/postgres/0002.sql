-- As migrations/sqlite/0002.sql.
CREATE TABLE answer (
  key TEXT COLLATE "C" PRIMARY KEY,
  review_id TEXT COLLATE "C" NOT NULL,
  at TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE INDEX answer_review ON answer (review_id);
CREATE FUNCTION forget_answers() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN DELETE FROM answer WHERE review_id = OLD.id; RETURN NULL; END $$;
CREATE TRIGGER answers_go_with_their_review AFTER DELETE ON review FOR EACH ROW EXECUTE FUNCTION forget_answers();
