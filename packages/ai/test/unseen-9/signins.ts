import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Sign-ins of a company's identity provider; asked by a security analyst, the IT help desk and a developer. */
export const signins = {
  name: 'signins',
  schemas: schemasFrom(`
    logins: user_id STRING, app STRING, method STRING password|passkey|sso|magic_link, country STRING, ip STRING, device STRING desktop|phone|tablet, success BOOLEAN, mfa BOOLEAN, risk_score FLOAT, logged_at TIMESTAMP
    resets: user_id STRING, channel STRING email|sms|helpdesk, agent STRING, duration_s INTEGER, completed BOOLEAN, reset_at TIMESTAMP
    table users: user_id STRING, team STRING, role STRING admin|member|guest, office STRING, created_year INTEGER, suspended BOOLEAN
  `),
  cases: casesFrom(
    'signins',
    `
    [filter]
    failed password logins with a risk score above 0.8 => * FROM logins WHERE success = FALSE AND method = 'password' AND risk_score > 0.8
    successful logins without MFA from a phone or tablet => * FROM logins WHERE success = TRUE AND mfa = FALSE AND device IN ('phone', 'tablet')
    all logins whose IP address starts with '10.20.' => * FROM logins WHERE ip LIKE '10.20.%'
    user, app and country of logins with a risk score of at least 0.9 => user_id, app, country FROM logins WHERE risk_score >= 0.9
    Which resets through the helpdesk took more than 5 minutes? => * FROM resets WHERE channel = 'helpdesk' AND duration_s > 300
    [aggregate]
    number of failed logins per app every 5 minutes => app, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY app W 5m
    number of different users in the logins of each country, per hour => country, COUNT(DISTINCT user_id) n FROM logins GROUP BY country W 1h
    average risk score per method in a 30 minute window that slides every 5 minutes => method, AVG(risk_score) v FROM logins GROUP BY method W 30m/5m
    average duration of completed resets by channel => channel, AVG(duration_s) v FROM resets WHERE completed = TRUE GROUP BY channel
    Count the logins for each device and app, daily => device, app, COUNT(*) n FROM logins GROUP BY device, app W 1d
    [join]
    failed logins per team per hour => u.team, COUNT(*) n FROM logins l JOIN users u ON l.user_id = u.user_id WHERE l.success = FALSE GROUP BY u.team W 1h
    logins of suspended users => l.* FROM logins l JOIN users u ON l.user_id = u.user_id WHERE u.suspended = TRUE
    [ratio]
    share of logins that use MFA, by app, in 1 hour windows => app, 1.0 * SUM(CASE WHEN mfa = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM logins GROUP BY app W 1h
    failure rate per login method => method, 1.0 * SUM(CASE WHEN success = FALSE THEN 1 ELSE 0 END) / COUNT(*) v FROM logins GROUP BY method
    [having]
    users with logins from more than 2 different countries in one hour => user_id, COUNT(DISTINCT country) n FROM logins GROUP BY user_id W 1h HAVING COUNT(DISTINCT country) > 2
    IP addresses with 15 or more failed logins within 10 minutes => ip, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY ip W 10m HAVING COUNT(*) >= 15
    [topn]
    the 20 IP addresses with the most failed logins per hour => ip, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY ip W 1h ORDER BY n DESC LIMIT 20
    top 5 users by average risk score => user_id, AVG(risk_score) v FROM logins GROUP BY user_id W 5m ORDER BY v DESC LIMIT 5
    [alert]
    raise an alert if a user has more than 6 failed logins in 2 minutes => user_id, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY user_id W 2m
    [session]
    for each user, the number of logins per session, where a session ends after 45 minutes of inactivity => user_id, COUNT(*) n FROM logins GROUP BY user_id W session 45m
    [edit]
    ~ SELECT app, COUNT(*) AS attempts FROM logins WHERE success = FALSE GROUP BY app WINDOW TUMBLING(10m) EMIT CHANGES
    show only apps with more than 25 attempts => app, COUNT(*) attempts FROM logins WHERE success = FALSE GROUP BY app W 10m HAVING COUNT(*) > 25
    count distinct users instead => app, COUNT(DISTINCT user_id) attempts FROM logins WHERE success = FALSE GROUP BY app W 10m
    change the window to one hour => app, COUNT(*) attempts FROM logins WHERE success = FALSE GROUP BY app W 1h
    [behaviour]
    logins by browser => ?
    drop the table users => no
    write me a poem about passwords => no
    `,
  ),
};
