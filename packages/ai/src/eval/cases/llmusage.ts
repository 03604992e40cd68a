import { casesFrom, schemasFrom } from '../case.ts';

/** Calls of language models and what users thought of the answers; asked by a platform team, finance and a product manager. */
export const llmusage = {
  name: 'llmusage',
  schemas: schemasFrom(`
    llm_calls: team STRING, model STRING, endpoint STRING chat|embed|rerank, prompt_tokens INTEGER, output_tokens INTEGER, cost_usd FLOAT, latency_ms INTEGER, cached BOOLEAN, error_kind STRING, region STRING, called_at TIMESTAMP
    feedback: team STRING, model STRING, user_email STRING, stars INTEGER, thumbs STRING up|down, comment STRING, hallucinated BOOLEAN, given_at TIMESTAMP
    table teams: team STRING, department STRING, budget_usd FLOAT, lead STRING, pilot BOOLEAN
  `),
  cases: casesFrom(
    'llmusage',
    `
    [filter]
    chat calls slower than 8 seconds => * FROM llm_calls WHERE endpoint = 'chat' AND latency_ms > 8000
    failed calls (there is an error kind) in region eu-west => * FROM llm_calls WHERE error_kind IS NOT NULL AND region = 'eu-west'
    uncached calls with 4000 prompt tokens or more => * FROM llm_calls WHERE cached = FALSE AND prompt_tokens >= 4000
    thumbs down with a comment => * FROM feedback WHERE thumbs = 'down' AND comment IS NOT NULL
    feedback that mentions wrong in the comment, 1 or 2 stars => * FROM feedback WHERE comment LIKE '%wrong%' AND stars IN (1, 2)
    calls which cost between 50 cents and 2 dollars => * FROM llm_calls WHERE cost_usd BETWEEN 0.5 AND 2
    more output than prompt tokens => * FROM llm_calls WHERE output_tokens > prompt_tokens
    everything from team search on models other than nova-mini => * FROM llm_calls WHERE team = 'search' AND model != 'nova-mini'
    hallucinations reported for nova-pro => * FROM feedback WHERE hallucinated = TRUE AND model = 'nova-pro'
    [aggregate]
    spend per team per day => team, SUM(cost_usd) v FROM llm_calls GROUP BY team W 1d
    tokens in and tokens out by model, each hour => model, SUM(prompt_tokens) a, SUM(output_tokens) b FROM llm_calls GROUP BY model W 1h
    average latency of embed calls every five minutes => AVG(latency_ms) v FROM llm_calls WHERE endpoint = 'embed' W 5m
    how many people gave feedback on each model per week? count every person only once => model, COUNT(DISTINCT user_email) n FROM feedback GROUP BY model W 7d
    mean star rating for every model => model, AVG(stars) v FROM feedback GROUP BY model
    calls by error kind and region in 30 min buckets => error_kind, region, COUNT(*) n FROM llm_calls GROUP BY error_kind, region W 30m
    how much money did we burn so far, by endpoint => endpoint, SUM(cost_usd) v FROM llm_calls GROUP BY endpoint
    longest answer (output tokens) of every model per day => model, MAX(output_tokens) v FROM llm_calls GROUP BY model W 1d
    spread of latency per region, i.e. max minus min, every 10 minutes => region, MAX(latency_ms) - MIN(latency_ms) v FROM llm_calls GROUP BY region W 10m
    [ratio]
    cache hit share per team and hour => team, 1.0 * SUM(CASE WHEN cached = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM llm_calls GROUP BY team W 1h
    in how many percent of the feedback did the model hallucinate? by model please => model, 100.0 * SUM(CASE WHEN hallucinated = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM feedback GROUP BY model
    dollars per 1000 output tokens for each model: total cost times 1000 divided by total output tokens => model, 1000.0 * SUM(cost_usd) / SUM(output_tokens) v FROM llm_calls GROUP BY model
    thumbs up per thumbs down, model by model, weekly => model, 1.0 * SUM(CASE WHEN thumbs = 'up' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN thumbs = 'down' THEN 1 ELSE 0 END), 0) v FROM feedback GROUP BY model W 7d
    [join]
    cost by department, day by day => t.department, SUM(c.cost_usd) v FROM llm_calls c JOIN teams t ON c.team = t.team GROUP BY t.department W 1d
    single calls that ate more than the whole budget of their team => c.* FROM llm_calls c JOIN teams t ON c.team = t.team WHERE c.cost_usd > t.budget_usd
    how many calls come from pilot teams every hour => COUNT(*) n FROM llm_calls c JOIN teams t ON c.team = t.team WHERE t.pilot = TRUE W 1h
    [having]
    teams that spend more than 300 dollars a day => team, SUM(cost_usd) v FROM llm_calls GROUP BY team W 1d HAVING SUM(cost_usd) > 300
    models rated below 3.5 stars on average in a week => model, AVG(stars) v FROM feedback GROUP BY model W 7d HAVING AVG(stars) < 3.5
    regions having 20 errors or more in 10 minutes => region, COUNT(*) n FROM llm_calls WHERE error_kind IS NOT NULL GROUP BY region W 10m HAVING COUNT(*) >= 20
    [topn]
    4 most expensive teams of each day => team, SUM(cost_usd) v FROM llm_calls GROUP BY team W 1d ORDER BY v DESC LIMIT 4
    which model answers fastest on average, hourly => model, AVG(latency_ms) v FROM llm_calls GROUP BY model W 1h ORDER BY v ASC LIMIT 1
    the 3 teams producing the most output tokens per week => team, SUM(output_tokens) v FROM llm_calls GROUP BY team W 7d ORDER BY v DESC LIMIT 3
    [pivot]
    per team: number of chat, embed and rerank calls next to each other, daily => team, SUM(CASE WHEN endpoint = 'chat' THEN 1 ELSE 0 END) a, SUM(CASE WHEN endpoint = 'embed' THEN 1 ELSE 0 END) b, SUM(CASE WHEN endpoint = 'rerank' THEN 1 ELSE 0 END) c FROM llm_calls GROUP BY team W 1d
    [rows]
    latency of each call next to the latency of the call before it, per model => model, latency_ms, LAG(latency_ms) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY model ORDER BY called_at) v FROM llm_calls
    total cost of the last 100 calls of a team, running => team, SUM(cost_usd) OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY team ORDER BY called_at) v FROM llm_calls
    [session]
    a conversation of a team is over when nothing was called for 3 minutes; cost of each conversation => team, SUM(cost_usd) v FROM llm_calls GROUP BY team W session 3m
    [alert]
    slack me if the cost of a team goes above 50 usd within one hour => team, SUM(cost_usd) v FROM llm_calls GROUP BY team W 1h
    warn on-call when mean latency of a model is over 6000 ms for 5 minutes => model, AVG(latency_ms) v FROM llm_calls GROUP BY model W 5m
    [edit]
    ~ SELECT team, SUM(cost_usd) AS spend FROM llm_calls GROUP BY team WINDOW TUMBLING(1d) EMIT CHANGES
    model instead of team => model, SUM(cost_usd) spend FROM llm_calls GROUP BY model W 1d
    don't count cached calls => team, SUM(cost_usd) spend FROM llm_calls WHERE cached = FALSE GROUP BY team W 1d
    chat endpoint only, and per hour => team, SUM(cost_usd) spend FROM llm_calls WHERE endpoint = 'chat' GROUP BY team W 1h
    the ten biggest spenders => team, SUM(cost_usd) spend FROM llm_calls GROUP BY team W 1d ORDER BY spend DESC LIMIT 10
    can you also show me the number of calls? => team, SUM(cost_usd) spend, COUNT(*) n FROM llm_calls GROUP BY team W 1d
    I'd rather see cost per call on average => team, AVG(cost_usd) v FROM llm_calls GROUP BY team W 1d
    [behaviour]
    which model is smartest => ?
    calls by office => ?
    raise the budget of team search to 900 => no
    `,
  ),
};
