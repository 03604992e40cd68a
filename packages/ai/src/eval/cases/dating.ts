import { casesFrom, schemasFrom } from '../case.ts';

/** Swipes and messages of a dating app; asked by growth people and by the safety team. */
export const dating = {
  name: 'dating',
  schemas: schemasFrom(`
    swipes: swiper_id STRING, target_id STRING, direction STRING like|pass|superlike, city STRING, distance_km FLOAT, age_gap INTEGER, is_premium BOOLEAN, seconds_viewed FLOAT, swiped_at TIMESTAMP
    chats: match_id STRING, sender_id STRING, msg_len INTEGER, has_photo BOOLEAN, has_link BOOLEAN, reply_after_min FLOAT, flagged_as STRING, sent_at TIMESTAMP
    table profiles: swiper_id STRING, gender STRING woman|man|other, age INTEGER, photo_count INTEGER, verified BOOLEAN
  `),
  cases: casesFrom(
    'dating',
    `
    [filter]
    superlikes from farther away than 50 km => * FROM swipes WHERE direction = 'superlike' AND distance_km > 50
    messages that carry a link and were flagged as something => * FROM chats WHERE has_link = TRUE AND flagged_as IS NOT NULL
    likes by premium users in Lisbon or Porto => * FROM swipes WHERE direction = 'like' AND is_premium = TRUE AND city IN ('Lisbon', 'Porto')
    profiles looked at for less than a second before a pass => * FROM swipes WHERE seconds_viewed < 1 AND direction = 'pass'
    replies that came within 5 minutes and are at least 200 characters long => * FROM chats WHERE reply_after_min <= 5 AND msg_len >= 200
    swipes with an age gap of 10 years up to 20 years => * FROM swipes WHERE age_gap BETWEEN 10 AND 20
    photo messages except those of sender u-90 => * FROM chats WHERE has_photo = TRUE AND sender_id != 'u-90'
    [aggregate]
    swipes by direction, minute by minute => direction, COUNT(*) n FROM swipes GROUP BY direction W 1m
    daily active swipers per city => city, COUNT(DISTINCT swiper_id) n FROM swipes GROUP BY city W 1d
    how long do people wait for a reply, median per day => MEDIAN(reply_after_min) v FROM chats W 1d
    average message length depending on whether there is a photo => has_photo, AVG(msg_len) v FROM chats GROUP BY has_photo
    how many messages did every sender write per hour => sender_id, COUNT(*) n FROM chats GROUP BY sender_id W 1h
    farthest distance swiped per city and day => city, MAX(distance_km) v FROM swipes GROUP BY city W 1d
    [ratio]
    like rate of each city, hourly => city, 1.0 * SUM(CASE WHEN direction = 'like' THEN 1 ELSE 0 END) / COUNT(*) v FROM swipes GROUP BY city W 1h
    messages with links as a percentage of all messages, per day => 100.0 * SUM(CASE WHEN has_link = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM chats W 1d
    likes per pass, by city => city, 1.0 * SUM(CASE WHEN direction = 'like' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN direction = 'pass' THEN 1 ELSE 0 END), 0) v FROM swipes GROUP BY city
    [join]
    likes given by gender per hour => p.gender, COUNT(*) n FROM swipes s JOIN profiles p ON s.swiper_id = p.swiper_id WHERE s.direction = 'like' GROUP BY p.gender W 1h
    swipes of people who are over 60 => s.* FROM swipes s JOIN profiles p ON s.swiper_id = p.swiper_id WHERE p.age > 60
    superlikes by unverified profiles, number per city and day => s.city, COUNT(*) n FROM swipes s JOIN profiles p ON s.swiper_id = p.swiper_id WHERE s.direction = 'superlike' AND p.verified = FALSE GROUP BY s.city W 1d
    [having]
    bots? swipers doing over 100 swipes in one minute => swiper_id, COUNT(*) n FROM swipes GROUP BY swiper_id W 1m HAVING COUNT(*) > 100
    senders who sent links more than 5 times in ten minutes => sender_id, COUNT(*) n FROM chats WHERE has_link = TRUE GROUP BY sender_id W 10m HAVING COUNT(*) > 5
    cities with a mean distance beyond 30 km per day => city, AVG(distance_km) v FROM swipes GROUP BY city W 1d HAVING AVG(distance_km) > 30
    [topn]
    the three cities where most superlikes are given, per day => city, COUNT(*) n FROM swipes WHERE direction = 'superlike' GROUP BY city W 1d ORDER BY n DESC LIMIT 3
    chattiest sender of every hour => sender_id, COUNT(*) n FROM chats GROUP BY sender_id W 1h ORDER BY n DESC LIMIT 1
    [rows]
    message length compared to the previous message in the same match => match_id, msg_len - LAG(msg_len) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY match_id ORDER BY sent_at) v FROM chats
    [session]
    swiping sprees: sessions per swiper that end after 4 minutes without a swipe, how many swipes in each => swiper_id, COUNT(*) n FROM swipes GROUP BY swiper_id W session 4m
    [alert]
    give the safety team a heads-up when more than 40 messages with links are sent in a minute => COUNT(*) n FROM chats WHERE has_link = TRUE W 1m
    [edit]
    ~ SELECT city, COUNT(*) AS swipes FROM swipes GROUP BY city WINDOW TUMBLING(1h) EMIT CHANGES
    count only premium => city, COUNT(*) swipes FROM swipes WHERE is_premium = TRUE GROUP BY city W 1h
    passes don't interest me => city, COUNT(*) swipes FROM swipes WHERE direction != 'pass' GROUP BY city W 1h
    people instead of swipes => city, COUNT(DISTINCT swiper_id) n FROM swipes GROUP BY city W 1h
    sorted from most to least => city, COUNT(*) swipes FROM swipes GROUP BY city W 1h ORDER BY swipes DESC
    [clarify]
    who is attractive => ?
    matches by income => ?
    unmatch everybody => no
    `,
  ),
};
