import { pick, randomFrom } from "@/prisma/seed/random";

export type Victim = "web" | "worker" | "signer" | "postgres";

/**
 * A place in a sale at which a process is caught: it waits to write to a table that the test holds,
 * and is killed there. What it had asked of the database either still commits, with nobody left to
 * hear of it, or is rolled back with its connection.
 */
export type Point = {
  readonly table: "journal_entry" | "meter_key_position" | "receipt_series";
  readonly victim: Exclude<Victim, "postgres">;
  readonly orphan: "commits" | "rolls back";
};

export type Round = {
  readonly number: number;
  readonly name: string;
  /** Which of the meters are bought for, and for how much, all at once. */
  readonly sales: readonly { readonly meter: number; readonly amountText: string }[];
  readonly point: Point | null;
  /** Without a point: who is killed, and how long after the round's beginning. */
  readonly kills: readonly { readonly victim: Victim; readonly afterMs: number }[];
  /** How often whatever a process has in hand with the database is cut off, in turn. */
  readonly cuts?: number;
};

type Named = Omit<Round, "number" | "sales">;

const at = (name: string, point: Point): Named => ({
  name: `${point.victim} dies ${name}`,
  point,
  kills: [],
});

const sellers = (
  name: string,
  table: Point["table"],
  orphan: Point["orphan"],
): readonly [Named, Named] => [
  at(name, { table, victim: "web", orphan }),
  at(name, { table, victim: "worker", orphan }),
];

/** The six points, each with its variants. */
const NAMED: readonly (readonly [Named, ...Named[]])[] = [
  sellers("after the payment and before it reserved", "meter_key_position", "rolls back"),
  sellers("after it reserved and before it asked the signer", "meter_key_position", "commits"),
  [
    at("after the journal's commit and before its answer", {
      table: "journal_entry",
      victim: "signer",
      orphan: "commits",
    }),
    at("before the journal's commit", {
      table: "journal_entry",
      victim: "signer",
      orphan: "rolls back",
    }),
  ],
  [
    ...sellers("after the signer's answer and before it finished", "receipt_series", "rolls back"),
    ...sellers("after it finished and before it told anybody", "receipt_series", "commits"),
  ],
  [
    {
      name: "postgres dies while sales run",
      point: null,
      kills: [{ victim: "postgres", afterMs: 250 }],
    },
  ],
  [{ name: "connections are cut, before and after a commit", point: null, kills: [], cuts: 40 }],
];
/** After the named points, so many kills at random before they come again. */
const CHANCES = 2;

const VICTIMS = ["web", "worker", "signer", "postgres"] as const;
const AMOUNTS = ["29", "100", "250", "333", "500", "1000"] as const;
const SALES_A_ROUND = 5;
const LATEST_KILL_MS = 1_500;

/**
 * The rounds of a seed, the same every time: the six named points, each in one of its variants,
 * then some kills at random moments, and so on.
 */
export function planOf(seed: number, rounds: number, meters: number): readonly Round[] {
  const random = randomFrom(seed);
  // Each meter comes up as often as any other: a meter has sixty tokens an hour.
  let next = Math.floor(random() * meters);
  return Array.from({ length: rounds }, (_, index) => {
    const variants = NAMED[index % (NAMED.length + CHANCES)];
    const what = variants ? pick(random, variants) : chance(random);
    const sales = Array.from({ length: SALES_A_ROUND }, () => {
      next = (next + 1) % meters;
      return { meter: next, amountText: pick(random, AMOUNTS) };
    });
    return { ...what, number: index + 1, sales };
  });
}

function chance(random: () => number): Named {
  const count = random() < 0.5 ? 1 : 2;
  const kills = Array.from({ length: count }, () => ({
    victim: pick(random, VICTIMS),
    afterMs: Math.floor(random() * LATEST_KILL_MS),
  }));
  const first = [...new Map(kills.map((kill) => [kill.victim, kill])).values()];
  const name = first.map(({ victim, afterMs }) => `${victim} at ${afterMs} ms`).join(", ");
  return { name: `at random: ${name}`, point: null, kills: first };
}
