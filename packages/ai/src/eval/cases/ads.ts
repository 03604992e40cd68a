import { casesFrom, schemasFrom } from '../case.ts';

export const ads = {
  name: 'ads',
  schemas: schemasFrom(`
    ad_events: eventId STRING, campaignId STRING, adId STRING, publisherDomain STRING, eventType STRING impression|click|conversion, costMicros BIGINT, bidPrice FLOAT, deviceType STRING mobile|desktop|tablet|ctv, geoCountry STRING, viewableSeconds FLOAT, isBot BOOLEAN, creative_size STRING, keyword STRING, occurredAt TIMESTAMP
    table campaigns: campaignId STRING, campaignName STRING, advertiser STRING, dailyBudget FLOAT, objective STRING awareness|traffic|sales
  `),
  cases: casesFrom(
    'ads',
    `
    [filter]
    clicks on mobile / mobile clicks => * FROM ad_events WHERE eventType = 'click' AND deviceType = 'mobile'
    clicks or conversions from bots => * FROM ad_events WHERE eventType IN ('click', 'conversion') AND isBot = TRUE
    non-bot impressions viewed for at least 2 seconds => * FROM ad_events WHERE isBot = FALSE AND eventType = 'impression' AND viewableSeconds >= 2
    events from Germany, Austria or Switzerland => * FROM ad_events WHERE geoCountry IN ('Germany', 'Austria', 'Switzerland')
    bid above 3.5 or seen on ctv => * FROM ad_events WHERE bidPrice > 3.5 OR deviceType = 'ctv'
    publisher domain ends with .edu / events whose publisher domain ends in ".edu" => * FROM ad_events WHERE publisherDomain LIKE '%.edu'
    keyword contains shoes => * FROM ad_events WHERE keyword LIKE '%shoes%'
    no keyword given => * FROM ad_events WHERE keyword IS NULL
    creative size is 300x250 => * FROM ad_events WHERE creative_size = '300x250'
    everything that's not an impression => * FROM ad_events WHERE eventType != 'impression'
    campaign C-55 conversions on desktop or tablet => * FROM ad_events WHERE campaignId = 'C-55' AND eventType = 'conversion' AND deviceType IN ('desktop', 'tablet')
    viewable for under a second => * FROM ad_events WHERE viewableSeconds < 1
    [aggregate]
    impressions per campaign per hour => campaignId, COUNT(*) n FROM ad_events WHERE eventType = 'impression' GROUP BY campaignId W 1h
    clicks by country every 15 mins => geoCountry, COUNT(*) n FROM ad_events WHERE eventType = 'click' GROUP BY geoCountry W 15m
    average bid by device type => deviceType, AVG(bidPrice) v FROM ad_events GROUP BY deviceType
    how many distinct publishers delivered each campaign => campaignId, COUNT(DISTINCT publisherDomain) n FROM ad_events GROUP BY campaignId
    total cost micros per campaign daily / spend by campaign per day => campaignId, SUM(costMicros) v FROM ad_events GROUP BY campaignId W 1d
    average viewable time of impressions by creative size => creative_size, AVG(viewableSeconds) v FROM ad_events WHERE eventType = 'impression' GROUP BY creative_size
    bot traffic per publisher each hour => publisherDomain, COUNT(*) n FROM ad_events WHERE isBot = TRUE GROUP BY publisherDomain W 1h
    count by event type and device => eventType, deviceType, COUNT(*) n FROM ad_events GROUP BY eventType, deviceType
    max, min and mean bid price per country => geoCountry, MAX(bidPrice) a, MIN(bidPrice) b, AVG(bidPrice) c FROM ad_events GROUP BY geoCountry
    [ratio]
    click through rate per campaign => campaignId, 1.0 * SUM(CASE WHEN eventType = 'click' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN eventType = 'impression' THEN 1 ELSE 0 END), 0) v FROM ad_events GROUP BY campaignId
    conversions per click by country => geoCountry, 1.0 * SUM(CASE WHEN eventType = 'conversion' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN eventType = 'click' THEN 1 ELSE 0 END), 0) v FROM ad_events GROUP BY geoCountry
    bot share by publisher domain => publisherDomain, 1.0 * SUM(CASE WHEN isBot = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ad_events GROUP BY publisherDomain
    cost per click by campaign daily => campaignId, 1.0 * SUM(costMicros) / NULLIF(SUM(CASE WHEN eventType = 'click' THEN 1 ELSE 0 END), 0) v FROM ad_events GROUP BY campaignId W 1d
    [pivot]
    impressions, clicks and conversions by campaign per hour => campaignId, SUM(CASE WHEN eventType = 'impression' THEN 1 ELSE 0 END) a, SUM(CASE WHEN eventType = 'click' THEN 1 ELSE 0 END) b, SUM(CASE WHEN eventType = 'conversion' THEN 1 ELSE 0 END) c FROM ad_events GROUP BY campaignId W 1h
    mobile vs desktop clicks per country => geoCountry, SUM(CASE WHEN deviceType = 'mobile' THEN 1 ELSE 0 END) a, SUM(CASE WHEN deviceType = 'desktop' THEN 1 ELSE 0 END) b FROM ad_events WHERE eventType = 'click' GROUP BY geoCountry
    [join]
    conversions by advertiser every hour => c.advertiser, COUNT(*) n FROM ad_events e JOIN campaigns c ON e.campaignId = c.campaignId WHERE e.eventType = 'conversion' GROUP BY c.advertiser W 1h
    clicks of sales campaigns by device => e.deviceType, COUNT(*) n FROM ad_events e JOIN campaigns c ON e.campaignId = c.campaignId WHERE e.eventType = 'click' AND c.objective = 'sales' GROUP BY e.deviceType
    [topn]
    top 10 publishers by clicks per day => publisherDomain, COUNT(*) n FROM ad_events WHERE eventType = 'click' GROUP BY publisherDomain W 1d ORDER BY n DESC LIMIT 10
    five campaigns with the highest average bid each hour => campaignId, AVG(bidPrice) v FROM ad_events GROUP BY campaignId W 1h ORDER BY v DESC LIMIT 5
    [having]
    publishers with over 50 bot clicks in 10 minutes => publisherDomain, COUNT(*) n FROM ad_events WHERE isBot = TRUE AND eventType = 'click' GROUP BY publisherDomain W 10m HAVING COUNT(*) > 50
    campaigns having no more than 3 conversions a day => campaignId, COUNT(*) n FROM ad_events WHERE eventType = 'conversion' GROUP BY campaignId W 1d HAVING COUNT(*) <= 3
    [edit]
    ~ campaignId, COUNT(*) clicks FROM ad_events WHERE eventType = 'click' GROUP BY campaignId W 1h
    ignore bots => campaignId, COUNT(*) clicks FROM ad_events WHERE eventType = 'click' AND isBot = FALSE GROUP BY campaignId W 1h
    now by country => geoCountry, COUNT(*) clicks FROM ad_events WHERE eventType = 'click' GROUP BY geoCountry W 1h
    limit to the top 3 => campaignId, COUNT(*) clicks FROM ad_events WHERE eventType = 'click' GROUP BY campaignId W 1h ORDER BY clicks DESC LIMIT 3
    [clarify]
    performance please => ?
    tell me a joke about marketing => no
    `,
  ),
};
