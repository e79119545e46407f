import { type MeterNumber, parseMeterNumber } from "../core/meter-pan";
import { BASE_DATES, type BaseDate, minutesSinceBase, ordinaryTokenId } from "../core/token-id";
import { badRequest, outOfRange, Refusal } from "./refusal";

/** A request's fields by name; each reader refuses what is missing or of another kind. */
export type Fields = Readonly<Record<string, unknown>>;

/** A field that is an object of fields itself. */
export function objectOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (!isFields(value)) throw badRequest(`${name} must be an object`);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function has(fields: Fields, name: string): boolean {
  return fields[name] !== undefined && fields[name] !== null;
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw badRequest(`${name} must be a string`);
  return value;
}

/** An integer from lowest to highest; another number is outside the field's range. */
export function integerOf(
  fields: Fields,
  name: string,
  [lowest, highest]: readonly [number, number],
): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw badRequest(`${name} must be a whole number`);
  }
  if (value < lowest || value > highest) throw outOfRange(name);
  return value;
}

/** One of a few numbers; a number that is none of them is not a request we can read. */
export function choiceOf<Choice extends number>(
  fields: Fields,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = fields[name];
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw badRequest(`${name} must be one of ${choices.join(", ")}`);
  return chosen;
}

/** Whole units as a number or a decimal string. A part of a unit counts as a whole one. */
export function unitsOf(fields: Fields, name: string): bigint {
  const value = fields[name];
  if (typeof value === "number" && Number.isFinite(value)) {
    const whole = Math.ceil(value);
    if (Number.isSafeInteger(whole)) return BigInt(whole);
    throw badRequest(`${name} beyond 2^53 must be a string`);
  }
  const parts = typeof value === "string" ? /^(-?)(\d{1,80})(?:\.(\d{1,80}))?$/.exec(value) : null;
  if (!parts) throw badRequest(`${name} must be a number of units`);
  const [, sign, whole = "", fraction = ""] = parts;
  const magnitude = BigInt(whole);
  if (sign === "-") return -magnitude;
  return /[1-9]/.test(fraction) ? magnitude + 1n : magnitude;
}

/** Hex of exactly so many digits, as bytes. */
export function bytesOf(fields: Fields, name: string, length: number): Uint8Array {
  const value = textOf(fields, name);
  if (value.length !== 2 * length || !/^[0-9a-f]*$/i.test(value)) {
    throw badRequest(`${name} must be ${2 * length} hex digits`);
  }
  return Buffer.from(value, "hex");
}

/** Hex as a number of at most so many bits. */
export function hexOf(fields: Fields, name: string, widthBits: number): bigint {
  const value = textOf(fields, name);
  if (!/^[0-9a-f]{1,32}$/i.test(value)) throw badRequest(`${name} must be hex`);
  const number = BigInt(`0x${value}`);
  if (number >> BigInt(widthBits) !== 0n) throw outOfRange(name);
  return number;
}

/** SGC: a string of six digits. */
export function supplyGroupOf(fields: Fields): string {
  const value = textOf(fields, "sgc");
  if (!/^\d{6}$/.test(value)) throw badRequest("sgc must be a string of six digits");
  return value;
}

/** An 11- or 13-digit DRN or an 18-digit MeterPAN whose check digits are right. */
export function meterNumberOf(fields: Fields, name = "pan"): MeterNumber {
  const value = textOf(fields, name);
  const parsed = parseMeterNumber(value);
  const isDigits = /^\d+$/.test(value);
  if (!parsed.ok || !isDigits) throw new Refusal("PanError", `${name} has a wrong check digit`);
  return parsed.value;
}

export function baseDateOf(fields: Fields): BaseDate {
  return choiceOf(fields, "baseDate", BASE_DATES);
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** `YYYY-MM-DDTHH:MM` without a zone; the standard only counts minutes, so it is read as UTC. */
function timeOf(fields: Fields): Date {
  const parts = TIME.exec(textOf(fields, "time"))?.slice(1).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts ?? [];
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const isRead =
    parts !== undefined &&
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === day &&
    hour < 24 &&
    minute < 60;
  if (!isRead) throw badRequest("time must be YYYY-MM-DDTHH:MM");
  return instant;
}

/** Plain minutes from the base date, before any adjustment. */
export function minutesOf(fields: Fields): number {
  const minutes = minutesSinceBase(timeOf(fields), baseDateOf(fields));
  if (minutes < 0 || minutes >= 2 ** 24) throw outOfRange("time");
  return minutes;
}

/** The TID of an ordinary token at the request's time. */
export function tokenIdOf(fields: Fields): number {
  const tokenId = ordinaryTokenId(timeOf(fields), baseDateOf(fields));
  if (!tokenId.ok) throw outOfRange("time");
  return tokenId.value;
}

/** Units as a number up to 2^53 − 1, else a string. */
export function writtenUnits(units: bigint): number | string {
  const number = Number(units);
  return Number.isSafeInteger(number) ? number : units.toString();
}

export function hexText(value: bigint | number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
