/**
 * Watt-hours as a meter shows them: kilowatt-hours with three decimals and a point, whatever the
 * reader's language, because the drawing imitates a device. Takes zero or more.
 */
export function displayEnergy(energyWh: bigint): string {
  return `${energyWh / 1000n}.${(energyWh % 1000n).toString().padStart(3, "0")}`;
}
