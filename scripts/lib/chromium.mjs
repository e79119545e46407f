import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/**
 * A Chromium for tests, as variables for Playwright's environment: the one named in CHROMIUM_PATH,
 * the system's, or the one in @sparticuz/chromium, unpacked into `folder` with the libraries that
 * the system may lack.
 */
export async function chromiumEnvironment(folder) {
  const candidates = [process.env.CHROMIUM_PATH, ...SYSTEM_BROWSERS];
  const present = candidates.find((candidate) => candidate && existsSync(candidate));
  if (present) return { CHROMIUM_PATH: present };
  const browser = path.join(folder, "chromium");
  const mark = path.join(folder, "version");
  const version = packageVersion();
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== version) {
    await unpack(folder);
    writeFileSync(mark, version);
  }
  const isAtHome = runs(browser);
  const hasFonts = existsSync("/etc/fonts/fonts.conf");
  return {
    CHROMIUM_PATH: browser,
    ...(!isAtHome && { LD_LIBRARY_PATH: searchPath(path.join(folder, "al2023/lib")) }),
    ...(!hasFonts && { FONTCONFIG_PATH: path.join(folder, "fonts") }),
  };
}

const searchPath = (first) =>
  process.env.LD_LIBRARY_PATH ? `${first}:${process.env.LD_LIBRARY_PATH}` : first;

// The package unpacks into the system's folder for temporary files and trusts what stands there,
// which another user or a run that was cut off may have left. So it gets a folder of ours.
async function unpack(folder) {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = part;
  try {
    const { default: chromium, inflate } = await import("@sparticuz/chromium");
    await chromium.executablePath();
    await inflate(path.join(packageFolder(), "bin/al2023.tar.br"));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

function packageFolder() {
  const entry = new URL(import.meta.resolve("@sparticuz/chromium")).pathname;
  return path.dirname(path.dirname(decodeURIComponent(entry)));
}

function packageVersion() {
  return JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8")).version;
}

/** Whether the binary finds its libraries here. */
function runs(browser) {
  const asked = spawnSync(browser, ["--no-sandbox", "--version"], { encoding: "utf8" });
  return asked.status === 0;
}
