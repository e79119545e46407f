import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

const PURCHASES_A_SECOND = 6;
const PHASE_SECONDS = 12;
const WRONG_SIGN_INS_A_SECOND = 200;
const MOST_WAITING = 1_000;
const REQUEST_TIMEOUT_MS = 20_000;

const post = (url: string, form: Readonly<Record<string, string>>) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });

/** A whole purchase, from the amount to the token, as a resident's browser posts it. */
async function buy(siteUrl: string, meter: string): Promise<number> {
  const start = performance.now();
  const quoted = await post(`${siteUrl}/buy`, { meter, choice: "other", amount: "500" });
  const slip = new URL(quoted.headers.get("location") ?? "", siteUrl).href;
  const paying = await post(`${slip}/pay`, {});
  const checkout = new URL(paying.headers.get("location") ?? "", siteUrl).href;
  await post(checkout, { outcome: "approve" });
  while (!(await hasToken(slip))) {
    if (performance.now() - start > REQUEST_TIMEOUT_MS) throw new Error("a purchase has no token");
    await delay(50);
  }
  return performance.now() - start;
}

async function hasToken(slip: string): Promise<boolean> {
  const page = await (await fetch(slip)).text();
  return /(?:\d{4}\D{0,40}){5}/.test(page);
}

/** Purchases at a steady pace for a phase, whatever the answers take; gives milliseconds each. */
async function buySteadily(siteUrl: string, meters: Iterator<string>): Promise<readonly number[]> {
  const begun: Promise<number>[] = [];
  for (let count = 0; count < PURCHASES_A_SECOND * PHASE_SECONDS; count++) {
    begun.push(buy(siteUrl, meters.next().value));
    await delay(1_000 / PURCHASES_A_SECOND);
  }
  return Promise.all(begun);
}

/** A child's part: wrong sign-ins, so many a second, until it is ended or its time is over. */
export async function floodSignIns(siteUrl: string): Promise<void> {
  const counts = { sent: 0, refused: 0, busy: 0, failed: 0 };
  let waiting = 0;
  const send = async (number: number) => {
    waiting++;
    counts.sent++;
    const email = `nobody-${number % 50}@acacia.example`;
    await post(`${siteUrl}/sign-in`, { email, password: `wrong ${number}` }).then(
      async (answer) => {
        await answer.text();
        counts[answer.status === 401 ? "refused" : "busy"]++;
      },
      () => counts.failed++,
    );
    waiting--;
  };
  const isOver = Date.now() + (PHASE_SECONDS + 2) * 1_000;
  let number = 0;
  for (let due = Date.now(); Date.now() < isOver; due += 1_000 / WRONG_SIGN_INS_A_SECOND) {
    if (waiting < MOST_WAITING) void send(number++);
    const rest = due - Date.now();
    if (rest > 0) await delay(rest);
  }
  process.send?.(counts);
}

async function duringFlood<T>(siteUrl: string, work: () => Promise<T>): Promise<T> {
  const [, script = ""] = process.argv;
  const child = fork(script, ["--flood", siteUrl]);
  const counted = once(child, "message");
  await delay(1_000);
  const value = await work();
  const [counts] = await counted;
  process.stderr.write(`wrong sign-ins: ${JSON.stringify(counts)}\n`);
  child.kill();
  return value;
}

/** Purchases in quiet and during 200 wrong sign-ins a second, in turns, twice each. */
export async function measureFlood(siteUrl: string, meterNumbers: readonly string[]) {
  const meters = meterNumbers.values();
  await buySteadily(siteUrl, meters);
  const idle: number[] = [];
  const flooded: number[] = [];
  for (let turn = 0; turn < 2; turn++) {
    idle.push(...(await buySteadily(siteUrl, meters)));
    flooded.push(...(await duringFlood(siteUrl, () => buySteadily(siteUrl, meters))));
  }
  return { idle, flooded };
}
