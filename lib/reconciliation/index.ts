import "server-only";

export {
  type Amount,
  type EnergySide,
  FIGURES,
  type Figure,
  type MoneySide,
  parseFigure,
} from "./core/figures";
export type { Sign } from "./core/find-signs";
export { monthAfter, monthBefore, parseMonth } from "./core/month";
export { type Waterfall, waterfall } from "./core/waterfall";
export { type DayReadings, findDayReadings } from "./shell/day-readings";
export { findSheet, type Sheet } from "./shell/find-sheet";
export { type FigureRow, type FigureRows, listAllRows, listRows } from "./shell/list-rows";
