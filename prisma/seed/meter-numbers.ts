import { assert } from "@/lib/kernel";
import { type MeterNumber, parseMeterNumber } from "@/lib/sts";

/** An 11-digit meter number: ten digits of manufacturer and serial, and their check digit. */
export function meterNumberOfSerial(serial: number): MeterNumber {
  const payload = serial.toString().padStart(10, "0");
  for (let checkDigit = 0; checkDigit < 10; checkDigit += 1) {
    const parsed = parseMeterNumber(`${payload}${checkDigit}`);
    if (parsed.ok) return parsed.value;
  }
  assert(false, "one of ten check digits is right");
}
