import { closeDatabases } from "@/lib/access";
import { signerEnv, systemClock } from "@/lib/platform";
import { recoverSales } from "./vault/recover";
import { settleKeyFile } from "./vault/reseal";

// The command line behind `npm run recover`: in the signer's place, after a restore.

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<void> {
  const { SIGNER_FOLDER, SIGNER_KEK_FILE } = signerEnv();
  const ring = await settleKeyFile(SIGNER_KEK_FILE);
  const now = systemClock.now();
  const { lost, isLossKnown, organizations, raised } = await recoverSales({
    folder: SIGNER_FOLDER,
    ring,
    now,
  });
  for (const { organizationId, chain, sequence } of lost) {
    say(`${organizationId}  lost  entries of chain ${chain} up to ${sequence}`);
  }
  if (!isLossKnown) say("What was lost is not known: there was no file of heads to compare with.");
  if (isLossKnown && lost.length === 0) say("No entry of the journal was lost.");
  say(`${raised} meters of ${organizations} organizations go on an hour from now.`);
  say("Sales are open: npm start.");
}

run().then(
  async () => {
    await closeDatabases();
    process.exit(0);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
    process.stderr.write("Sales stay closed. Run it again.\n");
    process.exit(1);
  },
);
