import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Pharmacy branches; asked by pharmacists whose first language is another one. */
export const pharmacy = {
  name: 'pharmacy',
  schemas: schemasFrom(`
    dispenses: rx_no STRING, drug STRING, branch STRING, pharmacist STRING, qty INTEGER, copay_eur FLOAT, price_eur FLOAT, is_generic BOOLEAN, is_controlled BOOLEAN, wait_min INTEGER, allergy_note STRING, dispensed_at TIMESTAMP
    stock_moves: drug STRING, branch STRING, movement STRING delivery|sale|expired|recall, units INTEGER, lot_no STRING, moved_at TIMESTAMP
    table formulary: drug STRING, atc_group STRING, maker STRING, needs_fridge BOOLEAN
  `),
  cases: casesFrom(
    'pharmacy',
    `
    [filter]
    controlled drugs given out in quantity more than 30 => * FROM dispenses WHERE is_controlled = TRUE AND qty > 30
    please show dispenses where patient waits longer than 20 minutes => * FROM dispenses WHERE wait_min > 20
    all what expired or was recalled in branch Mitte => * FROM stock_moves WHERE movement IN ('expired', 'recall') AND branch = 'Mitte'
    dispenses which are not generic and copay is zero => * FROM dispenses WHERE is_generic = FALSE AND copay_eur = 0
    dispenses having an allergy note => * FROM dispenses WHERE allergy_note IS NOT NULL
    price between 10 and 40 euro by pharmacist Okafor => * FROM dispenses WHERE price_eur BETWEEN 10 AND 40 AND pharmacist = 'Okafor'
    [aggregate]
    how much copay takes each branch per day => branch, SUM(copay_eur) v FROM dispenses GROUP BY branch W 1d
    mean waiting time per pharmacist, all 2 hours => pharmacist, AVG(wait_min) v FROM dispenses GROUP BY pharmacist W 2h
    units delivered of every drug per week => drug, SUM(units) v FROM stock_moves WHERE movement = 'delivery' GROUP BY drug W 7d
    count of dispenses by branch and drug for each day => branch, drug, COUNT(*) n FROM dispenses GROUP BY branch, drug W 1d
    what was the most expensive price of each drug => drug, MAX(price_eur) v FROM dispenses GROUP BY drug
    how many different lots were delivered to each branch per month (30 days) => branch, COUNT(DISTINCT lot_no) n FROM stock_moves WHERE movement = 'delivery' GROUP BY branch W 30d
    [ratio]
    percent of generic in dispenses per branch => branch, 100.0 * SUM(CASE WHEN is_generic = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM dispenses GROUP BY branch
    which fraction of the stock moves is expired, for each drug by week => drug, 1.0 * SUM(CASE WHEN movement = 'expired' THEN 1 ELSE 0 END) / COUNT(*) v FROM stock_moves GROUP BY drug W 7d
    [join]
    number of dispenses by maker every day => f.maker, COUNT(*) n FROM dispenses d JOIN formulary f ON d.drug = f.drug GROUP BY f.maker W 1d
    expired moves of drugs that need the fridge => s.* FROM stock_moves s JOIN formulary f ON s.drug = f.drug WHERE s.movement = 'expired' AND f.needs_fridge = TRUE
    turnover (sum of price) per atc group and week, only controlled ones => f.atc_group, SUM(d.price_eur) v FROM dispenses d JOIN formulary f ON d.drug = f.drug WHERE d.is_controlled = TRUE GROUP BY f.atc_group W 7d
    [having]
    branches where average wait is over 15 minutes in one hour => branch, AVG(wait_min) v FROM dispenses GROUP BY branch W 1h HAVING AVG(wait_min) > 15
    [topn]
    five drugs most dispensed by quantity, per day => drug, SUM(qty) v FROM dispenses GROUP BY drug W 1d ORDER BY v DESC LIMIT 5
    [alert]
    tell us when a branch has more than 12 recalls in one day => branch, COUNT(*) n FROM stock_moves WHERE movement = 'recall' GROUP BY branch W 1d
    [edit]
    ~ SELECT branch, AVG(wait_min) AS wait FROM dispenses GROUP BY branch WINDOW TUMBLING(1h) EMIT CHANGES
    better the median => branch, MEDIAN(wait_min) wait FROM dispenses GROUP BY branch W 1h
    only branches Mitte and Nord => branch, AVG(wait_min) wait FROM dispenses WHERE branch IN ('Mitte', 'Nord') GROUP BY branch W 1h
    [behaviour]
    which drug is dangerous together with alcohol => ?
    dispenses by age of the patient => ?
    order 20 boxes of ibuprofen => no
    `,
  ),
};
