import { casesFrom, schemasFrom } from '../case.ts';

/** Applications and interviews of a company that hires; asked by recruiters, a hiring manager and a works council. */
export const recruiting = {
  name: 'recruiting',
  schemas: schemasFrom(`
    candidacies: opening STRING, candidate STRING, channel STRING jobboard|referral|agency|fair, step STRING applied|screened|offered|hired|rejected, salary_ask_eur FLOAT, years_exp INTEGER, remote BOOLEAN, visa_needed BOOLEAN, recruiter STRING, drop_reason STRING, moved_at TIMESTAMP
    interviews: opening STRING, candidate STRING, interviewer STRING, mode STRING phone|video|onsite, score INTEGER, minutes INTEGER, no_show BOOLEAN, rescheduled BOOLEAN, comments STRING, held_at TIMESTAMP
    table openings: opening STRING, department STRING, office STRING, seniority STRING junior|mid|senior, budget_eur FLOAT, urgent BOOLEAN
  `),
  cases: casesFrom(
    'recruiting',
    `
    [filter]
    referrals that were hired => * FROM candidacies WHERE channel = 'referral' AND step = 'hired'
    candidates who ask for more than 90000 and need a visa => * FROM candidacies WHERE salary_ask_eur > 90000 AND visa_needed = TRUE
    rejected with ten years of experience or more => * FROM candidacies WHERE step = 'rejected' AND years_exp >= 10
    video or phone interviews in which the candidate did not show up => * FROM interviews WHERE mode IN ('video', 'phone') AND no_show = TRUE
    interviews by Mbeki shorter than 20 minutes => * FROM interviews WHERE interviewer = 'Mbeki' AND minutes < 20
    a drop reason was given => * FROM candidacies WHERE drop_reason IS NOT NULL
    score 3 to 5, not onsite => * FROM interviews WHERE score BETWEEN 3 AND 5 AND mode != 'onsite'
    nobody wrote comments though the score was 2 or lower => * FROM interviews WHERE comments IS NULL AND score <= 2
    remote candidates of recruiter Lena except those from agencies => * FROM candidacies WHERE remote = TRUE AND recruiter = 'Lena' AND channel != 'agency'
    [aggregate]
    applications per opening and week => opening, COUNT(*) n FROM candidacies WHERE step = 'applied' GROUP BY opening W 7d
    average salary wish by channel => channel, AVG(salary_ask_eur) v FROM candidacies GROUP BY channel
    how many hires has every recruiter made per month (30 days) => recruiter, COUNT(*) n FROM candidacies WHERE step = 'hired' GROUP BY recruiter W 30d
    number of individual candidates each interviewer met, weekly => interviewer, COUNT(DISTINCT candidate) n FROM interviews GROUP BY interviewer W 7d
    total interview minutes per interviewer a week => interviewer, SUM(minutes) v FROM interviews GROUP BY interviewer W 7d
    which step is every candidate at now => candidate, LAST_VALUE(step) v FROM candidacies GROUP BY candidate
    median score for each opening => opening, MEDIAN(score) v FROM interviews GROUP BY opening
    no-shows by mode, day by day => mode, COUNT(*) n FROM interviews WHERE no_show = TRUE GROUP BY mode W 1d
    highest and lowest salary asked for per opening => opening, MAX(salary_ask_eur) a, MIN(salary_ask_eur) b FROM candidacies GROUP BY opening
    [ratio]
    what percentage of interviews is rescheduled, interviewer by interviewer => interviewer, 100.0 * SUM(CASE WHEN rescheduled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM interviews GROUP BY interviewer
    hires for every rejection, by channel => channel, 1.0 * SUM(CASE WHEN step = 'hired' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN step = 'rejected' THEN 1 ELSE 0 END), 0) v FROM candidacies GROUP BY channel
    share of candidates' entries that need a visa, per opening, monthly (30 d) => opening, 1.0 * SUM(CASE WHEN visa_needed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM candidacies GROUP BY opening W 30d
    [join]
    hires by department, per quarter of 90 days => o.department, COUNT(*) n FROM candidacies c JOIN openings o ON c.opening = o.opening WHERE c.step = 'hired' GROUP BY o.department W 90d
    who asks for more than the budget of the opening? => c.* FROM candidacies c JOIN openings o ON c.opening = o.opening WHERE c.salary_ask_eur > o.budget_eur
    average interview score per office => o.office, AVG(i.score) v FROM interviews i JOIN openings o ON i.opening = o.opening GROUP BY o.office
    rejections for senior openings by recruiter, weekly => c.recruiter, COUNT(*) n FROM candidacies c JOIN openings o ON c.opening = o.opening WHERE c.step = 'rejected' AND o.seniority = 'senior' GROUP BY c.recruiter W 7d
    [having]
    openings with fewer than 6 applications in a week => opening, COUNT(*) n FROM candidacies WHERE step = 'applied' GROUP BY opening W 7d HAVING COUNT(*) < 6
    interviewers who spend more than 600 minutes a week interviewing => interviewer, SUM(minutes) v FROM interviews GROUP BY interviewer W 7d HAVING SUM(minutes) > 600
    channels whose candidates ask for 70000 or more on average, per month of 30 days => channel, AVG(salary_ask_eur) v FROM candidacies GROUP BY channel W 30d HAVING AVG(salary_ask_eur) >= 70000
    [topn]
    5 openings that draw the most applications per week => opening, COUNT(*) n FROM candidacies WHERE step = 'applied' GROUP BY opening W 7d ORDER BY n DESC LIMIT 5
    which interviewer is strictest each month of 30 days, meaning the lowest average score => interviewer, AVG(score) v FROM interviews GROUP BY interviewer W 30d ORDER BY v ASC LIMIT 1
    [rows]
    score of an interview compared to the candidate's previous one (difference) => candidate, score - LAG(score) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY candidate ORDER BY held_at) v FROM interviews
    mean length of the ten most recent interviews of every interviewer => interviewer, AVG(minutes) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY interviewer ORDER BY held_at) v FROM interviews
    [session]
    interview marathons: interviews of one interviewer with breaks below 15 minutes make one block. how many are in a block, and how many minutes => interviewer, COUNT(*) n, SUM(minutes) v FROM interviews GROUP BY interviewer W session 15m
    [alert]
    drop me a line when an opening gets over 30 applications in a day => opening, COUNT(*) n FROM candidacies WHERE step = 'applied' GROUP BY opening W 1d
    HR should know if an interviewer has more than 5 no-shows within a week => interviewer, COUNT(*) n FROM interviews WHERE no_show = TRUE GROUP BY interviewer W 7d
    [edit]
    ~ SELECT opening, COUNT(*) AS entries FROM candidacies WHERE step = 'applied' GROUP BY opening WINDOW TUMBLING(7d) EMIT CHANGES
    hired ones, not applied => opening, COUNT(*) entries FROM candidacies WHERE step = 'hired' GROUP BY opening W 7d
    just the remote people => opening, COUNT(*) entries FROM candidacies WHERE step = 'applied' AND remote = TRUE GROUP BY opening W 7d
    broken down by channel too => opening, channel, COUNT(*) entries FROM candidacies WHERE step = 'applied' GROUP BY opening, channel W 7d
    add what they ask for on average => opening, COUNT(*) entries, AVG(salary_ask_eur) v FROM candidacies WHERE step = 'applied' GROUP BY opening W 7d
    two weeks rather than one => opening, COUNT(*) entries FROM candidacies WHERE step = 'applied' GROUP BY opening W 14d
    openings with less than 4 can go => opening, COUNT(*) entries FROM candidacies WHERE step = 'applied' GROUP BY opening W 7d HAVING COUNT(*) >= 4
    least popular first => opening, COUNT(*) entries FROM candidacies WHERE step = 'applied' GROUP BY opening W 7d ORDER BY entries ASC
    [behaviour]
    is Lena a good recruiter => ?
    applications by gender => ?
    invite candidate C12 for Monday => no
    `,
  ),
};
