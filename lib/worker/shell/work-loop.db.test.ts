import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { enqueueDueWork, inScope } from "@/lib/access";
import type { WorkItem } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { closePools, workerPool } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { runOnce, startWorkLoop, type WorkHandler } from "./work-loop";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const clockAt = (now: Date) => ({ now: () => now });

let flat: Flat;

beforeAll(async () => {
  flat = await makeFlat(NOW);
});
// The worker sees everybody's work: what other tests left would be counted here.
beforeEach(async () => {
  await workerPool().query("DELETE FROM outbox");
  await workerPool().query("DELETE FROM due_work");
});
afterAll(closePools);

async function enqueue(count: number): Promise<readonly string[]> {
  const subjectIds = Array.from({ length: count }, () => newId());
  await inScope(flat.scope, async (tx) => {
    for (const subjectId of subjectIds) {
      await enqueueDueWork(tx, { subjectId, kind: "payment.refund", dueAt: NOW });
    }
  });
  return subjectIds;
}

async function rows() {
  const text = "SELECT subject_id, kind, attempts, due_at FROM due_work ORDER BY due_at";
  return (await workerPool().query(text)).rows;
}

const run = (handle: WorkHandler, now = NOW) => runOnce(handle, clockAt(now));

describe("one round", () => {
  it("gives a handler its item and its time, and removes what is done", async () => {
    const [subjectId] = await enqueue(1);
    const seen: [WorkItem, Date][] = [];
    expect(
      await run(async (item, now) => {
        seen.push([item, now]);
        return true;
      }),
    ).toBe(1);
    const { organizationId } = flat.scope;
    const attempts = 1;
    const item = { queue: "due_work", organizationId, subjectId, kind: "payment.refund", attempts };
    expect(seen).toEqual([[item, NOW]]);
    expect(await rows()).toEqual([]);
  });

  it("keeps the row of a handler that throws, until a later try succeeds", async () => {
    const [subjectId] = await enqueue(1);
    const fail = async () => {
      throw new Error("the provider is away");
    };
    expect(await run(fail)).toBe(1);
    expect(await rows()).toMatchObject([{ subject_id: subjectId, attempts: 1 }]);
    expect(await run(async () => true)).toBe(0);
    expect(await run(async () => true, afterSeconds(10))).toBe(1);
    expect(await rows()).toEqual([]);
  });

  it("keeps the row of what must be looked at again, less and less often", async () => {
    await enqueue(1);
    const waits: number[] = [];
    let now = NOW;
    for (const _time of Array.from({ length: 9 })) {
      await run(async () => false, now);
      const [row] = await rows();
      waits.push((row.due_at.getTime() - now.getTime()) / 1_000);
      now = row.due_at;
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600]);
  });

  it("one item's trouble does not keep the others", async () => {
    const [bad] = await enqueue(20);
    await run(async ({ subjectId }) => {
      if (subjectId === bad) throw new Error("trouble");
      return true;
    });
    expect(await rows()).toMatchObject([{ subject_id: bad }]);
  });

  it("does not remove a subject that has moved on to another kind meanwhile", async () => {
    const [subjectId = ""] = await enqueue(1);
    await run(async () => {
      const work = { subjectId, kind: "payment.poll", dueAt: afterSeconds(20) } as const;
      await inScope(flat.scope, (tx) => enqueueDueWork(tx, work));
      return true;
    });
    expect(await rows()).toMatchObject([{ kind: "payment.poll", attempts: 0 }]);
  });

  it("takes on no more than it can, and the next round takes the rest", async () => {
    await enqueue(100);
    expect(await run(async () => true)).toBe(64);
    expect(await run(async () => true)).toBe(36);
    expect(await rows()).toEqual([]);
  });
});

describe("two workers", () => {
  it("never run one item twice within its lease, however often they look", async () => {
    const subjectIds = await enqueue(200);
    const runs: string[] = [];
    const handle: WorkHandler = async ({ subjectId }) => {
      runs.push(subjectId);
      await delay(1);
      return false;
    };
    const worker = async () => {
      while ((await run(handle, afterSeconds(9))) > 0);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(runs.length).toBe(200);
    expect([...new Set(runs)].sort()).toEqual([...subjectIds].sort());
  });

  it("take over what one claimed and never brought to its end", async () => {
    await enqueue(3);
    let release: () => void = () => undefined;
    const isDead = new Promise<void>((resolve) => {
      release = resolve;
    });
    const dying = run(() => isDead.then(() => false));
    await expect.poll(async () => (await rows())[0]?.attempts).toBe(1);
    const handled = vi.fn(async () => true);
    await run(handled, afterSeconds(9));
    expect(handled).not.toHaveBeenCalled();
    await run(handled, afterSeconds(10));
    expect(handled).toHaveBeenCalledTimes(3);
    release();
    await dying;
  });
});

describe("the loop", () => {
  it("comes back by itself, and stops only when what is in hand is done", async () => {
    let finish: () => void = () => undefined;
    const isDone = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const handle = vi.fn(() => isDone.then(() => true));
    const loop = startWorkLoop(handle, clockAt(NOW));
    await enqueue(1);
    await expect.poll(() => handle.mock.calls.length, { timeout: 3_000 }).toBe(1);
    let hasStopped = false;
    const stopping = loop.stop().then(() => {
      hasStopped = true;
    });
    await delay(50);
    expect(hasStopped).toBe(false);
    finish();
    await stopping;
    expect(await rows()).toEqual([]);
    await enqueue(1);
    await delay(50);
    expect(handle).toHaveBeenCalledTimes(1);
  });
});
