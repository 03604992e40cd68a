-- The tagged stream and the side of q13. {{source}} and {{side}} are filled in by the runner.
CREATE TEMPORARY TABLE nexmark (
  event_type INT, id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
  itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, expires BIGINT, seller BIGINT, category BIGINT,
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` BIGINT, extra STRING,
  ts AS TO_TIMESTAMP_LTZ(`dateTime`, 3),
  ends AS TO_TIMESTAMP_LTZ(expires, 3),
  clock AS PROCTIME(),
  WATERMARK FOR ts AS ts
) WITH ({{source}});

CREATE TEMPORARY TABLE side_input (key BIGINT, `value` STRING) WITH ({{side}});
