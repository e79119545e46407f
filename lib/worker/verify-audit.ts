import { closeDatabases, verifyAudit } from "@/lib/access";
import { auditorEnv, systemClock } from "@/lib/platform";
import { signerClient } from "@/lib/signer";

// The command line behind `npm run -s verify-audit`: as the auditor, who reads every organization's
// trail and nothing personal. One line for each organization; ends with 1 when one is not as it was
// written.

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<number> {
  const { auditPublicKeyHex } = await signerClient(auditorEnv().SIGNER_SOCKET).report();
  const publicKey = Buffer.from(auditPublicKeyHex, "hex");
  let count = 0;
  let faults = 0;
  for await (const verdict of verifyAudit({ publicKey, now: systemClock.now() })) {
    const { organizationId, links, signed, endHash, fault } = verdict;
    count += 1;
    if (fault) {
      faults += 1;
      say(`${organizationId}  FAULT  ${fault.code}: ${fault.row}`);
    } else {
      const end = Buffer.from(endHash).toString("hex");
      say(`${organizationId}  ok  ${links} entries, signed up to ${signed}, end ${end}`);
    }
  }
  say(`${count} organizations, ${faults} with a fault, key ${auditPublicKeyHex}`);
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
