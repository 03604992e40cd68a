import { casesFrom, schemasFrom } from '../case.ts';

export const livechat = {
  name: 'livechat',
  schemas: schemasFrom(`
    chat_messages: message_id STRING, conversation_id STRING, agent_name STRING, customer_email STRING, channel STRING web|whatsapp|email|phone, author STRING customer|agent|bot, topic STRING, message_text STRING, sentiment FLOAT, response_seconds INTEGER, csat INTEGER, escalated BOOLEAN, resolved BOOLEAN, language STRING, sent_at TIMESTAMP
    table agents: agent_name STRING, team STRING, seniority STRING junior|senior|lead, remote BOOLEAN
  `),
  cases: casesFrom(
    'livechat',
    `
    [filter]
    angry ones: sentiment below -0.5 => * FROM chat_messages WHERE sentiment < -0.5
    unresolved whatsapp messages => * FROM chat_messages WHERE resolved = FALSE AND channel = 'whatsapp'
    messages the bot wrote => * FROM chat_messages WHERE author = 'bot'
    customers waiting over 5 minutes for a response => * FROM chat_messages WHERE response_seconds > 300
    messages containing "refund" in German => * FROM chat_messages WHERE message_text LIKE '%refund%' AND language = 'German'
    escalated but resolved => * FROM chat_messages WHERE escalated = TRUE AND resolved = TRUE
    csat 1 or 2 => * FROM chat_messages WHERE csat IN (1, 2)
    all phone and email conversations that got escalated => * FROM chat_messages WHERE channel IN ('phone', 'email') AND escalated = TRUE
    no csat given => * FROM chat_messages WHERE csat IS NULL
    customer emails ending in gmail.com => * FROM chat_messages WHERE customer_email LIKE '%gmail.com'
    anything not from the bot about billing => * FROM chat_messages WHERE author != 'bot' AND topic = 'billing'
    [aggregate]
    messages per channel per minute => channel, COUNT(*) n FROM chat_messages GROUP BY channel W 1m
    how many conversations does each agent have per hour => agent_name, COUNT(DISTINCT conversation_id) n FROM chat_messages GROUP BY agent_name W 1h
    avg response time by agent over the last 15 min => agent_name, AVG(response_seconds) v FROM chat_messages GROUP BY agent_name W 15m
    escalations by topic daily => topic, COUNT(*) n FROM chat_messages WHERE escalated = TRUE GROUP BY topic W 1d
    average csat per language => language, AVG(csat) v FROM chat_messages GROUP BY language
    bot vs agent messages per hour => SUM(CASE WHEN author = 'bot' THEN 1 ELSE 0 END) a, SUM(CASE WHEN author = 'agent' THEN 1 ELSE 0 END) b FROM chat_messages W 1h
    longest response per agent per day => agent_name, MAX(response_seconds) v FROM chat_messages GROUP BY agent_name W 1d
    distinct customers per topic => topic, COUNT(DISTINCT customer_email) n FROM chat_messages GROUP BY topic
    latest topic of each conversation => conversation_id, LAST_VALUE(topic) v FROM chat_messages GROUP BY conversation_id
    running count of messages per conversation => conversation_id, COUNT(*) n FROM chat_messages GROUP BY conversation_id
    how fast do agents respond, per channel => channel, AVG(response_seconds) v FROM chat_messages GROUP BY channel
    [ratio]
    resolution rate by agent per day => agent_name, 1.0 * SUM(CASE WHEN resolved = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM chat_messages GROUP BY agent_name W 1d
    percentage of messages answered within 60 seconds by channel => channel, 100.0 * SUM(CASE WHEN response_seconds <= 60 THEN 1 ELSE 0 END) / COUNT(*) v FROM chat_messages GROUP BY channel
    messages per conversation by channel => channel, 1.0 * COUNT(*) / COUNT(DISTINCT conversation_id) v FROM chat_messages GROUP BY channel
    what % of chats are escalated by language => language, 100.0 * SUM(CASE WHEN escalated = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM chat_messages GROUP BY language
    [join]
    csat by team => a.team, AVG(m.csat) v FROM chat_messages m JOIN agents a ON m.agent_name = a.agent_name GROUP BY a.team
    escalations of junior agents per hour => COUNT(*) n FROM chat_messages m JOIN agents a ON m.agent_name = a.agent_name WHERE m.escalated = TRUE AND a.seniority = 'junior' W 1h
    messages from remote agents with sentiment under 0 => m.* FROM chat_messages m JOIN agents a ON m.agent_name = a.agent_name WHERE a.remote = TRUE AND m.sentiment < 0
    [topn]
    10 most active agents per hour => agent_name, COUNT(*) n FROM chat_messages GROUP BY agent_name W 1h ORDER BY n DESC LIMIT 10
    worst 3 topics by average sentiment per day => topic, AVG(sentiment) v FROM chat_messages GROUP BY topic W 1d ORDER BY v ASC LIMIT 3
    [having]
    agents whose average csat drops below 3 in a day => agent_name, AVG(csat) v FROM chat_messages GROUP BY agent_name W 1d HAVING AVG(csat) < 3
    topics with 50 or more escalations per day => topic, COUNT(*) n FROM chat_messages WHERE escalated = TRUE GROUP BY topic W 1d HAVING COUNT(*) >= 50
    [clarify]
    are the customers happy => ?
    which agent should get a raise => ?
    messages per office => ?
    `,
  ),
};
