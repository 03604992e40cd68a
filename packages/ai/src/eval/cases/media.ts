import { casesFrom, schemasFrom } from '../case.ts';

export const media = {
  name: 'media',
  schemas: schemasFrom(`
    page_views: user_id STRING, page STRING, referrer STRING, device_type STRING mobile|desktop|tablet, country STRING, seconds_on_page INTEGER, session_id STRING, viewed_at TIMESTAMP
    ad_events: ad_id STRING, campaign STRING, event_type STRING impression|click|conversion, cost_usd FLOAT, publisher STRING, event_time TIMESTAMP
    plays: user_id STRING, track_id STRING, genre STRING rock|jazz|pop|classical, listened_ms INTEGER, skipped BOOLEAN, plan STRING free|family|student, started_at TIMESTAMP
  `),
  cases: casesFrom(
    'media',
    `
    [aggregate]
    page views per page every 10 minutes / views by page in 10 minute windows / how many page views does each page get every 10 min => page, COUNT(*) n FROM page_views GROUP BY page W 10m
    unique visitors per hour / distinct users on the site each hour / how many different users viewed pages hourly => COUNT(DISTINCT user_id) n FROM page_views W 1h
    average time on page by device type / mean seconds on page per device type => device_type, AVG(seconds_on_page) v FROM page_views GROUP BY device_type
    total ad cost per campaign per day / ad spend by campaign daily / sum of cost for each campaign every day => campaign, SUM(cost_usd) v FROM ad_events GROUP BY campaign W 1d
    plays by genre each minute / number of plays per genre every minute => genre, COUNT(*) n FROM plays GROUP BY genre W 1m
    how many clicks per campaign each hour / click count by campaign hourly => campaign, COUNT(*) n FROM ad_events WHERE event_type = 'click' GROUP BY campaign W 1h
    total listening time per user per day / total listened ms by user daily => user_id, SUM(listened_ms) v FROM plays GROUP BY user_id W 1d
    views per session / number of page views by session => session_id, COUNT(*) n FROM page_views GROUP BY session_id
    [filter]
    mobile page views from France / page views on mobile in France => * FROM page_views WHERE device_type = 'mobile' AND country = 'France'
    skipped plays / plays that were skipped => * FROM plays WHERE skipped = TRUE
    jazz plays that were not skipped => * FROM plays WHERE genre = 'jazz' AND skipped = FALSE
    plays shorter than 30 seconds / plays listened less than 30 seconds => * FROM plays WHERE listened_ms < 30000
    page views with no referrer / page views without a referrer => * FROM page_views WHERE referrer IS NULL
    page views whose page contains checkout / views of pages containing 'checkout' => * FROM page_views WHERE page LIKE '%checkout%'
    conversions costing more than $2 / conversions with a cost above 2 dollars => * FROM ad_events WHERE event_type = 'conversion' AND cost_usd > 2
    [ratio]
    skip rate per genre / share of plays that are skipped by genre / what fraction of plays get skipped for each genre => genre, 1.0 * SUM(CASE WHEN skipped = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM plays GROUP BY genre
    ratio of clicks to impressions per campaign / clicks divided by impressions by campaign => campaign, 1.0 * SUM(CASE WHEN event_type = 'click' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN event_type = 'impression' THEN 1 ELSE 0 END), 0) v FROM ad_events GROUP BY campaign
    percentage of mobile views per country each hour / percent of page views from mobile by country every hour => country, 100.0 * SUM(CASE WHEN device_type = 'mobile' THEN 1 ELSE 0 END) / COUNT(*) v FROM page_views GROUP BY country W 1h
    average views per session by country => country, 1.0 * COUNT(*) / COUNT(DISTINCT session_id) v FROM page_views GROUP BY country
    [pivot]
    count of impressions, clicks and conversions per campaign / impressions, clicks and conversions by campaign => campaign, SUM(CASE WHEN event_type = 'impression' THEN 1 ELSE 0 END) a, SUM(CASE WHEN event_type = 'click' THEN 1 ELSE 0 END) b, SUM(CASE WHEN event_type = 'conversion' THEN 1 ELSE 0 END) c FROM ad_events GROUP BY campaign
    [topn]
    10 most viewed pages every hour / top 10 pages by views per hour => page, COUNT(*) n FROM page_views GROUP BY page W 1h ORDER BY n DESC LIMIT 10
    most popular genre every day => genre, COUNT(*) n FROM plays GROUP BY genre W 1d ORDER BY n DESC LIMIT 1
    bottom 3 campaigns by cost per day / 3 cheapest campaigns by total cost each day => campaign, SUM(cost_usd) v FROM ad_events GROUP BY campaign W 1d ORDER BY v ASC LIMIT 3
    [having]
    users with more than 20 plays per hour => user_id, COUNT(*) n FROM plays GROUP BY user_id W 1h HAVING COUNT(*) > 20
    pages viewed by more than 1000 distinct users a day / pages with over 1000 unique users per day => page, COUNT(DISTINCT user_id) n FROM page_views GROUP BY page W 1d HAVING COUNT(DISTINCT user_id) > 1000
    [session]
    sessionize page views by user with a 20 minute gap / page view sessions per user, 20 minutes inactivity => user_id, COUNT(*) n FROM page_views GROUP BY user_id W session 20m
    [edit]
    ~ SELECT genre, COUNT(*) AS play_count FROM plays GROUP BY genre WINDOW TUMBLING(1h) EMIT CHANGES
    exclude skipped plays / leave out the skipped ones => genre, COUNT(*) n FROM plays WHERE skipped = FALSE GROUP BY genre W 1h
    split by plan as well => genre, plan, COUNT(*) n FROM plays GROUP BY genre, plan W 1h
    every 15 minutes instead / make that a 15 minute window => genre, COUNT(*) n FROM plays GROUP BY genre W 15m
    [behaviour]
    plays by zodiac sign => ?
    write a poem about music => no
    `,
  ),
};
