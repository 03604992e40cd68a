import { casesFrom, schemasFrom } from '../case.ts';

export const streams = {
  name: 'streams',
  schemas: schemasFrom(`
    playback_events: view_id STRING, viewer_id STRING, show_title STRING, genre STRING, device_type STRING tv|phone|laptop|console, event_kind STRING start|pause|stall|stop, bitrate_kbps INTEGER, watch_seconds INTEGER, stall_ms INTEGER, dropped_frames INTEGER, cdn STRING, isp STRING, hdr BOOLEAN, downloaded BOOLEAN, error_code STRING, event_ts TIMESTAMP
    table viewers: viewer_id STRING, plan STRING basic|standard|premium, country STRING, joined_year INTEGER, age INTEGER
  `),
  cases: casesFrom(
    'streams',
    `
    [filter]
    stalls longer than 3 seconds on tv => * FROM playback_events WHERE event_kind = 'stall' AND stall_ms > 3000 AND device_type = 'tv'
    events with an error code => * FROM playback_events WHERE error_code IS NOT NULL
    bitrate under 1500 on phones or laptops => * FROM playback_events WHERE bitrate_kbps < 1500 AND device_type IN ('phone', 'laptop')
    more than 100 dropped frames => * FROM playback_events WHERE dropped_frames > 100
    hdr playback not downloaded => * FROM playback_events WHERE hdr = TRUE AND downloaded = FALSE
    views of "Dark Harbor" that lasted at least half an hour => * FROM playback_events WHERE show_title = 'Dark Harbor' AND watch_seconds >= 1800
    starts and stops from isp Telia => * FROM playback_events WHERE event_kind IN ('start', 'stop') AND isp = 'Telia'
    comedy or drama genre => * FROM playback_events WHERE genre IN ('comedy', 'drama')
    everything other than pauses => * FROM playback_events WHERE event_kind != 'pause'
    error code E1001 or E1002 => * FROM playback_events WHERE error_code IN ('E1001', 'E1002')
    [aggregate]
    starts per show per hour => show_title, COUNT(*) n FROM playback_events WHERE event_kind = 'start' GROUP BY show_title W 1h
    total watch time by genre daily => genre, SUM(watch_seconds) v FROM playback_events GROUP BY genre W 1d
    avg bitrate per cdn every minute => cdn, AVG(bitrate_kbps) v FROM playback_events GROUP BY cdn W 1m
    how many viewers watched each show per day => show_title, COUNT(DISTINCT viewer_id) n FROM playback_events GROUP BY show_title W 1d
    stalls by isp per 10 minutes => isp, COUNT(*) n FROM playback_events WHERE event_kind = 'stall' GROUP BY isp W 10m
    p95 stall time by cdn => cdn, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY stall_ms) v FROM playback_events GROUP BY cdn
    dropped frames per device type per hour => device_type, SUM(dropped_frames) v FROM playback_events GROUP BY device_type W 1h
    lowest bitrate seen for each isp => isp, MIN(bitrate_kbps) v FROM playback_events GROUP BY isp
    what did each viewer watch last => viewer_id, LAST_VALUE(show_title) v FROM playback_events GROUP BY viewer_id
    [ratio]
    stall rate per cdn per minute => cdn, 1.0 * SUM(CASE WHEN event_kind = 'stall' THEN 1 ELSE 0 END) / COUNT(*) v FROM playback_events GROUP BY cdn W 1m
    share of events with an error code by device type => device_type, 1.0 * SUM(CASE WHEN error_code IS NOT NULL THEN 1 ELSE 0 END) / COUNT(*) v FROM playback_events GROUP BY device_type
    what percentage of starts are in hdr, per genre => genre, 100.0 * SUM(CASE WHEN hdr = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM playback_events WHERE event_kind = 'start' GROUP BY genre
    watch seconds per viewer by genre => genre, 1.0 * SUM(watch_seconds) / COUNT(DISTINCT viewer_id) v FROM playback_events GROUP BY genre
    [join]
    watch time by plan per day => v.plan, SUM(p.watch_seconds) s FROM playback_events p JOIN viewers v ON p.viewer_id = v.viewer_id GROUP BY v.plan W 1d
    stalls of premium viewers in Norway => p.* FROM playback_events p JOIN viewers v ON p.viewer_id = v.viewer_id WHERE p.event_kind = 'stall' AND v.plan = 'premium' AND v.country = 'Norway'
    starts by viewers under 18 per genre => p.genre, COUNT(*) n FROM playback_events p JOIN viewers v ON p.viewer_id = v.viewer_id WHERE p.event_kind = 'start' AND v.age < 18 GROUP BY p.genre
    [topn]
    10 most watched shows per day by watch time => show_title, SUM(watch_seconds) v FROM playback_events GROUP BY show_title W 1d ORDER BY v DESC LIMIT 10
    which isp has the most stalls per hour => isp, COUNT(*) n FROM playback_events WHERE event_kind = 'stall' GROUP BY isp W 1h ORDER BY n DESC LIMIT 1
    [having]
    shows with at least 1000 starts per hour => show_title, COUNT(*) n FROM playback_events WHERE event_kind = 'start' GROUP BY show_title W 1h HAVING COUNT(*) >= 1000
    viewers stalling more than 5 times in 10 minutes => viewer_id, COUNT(*) n FROM playback_events WHERE event_kind = 'stall' GROUP BY viewer_id W 10m HAVING COUNT(*) > 5
    cdns whose average bitrate falls below 3000 per 5 minutes => cdn, AVG(bitrate_kbps) v FROM playback_events GROUP BY cdn W 5m HAVING AVG(bitrate_kbps) < 3000
    [clarify]
    which show is boring => ?
    views by actor => ?
    alert when bitrate is bad => ?
    `,
  ),
};
