# Of all records that were read, whatever the filters, and without rounding: 1 of 1000 is 0.1%, not more.
. "$TOOLS/gate.sh"
{
    document r-0 KEY custom '["a"]'
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31; do
        for j in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32; do
            echo "{\"record_id\":\"r-$i-$j\",\"status\":\"COMPLETED\"}"
        done
    done
    for i in 1 2 3 4 5 6 7; do
        echo "{\"record_id\":\"s-$i\",\"status\":\"COMPLETED\"}"
    done
} > all.ndjson
check --max-records 0.1% all.ndjson
check --max-records 0.1% --status FAILED all.ndjson
check --max-records 0.099999% all.ndjson
check --max-records 100% all.ndjson
check --max-records 0% all.ndjson > /dev/null
for bad in 100.000001% 0.0000001% % 5%% -1% ' 5%' 1,5%; do
    check --max-records "$bad" all.ndjson
done
