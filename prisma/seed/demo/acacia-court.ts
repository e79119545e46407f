import { meterNumberOfSerial } from "../meter-numbers";
import { randomFrom } from "../random";
import { type Calendar, calendarOf, HISTORY_DAYS } from "./calendar";
import { drawHome, type Home, type Stay, type Story } from "./draw-home";
import { drawLeakingMeter, drawPlace, drawReadMeter, supplyOf } from "./draw-places";
import type { Light } from "./draw-sales";
import { drawName } from "./names";
import type { DrawnBuilding } from "./plan";
import { type Climate, drawUse, type PriceLevel, type Use } from "./use";

// Acacia Court in Nairobi: two wings of 24 flats. Wing A is the one that the tour and the tests
// know by name; in wing B things happen.

const FLOORS = [1, 2, 3, 4, 5, 6];
const POSITIONS = [1, 2, 3, 4];
const FIRST_SERIAL = 104_512_700;
const NEW_SERIAL = 104_519_001;
const VACANT = ["A-203", "A-501"];
const DARK = ["A-104", "A-302", "B-301"];
const DIM = ["A-102"];
const SWAPPED = "B-304";
const NOTEBOOK = ["B-401", "B-402", "B-403", "B-501", "B-502", "B-503"];
const NEVER_READ = ["B-604", "A-601", "A-602", "A-603", "A-604"];

const NAIROBI: Climate = { heating: 0.09, coldestDay: 200, cooling: 0.03, hottestDay: 50 };
const WEEK = [0.97, 0.96, 0.97, 0.98, 1.0, 1.08, 1.06];
const PRICE: PriceLevel = { currency: "KES", grossPerKwh: 25.4, step: 50, least: 100 };

const WING_A = [
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

export function drawAcaciaCourt(now: Date): DrawnBuilding {
  const calendar = calendarOf(now, "Africa/Nairobi");
  const flats = ["A", "B"].flatMap((wing) =>
    FLOORS.flatMap((floor) => POSITIONS.map((position) => ({ wing, floor, position }))),
  );
  const uses: Use[] = [];
  const homes = flats.map(({ wing, floor, position }, index) => {
    const label = `${wing}-${floor}0${position}`;
    const random = randomFrom(20_260_101 + index);
    const habits = { climate: NAIROBI, week: WEEK, random };
    const use = drawUse(calendar, { dailyLevel: 2_400 + random() * 3_200, ...habits });
    uses.push(use);
    const column = wing === "A" ? position : position + POSITIONS.length;
    return drawHome(calendar, {
      place: { label, floor, position: column, kind: "flat" },
      ...{ use, random, price: PRICE, lasts: [12, 21], light: lightOf(label, random) },
      meterNumbers: [meterNumberOfSerial(FIRST_SERIAL + index), meterNumberOfSerial(NEW_SERIAL)],
      stays: staysOf(label, index, random),
      habit: habitOf(label, random),
      story: storyOf(label),
    });
  });
  return {
    name: "Acacia Court",
    address: "Kindaruma Road, Kilimani, Nairobi",
    ...{ currency: "KES", timeZone: "Africa/Nairobi", locale: "en-KE" },
    tariff: {
      name: "Acacia Court, residents",
      tax: { code: "vat", percent: "16" },
      pricesIncludeTax: false,
      versions: [
        { price: "20.60", startsAt: new Date(0) },
        { price: "21.90", startsAt: calendar.starts[HISTORY_DAYS - 150] ?? now },
      ],
    },
    units: [...homes, ...placesOf(calendar, uses)],
  };
}

function lightOf(label: string, random: () => number): Light {
  const drawn = random();
  if (DARK.includes(label)) return "dark";
  if (DIM.includes(label)) return "dim";
  return drawn < 0.78 || label === "A-204" || label === "A-303" ? "bright" : "dim";
}

/** Wing A has been let all the time; in wing B people come and go. */
function staysOf(label: string, index: number, random: () => number): readonly Stay[] {
  if (VACANT.includes(label)) return [];
  const before = VACANT.filter((vacant) => vacant < label).length;
  const known = WING_A[index - before];
  if (known) return [{ bed: null, name: known, from: 0, to: null }];
  const first = { bed: null, name: drawName("en", random), from: 0 };
  if (label === "B-202") return [{ ...first, to: 371 }];
  if (random() > 0.4) return [{ ...first, to: null }];
  const left = Math.floor(60 + random() * 260);
  const next = left + Math.floor(5 + random() * 30);
  const second = { bed: null, name: drawName("en", random), from: next, to: null };
  return [{ ...first, to: left }, second];
}

function habitOf(label: string, random: () => number): Home["habit"] {
  if (NEVER_READ.includes(label)) return "never";
  if (label === "A-204") return "remaining";
  if (label.startsWith("A")) return random() < 0.15 ? "remaining" : "monthly";
  if (NOTEBOOK.includes(label)) return "monthly";
  return random() < 0.2 ? "weekly" : "daily";
}

function storyOf(label: string): Story {
  if (label === SWAPPED) return { swapped: HISTORY_DAYS - 122 };
  if (NOTEBOOK.includes(label)) return { notebook: [HISTORY_DAYS - 98, HISTORY_DAYS - 35] };
  return {};
}

function placesOf(calendar: Calendar, uses: readonly Use[]) {
  const random = randomFrom(77);
  const habits = { climate: NAIROBI, week: [1], random };
  const stairs = drawUse(calendar, { ...habits, dailyLevel: 14_000, week: WEEK });
  const tank = drawUse(calendar, { ...habits, dailyLevel: 900, week: WEEK });
  const supply = supplyOf([...uses, stairs]);
  const daily = { habit: "daily", random } as const;
  const electricity = { resource: "electricity", ...daily } as const;
  const ofStairs = { meterNumber: "KPLC 77120441", use: stairs, firstValue: 8_112_000 };
  const ofIntake = { meterNumber: "KPLC 30000187", use: supply, firstValue: 412_900_000 };
  return [
    drawPlace({ label: "Stairs and lift", position: 1, kind: "common" }, [
      drawReadMeter(calendar, { ...ofStairs, ...electricity }),
    ]),
    drawPlace({ label: "Roof tank", position: 2, kind: "common" }, [
      drawLeakingMeter(calendar, { meterNumber: "NCWSC 5580213", use: tank, random }),
    ]),
    drawPlace({ label: "Intake", position: 3, kind: "intake" }, [
      drawReadMeter(calendar, { ...ofIntake, ...electricity }),
    ]),
  ];
}
