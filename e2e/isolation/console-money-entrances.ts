import type { Entrance } from "./entrance";

const GET = ["GET"] as const;

/** Of the console's what is about prices, money and papers, and who may take it. */
export const CONSOLE_MONEY_ENTRANCES: Readonly<Record<string, Entrance>> = {
  "app/o/[org]/ledger/page.tsx": {
    guard: "staff",
    permission: "ledger:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/ledger`,
  },
  "app/o/[org]/ledger/csv/route.ts": {
    guard: "staff",
    permission: "ledger:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/ledger/csv`,
  },
  "app/o/[org]/ledger/[account]/page.tsx": {
    guard: "staff",
    permission: "ledger:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/ledger/wallet`,
  },
  "app/o/[org]/ledger/[account]/csv/route.ts": {
    guard: "staff",
    permission: "ledger:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/ledger/wallet/csv`,
  },
  "app/o/[org]/ledger/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/ledger`,
  },
  "app/o/[org]/desk/page.tsx": {
    guard: "staff",
    permission: "desk:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/desk`,
  },
  "app/o/[org]/desk/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/desk`,
  },
  "app/o/[org]/desk/sales/[purchase]/page.tsx": {
    guard: "counter",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/desk/sales/${purchaseId}`,
  },
  "app/o/[org]/desk/sales/[purchase]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, purchaseId }) => `/o/${slug}/desk/sales/${purchaseId}`,
  },
  "app/o/[org]/desk/sales/[purchase]/[form]/route.ts": {
    guard: "counter",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/desk/sales/${purchaseId}/print`,
  },
  "app/o/[org]/desk/shifts/[shift]/page.tsx": {
    guard: "counter",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/desk/shifts/${purchaseId}`,
  },
  "app/o/[org]/desk/shifts/[shift]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, purchaseId }) => `/o/${slug}/desk/shifts/${purchaseId}`,
  },
  "app/o/[org]/desk/shifts/[shift]/csv/route.ts": {
    guard: "counter",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/desk/shifts/${purchaseId}/csv`,
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
  "app/o/[org]/payments/page.tsx": {
    guard: "staff",
    permission: "payment:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/payments`,
  },
  "app/o/[org]/payments/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/payments`,
  },
  "app/o/[org]/settings/payments/page.tsx": {
    guard: "staff",
    permission: "organization:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/settings/payments`,
  },
  "app/o/[org]/settings/payments/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/settings/payments`,
  },
  "app/o/[org]/purchases/[purchase]/page.tsx": {
    guard: "staff",
    permission: "sale:read",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/purchases/${purchaseId}`,
  },
  "app/o/[org]/purchases/[purchase]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, purchaseId }) => `/o/${slug}/purchases/${purchaseId}`,
  },
  "app/o/[org]/purchases/[purchase]/[form]/route.ts": {
    guard: "staff",
    permission: "sale:read",
    methods: GET,
    path: ({ slug, purchaseId }) => `/o/${slug}/purchases/${purchaseId}/receipt.json`,
  },
  "app/o/[org]/tariffs/page.tsx": {
    guard: "staff",
    permission: "tariff:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/tariffs`,
  },
  "app/o/[org]/tariffs/new/page.tsx": {
    guard: "staff",
    permission: "tariff:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/tariffs/new`,
  },
  "app/o/[org]/tariffs/new/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/tariffs/new`,
  },
  "app/o/[org]/tariffs/[tariff]/page.tsx": {
    guard: "staff",
    permission: "tariff:read",
    methods: GET,
    path: ({ slug, tariffId }) => `/o/${slug}/tariffs/${tariffId}`,
  },
  "app/o/[org]/tariffs/[tariff]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, tariffId }) => `/o/${slug}/tariffs/${tariffId}`,
  },
  "app/o/[org]/tariffs/[tariff]/new-version/page.tsx": {
    guard: "staff",
    permission: "tariff:manage",
    methods: GET,
    path: ({ slug, tariffId }) => `/o/${slug}/tariffs/${tariffId}/new-version`,
  },
  "app/o/[org]/tariffs/[tariff]/new-version/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, tariffId }) => `/o/${slug}/tariffs/${tariffId}/new-version`,
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
  "app/o/[org]/settings/api/page.tsx": {
    guard: "staff",
    permission: "api-key:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/settings/api`,
  },
  "app/o/[org]/settings/api/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/settings/api`,
  },
};
