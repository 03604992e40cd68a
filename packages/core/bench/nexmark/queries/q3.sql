-- Who sells in category 10, and lives in Oregon, Idaho or California?
SELECT p.name, p.city, p.state, a.id
FROM auction a JOIN person p ON a.seller = p.id WITHIN INTERVAL '7' DAY
WHERE a.category = 10 AND p.state IN ('OR', 'ID', 'CA');
