/** Staff reach other people's data and sit at shared desks; a resident's phone is in one pocket. */
export const SESSION_KINDS = ["staff", "resident"] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a session may go unused, and how long it may be at most, however much it is used. */
export const SESSION_LIMITS: Readonly<
  Record<SessionKind, { readonly idleMs: number; readonly absoluteMs: number }>
> = {
  staff: { idleMs: 12 * HOUR_MS, absoluteMs: 7 * DAY_MS },
  resident: { idleMs: 30 * DAY_MS, absoluteMs: 180 * DAY_MS },
};

/** A session's row is written at most once in so long, however many pages are opened. */
const REFRESH_MS = 60_000;

type SessionTimes = {
  readonly kind: SessionKind;
  readonly lastSeenAt: Date;
  /** The absolute end. */
  readonly expires: Date;
};

/** Whether a session still opens anything at this moment. */
export function isSessionOpen(session: SessionTimes, now: Date): boolean {
  const idleMs = now.getTime() - session.lastSeenAt.getTime();
  return session.expires > now && idleMs < SESSION_LIMITS[session.kind].idleMs;
}

/** The absolute end of a session of this kind that began then. */
export function sessionEnd(kind: SessionKind, beganAt: Date): Date {
  return new Date(beganAt.getTime() + SESSION_LIMITS[kind].absoluteMs);
}

/** Whether it is time to write down that a session was seen. */
export function isSeenLongAgo(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= REFRESH_MS;
}

/** Null for a word that is no kind. */
export function parseSessionKind(text: string): SessionKind | null {
  return SESSION_KINDS.find((kind) => kind === text) ?? null;
}
