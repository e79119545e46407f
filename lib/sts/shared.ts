export {
  formatMeterNumber,
  type MeterNumber,
  type MeterNumberFault,
  parseMeterNumber,
} from "./core/meter-pan";
export { formatMeterToken, type MeterToken, parseMeterToken } from "./core/meter-token";
