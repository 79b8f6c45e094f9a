CREATE TABLE customers (
  id int unsigned AUTO_INCREMENT PRIMARY KEY,
  name varchar(100) NOT NULL
);
CREATE TABLE orders (
  id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
  customer int unsigned NOT NULL REFERENCES customers (id),
  status enum('open', 'paid', 'cancelled') NOT NULL,
  total decimal(12,2) NOT NULL,
  ordered_at datetime(3) NOT NULL,
  paid_at timestamp NULL
);
INSERT INTO customers SELECT seq, concat('customer ', seq) FROM seq_1_to_100;
INSERT INTO orders
SELECT seq, 1 + seq % 100, elt(1 + seq % 3, 'open', 'paid', 'cancelled'), seq / 8, TIMESTAMP '2026-01-01 00:00:00.250' + INTERVAL seq MINUTE,
       CASE WHEN seq % 3 = 1 THEN TIMESTAMP '2026-02-01 00:00:00' END
FROM seq_1_to_2000;
