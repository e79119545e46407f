import { meterNumberOfSerial } from "../meter-numbers";
import { randomFrom } from "../random";
import { type Calendar, calendarOf, HISTORY_DAYS } from "./calendar";
import { drawHome, type Home, type Stay } from "./draw-home";
import { drawPlace, drawReadMeter, supplyOf } from "./draw-places";
import type { Light } from "./draw-sales";
import { drawName, SHOPS } from "./names";
import type { DrawnBuilding, DrawnMeter, DrawnUnit } from "./plan";
import { type Climate, drawUse, type PriceLevel, type Use } from "./use";

// A block in Lisbon: six shops on the ground floor, thirty flats above; euros, summer time, winters
// that are heated. Some flats have their water and gas read as well.

const FLOORS = [1, 2, 3, 4, 5, 6];
const DOORS = ["A", "B", "C", "D", "E"];
const FIRST_SERIAL = 207_330_100;

const LISBON: Climate = { heating: 0.6, coldestDay: 15, cooling: 0.12, hottestDay: 215 };
const GAS: Climate = { heating: 1.4, coldestDay: 20, cooling: 0, hottestDay: 200 };
const EVEN: Climate = { heating: 0, coldestDay: 0, cooling: 0.15, hottestDay: 200 };
const HOME_WEEK = [0.95, 0.95, 0.96, 0.97, 1.0, 1.1, 1.1];
const SHOP_WEEK = [1.05, 1.05, 1.05, 1.08, 1.15, 1.0, 0.35];
const FLAT_PRICE: PriceLevel = { currency: "EUR", grossPerKwh: 0.26, step: 5, least: 5 };
const SHOP_PRICE: PriceLevel = { currency: "EUR", grossPerKwh: 0.26, step: 10, least: 20 };

export function drawRuaDaBica(now: Date): DrawnBuilding {
  const calendar = calendarOf(now, "Europe/Lisbon");
  const uses: Use[] = [];
  const shops = SHOPS.map((name, index) => drawShop(calendar, { name, index, uses }));
  const flats = FLOORS.flatMap((floor) =>
    DOORS.map((door, index) => {
      const place = { label: `${floor}${door}`, floor, position: index + 1 };
      return drawFlat(calendar, { place, index: (floor - 1) * DOORS.length + index, uses });
    }),
  );
  return {
    name: "Rua da Bica 14",
    address: "Rua da Bica de Duarte Belo 14, 1200-054 Lisboa",
    ...{ currency: "EUR", timeZone: "Europe/Lisbon", locale: "pt-PT" },
    tariff: {
      name: "Rua da Bica, habitação e lojas",
      tax: { code: "IVA", percent: "23" },
      pricesIncludeTax: true,
      versions: [{ price: "0.2600", startsAt: new Date(0) }],
    },
    units: [...shops, ...flats, ...placesOf(calendar, uses)],
  };
}

type Uses = { readonly index: number; readonly uses: Use[] };

function drawShop(calendar: Calendar, shop: Uses & { readonly name: string }): DrawnUnit {
  const { name, index, uses } = shop;
  const random = randomFrom(20_260_700 + index);
  const dailyLevel = 9_000 + random() * 14_000;
  const use = drawUse(calendar, { dailyLevel, climate: LISBON, week: SHOP_WEEK, random });
  uses.push(use);
  // One stands empty since spring.
  const to = index === 5 ? HISTORY_DAYS - 70 : null;
  return drawHome(calendar, {
    place: { label: `Loja ${index + 1}`, floor: 0, position: index + 1, kind: "shop" },
    meterNumbers: [meterNumberOfSerial(FIRST_SERIAL + index)],
    stays: [{ bed: null, name, from: 0, to }],
    ...{ use, random, price: SHOP_PRICE, lasts: [10, 16], light: "bright", habit: "daily" },
  });
}

function drawFlat(
  calendar: Calendar,
  flat: Uses & { readonly place: Pick<DrawnUnit, "label" | "floor" | "position"> },
): DrawnUnit {
  const { place, index, uses } = flat;
  const random = randomFrom(20_260_800 + index);
  const dailyLevel = 3_200 + random() * 4_000;
  const use = drawUse(calendar, { dailyLevel, climate: LISBON, week: HOME_WEEK, random });
  uses.push(use);
  return drawHome(calendar, {
    place: { ...place, kind: "flat" },
    meterNumbers: [meterNumberOfSerial(FIRST_SERIAL + 50 + index)],
    stays: staysOf(place.label, random),
    ...{ use, random, price: FLAT_PRICE, lasts: [13, 21] },
    light: lightOf(place.label, random),
    habit: habitOf(random),
    others: index % 3 === 0 ? waterAndGas(calendar, index, random) : [],
  });
}

function lightOf(label: string, random: () => number): Light {
  const drawn = random();
  if (label === "3C" || label === "5A") return "dark";
  if (label === "2B") return "dim";
  return drawn < 0.74 || label === "2A" ? "bright" : "dim";
}

function staysOf(label: string, random: () => number): readonly Stay[] {
  const first = { bed: null, name: drawName("pt", random), from: 0 };
  if (label === "6E") return [];
  if (label === "4D") return [{ ...first, to: HISTORY_DAYS - 25 }];
  if (random() > 0.3) return [{ ...first, to: null }];
  const left = Math.floor(50 + random() * 280);
  const next = left + Math.floor(4 + random() * 40);
  return [
    { ...first, to: left },
    { bed: null, name: drawName("pt", random), from: next, to: null },
  ];
}

function habitOf(random: () => number): Home["habit"] {
  const drawn = random();
  if (drawn < 0.45) return "daily";
  if (drawn < 0.75) return "monthly";
  return drawn < 0.9 ? "remaining" : "never";
}

function waterAndGas(calendar: Calendar, index: number, random: () => number) {
  const monthly = { habit: "monthly", random } as const;
  const water = drawUse(calendar, { dailyLevel: 240, climate: EVEN, week: HOME_WEEK, random });
  const gas = drawUse(calendar, { dailyLevel: 700, climate: GAS, week: HOME_WEEK, random });
  const meters: DrawnMeter[] = [
    drawReadMeter(calendar, {
      ...{ meterNumber: `EPAL ${40_210 + index}`, resource: "water", use: water, ...monthly },
      firstValue: 96_000 + index * 1_000,
    }),
    drawReadMeter(calendar, {
      ...{ meterNumber: `LISBOAGAS ${7_710 + index}`, resource: "gas", use: gas, ...monthly },
      firstValue: 310_000 + index * 4_000,
    }),
  ];
  return meters;
}

function placesOf(calendar: Calendar, uses: readonly Use[]) {
  const random = randomFrom(78);
  const habits = { climate: LISBON, week: HOME_WEEK, random };
  const stairs = drawUse(calendar, { dailyLevel: 11_000, ...habits });
  const supply = supplyOf([...uses, stairs], 0.022);
  const daily = { resource: "electricity", habit: "daily", random } as const;
  const ofStairs = { meterNumber: "E-REDES 0031-77", use: stairs, firstValue: 5_120_000 };
  const ofIntake = { meterNumber: "E-REDES 0031-01", use: supply, firstValue: 288_400_000 };
  return [
    drawPlace({ label: "Escada e elevador", position: 7, kind: "common" }, [
      drawReadMeter(calendar, { ...ofStairs, ...daily }),
    ]),
    drawPlace({ label: "Entrada", position: 8, kind: "intake" }, [
      drawReadMeter(calendar, { ...ofIntake, ...daily }),
    ]),
  ];
}
