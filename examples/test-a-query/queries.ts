/** Visits per page and minute, told once the minute is over. */
export const VISITS_PER_MINUTE = `
  SELECT page, COUNT(*) AS visits
  FROM clicks
  GROUP BY page
  WINDOW TUMBLING(at, INTERVAL '1' MINUTE)
  EMIT FINAL`;

/** Orders above a limit, with the name of the customer. */
export const LARGE_ORDERS = `
  SELECT o.id, c.name, o.amount
  FROM orders o
  JOIN customers c ON o.customer_id = c.id
  WHERE o.amount > 100`;
