import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Quality and use of video meetings in a company; asked by its workplace IT. */
export const videomeetings = {
  name: 'videomeetings',
  schemas: schemasFrom(`
    call_quality: meeting_id STRING, participant STRING, room_id STRING, jitter_ms FLOAT, packet_loss_pct FLOAT, bitrate_kbps INTEGER, client STRING desktop|mobile|browser, camera_on BOOLEAN, relay STRING, measured_at TIMESTAMP
    meeting_ends: meeting_id STRING, host STRING, room_id STRING, attendees INTEGER, minutes FLOAT, recorded BOOLEAN, rating INTEGER, ended_at TIMESTAMP
    table rooms: room_id STRING, site STRING, seats INTEGER, has_screen BOOLEAN, vendor STRING, floor INTEGER
  `),
  cases: casesFrom(
    'videomeetings',
    `
    [filter]
    quality samples with packet loss above 5% => * FROM call_quality WHERE packet_loss_pct > 5
    mobile clients with jitter over 30 ms => * FROM call_quality WHERE client = 'mobile' AND jitter_ms > 30
    samples with the camera on and a bitrate below 300 kbps => * FROM call_quality WHERE camera_on = TRUE AND bitrate_kbps < 300
    meetings that ended with a rating of 1 or 2 => * FROM meeting_ends WHERE rating IN (1, 2)
    meetings longer than an hour with at least 20 attendees => * FROM meeting_ends WHERE minutes > 60 AND attendees >= 20
    samples from relay fra-1 that do not use the desktop client => * FROM call_quality WHERE relay = 'fra-1' AND client != 'desktop'
    [aggregate]
    average jitter and average packet loss per relay every minute => relay, AVG(jitter_ms) a, AVG(packet_loss_pct) b FROM call_quality GROUP BY relay W 1m
    how many participants are in each meeting per 5 minutes => meeting_id, COUNT(DISTINCT participant) n FROM call_quality GROUP BY meeting_id W 5m
    total meeting minutes per host and day => host, SUM(minutes) v FROM meeting_ends GROUP BY host W 1d
    average rating by room => room_id, AVG(rating) v FROM meeting_ends GROUP BY room_id
    95th percentile of jitter by client, hourly => client, PERCENTILE_CONT(jitter_ms, 0.95) v FROM call_quality GROUP BY client W 1h
    [join]
    number of meetings per site each day => r.site, COUNT(*) n FROM meeting_ends m JOIN rooms r ON m.room_id = r.room_id GROUP BY r.site W 1d
    meetings with more attendees than the room has seats => m.* FROM meeting_ends m JOIN rooms r ON m.room_id = r.room_id WHERE m.attendees > r.seats
    [ratio]
    share of samples with the camera on, per client => client, 1.0 * SUM(CASE WHEN camera_on = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM call_quality GROUP BY client
    what fraction of each host's meetings is recorded, daily => host, 1.0 * SUM(CASE WHEN recorded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM meeting_ends GROUP BY host W 1d
    [having]
    relays with an average packet loss over 2 percent in a minute => relay, AVG(packet_loss_pct) v FROM call_quality GROUP BY relay W 1m HAVING AVG(packet_loss_pct) > 2
    rooms with no more than 2 meetings per day => room_id, COUNT(*) n FROM meeting_ends GROUP BY room_id W 1d HAVING COUNT(*) <= 2
    [topn]
    the 5 participants with the worst (highest) average jitter every 10 minutes => participant, AVG(jitter_ms) v FROM call_quality GROUP BY participant W 10m ORDER BY v DESC LIMIT 5
    top 3 hosts by total attendees => host, SUM(attendees) v FROM meeting_ends GROUP BY host W 5m ORDER BY v DESC LIMIT 3
    [alert]
    tell me when average jitter on any relay goes above 50 ms over 2 minutes => relay, AVG(jitter_ms) v FROM call_quality GROUP BY relay W 2m
    [rows]
    rolling average of the bitrate over 12 samples for each participant => participant, AVG(bitrate_kbps) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY participant ORDER BY measured_at) v FROM call_quality
    [edit]
    ~ SELECT client, AVG(jitter_ms) AS jitter FROM call_quality GROUP BY client WINDOW TUMBLING(1m) EMIT CHANGES
    every 10 minutes please => client, AVG(jitter_ms) jitter FROM call_quality GROUP BY client W 10m
    only where the average is at least 20 => client, AVG(jitter_ms) jitter FROM call_quality GROUP BY client W 1m HAVING AVG(jitter_ms) >= 20
    and the number of samples => client, AVG(jitter_ms) jitter, COUNT(*) n FROM call_quality GROUP BY client W 1m
    [behaviour]
    show meetings that were too long => ?
    average jitter by internet provider => ?
    book a room for tomorrow at ten => no
    `,
  ),
};
