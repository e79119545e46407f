import { describe, expect, it } from "vitest";
import {
  isSeenLongAgo,
  isSessionOpen,
  parseSessionKind,
  SESSION_LIMITS,
  sessionEnd,
} from "./session-limits";

const HOUR_MS = 3_600_000;
const began = new Date("2026-01-01T00:00:00Z");
const later = (ms: number) => new Date(began.getTime() + ms);

describe("a session", () => {
  it.each([
    ["staff", 12, 7 * 24],
    ["resident", 30 * 24, 180 * 24],
  ] as const)("of %s is idle for %i hours and lives for %i at most", (kind, idle, absolute) => {
    expect(SESSION_LIMITS[kind]).toEqual({
      idleMs: idle * HOUR_MS,
      absoluteMs: absolute * HOUR_MS,
    });
  });

  it.each(["staff", "resident"] as const)("of %s ends when it was idle too long", (kind) => {
    const { idleMs } = SESSION_LIMITS[kind];
    const session = { kind, lastSeenAt: began, expires: sessionEnd(kind, began) };
    expect(isSessionOpen(session, later(idleMs - 1))).toBe(true);
    expect(isSessionOpen(session, later(idleMs))).toBe(false);
  });

  it.each(["staff", "resident"] as const)("of %s ends at last, used or not", (kind) => {
    const { absoluteMs } = SESSION_LIMITS[kind];
    const session = { kind, lastSeenAt: later(absoluteMs - 1), expires: sessionEnd(kind, began) };
    expect(isSessionOpen(session, later(absoluteMs - 1))).toBe(true);
    expect(isSessionOpen(session, later(absoluteMs))).toBe(false);
  });

  it("is written down as seen once a minute", () => {
    expect(isSeenLongAgo(began, later(59_999))).toBe(false);
    expect(isSeenLongAgo(began, later(60_000))).toBe(true);
  });

  it.each(["", "support", "toString"])("has no kind %j", (text) => {
    expect(parseSessionKind(text)).toBeNull();
  });
});
