import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** What radio stations play and who calls in; asked by music editors, a label and an intern. */
export const airplay = {
  name: 'airplay',
  schemas: schemasFrom(`
    spins: station STRING, song STRING, artist STRING, format STRING pop|rock|news|classic, length_s INTEGER, listeners INTEGER, cut_short BOOLEAN, host STRING, royalty_eur FLOAT, loudness_db FLOAT, aired_at TIMESTAMP
    hotline: station STRING, caller_town STRING, topic STRING request|quiz|complaint|traffic, wait_s INTEGER, put_through BOOLEAN, caller_age INTEGER, song_wished STRING, rang_at TIMESTAMP
    table stations: station STRING, city STRING, network STRING, mhz FLOAT, public_owned BOOLEAN
  `),
  cases: casesFrom(
    'airplay',
    `
    [filter]
    songs by Nova Hart that were cut short => * FROM spins WHERE artist = 'Nova Hart' AND cut_short = TRUE
    spins longer than 5 minutes on rock or classic => * FROM spins WHERE length_s > 300 AND format IN ('rock', 'classic')
    complaints that weren't put through => * FROM hotline WHERE topic = 'complaint' AND put_through = FALSE
    calls from Leeds, waiting time 2 minutes or more => * FROM hotline WHERE caller_town = 'Leeds' AND wait_s >= 120
    callers aged 12 to 17 => * FROM hotline WHERE caller_age BETWEEN 12 AND 17
    everything except news with under 1000 listeners => * FROM spins WHERE format != 'news' AND listeners < 1000
    [aggregate]
    how often was each song played per day => song, COUNT(*) n FROM spins GROUP BY song W 1d
    royalties owed to every artist, weekly sum => artist, SUM(royalty_eur) v FROM spins GROUP BY artist W 7d
    average audience (listeners) of each host per hour => host, AVG(listeners) v FROM spins GROUP BY host W 1h
    number of distinct artists per station and day => station, COUNT(DISTINCT artist) n FROM spins GROUP BY station W 1d
    median waiting time on the hotline by topic => topic, MEDIAN(wait_s) v FROM hotline GROUP BY topic
    what is every station playing right now (last song) => station, LAST_VALUE(song) v FROM spins GROUP BY station
    [ratio]
    proportion of callers put through, station by station, every hour => station, 1.0 * SUM(CASE WHEN put_through = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM hotline GROUP BY station W 1h
    in percent, how many calls are complaints, by station => station, 100.0 * SUM(CASE WHEN topic = 'complaint' THEN 1 ELSE 0 END) / COUNT(*) v FROM hotline GROUP BY station
    [join]
    total royalties per network and week => t.network, SUM(s.royalty_eur) v FROM spins s JOIN stations t ON s.station = t.station GROUP BY t.network W 7d
    complaints to publicly owned stations => h.* FROM hotline h JOIN stations t ON h.station = t.station WHERE h.topic = 'complaint' AND t.public_owned = TRUE
    [having]
    songs with over 25 plays in a day => song, COUNT(*) n FROM spins GROUP BY song W 1d HAVING COUNT(*) > 25
    stations where people wait a minute or longer on average, per hour => station, AVG(wait_s) v FROM hotline GROUP BY station W 1h HAVING AVG(wait_s) >= 60
    [topn]
    weekly top 10 of artists by number of spins => artist, COUNT(*) n FROM spins GROUP BY artist W 7d ORDER BY n DESC LIMIT 10
    which host has the smallest average audience in listeners, day by day => host, AVG(listeners) v FROM spins GROUP BY host W 1d ORDER BY v ASC LIMIT 1
    [pivot]
    requests, quiz calls and complaints per station side by side, daily => station, SUM(CASE WHEN topic = 'request' THEN 1 ELSE 0 END) a, SUM(CASE WHEN topic = 'quiz' THEN 1 ELSE 0 END) b, SUM(CASE WHEN topic = 'complaint' THEN 1 ELSE 0 END) c FROM hotline GROUP BY station W 1d
    [rows]
    previous loudness next to the loudness of each spin, per station => station, loudness_db, LAG(loudness_db) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY station ORDER BY aired_at) v FROM spins
    [alert]
    let the editor know if a station gets more than 15 complaints in an hour => station, COUNT(*) n FROM hotline WHERE topic = 'complaint' GROUP BY station W 1h
    [edit]
    ~ SELECT artist, COUNT(*) AS plays FROM spins GROUP BY artist WINDOW TUMBLING(1d) EMIT CHANGES
    pop only => artist, COUNT(*) plays FROM spins WHERE format = 'pop' GROUP BY artist W 1d
    leave out spins that were cut short => artist, COUNT(*) plays FROM spins WHERE cut_short = FALSE GROUP BY artist W 1d
    put the royalties in too, added up => artist, COUNT(*) plays, SUM(royalty_eur) v FROM spins GROUP BY artist W 1d
    weekly would be better => artist, COUNT(*) plays FROM spins GROUP BY artist W 7d
    the first five are enough, most plays first => artist, COUNT(*) plays FROM spins GROUP BY artist W 1d ORDER BY plays DESC LIMIT 5
    [behaviour]
    which song is a future hit => ?
    play the new Nova Hart song on KX1 => no
    `,
  ),
};
