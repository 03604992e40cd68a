import { casesFrom, schemasFrom } from '../case.ts';

/** Pending transactions and blocks of a chain; asked by a node operator and by a trading bot's author. */
export const mempool = {
  name: 'mempool',
  schemas: schemasFrom(`
    pendingTx: txHash STRING, sender STRING, recipient STRING, txKind STRING transfer|contract|mint|burn, feeGwei FLOAT, valueEth FLOAT, gasLimit INTEGER, isReplacement BOOLEAN, relay STRING, seenAt TIMESTAMP
    blocks: blockNo INTEGER, miner STRING, txCount INTEGER, gasUsed INTEGER, gasMax INTEGER, baseFeeGwei FLOAT, orphaned BOOLEAN, minedAt TIMESTAMP
    table labels: sender STRING, entity STRING, entityKind STRING exchange|bridge|bot|person, riskScore INTEGER
  `),
  cases: casesFrom(
    'mempool',
    `
    [filter]
    pending txs with fee > 200 gwei => * FROM pendingTx WHERE feeGwei > 200
    mints and burns over 10 eth => * FROM pendingTx WHERE txKind IN ('mint', 'burn') AND valueEth > 10
    orphaned blocks or blocks with no tx at all => * FROM blocks WHERE orphaned = TRUE OR txCount = 0
    replacements sent by 0xabc => * FROM pendingTx WHERE isReplacement = TRUE AND sender = '0xabc'
    txs moving over 1 eth or with a gas limit beyond 500000 => * FROM pendingTx WHERE valueEth > 1 OR gasLimit > 500000
    blocks whose gas used is all of the gas max => * FROM blocks WHERE gasUsed = gasMax
    contract calls that came through any relay except flashrelay => * FROM pendingTx WHERE txKind = 'contract' AND relay != 'flashrelay'
    [aggregate]
    tx count by kind per 30s => txKind, COUNT(*) n FROM pendingTx GROUP BY txKind W 30s
    median fee each minute => MEDIAN(feeGwei) v FROM pendingTx W 1m
    10th and 90th percentile of the fee per kind, every 5 minutes => txKind, PERCENTILE_CONT(0.1) WITHIN GROUP (ORDER BY feeGwei) a, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY feeGwei) b FROM pendingTx GROUP BY txKind W 5m
    total eth moved per sender per hour => sender, SUM(valueEth) v FROM pendingTx GROUP BY sender W 1h
    number of blocks each miner found per day => miner, COUNT(*) n FROM blocks GROUP BY miner W 1d
    distinct recipients per sender, 10m => sender, COUNT(DISTINCT recipient) n FROM pendingTx GROUP BY sender W 10m
    [ratio]
    block fullness: gas used as % of gas max, hourly => 100.0 * SUM(gasUsed) / SUM(gasMax) v FROM blocks W 1h
    orphan rate by miner => miner, 1.0 * SUM(CASE WHEN orphaned = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM blocks GROUP BY miner
    [join]
    pending value by entity kind every 15 min => l.entityKind, SUM(p.valueEth) v FROM pendingTx p JOIN labels l ON p.sender = l.sender GROUP BY l.entityKind W 15m
    txs from senders with a risk score of 80 or higher => p.* FROM pendingTx p JOIN labels l ON p.sender = l.sender WHERE l.riskScore >= 80
    mean fee that bots pay, per minute => AVG(p.feeGwei) v FROM pendingTx p JOIN labels l ON p.sender = l.sender WHERE l.entityKind = 'bot' W 1m
    [having]
    senders spamming: > 50 tx in 1 minute => sender, COUNT(*) n FROM pendingTx GROUP BY sender W 1m HAVING COUNT(*) > 50
    relays with an average fee under 5 gwei per 10 minutes => relay, AVG(feeGwei) v FROM pendingTx GROUP BY relay W 10m HAVING AVG(feeGwei) < 5
    [topn]
    5 biggest senders by value, hourly => sender, SUM(valueEth) v FROM pendingTx GROUP BY sender W 1h ORDER BY v DESC LIMIT 5
    [rows]
    base fee change from block to block => baseFeeGwei - LAG(baseFeeGwei) OVER (ROWS WINDOW BUFFER 2 ROWS ORDER BY minedAt) v FROM blocks
    avg gas used over the last 20 blocks => AVG(gasUsed) OVER (ROWS WINDOW BUFFER 20 ROWS ORDER BY minedAt) v FROM blocks
    [sliding]
    average fee over the last 2 minutes, recomputed every 10 seconds => AVG(feeGwei) v FROM pendingTx W 2m/10s
    [session]
    activity sessions per sender (gap 3 min) with tx count and total value => sender, COUNT(*) n, SUM(valueEth) v FROM pendingTx GROUP BY sender W session 3m
    [alert]
    alert: avg base fee > 150 gwei over 5 min => AVG(baseFeeGwei) v FROM blocks W 5m
    [edit]
    ~ SELECT txKind, AVG(feeGwei) AS fee FROM pendingTx GROUP BY txKind WINDOW TUMBLING(1m) EMIT CHANGES
    p95 instead => txKind, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY feeGwei) v FROM pendingTx GROUP BY txKind W 1m
    w/o replacements => txKind, AVG(feeGwei) fee FROM pendingTx WHERE isReplacement = FALSE GROUP BY txKind W 1m
    add a tx count => txKind, AVG(feeGwei) fee, COUNT(*) n FROM pendingTx GROUP BY txKind W 1m
    only if fee > 30 on average => txKind, AVG(feeGwei) fee FROM pendingTx GROUP BY txKind W 1m HAVING AVG(feeGwei) > 30
    [clarify]
    should I send now or later => ?
    big fees please => ?
    send 1 eth to 0xabc => no
    `,
  ),
};
