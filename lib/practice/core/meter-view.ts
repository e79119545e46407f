import type { MeterRejection } from "@/lib/sts";

/** IEC 62055-41's word for it; pages say it in plain words. */
export type PracticeEntryResult = "Accept" | MeterRejection;

export type PracticeEntry = {
  readonly sequence: number;
  readonly at: Date;
  readonly result: PracticeEntryResult;
  /** Nothing for a token that was refused. */
  readonly addedWh: bigint;
};

/** A practice meter as its display shows it at an instant. */
export type PracticeMeterView = {
  readonly meterId: string;
  readonly meterNumber: string;
  readonly remainingWh: bigint;
  readonly loadWatt: number;
  readonly isLoadOn: boolean;
  /** The contact is closed: there is credit, whether or not a load draws from it. */
  readonly isSupplying: boolean;
  /** When the load will have used it up; null while nothing is drawn. */
  readonly runsOutAt: Date | null;
  /** The last five, the newest first. */
  readonly entries: readonly PracticeEntry[];
};
