import { casesFrom, schemasFrom } from '../case.ts';

export const garages = {
  name: 'garages',
  schemas: schemasFrom(`
    repair_jobs: job_no STRING, workshop STRING, car_make STRING, job_kind STRING inspection|brakes|tyres|engine, mechanic STRING, hours_worked FLOAT, parts_cost FLOAT, labour_cost FLOAT, mileage_km INTEGER, job_status STRING waiting|in_progress|finished|returned, warranty BOOLEAN, customer_waiting BOOLEAN, customer_rating INTEGER, notes STRING, closed_at TIMESTAMP
    table mechanics: mechanic STRING, certified BOOLEAN, level STRING apprentice|journeyman|master, hired_year INTEGER
  `),
  cases: casesFrom(
    'garages',
    `
    [filter]
    engine jobs that took more than 8 hours => * FROM repair_jobs WHERE job_kind = 'engine' AND hours_worked > 8
    warranty jobs still waiting => * FROM repair_jobs WHERE warranty = TRUE AND job_status = 'waiting'
    cars with over 200,000 km => * FROM repair_jobs WHERE mileage_km > 200000
    brakes or tyres for Toyota => * FROM repair_jobs WHERE job_kind IN ('brakes', 'tyres') AND car_make = 'Toyota'
    parts cost higher than labour cost => * FROM repair_jobs WHERE parts_cost > labour_cost
    jobs nobody left notes on / jobs without notes => * FROM repair_jobs WHERE notes IS NULL
    returned jobs that weren't under warranty => * FROM repair_jobs WHERE job_status = 'returned' AND warranty = FALSE
    rating of 2 or lower => * FROM repair_jobs WHERE customer_rating <= 2
    labour between 100 and 300 => * FROM repair_jobs WHERE labour_cost BETWEEN 100 AND 300
    [aggregate]
    finished jobs per workshop per day => workshop, COUNT(*) n FROM repair_jobs WHERE job_status = 'finished' GROUP BY workshop W 1d
    total hours worked by mechanic each week => mechanic, SUM(hours_worked) v FROM repair_jobs GROUP BY mechanic W 7d
    average parts cost by car make and job kind => car_make, job_kind, AVG(parts_cost) v FROM repair_jobs GROUP BY car_make, job_kind
    how many inspections does each workshop do daily => workshop, COUNT(*) n FROM repair_jobs WHERE job_kind = 'inspection' GROUP BY workshop W 1d
    returns by mechanic per week => mechanic, COUNT(*) n FROM repair_jobs WHERE job_status = 'returned' GROUP BY mechanic W 7d
    most expensive parts per workshop => workshop, MAX(parts_cost) v FROM repair_jobs GROUP BY workshop
    sum of labour and parts cost per day => SUM(labour_cost) a, SUM(parts_cost) b FROM repair_jobs W 1d
    number of mechanics active in each workshop per day => workshop, COUNT(DISTINCT mechanic) n FROM repair_jobs GROUP BY workshop W 1d
    [ratio]
    return rate per mechanic => mechanic, 1.0 * SUM(CASE WHEN job_status = 'returned' THEN 1 ELSE 0 END) / COUNT(*) v FROM repair_jobs GROUP BY mechanic
    percentage of jobs with the customer waiting, per workshop => workshop, 100.0 * SUM(CASE WHEN customer_waiting = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM repair_jobs GROUP BY workshop
    labour cost per hour worked by mechanic => mechanic, 1.0 * SUM(labour_cost) / SUM(hours_worked) v FROM repair_jobs GROUP BY mechanic
    [join]
    jobs done by apprentices on engines => r.* FROM repair_jobs r JOIN mechanics m ON r.mechanic = m.mechanic WHERE m.level = 'apprentice' AND r.job_kind = 'engine'
    average rating by level => m.level, AVG(r.customer_rating) v FROM repair_jobs r JOIN mechanics m ON r.mechanic = m.mechanic GROUP BY m.level
    hours worked by uncertified mechanics per workshop per day => r.workshop, SUM(r.hours_worked) v FROM repair_jobs r JOIN mechanics m ON r.mechanic = m.mechanic WHERE m.certified = FALSE GROUP BY r.workshop W 1d
    [topn]
    top 5 car makes by number of jobs per week => car_make, COUNT(*) n FROM repair_jobs GROUP BY car_make W 7d ORDER BY n DESC LIMIT 5
    which mechanic has the best average rating each day => mechanic, AVG(customer_rating) v FROM repair_jobs GROUP BY mechanic W 1d ORDER BY v DESC LIMIT 1
    [having]
    workshops with more than 30 jobs a day => workshop, COUNT(*) n FROM repair_jobs GROUP BY workshop W 1d HAVING COUNT(*) > 30
    mechanics who worked over 60 hours in a week => mechanic, SUM(hours_worked) v FROM repair_jobs GROUP BY mechanic W 7d HAVING SUM(hours_worked) > 60
    [clarify]
    jobs by colour => ?
    which mechanic is friendly => ?
    `,
  ),
};
