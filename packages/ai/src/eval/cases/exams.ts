import { casesFrom, schemasFrom } from '../case.ts';

export const exams = {
  name: 'exams',
  schemas: schemasFrom(`
    exam_submissions: submission_id STRING, student_id STRING, exam_code STRING, subject STRING, question_type STRING multiple_choice|essay|code, points INTEGER, max_points INTEGER, seconds_spent INTEGER, attempts INTEGER, flagged_cheating BOOLEAN, late BOOLEAN, grader STRING, feedback STRING, grade STRING A|B|C|D|F, submitted_at TIMESTAMP
    table students: student_id STRING, school STRING, year_of_study INTEGER, country STRING, scholarship BOOLEAN
  `),
  cases: casesFrom(
    'exams',
    `
    [filter]
    late essays => * FROM exam_submissions WHERE late = TRUE AND question_type = 'essay'
    submissions with grade F in Physics => * FROM exam_submissions WHERE grade = 'F' AND subject = 'Physics'
    full marks: points equal to max points => * FROM exam_submissions WHERE points = max_points
    less than half of the max points => * FROM exam_submissions WHERE points < 0.5 * max_points
    code questions answered in under 30 seconds => * FROM exam_submissions WHERE question_type = 'code' AND seconds_spent < 30
    students who were flagged for cheating and not late => * FROM exam_submissions WHERE flagged_cheating = TRUE AND late = FALSE
    graded A or B on the first attempt => * FROM exam_submissions WHERE grade IN ('A', 'B') AND attempts = 1
    no feedback yet => * FROM exam_submissions WHERE feedback IS NULL
    took over 10 min, more than 3 attempts => * FROM exam_submissions WHERE seconds_spent > 600 AND attempts > 3
    exam code begins with MATH => * FROM exam_submissions WHERE exam_code LIKE 'MATH%'
    everything apart from multiple choice => * FROM exam_submissions WHERE question_type != 'multiple_choice'
    between 40 and 60 points => * FROM exam_submissions WHERE points BETWEEN 40 AND 60
    [aggregate]
    submissions per subject per minute => subject, COUNT(*) n FROM exam_submissions GROUP BY subject W 1m
    how many students handed in each exam => exam_code, COUNT(DISTINCT student_id) n FROM exam_submissions GROUP BY exam_code
    average points by subject and grade => subject, grade, AVG(points) v FROM exam_submissions GROUP BY subject, grade
    how much time is spent per question type on average => question_type, AVG(seconds_spent) v FROM exam_submissions GROUP BY question_type
    the quickest submission for every exam => exam_code, MIN(seconds_spent) v FROM exam_submissions GROUP BY exam_code
    number of flagged submissions by grader daily => grader, COUNT(*) n FROM exam_submissions WHERE flagged_cheating = TRUE GROUP BY grader W 1d
    total attempts per student => student_id, SUM(attempts) v FROM exam_submissions GROUP BY student_id
    standard deviation of points for each exam => exam_code, STDDEV(points) v FROM exam_submissions GROUP BY exam_code
    count of each grade per subject => subject, grade, COUNT(*) n FROM exam_submissions GROUP BY subject, grade
    [ratio]
    pass rate: share of submissions not graded F by subject => subject, 1.0 * SUM(CASE WHEN grade != 'F' THEN 1 ELSE 0 END) / COUNT(*) v FROM exam_submissions GROUP BY subject
    percentage of late submissions per exam => exam_code, 100.0 * SUM(CASE WHEN late = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM exam_submissions GROUP BY exam_code
    points as a share of max points per student => student_id, 1.0 * SUM(points) / SUM(max_points) v FROM exam_submissions GROUP BY student_id
    what fraction of essays get an A, by grader => grader, 1.0 * SUM(CASE WHEN grade = 'A' THEN 1 ELSE 0 END) / COUNT(*) v FROM exam_submissions WHERE question_type = 'essay' GROUP BY grader
    [join]
    mean points by school => s.school, AVG(e.points) v FROM exam_submissions e JOIN students s ON e.student_id = s.student_id GROUP BY s.school
    submissions from scholarship students in Kenya => e.* FROM exam_submissions e JOIN students s ON e.student_id = s.student_id WHERE s.scholarship = TRUE AND s.country = 'Kenya'
    late submissions per country every hour => s.country, COUNT(*) n FROM exam_submissions e JOIN students s ON e.student_id = s.student_id WHERE e.late = TRUE GROUP BY s.country W 1h
    [topn]
    top 10 students by total points => student_id, SUM(points) v FROM exam_submissions GROUP BY student_id W 5m ORDER BY v DESC LIMIT 10
    3 hardest exams, i.e. lowest average points, per day => exam_code, AVG(points) v FROM exam_submissions GROUP BY exam_code W 1d ORDER BY v ASC LIMIT 3
    [having]
    graders with under 20 submissions a day => grader, COUNT(*) n FROM exam_submissions GROUP BY grader W 1d HAVING COUNT(*) < 20
    exams where the average is below 50 points => exam_code, AVG(points) v FROM exam_submissions GROUP BY exam_code HAVING AVG(points) < 50
    students who submitted late more than 3 times => student_id, COUNT(*) n FROM exam_submissions WHERE late = TRUE GROUP BY student_id HAVING COUNT(*) > 3
    [rows]
    difference in points to the previous submission of the same student => student_id, submitted_at, points, points - LAG(points) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY student_id ORDER BY submitted_at) v FROM exam_submissions
    [clarify]
    who is the smartest => ?
    submissions by hair colour => ?
    alert me if attempts are unusual => ?
    `,
  ),
};
