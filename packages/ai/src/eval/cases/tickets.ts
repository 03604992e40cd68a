import { casesFrom, schemasFrom } from '../case.ts';

export const tickets = {
  name: 'tickets',
  schemas: schemasFrom(`
    support_tickets: ticket_id STRING, cust_id STRING, queue STRING billing|technical|sales|abuse, prio STRING low|normal|high|urgent, state STRING new|open|waiting|solved|closed, agent_name STRING, first_reply_min FLOAT, resolution_hours FLOAT, reopen_count INTEGER, csat_score INTEGER, is_vip BOOLEAN, subject STRING, lang STRING, channel STRING email|chat|phone, updated_at TIMESTAMP
    table customers: cust_id STRING, company STRING, plan STRING free|team|enterprise, country STRING, mrr_usd FLOAT
  `),
  cases: casesFrom(
    'tickets',
    `
    [filter]
    Could I see the urgent tickets that haven't been solved? => * FROM support_tickets WHERE prio = 'urgent' AND state != 'solved'
    open or waiting tickets, high priority => * FROM support_tickets WHERE state IN ('open', 'waiting') AND prio = 'high'
    tickets nobody is assigned to / tickets without an agent => * FROM support_tickets WHERE agent_name IS NULL
    tickets reopened at least twice / reopen count of 2 or more => * FROM support_tickets WHERE reopen_count >= 2
    first reply took more than half an hour => * FROM support_tickets WHERE first_reply_min > 30
    tickets that took longer than 2 days to resolve => * FROM support_tickets WHERE resolution_hours > 48
    subject has "refund" in it / anything with refund in the subject => * FROM support_tickets WHERE subject LIKE '%refund%'
    chat tickets in German => * FROM support_tickets WHERE channel = 'chat' AND lang = 'German'
    vip customers only please => * FROM support_tickets WHERE is_vip = TRUE
    csat below 3 or reopened more than 3 times => * FROM support_tickets WHERE csat_score < 3 OR reopen_count > 3
    every ticket in the billing or sales queue that did not come by phone => * FROM support_tickets WHERE queue IN ('billing', 'sales') AND channel != 'phone'
    tickets of agent "Maria Lopez" => * FROM support_tickets WHERE agent_name = 'Maria Lopez'
    unrated tickets (no csat score) => * FROM support_tickets WHERE csat_score IS NULL
    just ticket id, agent and state for the abuse queue => ticket_id, agent_name, state FROM support_tickets WHERE queue = 'abuse'
    everything that is neither solved nor closed => * FROM support_tickets WHERE state NOT IN ('solved', 'closed')
    [aggregate]
    tickets per queue per hour, please => queue, COUNT(*) n FROM support_tickets GROUP BY queue W 1h
    mean first reply time by channel, hourly => channel, AVG(first_reply_min) v FROM support_tickets GROUP BY channel W 1h
    how long does it take each agent to resolve a ticket on average? => agent_name, AVG(resolution_hours) v FROM support_tickets GROUP BY agent_name
    number of urgent tickets by queue each day => queue, COUNT(*) n FROM support_tickets WHERE prio = 'urgent' GROUP BY queue W 1d
    avg csat per agent / customer satisfaction by agent on average => agent_name, AVG(csat_score) v FROM support_tickets GROUP BY agent_name
    count of tickets by state and priority => state, prio, COUNT(*) n FROM support_tickets GROUP BY state, prio
    how many customers wrote in per day => COUNT(DISTINCT cust_id) n FROM support_tickets W 1d
    worst first reply per queue every 4 hours => queue, MAX(first_reply_min) v FROM support_tickets GROUP BY queue W 4h
    total reopens by agent => agent_name, SUM(reopen_count) v FROM support_tickets GROUP BY agent_name
    90th percentile resolution time by priority => prio, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY resolution_hours) v FROM support_tickets GROUP BY prio
    [ratio]
    what fraction of tickets is from vips, by queue => queue, 1.0 * SUM(CASE WHEN is_vip = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM support_tickets GROUP BY queue
    percentage of tickets with a first reply under 15 minutes by channel => channel, 100.0 * SUM(CASE WHEN first_reply_min < 15 THEN 1 ELSE 0 END) / COUNT(*) v FROM support_tickets GROUP BY channel
    tickets per agent by queue => queue, 1.0 * COUNT(*) / COUNT(DISTINCT agent_name) v FROM support_tickets GROUP BY queue
    [pivot]
    chat vs email tickets per queue per day => queue, SUM(CASE WHEN channel = 'chat' THEN 1 ELSE 0 END) a, SUM(CASE WHEN channel = 'email' THEN 1 ELSE 0 END) b FROM support_tickets GROUP BY queue W 1d
    [join]
    tickets by customer plan, hourly => c.plan, COUNT(*) n FROM support_tickets t JOIN customers c ON t.cust_id = c.cust_id GROUP BY c.plan W 1h
    average resolution time for enterprise customers by queue => t.queue, AVG(t.resolution_hours) v FROM support_tickets t JOIN customers c ON t.cust_id = c.cust_id WHERE c.plan = 'enterprise' GROUP BY t.queue
    urgent tickets of customers in France => t.* FROM support_tickets t JOIN customers c ON t.cust_id = c.cust_id WHERE t.prio = 'urgent' AND c.country = 'France'
    tickets from companies paying over 5000 a month (mrr) => t.* FROM support_tickets t JOIN customers c ON t.cust_id = c.cust_id WHERE c.mrr_usd > 5000
    [topn]
    which 5 agents closed the most tickets per day => agent_name, COUNT(*) n FROM support_tickets WHERE state = 'closed' GROUP BY agent_name W 1d ORDER BY n DESC LIMIT 5
    three slowest queues by average resolution time => queue, AVG(resolution_hours) v FROM support_tickets GROUP BY queue W 5m ORDER BY v DESC LIMIT 3
    [having]
    agents with an average csat below 3.5 => agent_name, AVG(csat_score) v FROM support_tickets GROUP BY agent_name HAVING AVG(csat_score) < 3.5
    customers opening more than 5 tickets a day => cust_id, COUNT(*) n FROM support_tickets GROUP BY cust_id W 1d HAVING COUNT(*) > 5
    [edit]
    ~ queue, COUNT(*) n FROM support_tickets GROUP BY queue W 1h
    for vips only => queue, COUNT(*) n FROM support_tickets WHERE is_vip = TRUE GROUP BY queue W 1h
    make that per day => queue, COUNT(*) n FROM support_tickets GROUP BY queue W 1d
    and by channel => queue, channel, COUNT(*) n FROM support_tickets GROUP BY queue, channel W 1h
    [clarify]
    tickets by mood ring => ?
    update all tickets to closed => no
    `,
  ),
};
