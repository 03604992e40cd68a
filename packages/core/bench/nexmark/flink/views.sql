-- The three kinds of events over the tagged stream; `ts` is the event time.
CREATE TEMPORARY VIEW person AS
SELECT id, name, emailAddress, creditCard, city, state, `dateTime`, extra, ts FROM nexmark WHERE event_type = 0;

CREATE TEMPORARY VIEW auction AS
SELECT id, itemName, description, initialBid, reserve, `dateTime`, expires, seller, category, extra, ts, ends FROM nexmark WHERE event_type = 1;

CREATE TEMPORARY VIEW bid AS
SELECT auction, bidder, price, channel, url, `dateTime`, extra, ts, clock FROM nexmark WHERE event_type = 2;
