import { closeDatabases } from "@/lib/access";
import { auditorEnv } from "@/lib/platform";
import { signerClient } from "./shell/client";
import { verifyJournals } from "./vault/verify-journal";

// The command line behind `npm run -s verify-journal`: as the auditor, who reads every
// organization's journal and whose each token is, and neither digits nor anything personal. One
// line for each organization; ends with 1 when one is not as it was written.

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<number> {
  const signer = signerClient(auditorEnv().SIGNER_SOCKET);
  const { journalPublicKeyHex, closedBecause } = await signer.report();
  const kept = (await signer.listKeptHeads()).map(({ sequence, hashHex, ...head }) => ({
    ...head,
    sequence: BigInt(sequence),
    hash: Buffer.from(hashHex, "hex"),
  }));
  const publicKey = Buffer.from(journalPublicKeyHex, "hex");
  let count = 0;
  let faults = 0;
  for await (const verdict of verifyJournals({ publicKey, kept })) {
    const { organizationId, entries, signed, endHash, fault } = verdict;
    count += 1;
    if (fault) {
      faults += 1;
      const row = fault.chain ? `${fault.row} of chain ${fault.chain}` : fault.row;
      say(`${organizationId}  FAULT  ${fault.code}: ${row}`);
    } else {
      const end = Buffer.from(endHash).toString("hex");
      say(`${organizationId}  ok  ${entries} entries, signed up to ${signed}, end ${end}`);
    }
  }
  if (closedBecause) say(`Sales are closed (${closedBecause}): npm run recover opens them.`);
  say(`${count} organizations, ${faults} with a fault, key ${journalPublicKeyHex}`);
  return faults === 0 ? 0 : 1;
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
