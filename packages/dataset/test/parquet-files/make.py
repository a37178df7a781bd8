"""Writes the Parquet files of this folder with pyarrow 26: types and values as other writers than ours make them, one column `v` a file."""

import datetime as dt
import os
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(__file__)
NS = 1704067200123456789


def write(name, values, type, **options):
    pq.write_table(pa.table({"v": pa.array(values, type=type)}), os.path.join(here, f"{name}.parquet"), **options)


write("boolean", [True, False, None], pa.bool_())
write("int8", [-128, 127], pa.int8())
write("int64", [-(2**63), 2**53 + 1, 2**63 - 1], pa.int64())
write("uint8", [255], pa.uint8())
write("uint32", [2**32 - 1], pa.uint32())
write("uint64", [2**64 - 1, 2**64 - 2], pa.uint64())
write("float16", [1.5, -0.0, float("nan"), float("inf")], pa.float16())
write("float32", [0.1, -0.0, float("nan"), float("-inf"), None], pa.float32())
write("float64", [0.1 + 0.2, 5e-324, -0.0, float("nan"), None], pa.float64())
write("decimal-18", [Decimal("1.10"), Decimal("-0.01")], pa.decimal128(18, 2))
write("decimal-38", [Decimal("9999999999999999999999999999.9999999999")], pa.decimal128(38, 10))
write("decimal-76", [Decimal("9" * 56 + "." + "1" * 20), Decimal("-0.5"), None], pa.decimal256(76, 20))
write("text", ["a\0b", "\u2028", "", None, "x" * 1_000_000], pa.string(), compression="zstd")
write("large-text", ["a"], pa.large_string())
write("dictionary", ["a", "b", "a"], pa.dictionary(pa.int32(), pa.string()))
write("bytes", [b"\xff\x00", b""], pa.binary())
write("fixed-bytes", [b"ab\x00"], pa.binary(3))
write("date", [dt.date(1, 1, 1), dt.date(1899, 12, 31), dt.date(9999, 12, 31)], pa.date32())
write("time-millis", [1], pa.time32("ms"))
write("time-micros", [1, 86399999999], pa.time64("us"))
write("time-nanos", [1, 86399999999999, None], pa.time64("ns"))
write("timestamp-millis", [NS // 10**6, -1], pa.timestamp("ms"))
write("timestamp-micros", [NS // 1000, -62135596800000000], pa.timestamp("us"))
write("timestamp-nanos", [NS, -1, None], pa.timestamp("ns"))
write("instant-millis", [NS // 10**6], pa.timestamp("ms", tz="Europe/Paris"))
write("instant-micros", [NS // 1000], pa.timestamp("us", tz="UTC"))
write("instant-nanos", [NS, -1, None], pa.timestamp("ns", tz="UTC"))
write("int96", [NS, -1, None], pa.timestamp("ns"), use_deprecated_int96_timestamps=True)
write("int96-micros", [253402300799000000, -62135596800000000, None], pa.timestamp("us"), use_deprecated_int96_timestamps=True)
write("instant-nanos-many", [NS + i // 2 for i in range(6)], pa.timestamp("ns", tz="UTC"), row_group_size=2, data_page_version="2.0", compression="zstd")
write("time-nanos-within", [[1]], pa.list_(pa.time64("ns")))
write("duration", [5], pa.duration("us"))
write("uuid", [bytes(range(16))], pa.uuid())
write("json", ['{"b": 1.0, "a": [1e2]}', '{"a":1,"a":2}', None], pa.json_())
write("nothing", [None, None], pa.null())
write("nothings", [[], None, [None]], pa.list_(pa.null()))
write("list", [[1, None], [], None], pa.list_(pa.int32()))
write("list-of-lists", [[[1.5], None, [float("nan"), -0.0]]], pa.list_(pa.list_(pa.float64())))
write("map", [[("b", 1), ("a", None)], []], pa.map_(pa.string(), pa.int64()))
write("struct", [{"a": 1, "b": [{"x": NS}]}, {"a": None, "b": None}, None], pa.struct([("a", pa.int32()), ("b", pa.list_(pa.struct([("x", pa.timestamp("ns"))])))]))
write("struct-twins", [{"a": 1, "A": "x"}], pa.struct([("a", pa.int32()), ("A", pa.string())]))
pq.write_table(
    pa.table({"a": [[1, 2]], "d": pa.array([Decimal("-0.01")], pa.decimal256(40, 2)), "s": [{"x": "é", "y": 1}], "t": pa.array([NS], pa.timestamp("ns", tz="UTC")), "z": ["last"]}),
    os.path.join(here, "rounded-among-others.parquet"),
)
deep = pa.int32()
value = 1
for _ in range(10):
    deep, value = pa.list_(deep), [value]
write("too-deep", [value], deep)
pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["v", "V"]), os.path.join(here, "names-by-case.parquet"))
pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["v", "v"]), os.path.join(here, "names-alike.parquet"))
