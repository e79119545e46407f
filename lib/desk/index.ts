import "server-only";

export { type Counted, countPieces, piecesOf } from "./core/denominations";
export { likelyTenders } from "./core/likely-tenders";
export type { MovementKind, ShiftSums } from "./core/shift-sums";
export type {
  CloseShiftError,
  CountError,
  CreateDeskError,
  EndDeskError,
  MoveCashError,
  OpenSaleError,
  OpenShiftError,
  RefundCashError,
  TakeCashError,
} from "./errors";
export { createDesk, type DeskView, endDesk, listDesks } from "./shell/desks";
export { findSale, type SaleAtDesk } from "./shell/find-sale";
export { moveCash, refundCash } from "./shell/move-cash";
export { openSale, takeCash } from "./shell/sell-for-cash";
export {
  findOwnShift,
  findShift,
  listShifts,
  type MovementView,
  type ShiftRow,
  type ShiftView,
} from "./shell/shift-views";
export { closeShift, countShift, openShift } from "./shell/shifts";
