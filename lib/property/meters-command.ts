import { parseArgs } from "node:util";
import { closeDatabases } from "@/lib/access";
import { isId, systemClock } from "@/lib/platform";
import { parseMeterNumber } from "@/lib/sts";
import { decideNumber, listNumberQueue, type NumberClaim } from "./shell/number-queue";

// The command line behind `npm run -s meters`: the operator's queue of numbers that several
// organizations claim, and the word that decides one. Ends with 1 when nothing was decided.

const USAGE = 'npm run -s meters -- verify NUMBER --for ORGANIZATION-ID --reason "…"';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function list(): Promise<number> {
  const claims = await listNumberQueue();
  if (claims.length === 0) say("No number is contested, and nobody wishes for another's.");
  for (const [meterNumber, several] of Map.groupBy(claims, (claim) => claim.meterNumber)) {
    say(meterNumber);
    for (const claim of several) say(`  ${lineOf(claim)}`);
  }
  if (claims.length > 0) say(`To decide: ${USAGE}`);
  return 0;
}

function lineOf({ organizationId, organizationName, state, since }: NumberClaim): string {
  return `${organizationId}  ${state.padEnd(9)}  since ${since.toISOString()}  ${organizationName}`;
}

async function verify(
  typed: string,
  options: { readonly for?: string | undefined; readonly reason?: string | undefined },
): Promise<number> {
  const meterNumber = parseMeterNumber(typed);
  const { for: organizationId = "", reason = "" } = options;
  if (!meterNumber.ok) return refuse(`${typed} is no meter number: ${meterNumber.error}.`);
  if (!isId(organizationId)) return refuse("--for needs the organization's id.");
  if (reason.trim() === "")
    return refuse("--reason needs the reason; it stands in the audit trail.");
  const decided = await decideNumber({
    meterNumber: meterNumber.value,
    organizationId,
    reason: reason.trim(),
    now: systemClock.now(),
  });
  if (!decided.ok) return refuse(`Nothing was changed: ${SENTENCES[decided.error]}`);
  say(SENTENCES[decided.value]);
  return 0;
}

const SENTENCES = {
  verified: "The number is proved for this organization. Every other claim on it is frozen.",
  granted:
    "The number is frozen for the others. It is proved for this organization as soon as it " +
    "registers the meter.",
  "nothing-claimed": "this organization neither claims the number nor wished for it.",
  "already-verified": "the number is proved for this organization already.",
} as const;

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { for: { type: "string" }, reason: { type: "string" } },
  });
  const [what, typed = "", ...more] = positionals;
  if (what === undefined) return list();
  if (what === "verify" && more.length === 0) return verify(typed, values);
  return Promise.resolve(refuse(`Say: ${USAGE}`));
}

run().then(
  async (code) => {
    await closeDatabases();
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
    process.exit(2);
  },
);
