import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import {
  type BlockCipher,
  encodeCreditToken,
  encodeKeyChange,
  type KeyType,
  type MeterNumber,
  type NewKey,
  parseMeterNumber,
  type ReadyVendingKey,
  readyVendingKey,
  SecretKey,
  tokenCipher,
} from "@/lib/sts";

// STS of one core, by processor time, 1,024 keys in rotation: with the decoder key ready, and with
// the key derived for each token, as a vend does that meets a meter for the first time.

const KEYS = 1_024;
const SECONDS = 1.5;
const CLI_LINES = 100_000;

const good = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error("a benchmark's input is refused");
  return result.value;
};
const many = <T>(make: () => T): readonly T[] => Array.from({ length: KEYS }, make);
const of = <T>(keys: readonly T[], index: number) => keys[index % KEYS] as T;
const secret = (length: number) => new SecretKey(randomBytes(length));

const meterNumber: MeterNumber = good(parseMeterNumber("01045127071"));
const vending04 = many(() => good(readyVendingKey(secret(20), 4)));
const vending02 = many(() => good(readyVendingKey(secret(8), 2)));
const ciphers11 = many(() => tokenCipher(secret(16)));
const ciphers07 = many(() => tokenCipher(secret(8)));
const newKeys = many(() => secret(16));

function derive(ready: ReadyVendingKey, encryptionAlgorithm: 7 | 11, revision = 1): SecretKey {
  return ready.derive({
    ...{ meterNumber, keyType: 2 as KeyType, supplyGroupCode: "123457", tariffIndex: 1 },
    ...{ keyRevisionNumber: revision, baseDate: 2014, encryptionAlgorithm },
  });
}

function credit(decoderKey: SecretKey | BlockCipher, index: number): string {
  const made = encodeCreditToken({
    decoderKey,
    keyType: 2,
    tokenCarrierType: 2,
    subclass: 0,
    random: index & 15,
    // Minute 00:01 of a day is reserved and refused.
    tokenIdMinutes: 1_000_000 + (index % 1_000) * 1_440 + 2,
    units: BigInt(1 + (index % 16_000)),
  });
  return good(made).token;
}

function keyChange(cipher: BlockCipher, decoderKey: SecretKey, index: number): unknown {
  const newKey: NewKey = {
    ...{ decoderKey, keyExpiryNumber: 255, keyRevisionNumber: 1 + (index % 9) },
    ...{ keyType: 2, tariffIndex: index % 100, supplyGroupCode: "123457" },
  };
  return good(encodeKeyChange(cipher, newKey, { size: 4, rollOver: false }));
}

/** How often work can be done in a second of processor time. */
function rate(work: (index: number) => unknown): number {
  for (let index = 0; index < 20_000; index += 1) work(index);
  const before = process.cpuUsage();
  let done = 0;
  let seconds = 0;
  while (seconds < SECONDS) {
    for (let index = 0; index < 1_000; index += 1) work(done + index);
    done += 1_000;
    const used = process.cpuUsage(before);
    seconds = (used.user + used.system) / 1e6;
  }
  return Math.round(done / seconds);
}

/** Seconds of processor time for a run of the command, its start included. */
async function commandSeconds(): Promise<number> {
  const keys = many(() => randomBytes(16).toString("hex"));
  const lines = Array.from({ length: CLI_LINES }, (_, id) => {
    const key = { ea: 11, decoderKey: of(keys, id), subclass: 0, rnd: id & 15 };
    const at = { time: "2026-03-01T12:00", baseDate: 2014, units: 1 + (id % 16_000) };
    return JSON.stringify({ id, op: "credit", ...key, ...at });
  });
  const script = "process.on('exit',()=>{const u=process.cpuUsage();";
  const report = `${script}process.stderr.write('cpu '+(u.user+u.system)+'\\n')})`;
  const hook = `data:text/javascript,${encodeURIComponent(report)}`;
  const child = spawn(process.execPath, ["--import", hook, "scripts/sts.mjs"]);
  let told = "";
  let answers = 0;
  child.stderr.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  child.stdout.on("data", (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) answers += 1;
  });
  child.stdin.end(`${lines.join("\n")}\n`);
  await new Promise((resolve) => child.once("close", resolve));
  if (answers !== CLI_LINES) throw new Error(`the command failed: ${told}`);
  return Number(/cpu (\d+)/.exec(told)?.[1] ?? Number.NaN) / 1e6;
}

const raw = randomBytes(20);
const block = randomBytes(49);
const hmac = rate(() => createHmac("sha256", raw).update(block).digest());
const beside = { what: "HMAC-SHA-256 of one derivation block, raw key", value: hmac };
const told = (name: string, value: number, unit: string, target: number) =>
  process.stdout.write(`${JSON.stringify({ bench: "sts", name, value, unit, target, beside })}\n`);

const TOKENS = "tokens per second of one core";
const SETS = "sets of four per second of one core";
told(
  "sts.credit_ea11",
  rate((i) => credit(of(ciphers11, i), i)),
  TOKENS,
  2_000_000,
);
told(
  "sts.credit_ea07",
  rate((i) => credit(of(ciphers07, i), i)),
  TOKENS,
  2_000_000,
);
const derived11 = rate((i) => credit(derive(of(vending04, i), 11), i));
told("sts.credit_dkga04_ea11", derived11, TOKENS, 350_000);
const derived07 = rate((i) => credit(derive(of(vending02, i), 7), i));
told("sts.credit_dkga02_ea07", derived07, TOKENS, 400_000);
const sets = rate((i) => keyChange(of(ciphers11, i), of(newKeys, i), i));
told("sts.key_change_sets", sets, SETS, 500_000);
const derivedSets = rate((i) => {
  const ready = of(vending04, i);
  return keyChange(tokenCipher(derive(ready, 11)), derive(ready, 11, 2), i);
});
told("sts.key_change_sets_derived", derivedSets, SETS, 110_000);
told("sts.cli_100k_cpu_s", await commandSeconds(), "seconds of processor time", 1.5);
