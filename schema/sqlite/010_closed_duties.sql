-- Duties that are done, the last one first: done ones go to the end of their party's run.
DROP INDEX obligation_closed;
CREATE INDEX obligation_closed ON obligation (party, closed) WHERE closed <> -1;
CREATE INDEX obligation_newest_closed ON obligation (closed) WHERE closed <> -1;
