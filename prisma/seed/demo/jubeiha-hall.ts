import { meterNumberOfSerial } from "../meter-numbers";
import { randomFrom } from "../random";
import { type Calendar, calendarOf, HISTORY_DAYS } from "./calendar";
import { drawHome, type Stay } from "./draw-home";
import { drawPlace, drawReadMeter, supplyOf } from "./draw-places";
import type { Light } from "./draw-sales";
import { drawName } from "./names";
import type { DrawnBuilding, DrawnUnit } from "./plan";
import { type Climate, drawUse, type PriceLevel, type Use } from "./use";

// A dormitory in Amman: sixty rooms, half with two beds and half with three; dinars of a thousand
// fils, names from right to left, and a summer in which most of it stands empty.

const FLOORS = [1, 2, 3, 4, 5];
const ROOMS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const FIRST_SERIAL = 311_870_200;
const TERM_BEGINS = "09-14";
const TERM_ENDS = "06-26";
/** They stay over the summer. */
const ALL_YEAR = ["204", "109", "206", "303", "412", "501"];
/** Its meter has been bypassed, or so it looks: nothing is bought, and use goes on. */
const BYPASSED = "307";
/** The demo's resident of the dormitory lives here. */
export const STUDENT_ROOM = "204";
export const STUDENT_NAME = "رنا الحسن";

const AMMAN: Climate = { heating: 0.55, coldestDay: 20, cooling: 0.25, hottestDay: 205 };
const WEEK = [1.02, 1.02, 1.0, 0.98, 0.85, 0.9, 1.08];
const PRICE: PriceLevel = { currency: "JOD", grossPerKwh: 0.139, step: 1, least: 1 };

export function drawJubeihaHall(now: Date): DrawnBuilding {
  const calendar = calendarOf(now, "Asia/Amman");
  const uses: Use[] = [];
  const rooms = FLOORS.flatMap((floor) =>
    ROOMS.map((room, index) =>
      drawRoom(calendar, { floor, room, index: (floor - 1) * ROOMS.length + index, uses }),
    ),
  );
  return {
    name: "Jubeiha Hall",
    address: "Queen Rania Street, Jubeiha, Amman",
    ...{ currency: "JOD", timeZone: "Asia/Amman", locale: "en-JO" },
    tariff: {
      name: "Jubeiha Hall, rooms",
      tax: { code: "GST", percent: "16" },
      pricesIncludeTax: false,
      versions: [{ price: "0.120", startsAt: new Date(0) }],
    },
    units: [...rooms, ...placesOf(calendar, uses)],
  };
}

function drawRoom(
  calendar: Calendar,
  drawn: {
    readonly floor: number;
    readonly room: number;
    readonly index: number;
    readonly uses: Use[];
  },
): DrawnUnit {
  const { floor, room, index, uses } = drawn;
  const label = `${floor}${String(room).padStart(2, "0")}`;
  const random = randomFrom(20_260_900 + index);
  const beds = index % 2 === 0 ? ["A", "B"] : ["A", "B", "C"];
  const dailyLevel = beds.length * (1_500 + random() * 900);
  const use = drawUse(calendar, { dailyLevel, climate: AMMAN, week: WEEK, random });
  uses.push(use);
  return drawHome(calendar, {
    place: { label, floor, position: room, kind: "room" },
    beds,
    meterNumbers: [meterNumberOfSerial(FIRST_SERIAL + index)],
    stays: beds.flatMap((bed) => staysOf(calendar, { label, bed, random })),
    ...{ use, random, price: PRICE, lasts: [15, 26] },
    light: lightOf(label, random),
    habit: index % 4 === 0 ? "daily" : index % 7 === 0 ? "weekly" : "monthly",
    story: label === BYPASSED ? { bypassed: HISTORY_DAYS - 48 } : {},
  });
}

function lightOf(label: string, random: () => number): Light {
  const drawn = random();
  if (label === "211" || label === "405" || label === "508") return "dark";
  return drawn < 0.76 || label === STUDENT_ROOM ? "bright" : "dim";
}

type Bed = { readonly label: string; readonly bed: string; readonly random: () => number };

function staysOf(calendar: Calendar, { label, bed, random }: Bed): readonly Stay[] {
  if (label === STUDENT_ROOM && bed === "A") {
    return [{ bed, name: STUDENT_NAME, from: 12, to: null }];
  }
  if (label === BYPASSED || ALL_YEAR.includes(label)) {
    return [{ bed, name: drawName("ar", random), from: 0, to: null }];
  }
  let name = drawName("ar", random);
  return termsOf(calendar).flatMap((term): readonly Stay[] => {
    if (random() < 0.4) name = drawName("ar", random);
    const isTaken = random() < 0.88;
    const from = term.from === 0 ? 0 : term.from + Math.floor(random() * 9);
    const to = term.to === null ? null : term.to - Math.floor(random() * 7);
    const leavesEarly = random() < 0.07;
    const left = from + 60 + Math.floor(random() * 60);
    const end = leavesEarly && left < (to ?? HISTORY_DAYS) ? left : to;
    return isTaken && from < HISTORY_DAYS && (end === null || end > from + 1)
      ? [{ bed, name, from, to: end }]
      : [];
  });
}

/** The stretches of the calendar in which there are lectures. */
function termsOf({ days }: Calendar): readonly { from: number; to: number | null }[] {
  const terms: { from: number; to: number | null }[] = [];
  let from: number | null = null;
  for (const [day, date] of days.entries()) {
    const inYear = date.slice(5);
    const isTerm = inYear >= TERM_BEGINS || inYear < TERM_ENDS;
    if (isTerm && from === null) from = day;
    if (!isTerm && from !== null) {
      terms.push({ from, to: day });
      from = null;
    }
  }
  if (from !== null) terms.push({ from, to: null });
  return terms;
}

function placesOf(calendar: Calendar, uses: readonly Use[]) {
  const random = randomFrom(79);
  const habits = { climate: AMMAN, week: WEEK, random };
  const halls = drawUse(calendar, { dailyLevel: 26_000, ...habits });
  const kitchen = drawUse(calendar, { dailyLevel: 18_000, ...habits });
  const water = drawUse(calendar, { dailyLevel: 9_500, ...habits });
  const supply = supplyOf([...uses, halls, kitchen], 0.035);
  const daily = { habit: "daily", random } as const;
  const electricity = { resource: "electricity", ...daily } as const;
  const meters = {
    halls: { meterNumber: "JEPCO 60-118", use: halls, firstValue: 2_410_000 },
    kitchen: { meterNumber: "JEPCO 60-119", use: kitchen, firstValue: 1_990_000 },
    water: { meterNumber: "MIYAHUNA 8841", use: water, firstValue: 640_000 },
    supply: { meterNumber: "JEPCO 60-001", use: supply, firstValue: 190_300_000 },
  };
  return [
    drawPlace({ label: "Halls and stairs", position: 1, kind: "common" }, [
      drawReadMeter(calendar, { ...meters.halls, ...electricity }),
    ]),
    drawPlace({ label: "Kitchen and laundry", position: 2, kind: "common" }, [
      drawReadMeter(calendar, { ...meters.kitchen, ...electricity }),
      drawReadMeter(calendar, { ...meters.water, resource: "water", ...daily }),
    ]),
    drawPlace({ label: "Intake", position: 3, kind: "intake" }, [
      drawReadMeter(calendar, { ...meters.supply, ...electricity }),
    ]),
  ];
}
