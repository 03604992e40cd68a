import { casesFrom, schemasFrom } from '../case.ts';

export const bloodbank = {
  name: 'bloodbank',
  schemas: schemasFrom(`
    blood_units: unit_no STRING, donor_ref STRING, blood_group STRING A+|A-|B+|B-|O+|O-|AB+|AB-, component STRING plasma|platelets|red_cells, site STRING, status STRING collected|tested|released|discarded|transfused, volume_ml INTEGER, hemoglobin FLOAT, test_positive BOOLEAN, days_to_expiry INTEGER, cooler STRING, nurse STRING, discard_reason STRING, recorded_at TIMESTAMP
    table hospitals: site STRING, region STRING, beds INTEGER, trauma_center BOOLEAN
  `),
  cases: casesFrom(
    'bloodbank',
    `
    [filter]
    units expiring in less than 3 days => * FROM blood_units WHERE days_to_expiry < 3
    discarded platelets => * FROM blood_units WHERE status = 'discarded' AND component = 'platelets'
    O- units not yet transfused => * FROM blood_units WHERE blood_group = 'O-' AND status != 'transfused'
    plasma or platelets collected at site Oulu => * FROM blood_units WHERE component IN ('plasma', 'platelets') AND status = 'collected' AND site = 'Oulu'
    hemoglobin under 12.5 => * FROM blood_units WHERE hemoglobin < 12.5
    positive tests => * FROM blood_units WHERE test_positive = TRUE
    volume up to 400 ml => * FROM blood_units WHERE volume_ml <= 400
    no discard reason although discarded => * FROM blood_units WHERE discard_reason IS NULL AND status = 'discarded'
    units in cooler C3 with 10 or more days to expiry => * FROM blood_units WHERE cooler = 'C3' AND days_to_expiry >= 10
    blood group A+ or B+ => * FROM blood_units WHERE blood_group IN ('A+', 'B+')
    [aggregate]
    collections per site per day => site, COUNT(*) n FROM blood_units WHERE status = 'collected' GROUP BY site W 1d
    units by blood group and component => blood_group, component, COUNT(*) n FROM blood_units GROUP BY blood_group, component
    total volume collected per site weekly => site, SUM(volume_ml) v FROM blood_units WHERE status = 'collected' GROUP BY site W 7d
    average hemoglobin by blood group => blood_group, AVG(hemoglobin) v FROM blood_units GROUP BY blood_group
    how many donors gave at each site per day => site, COUNT(DISTINCT donor_ref) n FROM blood_units GROUP BY site W 1d
    discards per reason per week => discard_reason, COUNT(*) n FROM blood_units WHERE status = 'discarded' GROUP BY discard_reason W 7d
    shortest time to expiry per component => component, MIN(days_to_expiry) v FROM blood_units GROUP BY component
    transfusions each day => COUNT(*) n FROM blood_units WHERE status = 'transfused' W 1d
    units handled by each nurse per hour => nurse, COUNT(*) n FROM blood_units GROUP BY nurse W 1h
    [ratio]
    discard rate per component => component, 1.0 * SUM(CASE WHEN status = 'discarded' THEN 1 ELSE 0 END) / COUNT(*) v FROM blood_units GROUP BY component
    percent of tests positive by site per week => site, 100.0 * SUM(CASE WHEN test_positive = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM blood_units GROUP BY site W 7d
    share of units with less than 5 days to expiry by blood group => blood_group, 1.0 * SUM(CASE WHEN days_to_expiry < 5 THEN 1 ELSE 0 END) / COUNT(*) v FROM blood_units GROUP BY blood_group
    ml per donor by site => site, 1.0 * SUM(volume_ml) / COUNT(DISTINCT donor_ref) v FROM blood_units GROUP BY site
    [join]
    discarded units by region per day => h.region, COUNT(*) n FROM blood_units b JOIN hospitals h ON b.site = h.site WHERE b.status = 'discarded' GROUP BY h.region W 1d
    red cells released at trauma centers => b.* FROM blood_units b JOIN hospitals h ON b.site = h.site WHERE b.component = 'red_cells' AND b.status = 'released' AND h.trauma_center = TRUE
    units at hospitals with more than 500 beds => b.* FROM blood_units b JOIN hospitals h ON b.site = h.site WHERE h.beds > 500
    [topn]
    top 3 sites by number of donors per week => site, COUNT(DISTINCT donor_ref) n FROM blood_units GROUP BY site W 7d ORDER BY n DESC LIMIT 3
    rarest blood group per day => blood_group, COUNT(*) n FROM blood_units GROUP BY blood_group W 1d ORDER BY n ASC LIMIT 1
    [having]
    sites with fewer than 10 collections a day => site, COUNT(*) n FROM blood_units WHERE status = 'collected' GROUP BY site W 1d HAVING COUNT(*) < 10
    coolers holding more than 50 units per hour => cooler, COUNT(*) n FROM blood_units GROUP BY cooler W 1h HAVING COUNT(*) > 50
    [edit]
    ~ site, COUNT(*) n FROM blood_units GROUP BY site W 1d
    only plasma => site, COUNT(*) n FROM blood_units WHERE component = 'plasma' GROUP BY site W 1d
    weekly please => site, COUNT(*) n FROM blood_units GROUP BY site W 7d
    by blood group instead of site => blood_group, COUNT(*) n FROM blood_units GROUP BY blood_group W 1d
    [clarify]
    units by zodiac sign => ?
    are we running low => ?
    [refuse]
    discard the unit 123 => no
    `,
  ),
};
