/**
 * The one table of rooms. A room may import rooms of a lower rank, never one beside or above it; a
 * new room gets a rank before it gets code. The dependency rules and the tidy test read it here.
 */
export const RANKS = {
  kernel: 0,
  money: 1,
  sts: 1,
  platform: 2,
  access: 3,
  identity: 4,
  property: 4,
  tariffs: 4,
  ledger: 4,
  signer: 4,
  metering: 5,
  payments: 5,
  people: 5,
  notifications: 5,
  onboarding: 6,
  vending: 6,
  practice: 6,
  desk: 7,
  reconciliation: 7,
  dormitory: 7,
  overview: 7,
  api: 7,
  worker: 8,
} as const satisfies Readonly<Record<string, number>>;

/** From this rank on a room's front door is for the server only. */
export const FIRST_SERVER_RANK = 2;
