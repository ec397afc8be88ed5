-- Lists that show the newest first: the log index stands behind what is filtered, so that a page is one walk along the
-- index, and new rows go to the end of their run.
DROP INDEX sale_by_seller;
DROP INDEX sale_by_buyer;
CREATE INDEX sale_by_seller ON sale (seller, seq);
CREATE INDEX sale_by_buyer ON sale (buyer, seq);
CREATE INDEX sale_by_substance ON sale (substance, seq);
CREATE INDEX sale_by_state ON sale (state, seq);
CREATE INDEX sale_newest ON sale (seq);

DROP INDEX consignment_by_sender;
DROP INDEX consignment_by_receiver;
DROP INDEX consignment_by_carrier;
DROP INDEX consignment_by_state;
CREATE INDEX consignment_by_sender ON consignment (sender, dispatched);
CREATE INDEX consignment_by_receiver ON consignment (receiver, dispatched);
CREATE INDEX consignment_by_carrier ON consignment (carrier, dispatched);
CREATE INDEX consignment_by_state ON consignment (state, dispatched);
CREATE INDEX consignment_newest ON consignment (dispatched);
-- What a receiver must not learn the amounts of; asked for at every answer that could tell.
CREATE INDEX consignment_uncounted ON consignment (receiver) WHERE counted = -1;

DROP INDEX finding_by_party;
DROP INDEX finding_by_state;
CREATE INDEX finding_by_party ON finding (party, opened);
CREATE INDEX finding_by_state ON finding (state, opened);
CREATE INDEX finding_newest ON finding (opened);

CREATE INDEX obligation_closed ON obligation (party) WHERE closed <> -1;
CREATE INDEX permit_line_by_substance ON permit_line (substance);
CREATE INDEX party_by_region ON party (region);
