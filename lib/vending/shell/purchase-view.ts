import { z } from "zod";
import { inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import type { CurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import {
  type PricedBlock,
  type PriceLine,
  priceOfAmount,
  requireVersion,
  type TariffDefinition,
} from "@/lib/tariffs";
import { formatReceiptNumber } from "../core/purchase-address";
import { isSold, type PurchaseStatus, parsePurchaseStatus } from "../core/purchase-states";
import { TOKEN_STEP_WH } from "../core/quote";
import { requireCurrency } from "./pricing";
import { purchasesSeen } from "./purchases-seen";

export type PurchaseView = {
  readonly id: string;
  readonly status: PurchaseStatus;
  readonly currency: CurrencyCode;
  readonly locale: string;
  readonly timeZone: string;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly issuedAt: Date | null;
  readonly seller: {
    readonly legalName: string;
    readonly taxNumber: string | null;
    readonly address: string | null;
    readonly contactEmail: string | null;
    readonly contactPhone: string | null;
  };
  readonly occupancyId: string;
  /** What an integrator calls it; null where the request key is a form's own. */
  readonly clientReference: string | null;
  readonly payments: readonly { readonly provider: string; readonly reference: string }[];
  /**
   * Whether the reader may know what the household bought this month and what it still owes: a
   * guest sees this purchase's part alone, a resident what their own lease owes, staff all.
   */
  readonly seesAccount: boolean;
  readonly buildingId: string;
  readonly buildingName: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly residentName: string | null;
  readonly meter: {
    readonly meterNumber: string;
    readonly encryptionAlgorithm: number;
    readonly tariffIndex: number;
    readonly supplyGroupCode: string;
    readonly keyRevisionNumber: number;
  };
  readonly quote: {
    readonly amountMinor: bigint;
    /** Money kept from before that was spent first. */
    readonly walletMinor: bigint;
    readonly includedTaxMinor: bigint;
    readonly unspentMinor: bigint;
    /** Borne by the seller: no line of the price. */
    readonly ownerFeeMinor: bigint;
    /** With the unspent they add up to what was paid and what the wallet gave. */
    readonly lines: readonly PriceLine[];
    /** What of it fell into each step of the tariff. */
    readonly blocks: readonly PricedBlock[];
    /** What was due of each fixed charge, and what stays due, before tax. */
    readonly charges: readonly {
      readonly code: string;
      readonly dueMinor: bigint;
      readonly afterMinor: bigint;
    }[];
    readonly arrearsBeforeMinor: bigint;
    readonly monthBeforeWh: bigint;
    readonly energyWh: bigint;
    readonly carriedBeforeWh: bigint;
    readonly carriedAfterWh: bigint;
    readonly tokenUnits: number;
    readonly expiresAt: Date;
    readonly definition: TariffDefinition;
  };
  readonly tariff: { readonly name: string; readonly startsAt: Date };
  /** True where the price was made anew after the payment, on a basis that had changed. */
  readonly isRepriced: boolean;
  readonly receiptNumber: string | null;
  /** Twenty digits each; empty until issued. */
  readonly tokens: readonly string[];
  /** The same with what each of them says. */
  readonly tokenParts: readonly { readonly digits: string; readonly energyWh: bigint }[];
};

const SELECT = {
  id: true,
  scope: true,
  requestKey: true,
  occupancyId: true,
  payments: {
    select: { provider: true, providerReference: true },
    orderBy: { receivedAt: "asc" },
  },
  status: true,
  currency: true,
  quoteId: true,
  createdAt: true,
  paidAt: true,
  issuedAt: true,
  receiptSeries: true,
  receiptNumber: true,
  buildingId: true,
  unitId: true,
  building: { select: { name: true, locale: true, timeZone: true } },
  unit: { select: { label: true } },
  lease: { select: { id: true, resident: { select: { name: true } } } },
  installation: {
    select: {
      meter: {
        select: {
          meterNumber: true,
          encryptionAlgorithm: true,
          tariffIndex: true,
          vendingKey: { select: { supplyGroupCode: true, keyRevisionNumber: true } },
        },
      },
    },
  },
  quotes: {
    include: { tariffVersion: { select: { startsAt: true, tariff: { select: { name: true } } } } },
  },
  tokenSet: {
    select: {
      reservations: {
        select: { amountUnits: true, token: { select: { digits: true } } },
        orderBy: { position: "asc" },
      },
    },
  },
} as const;

/**
 * One purchase with everything its slip shows. A guest sees the purchase whose address it holds and
 * no other; a resident those of the leases held; staff those of the role's buildings; null for all
 * others, and for a malformed id.
 */
export async function findPurchase(scope: Scope, purchaseId: string): Promise<PurchaseView | null> {
  if (!isId(purchaseId)) return null;
  return inScope(scope, (tx) => read(tx, purchaseId));
}

async function read(tx: ScopedTx, purchaseId: string): Promise<PurchaseView | null> {
  const { organizationId } = tx.scope;
  const row = await tx.db.purchase.findFirst({
    where: { organizationId, AND: [{ id: purchaseId }, await purchasesSeen(tx)] },
    select: SELECT,
  });
  if (!row) return null;
  const seller = await tx.db.organization.findUniqueOrThrow({
    where: { organizationId },
    select: {
      legalName: true,
      taxNumber: true,
      address: true,
      contactEmail: true,
      contactPhone: true,
    },
  });
  const status = parsePurchaseStatus(row.status);
  const quote = row.quotes.find((each) => each.id === row.quoteId);
  assert(status && quote, "a stored purchase has a known status and its quote");
  const { definition } = await requireVersion(tx, quote.tariffVersionId);
  const { meter } = row.installation;
  const tokenParts = isSold(status) ? partsOf(row.tokenSet?.reservations ?? []) : [];
  const { startsAt, tariff } = quote.tariffVersion;
  return {
    id: row.id,
    status,
    currency: requireCurrency(row.currency),
    locale: row.building.locale,
    timeZone: row.building.timeZone,
    createdAt: row.createdAt,
    paidAt: row.paidAt,
    issuedAt: row.issuedAt,
    seller,
    occupancyId: row.occupancyId,
    clientReference: row.scope === "api" ? row.requestKey : null,
    payments: row.payments.map(({ provider, providerReference: reference }) => {
      return { provider, reference };
    }),
    seesAccount: seesAccount(tx, row.lease?.id ?? null),
    buildingId: row.buildingId,
    buildingName: row.building.name,
    unitId: row.unitId,
    unitLabel: row.unit.label,
    residentName: nameFor(tx, row.lease),
    meter: prepaid(meter),
    quote: explained(quote, definition, requireCurrency(row.currency)),
    tariff: { name: tariff.name, startsAt },
    isRepriced: row.quotes.length > 1,
    receiptNumber:
      row.receiptSeries && row.receiptNumber
        ? formatReceiptNumber(row.receiptSeries, row.receiptNumber)
        : null,
    tokens: tokenParts.map(({ digits }) => digits),
    tokenParts,
  };
}

const linesForm = z.array(
  z.object({ code: z.string(), amountMinor: z.string().transform(BigInt) }),
);
const minorForm = z.string().transform(BigInt);
const chargesForm = z.array(
  z.object({ code: z.string(), dueMinor: minorForm, afterMinor: minorForm }),
);

type Explained = "lines" | "blocks" | "definition" | "charges";
type QuoteRow = Omit<PurchaseView["quote"], Explained> & {
  readonly lines: unknown;
  readonly charges: unknown;
};

/** A stored price with its steps, which the version and the basis give again at any time. */
function explained(
  row: QuoteRow,
  definition: TariffDefinition,
  currency: CurrencyCode,
): PurchaseView["quote"] {
  const charges = chargesForm.parse(row.charges);
  const again = priceOfAmount({
    definition,
    currency,
    amountMinor: row.amountMinor + row.walletMinor,
    basis: {
      monthToDateWh: row.monthBeforeWh,
      arrearsMinor: row.arrearsBeforeMinor,
      fixedDueMinor: new Map(charges.map(({ code, dueMinor }) => [code, dueMinor])),
    },
  });
  const blocks = again.ok ? again.value.blocks : [];
  return { ...row, charges, lines: linesForm.parse(row.lines), blocks, definition };
}

/** In a room shared with others a resident does not learn what another's lease owes. */
function seesAccount({ scope }: ScopedTx, leaseId: string | null): boolean {
  if (scope.kind !== "resident") return scope.kind === "organization" || scope.kind === "system";
  return leaseId !== null && scope.leaseIds.includes(leaseId);
}

/** Who shares a room sees what the others bought, and not by whom. */
function nameFor(
  { scope }: ScopedTx,
  lease: { readonly id: string; readonly resident: { readonly name: string } } | null,
): string | null {
  if (!lease || (scope.kind === "resident" && !scope.leaseIds.includes(lease.id))) return null;
  return lease.resident.name;
}

type MeterRow = {
  readonly meterNumber: string;
  readonly encryptionAlgorithm: number | null;
  readonly tariffIndex: number | null;
  readonly vendingKey: {
    readonly supplyGroupCode: string;
    readonly keyRevisionNumber: number;
  } | null;
};

function prepaid({ meterNumber, ...meter }: MeterRow): PurchaseView["meter"] {
  const { encryptionAlgorithm, tariffIndex, vendingKey } = meter;
  assert(encryptionAlgorithm !== null && tariffIndex !== null, "a purchase is of a prepaid meter");
  assert(vendingKey !== null, "a prepaid meter has a vending key");
  return { meterNumber, encryptionAlgorithm, tariffIndex, ...vendingKey };
}

type ReservationRow = {
  readonly amountUnits: number;
  readonly token: { readonly digits: string } | null;
};

function partsOf(reservations: readonly ReservationRow[]): PurchaseView["tokenParts"] {
  return reservations.flatMap(({ amountUnits, token }) =>
    token ? [{ digits: token.digits, energyWh: BigInt(amountUnits) * TOKEN_STEP_WH }] : [],
  );
}
