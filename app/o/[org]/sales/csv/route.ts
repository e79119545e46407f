import { stringify } from "csv-stringify/sync";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import type { OrgScope } from "@/lib/access/shared";
import { formatDecimal, formatMoneyPlain } from "@/lib/money";
import { listSold, type SalesFilter, type SoldRow } from "@/lib/overview";
import { listBuildings } from "@/lib/property";
import { readSalesQuery, salesFilterOf } from "../sales-query";

type Context = { readonly params: Promise<{ readonly org: string }> };

const A_BATCH = 1_000;
const MOST_ROWS = 50_000;
const COLUMNS = ["paid", "building", "unit", "state", "receipt", "amount", "currency", "kwh"];

/** What the page lists, as CSV: the same choice, batch by batch, so that none is held whole. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org } = await params;
  const { scope } = await requireOrgScope(org, "sale:read");
  const query = readSalesQuery(Object.fromEntries(new URL(request.url).searchParams));
  const buildings = await listBuildings(scope, { take: 500 });
  const place = buildings.find(({ id }) => id === query.building) ?? buildings[0];
  const filter = salesFilterOf(query, place?.timeZone ?? "UTC");
  return new Response(streamOf(linesOf(scope, filter)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="sales.csv"',
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** Asks for the next piece only when the reader has taken the last. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

async function* linesOf(scope: OrgScope, filter: SalesFilter): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(stringify([COLUMNS], { bom: true, record_delimiter: "windows" }));
  let after: { readonly at: Date; readonly id: string } | null = null;
  for (let count = 0; count < MOST_ROWS; count += A_BATCH) {
    const rows: readonly SoldRow[] = await listSold(scope, { filter, after, take: A_BATCH });
    const last = rows.at(-1);
    if (!last) return;
    // A label is somebody's own text: a spreadsheet must not take it for a formula.
    const style = { escape_formulas: true, record_delimiter: "windows" } as const;
    yield encoder.encode(stringify(rows.map(cellsOf), style));
    if (rows.length < A_BATCH) return;
    after = { at: last.at, id: last.purchaseId };
  }
}

function cellsOf(row: SoldRow): readonly string[] {
  return [
    row.at.toISOString(),
    row.buildingName,
    row.unitLabel,
    row.status,
    row.receiptNumber ?? "",
    formatMoneyPlain(row.amountMinor, row.currency),
    row.currency,
    row.energyWh === null ? "" : formatDecimal({ digits: row.energyWh, scale: 3 }),
  ];
}
