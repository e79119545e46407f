import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Secrets made at first start, one file each, readable by their owner only. */
export function secretFiles(folder) {
  const fileOf = (name) => path.join(folder, name);
  const read = (name, make) => {
    const file = fileOf(name);
    if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600, flag: "wx" });
    return readFileSync(file, "utf8").trim();
  };
  return {
    /** A password or signing secret of 256 bits. */
    text: (name) => read(name, () => randomBytes(32).toString("base64url")),
    /** A key of 32 bytes in hexadecimal; gives the file's path, for only its owner reads it. */
    keyFile: (name) => {
      read(name, () => randomBytes(32).toString("hex"));
      return fileOf(name);
    },
  };
}
