// Puts question.sql to DuckDB, which uses all processors: node duckdb.mjs QUESTION PAYLOAD
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Where npm put it, which is not beside this file.
const { DuckDBInstance } = createRequire(process.env.DUCKDB_FOLDER + "/")("@duckdb/node-api");
const [question, payload] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(`SET VARIABLE payload = '${payload.replaceAll("'", "''")}'`);
const result = await connection.runAndReadAll(readFileSync(question, "utf8"));
for (const row of result.getRows()) {
    console.log(JSON.stringify(row));
}
