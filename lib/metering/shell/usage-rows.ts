import type { Resource } from "@/lib/property/shared";
import type { usagePeriods } from "../core/usage-periods";

/** What changed on a day, so that use is read with it. */
export type UsageMark = {
  readonly day: string;
  readonly kind: "lease-began" | "lease-ended" | "meter-swapped";
  /** Of a building, in which unit. */
  readonly unitLabel: string | null;
};

/** Rows of the span and of the same before, and what stands around them. */
export type UsageRows = Pick<Parameters<typeof usagePeriods>[0], "used" | "bought" | "since"> & {
  readonly resources: readonly Resource[];
  readonly resource: Resource;
  /** The civil day from which nobody who may be seen was there; null while there is none. */
  readonly until: string | null;
  readonly marks: readonly UsageMark[];
};
