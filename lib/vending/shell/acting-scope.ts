import type { OrgScope, Scope } from "@/lib/access/shared";

/**
 * Who brings a purchase on: its buyer, its provider or the sweep. Staff do not, for a role can be
 * limited to buildings, and these steps ask for none.
 */
export type ActingScope = Exclude<Scope, OrgScope>;
