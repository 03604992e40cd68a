import { casesFrom, schemasFrom } from '../case.ts';

export const swaps = {
  name: 'swaps',
  schemas: schemasFrom(`
    swaps: tx_hash STRING, pool STRING, token_in STRING, token_out STRING, wallet STRING, side STRING buy|sell, amount_usd FLOAT, fee_usd FLOAT, slippage_pct FLOAT, gas_gwei FLOAT, block_no BIGINT, failed BOOLEAN, swap_time TIMESTAMP
    table wallets: wallet STRING, label STRING whale|bot|retail, country STRING, first_seen_year INTEGER
  `),
  cases: casesFrom(
    'swaps',
    `
    [filter]
    sells above $1.5M => * FROM swaps WHERE side = 'sell' AND amount_usd > 1500000
    swaps of 250k or more with slippage over 2% => * FROM swaps WHERE amount_usd >= 250000 AND slippage_pct > 2
    failed buys => * FROM swaps WHERE failed = TRUE AND side = 'buy'
    ETH into USDC => * FROM swaps WHERE token_in = 'ETH' AND token_out = 'USDC'
    swaps from WBTC to anything but DAI => * FROM swaps WHERE token_in = 'WBTC' AND token_out != 'DAI'
    gas higher than 80 gwei and not failed => * FROM swaps WHERE gas_gwei > 80 AND failed = FALSE
    slippage between 0.5 and 1 percent => * FROM swaps WHERE slippage_pct BETWEEN 0.5 AND 1
    fees under a dollar => * FROM swaps WHERE fee_usd < 1
    [aggregate]
    volume per pool per hour => pool, SUM(amount_usd) v FROM swaps GROUP BY pool W 1h
    buys and sells per minute by pool => pool, SUM(CASE WHEN side = 'buy' THEN 1 ELSE 0 END) a, SUM(CASE WHEN side = 'sell' THEN 1 ELSE 0 END) b FROM swaps GROUP BY pool W 1m
    unique wallets per pool every 4h => pool, COUNT(DISTINCT wallet) n FROM swaps GROUP BY pool W 4h
    fees earned by pool daily => pool, SUM(fee_usd) v FROM swaps GROUP BY pool W 1d
    average and worst slippage per token in => token_in, AVG(slippage_pct) a, MAX(slippage_pct) b FROM swaps GROUP BY token_in
    largest single sell for each pool => pool, MAX(amount_usd) v FROM swaps WHERE side = 'sell' GROUP BY pool
    std dev of gas per 5 minutes => STDDEV(gas_gwei) v FROM swaps W 5m
    cumulative fees per wallet => wallet, SUM(fee_usd) v FROM swaps GROUP BY wallet
    first swap size of every wallet => wallet, FIRST_VALUE(amount_usd) v FROM swaps GROUP BY wallet
    [ratio]
    buy/sell ratio per pool every 15m => pool, 1.0 * SUM(CASE WHEN side = 'buy' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN side = 'sell' THEN 1 ELSE 0 END), 0) v FROM swaps GROUP BY pool W 15m
    failure rate by pool hourly => pool, 1.0 * SUM(CASE WHEN failed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM swaps GROUP BY pool W 1h
    fees as % of volume by pool => pool, 100.0 * SUM(fee_usd) / SUM(amount_usd) v FROM swaps GROUP BY pool
    fraction of swaps over 10k usd by side => side, 1.0 * SUM(CASE WHEN amount_usd > 10000 THEN 1 ELSE 0 END) / COUNT(*) v FROM swaps GROUP BY side
    [join]
    whale volume by pool per hour => s.pool, SUM(s.amount_usd) v FROM swaps s JOIN wallets w ON s.wallet = w.wallet WHERE w.label = 'whale' GROUP BY s.pool W 1h
    swaps by bots with gas over 200 => s.* FROM swaps s JOIN wallets w ON s.wallet = w.wallet WHERE w.label = 'bot' AND s.gas_gwei > 200
    sells per country every day => w.country, COUNT(*) n FROM swaps s JOIN wallets w ON s.wallet = w.wallet WHERE s.side = 'sell' GROUP BY w.country W 1d
    [topn]
    10 biggest wallets by volume each day => wallet, SUM(amount_usd) v FROM swaps GROUP BY wallet W 1d ORDER BY v DESC LIMIT 10
    which pool has the lowest average slippage per hour => pool, AVG(slippage_pct) v FROM swaps GROUP BY pool W 1h ORDER BY v ASC LIMIT 1
    [having]
    pools trading over 5 million an hour => pool, SUM(amount_usd) v FROM swaps GROUP BY pool W 1h HAVING SUM(amount_usd) > 5000000
    wallets with 100+ swaps in 10 minutes => wallet, COUNT(*) n FROM swaps GROUP BY wallet W 10m HAVING COUNT(*) >= 100
    [rows]
    rolling mean of the last 30 gas prices per pool => pool, swap_time, gas_gwei, AVG(gas_gwei) OVER (ROWS WINDOW BUFFER 30 ROWS PARTITION BY pool ORDER BY swap_time) v FROM swaps
    [clarify]
    which token should I buy => ?
    warn me about high slippage => ?
    `,
  ),
};
