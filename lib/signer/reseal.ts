import { closeDatabases } from "@/lib/access";
import { signerEnv, systemClock } from "@/lib/platform";
import { resealKeys } from "./vault/reseal";

// The command line behind `npm run reseal`: in the signer's place, while it does not run.

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<void> {
  const { SIGNER_KEK_FILE } = signerEnv();
  const { keys, formerFile } = await resealKeys(SIGNER_KEK_FILE, { now: systemClock.now() });
  say(`${keys} vending keys are sealed under a new key-encryption key: ${SIGNER_KEK_FILE}`);
  say(`The former one opens backups from before. Keep it with them, and not here: ${formerFile}`);
}

run().then(
  async () => {
    await closeDatabases();
    process.exit(0);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
    process.stderr.write("Nothing was changed, or npm start finishes it.\n");
    process.exit(1);
  },
);
