CREATE TABLE orders (id UInt32, customer UInt32, country String, net Decimal(10, 2), tags Array(String)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE prices (
  id UInt32, customer UInt32, country String, amount Decimal(10, 2), rate Float64, share Float64, mean Float32,
  quoted_at DateTime64(3), tags Array(String), payload JSON, note String, email String, written_at DateTime DEFAULT now()
) ENGINE = MergeTree ORDER BY id;
