import { randomInt } from "node:crypto";
import { Pool } from "pg";
import { inLanes } from "./lanes";

const SCALE = 20;
const ACCOUNTS = 100_000;

/**
 * TPC-B as pgbench has it, twenty branches, as one function called with one statement: the least
 * that a client can be slowed down by. Made once; gives transactions a second.
 */
export async function measureTpcB(
  superuserUrl: string,
  run: { readonly clients: number; readonly seconds: number },
): Promise<number> {
  const pool = new Pool({ connectionString: superuserUrl, max: run.clients });
  try {
    await makeTables(pool);
    const end = performance.now() + run.seconds * 1_000;
    const start = performance.now();
    let done = 0;
    await inLanes(run.clients, async () => {
      if (performance.now() >= end) return false;
      await pool.query({
        name: "tpcb",
        text: "SELECT bench_tpcb($1, $2, $3, $4)",
        values: [
          1 + randomInt(ACCOUNTS * SCALE),
          1 + randomInt(10 * SCALE),
          1 + randomInt(SCALE),
          randomInt(10_000) - 5_000,
        ],
      });
      done += 1;
      return true;
    });
    return done / ((performance.now() - start) / 1_000);
  } finally {
    await pool.end();
  }
}

async function makeTables(pool: Pool): Promise<void> {
  const { rows } = await pool.query("SELECT to_regclass('bench_account') AS made");
  if (rows[0]?.made) return;
  for (const text of [
    `CREATE TABLE bench_branch (id int PRIMARY KEY, balance int NOT NULL, filler char(88))`,
    `CREATE TABLE bench_teller (id int PRIMARY KEY, balance int NOT NULL, filler char(84))`,
    `CREATE TABLE bench_history (teller int, branch int, account int, delta int, at timestamp,
       filler char(22))`,
    `CREATE TABLE bench_account (id int PRIMARY KEY, balance int NOT NULL, filler char(84))
       WITH (fillfactor = 100)`,
    `INSERT INTO bench_branch SELECT n, 0, '' FROM generate_series(1, ${SCALE}) n`,
    `INSERT INTO bench_teller SELECT n, 0, '' FROM generate_series(1, ${10 * SCALE}) n`,
    `INSERT INTO bench_account SELECT n, 0, '' FROM generate_series(1, ${ACCOUNTS * SCALE}) n`,
    `CREATE FUNCTION bench_tpcb(p_account int, p_teller int, p_branch int, p_delta int)
     RETURNS int LANGUAGE plpgsql AS $$
     DECLARE v_balance int;
     BEGIN
       UPDATE bench_account SET balance = balance + p_delta WHERE id = p_account;
       SELECT balance INTO v_balance FROM bench_account WHERE id = p_account;
       UPDATE bench_teller SET balance = balance + p_delta WHERE id = p_teller;
       UPDATE bench_branch SET balance = balance + p_delta WHERE id = p_branch;
       INSERT INTO bench_history VALUES (p_teller, p_branch, p_account, p_delta, now());
       RETURN v_balance;
     END $$`,
    "VACUUM ANALYZE bench_account, bench_teller, bench_branch",
  ]) {
    await pool.query(text);
  }
}
