import { describe, expect, it } from "vitest";
import type { EndpointScope } from "@/lib/access/shared";
import { PUSHES_PER_MINUTE, secondsToNextPush } from "./push-rate";

const gateway = (endpointId: string) => ({ endpointId }) as EndpointScope;

describe("a gateway's pushes", () => {
  it("are let in up to the minute's rate, then told how long to wait", async () => {
    const pushes = Array.from({ length: PUSHES_PER_MINUTE }, () => secondsToNextPush(gateway("a")));
    expect((await Promise.all(pushes)).every((wait) => wait === null)).toBe(true);
    const wait = await secondsToNextPush(gateway("a"));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it("are counted for each gateway alone", async () => {
    expect(await secondsToNextPush(gateway("b"))).toBeNull();
  });
});
