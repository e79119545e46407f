import type { CurrencyCode } from "@/lib/money";
import { pick, randomFrom } from "./random";

// What the demo's block looks like, drawn from a fixed seed: the same block every time.

export const DEMO_BLOCK = {
  organization: {
    name: "Acacia Homes",
    legalName: "Acacia Homes Ltd",
    taxNumber: "P051432187K",
    slug: "acacia",
  },
  building: {
    name: "Acacia Court",
    address: "Kindaruma Road, Kilimani, Nairobi",
    currency: "KES" as CurrencyCode,
    timeZone: "Africa/Nairobi",
    locale: "en-KE",
  },
  tariff: { name: "Acacia Court, residents", price: "21.90", taxPercent: "16" },
  weeks: 7,
} as const;

const FLOORS = 6;
const FLATS_A_FLOOR = 4;
const VACANT = ["A-203", "A-501"];
/** They stopped buying so long ago that their windows are dark. */
const OUT_OF_CREDIT = ["A-104", "A-302"];

const NAMES = [
  "Amina Odhiambo",
  "Brian Kiprotich",
  "Grace Wanjiru Kamau",
  "Daniel Mutua",
  "Esther Nyambura",
  "Farah Abdi Hassan",
  "Joyce Chebet",
  "George Otieno",
  "Halima Yusuf",
  "Isaac Njoroge",
  "Kevin Mwangi",
  "Lucy Akinyi",
  "Moses Barasa",
  "Naomi Jepkosgei",
  "Oscar Wekesa",
  "Purity Muthoni",
  "Rashid Omar",
  "Sarah Moraa",
  "Timothy Kariuki",
  "Violet Atieno",
  "Winnie Wambui",
  "Yusuf Ali",
] as const;

const AMOUNTS = ["300", "500", "500", "1000", "1000", "1000", "1500", "2000"] as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type DemoSale = {
  readonly daysAgo: number;
  /** When people are awake and remember it: hours since the building's midnight. */
  readonly hourOfDay: number;
  readonly amountText: string;
};
export type DemoFlat = {
  readonly label: string;
  readonly floor: number;
  readonly position: number;
  readonly serial: number;
  /** Null for a flat that stands empty. */
  readonly residentName: string | null;
  readonly sales: readonly DemoSale[];
};

/**
 * The block's flats from the ground up, each with its purchases of the last weeks, oldest first.
 */
export function drawFlats(): readonly DemoFlat[] {
  const random = randomFrom(20_260_101);
  const flats: DemoFlat[] = [];
  for (let floor = 1; floor <= FLOORS; floor += 1) {
    for (let position = 1; position <= FLATS_A_FLOOR; position += 1) {
      const label = `A-${floor}0${position}`;
      const isVacant = VACANT.includes(label);
      const letSoFar = flats.filter((flat) => flat.residentName !== null).length;
      const residentName = isVacant ? null : (NAMES[letSoFar % NAMES.length] ?? null);
      const sales = isVacant ? [] : drawSales(random, OUT_OF_CREDIT.includes(label));
      flats.push({
        label,
        floor,
        position,
        serial: 104_512_700 + flats.length,
        residentName,
        sales,
      });
    }
  }
  return flats;
}

/** A household buys before it is in the dark: a little before the last amount is used up. */
function drawSales(random: () => number, isOutOfCredit: boolean): readonly DemoSale[] {
  const shillingsADay = isOutOfCredit ? 100 : 38 + random() * 62;
  const until = isOutOfCredit ? 20 + random() * 4 : 0;
  const sales: DemoSale[] = [];
  for (let daysAgo = DEMO_BLOCK.weeks * 7 - random() * 6; daysAgo > until; ) {
    const amountText = pick(random, AMOUNTS);
    sales.push({ daysAgo, hourOfDay: 7 + random() * 14.5, amountText });
    daysAgo -= (Number(amountText) / shillingsADay) * (0.7 + random() * 0.25);
  }
  return sales;
}

/** The instant of a sale: at its hour of the day it fell on, and not after now. */
export function saleInstant(sale: DemoSale, midnight: Date, now: Date): Date {
  const day = midnight.getTime() - Math.floor(sale.daysAgo) * DAY_MS;
  return new Date(Math.min(day + sale.hourOfDay * HOUR_MS, now.getTime() - 60_000));
}
