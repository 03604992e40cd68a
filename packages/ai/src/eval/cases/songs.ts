import { casesFrom, schemasFrom } from '../case.ts';

export const songs = {
  name: 'songs',
  schemas: schemasFrom(`
    play_events: playId STRING, listenerId STRING, trackId STRING, artistName STRING, playedSec INTEGER, trackLengthSec INTEGER, skipped BOOLEAN, liked BOOLEAN, shuffleMode BOOLEAN, sourceType STRING playlist|radio|search|album, deviceOs STRING, bitrateKbps INTEGER, bufferingMs INTEGER, countryCode STRING, adShown BOOLEAN, royaltyCents FLOAT, playedAt TIMESTAMP
    table listeners: listenerId STRING, plan STRING free|premium|family, birthYear INTEGER, homeCity STRING, isStudent BOOLEAN
  `),
  cases: casesFrom(
    'songs',
    `
    [filter]
    plays skipped within the first 10 seconds, i.e. skipped and played sec under 10 => * FROM play_events WHERE skipped = TRUE AND playedSec < 10
    liked but skipped plays => * FROM play_events WHERE liked = TRUE AND skipped = TRUE
    plays that weren't skipped and came from radio or search => * FROM play_events WHERE skipped = FALSE AND sourceType IN ('radio', 'search')
    buffering longer than a second or bitrate below 96 => * FROM play_events WHERE bufferingMs > 1000 OR bitrateKbps < 96
    songs by "Daft Punk" / plays of artist Daft Punk => * FROM play_events WHERE artistName = 'Daft Punk'
    plays by listener L-77 on an album => * FROM play_events WHERE listenerId = 'L-77' AND sourceType = 'album'
    artist name ending in "Band" => * FROM play_events WHERE artistName LIKE '%Band'
    country DE, AT or CH => * FROM play_events WHERE countryCode IN ('DE', 'AT', 'CH')
    plays outside of the US => * FROM play_events WHERE countryCode != 'US'
    shuffled plays w/o ads => * FROM play_events WHERE shuffleMode = TRUE AND adShown = FALSE
    tracks longer than 6 and a half minutes => * FROM play_events WHERE trackLengthSec > 390
    royalty at least 2 cents => * FROM play_events WHERE royaltyCents >= 2
    played to the end: played sec is at least the track length => * FROM play_events WHERE playedSec >= trackLengthSec
    neither liked nor skipped => * FROM play_events WHERE liked = FALSE AND skipped = FALSE
    listened for more than half of the track length => * FROM play_events WHERE playedSec > 0.5 * trackLengthSec
    on iOS or Android => * FROM play_events WHERE deviceOs IN ('iOS', 'Android')
    unknown artist => * FROM play_events WHERE artistName IS NULL
    track, artist and country of liked plays => trackId, artistName, countryCode FROM play_events WHERE liked = TRUE
    [ratio]
    skip rate per artist => artistName, 1.0 * SUM(CASE WHEN skipped = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM play_events GROUP BY artistName
    share of plays with an ad by country per hour => countryCode, 1.0 * SUM(CASE WHEN adShown = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM play_events GROUP BY countryCode W 1h
    percentage of plays from playlists by os => deviceOs, 100.0 * SUM(CASE WHEN sourceType = 'playlist' THEN 1 ELSE 0 END) / COUNT(*) v FROM play_events GROUP BY deviceOs
    royalties per play by artist => artistName, SUM(royaltyCents) / COUNT(*) v FROM play_events GROUP BY artistName
    plays per listener by country daily => countryCode, 1.0 * COUNT(*) / COUNT(DISTINCT listenerId) v FROM play_events GROUP BY countryCode W 1d
    likes divided by skips per artist => artistName, 1.0 * SUM(CASE WHEN liked = TRUE THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN skipped = TRUE THEN 1 ELSE 0 END), 0) v FROM play_events GROUP BY artistName
    fraction of listening that buffers more than 500 ms per country => countryCode, 1.0 * SUM(CASE WHEN bufferingMs > 500 THEN 1 ELSE 0 END) / COUNT(*) v FROM play_events GROUP BY countryCode
    [aggregate]
    plays per artist every hour => artistName, COUNT(*) n FROM play_events GROUP BY artistName W 1h
    listeners per country per day => countryCode, COUNT(DISTINCT listenerId) n FROM play_events GROUP BY countryCode W 1d
    total seconds played per listener per day / how long did each listener listen per day => listenerId, SUM(playedSec) v FROM play_events GROUP BY listenerId W 1d
    average bitrate by device os => deviceOs, AVG(bitrateKbps) v FROM play_events GROUP BY deviceOs
    royalties by artist per week => artistName, SUM(royaltyCents) v FROM play_events GROUP BY artistName W 7d
    number of skips per track each hour => trackId, COUNT(*) n FROM play_events WHERE skipped = TRUE GROUP BY trackId W 1h
    [join]
    plays by plan per hour => l.plan, COUNT(*) n FROM play_events p JOIN listeners l ON p.listenerId = l.listenerId GROUP BY l.plan W 1h
    skipped plays of premium listeners => p.* FROM play_events p JOIN listeners l ON p.listenerId = l.listenerId WHERE p.skipped = TRUE AND l.plan = 'premium'
    royalties from students by artist => p.artistName, SUM(p.royaltyCents) v FROM play_events p JOIN listeners l ON p.listenerId = l.listenerId WHERE l.isStudent = TRUE GROUP BY p.artistName
    [topn]
    top 20 tracks per day => trackId, COUNT(*) n FROM play_events GROUP BY trackId W 1d ORDER BY n DESC LIMIT 20
    the 3 most skipped artists every hour => artistName, COUNT(*) n FROM play_events WHERE skipped = TRUE GROUP BY artistName W 1h ORDER BY n DESC LIMIT 3
    [having]
    listeners skipping more than 20 tracks in 10 minutes => listenerId, COUNT(*) n FROM play_events WHERE skipped = TRUE GROUP BY listenerId W 10m HAVING COUNT(*) > 20
    [behaviour]
    average loudness per genre => ?
    list the concerts in Berlin => ?
    is the music good => ?
    show me more => ?
    what should I look at => ?
    plays by shoe size => ?
    erase the listener L-5 => no
    play a song for me => no
    `,
  ),
};
