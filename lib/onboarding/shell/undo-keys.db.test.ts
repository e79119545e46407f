import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testEnv } from "@/lib/platform";

// What is deleted is looked for in every table that may point to it: without an index that goes
// further than the organization, among all its rows, for each deleted one.

const MADE = [
  "building",
  "unit",
  "bed",
  "meter",
  "meter_installation",
  "resident",
  "lease",
  "occupancy",
];

const client = new Client(testEnv().DATABASE_URL);
beforeAll(() => client.connect());
afterAll(() => client.end());

it("what an import made is looked for by an index in whatever may point to it", async () => {
  const { rows } = await client.query<{ readonly key: string }>(
    `SELECT c.conrelid::regclass || ' ' || c.conname AS key FROM pg_constraint c
      WHERE c.contype = 'f' AND c.confrelid = ANY ($1::regclass[]) AND c.conparentid = 0
        AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid
          AND i.indpred IS NULL AND i.indkey[0] = ANY (c.conkey)
          AND i.indkey[1] = ANY (c.conkey))
      ORDER BY 1`,
    [MADE],
  );
  const found = rows.map(({ key }) => key.split(" ")[0]);
  // A few rows each, however much is sold: who and what is limited to a building, and its gateways.
  expect(found).toEqual([
    "api_key_building",
    "desk_building",
    "gateway",
    "invitation_building",
    "membership_building",
  ]);
});
