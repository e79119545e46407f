import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { newId } from "@/lib/platform";
import { signerClient } from "@/lib/signer";
import { percentile, tellFigure } from "./parts/figure";
import { timeEach } from "./parts/lanes";
import { reserveAll } from "./parts/reservations";
import { loadSellers, makePaid } from "./parts/sellers";

// What a token costs in the signer: through its socket, with its journal and the file of heads on
// the disk, sixteen at a time. Reservations are made before and are not timed. `--tokens N` and
// `--runs N` make it smaller or longer.

const bench = "signer";
const CLIENTS = 16;
const ORGANIZATIONS = 16;
const {
  DATABASE_URL_SUPERUSER: superuser = "",
  DATABASE_URL_WEB: web = "",
  SIGNER_SOCKET: socket = "",
  VOLTLET_RUN: run = "",
} = process.env;

function numberFrom(name: string, usual: number): number {
  const args = process.argv.slice(2);
  const named = Number(args[args.indexOf(`--${name}`) + 1]);
  return args.includes(`--${name}`) && named > 0 ? named : usual;
}

const TOKENS = numberFrom("tokens", 20_000);
const RUNS = numberFrom("runs", 3);
const issuer = signerClient(socket);

/** The worker would look at what is sold meanwhile, on the same two cores: it stands still. */
function holdWorker(signal: "SIGSTOP" | "SIGCONT"): void {
  const [pid] = readFileSync(path.join(run, "worker.pid"), "utf8").split("\n");
  process.kill(Number(pid), signal);
}

/** Processor seconds that the signer has used, of one core. */
function signerSeconds(): number {
  const [pid] = readFileSync(path.join(run, "signer.pid"), "utf8").split("\n");
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function measure(): Promise<void> {
  if (!superuser || !web || !socket) throw new Error("run it with npm run -s bench signer");
  holdWorker("SIGSTOP");
  try {
    const size = { organizations: ORGANIZATIONS, metersEach: Math.ceil(TOKENS / ORGANIZATIONS) };
    const sellers = await loadSellers(superuser, issuer, { name: "spread", ...size });
    const rates: number[] = [];
    const p99s: number[] = [];
    let usedSeconds = 0;
    for (let turn = 0; turn < RUNS; turn += 1) {
      const paid = await makePaid(superuser, sellers, TOKENS);
      const sets = await reserveAll(web, paid, () => ({
        tokenSetId: newId(),
        randomNibbles: [randomInt(16)],
        now: new Date(),
      }));
      const before = signerSeconds();
      const timed = await timeEach(sets, CLIENTS, async ({ organizationId, tokenSetId }) => {
        const [outcome] = await issuer.issue({ organizationId, tokenSetIds: [tokenSetId] });
        if (outcome?.outcome !== "issued") throw new Error(`a set ended ${outcome?.outcome}`);
      });
      usedSeconds = signerSeconds() - before;
      rates.push(timed.perSecond);
      p99s.push(percentile(timed.timesMs, 99));
    }
    const value = percentile(rates, 50);
    const what = "tokens a second of the signer's own processor time, in the last run";
    const beside = { what, value: TOKENS / usedSeconds };
    tellFigure({ bench, name: "signer.tokens", value, unit: "tokens/s", target: 6_000, beside });
    tellFigure({
      bench,
      name: "signer.tokens_p99_ms",
      value: percentile(p99s, 50),
      unit: "ms",
      target: 10,
      beside: { what: "tokens a second in the same runs", value },
    });
  } finally {
    holdWorker("SIGCONT");
  }
}

await measure();

process.exit(0);
