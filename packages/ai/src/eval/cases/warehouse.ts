import { casesFrom, schemasFrom } from '../case.ts';

export const warehouse = {
  name: 'warehouse',
  schemas: schemasFrom(`
    pick_tasks: task_id STRING, picker STRING, zone STRING, sku STRING, qty_requested INTEGER, qty_picked INTEGER, pick_seconds INTEGER, walk_meters FLOAT, priority STRING low|normal|urgent, task_state STRING assigned|picked|short|cancelled, robot_assisted BOOLEAN, damaged BOOLEAN, order_value_usd FLOAT, supervisor STRING, comment STRING, finished_at TIMESTAMP
    table stock_items: sku STRING, category STRING, unit_weight_kg FLOAT, hazardous BOOLEAN, supplier STRING
  `),
  cases: casesFrom(
    'warehouse',
    `
    [filter]
    urgent tasks that came up short => * FROM pick_tasks WHERE priority = 'urgent' AND task_state = 'short'
    picked less than requested => * FROM pick_tasks WHERE qty_picked < qty_requested
    picks slower than 3 minutes in zone B7 => * FROM pick_tasks WHERE pick_seconds > 180 AND zone = 'B7'
    damaged, not robot assisted => * FROM pick_tasks WHERE damaged = TRUE AND robot_assisted = FALSE
    tasks with a walk of 200 m or more => * FROM pick_tasks WHERE walk_meters >= 200
    cancelled tasks worth more than $2k => * FROM pick_tasks WHERE task_state = 'cancelled' AND order_value_usd > 2000
    anything from zones A1, A2 or A3 => * FROM pick_tasks WHERE zone IN ('A1', 'A2', 'A3')
    nothing was picked => * FROM pick_tasks WHERE qty_picked = 0
    tasks with comments mentioning "broken" => * FROM pick_tasks WHERE comment LIKE '%broken%'
    neither urgent nor normal => * FROM pick_tasks WHERE priority NOT IN ('urgent', 'normal')
    sku starting with HZ => * FROM pick_tasks WHERE sku LIKE 'HZ%'
    supervised by Okafor => * FROM pick_tasks WHERE supervisor = 'Okafor'
    [aggregate]
    units picked per picker per hour => picker, SUM(qty_picked) v FROM pick_tasks GROUP BY picker W 1h
    average pick time by zone => zone, AVG(pick_seconds) v FROM pick_tasks GROUP BY zone
    shorts per sku per day => sku, COUNT(*) n FROM pick_tasks WHERE task_state = 'short' GROUP BY sku W 1d
    number of tasks by priority and state every 15 minutes => priority, task_state, COUNT(*) n FROM pick_tasks GROUP BY priority, task_state W 15m
    how far did each picker walk today, per hour => picker, SUM(walk_meters) v FROM pick_tasks GROUP BY picker W 1h
    total order value per supervisor weekly => supervisor, SUM(order_value_usd) v FROM pick_tasks GROUP BY supervisor W 7d
    fastest and slowest pick per zone => zone, MIN(pick_seconds) a, MAX(pick_seconds) b FROM pick_tasks GROUP BY zone
    distinct skus handled by each picker => picker, COUNT(DISTINCT sku) n FROM pick_tasks GROUP BY picker
    robot assisted vs manual: average pick seconds => robot_assisted, AVG(pick_seconds) v FROM pick_tasks GROUP BY robot_assisted
    p90 of walking distance per zone per hour => zone, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY walk_meters) v FROM pick_tasks GROUP BY zone W 1h
    [ratio]
    damage rate per zone => zone, 1.0 * SUM(CASE WHEN damaged = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM pick_tasks GROUP BY zone
    fill rate: quantity picked divided by quantity requested per sku => sku, 1.0 * SUM(qty_picked) / SUM(qty_requested) v FROM pick_tasks GROUP BY sku
    percentage of urgent tasks finished in under 60 seconds per picker => picker, 100.0 * SUM(CASE WHEN pick_seconds < 60 THEN 1 ELSE 0 END) / COUNT(*) v FROM pick_tasks WHERE priority = 'urgent' GROUP BY picker
    meters walked per unit picked by picker => picker, 1.0 * SUM(walk_meters) / SUM(qty_picked) v FROM pick_tasks GROUP BY picker
    [join]
    hazardous items picked without a robot => t.* FROM pick_tasks t JOIN stock_items s ON t.sku = s.sku WHERE s.hazardous = TRUE AND t.robot_assisted = FALSE
    units picked by category per hour => s.category, SUM(t.qty_picked) v FROM pick_tasks t JOIN stock_items s ON t.sku = s.sku GROUP BY s.category W 1h
    shorts per supplier per day => s.supplier, COUNT(*) n FROM pick_tasks t JOIN stock_items s ON t.sku = s.sku WHERE t.task_state = 'short' GROUP BY s.supplier W 1d
    [topn]
    10 most picked skus a day => sku, SUM(qty_picked) v FROM pick_tasks GROUP BY sku W 1d ORDER BY v DESC LIMIT 10
    which picker is the fastest on average each hour => picker, AVG(pick_seconds) v FROM pick_tasks GROUP BY picker W 1h ORDER BY v ASC LIMIT 1
    [having]
    pickers with at least 3 damaged tasks per day => picker, COUNT(*) n FROM pick_tasks WHERE damaged = TRUE GROUP BY picker W 1d HAVING COUNT(*) >= 3
    zones averaging more than 90 seconds per pick => zone, AVG(pick_seconds) v FROM pick_tasks GROUP BY zone HAVING AVG(pick_seconds) > 90
    [edit]
    ~ picker, COUNT(*) n FROM pick_tasks GROUP BY picker W 1h
    without cancelled ones => picker, COUNT(*) n FROM pick_tasks WHERE task_state != 'cancelled' GROUP BY picker W 1h
    break it down by zone as well => picker, zone, COUNT(*) n FROM pick_tasks GROUP BY picker, zone W 1h
    make it daily => picker, COUNT(*) n FROM pick_tasks GROUP BY picker W 1d
    only those above 50 => picker, COUNT(*) n FROM pick_tasks GROUP BY picker W 1h HAVING COUNT(*) > 50
    [clarify]
    which picker do you like => ?
    tasks by gender => ?
    `,
  ),
};
