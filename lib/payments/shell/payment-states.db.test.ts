import { Client } from "pg";
import { expect, it } from "vitest";
import { testEnv } from "@/lib/platform";
import { FIRST_STATUSES, PAYMENT_STATUSES, PAYMENT_TRANSITIONS } from "../core/payment-states";

async function wordsOf(name: string): Promise<string> {
  const client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  const sql = "SELECT prosrc AS text FROM pg_proc WHERE proname = $1";
  const answer = await client.query<{ text: string }>(sql, [name]);
  await client.end();
  return answer.rows[0]?.text ?? "";
}

const quoted = (check: string) => [...check.matchAll(/'([a-z_>]+)'/g)].map(([, word]) => word);

it("the database refuses every transition that the table of states does not have", async () => {
  const words = quoted(await wordsOf("is_payment_step"));
  const listed = PAYMENT_TRANSITIONS.map(([from, to]) => `${from}>${to}`);
  expect(words.filter((word) => /\w>\w/.test(word ?? "")).toSorted()).toEqual(listed.toSorted());
  const first = words.filter((word) => !word?.includes(">"));
  expect(first.toSorted()).toEqual(FIRST_STATUSES.toSorted());
});

it("the database knows the same states as the code", async () => {
  const states = quoted(await wordsOf("is_payment_status"));
  expect(states.toSorted()).toEqual(PAYMENT_STATUSES.toSorted());
});
