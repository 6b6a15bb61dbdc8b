-- A model's answers by the digest of what was asked (prompt, model, parameters, the form's words with personal data replaced): a
-- second review of the same words asks nothing. They go with the review that asked for them; a JSON declaration's review is
-- stored only when it is finished, so there is no foreign key.
CREATE TABLE answer (
  key TEXT PRIMARY KEY,
  review_id TEXT NOT NULL,
  at TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT;
CREATE INDEX answer_review ON answer (review_id);
CREATE TRIGGER answers_go_with_their_review AFTER DELETE ON review BEGIN DELETE FROM answer WHERE review_id = OLD.id; END;
