CREATE SCHEMA shop;
CREATE TYPE shop.status AS ENUM ('open', 'paid', 'cancelled');
CREATE TABLE shop.orders (
  id bigint PRIMARY KEY,
  customer uuid NOT NULL,
  status shop.status NOT NULL,
  total numeric(12,2) NOT NULL,
  lines jsonb,
  tags text[],
  ordered_at timestamptz NOT NULL,
  delivered_on date
);
INSERT INTO shop.orders
SELECT i, md5(i::text)::uuid, (ARRAY['open', 'paid', 'cancelled']::shop.status[])[1 + i % 3], i / 7.0,
       jsonb_build_object('item', i % 10, 'count', 1 + i % 4), ARRAY['web', 'de'],
       TIMESTAMPTZ '2026-01-01 00:00:00+00' + i * INTERVAL '1 minute',
       CASE WHEN i % 3 = 1 THEN DATE '2026-02-01' END
FROM generate_series(1, 3000) AS i;
