import { casesFrom, schemasFrom } from '../case.ts';

export const containers = {
  name: 'containers',
  schemas: schemasFrom(`
    container_moves: containerNo STRING, moveType STRING GATE_IN|GATE_OUT|LOAD|DISCHARGE|SHIFT, terminalCode STRING, vesselName STRING, craneId STRING, grossWeightKg FLOAT, isReefer BOOLEAN, reeferTempC FLOAT, dwellHours FLOAT, hazmatClass STRING, shippingLine STRING, sizeFeet INTEGER, handlingFeeUsd FLOAT, customsCleared BOOLEAN, movedAt TIMESTAMP
    table vessels: vesselName STRING, flagState STRING, capacityTeu INTEGER, operatorName STRING
  `),
  cases: casesFrom(
    'containers',
    `
    [filter]
    containers heavier than 25 tonnes / gross weight above 25 tons => * FROM container_moves WHERE grossWeightKg > 25000
    boxes with a reefer temperature warmer than -15 / reefer temp above -15 => * FROM container_moves WHERE reeferTempC > -15
    not yet customs cleared and dwelling longer than 3 days / uncleared containers that have dwelled over 72 hours => * FROM container_moves WHERE customsCleared = FALSE AND dwellHours > 72
    gate in or gate out moves => * FROM container_moves WHERE moveType IN ('GATE_IN', 'GATE_OUT')
    loads and discharges at terminal T2 => * FROM container_moves WHERE moveType IN ('LOAD', 'DISCHARGE') AND terminalCode = 'T2'
    anything but shifts / all moves except shift => * FROM container_moves WHERE moveType != 'SHIFT'
    containers with a hazmat class / hazmat class not null => * FROM container_moves WHERE hazmatClass IS NOT NULL
    Maersk or MSC containers => * FROM container_moves WHERE shippingLine IN ('Maersk', 'MSC')
    shipping line is neither Maersk nor MSC => * FROM container_moves WHERE shippingLine NOT IN ('Maersk', 'MSC')
    40 foot containers / size of 40 feet => * FROM container_moves WHERE sizeFeet = 40
    40ft reefers loaded on the vessel "Ever Given" => * FROM container_moves WHERE sizeFeet = 40 AND isReefer = TRUE AND vesselName = 'Ever Given' AND moveType = 'LOAD'
    container numbers starting with MSKU => * FROM container_moves WHERE containerNo LIKE 'MSKU%'
    fee over $500 or weight over 30000 kg => * FROM container_moves WHERE handlingFeeUsd > 500 OR grossWeightKg > 30000
    dry containers (no reefers) that stayed more than a week => * FROM container_moves WHERE isReefer = FALSE AND dwellHours > 168
    container number and dwell for crane C7 => containerNo, dwellHours FROM container_moves WHERE craneId = 'C7'
    [aggregate]
    moves per crane per hour / how many moves did each crane make per hour => craneId, COUNT(*) n FROM container_moves GROUP BY craneId W 1h
    total handling fees by shipping line daily / sum of the fees each day for each line => shippingLine, SUM(handlingFeeUsd) v FROM container_moves GROUP BY shippingLine W 1d
    average dwell time by terminal / mean dwell per terminal => terminalCode, AVG(dwellHours) v FROM container_moves GROUP BY terminalCode
    total weight discharged per vessel => vesselName, SUM(grossWeightKg) v FROM container_moves WHERE moveType = 'DISCHARGE' GROUP BY vesselName
    max dwell of reefers per terminal per day => terminalCode, MAX(dwellHours) v FROM container_moves WHERE isReefer = TRUE GROUP BY terminalCode W 1d
    distinct containers handled by each terminal every six hours => terminalCode, COUNT(DISTINCT containerNo) n FROM container_moves GROUP BY terminalCode W 6h
    count moves by type => moveType, COUNT(*) n FROM container_moves GROUP BY moveType
    average and total weight per shipping line => shippingLine, AVG(grossWeightKg) a, SUM(grossWeightKg) s FROM container_moves GROUP BY shippingLine
    median dwell hours of hazmat containers => MEDIAN(dwellHours) v FROM container_moves WHERE hazmatClass IS NOT NULL
    number of reefer moves at each terminal, hourly => terminalCode, COUNT(*) n FROM container_moves WHERE isReefer = TRUE GROUP BY terminalCode W 1h
    [ratio]
    share of reefers by shipping line => shippingLine, 1.0 * SUM(CASE WHEN isReefer = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM container_moves GROUP BY shippingLine
    what percentage of containers is customs cleared, per terminal per day => terminalCode, 100.0 * SUM(CASE WHEN customsCleared = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM container_moves GROUP BY terminalCode W 1d
    fees per container by line => shippingLine, SUM(handlingFeeUsd) / COUNT(DISTINCT containerNo) v FROM container_moves GROUP BY shippingLine
    [pivot]
    loads vs discharges per crane every hour => craneId, SUM(CASE WHEN moveType = 'LOAD' THEN 1 ELSE 0 END) a, SUM(CASE WHEN moveType = 'DISCHARGE' THEN 1 ELSE 0 END) b FROM container_moves GROUP BY craneId W 1h
    [join]
    total weight by flag state => v.flagState, SUM(m.grossWeightKg) w FROM container_moves m JOIN vessels v ON m.vesselName = v.vesselName GROUP BY v.flagState
    moves on vessels with more than 10000 TEU capacity => m.* FROM container_moves m JOIN vessels v ON m.vesselName = v.vesselName WHERE v.capacityTeu > 10000
    reefer moves per vessel operator per day => v.operatorName, COUNT(*) n FROM container_moves m JOIN vessels v ON m.vesselName = v.vesselName WHERE m.isReefer = TRUE GROUP BY v.operatorName W 1d
    [topn]
    busiest 3 cranes each hour => craneId, COUNT(*) n FROM container_moves GROUP BY craneId W 1h ORDER BY n DESC LIMIT 3
    top 5 lines by fees per day => shippingLine, SUM(handlingFeeUsd) v FROM container_moves GROUP BY shippingLine W 1d ORDER BY v DESC LIMIT 5
    [having]
    cranes making fewer than 5 moves per hour => craneId, COUNT(*) n FROM container_moves GROUP BY craneId W 1h HAVING COUNT(*) < 5
    terminals where the average dwell exceeds 48 hours => terminalCode, AVG(dwellHours) v FROM container_moves GROUP BY terminalCode HAVING AVG(dwellHours) > 48
    [edit]
    ~ terminalCode, COUNT(*) n FROM container_moves GROUP BY terminalCode W 1h
    just reefers => terminalCode, COUNT(*) n FROM container_moves WHERE isReefer = TRUE GROUP BY terminalCode W 1h
    split it by move type as well => terminalCode, moveType, COUNT(*) n FROM container_moves GROUP BY terminalCode, moveType W 1h
    keep only terminals with more than 10 => terminalCode, COUNT(*) n FROM container_moves GROUP BY terminalCode W 1h HAVING COUNT(*) > 10
    [clarify]
    alert when dwell gets too long => ?
    `,
  ),
};
