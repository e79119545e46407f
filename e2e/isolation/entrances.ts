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
  /**
   * Who holds a one-time link: of an installation without people (production.spec.ts), or an
   * invitation of staff (people.spec.ts).
   */
  | "setup"
  /** Who holds the code of a printed invitation (residents-in.spec.ts). */
  | "invitation"
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

const GET = ["GET"] as const;
const BOTH = ["GET", "POST"] as const;
const POST = ["POST"] as const;

export const ENTRANCES: Readonly<Record<string, Entrance>> = {
  "app/route.tsx": { guard: "public", methods: GET, path: () => "/" },
  "app/healthz/route.ts": { guard: "public", methods: GET, path: () => "/healthz" },
  "app/readyz/route.ts": { guard: "public", methods: GET, path: () => "/readyz" },
  "app/join/route.tsx": { guard: "public", methods: BOTH, path: () => "/join" },
  "app/join/[code]/route.tsx": {
    guard: "invitation",
    methods: BOTH,
    path: () => `/join/${"0".repeat(16)}`,
  },
  "app/sign-in/route.tsx": { guard: "public", methods: BOTH, path: () => "/sign-in" },
  "app/sign-in/code/route.tsx": {
    guard: "challenge",
    methods: BOTH,
    path: () => "/sign-in/code",
  },
  "app/sign-in/link/[secret]/route.tsx": {
    guard: "challenge",
    methods: BOTH,
    path: () => `/sign-in/link/${"x".repeat(22)}`,
  },
  "app/account/route.tsx": { guard: "signed-in", methods: BOTH, path: () => "/account" },
  "app/outbox/route.tsx": { guard: "public", methods: GET, path: () => "/outbox" },
  "app/sign-out/route.ts": { guard: "public", methods: POST, path: () => "/sign-out" },
  "app/setup/[secret]/route.tsx": {
    guard: "setup",
    methods: BOTH,
    path: () => `/setup/${"x".repeat(22)}`,
  },
  "app/invitation/[secret]/route.tsx": {
    guard: "setup",
    methods: BOTH,
    path: () => `/invitation/${"x".repeat(22)}`,
  },
  "app/buy/route.tsx": { guard: "meter", methods: BOTH, path: () => "/buy" },
  "app/t/[secret]/route.tsx": {
    guard: "secret",
    methods: GET,
    path: ({ secret }) => `/t/${secret}`,
  },
  "app/t/[secret]/pay/route.ts": {
    guard: "secret",
    methods: BOTH,
    path: ({ secret }) => `/t/${secret}/pay`,
  },
  "app/practice/checkout/[endpoint]/[checkout]/route.tsx": {
    guard: "checkout",
    methods: BOTH,
    path: ({ endpointId, checkoutId }) => `/practice/checkout/${endpointId}/${checkoutId}`,
  },
  "app/practice-meter/[number]/route.tsx": {
    guard: "meter",
    methods: BOTH,
    path: ({ meterNumber }) => `/practice-meter/${meterNumber}`,
  },
  "app/api/webhooks/practice/[endpoint]/route.ts": {
    guard: "signature",
    methods: POST,
    path: ({ endpointId }) => `/api/webhooks/practice/${endpointId}`,
  },
  "app/o/page.tsx": { guard: "signed-in", methods: GET, path: () => "/o" },
  "app/o/new/page.tsx": { guard: "signed-in", methods: GET, path: () => "/o/new" },
  "app/o/new/actions.ts": { guard: "action", methods: [], path: () => "/o/new" },
  "app/o/[org]/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}`,
  },
  "app/o/[org]/buildings/[building]/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}`,
  },
  "app/o/[org]/buildings/[building]/rooms/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/rooms`,
  },
  "app/o/[org]/buildings/[building]/rooms/csv/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/rooms/csv`,
  },
  "app/o/[org]/buildings/[building]/reconciliation/page.tsx": {
    guard: "staff",
    permission: "reconciliation:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/reconciliation`,
  },
  "app/o/[org]/buildings/[building]/reconciliation/rows/page.tsx": {
    guard: "staff",
    permission: "reconciliation:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/reconciliation/rows`,
  },
  "app/o/[org]/buildings/[building]/reconciliation/csv/route.ts": {
    guard: "staff",
    permission: "reconciliation:read",
    methods: GET,
    path: ({ slug, buildingId }) =>
      `/o/${slug}/buildings/${buildingId}/reconciliation/csv?month=2026-01`,
  },
  "app/o/[org]/buildings/[building]/lights/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/lights`,
  },
  "app/o/[org]/buildings/[building]/units/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/units`,
  },
  "app/o/[org]/sales/page.tsx": {
    guard: "staff",
    permission: "sale:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/sales`,
  },
  "app/o/[org]/sales/csv/route.ts": {
    guard: "staff",
    permission: "sale:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/sales/csv`,
  },
  "app/o/[org]/search/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/search`,
  },
  "app/o/[org]/search/found/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/search/found`,
  },
  "app/o/[org]/units/[unit]/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}`,
  },
  "app/o/[org]/units/[unit]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}`,
  },
  "app/api/readings/route.ts": { guard: "gateway", methods: POST, path: () => "/api/readings" },
  "app/o/[org]/readings/page.tsx": {
    guard: "staff",
    permission: "reading:write",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/readings`,
  },
  "app/o/[org]/readings/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/readings`,
  },
  "app/o/[org]/readings/waiting/page.tsx": {
    guard: "staff",
    permission: "reading:write",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/readings/waiting`,
  },
  "app/o/[org]/readings/waiting/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/readings/waiting`,
  },
  "app/o/[org]/readings/gateways/page.tsx": {
    guard: "staff",
    permission: "gateway:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/readings/gateways`,
  },
  "app/o/[org]/readings/gateways/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/readings/gateways`,
  },
  "app/o/[org]/readings/round/[building]/page.tsx": {
    guard: "staff",
    permission: "reading:write",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/readings/round/${buildingId}`,
  },
  "app/o/[org]/readings/round/[building]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, buildingId }) => `/o/${slug}/readings/round/${buildingId}`,
  },
  "app/o/[org]/usage/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/usage`,
  },
  "app/o/[org]/buildings/[building]/usage/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/usage`,
  },
  "app/o/[org]/units/[unit]/usage/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}/usage`,
  },
  "app/o/[org]/units/[unit]/invitation/page.tsx": {
    guard: "staff",
    permission: "resident:invite",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}/invitation`,
  },
  "app/o/[org]/units/[unit]/invitation/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}/invitation`,
  },
  "app/o/[org]/purchases/[purchase]/page.tsx": {
    guard: "staff",
    permission: "sale:read",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/purchases/${purchaseId}`,
  },
  "app/o/[org]/approvals/page.tsx": {
    guard: "staff",
    permission: "approval:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/approvals`,
  },
  "app/o/[org]/approvals/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/approvals`,
  },
  "app/o/[org]/meters/page.tsx": {
    guard: "staff",
    permission: "meter:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/meters`,
  },
  "app/o/[org]/meters/new/page.tsx": {
    guard: "staff",
    permission: "meter:manage",
    isOfAll: true,
    methods: GET,
    path: ({ slug }) => `/o/${slug}/meters/new`,
  },
  "app/o/[org]/meters/new/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/meters/new`,
  },
  "app/o/[org]/meters/[meter]/page.tsx": {
    guard: "staff",
    permission: "meter:manage",
    methods: GET,
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/meters/[meter]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/import/page.tsx": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/import`,
  },
  "app/o/[org]/import/upload/route.ts": {
    guard: "staff-post",
    methods: POST,
    path: ({ slug }) => `/o/${slug}/import/upload`,
  },
  "app/o/[org]/import/sample/[file]/route.ts": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/import/sample/apartments.csv`,
  },
  "app/o/[org]/import/[batch]/page.tsx": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug, importId }) => `/o/${slug}/import/${importId}`,
  },
  "app/o/[org]/import/[batch]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, importId }) => `/o/${slug}/import/${importId}`,
  },
  "app/o/[org]/export/route.ts": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/export`,
  },
  "app/o/[org]/audit/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/audit`,
  },
  "app/o/[org]/audit/page.tsx": {
    guard: "staff",
    permission: "audit:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/audit`,
  },
  "app/o/[org]/people/page.tsx": {
    guard: "staff",
    permission: "member:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/people`,
  },
  "app/o/[org]/people/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/people`,
  },
  "app/o/[org]/people/[user]/page.tsx": {
    guard: "staff",
    permission: "member:manage",
    methods: GET,
    path: ({ slug, memberId }) => `/o/${slug}/people/${memberId}`,
  },
  "app/o/[org]/people/[user]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, memberId }) => `/o/${slug}/people/${memberId}`,
  },
  "app/o/[org]/people/leave/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/people/leave`,
  },
  "app/o/[org]/people/leave/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/people/leave`,
  },
  "app/o/[org]/people/roles/page.tsx": {
    guard: "staff",
    permission: "role:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/people/roles`,
  },
  "app/o/[org]/settings/page.tsx": {
    guard: "staff",
    permission: "organization:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/settings`,
  },
  "app/o/[org]/settings/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/settings`,
  },
  "app/o/[org]/support/end/route.ts": {
    guard: "staff-post",
    methods: POST,
    path: ({ slug }) => `/o/${slug}/support/end`,
  },
  "app/(portal)/home/actions.ts": { guard: "action", methods: [], path: () => "/home" },
  "app/(portal)/home/page.tsx": { guard: "resident", methods: GET, path: () => "/home" },
  "app/(portal)/home/purchases/[purchase]/page.tsx": {
    guard: "resident",
    methods: GET,
    path: ({ purchaseId }) => `/home/purchases/${purchaseId}`,
  },
  "app/(portal)/home/usage/route.ts": {
    guard: "resident",
    methods: GET,
    path: () => "/home/usage",
  },
};

/** What staff open, each with the permission that opens it. */
export function staffEntrances() {
  return Object.entries(ENTRANCES).flatMap(([file, entrance]) =>
    entrance.guard === "staff" ? [{ file, ...entrance }] : [],
  );
}

/** The entrances with one of these guards, by file. */
export function entrancesOf(...guards: readonly Guard[]): readonly (Entrance & { file: string })[] {
  return Object.entries(ENTRANCES)
    .filter(([, { guard }]) => guards.includes(guard))
    .map(([file, entrance]) => ({ file, ...entrance }));
}
