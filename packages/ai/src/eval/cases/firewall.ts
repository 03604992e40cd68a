import { casesFrom, schemasFrom } from '../case.ts';

/** Packets and intrusions at the edge of a network; asked by a security team at night and by its manager on Mondays. */
export const firewall = {
  name: 'firewall',
  schemas: schemasFrom(`
    fw_events: sensor STRING, src_ip STRING, dst_ip STRING, dst_port INTEGER, proto STRING tcp|udp|icmp, verdict STRING allow|drop|reject, bytes_out INTEGER, rule_name STRING, is_vpn BOOLEAN, country STRING, seen_at TIMESTAMP
    intrusions: sensor STRING, src_ip STRING, signature STRING, severity STRING low|medium|high|critical, confidence FLOAT, blocked BOOLEAN, analyst STRING, triage_min FLOAT, raised_at TIMESTAMP
    table sensors: sensor STRING, site STRING, zone STRING dmz|office|lab, model STRING, owner STRING
  `),
  cases: casesFrom(
    'firewall',
    `
    [filter]
    dropped traffic from country RU to port 22 => * FROM fw_events WHERE verdict = 'drop' AND country = 'RU' AND dst_port = 22
    critical intrusions that did not get blocked => * FROM intrusions WHERE severity = 'critical' AND blocked = FALSE
    udp or icmp over the VPN => * FROM fw_events WHERE proto IN ('udp', 'icmp') AND is_vpn = TRUE
    high or critical ones nobody has picked up yet (no analyst) => * FROM intrusions WHERE severity IN ('high', 'critical') AND analyst IS NULL
    signature contains sqli, confidence of at least 0.8 => * FROM intrusions WHERE signature LIKE '%sqli%' AND confidence >= 0.8
    anything that hits ports 8000 to 8100, just not on sensor fw-lab => * FROM fw_events WHERE dst_port BETWEEN 8000 AND 8100 AND sensor != 'fw-lab'
    intrusions where triage took longer than an hour => * FROM intrusions WHERE triage_min > 60
    fw events, not tcp, 500 bytes out or fewer => * FROM fw_events WHERE proto != 'tcp' AND bytes_out <= 500
    [aggregate]
    bytes out per source ip every 5 minutes => src_ip, SUM(bytes_out) v FROM fw_events GROUP BY src_ip W 5m
    drops per minute by sensor => sensor, COUNT(*) n FROM fw_events WHERE verdict = 'drop' GROUP BY sensor W 1m
    how many distinct source addresses does each sensor see, hourly => sensor, COUNT(DISTINCT src_ip) n FROM fw_events GROUP BY sensor W 1h
    mean triage time per analyst and severity => analyst, severity, AVG(triage_min) v FROM intrusions GROUP BY analyst, severity
    the largest bytes_out seen from each country, hour by hour => country, MAX(bytes_out) v FROM fw_events GROUP BY country W 1h
    how often does each signature fire in a day => signature, COUNT(*) n FROM intrusions GROUP BY signature W 1d
    who triaged last on every sensor? => sensor, LAST_VALUE(analyst) v FROM intrusions GROUP BY sensor
    give me allowed events only, counted per protocol and quarter of an hour, and only once a quarter is over => proto, COUNT(*) n FROM fw_events WHERE verdict = 'allow' GROUP BY proto W 15m EMIT FINAL
    [ratio]
    what fraction of events gets dropped, sensor by sensor, in 10-minute slices => sensor, 1.0 * SUM(CASE WHEN verdict = 'drop' THEN 1 ELSE 0 END) / COUNT(*) v FROM fw_events GROUP BY sensor W 10m
    of the critical intrusions, how many percent were blocked on each sensor? => sensor, 100.0 * SUM(CASE WHEN blocked = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM intrusions WHERE severity = 'critical' GROUP BY sensor
    number of drops for every allowed event, by country => country, 1.0 * SUM(CASE WHEN verdict = 'drop' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN verdict = 'allow' THEN 1 ELSE 0 END), 0) v FROM fw_events GROUP BY country
    [join]
    intrusions per zone and hour => s.zone, COUNT(*) n FROM intrusions i JOIN sensors s ON i.sensor = s.sensor GROUP BY s.zone W 1h
    what was let through to port 3389 in the dmz => e.* FROM fw_events e JOIN sensors s ON e.sensor = s.sensor WHERE e.verdict = 'allow' AND e.dst_port = 3389 AND s.zone = 'dmz'
    average confidence by site of the sensor, daily => s.site, AVG(i.confidence) v FROM intrusions i JOIN sensors s ON i.sensor = s.sensor GROUP BY s.site W 1d
    [having]
    source ips dropped at least 50 times within a minute => src_ip, COUNT(*) n FROM fw_events WHERE verdict = 'drop' GROUP BY src_ip W 1m HAVING COUNT(*) >= 50
    countries with under 10000 bytes out in total in an hour => country, SUM(bytes_out) v FROM fw_events GROUP BY country W 1h HAVING SUM(bytes_out) < 10000
    analysts whose triage averages more than 45 minutes in a week => analyst, AVG(triage_min) v FROM intrusions GROUP BY analyst W 7d HAVING AVG(triage_min) > 45
    ips that touch at least 4 different ports in 5 min => src_ip, COUNT(DISTINCT dst_port) n FROM fw_events GROUP BY src_ip W 5m HAVING COUNT(DISTINCT dst_port) >= 4
    [topn]
    top talkers: 10 source ips by bytes out, every 15 minutes => src_ip, SUM(bytes_out) v FROM fw_events GROUP BY src_ip W 15m ORDER BY v DESC LIMIT 10
    the three rules that drop the most, per day => rule_name, COUNT(*) n FROM fw_events WHERE verdict = 'drop' GROUP BY rule_name W 1d ORDER BY n DESC LIMIT 3
    which signature do we see least each week => signature, COUNT(*) n FROM intrusions GROUP BY signature W 7d ORDER BY n ASC LIMIT 1
    [rows]
    difference in bytes out to the event before, for each source ip => src_ip, bytes_out - LAG(bytes_out) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY src_ip ORDER BY seen_at) v FROM fw_events
    confidence averaged over the latest 20 intrusions of every sensor => sensor, AVG(confidence) OVER (ROWS WINDOW BUFFER 20 ROWS PARTITION BY sensor ORDER BY raised_at) v FROM intrusions
    [session]
    scan bursts: events of one source ip belong together as long as they come within 30 seconds of each other. how many ports did each burst touch? => src_ip, COUNT(DISTINCT dst_port) n FROM fw_events GROUP BY src_ip W session 30s
    [alert]
    page the SOC if a sensor raises more than 5 critical intrusions in 10 min => sensor, COUNT(*) n FROM intrusions WHERE severity = 'critical' GROUP BY sensor W 10m
    ping me once average triage time exceeds 30 minutes within an hour => AVG(triage_min) v FROM intrusions W 1h
    [edit]
    ~ SELECT sensor, COUNT(*) AS events FROM fw_events WHERE verdict = 'drop' GROUP BY sensor WINDOW TUMBLING(10m) EMIT CHANGES
    same for rejects => sensor, COUNT(*) events FROM fw_events WHERE verdict = 'reject' GROUP BY sensor W 10m
    source ips rather than events, each just once => sensor, COUNT(DISTINCT src_ip) n FROM fw_events WHERE verdict = 'drop' GROUP BY sensor W 10m
    leave the VPN out => sensor, COUNT(*) events FROM fw_events WHERE verdict = 'drop' AND is_vpn = FALSE GROUP BY sensor W 10m
    I need it by country, not by sensor => country, COUNT(*) events FROM fw_events WHERE verdict = 'drop' GROUP BY country W 10m
    half-hour windows pls => sensor, COUNT(*) events FROM fw_events WHERE verdict = 'drop' GROUP BY sensor W 30m
    hide everything below 100 => sensor, COUNT(*) events FROM fw_events WHERE verdict = 'drop' GROUP BY sensor W 10m HAVING COUNT(*) >= 100
    plus the total of bytes => sensor, COUNT(*) events, SUM(bytes_out) b FROM fw_events WHERE verdict = 'drop' GROUP BY sensor W 10m
    [behaviour]
    are we being hacked? => ?
    events by operating system of the attacker => ?
    block 10.0.0.7 on all sensors => no
    `,
  ),
};
