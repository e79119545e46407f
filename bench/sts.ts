import { createHmac, randomBytes } from "node:crypto";
import {
  type CreditToken,
  deriveDecoderKey,
  encodeCreditToken,
  type MeterNumber,
  parseMeterNumber,
  SecretKey,
} from "@/lib/sts";

// Credit tokens of one core, by processor time, 1,024 keys in rotation: with the decoder key ready,
// and with the key derived for each token, as a vend does that meets a meter for the first time.

const KEYS = 1_024;
const SECONDS = 1.5;

const good = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error("a benchmark's input is refused");
  return result.value;
};
const meterNumber: MeterNumber = good(parseMeterNumber("01045127071"));
const vendingKeys = Array.from({ length: KEYS }, () => new SecretKey(randomBytes(20)));
const decoderKeys = vendingKeys.map(derive);

function derive(vendingKey: SecretKey): SecretKey {
  return deriveDecoderKey(vendingKey, {
    meterNumber,
    keyType: 2,
    supplyGroupCode: "123457",
    tariffIndex: 1,
    keyRevisionNumber: 1,
    baseDate: 2014,
    encryptionAlgorithm: 11,
  });
}

function credit(decoderKey: SecretKey, index: number): CreditToken {
  const token = encodeCreditToken({
    decoderKey,
    keyType: 2,
    tokenCarrierType: 2,
    subclass: 0,
    random: index & 15,
    // Minute 00:01 of a day is reserved and refused.
    tokenIdMinutes: 1_000_000 + (index % 1_000) * 1_440 + 2,
    units: BigInt(1 + (index % 16_000)),
  });
  return good(token);
}

/** How often work can be done in a second of processor time. */
function rate(work: (index: number) => unknown): number {
  for (let index = 0; index < 2_000; index += 1) work(index);
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

const keyOf = <T>(keys: readonly T[], index: number) => keys[index % KEYS] as T;
const raw = randomBytes(20);
const block = randomBytes(49);
const hmac = rate(() => createHmac("sha256", raw).update(block).digest());
const beside = { what: "HMAC-SHA-256 of one derivation block, raw key", value: hmac };

const figures = [
  { name: "sts.credit_ea11", value: rate((i) => credit(keyOf(decoderKeys, i), i)) },
  {
    name: "sts.credit_dkga04_ea11",
    value: rate((i) => credit(derive(keyOf(vendingKeys, i)), i)),
  },
];
const TARGETS: Readonly<Record<string, number>> = {
  "sts.credit_ea11": 2_000_000,
  "sts.credit_dkga04_ea11": 350_000,
};
for (const { name, value } of figures) {
  const unit = "tokens per second of one core";
  const line = { bench: "sts", name, value, unit, target: TARGETS[name], beside };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
