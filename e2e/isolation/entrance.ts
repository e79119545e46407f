import type { Permission } from "@/lib/access/shared";

// Every way into the product and who may take it. `entrances.spec.ts` compares this list with the
// files of app/; the other specs of this folder walk it.

/** One organization's things, as an address names them. */
export type Things = {
  readonly slug: string;
  /** Somebody who is staff there. */
  readonly memberId: string;
  readonly buildingId: string;
  readonly unitId: string;
  readonly purchaseId: string;
  readonly secret: string;
  readonly endpointId: string;
  readonly checkoutId: string;
  readonly meterId: string;
  readonly meterNumber: string;
  /** A sheet that was sent. */
  readonly importId: string;
  /** A price list. */
  readonly tariffId: string;
};

/** Who is let in, and so which of the specs looks after it. */
export type Guard =
  /** Everybody: it reads nobody's data. */
  | "public"
  /** Members of the organization in the address. */
  | "staff"
  /** Members who may, by a plain post alone (people.spec.ts). */
  | "staff-post"
  /** Who holds a lease. */
  | "resident"
  /** Whoever is signed in; sends on to what is theirs, or shows them themselves. */
  | "signed-in"
  /** Who was sent a code or a link to sign in by (ways-in.spec.ts). */
  | "challenge"
  /** Who knows a purchase's secret address. */
  | "secret"
  /** Who knows a meter's number. */
  | "meter"
  /** Who was sent to this checkout. */
  | "checkout"
  /** Who can sign with an endpoint's secret. */
  | "signature"
  /** Who holds a gateway's secret (readings.spec.ts). */
  | "gateway"
  /** Who holds an API key (api.spec.ts). */
  | "api-key"
  /**
   * Who holds a one-time link: of an installation without people (production.spec.ts), or an
   * invitation of staff (people.spec.ts).
   */
  | "setup"
  /** Who holds the code of a printed invitation (residents-in.spec.ts). */
  | "invitation"
  /** Who works at a cash desk, of their own shift and its sales (cash-desk.spec.ts). */
  | "counter"
  /** A console form's action: asks for a scope of its own, and answers no address. */
  | "action";

export type Entrance = {
  /** None for a file of server actions: they are sent to the page that stands beside it. */
  readonly methods: readonly ("GET" | "POST")[];
  readonly path: (things: Things) => string;
} & (
  | { readonly guard: Exclude<Guard, "staff"> }
  /** Which permission of the matrix opens it: roles.spec.ts tries every role. */
  | {
      readonly guard: "staff";
      readonly permission: Permission;
      /** Not for a role that is limited to buildings, though it has the permission. */
      readonly isOfAll?: true;
    }
);
