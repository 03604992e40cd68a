import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Deliveries of a webhook service; asked by its developers, its support and the engineer on call. */
export const webhooks = {
  name: 'webhooks',
  schemas: schemasFrom(`
    deliveries: delivery_id STRING, endpoint_id STRING, event_type STRING invoice_paid|user_created|user_deleted|file_uploaded, attempt INTEGER, response_code INTEGER, latency_ms INTEGER, payload_bytes INTEGER, succeeded BOOLEAN, error_message STRING, sent_at TIMESTAMP
    table endpoints: endpoint_id STRING, customer STRING, plan STRING free|team|enterprise, region STRING eu|us|apac, api_version INTEGER, paused BOOLEAN
  `),
  cases: casesFrom(
    'webhooks',
    `
    [filter]
    failed deliveries after the third attempt => * FROM deliveries WHERE succeeded = FALSE AND attempt > 3
    deliveries of user_deleted events that took longer than 2 seconds => * FROM deliveries WHERE event_type = 'user_deleted' AND latency_ms > 2000
    show deliveries whose error message contains 'timeout' => * FROM deliveries WHERE error_message LIKE '%timeout%'
    delivery id, endpoint id and latency of first attempts with a payload larger than 50000 bytes => delivery_id, endpoint_id, latency_ms FROM deliveries WHERE attempt = 1 AND payload_bytes > 50000
    successful deliveries that still carry an error message => * FROM deliveries WHERE succeeded = TRUE AND error_message IS NOT NULL
    [aggregate]
    count deliveries per event type every minute => event_type, COUNT(*) n FROM deliveries GROUP BY event_type W 1m
    average and maximum latency per endpoint in 10 minute windows => endpoint_id, AVG(latency_ms) a, MAX(latency_ms) b FROM deliveries GROUP BY endpoint_id W 10m
    How many bytes of payload do we send to each endpoint per day? => endpoint_id, SUM(payload_bytes) v FROM deliveries GROUP BY endpoint_id W 1d
    number of failed deliveries by response code, hourly => response_code, COUNT(*) n FROM deliveries WHERE succeeded = FALSE GROUP BY response_code W 1h
    how many distinct endpoints received each event type so far => event_type, COUNT(DISTINCT endpoint_id) n FROM deliveries GROUP BY event_type
    [join]
    average latency per region of the endpoint, in 5 minute windows => e.region, AVG(d.latency_ms) v FROM deliveries d JOIN endpoints e ON d.endpoint_id = e.endpoint_id GROUP BY e.region W 5m
    failed deliveries of customers on the enterprise plan => d.* FROM deliveries d JOIN endpoints e ON d.endpoint_id = e.endpoint_id WHERE e.plan = 'enterprise' AND d.succeeded = FALSE
    [ratio]
    success rate per endpoint in 15 minute windows => endpoint_id, 1.0 * SUM(CASE WHEN succeeded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM deliveries GROUP BY endpoint_id W 15m
    what percentage of the deliveries of each event type are retries (attempt greater than 1)? => event_type, 100.0 * SUM(CASE WHEN attempt > 1 THEN 1 ELSE 0 END) / COUNT(*) v FROM deliveries GROUP BY event_type
    [having]
    endpoints with at least 20 failures in ten minutes => endpoint_id, COUNT(*) n FROM deliveries WHERE succeeded = FALSE GROUP BY endpoint_id W 10m HAVING COUNT(*) >= 20
    which event types have an average latency over 800 ms in a one minute window? => event_type, AVG(latency_ms) v FROM deliveries GROUP BY event_type W 1m HAVING AVG(latency_ms) > 800
    [topn]
    ten slowest endpoints by average latency per hour => endpoint_id, AVG(latency_ms) v FROM deliveries GROUP BY endpoint_id W 1h ORDER BY v DESC LIMIT 10
    the 5 endpoints with the most failed deliveries => endpoint_id, COUNT(*) n FROM deliveries WHERE succeeded = FALSE GROUP BY endpoint_id W 5m ORDER BY n DESC LIMIT 5
    [alert]
    page the on-call engineer if an endpoint fails more than 50 times in 5 minutes => endpoint_id, COUNT(*) n FROM deliveries WHERE succeeded = FALSE GROUP BY endpoint_id W 5m
    [rows]
    for every delivery, the latency of the previous delivery to the same endpoint => endpoint_id, latency_ms, LAG(latency_ms) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY endpoint_id ORDER BY sent_at) v FROM deliveries
    [edit]
    ~ SELECT endpoint_id, AVG(latency_ms) AS latency FROM deliveries GROUP BY endpoint_id WINDOW TUMBLING(5m) EMIT CHANGES
    use the maximum instead of the average => endpoint_id, MAX(latency_ms) latency FROM deliveries GROUP BY endpoint_id W 5m
    group by event type instead of endpoint => event_type, AVG(latency_ms) latency FROM deliveries GROUP BY event_type W 5m
    only keep endpoints above 1000 ms => endpoint_id, AVG(latency_ms) latency FROM deliveries GROUP BY endpoint_id W 5m HAVING AVG(latency_ms) > 1000
    [behaviour]
    page me when latency gets bad => ?
    send the failed deliveries again => no
    What is the capital of Australia? => no
    `,
  ),
};
