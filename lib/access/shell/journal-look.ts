import { z } from "zod";
import { workerPool } from "@/lib/platform/databases";
import { callScoped } from "./in-scope";
import { systemScope } from "./open-scopes";

/** An entry of the signer's journal that no purchase and no approved issue explains. */
export type JournalAlarm = {
  readonly organizationId: string;
  readonly chain: string;
  readonly sequence: string;
  readonly code: string;
  readonly tokenSetId: string;
};

const answerForm = z.object({
  looked: z.int(),
  alarms: z.array(
    z.object({
      chain: z.string(),
      sequence: z.string(),
      code: z.string(),
      tokenSetId: z.string(),
    }),
  ),
});

const MOST_AT_ONCE = 2_000;

/** Every organization that has a meter, by id: those for which tokens are made. */
export async function listMeterOwners(): Promise<readonly string[]> {
  const found = await workerPool().query<{ id: string }>(
    "SELECT DISTINCT belongs_to AS id FROM meter_directory ORDER BY 1",
  );
  return found.rows.map(({ id }) => id);
}

/**
 * Looks at what an organization's journal has gained since the last time. Gives the entries that
 * nothing explains; each is told once, and stands on record from then on.
 */
export async function lookAtJournal(
  organizationId: string,
  now: Date,
): Promise<readonly JournalAlarm[]> {
  const scope = systemScope(organizationId, "journal watch");
  const told: JournalAlarm[] = [];
  for (;;) {
    const asked = { most: MOST_AT_ONCE, now };
    const answer = answerForm.parse(await callScoped(scope, "journal_look", asked));
    told.push(...answer.alarms.map((alarm) => ({ organizationId, ...alarm })));
    if (answer.looked < MOST_AT_ONCE) return told;
  }
}
