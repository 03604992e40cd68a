/**
 * `what is said => figures of the answer`. `{w}` is the window; `SUM`, `AVG`, … are of what the words stand for, `>` and so on of the last
 * figure, `^3` and `v3` rank by it.
 */
export const PLAIN_FRAMES = `
total {obj} per {k} {w} => SUM
average {m} by {k} {w} => AVG
number of {SOME} per {k} {w} => COUNT
how many different {D} per {k} {w} => DISTINCT
highest {m} of each {k} {w} => MAX
{K} with more than 20 {SOME} {w} => COUNT > 20
top 3 {K} by total {obj} {w} => SUM ^3
the 3 {K} with the fewest {N} {w} => COUNT v3
`;

export const DRESSED_FRAMES = `
how many {unit} of {obj} do the {K} {verb} {w}, one row per {k} => SUM
for the report I have to know how much {obj} each {k} {did} {w} => SUM
take all {SOME}, add up their {obj}, by {k} {w} => SUM
the sum over all {SOME} of {obj}, grouped by {k} {w} => SUM
as a visitor I would like the total {obj} of each {k} {w} => SUM
let me have total {obj} against {k} {w} => SUM
I wonder how many {SOME} we get per {k} {w} => COUNT
{X} per {k} {w} => NOTED
the number of {N} where a {x} was left, by {k} {w} => NOTED
count each {d} only once, per {k}, {w} => DISTINCT
{D} per {k}, no duplicates, counted {w} => DISTINCT
how many separate {D} appear per {k} {w} => DISTINCT
the {m} which 90 percent of the {N} stay under, per {k} {w} => P90
the 90 percent quantile of {m} by {k} {w} => P90
middle value of the {m} for every {k} {w} => MEDIAN
record high {m} per {k} {w} => MAX
{k} wise, standard deviation of the {m} of {SOME} {w} => STDDEV
per {k} {w}: count, total {obj}, average {m} => COUNT, SUM, AVG
two figures per {k} {w}: how many {N} and the total {obj} => COUNT, SUM
average {m} together with the number of {N}, by {k} {w} => AVG, COUNT
for each {k} give me both the {N} count and the total {obj} {w} => COUNT, SUM
which {K} {verb} less than 300 {unit} of {obj} {w}? => SUM < 300
{K} not reaching 300 {unit} of {obj} {w} => SUM < 300
{K} exceeding 300 {unit} of {obj} {w} => SUM > 300
{K} with an average {m} of {A} or more {w} => AVG >= 25
total {obj} per {k} {w}, leave out those under 300 {unit} => SUM >= 300
{SOME} per {k} {w}, but only where there are more than 20 => COUNT > 20
number of {SOME} by {k} {w}, minimum 20 => COUNT >= 20
{N} by {k} {w}; {K} with under 20 do not interest me => COUNT >= 20
{K} that did not even have 20 {SOME} {w} => COUNT < 20
a {k} must have had more than 20 {SOME} {w} to be shown => COUNT > 20
more than 20 {SOME} {w}: which {K}? => COUNT > 20
the average {m} is below {A} {w} at which {K}? => AVG < 25
the 3 {K} that {verb} the least {obj} {w} => SUM v3
most {SOME} {w}: which 3 {K}? => COUNT ^3
the 3 {K} with the most {SOME} {w} => COUNT ^3
out of all {K} give me the 3 with the highest total {obj} {w} => SUM ^3
list the 3 {K} that come last in total {obj} {w} => SUM v3
a ranking of {K} by total {obj} {w}, cut off after three => SUM ^3
leading 3 {K} in terms of total {obj} {w} => SUM ^3
the {k} having the highest single {m} {w} => MAX ^1
least busy {k} {w} => COUNT v1
{w}, the 3 {K} which got the most {X} => NOTED ^3
`;
