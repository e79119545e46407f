// Every way into the product and who may take it. `entrances.spec.ts` compares this list with the
// files of app/; the other specs of this folder walk it.

/** One organization's things, as an address names them. */
export type Things = {
  readonly slug: string;
  readonly buildingId: string;
  readonly unitId: string;
  readonly purchaseId: string;
  readonly secret: string;
  readonly endpointId: string;
  readonly checkoutId: string;
  readonly meterId: string;
  readonly meterNumber: string;
};

/** Who is let in, and so which of the specs looks after it. */
export type Guard =
  /** Everybody: it reads nobody's data. */
  | "public"
  /** Members of the organization in the address. */
  | "staff"
  /** Who holds a lease. */
  | "resident"
  /** Whoever is signed in; sends on to what is theirs. */
  | "signed-in"
  /** Who knows a purchase's secret address. */
  | "secret"
  /** Who knows a meter's number. */
  | "meter"
  /** Who was sent to this checkout. */
  | "checkout"
  /** Who can sign with an endpoint's secret. */
  | "signature"
  /** Who holds the one-time link of an installation without people (production.spec.ts). */
  | "setup";

export type Entrance = {
  readonly guard: Guard;
  /** None for a file of server actions: they are sent to the page that stands beside it. */
  readonly methods: readonly ("GET" | "POST")[];
  readonly path: (things: Things) => string;
};

const GET = ["GET"] as const;
const BOTH = ["GET", "POST"] as const;
const POST = ["POST"] as const;
const ACTIONS = [] as const;

export const ENTRANCES: Readonly<Record<string, Entrance>> = {
  "app/route.tsx": { guard: "public", methods: GET, path: () => "/" },
  "app/healthz/route.ts": { guard: "public", methods: GET, path: () => "/healthz" },
  "app/readyz/route.ts": { guard: "public", methods: GET, path: () => "/readyz" },
  "app/sign-in/route.tsx": { guard: "public", methods: BOTH, path: () => "/sign-in" },
  "app/sign-out/route.ts": { guard: "public", methods: POST, path: () => "/sign-out" },
  "app/setup/[secret]/route.tsx": {
    guard: "setup",
    methods: BOTH,
    path: () => `/setup/${"x".repeat(22)}`,
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
  "app/o/[org]/page.tsx": { guard: "staff", methods: GET, path: ({ slug }) => `/o/${slug}` },
  "app/o/[org]/buildings/[building]/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}`,
  },
  "app/o/[org]/units/[unit]/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}`,
  },
  "app/o/[org]/purchases/[purchase]/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/purchases/${purchaseId}`,
  },
  "app/o/[org]/approvals/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/approvals`,
  },
  "app/o/[org]/approvals/actions.ts": {
    guard: "staff",
    methods: ACTIONS,
    path: ({ slug }) => `/o/${slug}/approvals`,
  },
  "app/o/[org]/meters/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/meters`,
  },
  "app/o/[org]/meters/new/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/meters/new`,
  },
  "app/o/[org]/meters/new/actions.ts": {
    guard: "staff",
    methods: ACTIONS,
    path: ({ slug }) => `/o/${slug}/meters/new`,
  },
  "app/o/[org]/meters/[meter]/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/meters/[meter]/actions.ts": {
    guard: "staff",
    methods: ACTIONS,
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/audit/page.tsx": {
    guard: "staff",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/audit`,
  },
  "app/(portal)/home/page.tsx": { guard: "resident", methods: GET, path: () => "/home" },
  "app/(portal)/home/purchases/[purchase]/page.tsx": {
    guard: "resident",
    methods: GET,
    path: ({ purchaseId }) => `/home/purchases/${purchaseId}`,
  },
};

/** The entrances with one of these guards, by file. */
export function entrancesOf(...guards: readonly Guard[]): readonly (Entrance & { file: string })[] {
  return Object.entries(ENTRANCES)
    .filter(([, { guard }]) => guards.includes(guard))
    .map(([file, entrance]) => ({ file, ...entrance }));
}
