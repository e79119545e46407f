import type { MembershipRole, Permission } from "./permissions";

// The five ways to data. Every use case takes one; only this room makes them, so whoever holds a
// scope has been let in. The brand keeps an object literal from passing for one.
declare const letIn: unique symbol;
type LetIn = { readonly organizationId: string; readonly [letIn]: true };

/** Where a request came from, as it says itself. Personal: kept where it can be erased. */
export type RequestOrigin = { readonly address: string; readonly userAgent: string };

/** Staff, by membership and role. */
export type OrgScope = LetIn & {
  readonly kind: "organization";
  readonly slug: string;
  readonly userId: string;
  readonly role: MembershipRole;
  readonly permissions: readonly Permission[];
  /** The buildings that the role is limited to; null where it is not limited, [] sees none. */
  readonly buildingIds: readonly string[] | null;
  readonly origin: RequestOrigin | null;
};

/** A resident: the leases the person holds, and nothing beside them. */
export type ResidentScope = LetIn & {
  readonly kind: "resident";
  readonly userId: string;
  readonly leaseIds: readonly string[];
  readonly origin: RequestOrigin | null;
};

/** Somebody who knows one meter number, or one purchase's secret address. */
export type GuestScope = LetIn & {
  readonly kind: "guest";
  readonly meterId: string | null;
  readonly purchaseId: string | null;
};

/**
 * A provider that calls us, by the endpoint it names (its signature is checked by payments); or a
 * gateway, by its secret.
 */
export type EndpointScope = LetIn & {
  readonly kind: "endpoint";
  readonly endpointId: string;
  readonly provider: string;
  /** The buildings that a gateway is limited to; null where it is not. */
  readonly buildingIds: readonly string[] | null;
};

/** Worker, sweeps and set-up, with the reason why nobody in person asked. */
export type SystemScope = LetIn & { readonly kind: "system"; readonly reason: string };

export type Scope = OrgScope | ResidentScope | GuestScope | EndpointScope | SystemScope;
