import { casesFrom, schemasFrom } from '../case.ts';

/** Flat listings and viewings; asked by an estate agent, a tenants' adviser and a city statistician. */
export const rentals = {
  name: 'rentals',
  schemas: schemasFrom(`
    listings: portal STRING, district STRING, rooms INTEGER, area_sqm FLOAT, rent_eur FLOAT, deposit_eur FLOAT, furnished BOOLEAN, pets_ok BOOLEAN, heating STRING gas|oil|district|pump, agency STRING, floor_no INTEGER, posted_at TIMESTAMP
    viewings: agency STRING, agent STRING, district STRING, applicants INTEGER, income_eur FLOAT, outcome STRING signed|declined|waiting, minutes INTEGER, complaint STRING, viewed_at TIMESTAMP
    table agencies: agency STRING, city STRING, founded INTEGER, licensed BOOLEAN
  `),
  cases: casesFrom(
    'rentals',
    `
    [filter]
    furnished flats under 1200 euros => * FROM listings WHERE furnished = TRUE AND rent_eur < 1200
    listings with 3 rooms or more where pets are ok => * FROM listings WHERE rooms >= 3 AND pets_ok = TRUE
    gas or oil heating in Neustadt => * FROM listings WHERE heating IN ('gas', 'oil') AND district = 'Neustadt'
    flats between 50 and 70 square metres, not from the portal Homely => * FROM listings WHERE area_sqm BETWEEN 50 AND 70 AND portal != 'Homely'
    declined viewings with over 30 applicants => * FROM viewings WHERE applicants > 30 AND outcome = 'declined'
    the deposit is higher than the rent => * FROM listings WHERE deposit_eur > rent_eur
    viewings that drew a complaint => * FROM viewings WHERE complaint IS NOT NULL
    listings without an agency => * FROM listings WHERE agency IS NULL
    [aggregate]
    average rent by district, weekly => district, AVG(rent_eur) v FROM listings GROUP BY district W 7d
    how many flats does every portal post per day? => portal, COUNT(*) n FROM listings GROUP BY portal W 1d
    smallest and largest area offered in each district => district, MIN(area_sqm) a, MAX(area_sqm) b FROM listings GROUP BY district
    total applicants per agency and week => agency, SUM(applicants) v FROM viewings GROUP BY agency W 7d
    median income of applicants by outcome => outcome, MEDIAN(income_eur) v FROM viewings GROUP BY outcome
    number of agents who held viewings in each district, per month (30 days) => district, COUNT(DISTINCT agent) n FROM viewings GROUP BY district W 30d
    listings by number of rooms and heating => rooms, heating, COUNT(*) n FROM listings GROUP BY rooms, heating
    viewings by hour of day => EXTRACT(HOUR FROM viewed_at) h, COUNT(*) n FROM viewings GROUP BY EXTRACT(HOUR FROM viewed_at)
    [ratio]
    rent per square metre in each district: total rent divided by total area => district, 1.0 * SUM(rent_eur) / SUM(area_sqm) v FROM listings GROUP BY district
    what share of viewings ends with a signature, agent by agent => agent, 1.0 * SUM(CASE WHEN outcome = 'signed' THEN 1 ELSE 0 END) / COUNT(*) v FROM viewings GROUP BY agent
    percentage of flats that are furnished, by district and week => district, 100.0 * SUM(CASE WHEN furnished = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM listings GROUP BY district W 7d
    [join]
    average rent by city of the agency, per week => a.city, AVG(l.rent_eur) v FROM listings l JOIN agencies a ON l.agency = a.agency GROUP BY a.city W 7d
    listings of agencies without a licence => l.* FROM listings l JOIN agencies a ON l.agency = a.agency WHERE a.licensed = FALSE
    signed viewings per city for every day => a.city, COUNT(*) n FROM viewings v JOIN agencies a ON v.agency = a.agency WHERE v.outcome = 'signed' GROUP BY a.city W 1d
    [having]
    districts where the average rent is higher than 1500 in a week => district, AVG(rent_eur) v FROM listings GROUP BY district W 7d HAVING AVG(rent_eur) > 1500
    agents doing 8 viewings or more a day => agent, COUNT(*) n FROM viewings GROUP BY agent W 1d HAVING COUNT(*) >= 8
    portals that posted fewer than 25 listings in a day => portal, COUNT(*) n FROM listings GROUP BY portal W 1d HAVING COUNT(*) < 25
    [topn]
    the five dearest districts by average rent, each week => district, AVG(rent_eur) v FROM listings GROUP BY district W 7d ORDER BY v DESC LIMIT 5
    which agency had the most viewings per day => agency, COUNT(*) n FROM viewings GROUP BY agency W 1d ORDER BY n DESC LIMIT 1
    [pivot]
    signed versus declined viewings per agent, weekly => agent, SUM(CASE WHEN outcome = 'signed' THEN 1 ELSE 0 END) a, SUM(CASE WHEN outcome = 'declined' THEN 1 ELSE 0 END) b FROM viewings GROUP BY agent W 7d
    [rows]
    difference between the rent of each listing and the previous one in the same district => district, rent_eur - LAG(rent_eur) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY district ORDER BY posted_at) v FROM listings
    moving average of rent over the last 40 listings, district by district => district, AVG(rent_eur) OVER (ROWS WINDOW BUFFER 40 ROWS PARTITION BY district ORDER BY posted_at) v FROM listings
    [sliding]
    listings in the last 24 hours by district, refreshed every hour => district, COUNT(*) n FROM listings GROUP BY district W 24h/1h
    [alert]
    email me when more than 100 flats are posted in a district within a day => district, COUNT(*) n FROM listings GROUP BY district W 1d
    [edit]
    ~ SELECT district, AVG(rent_eur) AS rent FROM listings GROUP BY district WINDOW TUMBLING(7d) EMIT CHANGES
    furnished ones left out => district, AVG(rent_eur) rent FROM listings WHERE furnished = FALSE GROUP BY district W 7d
    only two rooms => district, AVG(rent_eur) rent FROM listings WHERE rooms = 2 GROUP BY district W 7d
    by agency instead => agency, AVG(rent_eur) rent FROM listings GROUP BY agency W 7d
    show the average area as well => district, AVG(rent_eur) rent, AVG(area_sqm) v FROM listings GROUP BY district W 7d
    cheapest first => district, AVG(rent_eur) rent FROM listings GROUP BY district W 7d ORDER BY rent ASC
    daily, please => district, AVG(rent_eur) rent FROM listings GROUP BY district W 1d
    [clarify]
    which flat should I take => ?
    listings by noise of the neighbours => ?
    delete the listings of Homely => no
    `,
  ),
};
