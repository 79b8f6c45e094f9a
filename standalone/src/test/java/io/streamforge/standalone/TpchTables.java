package io.streamforge.standalone;

import io.streamforge.testing.SqlDatabase;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The eight tables of TPC-H, in the same words for PostgreSQL and MariaDB. */
enum TpchTables {
    REGION("r_regionkey int, r_name char(25), r_comment varchar(152)", "r_regionkey"),
    NATION("n_nationkey int, n_name char(25), n_regionkey int, n_comment varchar(152)", "n_nationkey"),
    SUPPLIER(
            "s_suppkey int, s_name char(25), s_address varchar(40), s_nationkey int, s_phone char(15),"
                    + " s_acctbal decimal(15,2), s_comment varchar(101)",
            "s_suppkey"),
    CUSTOMER(
            "c_custkey int, c_name varchar(25), c_address varchar(40), c_nationkey int, c_phone char(15),"
                    + " c_acctbal decimal(15,2), c_mktsegment char(10), c_comment varchar(117)",
            "c_custkey"),
    PART(
            "p_partkey int, p_name varchar(55), p_mfgr char(25), p_brand char(10), p_type varchar(25), p_size int,"
                    + " p_container char(10), p_retailprice decimal(15,2), p_comment varchar(23)",
            "p_partkey"),
    PARTSUPP(
            "ps_partkey int, ps_suppkey int, ps_availqty int, ps_supplycost decimal(15,2), ps_comment varchar(199)",
            "ps_partkey, ps_suppkey"),
    ORDERS(
            "o_orderkey bigint, o_custkey int, o_orderstatus char(1), o_totalprice decimal(15,2), o_orderdate date,"
                    + " o_orderpriority char(15), o_clerk char(15), o_shippriority int, o_comment varchar(79)",
            "o_orderkey"),
    LINEITEM(
            "l_orderkey bigint, l_partkey int, l_suppkey int, l_linenumber int, l_quantity decimal(15,2),"
                    + " l_extendedprice decimal(15,2), l_discount decimal(15,2), l_tax decimal(15,2), l_returnflag char(1),"
                    + " l_linestatus char(1), l_shipdate date, l_commitdate date, l_receiptdate date,"
                    + " l_shipinstruct char(25), l_shipmode char(10), l_comment varchar(44)",
            "l_orderkey, l_linenumber");

    private final String columns;
    private final String key;

    TpchTables(String columns, String key) {
        this.columns = columns;
        this.key = key;
    }

    String table() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    void create(SqlDatabase database) {
        database.execute("CREATE TABLE " + table() + " (" + columns + ", PRIMARY KEY (" + key + "))");
    }

    /** Writes the table's rows, columns divided by bars. */
    void write(Path file, double scale) throws IOException {
        TpchTable<?> generated = TpchTable.getTable(table());
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (TpchEntity row : generated.createGenerator(scale, 1, 1)) {
                String line = row.toLine();
                writer.write(line, 0, line.length() - 1);
                writer.write('\n');
            }
        }
    }

    /** How many rows there are, and a sum over all values of all of them that both databases make in the same way. */
    static List<Object> content(SqlDatabase database, TpchTables table, String number) {
        String row = Arrays.stream(table.columns.split(", "))
                .map(column -> column.strip().split(" ")[0])
                .map(name -> table.columns.contains(name + " char(") ? "rtrim(" + name + ")" : name)
                .collect(Collectors.joining(", ", "concat_ws('|', ", ")"));
        String digits = "substr(md5(" + row + "), 1, 8)";
        return database
                .query("SELECT count(*), sum(" + number.formatted(digits) + ") FROM " + table.table())
                .get(0)
                .stream()
                .<Object>map(String::valueOf)
                .toList();
    }
}
