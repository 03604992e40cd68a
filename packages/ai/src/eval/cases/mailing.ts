import { casesFrom, schemasFrom } from '../case.ts';

export const mailing = {
  name: 'mailing',
  schemas: schemasFrom(`
    mail_activity: recipient STRING, campaign_name STRING, action STRING delivered|opened|clicked|bounced|unsubscribed|complained, link_url STRING, mail_client STRING, device STRING desktop|mobile|tablet, country STRING, subject_line STRING, is_first_open BOOLEAN, minutes_after_send INTEGER, order_value FLOAT, happened TIMESTAMP
    table contacts: recipient STRING, list_name STRING, signup_year INTEGER, plan STRING free|pro|team, score INTEGER
  `),
  cases: casesFrom(
    'mailing',
    `
    [filter]
    bounces in France => * FROM mail_activity WHERE action = 'bounced' AND country = 'France'
    clicks on mobile or tablet => * FROM mail_activity WHERE action = 'clicked' AND device IN ('mobile', 'tablet')
    complaints and unsubscribes of campaign "Spring Sale" => * FROM mail_activity WHERE action IN ('complained', 'unsubscribed') AND campaign_name = 'Spring Sale'
    opened within 10 minutes after send => * FROM mail_activity WHERE action = 'opened' AND minutes_after_send <= 10
    clicked links containing pricing => * FROM mail_activity WHERE action = 'clicked' AND link_url LIKE '%pricing%'
    first opens not on desktop => * FROM mail_activity WHERE is_first_open = TRUE AND device != 'desktop'
    activity with an order value of 100 or more => * FROM mail_activity WHERE order_value >= 100
    subject line starts with Re: => * FROM mail_activity WHERE subject_line LIKE 'Re:%'
    everything but deliveries => * FROM mail_activity WHERE action != 'delivered'
    [aggregate]
    opens per campaign per hour => campaign_name, COUNT(*) n FROM mail_activity WHERE action = 'opened' GROUP BY campaign_name W 1h
    unsubscribes by country daily => country, COUNT(*) n FROM mail_activity WHERE action = 'unsubscribed' GROUP BY country W 1d
    how many people clicked per campaign => campaign_name, COUNT(DISTINCT recipient) n FROM mail_activity WHERE action = 'clicked' GROUP BY campaign_name
    revenue per campaign and device per day => campaign_name, device, SUM(order_value) v FROM mail_activity GROUP BY campaign_name, device W 1d
    median minutes after send of opens by mail client => mail_client, MEDIAN(minutes_after_send) v FROM mail_activity WHERE action = 'opened' GROUP BY mail_client
    count of every action per 15 minutes => action, COUNT(*) n FROM mail_activity GROUP BY action W 15m
    average order value by country => country, AVG(order_value) v FROM mail_activity GROUP BY country
    distinct recipients per device every day => device, COUNT(DISTINCT recipient) n FROM mail_activity GROUP BY device W 1d
    [ratio]
    bounce rate by campaign => campaign_name, 1.0 * SUM(CASE WHEN action = 'bounced' THEN 1 ELSE 0 END) / COUNT(*) v FROM mail_activity GROUP BY campaign_name
    clicks divided by opens per campaign per day => campaign_name, 1.0 * SUM(CASE WHEN action = 'clicked' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN action = 'opened' THEN 1 ELSE 0 END), 0) v FROM mail_activity GROUP BY campaign_name W 1d
    ratio of opens to deliveries by country => country, 1.0 * SUM(CASE WHEN action = 'opened' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN action = 'delivered' THEN 1 ELSE 0 END), 0) v FROM mail_activity GROUP BY country
    percentage of opens that are on mobile per campaign => campaign_name, 100.0 * SUM(CASE WHEN device = 'mobile' THEN 1 ELSE 0 END) / COUNT(*) v FROM mail_activity WHERE action = 'opened' GROUP BY campaign_name
    [join]
    clicks by plan per day => c.plan, COUNT(*) n FROM mail_activity m JOIN contacts c ON m.recipient = c.recipient WHERE m.action = 'clicked' GROUP BY c.plan W 1d
    complaints from contacts who signed up before 2018 => m.* FROM mail_activity m JOIN contacts c ON m.recipient = c.recipient WHERE m.action = 'complained' AND c.signup_year < 2018
    opens of pro contacts with a score over 80 => m.* FROM mail_activity m JOIN contacts c ON m.recipient = c.recipient WHERE m.action = 'opened' AND c.plan = 'pro' AND c.score > 80
    [topn]
    top 5 campaigns by clicks per day => campaign_name, COUNT(*) n FROM mail_activity WHERE action = 'clicked' GROUP BY campaign_name W 1d ORDER BY n DESC LIMIT 5
    most clicked links every hour, 10 of them => link_url, COUNT(*) n FROM mail_activity WHERE action = 'clicked' GROUP BY link_url W 1h ORDER BY n DESC LIMIT 10
    [having]
    campaigns with over 100 unsubscribes a day => campaign_name, COUNT(*) n FROM mail_activity WHERE action = 'unsubscribed' GROUP BY campaign_name W 1d HAVING COUNT(*) > 100
    recipients who opened at least 5 times in a week => recipient, COUNT(*) n FROM mail_activity WHERE action = 'opened' GROUP BY recipient W 7d HAVING COUNT(*) >= 5
    [clarify]
    opens by gender => ?
    which subject line should we use => ?
    average open time per weather => ?
    `,
  ),
};
