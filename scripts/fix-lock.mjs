// `node scripts/fix-lock.mjs`, after packages changed: completes package-lock.json with the
// optional packages for other platforms that an incomplete registry mirror left out, so that
// `npm ci` accepts it. They are never fetched on a platform they are not for.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const file = path.join(import.meta.dirname, "../package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));

// The first that fits counts; wasm builds are for any system.
const SYSTEMS = [
  ["darwin", /darwin|macos/],
  ["win32", /win(?:dows|32)/],
  ["android", /android/],
  ["freebsd", /freebsd/],
  ["openbsd", /openbsd/],
  ["netbsd", /netbsd/],
  ["openharmony", /openharmony/],
  ["sunos", /sunos/],
  ["aix", /aix/],
  ["any", /wasm/],
  ["linux", /linux/],
];
const PROCESSOR = /wasm32|arm64|x64|ia32|arm|ppc64|riscv64|s390x|loong64|mips64el/;

/** Where a package that `from` asks for would be found, walking up as Node does. */
function isPresent(from, name) {
  const folders = from.split("/node_modules/");
  return (
    folders.some((_, index) => {
      const base = folders.slice(0, folders.length - index).join("/node_modules/");
      return lock.packages[`${base && `${base}/`}node_modules/${name}`] !== undefined;
    }) || lock.packages[`node_modules/${name}`] !== undefined
  );
}

let added = 0;
for (const [where, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isPresent(where, name)) continue;
    const system = SYSTEMS.find(([, pattern]) => pattern.test(name))?.[0];
    if (system === undefined) {
      console.error(`${name} ${range}, wanted by ${where}, names no platform: left out.`);
      continue;
    }
    const processor = PROCESSOR.exec(name)?.[0];
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ""),
      ...(processor && { cpu: [processor] }),
      optional: true,
      ...(system !== "any" && { os: [system] }),
    };
    added++;
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages added.`);
