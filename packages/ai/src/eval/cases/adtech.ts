import { casesFrom, schemasFrom } from '../case.ts';

export const adtech = {
  name: 'adtech',
  schemas: schemasFrom(`
    bids: bid_id STRING, auction_id STRING, advertiser STRING, bid_cpm FLOAT, won BOOLEAN, exchange STRING, latency_ms INTEGER, bid_at TIMESTAMP
    impressions: impression_id STRING, campaign_id STRING, creative STRING, placement STRING banner|video|native, viewable BOOLEAN, spend_usd FLOAT, country STRING, shown_at TIMESTAMP
    clicks: click_id STRING, campaign_id STRING, impression_id STRING, country STRING, clicked_at TIMESTAMP
    table campaigns: campaign_id STRING, brand STRING, objective STRING awareness|sales|installs, daily_budget FLOAT
  `),
  cases: casesFrom(
    'adtech',
    `
    [aggregate]
    ad spend per campaign, hour by hour => campaign_id, SUM(spend_usd) v FROM impressions GROUP BY campaign_id W 1h
    average cpm bid by exchange per minute => exchange, AVG(bid_cpm) v FROM bids GROUP BY exchange W 1m
    clicks per country in windows of 10 minutes => country, COUNT(*) n FROM clicks GROUP BY country W 10m
    median bid latency by exchange => exchange, MEDIAN(latency_ms) v FROM bids GROUP BY exchange
    [filter]
    losing bids above 12 dollars => * FROM bids WHERE won = FALSE AND bid_cpm > 12
    bids that took over half a second => * FROM bids WHERE latency_ms > 500
    viewable video impressions outside the US => * FROM impressions WHERE viewable = TRUE AND placement = 'video' AND country != 'US'
    impressions with spend between 1 and 3 dollars => * FROM impressions WHERE spend_usd BETWEEN 1 AND 3
    [ratio]
    win rate per advertiser every 5 minutes => advertiser, 1.0 * SUM(CASE WHEN won = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM bids GROUP BY advertiser W 5m
    what percent of impressions are viewable, by placement => placement, 100.0 * SUM(CASE WHEN viewable = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM impressions GROUP BY placement
    [join]
    spend by brand per day => c.brand, SUM(i.spend_usd) v FROM impressions i JOIN campaigns c ON i.campaign_id = c.campaign_id GROUP BY c.brand W 1d
    clicks for sales campaigns each hour => COUNT(*) n FROM clicks x JOIN campaigns c ON x.campaign_id = c.campaign_id WHERE c.objective = 'sales' W 1h
    [topn]
    ten campaigns that spend the most per hour => campaign_id, SUM(spend_usd) v FROM impressions GROUP BY campaign_id W 1h ORDER BY v DESC LIMIT 10
    [having]
    exchanges whose mean latency stays over 80 ms for 1 minute => exchange, AVG(latency_ms) v FROM bids GROUP BY exchange W 1m HAVING AVG(latency_ms) > 80
    [behaviour]
    show me the good ones => ?
    truncate bids => no
    `,
  ),
};
