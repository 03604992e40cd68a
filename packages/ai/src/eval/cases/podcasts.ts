import { casesFrom, schemasFrom } from '../case.ts';

/** Downloads and listening of podcasts; asked by a host, a sponsor and a data intern who writes like in chat. */
export const podcasts = {
  name: 'podcasts',
  schemas: schemasFrom(`
    episode_downloads: dl_id STRING, episode STRING, show_name STRING, app STRING, country STRING, size_mb FLOAT, is_repeat BOOLEAN, bot_score FLOAT, referer STRING, dl_at TIMESTAMP
    listen_pings: listener STRING, episode STRING, position_s INTEGER, speed FLOAT, event STRING play|pause|skip_ad|complete, offline BOOLEAN, ping_at TIMESTAMP
    table episodes: episode STRING, host STRING, length_s INTEGER, sponsor STRING, is_explicit BOOLEAN
  `),
  cases: casesFrom(
    'podcasts',
    `
    [filter]
    downloads with a bot score of .8 or more => * FROM episode_downloads WHERE bot_score >= 0.8
    ppl who skip ads while listening offline => * FROM listen_pings WHERE event = 'skip_ad' AND offline = TRUE
    pings with a speed of more than 1.5 => * FROM listen_pings WHERE speed > 1.5
    downloads from Norway or Sweden that aren't repeats => * FROM episode_downloads WHERE country IN ('Norway', 'Sweden') AND is_repeat = FALSE
    no referer and bigger than 100 MB => * FROM episode_downloads WHERE referer IS NULL AND size_mb > 100
    pauses in the first 30 seconds (position below 30) => * FROM listen_pings WHERE event = 'pause' AND position_s < 30
    downloads of the show "Deep Water" via any app other than Castly => * FROM episode_downloads WHERE show_name = 'Deep Water' AND app != 'Castly'
    [aggregate]
    downloads per show per day => show_name, COUNT(*) n FROM episode_downloads GROUP BY show_name W 1d
    unique listeners of every episode, hourly => episode, COUNT(DISTINCT listener) n FROM listen_pings GROUP BY episode W 1h
    avg playback speed per episode pls => episode, AVG(speed) v FROM listen_pings GROUP BY episode
    gigabytes don't matter, total mb by app and day => app, SUM(size_mb) v FROM episode_downloads GROUP BY app W 1d
    how far did each listener get? furthest position per listener and episode => listener, episode, MAX(position_s) v FROM listen_pings GROUP BY listener, episode
    number of countries that each show was downloaded from, per week => show_name, COUNT(DISTINCT country) n FROM episode_downloads GROUP BY show_name W 7d
    75th percentile of bot score by app => app, PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY bot_score) v FROM episode_downloads GROUP BY app
    [ratio]
    what share of downloads are repeats, per app => app, 1.0 * SUM(CASE WHEN is_repeat = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM episode_downloads GROUP BY app
    ad skips as percentage of pings, by episode and day => episode, 100.0 * SUM(CASE WHEN event = 'skip_ad' THEN 1 ELSE 0 END) / COUNT(*) v FROM listen_pings GROUP BY episode W 1d
    completes per play, by episode => episode, 1.0 * SUM(CASE WHEN event = 'complete' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN event = 'play' THEN 1 ELSE 0 END), 0) v FROM listen_pings GROUP BY episode
    [join]
    downloads for each sponsor per week => e.sponsor, COUNT(*) n FROM episode_downloads d JOIN episodes e ON d.episode = e.episode GROUP BY e.sponsor W 7d
    downloads of explicit episodes => d.* FROM episode_downloads d JOIN episodes e ON d.episode = e.episode WHERE e.is_explicit = TRUE
    avg speed by host, daily, plays only => e.host, AVG(l.speed) v FROM listen_pings l JOIN episodes e ON l.episode = e.episode WHERE l.event = 'play' GROUP BY e.host W 1d
    [having]
    episodes with > 20 skipped ads an hour => episode, COUNT(*) n FROM listen_pings WHERE event = 'skip_ad' GROUP BY episode W 1h HAVING COUNT(*) > 20
    shows with fewer than 20 downloads a day => show_name, COUNT(*) n FROM episode_downloads GROUP BY show_name W 1d HAVING COUNT(*) < 20
    apps with an average bot score over 0.5 in one hour => app, AVG(bot_score) v FROM episode_downloads GROUP BY app W 1h HAVING AVG(bot_score) > 0.5
    [topn]
    8 most downloaded episodes of the week => episode, COUNT(*) n FROM episode_downloads GROUP BY episode W 7d ORDER BY n DESC LIMIT 8
    which country downloads the least per day => country, COUNT(*) n FROM episode_downloads GROUP BY country W 1d ORDER BY n ASC LIMIT 1
    [pivot]
    plays, pauses and completes per episode, each in its own column, per day => episode, SUM(CASE WHEN event = 'play' THEN 1 ELSE 0 END) a, SUM(CASE WHEN event = 'pause' THEN 1 ELSE 0 END) b, SUM(CASE WHEN event = 'complete' THEN 1 ELSE 0 END) c FROM listen_pings GROUP BY episode W 1d
    [rows]
    how many seconds did the position advance since the listener's previous ping => listener, position_s - LAG(position_s) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY listener ORDER BY ping_at) v FROM listen_pings
    [session]
    listening sessions: new one when a listener is silent for over 20 min, count pings in each => listener, COUNT(*) n FROM listen_pings GROUP BY listener W session 20m
    [alert]
    drop me a line if any show gets over 5000 downloads in 10 min => show_name, COUNT(*) n FROM episode_downloads GROUP BY show_name W 10m
    [edit]
    ~ SELECT show_name, COUNT(*) AS downloads FROM episode_downloads GROUP BY show_name WINDOW TUMBLING(1d) EMIT CHANGES
    minus repeats => show_name, COUNT(*) downloads FROM episode_downloads WHERE is_repeat = FALSE GROUP BY show_name W 1d
    and now per hour => show_name, COUNT(*) downloads FROM episode_downloads GROUP BY show_name W 1h
    country as second dimension => show_name, country, COUNT(*) downloads FROM episode_downloads GROUP BY show_name, country W 1d
    give me the top 3 => show_name, COUNT(*) downloads FROM episode_downloads GROUP BY show_name W 1d ORDER BY downloads DESC LIMIT 3
    just bots (score above .9) => show_name, COUNT(*) downloads FROM episode_downloads WHERE bot_score > 0.9 GROUP BY show_name W 1d
    [clarify]
    which ep is the funniest => ?
    downloads by listener's mood => ?
    publish the new episode => no
    `,
  ),
};
