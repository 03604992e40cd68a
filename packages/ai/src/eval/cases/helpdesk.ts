import { casesFrom, schemasFrom } from '../case.ts';

/** Support tickets, every column with a prefix; asked by an agent between two calls. */
export const helpdesk = {
  name: 'helpdesk',
  schemas: schemasFrom(`
    tk_opened: tk_id STRING, tk_queue STRING billing|tech|sales, tk_prio STRING low|normal|urgent, tk_source STRING email|chat|phone, tk_customer STRING, tk_lang STRING, tk_is_vip BOOLEAN, tk_opened_at TIMESTAMP
    tk_solved: tk_id STRING, tk_agent STRING, tk_queue STRING billing|tech|sales, tk_replies INTEGER, tk_handle_min INTEGER, tk_csat INTEGER, tk_reopened BOOLEAN, tk_solved_at TIMESTAMP
    table agents: tk_agent STRING, agent_site STRING, agent_level STRING junior|senior|lead
  `),
  cases: casesFrom(
    'helpdesk',
    `
    [aggregate]
    how many tickets got opened in each queue per hour => tk_queue, COUNT(*) n FROM tk_opened GROUP BY tk_queue W 1h
    what's the average csat by agent, per day => tk_agent, AVG(tk_csat) v FROM tk_solved GROUP BY tk_agent W 1d
    total replies on solved tickets for each queue, every 4 hours => tk_queue, SUM(tk_replies) v FROM tk_solved GROUP BY tk_queue W 4h
    longest handle time of each agent, day by day => tk_agent, MAX(tk_handle_min) v FROM tk_solved GROUP BY tk_agent W 1d
    [filter]
    urgent tickets from vip customers => * FROM tk_opened WHERE tk_prio = 'urgent' AND tk_is_vip = TRUE
    solved tickets with a csat of 2 or worse => * FROM tk_solved WHERE tk_csat <= 2
    opened tickets with lang es that didn't come in by email => * FROM tk_opened WHERE tk_lang = 'es' AND tk_source != 'email'
    tickets that were reopened and needed at least five replies => * FROM tk_solved WHERE tk_reopened = TRUE AND tk_replies >= 5
    solved tickets that took less than half an hour to handle, except the sales queue => * FROM tk_solved WHERE tk_handle_min < 30 AND tk_queue != 'sales'
    [ratio]
    what percent of solved tickets got reopened, for every agent => tk_agent, 100.0 * SUM(CASE WHEN tk_reopened = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM tk_solved GROUP BY tk_agent
    [join]
    solved tickets by agent site, hourly => a.agent_site, COUNT(*) n FROM tk_solved s JOIN agents a ON s.tk_agent = a.tk_agent GROUP BY a.agent_site W 1h
    average handle time of senior agents for each queue per day => s.tk_queue, AVG(s.tk_handle_min) v FROM tk_solved s JOIN agents a ON s.tk_agent = a.tk_agent WHERE a.agent_level = 'senior' GROUP BY s.tk_queue W 1d
    [having]
    customers who opened more than 4 tickets in a day => tk_customer, COUNT(*) n FROM tk_opened GROUP BY tk_customer W 1d HAVING COUNT(*) > 4
    [topn]
    3 agents with the lowest average csat every day => tk_agent, AVG(tk_csat) v FROM tk_solved GROUP BY tk_agent W 1d ORDER BY v ASC LIMIT 3
    [alert]
    let me know if more than 40 tickets get opened in a queue within 10 minutes => tk_queue, COUNT(*) n FROM tk_opened GROUP BY tk_queue W 10m
    [edit]
    ~ SELECT tk_queue, COUNT(*) AS tickets FROM tk_opened GROUP BY tk_queue WINDOW TUMBLING(1h) EMIT CHANGES
    just the vip ones please => tk_queue, COUNT(*) n FROM tk_opened WHERE tk_is_vip = TRUE GROUP BY tk_queue W 1h
    [behaviour]
    solved tickets by the agent's mood => ?
    sing me a song => no
    `,
  ),
};
