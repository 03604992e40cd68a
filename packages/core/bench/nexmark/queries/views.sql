-- The three kinds of events, as streams of their own over the tagged one.
CREATE STREAM person AS
SELECT id, name, emailAddress, creditCard, city, state, dateTime, extra FROM nexmark WHERE event_type = 0;

CREATE STREAM auction AS
SELECT id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra FROM nexmark WHERE event_type = 1;

CREATE STREAM bid AS
SELECT auction, bidder, price, channel, url, dateTime, extra FROM nexmark WHERE event_type = 2;
