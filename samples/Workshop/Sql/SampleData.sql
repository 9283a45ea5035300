-- A small shop to query. Every statement may run again: processes apply the file when they first need it.
CREATE SCHEMA IF NOT EXISTS workshop;
CREATE SCHEMA IF NOT EXISTS workshop_private;

-- The restricted roles' passwords, so that every silo of a cluster can log in as them. Readable by the product's own user alone.
CREATE TABLE IF NOT EXISTS workshop_private.readers (
    role     text PRIMARY KEY,
    password text NOT NULL
);

CREATE TABLE IF NOT EXISTS workshop.customers (
    id        integer PRIMARY KEY,
    name      text    NOT NULL,
    country   text    NOT NULL,
    joined_on date    NOT NULL
);
COMMENT ON TABLE workshop.customers IS 'Who buys';

CREATE TABLE IF NOT EXISTS workshop.products (
    id       integer       PRIMARY KEY,
    name     text          NOT NULL,
    category text          NOT NULL,
    price    numeric(10,2) NOT NULL
);
COMMENT ON TABLE workshop.products IS 'What is sold, with the price of today in euro';

CREATE TABLE IF NOT EXISTS workshop.orders (
    id          integer PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES workshop.customers (id),
    ordered_on  date    NOT NULL,
    status      text    NOT NULL
);
COMMENT ON TABLE workshop.orders IS 'One row for each order';
COMMENT ON COLUMN workshop.orders.status IS 'open, shipped or returned';

CREATE TABLE IF NOT EXISTS workshop.order_lines (
    order_id   integer NOT NULL REFERENCES workshop.orders (id),
    product_id integer NOT NULL REFERENCES workshop.products (id),
    quantity   integer NOT NULL,
    PRIMARY KEY (order_id, product_id)
);
COMMENT ON TABLE workshop.order_lines IS 'What was ordered, and how many of it';

CREATE TABLE IF NOT EXISTS workshop.saved_queries (
    name  text PRIMARY KEY,
    title text NOT NULL,
    query text NOT NULL
);
COMMENT ON TABLE workshop.saved_queries IS 'Queries worth keeping; also the resource workshop://saved-queries';

INSERT INTO workshop.customers (id, name, country, joined_on)
SELECT n, 'Customer ' || n, (ARRAY['Austria', 'Chile', 'Japan', 'Kenya', 'Norway'])[1 + n % 5], DATE '2024-01-01' + n * 9
FROM generate_series(1, 40) AS n
ON CONFLICT DO NOTHING;

INSERT INTO workshop.products (id, name, category, price)
SELECT n, (ARRAY['saw', 'plane', 'chisel', 'clamp'])[1 + n % 4] || ' no. ' || n, (ARRAY['cutting', 'shaping', 'shaping', 'holding'])[1 + n % 4], 5 + n * 3.5
FROM generate_series(1, 20) AS n
ON CONFLICT DO NOTHING;

INSERT INTO workshop.orders (id, customer_id, ordered_on, status)
SELECT n, 1 + n * 7 % 40, DATE '2025-01-01' + n, (ARRAY['shipped', 'shipped', 'open', 'shipped', 'returned'])[1 + n % 5]
FROM generate_series(1, 300) AS n
ON CONFLICT DO NOTHING;

INSERT INTO workshop.order_lines (order_id, product_id, quantity)
SELECT o, 1 + (o * 3 + l * 5) % 20, 1 + (o + l) % 4
FROM generate_series(1, 300) AS o, generate_series(1, 2) AS l
ON CONFLICT DO NOTHING;

INSERT INTO workshop.saved_queries (name, title, query) VALUES
    ('revenue-by-month', 'Revenue by month, at today''s prices', $query$
SELECT date_trunc('month', o.ordered_on)::date AS month, sum(l.quantity * p.price) AS revenue
FROM workshop.orders AS o
JOIN workshop.order_lines AS l ON l.order_id = o.id
JOIN workshop.products AS p ON p.id = l.product_id
WHERE o.status <> 'returned'
GROUP BY month
ORDER BY month$query$),
    ('best-customers', 'The ten customers who ordered most often', $query$
SELECT c.name, c.country, count(*) AS orders
FROM workshop.customers AS c
JOIN workshop.orders AS o ON o.customer_id = c.id
GROUP BY c.id
ORDER BY orders DESC, c.id
LIMIT 10$query$),
    ('returned-products', 'How often each product came back', $query$
SELECT p.name, sum(l.quantity) AS returned
FROM workshop.orders AS o
JOIN workshop.order_lines AS l ON l.order_id = o.id
JOIN workshop.products AS p ON p.id = l.product_id
WHERE o.status = 'returned'
GROUP BY p.id
ORDER BY returned DESC, p.id$query$)
ON CONFLICT DO NOTHING;
