import { Pool } from "pg";
import { inLanes } from "./lanes";
import type { PaidPurchase } from "./sellers";

const LANES = 8;
const A_STATEMENT = 50;

export type ReservedSet = { readonly organizationId: string; readonly tokenSetId: string };

type Asked = {
  readonly tokenSetId: string;
  readonly randomNibbles: readonly number[];
  readonly now: Date;
};

/** Reserves for every paid purchase, as the web's role, many in a statement; gives the sets. */
export async function reserveAll(
  webUrl: string,
  paid: readonly PaidPurchase[],
  ask: () => Asked,
): Promise<readonly ReservedSet[]> {
  const pool = new Pool({ connectionString: webUrl, max: LANES });
  const sets: ReservedSet[] = [];
  const groups = [...Map.groupBy(paid, ({ organizationId }) => organizationId).values()];
  const parts = groups.flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / A_STATEMENT) }, (_, index) =>
      group.slice(index * A_STATEMENT, (index + 1) * A_STATEMENT),
    ),
  );
  const next = parts.values();
  try {
    await inLanes(LANES, async () => {
      const part = next.next().value;
      const [first] = part ?? [];
      if (!part || !first) return false;
      const { organizationId } = first;
      const asked = part.map(({ purchaseId }) => ({ purchaseId, ...ask() }));
      await pool.query({
        name: "reserve",
        text: "SELECT vend_reserve($1, p) FROM jsonb_array_elements($2::jsonb) p",
        values: [organizationId, JSON.stringify(asked)],
      });
      sets.push(...asked.map(({ tokenSetId }) => ({ organizationId, tokenSetId })));
      return true;
    });
  } finally {
    await pool.end();
  }
  // One after another, as buyers come: not organization by organization.
  return sets
    .map((set) => ({ set, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ set }) => set);
}
