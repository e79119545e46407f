import type { Loopback } from "./loopback";

/** A call as a provider makes it, ready to be settled. */
export type TownCall = {
  readonly rawBody: string;
  readonly headers: Headers;
  readonly path: readonly string[];
};

/** A provider outside, played on this machine: what a payer does there, and what it calls with. */
export type Town = Pick<Loopback, "api" | "fail" | "stop"> & {
  readonly provider: "mpesa" | "stripe" | "paystack";
  /** What an account there is typed in with. */
  readonly typed: Readonly<Record<string, string>>;
  /** The payer pays, as much as was asked for or another amount. */
  readonly pay: (attemptId: string, change?: { readonly amountMinor: bigint }) => void;
  readonly decline: (attemptId: string) => void;
  /** The call that tells of it; a stranger's is signed with something else. */
  readonly call: (
    attemptId: string,
    about: {
      readonly now: Date;
      readonly claim?: "paid" | "declined";
      readonly isForged?: boolean;
      readonly amountMinor?: bigint;
    },
  ) => TownCall;
  /** The call about a dispute; null where there are none. */
  readonly dispute: (
    attemptId: string,
    about: {
      readonly now: Date;
      readonly disputeReference: string;
      readonly state: "open" | "won" | "lost";
    },
  ) => TownCall | null;
  /** How many checkouts were opened, and how many refunds were made. */
  readonly count: () => { readonly checkouts: number; readonly refunds: number };
};
