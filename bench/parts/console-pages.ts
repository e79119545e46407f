import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Pool } from "pg";

/** A browser of one person: keeps the cookie of the sign-in, asks one page after another. */
export type Visitor = (
  address: string,
) => Promise<{ readonly status: number; readonly html: string }>;

/** Signs in as the demo's landlord. */
export async function signInVisitor(site: string, demoFile: string): Promise<Visitor> {
  const demo: {
    signIns: readonly { who: string; email: string; password: string }[];
  } = JSON.parse(readFileSync(demoFile, "utf8"));
  const landlord = demo.signIns.find(({ who }) => who === "landlord");
  if (!landlord) throw new Error("the demo has no landlord");
  const body = new URLSearchParams({ email: landlord.email, password: landlord.password });
  const answer = await fetch(`${site}/sign-in`, { method: "POST", body, redirect: "manual" });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  if (answer.status !== 303 || !cookie) throw new Error("the landlord is not let in");
  return async (address) => {
    const page = await fetch(`${site}${address}`, { headers: { cookie }, redirect: "manual" });
    return { status: page.status, html: await page.text() };
  };
}

/** Milliseconds from asking to the last byte, for each of so many visits, one at a time. */
export async function timePage(
  visit: Visitor,
  address: string,
  visits: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < visits; turn += 1) {
    const start = performance.now();
    const { status } = await visit(address);
    if (status !== 200) throw new Error(`${address} answers ${status}`);
    times.push(performance.now() - start);
  }
  return times;
}

/** What sets the scope and frames a transaction is no question that a page asks. */
const FRAME = /(?:BEGIN|COMMIT|ROLLBACK|DEALLOCATE|set_config\('voltlet\.organization_id')/;
const SETTLE_MS = 300;

/** The statements that the web sends while a page is made, read off the server's own log. */
export async function countStatements(
  superuserUrl: string,
  logFile: string,
  work: () => Promise<unknown>,
): Promise<number> {
  const pool = new Pool({ connectionString: superuserUrl, max: 1 });
  try {
    await pool.query("ALTER SYSTEM SET log_statement = 'all'");
    await pool.query("ALTER SYSTEM SET log_line_prefix = '%u '");
    await pool.query("SELECT pg_reload_conf()");
    await delay(SETTLE_MS);
    const { size } = statSync(logFile);
    await work();
    await delay(SETTLE_MS);
    const lines = readFileSync(logFile).subarray(size).toString("utf8").split("\n");
    return lines.filter(
      (line) => /^\w+_web LOG: {2}(?:execute|statement)/.test(line) && !FRAME.test(line),
    ).length;
  } finally {
    await pool.query("ALTER SYSTEM RESET log_statement");
    await pool.query("ALTER SYSTEM RESET log_line_prefix");
    await pool.query("SELECT pg_reload_conf()");
    await pool.end();
  }
}

/** Kilobytes of script that a page loads, each file gzipped. */
export function scriptKilobytes(html: string, root: string): number {
  const named = [...html.matchAll(/"?(\/?_next\/static\/[^"\\]+\.js)/g)].map(([, name]) => name);
  const bytes = [...new Set(named)].reduce((sum, name = "") => {
    const file = path.join(root, ".next", decodeURIComponent(name).replace(/^\/?_next\//, ""));
    return sum + gzipSync(readFileSync(file)).byteLength;
  }, 0);
  return bytes / 1_000;
}

const SALES_A_PAGE = 50;

/**
 * The sale before a page of the history, as its "older" link would name it: of the page asked for,
 * or of one near the end where there are not so many.
 */
export async function findDeepSale(
  superuserUrl: string,
  organizationId: string,
  page: number,
): Promise<{ readonly after: string; readonly page: number }> {
  const pool = new Pool({ connectionString: superuserUrl, max: 1 });
  try {
    const { rows } = await pool.query<{ at: Date; id: string; behind: number }>(
      `SELECT last.paid_at AS at, last.id, n.behind FROM (SELECT least($2::int,
          count(*) * 9 / 10)::int AS behind FROM purchase WHERE organization_id = $1) n
        CROSS JOIN LATERAL (SELECT paid_at, id FROM purchase
          WHERE organization_id = $1 AND paid_at IS NOT NULL
          ORDER BY paid_at DESC, id DESC LIMIT 1 OFFSET n.behind) last`,
      [organizationId, (page - 1) * SALES_A_PAGE],
    );
    const [last] = rows;
    if (!last) throw new Error("there is no history");
    const after = `${last.at.getTime()}~${last.id}`;
    return { after, page: Math.floor(last.behind / SALES_A_PAGE) + 1 };
  } finally {
    await pool.end();
  }
}
