import { existsSync, readFileSync } from "node:fs";

/** Prints a demo's sign-ins and meters, where a demo wrote them down. */
export function tellDemo({ demoFile }) {
  if (!existsSync(demoFile)) return;
  const { signIns = [], meters = [] } = JSON.parse(readFileSync(demoFile, "utf8"));
  for (const { who, email, password } of signIns) {
    console.log(`  ${who.padEnd(18)} ${email}  password ${password}`);
  }
  for (const { unit, meterNumber } of meters) {
    console.log(`  ${`unit ${unit}`.padEnd(18)} meter ${meterNumber}`);
  }
}
