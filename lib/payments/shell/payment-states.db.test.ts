import { Client } from "pg";
import { expect, it } from "vitest";
import { testEnv } from "@/lib/platform";
import { FIRST_STATUSES, PAYMENT_STATUSES, PAYMENT_TRANSITIONS } from "../core/payment-states";

async function checkOf(name: string): Promise<string> {
  const client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  const sql = "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = $1";
  const answer = await client.query<{ text: string }>(sql, [name]);
  await client.end();
  return answer.rows[0]?.text ?? "";
}

const quoted = (check: string) =>
  [...check.matchAll(/'([a-z_>]+)'::text/g)].map(([, word]) => word);

it("the database refuses every transition that the table of states does not have", async () => {
  const words = quoted(await checkOf("payment_event_transition_legal"));
  const listed = PAYMENT_TRANSITIONS.map(([from, to]) => `${from}>${to}`);
  expect(words.filter((word) => /\w>\w/.test(word ?? "")).toSorted()).toEqual(listed.toSorted());
  const first = words.filter((word) => !word?.includes(">"));
  expect(first.toSorted()).toEqual(FIRST_STATUSES.toSorted());
});

it("the database knows the same states as the code", async () => {
  const states = quoted(await checkOf("payment_status_known"));
  expect(states.toSorted()).toEqual(PAYMENT_STATUSES.toSorted());
});
